//! Pest's pairs → syntax tree. Functions are named after the rules of the grammar.
//!
//! Lowering never stops: what cannot be made sense of is reported, and something harmless stands in for it. A statement in
//! which anything was reported is left out of the tree.

mod braces;
mod call;
mod comprehension;
mod decode;
mod expr;
mod fstring;
mod function;
mod import;
mod number;
mod operators;
mod simple;
mod string;
mod subscript;
mod target;
mod text;

use std::iter::Peekable;

use pest::iterators::{Pair, Pairs};

use super::MAX_DIAGNOSTICS;
use super::ast::{Expr, ExprKind, Future, Ident, Name};
use super::grammar::Rule;
use super::words::{is_constant, is_reserved};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::source::{FileId, Span};

pub(super) use target::Use;

/// A match of a rule.
pub(super) type Token<'t> = Pair<'t, Rule>;

/// Matches in a row.
pub(super) type Tokens<'t> = Peekable<Pairs<'t, Rule>>;

/// What a statement or clause is made of, after its keyword.
pub(super) fn after_keyword(token: Token<'_>) -> Tokens<'_> {
    let mut tokens = token.into_inner().peekable();
    tokens.next();
    tokens
}

/// What a statement is inside of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    /// The body of a function: `return` means something.
    pub(super) function: bool,
    /// The body of a loop: `break` and `continue` mean something.
    pub(super) looping: bool,
}

/// Turns matches into the syntax tree.
pub(super) struct Lower<'t> {
    file: FileId,
    text: &'t str,
    /// Offset in the text of the line that is being lowered.
    base: usize,
    /// What was reported so far.
    diagnostics: Vec<Diagnostic>,
    /// How many of them are errors.
    errors: usize,
    /// What the statements being lowered are inside of.
    pub(super) context: Context,
    /// What `from __future__ import …` has switched on.
    pub(super) future: Future,
    unicode_literals: bool,
}

impl<'t> Lower<'t> {
    /// Lowers lines of `text`.
    pub(super) fn new(file: FileId, text: &'t str) -> Lower<'t> {
        Lower {
            file,
            text,
            base: 0,
            diagnostics: Vec::new(),
            errors: 0,
            context: Context::default(),
            future: Future::default(),
            unicode_literals: false,
        }
    }

    /// Says that the matches to come are of the line at this offset.
    pub(super) fn begin_line(&mut self, base: usize) {
        self.base = base;
    }

    /// Where a match is written.
    pub(super) fn span(&self, token: &Token<'t>) -> Span {
        let span = token.as_span();
        Span::new(self.file, self.base + span.start(), self.base + span.end())
    }

    /// Adds a diagnostic.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.is_error());
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    /// How many errors were reported so far.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// Everything that was reported.
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// The source text under a span of this file.
    pub(super) fn source(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// A name that is bound to something.
    pub(super) fn name(&mut self, token: &Token<'t>) -> Ident {
        let name = token.as_str();
        let span = self.span(token);
        if is_reserved(name) {
            self.report(reserved(name, span));
        } else if is_constant(name) {
            let message = format!("`{name}` is a constant and can name nothing else");
            self.report(Diagnostic::error(&codes::RESERVED_WORD, span, message).here("choose another name"));
        }
        Ident { name: Name::from(name), span }
    }

    /// A name after a dot.
    fn attribute_name(&mut self, token: &Token<'t>) -> Ident {
        let span = self.span(token);
        if is_reserved(token.as_str()) {
            self.report(reserved(token.as_str(), span));
        }
        Ident { name: Name::from(token.as_str()), span }
    }

    /// What stands in where a match is not of the expected shape.
    fn broken(&mut self, span: Span) -> Expr {
        self.report(Diagnostic::error(&codes::UNEXPECTED, span, "this could not be read"));
        Expr { kind: ExprKind::None, span }
    }

    fn nowhere(&self) -> Span {
        Span::new(self.file, self.base, self.base)
    }
}

/// A reserved word where a name should be.
pub(super) fn reserved(word: &str, span: Span) -> Diagnostic {
    if word == "yield" {
        let help = "build a list and return it, or use a comprehension";
        return not_in_the_language(span, "`yield` is not in the language", help);
    }
    let message = format!("`{word}` is a reserved word and cannot be used as a name");
    let diagnostic = Diagnostic::error(&codes::RESERVED_WORD, span, message);
    match word {
        "lambda" => diagnostic.here("a function is written `lambda parameters: value`"),
        _ => diagnostic.here("reserved"),
    }
}

/// A construct that job files do not have, and what to do instead.
pub(super) fn not_in_the_language(span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::error(&codes::NOT_IN_THE_LANGUAGE, span, message).here("not in the language").help(help)
}
