//! Interpolation: references replaced by what the scopes say, values coerced to their types.

use std::rc::Rc;

use smallvec::SmallVec;

use super::any;
use super::choice::interpolate_choice;
use super::coerce::{coerce, is_structure};
use super::limits;
use super::mustache::{Segment, Template, has_brace};
use super::object::{Body, Object};
use super::reference::Ref;
use super::scope::Chain;
use super::types::{Kind, Type, field_words};
use super::value::{Dict, Entry, Fault, Key, Origin, Text, Value};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::template::ENDLESS_TEMPLATE;
use crate::source::Span;

/// Rounds of replacement in one text before it counts as endless (Pystachio's MAX_ITERATIONS).
const MOST_ROUNDS: usize = 100;

/// A reference that no scope knows.
#[derive(Debug, Clone)]
pub struct Unbound {
    /// The reference.
    pub reference: Rc<Ref>,
    /// Where it is written, as far as that is known.
    pub span: Span,
}

/// What an interpolation leaves behind beside its result.
#[derive(Debug, Default)]
pub struct Walk {
    /// References that stayed open, with repetitions.
    pub unbound: Vec<Unbound>,
    /// Values that could not be coerced, where the caller wants all of them instead of the first.
    pub faults: Option<Vec<Fault>>,
}

impl Walk {
    /// A walk that goes on after errors and keeps them in `faults`.
    pub fn collecting() -> Walk {
        Walk { unbound: Vec::new(), faults: Some(Vec::new()) }
    }

    /// Keeps the fault and gives the fallback, or fails with it where the walk wants the first fault.
    fn settle<T>(&mut self, result: Result<T, Fault>, fallback: impl FnOnce() -> T) -> Result<T, Fault> {
        match (result, &mut self.faults) {
            (Err(fault), Some(faults)) if !fault.diagnostic.ends_everything() => {
                faults.push(fault);
                Ok(fallback())
            }
            (result, _) => result,
        }
    }
}

/// Whether every reference of a text stays as it is until something new is bound: see [`Object::is_stable`].
pub(super) fn is_stable_text(ty: &Type, value: &Value) -> bool {
    match value {
        Value::Str(text) if matches!(ty.kind(), Kind::String | Kind::Any) => text
            .template()
            .is_none_or(|t| !t.loose_braces && t.segments.iter().all(|s| stands_alone(text, s))),
        _ => false,
    }
}

fn stands_alone(text: &Text, segment: &Segment) -> bool {
    match segment {
        Segment::Literal(_) => true,
        Segment::Ref { target, range } => target.is_ok() && !text.as_str()[range.clone()].starts_with("{{."),
        Segment::Postponed { .. } => false,
    }
}

impl Object {
    /// The object with every reference replaced that its own bindings (and fields) know.
    ///
    /// # Errors
    /// When a value cannot be coerced, a reference is malformed or endless.
    pub fn interpolate(&self, walk: &mut Walk) -> Result<Object, Fault> {
        interpolate(self, &Chain::Empty, walk)
    }
}

/// Interpolates an object that stands in `chain`.
pub(super) fn interpolate(object: &Object, chain: &Chain<'_>, walk: &mut Walk) -> Result<Object, Fault> {
    if object.is_closed() {
        return Ok(unwrapped(object));
    }
    limits::charge_steps(1)?;
    match object.body() {
        Body::Simple(_) => {
            let result = simple(object, chain, walk);
            walk.settle(result, || object.clone())
        }
        Body::List(items) => {
            let inner = Chain::Own { scopes: object.scopes(), outer: chain };
            let mut out = items.clone();
            for (index, item) in items.iter().enumerate().filter(|(_, o)| !o.is_closed()) {
                let result = interpolate_element(item, &inner, walk)?;
                if !result.is(item) {
                    Rc::make_mut(&mut out)[index] = result;
                }
            }
            Ok(unless_same(object, Rc::ptr_eq(items, &out), Body::List(out)))
        }
        Body::Map(entries) => {
            let inner = Chain::Own { scopes: object.scopes(), outer: chain };
            let mut out = entries.clone();
            for (index, (key, value)) in entries.iter().enumerate() {
                let result =
                    (interpolate_element(key, &inner, walk)?, interpolate_element(value, &inner, walk)?);
                if !result.0.is(key) || !result.1.is(value) {
                    Rc::make_mut(&mut out)[index] = result;
                }
            }
            Ok(unless_same(object, Rc::ptr_eq(entries, &out), Body::Map(out)))
        }
        Body::Struct(slots) => {
            let inner = Chain::Struct { object, outer: chain };
            let mut out = slots.clone();
            for (index, slot) in slots.iter().enumerate() {
                let Some(value) = slot.value.as_ref().filter(|v| !v.is_closed()) else { continue };
                let result = interpolate_field(object, index, value, &inner, walk)?;
                if !result.is(value) {
                    Rc::make_mut(&mut out)[index].value = Some(result);
                }
            }
            Ok(unless_same(object, Rc::ptr_eq(slots, &out), Body::Struct(out)))
        }
        Body::Choice(_) => {
            let result = interpolate_choice(object, chain, walk);
            walk.settle(result, || object.clone())
        }
    }
}

