//! What a reference could have meant: the names that are in scope where it is written.

use crate::diagnostics::codes::job::UNBOUND;
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::source::Span;
use crate::template::value::Value;
use crate::template::{Body, Bound, Component, Object, Ref, Scope, Segment, Unbound};

/// Names that a message lists before it only counts.
const MAX_NAMED: usize = 8;

/// The addresses that references can have at some place, nearest first.
pub(in crate::model) struct InScope {
    known: Vec<(Vec<Component>, Option<Object>)>,
    /// The names that the file binds, without those that fields have and that the client binds itself.
    bound: Vec<String>,
}

/// What became of a reference that was compared with what is there, step by step.
enum Outcome {
    /// Another reference is near.
    Near(Ref),
    /// Nothing is called like its first name.
    Stranger,
    /// These steps are there, but not the next one; the names that are there instead.
    Astray(Ref, Vec<String>),
}

impl InScope {
    /// What is in scope in the template at a place inside `object`; around the object itself where it is not found.
    pub(in crate::model) fn at(object: &Object, span: Span) -> InScope {
        let mut path = Vec::new();
        if span.is_none() || !leads_to(object, span, &mut path) {
            path = vec![object.clone()];
        }
        let mut scope = InScope { known: Vec::new(), bound: Vec::new() };
        path.iter().rev().for_each(|o| scope.add(o));
        scope
    }

    fn add(&mut self, object: &Object) {
        self.add_fields(object);
        for scope in object.scopes() {
            match scope {
                Scope::Environment(environment) => {
                    for (address, binding) in environment.bindings() {
                        let value = match &binding.value {
                            Bound::Object(object) => Some(object.clone()),
                            Bound::Text(_) => None,
                        };
                        let address = address.reference();
                        self.note_bound(address.components().first());
                        self.known.push((address.components().to_vec(), value));
                    }
                }
                Scope::Object(bound) | Scope::Fields(bound) => {
                    bound.set_fields().for_each(|(name, _)| self.note_bound(Some(&step(name))));
                    self.add_fields(bound);
                }
                Scope::Super(_) => {}
            }
        }
    }

    fn add_fields(&mut self, object: &Object) {
        let fields = object.set_fields().map(|(name, value)| (vec![step(name)], Some(value.clone())));
        self.known.extend(fields);
    }

    fn note_bound(&mut self, head: Option<&Component>) {
        let name = head.map(Component::value).unwrap_or_default();
        if !matches!(name, "mesos" | "thermos") && !self.bound.iter().any(|b| b == name) {
            self.bound.push(name.to_string());
        }
    }

    /// Adds addresses that are filled in later.
    pub(in crate::model) fn and(mut self, addresses: &[&[&str]]) -> InScope {
        let steps = |address: &&[&str]| (address.iter().map(|name| step(name)).collect(), None);
        self.known.extend(addresses.iter().map(steps));
        self
    }

    /// Whether a reference that begins with this name, or a similar one, may find something.
    pub(in crate::model) fn knows(&self, head: &str) -> bool {
        let there = self.after(&[]);
        nearest(head, there.iter().map(Component::value)).is_some()
            || there.iter().any(|step| step.value() == head)
    }

    /// The steps that may follow these.
    fn after(&self, steps: &[Component]) -> Vec<Component> {
        let mut next = Vec::new();
        for (address, value) in &self.known {
            if address.len() > steps.len() && address.starts_with(steps) {
                next.push(address[steps.len()].clone());
            } else if let Some(object) = value
                && let Some(rest) = steps.strip_prefix(&address[..])
            {
                next.extend(
                    rest.iter().try_fold(object.clone(), |o, s| inside(&o, s)).iter().flat_map(parts),
                );
            }
        }
        next
    }

    fn compare(&self, reference: &Ref) -> Option<Outcome> {
        match reference.components() {
            // The names after `self` and `super` are those that are in scope anyway.
            [first, rest @ ..] if matches!(first.value(), "self" | "super") && !rest.is_empty() => {
                match self.compare_steps(rest) {
                    Some(Outcome::Near(near)) => {
                        Some(Outcome::Near(Ref::from_components(vec![first.clone()]).join(&near)))
                    }
                    other => other,
                }
            }
            steps => self.compare_steps(steps),
        }
    }

