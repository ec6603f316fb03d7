//! Construction: objects from plain values, calls of types, calls of objects (inheritance), and struct types.

use std::rc::Rc;

use super::advice;
use super::any;
use super::coerce::not_in_enum;
use super::limits;
use super::text::Segment;
use super::value::{
    Args, Body, ClassBody, Dict, Entry, Fault, Field, Fields, Key, Keyword, Kind, Object, Range, Signature,
    Slot, Type, Value, field_words,
};
use crate::diagnostics::codes::eval::{BAD_CALL, UNKNOWN_FIELD};
use crate::diagnostics::codes::template::{BAD_TYPE, WRONG_SHAPE};
use crate::source::Span;

/// What a call of a type gives: `Process(name='a')`, `Integer(5)`, `List(String)(['a'])`.
///
/// # Errors
/// When the arguments do not fit the type: unknown fields, values of another shape, words that an enum lacks.
pub fn construct(ty: &Type, args: &Args) -> Result<Object, Fault> {
    match ty.kind() {
        Kind::Struct(fields) => {
            let mut slots: Rc<[Slot]> = fields.values().map(default_slot).collect();
            let own = Rc::make_mut(&mut slots);
            for (value, span) in &args.positional {
                update_from(ty, own, value, *span).map_err(|f| without_keywords(ty, args, f))?;
            }
            update(ty, own, &args.keyword, args.span)?;
            Object::make(ty.clone(), Body::Struct(slots), args.span).within_depth()
        }
        Kind::Map(..) if args.positional.len() != 1 => construct_map_of_pairs(ty, args),
        _ => {
            let (value, span) = only_argument(ty, args)?;
            let object = build(ty, value, *span)?;
            if object.origin().is_none() { Ok(object.with_origin(args.span)) } else { Ok(object) }
        }
    }
}

/// Adds the call with keywords to the error for positional arguments.
fn without_keywords(ty: &Type, args: &Args, fault: Fault) -> Fault {
    let values: Vec<&Value> = args.positional.iter().map(|(value, _)| value).collect();
    match advice::with_keywords(ty, &values) {
        Some(call) if fault.diagnostic.help.is_empty() => fault.help(format!("write {call}")),
        _ => fault,
    }
}

fn default_slot(field: &Field) -> Slot {
    Slot { value: field.default.clone(), span: Span::NONE }
}

fn only_argument<'a>(ty: &Type, args: &'a Args) -> Result<&'a (Value, Span), Fault> {
    match (args.positional.as_slice(), args.keyword.as_slice()) {
        ([one], []) => Ok(one),
        _ => {
            let count = args.positional.len() + args.keyword.len();
            let message = format!("{} takes one value, but {count} are given", ty.written());
            Err(Fault::bad_call(message).at(args.span))
        }
    }
}

fn construct_map_of_pairs(ty: &Type, args: &Args) -> Result<Object, Fault> {
    if let Some(keyword) = args.keyword.first() {
        let message = format!("{} takes a dict, not the keyword `{}`", ty.written(), keyword.name);
        return Err(Fault::bad_call(message).at(keyword.name_span));
    }
    let pairs: Result<Vec<(Object, Object)>, Fault> =
        args.positional.iter().map(|(v, span)| map_pair(ty, v, *span)).collect();
    Object::make(ty.clone(), Body::Map(pairs?.into()), args.span).within_depth()
}

/// What a call of a struct object gives: the same object with fields replaced.
///
/// # Errors
/// For positional arguments, unknown fields, and values that do not fit.
pub fn extend(object: &Object, args: &Args) -> Result<Object, Fault> {
    let Some(slots) = object.slots() else {
        let message = format!("a {} object cannot be called", object.ty().written());
        return Err(Fault::bad_call(message).at(args.span));
    };
    if let Some((_, span)) = args.positional.first() {
        let message = "an object is extended by keywords only".to_string();
        return Err(Fault::bad_call(message).at(*span).help("write field=value, or spread a dict with **"));
    }
    let mut slots: Rc<[Slot]> = slots.into();
    update(object.ty(), Rc::make_mut(&mut slots), &args.keyword, args.span)?;
    object.rebodied_at(Body::Struct(slots), args.span).within_depth()
}