/// The object with another body and no bindings; itself where nothing has changed.
fn unless_same(object: &Object, same: bool, body: Body) -> Object {
    if same && object.scopes().is_empty() {
        return object.clone();
    }
    Object::make(object.ty().clone(), body, object.origin())
}

/// What interpolating a closed object gives: the object inside a choice, or the object itself.
fn unwrapped(object: &Object) -> Object {
    match object.body() {
        Body::Choice(Value::Object(inner)) => inner.clone(),
        _ => object.clone(),
    }
}

/// Interpolates an element, which stays of its type: a choice unwraps on the way and is wrapped again.
fn interpolate_element(object: &Object, chain: &Chain<'_>, walk: &mut Walk) -> Result<Object, Fault> {
    if object.is_closed() {
        return Ok(object.clone());
    }
    let result = interpolate(object, chain, walk)?;
    match object.body() {
        Body::Choice(_) if !result.is_a(object.ty()) => {
            Ok(Object::make(object.ty().clone(), Body::Choice(Value::Object(result)), object.origin()))
        }
        _ => Ok(result),
    }
}

/// Interpolates the value of a field and wraps it as the field's type again (a choice unwraps on the way).
fn interpolate_field(
    object: &Object,
    index: usize,
    value: &Object,
    chain: &Chain<'_>,
    walk: &mut Walk,
) -> Result<Object, Fault> {
    let before = walk.faults.as_ref().map_or(0, Vec::len);
    let result = interpolate_element(value, chain, walk);
    if let Some(faults) = &mut walk.faults {
        let fresh = faults.split_off(before);
        faults.extend(fresh.into_iter().map(|f| in_field(object, index, f)));
    }
    result.map_err(|f| in_field(object, index, f))
}

/// Says which field a fault is about, once, and where it is if that is not known yet.
fn in_field(object: &Object, index: usize, fault: Fault) -> Fault {
    let Some((name, field)) = object.ty().fields().and_then(|f| f.get_index(index)) else { return fault };
    let span = object.slots().map_or(Span::NONE, |s| s[index].span).or(object.origin());
    fault.map(|mut d| {
        if d.primary_label.is_empty() {
            d.primary_label = field_words(object.ty(), name, &field.ty);
        }
        d.at(span)
    })
}

impl Object {
    /// Pystachio's accessor: the value of a field, interpolated in the object's own scopes; `None` is `Empty`.
    ///
    /// # Errors
    /// As for [`Object::interpolate`].
    pub fn access(&self, index: usize) -> Result<Option<Object>, Fault> {
        let Some(value) = self.slots().and_then(|s| s.get(index)).and_then(|s| s.value.as_ref()) else {
            return Ok(None);
        };
        if value.is_closed() {
            return Ok(Some(value.clone()));
        }
        let chain = Chain::Struct { object: self, outer: &Chain::Empty };
        interpolate_field(self, index, value, &chain, &mut Walk::default()).map(Some)
    }

    /// [`Object::access`] by name; `None` also where there is no such field.
    ///
    /// # Errors
    /// As for [`Object::interpolate`].
    pub fn access_named(&self, field: &str) -> Result<Option<Object>, Fault> {
        match self.ty().fields().and_then(|f| f.get_index_of(field)) {
            Some(index) => self.access(index),
            None => Ok(None),
        }
    }
}

