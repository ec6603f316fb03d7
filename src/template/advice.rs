//! The right fix, filled in: what to write instead of a field that a type lacks, or of a value of another shape.

use super::value::{Dict, Entry, Fault, Field, Kind, Object, Type, Value, quote, shown};
use crate::diagnostics::codes::eval::UNKNOWN_FIELD;
use crate::diagnostics::{meant, other_name, other_way, quoted_list};
use crate::source::Span;

/// Structs within structs that are searched for a field.
const DEEPEST: usize = 3;

/// Characters of a value that is repeated in a fix.
const LONGEST: usize = 100;

/// The error for a field that a type does not have.
pub fn unknown_field(ty: &Type, name: &str, span: Span) -> Fault {
    let message = format!("{} has no field `{name}`", ty.written());
    let fault = Fault::new("AttributeError", &UNKNOWN_FIELD, message).at(span);
    let fields: Vec<&str> = ty.fields().map(|f| f.keys().map(|k| &**k).collect()).unwrap_or_default();
    let own = other_name(name, fields.iter().copied());
    let fault = if let Some(words) = other_way(ty.name(), name) {
        fault.map(|d| d.here("no such field")).help(words)
    } else if let Some(inner) = own.is_none().then(|| field_within(ty, name)).flatten() {
        fault
            .map(|d| d.here(format!("`{}` is a field of {}", inner.name, inner.owner.written())))
            .help(format!("write {}", inner.written))
    } else if let Some(near) = meant(name, fields.iter().copied()) {
        fault
            .map(|d| d.here(format!("did you mean `{near}`?")).suggest(span, near, format!("write `{near}`")))
    } else {
        fault.map(|d| d.here("no such field")).help(format!("the fields are {}", quoted_list(fields, 40)))
    };
    fault.map(|d| d.label(ty.span(), format!("{} is declared here", ty.written())))
}

/// The error for several fields that a type does not have: fields of one and the same struct within it are one mistake.
pub(super) fn unknown_fields(ty: &Type, names: &[(&str, Span)]) -> Option<Fault> {
    let mut wrong: Option<Fault> = None;
    let mut told: Vec<Type> = Vec::new();
    for (name, span) in names {
        let owner = |name: &str| field_within(ty, name).map(|inner| inner.owner);
        let here = owner(name).filter(|_| other_way(ty.name(), name).is_none());
        if let Some(owner) = &here {
            if told.iter().any(|known| known.same(owner)) {
                continue;
            }
            told.push(owner.clone());
        }
        let mut fault = unknown_field(ty, name, *span);
        if let Some(here) = here {
            let same = |other: &&(&str, Span)| {
                other.0 != *name && owner(other.0).is_some_and(|owner| owner.same(&here))
            };
            for (other, place) in names.iter().filter(same) {
                let words = format!("`{other}` belongs there, too");
                fault = fault.map(|d| d.label(*place, words));
            }
        }
        wrong = Some(Fault::together(wrong, fault));
    }
    wrong
}

/// A field of a struct somewhere within another.
struct Within {
    owner: Type,
    name: String,
    /// How it is written, from the outer struct.
    written: String,
}

/// The nearest struct within a type that has a field of this name, or of what the name is called here.
fn field_within(ty: &Type, name: &str) -> Option<Within> {
    (1..=DEEPEST).find_map(|depth| within(ty, name, depth))
}

fn within(ty: &Type, name: &str, depth: usize) -> Option<Within> {
    if depth == 0 {
        let fields = ty.fields()?;
        let known = fields.keys().map(|k| &**k).find(|k| *k == name);
        let found =
            known.or_else(|| other_name(name, fields.keys().map(|k| &**k)).filter(|_| name != "name"))?;
        let value = match fields.get(found)?.ty.kind() {
            Kind::List(_) => "[...]",
            Kind::Map(..) => "{...}",
            _ => "...",
        };
        let written = format!("{}({found}={value})", ty.written());
        return Some(Within { owner: ty.clone(), name: found.to_string(), written });
    }
    // Thermos ignores the resources of a process.
    let ignored = |field: &str| ty.name() == "Process" && field == "resources";
    let fields = ty.fields()?.iter().filter(|(field, _)| !ignored(field));
    fields.into_iter().find_map(|(field, declared)| {
        let (inner, in_list) = match declared.ty.kind() {
            Kind::List(element) => (element, true),
            _ => (&declared.ty, false),
        };
        let found = match inner.kind() {
            Kind::Choice(alternatives) => alternatives.iter().find_map(|a| within(a, name, depth - 1)),
            _ => within(inner, name, depth - 1),
        }?;
        let (open, close) = if in_list { ("[", "]") } else { ("", "") };
        let written = format!("{field}={open}{}{close}", found.written);
        Some(Within { written, ..found })
    })
}