/// Sets fields. `whole` is the call or the dict that does so.
fn update(ty: &Type, slots: &mut [Slot], keywords: &[Keyword], whole: Span) -> Result<(), Fault> {
    let Some(fields) = ty.fields() else { return Ok(()) };
    let mut wrong: Option<Fault> = None;
    let mut strangers = Vec::new();
    for keyword in keywords {
        let index = fields.get_index_of(&keyword.name);
        let set = match index.and_then(|i| fields.get_index(i).map(|(_, field)| (i, field))) {
            Some((index, field)) => set_slot(field, &mut slots[index], &keyword.value, keyword.span)
                .map_err(|f| used_in(ty, keyword, whole, of_field(ty, &keyword.name, f))),
            None => {
                strangers.push((&*keyword.name, keyword.name_span));
                Ok(())
            }
        };
        match set {
            Ok(()) => {}
            Err(fault) if fault.diagnostic.ends_everything() => return Err(fault),
            Err(fault) => wrong = Some(Fault::together(wrong, fault)),
        }
    }
    if let Some(unknown) = advice::unknown_fields(ty, &strangers) {
        wrong = Some(Fault::together(wrong, unknown));
    }
    wrong.map_or(Ok(()), Err)
}

fn update_from(ty: &Type, slots: &mut [Slot], value: &Value, span: Span) -> Result<(), Fault> {
    let Value::Dict(dict) = value else {
        return Err(not_a_struct(ty, value).at(span));
    };
    let keywords = keywords_of(&dict.borrow(), span)?;
    update(ty, slots, &keywords, span)
}

/// The entries of a dict as keyword arguments.
fn keywords_of(dict: &Dict, span: Span) -> Result<Vec<Keyword>, Fault> {
    dict.iter()
        .map(|(key, entry)| {
            let name = key.as_str().ok_or_else(|| {
                Fault::type_error(format!("a field's name must be text, not {}", key.repr()))
                    .at(entry.key_span.or(span))
            })?;
            Ok(Keyword {
                name: name.into(),
                name_span: entry.key_span.or(span),
                value: entry.value.clone(),
                span: entry.span.or(span),
            })
        })
        .collect()
}

fn set_slot(field: &Field, slot: &mut Slot, value: &Value, span: Span) -> Result<(), Fault> {
    let value = match value {
        Value::Empty => None,
        Value::Object(object) if object.is_a(&field.ty) => Some(object.clone()),
        other => Some(convert(&field.ty, other, span)?),
    };
    *slot = Slot { value, span };
    Ok(())
}

fn of_field(ty: &Type, name: &str, fault: Fault) -> Fault {
    fault.map(|mut d| {
        if d.primary_label.is_empty() {
            let declared = ty.fields().and_then(|f| f.get(name));
            d.primary_label = declared.map(|f| field_words(ty, name, &f.ty)).unwrap_or_default();
        }
        d
    })
}

/// Says which field a value is for that was written elsewhere.
fn used_in(ty: &Type, keyword: &Keyword, whole: Span, fault: Fault) -> Fault {
    let place = fault.diagnostic.primary;
    let inside = whole.encloses(place);
    let labelled = fault.diagnostic.labels.iter().any(|label| label.span == keyword.name_span);
    match inside || place.is_none() || labelled {
        true => fault,
        false => {
            let words = format!("used here as `{}` of {}", keyword.name, ty.written());
            fault.map(|d| d.label(keyword.name_span, words))
        }
    }
}

