//! Semantic tokens: what a grammar of the syntax cannot tell apart.

use gen_lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensLegend, SemanticTokensParams, SemanticTokensRangeParams,
};

use super::mustaches::mustaches;
use super::refusal::Refusal;
use super::state::State;
use super::structs;
use super::unit::Unit;
use super::walk::{Node, walk};
use crate::schema::{self, Global};
use crate::source::Span;
use crate::syntax::ast::{ExprKind, StmtKind};
use crate::template::value::Value;

/// The kinds of tokens, by number.
const KINDS: [&str; 5] = ["struct", "property", "variable", "macro", "function"];
const STRUCT: u32 = 0;
const FIELD: u32 = 1;
const REFERENCE: u32 = 2;
const AT_RUN_TIME: u32 = 3;
const FUNCTION: u32 = 4;

/// What the numbers mean.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: KINDS.map(str::to_string).to_vec(), token_modifiers: Vec::new() }
}

/// The tokens of a document.
pub(super) fn tokens(
    state: &State<'_>,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokens>, Refusal> {
    let Some(document) = state.document(&params.text_document.uri) else { return Ok(None) };
    let unit = &document.unit;
    let all = found(unit, state);
    Ok(Some(encoded(&all, unit, state)))
}

/// The tokens of a range of a document.
pub(super) fn tokens_in(
    state: &State<'_>,
    params: SemanticTokensRangeParams,
) -> Result<Option<SemanticTokens>, Refusal> {
    let Some(document) = state.document(&params.text_document.uri) else { return Ok(None) };
    let unit = &document.unit;
    let encoding = state.client.encoding;
    let (start, end) = (unit.offset(params.range.start, encoding), unit.offset(params.range.end, encoding));
    let inside = |(span, _): &(Span, u32)| start <= span.start as usize && span.end as usize <= end;
    let all: Vec<(Span, u32)> = found(unit, state).into_iter().filter(inside).collect();
    Ok(Some(encoded(&all, unit, state)))
}

fn found(unit: &Unit, state: &State<'_>) -> Vec<(Span, u32)> {
    let family = state.closure(&unit.path);
    let mut all: Vec<(Span, u32)> = Vec::new();
    for made in structs::calls(unit, &family) {
        all.extend(made.given().map(|(_, span, _)| (span, FIELD)));
    }
    let globals = schema::globals();
    let kind = |name: &str| match globals.iter().find(|(known, _)| *known == name)? {
        (_, Global::Value(Value::Type(_))) => Some(STRUCT),
        (_, Global::Function(_)) => Some(FUNCTION),
        _ => None,
    };
    walk(&unit.parsed.module.body, &mut |node| match node {
        Node::Expr(expr) => {
            if let ExprKind::Name(name) = &expr.kind {
                all.extend(kind(name).map(|kind| (expr.span, kind)));
            }
        }
        Node::Stmt(stmt) => {
            if let StmtKind::ClassDef { name, .. } = &stmt.kind {
                all.push((name.span, STRUCT));
            }
        }
        Node::Function(_) => {}
    });
    for one in mustaches(&unit.parsed.module) {
        let kind = if matches!(one.head(), "mesos" | "thermos") { AT_RUN_TIME } else { REFERENCE };
        all.push((one.inner, kind));
    }
    all.sort_by_key(|(span, _)| span.start);
    all.dedup_by_key(|(span, _)| span.start);
    all
}

/// Tokens as the protocol has them: each relative to the one before it.
fn encoded(all: &[(Span, u32)], unit: &Unit, state: &State<'_>) -> SemanticTokens {
    let (mut line, mut column) = (0, 0);
    let mut data = Vec::with_capacity(all.len());
    for (span, kind) in all {
        let range = unit.range(*span, state.client.encoding);
        // No name goes over the end of a line.
        if range.start.line != range.end.line {
            continue;
        }
        let delta_line = range.start.line - line;
        let delta_start =
            if delta_line == 0 { range.start.character - column } else { range.start.character };
        (line, column) = (range.start.line, range.start.character);
        data.push(SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character - range.start.character,
            token_type: *kind,
            token_modifiers_bitset: 0,
        });
    }
    SemanticTokens { result_id: None, data }
}
