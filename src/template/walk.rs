//! What an interpolation collects on its way.

use std::rc::Rc;

use super::text::{Ref, Text};
use super::value::{Fault, Object};
use crate::source::Span;

/// A reference that no scope knows.
#[derive(Debug, Clone)]
pub struct Unbound {
    /// The reference.
    pub reference: Rc<Ref>,
    /// Where it is written, as far as that is known.
    pub span: Span,
}

/// Who answered a reference.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The reference.
    pub reference: Rc<Ref>,
    /// Where it is written, as far as that is known.
    pub span: Span,
    /// What it was answered with.
    pub text: Text,
    /// Where the answer comes from.
    pub source: Source,
}

/// Where the answer to a reference comes from.
#[derive(Debug, Clone)]
pub struct Source {
    /// Where the value is written; [`Span::NONE`] for what no file writes.
    pub span: Span,
    /// The value before it was interpolated; `None` for bound text.
    pub object: Option<Object>,
    /// Whether it is the default of a field that nobody has set.
    pub is_default: bool,
    /// Who answered the references of the value itself.
    pub inside: Vec<Answer>,
}

/// What an interpolation collects beside its result.
#[derive(Debug, Default)]
pub struct Walk {
    /// References that stayed open, with repetitions.
    pub unbound: Vec<Unbound>,
    /// Values that could not be coerced, where the caller wants all of them instead of the first.
    pub faults: Option<Vec<Fault>>,
    /// Who answered the references of the strings on the way, where the caller wants to know.
    pub answers: Option<Vec<Answer>>,
    /// Where the answer comes from that was found last.
    source: Option<Source>,
}

impl Walk {
    /// A walk that goes on after errors and keeps them in `faults`.
    pub fn collecting() -> Walk {
        Walk { faults: Some(Vec::new()), ..Walk::default() }
    }

    /// A walk that notes who answers each reference.
    pub fn recording() -> Walk {
        Walk { answers: Some(Vec::new()), ..Walk::default() }
    }

    /// A walk through a value that answers a reference; it notes answers where this one does.
    pub(super) fn inside(&self) -> Walk {
        Walk { answers: self.answers.is_some().then(Vec::new), ..Walk::default() }
    }

    /// Adds what a walk through a part has collected.
    pub(super) fn absorb(&mut self, part: Walk) {
        self.unbound.extend(part.unbound);
        if let (Some(answers), Some(more)) = (&mut self.answers, part.answers) {
            answers.extend(more);
        }
    }

    /// Remembers the object that answers a reference, and the walk through it.
    pub(super) fn answered_by(&mut self, object: &Object, inside: Walk) {
        if let Some(inside) = inside.answers {
            let object = object.clone();
            let span = object.origin();
            self.source = Some(Source { span, object: Some(object), is_default: false, inside });
        }
    }

    /// Says of the answer that was remembered last whether it is a default.
    pub(super) fn answered_by_field(&mut self, object: &Object, field: &str) {
        if let Some(source) = &mut self.source {
            source.is_default = object.slot(field).is_some_and(|slot| slot.span.is_none());
        }
    }

    /// Remembers the place of bound text that answers a reference.
    pub(super) fn answered_by_text(&mut self, span: Span) {
        if self.answers.is_some() {
            self.source = Some(Source { span, object: None, is_default: false, inside: Vec::new() });
        }
    }

    /// Notes that a reference was answered by what was remembered last.
    pub(super) fn note_answer(&mut self, reference: &Rc<Ref>, span: impl FnOnce() -> Span, text: &Text) {
        if let (Some(answers), Some(source)) = (&mut self.answers, self.source.take()) {
            answers.push(Answer { reference: reference.clone(), span: span(), text: text.clone(), source });
        }
    }

    /// Keeps the fault and gives the fallback, or fails with it where the walk wants the first fault.
    pub(super) fn settle<T>(
        &mut self,
        result: Result<T, Fault>,
        fallback: impl FnOnce() -> T,
    ) -> Result<T, Fault> {
        match (result, &mut self.faults) {
            (Err(fault), Some(faults)) if !fault.diagnostic.ends_everything() => {
                faults.push(fault);
                Ok(fallback())
            }
            (result, _) => result,
        }
    }
}
