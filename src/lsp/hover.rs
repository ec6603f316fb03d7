//! Hover: what a field, a type, a name, a reference, a job or a code is.

use std::path::PathBuf;
use std::sync::Arc;

use gen_lsp_types::{Hover, HoverParams, MarkupContent, MarkupKind};

use super::mustaches::{bindings, mustaches};
use super::navigate::places;
use super::state::State;
use super::structs;
use super::symbol::{self, Symbol, touches};
use super::unit::Unit;
use crate::lints::find_code;
use crate::source::Span;
use crate::syntax::ast::ExprKind;

use super::walk::{Node, walk};

/// What is at a place, as far as the text tells.
pub(super) struct Found {
    /// What is shown.
    pub(super) hover: Hover,
    /// The file and the place of the reference that it is about, whose values evaluation knows.
    pub(super) reference: Option<(PathBuf, Span)>,
}

/// What is at a place of a document.
pub(super) fn hover(state: &State<'_>, params: &HoverParams) -> Option<Found> {
    let at = &params.text_document_position_params;
    let document = state.document(&at.text_document.uri)?;
    let unit = &document.unit;
    let view = View {
        state,
        unit,
        family: state.family(&unit.path),
        offset: unit.offset(at.position, state.client.encoding),
    };
    let reference = view.reference();
    let is_read = reference.as_ref().is_some_and(|(span, _)| unit.snippet(*span).starts_with("{{"));
    let found = view.code().or_else(|| view.field()).or(reference).or_else(|| view.name(at.position));
    let (span, words) = found?;
    let contents = MarkupContent { kind: markup(state), value: words }.into();
    let hover = Hover { contents, range: Some(unit.range(span, state.client.encoding)) };
    Some(Found { hover, reference: is_read.then(|| (unit.path.clone(), span)) })
}

fn markup(state: &State<'_>) -> MarkupKind {
    if state.client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText }
}

struct View<'v> {
    state: &'v State<'v>,
    unit: &'v Arc<Unit>,
    family: Vec<Arc<Unit>>,
    offset: usize,
}

