//! The steps from a value as it is written to the field of a job that it becomes.

use super::TracedJob;
use crate::eval::{Call, Use};
use crate::source::Span;
use crate::template::value::Value;
use crate::template::{Answer, Object, Part, Walk};

/// Where a value of a job comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The way to the value from the job, such as `task.resources.ram`.
    pub path: String,
    /// The field that holds it, and the type of the struct that has the field; empty for the job itself.
    pub field: String,
    /// The type of the struct that has the field.
    pub owner: String,
    /// The steps, from the value as it is written to the field. Never empty.
    pub steps: Vec<Step>,
    /// The name of the field where it was given a value that is written elsewhere; [`Span::NONE`] where that is not known,
    /// or the value is written there.
    pub given: Span,
    /// The calls in which the value was handed on, innermost first.
    pub calls: Vec<Step>,
}

/// A place on the way of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What happens there.
    pub kind: StepKind,
    /// Where; [`Span::NONE`] for what no file writes.
    pub span: Span,
    /// The value, the reference, or the function, as a message shows it.
    pub text: String,
}

/// What happens to a value at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// It is written there.
    Value,
    /// It is written there as a default, which nothing has replaced.
    Default,
    /// A reference reads it.
    Reference,
    /// It is given to a field or a binding.
    Given,
    /// A function is called.
    Call,
}

impl Trace {
    /// Where the value itself is written; [`Span::NONE`] where no file does.
    pub fn source(&self) -> &Step {
        &self.steps[0]
    }
}

/// Where a part of a job comes from. Where `reference` is given, only what the reference at this place reads.
pub(super) fn of_part(part: &Part<'_>, reference: Option<Span>, job: &TracedJob<'_>) -> Trace {
    let mut trace = Trace {
        path: part.path.to_string(),
        field: part.field.map(|(_, name)| name.to_string()).unwrap_or_default(),
        owner: part.field.map(|(owner, _)| owner.ty().written()).unwrap_or_default(),
        steps: Vec::new(),
        given: Span::NONE,
        calls: Vec::new(),
    };
    let mut walk = Walk::recording();
    // What cannot be interpolated has its answers all the same.
    let interpolated = part.interpolate(&mut walk);
    drop(interpolated);
    let mut answers = walk.answers.unwrap_or_default();
    if let Some(reference) = reference {
        answers.retain(|answer| answer.span == reference);
    }
    let used = job.record.and_then(|record| record.used(part.object));
    trace.steps.push(written(part.object, false));
    let written = part.object.origin();
    let here = part.field.is_some_and(|(owner, _)| owner.origin().encloses(written));
    let elsewhere = used.filter(|used| !here && !is_beside(used.span, written));
    trace.given = elsewhere.map_or(Span::NONE, |used| used.span);
    trace.calls = used.map(calls).unwrap_or_default();
    if let [answer] = &answers[..] {
        follow(answer, job, &mut trace);
    }
    trace.steps.reverse();
    trace
}

/// Characters between the name of a field and its value where one is written beside the other.
const MAX_BETWEEN: u32 = 8;

/// Whether a value is written beside the name of its field.
fn is_beside(name: Span, value: Span) -> bool {
    let (from, to) = (name.end, value.start);
    name.file == value.file && (from..=from.saturating_add(MAX_BETWEEN)).contains(&to)
}

/// Adds who answers a reference, down to the value that is written.
fn follow(answer: &Answer, job: &TracedJob<'_>, trace: &mut Trace) {
    if let Some(last) = trace.steps.last_mut() {
        *last = Step {
            kind: StepKind::Reference,
            span: answer.span,
            text: format!("{{{{{}}}}}", answer.reference),
        };
    }
    let source = &answer.source;
    match &source.object {
        Some(object) => {
            let used = job.record.and_then(|record| record.used(object));
            trace.steps.push(written(object, source.is_default));
            trace.calls = used.map(calls).unwrap_or_default();
        }
        None => {
            let text = Value::Str(answer.text.clone()).repr();
            trace.steps.push(Step { kind: StepKind::Value, span: source.span, text });
            let made = job.record.and_then(|record| record.made(job.raw));
            trace.calls = made.map(|made| made.iter().map(call).collect()).unwrap_or_default();
        }
    }
    if let [inner] = &source.inside[..] {
        follow(inner, job, trace);
    }
}

/// The value as it is written.
fn written(object: &Object, is_default: bool) -> Step {
    let kind = if is_default { StepKind::Default } else { StepKind::Value };
    let text = object.raw().map(Value::repr).unwrap_or_default();
    Step { kind, span: object.origin(), text }
}

fn calls(used: &Use) -> Vec<Step> {
    used.calls.iter().map(call).collect()
}

fn call(call: &Call) -> Step {
    Step { kind: StepKind::Call, span: call.span, text: call.function.to_string() }
}
