//! Inlay hints: what `128*MB` comes to.

use gen_lsp_types::{InlayHint, InlayHintParams, Label};

use super::refusal::Refusal;
use super::state::State;
use super::walk::{Node, walk};
use crate::syntax::ast::{BinOp, Expr, ExprKind};

/// The hints of a range of a document.
pub(super) fn hints(state: &State<'_>, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>, Refusal> {
    let Some(document) = state.document(&params.text_document.uri) else { return Ok(None) };
    let unit = &document.unit;
    let mut found = Vec::new();
    let mut end = 0;
    walk(&unit.parsed.module.body, &mut |node| {
        let Node::Expr(expr) = node else { return };
        // The parts of a product say nothing that the whole does not.
        let ExprKind::Binary { .. } = &expr.kind else { return };
        if expr.span.start < end {
            return;
        }
        if let Some(bytes) = bytes(expr) {
            end = expr.span.end;
            let position = unit.text.position(expr.span.end as usize, state.client.encoding);
            let inside = params.range.start <= position && position <= params.range.end;
            found.extend(inside.then(|| InlayHint {
                position,
                label: Label::String(format!("= {bytes}")),
                kind: None,
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: None,
                data: None,
            }));
        }
    });
    Ok(Some(found))
}

/// The number that an expression of numbers and units comes to; nothing where it has no unit.
pub(super) fn bytes(expr: &Expr) -> Option<i64> {
    let (number, has_unit) = value(expr)?;
    has_unit.then_some(number)
}

/// A number, and whether a unit is part of it.
fn value(expr: &Expr) -> Option<(i64, bool)> {
    match &expr.kind {
        ExprKind::Int(n) => Some((*n, false)),
        ExprKind::Name(name) => {
            let shift = ["BYTES", "KB", "MB", "GB", "TB"].iter().position(|unit| name == unit)?;
            Some((1 << (10 * shift), true))
        }
        ExprKind::Binary { op, left, right, .. } => {
            let ((a, one), (b, other)) = (value(left)?, value(right)?);
            let number = match op {
                BinOp::Mul => a.checked_mul(b)?,
                BinOp::Add => a.checked_add(b)?,
                BinOp::Sub => a.checked_sub(b)?,
                BinOp::FloorDiv if b != 0 => a.div_euclid(b),
                _ => return None,
            };
            Some((number, one || other))
        }
        _ => None,
    }
}