impl View<'_> {
    /// The explanation of a code in a comment.
    fn code(&self) -> Option<(Span, String)> {
        let comment = self.unit.parsed.comments.iter().find(|span| touches(**span, self.offset))?;
        let text = self.unit.text.as_str();
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let before = &text[comment.start as usize..self.offset];
        let after = &text[self.offset..comment.end as usize];
        let start = self.offset - before.len() + before.rfind(|c| !is_part(c)).map_or(0, |at| at + 1);
        let end = self.offset + after.find(|c| !is_part(c)).unwrap_or(after.len());
        let code = find_code(&text[start..end])?;
        let words = format!("**{} {}**\n\n{}\n\n{}", code.id, code.name, code.what, code.why);
        Some((Span::new(comment.file, start, end), words))
    }

    /// A field that is given: its type, default and meaning.
    fn field(&self) -> Option<(Span, String)> {
        let calls = structs::calls(self.unit, &self.family);
        let mut given = calls.iter().flat_map(|made| {
            let name = made.structure.name.clone();
            made.given().map(move |(field, span, value)| (name.clone(), field, span, value))
        });
        let (owner, field, span, value) = given.find(|(_, _, span, _)| touches(*span, self.offset))?;
        let mut words = format!("```python\n{}\n```\nfield of `{owner}`\n\n{}", field.title(), field.doc);
        if let Some(spec) = field.spec.as_ref().and_then(structs::enum_values) {
            words.push_str(&format!("\n\nOne of {}.", spec.values.join(", ")));
        }
        if let Some(bytes) = super::hints::bytes(value) {
            words.push_str(&format!("\n\nHere: {}", super::words::size(bytes)));
        }
        Some((span, words))
    }

    /// A reference, or a name that is bound: where it gets its value, and who reads it.
    fn reference(&self) -> Option<(Span, String)> {
        let module = &self.unit.parsed.module;
        let read = mustaches(module).into_iter().find(|one| touches(one.span, self.offset));
        let bound = || bindings(module).into_iter().find(|one| touches(one.span, self.offset));
        let (name, span, title) = match read {
            Some(one) => (one.head().to_string(), one.span, format!("{{{{{}}}}}", one.address)),
            None => bound().map(|one| (one.name.clone(), one.span, format!("bind({} = ...)", one.name)))?,
        };
        let mut words = format!("```text\n{title}\n```");
        if let Some((_, meaning)) = AT_RUN_TIME.iter().find(|(head, _)| *head == name) {
            words.push_str(&format!("\n{meaning}"));
            return Some((span, words));
        }
        let symbol = Symbol::Bound { name, span };
        let all = places(self.state, self.unit, &symbol);
        for place in all.iter().filter(|place| place.binds) {
            let all = bindings(&place.unit.parsed.module);
            let value =
                all.iter().find(|one| one.span == place.span).map(|one| place.unit.snippet(one.value));
            let value = super::words::clipped(value.unwrap_or_default());
            words.push_str(&format!("\n- bound to `{value}` in {}", self.place(&place.unit, place.span)));
        }
        let reads = all.iter().filter(|place| !place.binds).count();
        if !all.iter().any(|place| place.binds) {
            words.push_str("\n- no `bind()` in these files binds it: it is a field, or comes from `--bind`");
        }
        words.push_str(&format!("\n- read {reads} times"));
        Some((span, words))
    }

    fn place(&self, unit: &Unit, span: Span) -> String {
        let file = unit.path.file_name().unwrap_or_default().to_string_lossy();
        format!("{file}:{}", unit.text.line_of(span.start as usize) + 1)
    }

    /// A name: a type of the schema, a struct or function of a file, a variable with what it is set to; the jobs that are
    /// made there.
    fn name(&self, position: gen_lsp_types::Position) -> Option<(Span, String)> {
        let Symbol::Name(one) = symbol::at(self.unit, position, self.state)? else { return None };
        let mut parts = Vec::new();
        if let Some(made) = structs::named(&one.name, &self.family) {
            let required: Vec<&str> =
                made.fields.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
            let needs = if required.is_empty() { "nothing".to_string() } else { required.join(", ") };
            parts.push(format!("```python\n{}(...)\n```\n{}\n\nIt needs {needs}.", one.name, made.doc));
        } else if let Some(function) = super::signature::function(&one.name, &self.family) {
            let header = self.family.iter().find_map(|unit| {
                let text = unit.snippet(function.span);
                text.starts_with("def ").then(|| text.trim_end_matches(':').to_string())
            });
            parts.push(format!("```python\n{}\n```", header.unwrap_or_else(|| one.name.to_string())));
        }
        let symbol = Symbol::Name(one.clone());
        for place in places(self.state, self.unit, &symbol).iter().filter(|place| place.binds) {
            if let Some(value) = assigned(&place.unit, place.span) {
                let value = super::words::clipped(place.unit.snippet(value));
                parts.push(format!("`{} = {value}` in {}", one.name, self.place(&place.unit, place.span)));
            }
        }
        parts.extend(self.jobs());
        (!parts.is_empty()).then(|| (one.span, parts.join("\n\n")))
    }

    /// The jobs that the innermost call at the place makes.
    fn jobs(&self) -> Vec<String> {
        let calls = structs::calls(self.unit, &self.family);
        let innermost = calls
            .iter()
            .filter(|made| touches(made.span, self.offset))
            .min_by_key(|made| made.span.end - made.span.start);
        let Some(made) = innermost else { return Vec::new() };
        let range = self.unit.range(made.span, self.state.client.encoding);
        let outcomes = self.state.roots.values().filter_map(|root| root.outcome.as_ref());
        let jobs = outcomes.flat_map(|outcome| &outcome.jobs);
        let here = jobs.filter(|job| job.path == self.unit.path && job.location.range.start == range.start);
        let mut lines: Vec<String> = here.map(|job| format!("**{}**: {}", job.key, job.summary)).collect();
        lines.dedup();
        lines.truncate(MAX_JOBS);
        lines
    }
}

/// Jobs that are named before the rest is left out.
const MAX_JOBS: usize = 20;

/// What is bound when a task runs only.
const AT_RUN_TIME: [(&str, &str); 2] = [
    ("mesos", "Known when the task runs: `instance` is its number, `hostname` its host."),
    ("thermos", "Known when the task runs: `ports[NAME]`, `task_id`, `user`."),
];

/// The value that is assigned to a name at a place.
fn assigned(unit: &Unit, target: Span) -> Option<Span> {
    let mut found = None;
    walk(&unit.parsed.module.body, &mut |node| {
        let Node::Stmt(stmt) = node else { return };
        if let crate::syntax::ast::StmtKind::Assign { targets, value } = &stmt.kind
            && targets.iter().any(|one| one.span == target && matches!(one.kind, ExprKind::Name(_)))
        {
            found = Some(value.span);
        }
    });
    found
}