fn simple(object: &Object, chain: &Chain<'_>, walk: &mut Walk) -> Result<Object, Fault> {
    let Some(raw) = object.raw() else { return Ok(object.clone()) };
    let make = |value| Object::make(object.ty().clone(), Body::Simple(value), object.origin());
    if matches!(object.ty().kind(), Kind::Any) && is_structure(raw) {
        let inner = Chain::Own { scopes: object.scopes(), outer: chain };
        return structure(raw, &inner, object.origin(), walk).map(make);
    }
    let Value::Str(text) = raw else {
        return coerce(object.ty(), raw).map(make).map_err(|f| f.at(object.origin()));
    };
    if text.template().is_none() {
        return coerce(object.ty(), raw).map(make).map_err(|f| f.at(text.span().or(object.origin())));
    }
    let inner = Chain::Own { scopes: object.scopes(), outer: chain };
    // Text is always a String; of other types it may be no value, and a message then shows what went into it.
    let sources = (!matches!(object.ty().kind(), Kind::String)).then(Vec::new);
    let resolved = resolve(text, &inner, object.origin(), walk, sources)?;
    if resolved.open && resolved.revived {
        let body = Body::Simple(Value::Str(resolved.text));
        return Ok(Object::unsettled(object.ty().clone(), body, object.origin()));
    }
    if resolved.open {
        let same = resolved.text.same(text);
        return Ok(unless_same(object, same, Body::Simple(Value::Str(resolved.text))));
    }
    let value = Value::Str(resolved.text.clone());
    let coerced =
        coerce(object.ty(), &value).map_err(|f| from_template(f, text, object.origin(), &resolved))?;
    if resolved.text.template().is_some() {
        // A postponed reference came alive: it is looked up in these scopes when the object is used again.
        let body = Body::Simple(coerced);
        return Ok(Object::with_scopes(object.ty().clone(), body, object.origin(), inner.captured().into()));
    }
    Ok(make(coerced))
}

/// The insides of a structure that a field of any kind holds.
fn structure(value: &Value, chain: &Chain<'_>, origin: Span, walk: &mut Walk) -> Result<Value, Fault> {
    limits::charge_steps(1)?;
    match value {
        Value::Object(object) => interpolate(object, chain, walk).map(Value::Object),
        Value::Str(text) if text.template().is_some() => {
            resolve(text, chain, origin, walk, None).map(|resolved| Value::Str(resolved.text))
        }
        Value::List(items) => {
            let items = items.borrow().clone();
            structures(&items, chain, origin, walk).map(Value::list)
        }
        Value::Tuple(items) => structures(items, chain, origin, walk).map(Value::tuple),
        Value::Dict(dict) => {
            let dict = dict.borrow().clone();
            if dict.iter().all(|(key, _)| any::is_closed(key)) {
                let mut inside = |entry: &Entry| structure(&entry.value, chain, entry.span.or(origin), walk);
                return dict.map(|_, entry| inside(entry)).map(Value::dict);
            }
            let mut out = Dict::of_kind(dict.kind());
            for (key, entry) in dict.iter() {
                let place = entry.span.or(origin);
                let key = Key::new(structure(key, chain, entry.key_span.or(origin), walk)?)?;
                out.insert_at(key, structure(&entry.value, chain, place, walk)?, entry.key_span, entry.span);
            }
            Ok(Value::dict(out))
        }
        other => Ok(other.clone()),
    }
}

fn structures(
    items: &[Value],
    chain: &Chain<'_>,
    origin: Span,
    walk: &mut Walk,
) -> Result<Vec<Value>, Fault> {
    items.iter().map(|item| structure(item, chain, origin, walk)).collect()
}

fn from_template(fault: Fault, text: &Text, origin: Span, resolved: &Resolved) -> Fault {
    let shown = super::coerce::shown(&Value::Str(text.clone()));
    let fault = fault
        .map(|d| d.at(text.span().or(origin)).note(format!("the value comes from the template {shown}")));
    resolved.sources.iter().fold(fault, |f, source| f.map(|d| d.label(source.span(), written_here(source))))
}

fn written_here(source: &Text) -> String {
    format!("{} is written here", super::coerce::shown(&Value::Str(source.clone())))
}

/// A text after all rounds of replacement.
struct Resolved {
    text: Text,
    /// Whether references are left that no scope knows.
    open: bool,
    /// Whether a postponed reference came alive, which nobody has looked up yet.
    revived: bool,
    /// The first values that went into the text whose places are known.
    sources: Vec<Text>,
}

impl Resolved {
    /// A text without references.
    fn closed(text: Text, sources: Option<Vec<Text>>) -> Resolved {
        Resolved { text, open: false, revived: false, sources: sources.unwrap_or_default() }
    }
}

/// Places of replaced values that are remembered for a message.
const MOST_SOURCES: usize = 3;

/// What became of one segment in a round.
enum Piece {
    Kept,
    Replaced(Text),
}

/// What became of each segment; most texts have few.
type Pieces = SmallVec<[Piece; 8]>;

/// Places of the parts of a text.
type Origins = SmallVec<[Origin; 8]>;