fn not_a_struct(ty: &Type, value: &Value) -> Fault {
    let message = advice::made_from(ty, "a dict or keywords", value);
    advice::for_struct(ty, value, Fault::new("ValueError", &WRONG_SHAPE, message))
}

/// A plain value as an object of a type, as fields and elements take it. An object of the type stays as it is.
///
/// # Errors
/// When the value has another shape than the type. Scalars are not checked before they are used.
pub fn convert(ty: &Type, value: &Value, span: Span) -> Result<Object, Fault> {
    if let Value::Object(object) = value
        && object.is_a(ty)
    {
        return Ok(object.clone());
    }
    build(ty, value, span)
}

/// [`convert`] without its exception, as a call of the type does it: `Integer(Integer(5))` holds an object, not 5.
fn build(ty: &Type, value: &Value, span: Span) -> Result<Object, Fault> {
    limits::charge_steps(1)?;
    let object = match ty.kind() {
        Kind::String | Kind::Integer | Kind::Float | Kind::Boolean | Kind::Enum(_) => {
            return simple(ty, value.clone(), span);
        }
        Kind::Any => {
            let kept = any::kept(value).map_err(|f| f.at(span))?;
            Object::make(ty.clone(), Body::Simple(kept), place_of(value, span))
        }
        Kind::Choice(_) => Object::make(ty.clone(), Body::Choice(value.clone()), span),
        Kind::List(element) => {
            let items = sequence(ty, value, span)?;
            Object::make(ty.clone(), Body::List(elements(element, &items, span)?), span)
        }
        Kind::Map(..) => Object::make(ty.clone(), Body::Map(entries(ty, value, span)?.into()), span),
        Kind::Struct(fields) => {
            let mut slots: Rc<[Slot]> = fields.values().map(default_slot).collect();
            update_from(ty, Rc::make_mut(&mut slots), value, span)?;
            Object::make(ty.clone(), Body::Struct(slots), span)
        }
    };
    object.within_depth()
}

/// The elements of a list, or what is wrong with each of them.
fn elements(ty: &Type, items: &[Value], span: Span) -> Result<Rc<[Object]>, Fault> {
    let mut made = Vec::with_capacity(items.len());
    let mut wrong: Option<Fault> = None;
    for item in items {
        match convert(ty, item, place_of(item, span)).map_err(|f| of_element(ty, item, span, f)) {
            Ok(object) => made.push(object),
            Err(fault) if is_list_of(item, ty) => {
                let words = "this is a list itself; leave out the brackets around it, or join lists with +";
                return Err(fault.help(words));
            }
            Err(fault) if fault.diagnostic.ends_everything() => return Err(fault),
            Err(fault) => wrong = Some(Fault::together(wrong, fault)),
        }
    }
    wrong.map_or(Ok(made.into()), Err)
}

/// An object of another type is a mistake of the list that holds it, not of the place that made it.
fn of_element(ty: &Type, item: &Value, list: Span, fault: Fault) -> Fault {
    match item {
        Value::Object(object) if ty.fields().is_some() && fault.diagnostic.primary == object.origin() => {
            fault.map(|mut d| {
                d.primary = list.or(d.primary);
                d.label(object.origin(), format!("this {} is in the list", object.ty().written()))
            })
        }
        _ => fault,
    }
}

fn is_list_of(value: &Value, ty: &Type) -> bool {
    let of_type = |item: &Value| matches!(item, Value::Object(object) if object.is_a(ty));
    match value {
        Value::List(items) => !items.borrow().is_empty() && items.borrow().iter().all(of_type),
        Value::Object(list) => list.elements().is_some_and(|items| items.iter().all(|o| o.is_a(ty))),
        _ => false,
    }
}

