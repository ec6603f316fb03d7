//! Expressions: operands with their trailers, conditional expressions, tuples, lists.

use std::sync::Arc;

use super::operators::{Climb, Operator};
use super::{Lower, Token, Tokens, reserved};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, GeneratorExp, Ident, Name};
use crate::syntax::grammar::Rule;
use crate::syntax::words::is_reserved;

impl<'t> Lower<'t> {
    /// `expr`, `plain` or `target`
    pub(in crate::syntax) fn expr(&mut self, token: Token<'t>) -> Expr {
        let mut tokens = token.into_inner().peekable();
        let first = self.operation(&mut tokens);
        if tokens.peek().is_none() {
            return first;
        }
        let mut parts = vec![first];
        while tokens.next_if(|t| matches!(t.as_rule(), Rule::kw_if | Rule::kw_else)).is_some() {
            parts.push(self.operation(&mut tokens));
        }
        self.conditional(parts)
    }

    /// The next token, which must be an expression.
    pub(in crate::syntax) fn next_expr(&mut self, tokens: &mut Tokens<'t>) -> Expr {
        match tokens.next() {
            Some(token) => self.element(token),
            None => self.broken(self.nowhere()),
        }
    }

    /// `element` or `item`
    fn element(&mut self, token: Token<'t>) -> Expr {
        match token.as_rule() {
            Rule::starred => self.starred(token),
            Rule::yielded => self.yielded(&token),
            _ => self.expr(token),
        }
    }

    /// `yield value`, which is rejected.
    fn yielded(&mut self, token: &Token<'t>) -> Expr {
        let span = self.span(token);
        self.report(reserved("yield", Span { end: span.start + "yield".len() as u32, ..span }));
        Expr { kind: ExprKind::None, span }
    }

    /// `body if test else body if test else …`, from the values between the words.
    fn conditional(&mut self, parts: Vec<Expr>) -> Expr {
        let mut parts = parts.into_iter().rev();
        let mut value = match parts.next() {
            Some(last) => last,
            None => self.broken(self.nowhere()),
        };
        while let (Some(test), Some(body)) = (parts.next(), parts.next()) {
            let span = body.span.to(value.span);
            let (test, body) = (Box::new(test), Box::new(body));
            value = Expr { kind: ExprKind::IfExp { test, body, orelse: Box::new(value) }, span };
        }
        value
    }

    /// A row of operators and operands.
    fn operation(&mut self, tokens: &mut Tokens<'t>) -> Expr {
        let mut climb = Climb::default();
        loop {
            while let Some(operator) = self.next_operator(tokens) {
                self.prefix(operator, &mut climb);
            }
            let operand = self.operand(tokens, climb.is_empty());
            match self.next_operator(tokens) {
                Some(operator) => climb.infix(operand, operator),
                None => return climb.finish(operand),
            }
        }
    }

    fn next_operator(&self, tokens: &mut Tokens<'t>) -> Option<Operator> {
        let operator = tokens.peek().and_then(|t| Operator::of(t.as_rule(), || self.span(t)))?;
        tokens.next();
        Some(operator)
    }

    fn prefix(&mut self, operator: Operator, climb: &mut Climb) {
        if let Some(before) = climb.refuses(&operator) {
            let message = format!("`not` behind `{}` needs brackets", self.source(before));
            self.report(
                Diagnostic::error(&codes::UNEXPECTED, operator.span, message)
                    .here("write (not ...)")
                    .label(before, "this binds more tightly than `not`"),
            );
        }
        climb.prefix(operator);
    }

    fn operand(&mut self, tokens: &mut Tokens<'t>, first: bool) -> Expr {
        let Some(token) = tokens.next() else { return self.broken(self.nowhere()) };
        let mut value = match token.as_rule() {
            Rule::name => self.name_or_constant(&token),
            Rule::string | Rule::fstring => self.strings(token, tokens),
            Rule::number => self.number(&token),
            Rule::paren => self.paren(token),
            Rule::list => self.list(token),
            Rule::braces => self.braces(token),
            Rule::ellipsis => Expr { kind: ExprKind::Ellipsis, span: self.span(&token) },
            Rule::backquoted => self.backquoted(token),
            Rule::lambda => self.lambda(token, first),
            _ => self.broken(self.span(&token)),
        };
        while let Some(token) = tokens.next_if(|t| is_trailer(t.as_rule())) {
            value = self.trailer(value, token);
        }
        value
    }

    fn trailer(&mut self, value: Expr, token: Token<'t>) -> Expr {
        match token.as_rule() {
            Rule::attribute => self.attribute(value, token),
            Rule::call => self.call(value, token),
            _ => self.subscript(value, token),
        }
    }

    fn attribute(&mut self, value: Expr, token: Token<'t>) -> Expr {
        let span = value.span.to(self.span(&token));
        let Some(name) = token.into_inner().next() else { return self.broken(span) };
        let name = self.attribute_name(&name);
        Expr { kind: ExprKind::Attribute { value: Box::new(value), name: Box::new(name) }, span }
    }