    fn compare_steps(&self, wanted: &[Component]) -> Option<Outcome> {
        let mut steps: Vec<Component> = Vec::new();
        let mut changed = false;
        for wanted in wanted {
            let there = self.after(&steps);
            let same = there.iter().find(|c| *c == wanted);
            // The name of a key where the key itself belongs, or the other way round, is as near as can be.
            let near = same.or_else(|| there.iter().find(|c| c.value() == wanted.value())).or_else(|| {
                let near = nearest(wanted.value(), there.iter().map(Component::value))?;
                there.iter().find(|c| c.value() == near)
            });
            match near {
                Some(step) => {
                    changed |= same.is_none();
                    steps.push(step.clone());
                }
                // What a corrected name leads to may not be known here.
                None if changed => steps.push(wanted.clone()),
                None if steps.is_empty() => return Some(Outcome::Stranger),
                // {{mesos.environment}} is no more than {{environment}}.
                None if matches!(steps[0].value(), "mesos" | "thermos")
                    && self.after(&[]).contains(wanted) =>
                {
                    return Some(Outcome::Near(Ref::name(wanted.value())));
                }
                None => {
                    let names = there.iter().map(|c| c.value().to_string()).collect();
                    return Some(Outcome::Astray(Ref::from_components(steps), names));
                }
            }
        }
        changed.then(|| Outcome::Near(Ref::from_components(steps)))
    }

    /// Adds what was probably meant by a reference that nothing answers. `what` is the kind of object that should bind
    /// it, and `place` where it is made.
    pub(in crate::model) fn advise(
        &self,
        d: Diagnostic,
        reference: &Ref,
        (what, place): (&str, Span),
    ) -> Diagnostic {
        let address = reference.address();
        match self.compare(reference) {
            Some(Outcome::Near(near)) => mended(d, &address, &near.address()),
            Some(Outcome::Astray(steps, names)) => self.astray(d, reference, &steps, &names),
            Some(Outcome::Stranger) => self.stranger(d, reference, (what, place)),
            None => d.help("look at what it leads to: the value itself holds a reference that nothing binds"),
        }
    }

    fn astray(&self, d: Diagnostic, reference: &Ref, steps: &Ref, names: &[String]) -> Diagnostic {
        let wanted = reference.components().get(steps.components().len());
        let object = self.value(steps.components());
        let declared =
            object.as_ref().zip(wanted).and_then(|(o, w)| Some((o, o.ty().fields()?.get(w.value())?)));
        if let (Some((object, field)), Some(wanted)) = (declared, wanted) {
            let name = wanted.value();
            return d
                .label(object.origin(), format!("`{name}` is not set here"))
                .label(field.span, format!("`{name}` is declared here"))
                .help(format!("set it, or give it a default: {}({name}=...)", object.ty().written()));
        }
        if let Some(items) = object.as_ref().and_then(Object::elements) {
            return d.note(format!("`{steps}` is a list of {}, counted from [0]", items.len()));
        }
        if names.is_empty() {
            return d.note(format!("`{steps}` is text, or a choice, and has no parts"));
        }
        let names = quoted_list(names.iter().map(String::as_str), MAX_NAMED);
        d.note(format!("`{steps}` has {names}"))
    }

    /// The object that an address leads to.
    fn value(&self, steps: &[Component]) -> Option<Object> {
        self.known.iter().find_map(|(address, value)| {
            let rest = steps.strip_prefix(&address[..])?;
            rest.iter().try_fold(value.clone()?, |object, step| inside(&object, step))
        })
    }