/// A scalar or enum object. Only enums look at the value, and only where it holds no reference.
pub(super) fn simple(ty: &Type, value: Value, span: Span) -> Result<Object, Fault> {
    if let Kind::Enum(values) = ty.kind() {
        let known = value.as_str().is_some_and(|v| values.iter().any(|w| **w == *v));
        if !known && !has_reference(&value) {
            let words = values.join(", ");
            let fault = Fault { exception: "ValueError", ..not_in_enum(values, &value) };
            let text = format!("EnumContainer only accepts the following values: {words}");
            return Err(fault.python(text.replace("EnumContainer", ty.name())).at(place_of(&value, span)));
        }
    }
    let origin = match &value {
        Value::Str(text) => text.span().or(span),
        _ => span,
    };
    Ok(Object::make(ty.clone(), Body::Simple(value), origin))
}

fn has_reference(value: &Value) -> bool {
    match value {
        Value::Str(t) => {
            t.template().is_some_and(|t| t.segments.iter().any(|s| matches!(s, Segment::Ref { .. })))
        }
        _ => false,
    }
}

/// Where a value was written, if it remembers, or else the place of what it is in.
fn place_of(value: &Value, span: Span) -> Span {
    match value {
        Value::Str(text) => text.span().or(span),
        Value::Object(object) => object.origin().or(span),
        _ => span,
    }
}

fn sequence(ty: &Type, value: &Value, span: Span) -> Result<Vec<Value>, Fault> {
    match value {
        Value::List(items) => Ok(items.borrow().clone()),
        Value::Tuple(items) => Ok(items.to_vec()),
        Value::Range(range) => Ok(range_values(**range)),
        other => {
            let message = advice::made_from(ty, "a list", other);
            Err(advice::for_list(ty, other, Fault::new("ValueError", &WRONG_SHAPE, message).at(span)))
        }
    }
}

fn range_values(range: Range) -> Vec<Value> {
    (0..range.len()).map(|i| Value::Int(range.at(i))).collect()
}

fn entries(ty: &Type, value: &Value, span: Span) -> Result<Vec<(Object, Object)>, Fault> {
    let Kind::Map(key_type, value_type) = ty.kind() else { return Ok(Vec::new()) };
    match value {
        // Pystachio copies the dict first, which may change its order.
        Value::Dict(dict) => copied(&dict.borrow())
            .iter()
            .map(|(k, e)| {
                let key = convert(key_type, k, place_of(k, e.key_span.or(span)))?;
                Ok((key, convert(value_type, &e.value, place_of(&e.value, e.span.or(span)))?))
            })
            .collect(),
        other => map_pair(ty, other, span).map(|pair| vec![pair]),
    }
}

/// `copy.copy(dict)`: an OrderedDict or a frozendict is filled again entry by entry.
fn copied(dict: &Dict) -> Dict {
    if !dict.is_frozen() {
        return dict.copy();
    }
    let mut copy = Dict::new();
    for (key, entry) in dict.entries() {
        copy.insert_at(key.clone(), entry.value.clone(), entry.key_span, entry.span);
    }
    copy
}

/// The entries in the order of a dict that they are added to one by one; of two with one key the last value counts.
fn as_from_frozendict(entries: Vec<(Object, Object)>) -> Result<Vec<(Object, Object)>, Fault> {
    let mut table = Dict::new();
    for (key, value) in &entries {
        let place = Value::tuple(vec![Value::Object(key.clone()), Value::Object(value.clone())]);
        table.insert(Key::new(key.get()?)?, place);
        limits::charge_steps(usize::try_from(table.take_probes()).unwrap_or(usize::MAX))?;
    }
    let pair = |(_, entry): (&Value, &Entry)| match &entry.value {
        Value::Tuple(pair) => match &**pair {
            [Value::Object(key), Value::Object(value)] => Some((key.clone(), value.clone())),
            _ => None,
        },
        _ => None,
    };
    Ok(table.iter().filter_map(pair).collect())
}

