//! What can be folded: blocks, brackets over several lines, strings, runs of comments and of includes.

use gen_lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use super::includes::includes;
use super::refusal::Refusal;
use super::state::State;
use super::unit::Unit;
use super::walk::{Node, walk};
use crate::source::Span;
use crate::syntax::ast::{ExprKind, StmtKind};

/// What can be folded in a document.
pub(super) fn folds(
    state: &State<'_>,
    params: FoldingRangeParams,
) -> Result<Option<Vec<FoldingRange>>, Refusal> {
    let Some(document) = state.document(&params.text_document.uri) else { return Ok(None) };
    let unit = &document.unit;
    let mut found: Vec<FoldingRange> = Vec::new();
    let mut add = |start: usize, end: usize, kind: Option<FoldingRangeKind>| {
        let is_new = found.iter().all(|fold| fold.start_line as usize != start);
        if end > start && is_new {
            found.push(FoldingRange {
                start_line: start as u32,
                end_line: end as u32,
                kind,
                ..FoldingRange::default()
            });
        }
    };
    walk(&unit.parsed.module.body, &mut |node| {
        let (start, end) = lines(unit, extent(node));
        // What closes a bracket stays to be seen.
        let closes = matches!(node, Node::Expr(_)) && closes_alone(unit, end);
        add(start, if closes { end.saturating_sub(1) } else { end }, None);
    });
    for (start, end) in runs(unit, unit.parsed.comments.iter().copied(), true) {
        add(start, end, Some(FoldingRangeKind::Comment));
    }
    for (start, end) in runs(unit, includes(&unit.parsed.module).into_iter().map(|i| i.call), false) {
        add(start, end, Some(FoldingRangeKind::Imports));
    }
    found.sort_by_key(|fold| fold.start_line);
    Ok(Some(found))
}

/// A node with its block; nothing for names and the like.
fn extent(node: Node<'_>) -> Span {
    let last = |span: Span, body: &[crate::syntax::ast::Stmt]| {
        body.last().map_or(span, |last| span.to(extent(Node::Stmt(last))))
    };
    match node {
        Node::Stmt(stmt) => match &stmt.kind {
            StmtKind::If { body, .. }
            | StmtKind::For { body, .. }
            | StmtKind::While { body, .. }
            | StmtKind::ClassDef { body, .. }
            | StmtKind::Try { body, .. }
            | StmtKind::With { body, .. } => last(stmt.span, body),
            StmtKind::FunctionDef(function) => last(stmt.span, &function.body),
            _ => stmt.span,
        },
        Node::Function(function) => last(function.span, &function.body),
        Node::Expr(expr) => match &expr.kind {
            ExprKind::Call { .. }
            | ExprKind::List(_)
            | ExprKind::Dict(_)
            | ExprKind::Set(_)
            | ExprKind::Tuple(_)
            | ExprKind::ListComp { .. }
            | ExprKind::Str(_) => expr.span,
            _ => Span { end: expr.span.start, ..expr.span },
        },
    }
}

fn lines(unit: &Unit, span: Span) -> (usize, usize) {
    let end = (span.end as usize).max(span.start as usize + 1) - 1;
    (unit.text.line_of(span.start as usize), unit.text.line_of(end))
}

/// Whether a line begins with a closing bracket.
fn closes_alone(unit: &Unit, line: usize) -> bool {
    unit.text.as_str()[unit.text.line(line)].trim_start().starts_with([')', ']', '}'])
}

/// Runs of lines that follow each other. `alone` leaves out what stands after code.
fn runs(unit: &Unit, spans: impl Iterator<Item = Span>, alone: bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for span in spans {
        let line = unit.text.line_of(span.start as usize);
        let before = &unit.text.as_str()[unit.text.line(line).start..span.start as usize];
        if alone && !before.trim().is_empty() {
            continue;
        }
        match found.last_mut() {
            Some((_, end)) if *end + 1 == line => *end = line,
            _ => found.push((line, line)),
        }
    }
    found
}
