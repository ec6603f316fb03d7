//! `value[…]`: indexes and slices.

use super::{Lower, Token, Tokens};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::grammar::Rule;

impl<'t> Lower<'t> {
    /// `value[index]`
    pub(super) fn subscript(&mut self, value: Expr, token: Token<'t>) -> Expr {
        let span = value.span.to(self.span(&token));
        let mut items: Vec<Expr> = Vec::new();
        let mut trailing = None;
        for inner in token.into_inner() {
            if inner.as_rule() == Rule::trailing {
                trailing = Some(self.span(&inner));
            } else {
                let item = self.slice(inner);
                items.push(item);
            }
        }
        let index = match (items.pop(), trailing) {
            (Some(only), None) if items.is_empty() => self.not_starred(only),
            (Some(last), trailing) => {
                let end = trailing.unwrap_or(last.span);
                items.push(last);
                let span = items[0].span.to(end);
                Expr { kind: ExprKind::Tuple(items), span }
            }
            (None, _) => self.broken(span),
        };
        Expr { kind: ExprKind::Subscript { value: Box::new(value), index: Box::new(index) }, span }
    }

    /// An index, or `lower:upper:step` with any part left out.
    fn slice(&mut self, token: Token<'t>) -> Expr {
        let whole = self.span(&token);
        let mut tokens = token.into_inner().peekable();
        if tokens.peek().is_some_and(|t| t.as_rule() == Rule::colon) {
            return self.slice_rest(None, tokens, Span { end: whole.start, ..whole });
        }
        let first = self.named(&mut tokens);
        if tokens.peek().is_none() {
            return first;
        }
        let first = self.not_starred(first);
        let span = first.span;
        self.slice_rest(Some(Box::new(first)), tokens, span)
    }

    /// A slice from its first colon on.
    fn slice_rest(&mut self, lower: Option<Box<Expr>>, tokens: Tokens<'t>, mut span: Span) -> Expr {
        let mut parts: [Option<Box<Expr>>; 2] = [None, None];
        let mut colons = 0;
        for token in tokens {
            if token.as_rule() == Rule::colon {
                colons += 1;
                span = span.to(self.span(&token));
            } else {
                let part = self.expr(token);
                span = span.to(part.span);
                parts[usize::from(colons > 1)] = Some(Box::new(part));
            }
        }
        let [upper, step] = parts;
        Expr { kind: ExprKind::Slice { lower, upper, step }, span }
    }
}