/// Replaces references, round by round; what went into the text is kept in `sources`, if that is wanted.
fn resolve(
    text: &Text,
    chain: &Chain<'_>,
    origin: Span,
    walk: &mut Walk,
    mut sources: Option<Vec<Text>>,
) -> Result<Resolved, Fault> {
    let mut current = text.clone();
    for _ in 0..MOST_ROUNDS {
        let Some(template) = current.template() else {
            return Ok(Resolved::closed(current, sources));
        };
        let pieces = look_up(&current, template, chain, origin)?;
        if pieces.iter().all(|p| matches!(p, Piece::Kept)) {
            return Ok(finish(&current, template, origin, walk, sources.unwrap_or_default()));
        }
        if let Some(sources) = &mut sources {
            remember(&pieces, sources);
        }
        let brings_brace = |p: &Piece| matches!(p, Piece::Replaced(t) if has_brace(t.as_str()));
        if !template.loose_braces && !pieces.iter().any(brings_brace) {
            // No new reference can have come about, and those that are left were just looked up.
            let text = join_for_good(&current, template, &pieces, origin)?;
            return Ok(match text.template() {
                Some(template) => finish(&text, template, origin, walk, sources.unwrap_or_default()),
                None => Resolved::closed(text, sources),
            });
        }
        current = join(&current, template, &pieces, origin)?;
    }
    let message = "references replace each other without end".to_string();
    Err(Fault::new("Uninterpolatable", &ENDLESS_TEMPLATE, message)
        .map(|d| d.note(format!("stopped after {MOST_ROUNDS} rounds")))
        .at(first_reference(text).map_or(text.span(), |r| text.span_of(r)).or(origin))
        .help("a field hides bindings of the same name, so a field that refers to its own name finds itself"))
}

fn remember(pieces: &[Piece], sources: &mut Vec<Text>) {
    for piece in pieces {
        if let Piece::Replaced(text) = piece
            && sources.len() < MOST_SOURCES
            && !text.span().is_none()
        {
            sources.push(text.clone());
        }
    }
}

fn first_reference(text: &Text) -> Option<std::ops::Range<usize>> {
    text.template()?.segments.iter().find_map(|s| match s {
        Segment::Ref { range, .. } => Some(range.clone()),
        _ => None,
    })
}

/// What is wrong with the references of a text as they are written.
fn malformed(text: &Text, template: &Template, origin: Span) -> Option<Fault> {
    let faults = template.segments.iter().filter_map(|segment| match segment {
        Segment::Ref { target: Err(fault), range } => Some(
            (**fault).clone().at_word(&text.as_str()[range.clone()], text.span_of(range.clone()).or(origin)),
        ),
        _ => None,
    });
    faults.reduce(|first, other| Fault::together(Some(first), other))
}

fn look_up(text: &Text, template: &Template, chain: &Chain<'_>, origin: Span) -> Result<Pieces, Fault> {
    if let Some(fault) = malformed(text, template, origin) {
        return Err(fault);
    }
    limits::charge_references(template.segments.len())?;
    let piece = |segment: &Segment| match segment {
        Segment::Ref { target: Ok(reference), range } => {
            let found = chain.find(reference.components()).map_err(|f| {
                let place = text.span_of(range.clone()).or(origin);
                match f.diagnostic.primary.is_none() {
                    true => f.at(place),
                    false => f.map(|d| read_by(d, reference, place)),
                }
            })?;
            Ok(found.map_or(Piece::Kept, Piece::Replaced))
        }
        _ => Ok(Piece::Kept),
    };
    let mut pieces = Pieces::with_capacity(template.segments.len());
    for segment in &template.segments {
        pieces.push(piece(segment)?);
    }
    Ok(pieces)
}

/// References on the way to a mistake that are shown.
const MOST_READERS: usize = 4;

/// Says which reference led to a mistake.
fn read_by(diagnostic: Diagnostic, reference: &Ref, place: Span) -> Diagnostic {
    let known = diagnostic.primary == place || diagnostic.labels.iter().any(|label| label.span == place);
    if known || diagnostic.labels.len() >= MOST_READERS {
        return diagnostic;
    }
    diagnostic.label(place, format!("read by `{{{{{reference}}}}}` here"))
}

/// The text with pieces replaced. Places are kept only where another round may need them.
fn join(text: &Text, template: &Template, pieces: &[Piece], origin: Span) -> Result<Text, Fault> {
    let out = joined(text, template, pieces)?;
    if memchr::memmem::find(out.as_bytes(), b"{{").is_none() {
        return Ok(out.into());
    }
    limits::check_references(&out)?;
    Ok(Text::with_origins(out, &*joined_origins(text, template, pieces, origin)))
}

