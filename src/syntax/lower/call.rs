//! Calls and their arguments.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Lower, Token, Tokens};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{Arg, ArgKind, Expr, ExprKind, GeneratorExp, Ident, Name};
use crate::syntax::grammar::Rule;
use crate::syntax::words::{is_constant, is_reserved, shown};

/// Up to this many keywords are compared one by one; more go through a table.
const FEW: usize = 12;

impl<'t> Lower<'t> {
    /// `function(arguments)`
    pub(super) fn call(&mut self, function: Expr, token: Token<'t>) -> Expr {
        let span = function.span.to(self.span(&token));
        let args = self.args(token);
        Expr { kind: ExprKind::Call { function: Box::new(function), args }, span }
    }

    /// The arguments of a `call`.
    pub(in crate::syntax) fn args(&mut self, token: Token<'t>) -> Vec<Arg> {
        let mut tokens = token.into_inner().peekable();
        let mut args: Vec<Arg> = Vec::with_capacity(tokens.len());
        let mut bare_generator = None;
        while tokens.peek().is_some() {
            let arg = self.arg(&mut tokens, &mut bare_generator);
            args.push(arg);
        }
        if let Some(span) = bare_generator.filter(|_| args.len() > 1) {
            self.report(generator_needs_brackets(span));
        }
        self.check_order(&args);
        self.check_repeated(&args);
        args
    }

    fn arg(&mut self, tokens: &mut Tokens<'t>, bare_generator: &mut Option<Span>) -> Arg {
        if let Some(star) = tokens.next_if(|t| t.as_rule() == Rule::star_arg) {
            return self.star_arg(star);
        }
        if let Some(keyword) = tokens.next_if(|t| t.as_rule() == Rule::keyword_arg) {
            return self.keyword_arg(keyword);
        }
        let value = self.named(tokens);
        match tokens.peek().map(|t| t.as_rule()) {
            Some(Rule::assign) => {
                tokens.next();
                let name = self.keyword(&value);
                let value = self.next_expr(tokens);
                Arg { kind: ArgKind::Keyword(name), value }
            }
            Some(Rule::comp_for) => {
                let generators = self.comp_clauses(tokens);
                let end = generators.last().map_or(value.span, |g| g.ifs.last().unwrap_or(&g.iter).span);
                let span = value.span.to(end);
                *bare_generator = Some(span);
                let kind = ExprKind::GeneratorExp(Arc::new(GeneratorExp { element: value, generators }));
                Arg { kind: ArgKind::Positional, value: Expr { kind, span } }
            }
            _ => Arg { kind: ArgKind::Positional, value },
        }
    }

    fn star_arg(&mut self, token: Token<'t>) -> Arg {
        let mut tokens = token.into_inner().peekable();
        let double = tokens.next().is_some_and(|t| t.as_rule() == Rule::double_star);
        let value = self.next_expr(&mut tokens);
        Arg { kind: if double { ArgKind::DoubleStar } else { ArgKind::Star }, value }
    }

    /// `name=value`
    fn keyword_arg(&mut self, token: Token<'t>) -> Arg {
        let mut tokens = token.into_inner().peekable();
        let name = match tokens.next() {
            Some(name) => self.keyword_name(&name),
            None => Ident { name: Name::from(""), span: self.nowhere() },
        };
        tokens.next_if(|t| t.as_rule() == Rule::assign);
        Arg { kind: ArgKind::Keyword(name), value: self.next_expr(&mut tokens) }
    }

    /// The word before the `=` of a keyword argument.
    fn keyword_name(&mut self, token: &Token<'t>) -> Ident {
        let word = token.as_str();
        if is_reserved(word) || is_constant(word) {
            let value = self.name_or_constant(token);
            return self.keyword(&value);
        }
        Ident { name: Name::from(word), span: self.span(token) }
    }

    /// What stands before the `=` of a keyword argument, where it may be something else than a name.
    fn keyword(&mut self, target: &Expr) -> Ident {
        let text = self.source(target.span);
        let ident = Ident { name: Name::from(text), span: target.span };
        // A reserved word was reported when it was read as a value.
        let is_name = matches!(&target.kind, ExprKind::Name(name) if **name == *text);
        if is_name || is_reserved(text) {
            return ident;
        }
        let diagnostic = Diagnostic::error(
            &codes::ARGUMENT_ORDER,
            target.span,
            "only a plain name can stand before the `=` of an argument",
        );
        self.report(match &target.kind {
            ExprKind::None | ExprKind::Bool(_) => diagnostic.here("a constant"),
            ExprKind::Str(name) => diagnostic.here("a string").suggest(
                target.span,
                name.text.clone(),
                "write the name without quotes",
            ),
            _ => diagnostic.here("not a name").help("if a comparison is meant, write `==`"),
        });
        ident
    }

    fn check_order(&mut self, args: &[Arg]) {
        let mut before: Option<(&Arg, &str)> = None;
        for arg in args {
            match (&arg.kind, before) {
                (ArgKind::Keyword(_), _) => before = before.or(Some((arg, "a keyword argument"))),
                (ArgKind::DoubleStar, _) => before = before.or(Some((arg, "`**` arguments"))),
                (ArgKind::Positional, Some((other, what))) => {
                    self.report(positional_after(arg, other, what));
                    return;
                }
                _ => {}
            }
        }
    }

    fn check_repeated(&mut self, args: &[Arg]) {
        let mut seen: Vec<&Ident> = Vec::new();
        let mut table: FxHashMap<&str, &Ident> = FxHashMap::default();
        for arg in args {
            let ArgKind::Keyword(keyword) = &arg.kind else { continue };
            let first = if seen.len() < FEW {
                seen.iter().find(|s| s.name == keyword.name).copied()
            } else {
                if table.is_empty() {
                    table.extend(seen.iter().rev().map(|s| (&*s.name, *s)));
                }
                table.insert(&keyword.name, keyword)
            };
            seen.push(keyword);
            if let Some(first) = first {
                self.report(repeated(keyword, first));
            }
        }
    }
}

/// Where an argument stands, with its name.
fn argument_span(arg: &Arg) -> Span {
    match &arg.kind {
        ArgKind::Keyword(name) => name.span.to(arg.value.span),
        _ => arg.value.span,
    }
}

#[cold]
fn repeated(again: &Ident, first: &Ident) -> Diagnostic {
    let message = format!("the keyword argument `{}` is given twice", shown(&again.name));
    Diagnostic::error(&codes::REPEATED_KEYWORD, again.span, message)
        .here("given again here")
        .label(first.span, "first given here")
        .help("remove one of the two")
}

#[cold]
fn positional_after(arg: &Arg, other: &Arg, what: &str) -> Diagnostic {
    let message = format!("an argument without a name cannot follow {what}");
    Diagnostic::error(&codes::ARGUMENT_ORDER, arg.value.span, message)
        .here("its name is missing, or it belongs further to the front")
        .label(argument_span(other), format!("{what} before it"))
}

#[cold]
fn generator_needs_brackets(span: Span) -> Diagnostic {
    let (start, end) = (Span { end: span.start, ..span }, Span { start: span.end, ..span });
    let message = "a generator expression among other arguments needs brackets of its own";
    Diagnostic::error(&codes::ARGUMENT_ORDER, span, message)
        .here("put this in brackets")
        .suggest(start, "(", "open a bracket before it")
        .suggest(end, ")", "and close it behind it")
}
