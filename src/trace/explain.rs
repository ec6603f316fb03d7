//! What a diagnostic about a job says of where the value comes from.

use super::steps::of_part;
use super::{Step, StepKind, Trace, TracedJob};
use crate::diagnostics::codes::job::UNBOUND;
use crate::diagnostics::{Diagnostic, JobPlace, Label};
use crate::source::Span;
use crate::template::value::{Text, Value};
use crate::template::{Part, Segment};

/// Places beside the primary one that a report shows.
const MAX_LABELS: usize = 4;

/// The diagnostics about a job, each at the place where somebody would change something, and with the job's name.
pub(super) fn all(job: &TracedJob<'_>, place: &JobPlace, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut found: Vec<Option<(Fit, Trace)>> = diagnostics.iter().map(|_| None).collect();
    job.job.visit_parts(&mut |part| {
        for (diagnostic, best) in diagnostics.iter().zip(&mut found) {
            let Some((fit, reference)) = fit(part, diagnostic) else { continue };
            if best.as_ref().is_none_or(|(known, _)| fit > *known) {
                *best = Some((fit, of_part(part, reference, job)));
            }
        }
    });
    diagnostics
        .iter()
        .zip(found)
        .map(|(diagnostic, found)| {
            let mut diagnostic = match found {
                Some((_, trace)) => explained(diagnostic.clone(), &trace, job, place),
                None => diagnostic.clone(),
            };
            if diagnostic.code == &UNBOUND && diagnostic.primary == job.job.origin() {
                // What the job as a whole lacks is given where it is listed.
                diagnostic.primary = place.listed;
            }
            diagnostic.jobs = vec![place.clone()];
            diagnostic
        })
        .collect()
}

/// How well a part of a job fits the place of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The place lies in the text of the part.
    Inside,
    /// It is the place of the part.
    Whole,
    /// It is the place of the part, whose field the message names.
    Named,
    /// It is the place of a reference in the part.
    Reference,
}

/// Whether a diagnostic is about a part, and about which of its references.
fn fit(part: &Part<'_>, diagnostic: &Diagnostic) -> Option<(Fit, Option<Span>)> {
    let place = diagnostic.primary;
    if place.is_none() {
        return None;
    }
    let raw = match part.object.raw() {
        Some(raw) => raw,
        None => return (part.given == place).then_some((Fit::Whole, None)),
    };
    let whole = part.object.origin() == place;
    let names = |name: &str| diagnostic.message.contains(&format!("`{name}`"));
    if (whole || part.given == place) && part.field.is_some_and(|(_, name)| names(name)) {
        return Some((Fit::Named, None));
    }
    if whole {
        return Some((Fit::Whole, None));
    }
    let Value::Str(text) = raw else { return None };
    if !text.span().encloses(place) {
        return None;
    }
    if references(text).any(|reference| reference == place) {
        return Some((Fit::Reference, Some(place)));
    }
    // What is wrong between the references is written there.
    let touched = references(text).any(|reference| place.encloses(reference));
    Some((Fit::Inside, (!touched).then_some(place)))
}

/// Where the references of a string are written.
fn references(text: &Text) -> impl Iterator<Item = Span> {
    let segments = text.template().map_or(&[][..], |template| &template.segments[..]);
    segments.iter().filter_map(|segment| match segment {
        Segment::Ref { range, .. } => Some(text.span_of(range.clone())),
        _ => None,
    })
}

/// The diagnostic at the place of the value, with the steps from there to the field.
fn explained(mut d: Diagnostic, trace: &Trace, job: &TracedJob<'_>, place: &JobPlace) -> Diagnostic {
    let source = trace.source();
    if source.span.is_none() {
        return match trace.steps.get(1) {
            Some(reference) if source.kind == StepKind::Value => d.note(outside(reference, source)),
            _ => d,
        };
    }
    let moved = trace.steps.len() > 1 && !source.span.encloses(d.primary);
    if moved {
        d = at_source(d, source);
    }
    let mut steps = Vec::new();
    if moved && let Some(reference) = trace.steps.last() {
        steps.push(label(reference.span, used_as(trace)));
    }
    if !moved && !trace.given.is_none() {
        steps.push(label(trace.given, used_as(trace)));
    }
    if source.kind == StepKind::Default && job.files.distance(source.span.file) > 0 {
        steps.push(label(place.listed, "this job takes the default".to_string()));
    }
    let calls = trace.calls.iter().take_while(|call| !call.span.encloses(source.span));
    steps.extend(calls.map(|call| label(call.span, format!("in this call of {}", call.text))));
    let between = trace.steps.iter().skip(1).rev().skip(1);
    steps.extend(between.map(|step| label(step.span, format!("read here by `{}`", step.text))));
    for step in steps {
        let known = step.span == d.primary || d.labels.iter().any(|l| l.span == step.span);
        if !known && d.labels.len() < MAX_LABELS {
            d = d.label(step.span, step.message);
        }
    }
    d
}

/// The diagnostic at the place of the value. A fix of what was underlined would be made in the wrong place.
fn at_source(mut d: Diagnostic, source: &Step) -> Diagnostic {
    let here = std::mem::take(&mut d.primary_label);
    let old = std::mem::replace(&mut d.primary, source.span);
    d.labels.retain(|label| label.span != source.span);
    d.suggestions.retain(|suggestion| suggestion.span != old);
    let advice = here.starts_with("did you mean");
    let d = if advice && !d.help.contains(&here) { d.help(here) } else { d };
    match source.kind {
        StepKind::Default => d.here("this default"),
        _ => d.here("this value"),
    }
}

fn used_as(trace: &Trace) -> String {
    match trace.owner.is_empty() {
        true => "used here".to_string(),
        false => format!("used here as `{}` of {}", trace.field, trace.owner),
    }
}

/// What is said of a value that no file holds.
fn outside(reference: &Step, source: &Step) -> String {
    format!("`{}` is {}, which is bound from outside the file", reference.text, source.text)
}

fn label(span: Span, message: String) -> Label {
    Label { span, message }
}