    fn stranger(&self, d: Diagnostic, reference: &Ref, (what, place): (&str, Span)) -> Diagnostic {
        let address = reference.address();
        let head = reference.components().first().map(Component::value).unwrap_or_default();
        let inline =
            place.file == d.primary.file && place.start <= d.primary.start && d.primary.end <= place.end;
        let d = if inline || d.primary.is_none() {
            d
        } else {
            d.label(place, format!("this {what} does not bind `{head}`"))
        };
        let d = match self.bound.as_slice() {
            [] => d,
            bound => {
                d.note(format!("bound here: {}", quoted_list(bound.iter().map(String::as_str), MAX_NAMED)))
            }
        };
        let d = match head.starts_with(|c: char| c.is_ascii_uppercase()) {
            true => d.help("braces for another program, such as a Go template, are broken up: '{''{.State}''}' in a shell"),
            false => d,
        };
        d.help(format!("bind it: .bind({head}=...) on the {what}, or --bind {address}=VALUE"))
    }
}

/// The error for a reference that nothing answers.
pub(in crate::model) fn unbound(open: &Unbound, otherwise: Span) -> Diagnostic {
    let reference = format!("{{{{{}}}}}", open.reference.address());
    let d = Diagnostic::error(&UNBOUND, open.span.or(otherwise), format!("nothing binds `{reference}`"));
    match is_written(d.primary, &open.reference.address()) || open.span.is_none() {
        true => d.here("no value for this reference"),
        false => d.here(format!("this comes to `{reference}`")),
    }
}

/// Whether a place holds a reference as it is. One that is built from pieces, or that a value brings along, is
/// not written there.
fn is_written(place: Span, address: &str) -> bool {
    const BRACES: usize = 4;
    (place.end - place.start) as usize == address.len() + BRACES
}

/// Suggests another reference, as a fix of the text where it is written out.
fn mended(d: Diagnostic, address: &str, near: &str) -> Diagnostic {
    let replacement = format!("{{{{{near}}}}}");
    let words = format!("did you mean `{replacement}`?");
    let place = d.primary;
    if is_written(place, address) {
        return d.here(words).suggest(place, &*replacement, format!("write `{replacement}`"));
    }
    d.help(words)
}

fn step(name: &str) -> Component {
    Component::Name(name.into())
}

/// The names or keys of an object's parts.
fn parts(object: &Object) -> Vec<Component> {
    match object.body() {
        Body::Map(entries) => {
            let keys = entries.iter().filter_map(|(key, _)| key.raw().map(Value::to_text));
            keys.map(|key| Component::Index(key.into())).collect()
        }
        _ => object.set_fields().map(|(name, _)| step(name)).collect(),
    }
}

/// The part of an object that a step names.
fn inside(object: &Object, step: &Component) -> Option<Object> {
    match (object.body(), step) {
        (Body::Struct(_), Component::Name(name)) => object.slot(name).and_then(|slot| slot.value.clone()),
        (Body::Map(entries), Component::Index(index)) => {
            let named = |(key, _): &&(Object, Object)| key.raw().is_some_and(|k| k.to_text() == **index);
            entries.iter().find(named).map(|(_, value)| value.clone())
        }
        (Body::List(items), Component::Index(index)) => items.get(index.parse::<usize>().ok()?).cloned(),
        _ => None,
    }
}

/// Finds the objects from `object` to the text in which the reference at `span` is written, outermost first.
fn leads_to(object: &Object, span: Span, path: &mut Vec<Object>) -> bool {
    path.push(object.clone());
    let found = match object.body() {
        Body::Simple(Value::Str(text)) => text.template().is_some_and(|template| {
            template.segments.iter().any(|segment| match segment {
                Segment::Ref { range, .. } => text.span_of(range.clone()) == span,
                _ => false,
            })
        }),
        Body::Simple(Value::Object(inner)) | Body::Choice(Value::Object(inner)) => {
            leads_to(inner, span, path)
        }
        Body::Simple(_) | Body::Choice(_) => false,
        Body::List(items) => items.iter().any(|o| leads_to(o, span, path)),
        Body::Map(entries) => entries.iter().any(|(k, v)| leads_to(k, span, path) || leads_to(v, span, path)),
        Body::Struct(_) => object.set_fields().any(|(_, value)| leads_to(value, span, path)),
    };
    if !found {
        path.pop();
    }
    found
}
