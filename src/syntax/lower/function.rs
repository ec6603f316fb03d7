//! Functions: `lambda`, and the parameters of both kinds of functions.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Lower, Token, Tokens, after_keyword};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Function, Ident, Name, Parameter, ParameterKind, Stmt, StmtKind};
use crate::syntax::grammar::Rule;
use crate::syntax::words::shown;

/// Parameters as they are being read.
#[derive(Default)]
struct Parameters {
    list: Vec<Parameter>,
    /// A `*` or `*args` was read: what follows is by keyword only.
    star: Option<Span>,
    /// The star had no name: a parameter must follow.
    bare_star: Option<Span>,
    double_star: Option<Span>,
    slash: bool,
    /// The last parameter that has a default.
    with_default: Option<Span>,
}

impl<'t> Lower<'t> {
    /// `lambda parameters: value`; `first` says whether no operator stands before it.
    pub(super) fn lambda(&mut self, token: Token<'t>, first: bool) -> Expr {
        let start = self.span(&token);
        let word = Span { end: start.start + "lambda".len() as u32, ..start };
        if !first {
            self.report(
                Diagnostic::error(&codes::UNEXPECTED, word, "a `lambda` behind an operator needs brackets")
                    .here("write (lambda ...: ...)"),
            );
        }
        let mut tokens = after_keyword(token);
        let parameters = match tokens.next_if(|t| t.as_rule() == Rule::lambda_params) {
            Some(list) => self.parameters(list),
            None => Vec::new(),
        };
        tokens.next_if(|t| t.as_rule() == Rule::colon);
        let value = self.next_expr(&mut tokens);
        let span = Span { end: value.span.end, ..start };
        let body = vec![Stmt { span: value.span, kind: StmtKind::Return(Some(value)) }];
        let name = Ident { name: Name::from("<lambda>"), span: word };
        Expr { kind: ExprKind::Lambda(Arc::new(Function { name, parameters, body, span })), span }
    }

    /// `def_params` or `lambda_params`
    pub(in crate::syntax) fn parameters(&mut self, token: Token<'t>) -> Vec<Parameter> {
        let mut parameters = Parameters::default();
        for inner in token.into_inner() {
            self.parameter(inner, &mut parameters);
        }
        if let Some(span) = parameters.bare_star {
            self.bad_parameter(
                span,
                "a parameter must follow the bare `*`",
                "no keyword-only parameter follows",
                None,
            );
        }
        self.check_names(&parameters.list);
        parameters.list
    }

    fn bad_parameter(&mut self, span: Span, message: &str, here: &str, other: Option<(Span, &str)>) {
        let mut diagnostic = Diagnostic::error(&codes::BAD_PARAMETERS, span, message).here(here);
        if let Some((span, words)) = other {
            diagnostic = diagnostic.label(span, words);
        }
        self.report(diagnostic);
    }

    fn parameter(&mut self, token: Token<'t>, parameters: &mut Parameters) {
        let whole = self.span(&token);
        if let Some(span) = parameters.double_star {
            let other = Some((span, "the `**` parameter"));
            self.bad_parameter(
                whole,
                "nothing can follow the `**` parameter",
                "move this to the front",
                other,
            );
        }
        let mut tokens = token.into_inner().peekable();
        let Some(first) = tokens.next() else {
            self.broken(whole);
            return;
        };
        match first.as_rule() {
            Rule::slash => self.slash(whole, parameters),
            Rule::star => self.star(&first, &mut tokens, parameters),
            Rule::double_star => {
                parameters.double_star = Some(self.span(&first));
                self.gathering(&mut tokens, ParameterKind::VarKeyword, parameters);
            }
            Rule::paren => self.tuple_parameter(first, &mut tokens, parameters),
            _ => {
                let name = self.name(&first);
                self.plain_parameter(name, None, &mut tokens, parameters);
            }
        }
    }

    fn slash(&mut self, span: Span, parameters: &mut Parameters) {
        if parameters.slash || parameters.star.is_some() || parameters.list.is_empty() {
            let here = "it comes once, behind the parameters that are by position only";
            self.bad_parameter(span, "`/` cannot stand here", here, None);
        }
        parameters.slash = true;
        for parameter in &mut parameters.list {
            if parameter.kind == ParameterKind::Normal {
                parameter.kind = ParameterKind::PositionalOnly;
            }
        }
    }

