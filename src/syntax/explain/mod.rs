//! Why a line could not be read, in plain words.
//!
//! The grammar says only how far it came. From what stands there, and from the brackets and words before it, a list of
//! checks finds the slip that is most likely; the first that knows something speaks.

mod head;
mod items;
mod signs;
mod values;
mod words;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::source::{FileId, Span};
use crate::syntax::layout::{Token, TokenKind};
use crate::syntax::words::{is_constant, is_reserved};

/// A change of the line, of the same length, with which the rest of it can be read for further mistakes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repair {
    /// Where, in the line.
    pub(super) at: usize,
    /// What to put there.
    pub(super) text: &'static str,
}

impl Repair {
    /// Makes the same change to the tokens of the line, which begins at `base`: what is put there is one sign.
    pub(super) fn mend(&self, base: usize, tokens: &mut Vec<Token>) {
        let (start, end) = (base + self.at, base + self.at + self.text.len());
        tokens.retain(|t| t.end <= start || t.start >= end);
        let index = tokens.partition_point(|t| t.start < start);
        tokens.insert(index, Token { start, end, kind: TokenKind::Sign });
    }
}

/// Explains why `line`, which begins at `base` in the file and has these tokens, could be read only up to `at` (an offset
/// in the line).
#[cold]
pub(super) fn explain(
    file: FileId,
    base: usize,
    line: &str,
    tokens: &[Token],
    at: usize,
) -> (Diagnostic, Option<Repair>) {
    let site = Site::new(file, base, line, tokens, at);
    for check in CHECKS {
        if let Some(found) = check(&site) {
            return (found, None);
        }
    }
    if let Some(found) = items::missing_comma(&site) {
        return found;
    }
    if let Some(found) = signs::single_equals(&site) {
        return found;
    }
    for check in LATE_CHECKS {
        if let Some(found) = check(&site) {
            return (found, None);
        }
    }
    (values::unexpected(&site), None)
}

type Check = fn(&Site<'_>) -> Option<Diagnostic>;

/// The checks before a missing comma is considered, most telling first.
const CHECKS: &[Check] = &[
    values::in_fstring,
    words::foreign_word,
    words::not_in_the_language_word,
    signs::foreign_sign,
    signs::increment,
    signs::comment,
    items::bad_prefix,
    items::bad_number,
    items::glued,
    words::reserved_name,
    head::else_if,
    words::conditional_without_else,
    words::lambda_without_colon,
    head::missing_in,
    head::missing_bracket,
    head::missing_colon,
    items::comprehension_of_tuple,
    items::colon,
    items::semicolon,
];

/// The checks after it.
const LATE_CHECKS: &[Check] = &[
    words::nothing_may_follow,
    words::import,
    words::statement_word,
    items::doubled_comma,
    values::missing_name,
    values::missing_value,
    values::reserved_value,
    items::call_without_brackets,
    values::side_by_side,
];

/// The place where reading stopped, and what is around it.
pub(super) struct Site<'t> {
    file: FileId,
    base: usize,
    line: &'t str,
    /// Where reading stopped, in the line.
    at: usize,
    /// The tokens of the line, with offsets in the line.
    tokens: Vec<Token>,
    /// Index of the token at (or after) the place; the number of tokens at the end of the line.
    here: usize,
    /// Indexes of the brackets that are open there.
    open: Vec<usize>,
}

impl<'t> Site<'t> {
    fn new(file: FileId, base: usize, line: &'t str, tokens: &[Token], at: usize) -> Site<'t> {
        let in_line = |t: &Token| Token { start: t.start - base, end: t.end - base, ..*t };
        let tokens: Vec<Token> = tokens.iter().map(in_line).collect();
        let here = tokens.iter().position(|t| t.end > at).unwrap_or(tokens.len());
        let mut open = Vec::new();
        for (index, token) in tokens.iter().take(here).enumerate() {
            match token.kind {
                TokenKind::Open => open.push(index),
                TokenKind::Close => {
                    open.pop();
                }
                _ => {}
            }
        }
        Site { file, base, line, at, tokens, here, open }
    }

    fn text(&self, token: Token) -> &'t str {
        self.line.get(token.start..token.end).unwrap_or("")
    }

