//! Code actions: what diagnostics suggest, all of it at once, and comments that allow a lint.

use std::collections::HashMap;

use gen_lsp_types::{
    Code, CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, Diagnostic, Position, Range,
    TextEdit, Uri, WorkspaceEdit,
};

use super::findings::{Finding, Fix};
use super::refusal::Refusal;
use super::state::State;
use super::unit::Unit;

/// The actions for a range of a document.
pub(super) fn actions(
    state: &State<'_>,
    params: CodeActionParams,
) -> Result<Option<Vec<CodeActionResponse>>, Refusal> {
    let Some(document) = state.document(&params.text_document.uri) else { return Ok(None) };
    let findings = state.findings(&document.unit.path);
    let wanted = |kind: &CodeActionKind| {
        let kinds = params.context.only.as_ref();
        let name = |kind: &CodeActionKind| serde_json::json!(kind).as_str().unwrap_or_default().to_string();
        let is_in = |wide: &CodeActionKind| {
            name(wide).is_empty()
                || name(kind) == name(wide)
                || name(kind).starts_with(&format!("{}.", name(wide)))
        };
        kinds.is_none_or(|kinds| kinds.iter().any(is_in))
    };
    let mut all = Vec::new();
    if wanted(&CodeActionKind::QuickFix) {
        for finding in findings.iter().filter(|finding| touches(finding.shown.range, params.range)) {
            all.extend(quick_fixes(finding));
            all.extend(allow(finding, &document.unit, state));
        }
    }
    if wanted(&CodeActionKind::SourceFixAll) {
        all.extend(fix_all(&findings));
    }
    Ok(Some(all.into_iter().map(CodeActionResponse::CodeAction).collect()))
}

fn touches(one: Range, other: Range) -> bool {
    one.start <= other.end && other.start <= one.end
}

fn edit(uri: &Uri, range: Range, text: &str) -> WorkspaceEdit {
    let edit = TextEdit { range, new_text: text.to_string() };
    WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), vec![edit])])), ..WorkspaceEdit::default() }
}

fn quick_fixes(finding: &Finding) -> Vec<CodeAction> {
    // Of one suggestion, the user need not choose.
    let is_preferred = (finding.fixes.len() == 1).then_some(true);
    let action = |fix: &Fix| CodeAction {
        title: capitalised(&fix.title),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![finding.shown.clone()]),
        is_preferred,
        edit: Some(edit(&fix.uri, fix.range, &fix.text)),
        ..CodeAction::default()
    };
    finding.fixes.iter().map(action).collect()
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A comment that allows a lint, with a reason to be filled in.
fn allow(finding: &Finding, unit: &Unit, state: &State<'_>) -> Option<CodeAction> {
    let Diagnostic { range, code: Some(Code::String(code)), .. } = &finding.shown else { return None };
    if !finding.is_lint {
        return None;
    }
    let line = unit.text.line(range.start.line as usize);
    let text = &unit.text.as_str()[line];
    let indent = &text[..text.len() - text.trim_start().len()];
    let at = Position { line: range.start.line, character: 0 };
    let comment = format!("{indent}# jobc: allow({code}) say why\n");
    let uri = state.documents.get(&finding.path)?.unit.uri.clone();
    Some(CodeAction {
        title: format!("Allow {code} here, with a comment"),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![finding.shown.clone()]),
        edit: Some(edit(&uri, Range { start: at, end: at }, &comment)),
        ..CodeAction::default()
    })
}

/// Every suggestion that is the only one for its mistake, where they do not overlap.
fn fix_all(findings: &[&Finding]) -> Option<CodeAction> {
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    let only = findings.iter().filter_map(|finding| match &finding.fixes[..] {
        [fix] => Some(fix),
        _ => None,
    });
    for fix in only {
        let edits = changes.entry(fix.uri.clone()).or_default();
        let apart =
            |other: &TextEdit| other.range.end <= fix.range.start || fix.range.end <= other.range.start;
        if edits.iter().all(|other| apart(other) && other.range != fix.range) {
            edits.push(TextEdit { range: fix.range, new_text: fix.text.clone() });
        }
    }
    let edit = WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    let is_empty = edit.changes.as_ref().is_none_or(HashMap::is_empty);
    (!is_empty).then(|| CodeAction {
        title: "Fix everything that can be fixed".to_string(),
        kind: Some(CodeActionKind::SourceFixAll),
        edit: Some(edit),
        ..CodeAction::default()
    })
}