    fn star(&mut self, star: &Token<'t>, tokens: &mut Tokens<'t>, parameters: &mut Parameters) {
        let span = self.span(star);
        if let Some(first) = parameters.star {
            let other = Some((first, "the first"));
            self.bad_parameter(span, "a function has at most one `*` parameter", "a second star", other);
        }
        parameters.star = Some(span);
        if tokens.peek().is_some_and(|t| t.as_rule() == Rule::name) {
            self.gathering(tokens, ParameterKind::VarPositional, parameters);
        } else {
            parameters.bare_star = Some(span);
        }
    }

    /// `*args` or `**kwargs`
    fn gathering(&mut self, tokens: &mut Tokens<'t>, kind: ParameterKind, parameters: &mut Parameters) {
        if let Some(name) = tokens.next() {
            let name = self.name(&name);
            parameters.list.push(Parameter { name, kind, default: None, unpack: None });
        }
    }

    /// `(a, b)` of Python 2.
    fn tuple_parameter(&mut self, first: Token<'t>, tokens: &mut Tokens<'t>, parameters: &mut Parameters) {
        let span = self.span(&first);
        let pattern = self.paren(first);
        self.check_pattern(&pattern);
        // In Python 2 `(a)` is no more than `a`.
        if let ExprKind::Name(name) = &pattern.kind {
            let name = Ident { name: name.clone(), span };
            self.plain_parameter(name, None, tokens, parameters);
            return;
        }
        let name = Ident { name: Name::from(format!(".{}", parameters.list.len())), span };
        self.plain_parameter(name, Some(pattern), tokens, parameters);
    }

    fn check_pattern(&mut self, pattern: &Expr) {
        match &pattern.kind {
            ExprKind::Name(_) => {}
            ExprKind::Tuple(items) if !items.is_empty() => items.iter().for_each(|i| self.check_pattern(i)),
            _ => {
                let here = "not a name, nor a tuple of names";
                self.bad_parameter(pattern.span, "a parameter must be a name", here, None);
            }
        }
    }

    fn plain_parameter(
        &mut self,
        name: Ident,
        unpack: Option<Expr>,
        tokens: &mut Tokens<'t>,
        parameters: &mut Parameters,
    ) {
        tokens.next_if(|t| t.as_rule() == Rule::annotation);
        let default = tokens.next_if(|t| t.as_rule() == Rule::assign).map(|_| self.next_expr(tokens));
        let keyword_only = parameters.star.is_some();
        let kind = if keyword_only { ParameterKind::KeywordOnly } else { ParameterKind::Normal };
        parameters.bare_star = None;
        if let (false, None, Some(before)) = (keyword_only, &default, parameters.with_default) {
            let message = format!(
                "the parameter `{}` needs a default, because one before it has one",
                shown(self.source(name.span))
            );
            self.bad_parameter(name.span, &message, "no default", Some((before, "has a default")));
        }
        if default.is_some() {
            parameters.with_default = Some(name.span);
        }
        parameters.list.push(Parameter { name, kind, default, unpack });
    }

    fn check_names(&mut self, list: &[Parameter]) {
        let mut names: Vec<(&str, Span)> = Vec::new();
        for parameter in list {
            match &parameter.unpack {
                Some(pattern) => collect_names(pattern, &mut names),
                None => names.push((&parameter.name.name, parameter.name.span)),
            }
        }
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        for (name, span) in names {
            if let Some(first) = seen.insert(name, span) {
                let message = format!("the parameter `{}` is named twice", shown(name));
                self.bad_parameter(span, &message, "named again here", Some((first, "first named here")));
            }
        }
    }
}

fn collect_names<'e>(pattern: &'e Expr, names: &mut Vec<(&'e str, Span)>) {
    match &pattern.kind {
        ExprKind::Name(name) => names.push((name, pattern.span)),
        ExprKind::Tuple(items) => items.iter().for_each(|i| collect_names(i, names)),
        _ => {}
    }
}