/// [`join`] where the replacements hold no braces: what is left of the template is known without looking for it.
fn join_for_good(text: &Text, template: &Template, pieces: &[Piece], origin: Span) -> Result<Text, Fault> {
    let out = joined(text, template, pieces)?;
    let is_kept = |(segment, piece): (&Segment, &Piece)| {
        matches!(piece, Piece::Kept) && !matches!(segment, Segment::Literal(_))
    };
    if !template.segments.iter().zip(pieces).any(is_kept) {
        return Ok(Text::with_template(out, &[], None));
    }
    let mut segments = Vec::with_capacity(pieces.len());
    let mut at = 0;
    for (segment, piece) in template.segments.iter().zip(pieces) {
        let before = at;
        at += piece.len(segment);
        segments.push(match piece {
            Piece::Kept => segment.moved(before),
            Piece::Replaced(_) => Segment::Literal(before..at),
        });
    }
    let origins = joined_origins(text, template, pieces, origin);
    Ok(Text::with_template(out, &origins, Some(Box::new(Template { segments, loose_braces: false }))))
}

impl Piece {
    /// Its length in bytes, in place of the segment.
    fn len(&self, segment: &Segment) -> usize {
        match self {
            Piece::Kept => segment.range().len(),
            Piece::Replaced(text) => text.as_str().len(),
        }
    }
}

fn joined(text: &Text, template: &Template, pieces: &[Piece]) -> Result<String, Fault> {
    let size = template.segments.iter().zip(pieces).map(|(segment, piece)| piece.len(segment)).sum();
    limits::charge(size)?;
    let mut out = String::with_capacity(size);
    for (segment, piece) in template.segments.iter().zip(pieces) {
        match piece {
            Piece::Kept => out.push_str(&text.as_str()[segment.range()]),
            Piece::Replaced(t) => out.push_str(t.as_str()),
        }
    }
    Ok(out)
}

fn joined_origins(text: &Text, template: &Template, pieces: &[Piece], origin: Span) -> Origins {
    let mut origins = Origins::new();
    let mut at = 0u32;
    for (segment, piece) in template.segments.iter().zip(pieces) {
        let range = segment.range();
        match piece {
            Piece::Kept => text.copy_origins(range.clone(), at, origin, &mut origins),
            Piece::Replaced(_) => {
                let source = text.span_of(range.clone()).or(origin);
                origins.push(Origin { at, source, verbatim: false });
            }
        }
        at += piece.len(segment) as u32;
    }
    origins
}

/// Ends the rounds: postponed references lose their mark, open ones are reported.
fn finish(text: &Text, template: &Template, origin: Span, walk: &mut Walk, sources: Vec<Text>) -> Resolved {
    let mut open = false;
    let mut revived = false;
    let mut rewritten = false;
    for segment in &template.segments {
        match segment {
            Segment::Ref { target: Ok(reference), range } => {
                open = true;
                let span = text.span_of(range.clone()).or(origin);
                // What stays open is written in its plain form: `{{.x}}` is `{{x}}`.
                rewritten |= text.as_str()[range.clone()].starts_with("{{.");
                walk.unbound.push(Unbound { reference: reference.clone(), span });
            }
            Segment::Postponed { .. } => revived = true,
            _ => {}
        }
    }
    if !rewritten && !revived {
        return Resolved { text: text.clone(), open, revived, sources };
    }
    let mut out = String::with_capacity(text.as_str().len());
    let mut origins = Origins::new();
    for segment in &template.segments {
        let range = segment.range();
        let at = out.len() as u32;
        let plain = match segment {
            Segment::Postponed { name, .. } => Some(text.as_str()[name.clone()].to_string()),
            Segment::Ref { target: Ok(reference), .. } => Some(reference.address()),
            _ => None,
        };
        match plain {
            Some(name) => {
                out.push_str(&format!("{{{{{name}}}}}"));
                origins.push(Origin { at, source: text.span_of(range).or(origin), verbatim: false });
            }
            None => {
                out.push_str(&text.as_str()[range.clone()]);
                text.copy_origins(range, at, origin, &mut origins);
            }
        }
    }
    Resolved { text: Text::with_origins(out, &*origins), open, revived, sources }
}

/// The text of an object that stands in `chain`, as `str()` gives it there.
pub(super) fn text_of(object: &Object, chain: &Chain<'_>) -> Result<Text, Fault> {
    let interpolated = interpolate(object, chain, &mut Walk::default())?;
    super::inspect::display(&interpolated)
}