/// A plain value as it is written, where it is short.
fn literal(value: &Value) -> String {
    let written = match value {
        Value::Str(text) => quote(text.as_str()),
        Value::Object(object) => format!("{}(...)", object.ty().written()),
        other => other.repr_within(LONGEST),
    };
    if written.chars().count() > LONGEST { "...".to_string() } else { written }
}

/// The fields that must be given, with the name first, as people give them.
fn required(ty: &Type) -> Vec<(&str, &Field)> {
    let fields = ty.fields().into_iter().flat_map(|f| f.iter()).map(|(name, field)| (&**name, field));
    let mut fields: Vec<_> = fields.filter(|(_, field)| field.required).collect();
    fields.sort_by_key(|(name, _)| *name != "name");
    fields
}

/// A call of a struct with keywords instead of these values.
pub(super) fn with_keywords(ty: &Type, values: &[&Value]) -> Option<String> {
    let fields = required(ty);
    let fit = |(value, (_, field)): (&&Value, &(&str, &Field))| match value {
        Value::Object(object) => object.is_a(&field.ty),
        Value::Dict(_) | Value::List(_) | Value::Tuple(_) | Value::None => false,
        _ => field.ty.is_simple(),
    };
    if values.is_empty() || values.len() > fields.len() || !values.iter().zip(&fields).all(fit) {
        return None;
    }
    let given = values.iter().map(|value| literal(value)).chain(std::iter::repeat("...".to_string()));
    let words: Vec<String> = fields.iter().zip(given).map(|((name, _), v)| format!("{name}={v}")).collect();
    Some(format!("{}({})", ty.written(), words.join(", ")))
}

/// What to write where a struct is needed and this is given.
pub(super) fn for_struct(ty: &Type, value: &Value, fault: Fault) -> Fault {
    match value {
        Value::Str(_) if required(ty).len() == 1 => match with_keywords(ty, &[value]) {
            Some(call) => fault.help(format!("write {call}")),
            None => fault,
        },
        Value::Object(object) => for_object(ty, object, fault),
        Value::Tuple(items) => match items.as_ref() {
            [Value::Object(object)] if object.is_a(ty) => fault
                .map(|d| d.label(object.origin(), "the comma after it makes a tuple of it"))
                .help("remove the comma at the end of the statement"),
            _ => fault,
        },
        Value::List(items) => match items.borrow().as_slice() {
            [Value::Object(object)] if object.is_a(ty) => fault.help("leave out the brackets around it"),
            _ => fault,
        },
        Value::Type(given) if given.same(ty) => {
            fault.help(format!("this is the type; make an object of it: {}(...)", ty.written()))
        }
        _ => fault,
    }
}

fn for_object(ty: &Type, object: &Object, fault: Fault) -> Fault {
    if ty.name() == "Constraint" && object.ty().name() == "Process" {
        return fault.help("write constraints=order(first, second), which makes constraints of processes");
    }
    let fields = ty.fields().into_iter().flat_map(|f| f.iter());
    let mut fitting = fields.filter(|(_, field)| object.is_a(&field.ty)).map(|(name, _)| name);
    match (fitting.next(), fitting.next()) {
        (Some(name), None) if !object.ty().is_simple() => {
            fault.help(format!("write {}({name}={}(...))", ty.written(), object.ty().written()))
        }
        _ => fault,
    }
}

/// What to write where a list is needed and this is given.
pub(super) fn for_list(ty: &Type, value: &Value, fault: Fault) -> Fault {
    match (ty.kind(), value) {
        (Kind::List(element), Value::Dict(dict)) => match list_of_pairs(element, &dict.borrow()) {
            Some(list) => fault.help(format!("write {list}")),
            None => fault,
        },
        (_, Value::Object(_) | Value::Str(_)) => fault.help("put it in brackets: [...]"),
        _ => fault,
    }
}

/// The entries of a dict as structs of two required fields, such as a key and a value.
fn list_of_pairs(element: &Type, dict: &Dict) -> Option<String> {
    let fields = required(element);
    let names =
        |key: &Value| key.as_str().is_some_and(|key| element.fields().is_some_and(|f| f.contains_key(key)));
    if element.fields().is_some() && !dict.is_empty() && dict.iter().all(|(key, _)| names(key)) {
        return Some("it in brackets: [{...}]".to_string());
    }
    let [(key, _), (value, _)] = fields.as_slice() else { return None };
    let pair = |(k, e): (&Value, &Entry)| {
        format!("{}({key}={}, {value}={})", element.written(), literal(k), literal(&e.value))
    };
    let pairs: Vec<String> = dict.iter().take(3).map(pair).collect();
    let written = format!("[{}]", pairs.join(", "));
    (!pairs.is_empty()).then_some(written)
}

