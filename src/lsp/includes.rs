//! Which files a file includes, as far as its text says.

use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Module};

use super::walk::{Node, walk};

/// A call of `include` with a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Include {
    /// The file that is named.
    pub(super) name: String,
    /// The literal.
    pub(super) span: Span,
    /// The call.
    pub(super) call: Span,
}

/// The calls of `include` in a file, in order.
pub(super) fn includes(module: &Module) -> Vec<Include> {
    let mut found = Vec::new();
    walk(&module.body, &mut |node| {
        if let Node::Expr(expr) = node {
            found.extend(include(expr));
        }
    });
    found
}

/// The include that an expression is.
pub(super) fn include(expr: &Expr) -> Option<Include> {
    let ExprKind::Call { function, args } = &expr.kind else { return None };
    let is_include = matches!(&function.kind, ExprKind::Name(name) if name == "include");
    let [arg] = &args[..] else { return None };
    match &arg.value.kind {
        ExprKind::Str(literal) if is_include => {
            Some(Include { name: literal.text.clone(), span: arg.value.span, call: expr.span })
        }
        _ => None,
    }
}