    pub(super) fn name_or_constant(&mut self, token: &Token<'t>) -> Expr {
        let span = self.span(token);
        let word = token.as_str();
        let kind = match word {
            "None" => ExprKind::None,
            "True" => ExprKind::Bool(true),
            "False" => ExprKind::Bool(false),
            _ if is_reserved(word) => {
                self.report(reserved(word, span));
                ExprKind::None
            }
            _ => ExprKind::Name(Name::from(word)),
        };
        Expr { kind, span }
    }

    /// `exprs`: one expression, or a tuple if there is a comma.
    pub(in crate::syntax) fn exprs(&mut self, token: Token<'t>) -> Expr {
        let mut tokens = token.into_inner().peekable();
        let first = self.next_expr(&mut tokens);
        if tokens.peek().is_none() {
            return self.not_starred(first);
        }
        self.tuple(first, &mut tokens)
    }

    /// The rest of a tuple without brackets.
    pub(super) fn tuple(&mut self, first: Expr, tokens: &mut Tokens<'t>) -> Expr {
        let mut span = first.span;
        let mut items = vec![first];
        for token in tokens.by_ref() {
            if token.as_rule() == Rule::trailing {
                span = span.to(self.span(&token));
                continue;
            }
            let item = self.element(token);
            span = span.to(item.span);
            items.push(item);
        }
        Expr { kind: ExprKind::Tuple(items), span }
    }

    /// Rejects `*x` where it is alone.
    pub(super) fn not_starred(&mut self, expr: Expr) -> Expr {
        if let ExprKind::Starred(value) = &expr.kind {
            let inner = self.source(value.span);
            self.report(
                Diagnostic::error(&codes::BAD_STAR, expr.span, "a starred value cannot stand alone")
                    .here("nothing to unpack into")
                    .help(format!("write [*{inner}] for a list of its items")),
            );
        }
        expr
    }

    /// `*value` in a list, tuple, set or assignment target.
    fn starred(&mut self, token: Token<'t>) -> Expr {
        let start = self.span(&token);
        let mut tokens = token.into_inner().peekable();
        let value = self.next_expr(&mut tokens);
        let span = Span { end: value.span.end, ..start };
        Expr { kind: ExprKind::Starred(Box::new(value)), span }
    }

    /// An expression, perhaps named with `:=`.
    pub(in crate::syntax) fn named(&mut self, tokens: &mut Tokens<'t>) -> Expr {
        let expr = self.next_expr(tokens);
        if tokens.next_if(|t| t.as_rule() == Rule::walrus).is_none() {
            return expr;
        }
        let value = self.next_expr(tokens);
        let span = expr.span.to(value.span);
        let ExprKind::Name(name) = expr.kind else {
            self.report(
                Diagnostic::error(&codes::BAD_TARGET, expr.span, "`:=` can give a value only to a name")
                    .here("not a plain name"),
            );
            return value;
        };
        let name = Ident { name, span: expr.span };
        Expr { kind: ExprKind::Walrus { name: Box::new(name), value: Box::new(value) }, span }
    }

    /// `(…)`: brackets, a tuple, or a generator expression.
    pub(super) fn paren(&mut self, token: Token<'t>) -> Expr {
        let span = self.span(&token);
        let mut tokens = token.into_inner().peekable();
        if tokens.peek().is_none() {
            return Expr { kind: ExprKind::Tuple(Vec::new()), span };
        }
        let first = self.named(&mut tokens);
        let kind = match tokens.peek().map(|t| t.as_rule()) {
            None => self.not_starred(first).kind,
            Some(Rule::comp_for) => {
                let element = self.not_starred(first);
                let generators = self.comp_clauses(&mut tokens);
                ExprKind::GeneratorExp(Arc::new(GeneratorExp { element, generators }))
            }
            Some(_) => ExprKind::Tuple(self.items(first, &mut tokens)),
        };
        Expr { kind, span }
    }

    /// `[…]`: a list or a list comprehension.
    fn list(&mut self, token: Token<'t>) -> Expr {
        let span = self.span(&token);
        let mut tokens = token.into_inner().peekable();
        if tokens.peek().is_none() {
            return Expr { kind: ExprKind::List(Vec::new()), span };
        }
        let first = self.named(&mut tokens);
        if tokens.peek().is_some_and(|t| t.as_rule() == Rule::list_for) {
            let element = Box::new(self.not_starred(first));
            let generators = self.comp_clauses(&mut tokens);
            return Expr { kind: ExprKind::ListComp { element, generators }, span };
        }
        Expr { kind: ExprKind::List(self.items(first, &mut tokens)), span }
    }

    /// All items, of which the first is already read.
    fn items(&mut self, first: Expr, tokens: &mut Tokens<'t>) -> Vec<Expr> {
        let mut items = Vec::with_capacity(tokens.len() + 1);
        items.push(first);
        while tokens.peek().is_some() {
            if tokens.next_if(|t| t.as_rule() == Rule::trailing).is_none() {
                items.push(self.named(tokens));
            }
        }
        items
    }

    fn backquoted(&mut self, token: Token<'t>) -> Expr {
        let span = self.span(&token);
        let Some(inner) = token.into_inner().next() else { return self.broken(span) };
        Expr { kind: ExprKind::Repr(Box::new(self.exprs(inner))), span }
    }
}

fn is_trailer(rule: Rule) -> bool {
    matches!(rule, Rule::call | Rule::attribute | Rule::subscript)
}