    /// The text of the token with this index; empty beyond the end.
    fn word(&self, index: usize) -> &'t str {
        self.tokens.get(index).map_or("", |p| self.text(*p))
    }

    fn here(&self) -> Option<Token> {
        self.tokens.get(self.here).copied()
    }

    fn before(&self) -> Option<Token> {
        self.here.checked_sub(1).and_then(|i| self.tokens.get(i)).copied()
    }

    fn here_text(&self) -> &'t str {
        self.word(self.here)
    }

    fn before_text(&self) -> &'t str {
        self.before().map_or("", |p| self.text(p))
    }

    fn first(&self) -> &'t str {
        self.word(0)
    }

    fn span(&self, token: Token) -> Span {
        Span::new(self.file, self.base + token.start, self.base + token.end)
    }

    fn span_between(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.base + start, self.base + end)
    }

    /// The empty place directly after a token.
    fn behind(&self, token: Token) -> Span {
        self.span_between(token.end, token.end)
    }

    /// The token at the place, or the last one of the line.
    fn place(&self) -> Span {
        match (self.here(), self.before()) {
            (Some(here), _) => self.span(here),
            (None, Some(before)) => self.span(before),
            (None, None) => self.span_between(0, self.line.len()),
        }
    }

    /// The innermost open bracket; empty outside of brackets.
    fn bracket(&self) -> &'t str {
        self.open.last().map_or("", |i| self.word(*i))
    }

    /// Whether the innermost bracket is that of a call.
    fn in_call(&self) -> bool {
        self.open.last().is_some_and(|i| self.bracket() == "(" && *i > 0 && self.ends_value(*i - 1))
    }

    /// Whether the token with this index can be the end of a value.
    fn ends_value(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else { return false };
        match token.kind {
            TokenKind::Number | TokenKind::Str | TokenKind::Close => true,
            TokenKind::Word => !is_reserved(self.text(*token)),
            TokenKind::Open => false,
            TokenKind::Sign => matches!(self.text(*token), "..." | "`"),
        }
    }

    /// Whether the token with this index can be the beginning of a value.
    fn begins_value(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else { return false };
        let text = self.text(*token);
        match token.kind {
            TokenKind::Number | TokenKind::Str | TokenKind::Open => true,
            TokenKind::Word => !is_reserved(text) || is_constant(text) || matches!(text, "not" | "lambda"),
            TokenKind::Close => false,
            TokenKind::Sign => matches!(text, "..." | "`" | "~"),
        }
    }

    fn before_ends_value(&self) -> bool {
        self.here > 0 && self.ends_value(self.here - 1)
    }

    /// The tokens of the current item, back from the place: those outside of inner brackets, up to a comma, an assignment
    /// or the bracket around it.
    fn item(&self) -> Vec<usize> {
        let mut depth = 0;
        let mut out = Vec::new();
        for index in (0..self.here).rev() {
            match (self.tokens[index].kind, depth) {
                (TokenKind::Close, _) => depth += 1,
                (TokenKind::Open, 0) => break,
                (TokenKind::Open, _) => depth -= 1,
                (TokenKind::Sign, 0) if matches!(self.word(index), "," | "=" | ";") => break,
                (_, 0) => out.push(index),
                _ => {}
            }
        }
        out
    }

    /// What stands at the place, for a message.
    fn found(&self) -> String {
        match self.here() {
            None => "the end of the line".to_string(),
            Some(token) if token.kind == TokenKind::Str => "a string".to_string(),
            Some(token) => {
                let text = self.text(token);
                if text.len() > 40 { "this".to_string() } else { format!("`{text}`") }
            }
        }
    }

    fn error(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(&codes::UNEXPECTED, span, message)
    }
}