/// What to write where a map is needed and this is given: `['A=1']` and `'A=1'` are `{'A': '1'}`.
pub(super) fn for_map(value: &Value, fault: Fault) -> Fault {
    let items: Vec<Value> = match value {
        Value::List(items) => items.borrow().iter().take(3).cloned().collect(),
        Value::Tuple(items) => items.iter().take(3).cloned().collect(),
        text @ Value::Str(_) => vec![text.clone()],
        _ => Vec::new(),
    };
    let pair = |item: &Value| {
        let text = item.as_str()?;
        let (key, value) = text.split_once('=').or_else(|| text.split_once(':'))?;
        (text.len() <= LONGEST).then(|| format!("{}: {}", quote(key.trim()), quote(value.trim())))
    };
    let pairs: Option<Vec<String>> = items.iter().map(pair).collect();
    match pairs.filter(|pairs| !pairs.is_empty()) {
        Some(pairs) => fault.help(format!("write {{{}}}", pairs.join(", "))),
        None => fault,
    }
}

/// What to write where a scalar is needed and this is given.
pub(super) fn for_scalar(ty: &Type, value: &Value, fault: Fault) -> Fault {
    match (ty.kind(), value) {
        (Kind::Boolean, Value::Str(_)) => fault.help("write True or False"),
        (Kind::Integer, Value::Str(text)) => match whole_number(text.as_str()) {
            Some(number) => fault.help(format!("write it as a number, without quotes: {number}")),
            None => fault,
        },
        (Kind::Float, Value::Str(text)) => match number(text.as_str()) {
            Some(number) => fault.help(format!("write it as a number, without quotes: {number}")),
            None => fault,
        },
        (Kind::String | Kind::Any, Value::Dict(dict)) => {
            let port = |key: &Value| key.as_str().is_some_and(|k| k.to_lowercase().contains("port"));
            match dict.borrow().iter().any(|(key, _)| port(key)) {
                true => {
                    fault.help("ports are requested by names: ports=['http']; Mesos chooses their numbers")
                }
                false => fault,
            }
        }
        (Kind::String, Value::List(items)) => {
            let words: Option<Vec<String>> =
                items.borrow().iter().map(|item| item.as_str().map(str::to_string)).collect();
            match words.map(|words| quote(&words.join(" "))).filter(|joined| joined.len() <= LONGEST) {
                Some(joined) if joined.len() > 2 => fault.help(format!("write one string: {joined}")),
                _ => fault,
            }
        }
        (_, Value::None) => fault.help("leave the field out, or set it to Empty, to have no value"),
        (_, Value::Object(o)) if o.ty().is_simple() => fault.help(format!(
            "a {} never becomes a {} by itself; take its plain value with .get()",
            o.ty().written(),
            ty.written()
        )),
        _ => fault,
    }
}

/// The digits that a string begins with, and the rest, as in `512 MB`.
fn split_unit(text: &str) -> Option<(&str, String)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(end);
    number.parse::<f64>().ok()?;
    Some((number, unit.trim().to_lowercase()))
}

/// A size or a time as people write it, such as `512MB` or `45s`, as the language has it.
fn whole_number(text: &str) -> Option<String> {
    let (number, unit) = split_unit(text)?;
    let unit = match unit.as_str() {
        "k" | "kb" | "ki" | "kib" => "KB",
        "m" | "mb" | "mi" | "mib" => "MB",
        "g" | "gb" | "gi" | "gib" => "GB",
        "t" | "tb" | "ti" | "tib" => "TB",
        _ => return seconds(number, &unit),
    };
    match number.contains('.') {
        true => Some(format!("int({number}*{unit})")),
        false => Some(format!("{number}*{unit}")),
    }
}

/// A time in seconds.
fn seconds(number: &str, unit: &str) -> Option<String> {
    match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => Some(number.to_string()),
        "min" | "mins" | "minute" | "minutes" => Some(format!("{number}*60")),
        "h" | "hour" | "hours" => Some(format!("{number}*3600")),
        _ => None,
    }
}

/// Cores in thousandths, or a time, as people write them.
fn number(text: &str) -> Option<String> {
    let (number, unit) = split_unit(text)?;
    match unit.as_str() {
        "m" => Some((number.parse::<f64>().ok()? / 1000.0).to_string()),
        "core" | "cores" | "cpu" | "cpus" => Some(number.to_string()),
        unit => seconds(number, unit),
    }
}

/// The words for a value in a message about its shape.
pub(super) fn made_from(ty: &Type, from: &str, value: &Value) -> String {
    format!("{} is made from {from}, not from {}", ty.written(), shown(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_times_and_cores_as_other_tools_write_them() {
        for (text, written) in
            [("512Mi", "512*MB"), ("1.5 GB", "int(1.5*GB)"), ("45s", "45"), ("2 min", "2*60")]
        {
            assert_eq!(whole_number(text).as_deref(), Some(written), "{text}");
        }
        for (text, written) in [("500m", "0.5"), ("2 cores", "2"), ("10s", "10")] {
            assert_eq!(number(text).as_deref(), Some(written), "{text}");
        }
        assert_eq!(whole_number("many"), None);
        assert_eq!(number("1..2 m"), None);
    }
}