/// One entry of a map, from two items.
fn map_pair(ty: &Type, value: &Value, span: Span) -> Result<(Object, Object), Fault> {
    let Kind::Map(key_type, value_type) = ty.kind() else {
        return Err(Fault::type_error(format!("{} is no map", ty.written())));
    };
    let pair: Vec<Value> = match value {
        Value::List(items) => items.borrow().clone(),
        Value::Tuple(items) => items.to_vec(),
        Value::Set(items) => items.borrow().iter().cloned().collect(),
        Value::Str(text) => text.as_str().chars().map(|c| Value::str(c.to_string())).collect(),
        Value::Range(range) if range.len() == 2 => range_values(**range),
        _ => Vec::new(),
    };
    match pair.as_slice() {
        [k, v] => Ok((convert(key_type, k, place_of(k, span))?, convert(value_type, v, place_of(v, span))?)),
        _ => {
            let message = advice::made_from(ty, "a dict", value);
            Err(advice::for_map(value, Fault::new("ValueError", &WRONG_SHAPE, message).at(span)))
        }
    }
}

/// `Required(T)`, `Default(T, value)`: the value is converted at once, so that its shape is checked here.
///
/// # Errors
/// When the default does not have the shape of the type.
pub fn signature(ty: &Type, required: bool, default: Option<&Value>, span: Span) -> Result<Signature, Fault> {
    let default = match default {
        None | Some(Value::Empty) => None,
        Some(value) => Some(convert(ty, value, span).map_err(|f| {
            f.map(|mut d| {
                if d.code != &UNKNOWN_FIELD && d.code != &BAD_CALL {
                    d.code = &BAD_TYPE;
                }
                d.note(format!("it is the default of a field of type {}", ty.written()))
            })
        })?),
    };
    Ok(Signature { ty: ty.clone(), required, default })
}

/// The struct type that a class body makes. `fields` are its names that stand for fields, in order.
///
/// # Errors
/// When a default cannot be read again without its bindings.
pub fn define_struct(
    name: &str,
    fields: Vec<(Rc<str>, Signature, Span)>,
    body: ClassBody,
    span: Span,
) -> Result<Type, Fault> {
    Type::check_size(fields.iter().map(|(_, signature, _)| &signature.ty)).map_err(|f| f.at(span))?;
    let mut declared = Fields::default();
    for (field_name, signature, field_span) in fields {
        let default = signature.default.as_ref().map(rebuilt).transpose()?;
        let ty = signature.ty.made_anew();
        let field = Field { ty, required: signature.required, default, span: field_span };
        declared.insert(field_name, field);
    }
    Ok(Type::structure(name, declared, body, span))
}

/// An object as a default keeps it: made again from its plain value, which loses the bindings everywhere in it, and
/// gives fields set to `Empty` their defaults again.
fn rebuilt(object: &Object) -> Result<Object, Fault> {
    limits::charge_steps(1)?;
    let make = |body| Object::make(object.ty().made_anew(), body, object.origin());
    Ok(match object.body() {
        Body::Simple(value) => make(Body::Simple(value.clone())),
        Body::Choice(_) => convert(object.ty(), &object.get()?, object.origin())?,
        Body::List(items) => make(Body::List(items.iter().map(rebuilt).collect::<Result<_, _>>()?)),
        Body::Map(entries) => {
            let pair = |(k, v): &(Object, Object)| Ok((rebuilt(k)?, rebuilt(v)?));
            let entries = entries.iter().map(pair).collect::<Result<Vec<_>, Fault>>()?;
            make(Body::Map(as_from_frozendict(as_from_frozendict(entries)?)?.into()))
        }
        Body::Struct(slots) => {
            let fields = object.ty().fields().into_iter().flat_map(|f| f.values());
            let slot = |(field, slot): (&Field, &Slot)| {
                Ok(match &slot.value {
                    Some(value) => Slot { value: Some(rebuilt(value)?), span: slot.span },
                    None => default_slot(field),
                })
            };
            make(Body::Struct(fields.zip(slots.iter()).map(slot).collect::<Result<_, Fault>>()?))
        }
    })
}
