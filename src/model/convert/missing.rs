//! Names that references need and the job does not bind: one mistake, however many references there are.

use rustc_hash::FxHashSet;

use super::run_time::stays_open;
use crate::common::FxIndexMap;
use crate::diagnostics::codes::job::UNBOUND;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::in_scope::InScope;
use crate::source::Span;
use crate::template::value::{Text, Value};
use crate::template::{Bound, Component, Object, Scope, Segment, Unbound};

/// References that a report shows.
const MAX_SHOWN: usize = 3;

/// A name that references begin with, and that nothing binds.
pub(super) struct MissingBinding<'u> {
    name: String,
    references: Vec<&'u Unbound>,
    /// The binding that should have this name, and the name that it has.
    misspelt: Option<(Span, String)>,
}

/// The names that are missing as a whole, and the references that are open for another reason.
pub(super) fn missing_bindings<'u>(
    job: &Object,
    open: Vec<&'u Unbound>,
) -> (Vec<MissingBinding<'u>>, Vec<&'u Unbound>) {
    let mut by_head: FxIndexMap<String, Vec<&'u Unbound>> = FxIndexMap::default();
    let mut others = Vec::new();
    for unbound in open {
        match unbound.reference.components().first() {
            Some(Component::Name(head)) if may_be_bound(head) && !stays_open(&unbound.reference) => {
                by_head.entry(head.to_string()).or_default().push(unbound);
            }
            _ => others.push(unbound),
        }
    }
    if by_head.is_empty() {
        return (Vec::new(), others);
    }
    let bound = bindings(job);
    let read = heads_read(job);
    let mut missing = Vec::new();
    for (name, references) in by_head {
        let unread = bound.iter().filter(|(_, bound)| !read.contains(bound.as_str()));
        let near = nearest(&name, unread.clone().map(|(_, bound)| bound.as_str())).map(str::to_string);
        let misspelt = near.and_then(|near| unread.clone().find(|(_, bound)| *bound == near).cloned());
        // Where one reference and one binding differ in one file, either may be the wrong one.
        let apart = |(place, _): &(Span, String)| {
            references.len() > 1 || references.iter().any(|open| open.span.file != place.file)
        };
        let misspelt = misspelt.filter(apart);
        let scattered = references.len() > 1 || references.iter().any(|open| is_elsewhere(open, job));
        let known = || InScope::at(job, references[0].span).knows(&name);
        match misspelt.is_some() || (scattered && !known()) {
            true => missing.push(MissingBinding { name, references, misspelt }),
            false => others.extend(references),
        }
    }
    (missing, others)
}

/// Whether a name is one that a job binds, rather than one of the client's own.
fn may_be_bound(head: &str) -> bool {
    !matches!(head, "mesos" | "thermos" | "self" | "super")
}

/// Whether a reference is written in another file than the call that makes the job.
fn is_elsewhere(open: &Unbound, job: &Object) -> bool {
    !open.span.is_none() && open.span.file != job.origin().file
}

/// The names that the job and its parts bind in the files, each with where it is written.
fn bindings(job: &Object) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    job.visit_parts(&mut |part| {
        for scope in part.object.scopes() {
            let Scope::Environment(environment) = scope else { continue };
            let written = environment.bindings().filter(|(_, binding)| !binding.name.is_none());
            found.extend(written.filter_map(|(address, binding)| {
                let head = address.reference().components().first()?.value().to_string();
                Some((binding.name, head))
            }));
        }
    });
    found
}

/// The names that the references of a job, and of what is bound to it, begin with.
fn heads_read(job: &Object) -> FxHashSet<String> {
    let mut read = FxHashSet::default();
    let mut bound = Vec::new();
    job.visit_parts(&mut |part| {
        for scope in part.object.scopes() {
            match scope {
                Scope::Environment(environment) => {
                    bound.extend(environment.bindings().map(|(_, binding)| binding.value.clone()));
                }
                Scope::Object(object) | Scope::Fields(object) => bound.push(Bound::Object(object.clone())),
                Scope::Super(_) => {}
            }
        }
        heads_in(part.object, &mut read);
    });
    for bound in bound {
        match bound {
            Bound::Text(text) => heads_of(&text, &mut read),
            Bound::Object(object) => object.visit_parts(&mut |part| heads_in(part.object, &mut read)),
        }
    }
    read
}

fn heads_in(object: &Object, read: &mut FxHashSet<String>) {
    if let Some(Value::Str(text)) = object.raw() {
        heads_of(text, read);
    }
}

fn heads_of(text: &Text, read: &mut FxHashSet<String>) {
    let segments = text.template().map_or(&[][..], |template| &template.segments[..]);
    for segment in segments {
        if let Segment::Ref { target: Ok(reference), .. } = segment {
            read.extend(reference.components().first().map(|head| head.value().to_string()));
        }
    }
}

impl MissingBinding<'_> {
    /// Where the references are written.
    pub(super) fn places(&self) -> impl Iterator<Item = Span> {
        self.references.iter().map(|open| open.span)
    }

    /// One error for all of the references: at the binding that is misspelt, or else at the job.
    pub(super) fn diagnostic(&self, job: &Object) -> Diagnostic {
        let MissingBinding { name, references, misspelt } = self;
        let needed = match references.len() {
            1 => format!("the reference `{{{{{}}}}}` needs", references[0].reference),
            count => format!("{count} references need"),
        };
        let message = format!("the job does not bind `{name}`, which {needed}");
        let place = misspelt.as_ref().map_or(job.origin(), |(place, _)| *place);
        let d = Diagnostic::error(&UNBOUND, place, message);
        let shown = references.iter().filter(|open| !open.span.is_none()).take(MAX_SHOWN);
        let d = shown.fold(d, |d, open| d.label(open.span, format!("needs `{name}`")));
        match misspelt {
            Some((_, wrong)) => d.meant(wrong, name),
            None => d.help(format!("bind it: .bind({name}=...), or --bind {name}=VALUE")),
        }
    }
}
