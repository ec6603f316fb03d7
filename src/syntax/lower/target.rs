//! What can be assigned to, and what can be deleted.

use super::{Lower, Token, Tokens};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::grammar::Rule;

/// What happens to a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) enum Use {
    /// `target = …`
    Assign,
    /// The target of a loop, a comprehension or `with`.
    Bind,
    /// `target += …`, or `target: T = …`
    Augment,
    /// `del target`
    Delete,
}

impl<'t> Lower<'t> {
    /// The `targets` of a loop.
    pub(in crate::syntax) fn next_targets(&mut self, tokens: &mut Tokens<'t>) -> Expr {
        let Some(token) = tokens.next() else { return self.broken(self.nowhere()) };
        let mut span = Span::NONE;
        let mut items = Vec::new();
        let mut commas = 0;
        for inner in token.into_inner() {
            let place = if inner.as_rule() == Rule::trailing {
                commas += 1;
                self.span(&inner)
            } else {
                let item = self.target(inner);
                let place = item.span;
                items.push(item);
                place
            };
            span = span.or(place).to(place);
        }
        let only = if items.len() + commas == 1 { items.pop() } else { None };
        let target = match only {
            Some(only) => self.not_starred(only),
            None => Expr { kind: ExprKind::Tuple(items), span },
        };
        self.check_target(&target, Use::Bind);
        target
    }

    /// `target` or `star_target`
    pub(in crate::syntax) fn target(&mut self, token: Token<'t>) -> Expr {
        if token.as_rule() != Rule::star_target {
            return self.expr(token);
        }
        let start = self.span(&token);
        let value = match token.into_inner().next() {
            Some(inner) => self.expr(inner),
            None => self.broken(start),
        };
        let span = Span { end: value.span.end, ..start };
        Expr { kind: ExprKind::Starred(Box::new(value)), span }
    }

    /// Reports what cannot be assigned to (or changed, or deleted).
    pub(in crate::syntax) fn check_target(&mut self, target: &Expr, what: Use) {
        match &target.kind {
            ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => {}
            ExprKind::Tuple(items) | ExprKind::List(items) if what != Use::Augment => {
                self.check_targets(items, what);
            }
            ExprKind::Starred(inner) if matches!(what, Use::Assign | Use::Bind) => {
                self.check_target(inner, what)
            }
            _ => {
                let diagnostic = self.bad_target(target, what);
                self.report(diagnostic);
            }
        }
    }

    fn check_targets(&mut self, items: &[Expr], what: Use) {
        let mut stars = items.iter().filter(|i| matches!(i.kind, ExprKind::Starred(_)));
        if let (Some(first), Some(second)) = (stars.next(), stars.next()) {
            let message = "only one name of an assignment can have a star";
            self.report(
                Diagnostic::error(&codes::BAD_STAR, second.span, message)
                    .here("a second star")
                    .label(first.span, "the first"),
            );
        }
        for item in items {
            self.check_target(item, what);
        }
    }

    fn bad_target(&self, target: &Expr, what: Use) -> Diagnostic {
        let verb = match what {
            Use::Assign | Use::Bind => "assigned to",
            Use::Augment => "changed in place",
            Use::Delete => "deleted",
        };
        let (noun, help) = describe(&target.kind);
        let shown = self.source(target.span);
        let message = if shown.len() <= 40 && !shown.contains('\n') {
            format!("`{shown}` cannot be {verb}")
        } else {
            format!("{noun} cannot be {verb}")
        };
        let diagnostic = Diagnostic::error(&codes::BAD_TARGET, target.span, message).here(noun);
        match help {
            Some(help) if what == Use::Assign => diagnostic.help(help),
            _ => diagnostic,
        }
    }
}

/// What an expression is, in words, and what may have been meant.
fn describe(kind: &ExprKind) -> (&'static str, Option<&'static str>) {
    let compare = Some("if a comparison is meant, write `==`");
    match kind {
        ExprKind::None | ExprKind::Bool(_) => ("a constant", compare),
        ExprKind::Int(_) | ExprKind::BigInt(_) | ExprKind::Float(_) => ("a number", compare),
        ExprKind::Str(_) | ExprKind::FString(_) => ("a string", Some("names are written without quotes")),
        ExprKind::Call { .. } => ("the result of a call", compare),
        ExprKind::Lambda(_) => ("a function", None),
        ExprKind::Tuple(_) => ("a tuple", None),
        ExprKind::List(_) => ("a list", None),
        ExprKind::Dict(_) => ("a dict", None),
        ExprKind::Set(_) => ("a set", None),
        ExprKind::ListComp { .. }
        | ExprKind::SetComp { .. }
        | ExprKind::DictComp { .. }
        | ExprKind::GeneratorExp { .. } => ("a comprehension", None),
        ExprKind::Compare { .. } => ("a comparison", None),
        ExprKind::IfExp { .. } => ("a conditional expression", None),
        ExprKind::Starred(_) => ("a starred value", None),
        ExprKind::Ellipsis => ("an ellipsis", None),
        _ => ("an expression", compare),
    }
}
