//! `{…}`: dicts, sets, and their comprehensions.

use super::{Lower, Token, Tokens};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::grammar::Rule;

/// Entries with a colon and items without one. One of the two stays empty, or the mixture is reported once.
#[derive(Default)]
struct Entries {
    pairs: Vec<(Option<Expr>, Expr)>,
    items: Vec<Expr>,
    mixed: bool,
}

impl<'t> Lower<'t> {
    /// A dict or a set.
    pub(super) fn braces(&mut self, token: Token<'t>) -> Expr {
        let span = self.span(&token);
        let mut tokens = token.into_inner().peekable();
        let mut entries = Entries::default();
        while let Some(next) = tokens.peek().map(|t| t.as_rule()) {
            match next {
                Rule::trailing => {
                    tokens.next();
                }
                Rule::comp_for => return self.braces_comprehension(entries, &mut tokens, span),
                _ => self.entry(&mut entries, &mut tokens),
            }
        }
        let is_dict = entries.items.is_empty();
        let kind = if is_dict { ExprKind::Dict(entries.pairs) } else { ExprKind::Set(entries.items) };
        Expr { kind, span }
    }

    fn entry(&mut self, entries: &mut Entries, tokens: &mut Tokens<'t>) {
        if tokens.next_if(|t| t.as_rule() == Rule::double_star).is_some() {
            let value = self.next_expr(tokens);
            self.add_pair(entries, None, value);
            return;
        }
        let first = self.named(tokens);
        if tokens.next_if(|t| t.as_rule() == Rule::colon).is_none() {
            self.add_item(entries, first);
            return;
        }
        let key = self.not_starred(first);
        let value = self.next_expr(tokens);
        self.add_pair(entries, Some(key), value);
    }

    fn add_pair(&mut self, entries: &mut Entries, key: Option<Expr>, value: Expr) {
        if let Some(item) = entries.items.first() {
            let span = key.as_ref().map_or(value.span, |k| k.span);
            let diagnostic = mixed(span, "this entry has a colon", item.span, "this item has none");
            self.report_mixed(entries, diagnostic);
        }
        entries.pairs.push((key, value));
    }

    fn add_item(&mut self, entries: &mut Entries, item: Expr) {
        if let Some((key, value)) = entries.pairs.first() {
            let other = key.as_ref().map_or(value.span, |k| k.span);
            let diagnostic = mixed(item.span, "this item has no `: value`", other, "this entry has a colon")
                .help("write `key: value` for an entry of a dict");
            self.report_mixed(entries, diagnostic);
        }
        entries.items.push(item);
    }

    fn report_mixed(&mut self, entries: &mut Entries, diagnostic: Diagnostic) {
        if !entries.mixed {
            entries.mixed = true;
            self.report(diagnostic);
        }
    }

    fn braces_comprehension(&mut self, entries: Entries, tokens: &mut Tokens<'t>, span: Span) -> Expr {
        let generators = self.comp_clauses(tokens);
        let kind = match (entries.pairs.into_iter().next(), entries.items.into_iter().next()) {
            (Some((Some(key), value)), _) => {
                ExprKind::DictComp { key: Box::new(key), value: Box::new(value), generators }
            }
            (None, Some(element)) => {
                let element = Box::new(self.not_starred(element));
                ExprKind::SetComp { element, generators }
            }
            (_, _) => {
                self.report(
                    Diagnostic::error(&codes::BAD_STAR, span, "`**` cannot be used in a comprehension")
                        .here("unpacks into nothing")
                        .help("write {key: value for key, value in ...}"),
                );
                ExprKind::None
            }
        };
        Expr { kind, span }
    }
}

fn mixed(span: Span, here: &str, other: Span, there: &str) -> Diagnostic {
    Diagnostic::error(&codes::MIXED_LITERALS, span, "a dict and a set cannot be mixed in one pair of braces")
        .here(here)
        .label(other, there)
}
