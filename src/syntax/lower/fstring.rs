//! f-strings.

use super::text::{Prefix, TextBuilder};
use super::{Lower, Token};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::syntax::ast::FPart;
use crate::syntax::grammar::Rule;
use crate::syntax::words::shown;

impl<'t> Lower<'t> {
    /// An f-string; text goes to `out`, which continues the literal before it, and fields to `parts`.
    pub(super) fn fstring(&mut self, token: Token<'t>, out: &mut TextBuilder, parts: &mut Vec<FPart>) {
        let mut raw = false;
        for inner in token.into_inner() {
            match inner.as_rule() {
                Rule::f_prefix => raw = inner.as_str().len() > 1,
                _ => self.f_piece(inner, raw, out, parts),
            }
        }
    }

    fn f_piece(&mut self, token: Token<'t>, raw: bool, out: &mut TextBuilder, parts: &mut Vec<FPart>) {
        let span = self.span(&token);
        match token.as_rule() {
            Rule::f_open => out.escaped('{', span.start as usize, span.end as usize),
            Rule::f_close => out.escaped('}', span.start as usize, span.end as usize),
            Rule::f_lone => self.report(
                Diagnostic::error(&codes::BAD_FSTRING, span, "a single `}` in an f-string closes nothing")
                    .here("no field is open")
                    .suggest(span, "}}", "write `}}` for the character"),
            ),
            Rule::field_short_single
            | Rule::field_short_double
            | Rule::field_long_single
            | Rule::field_long_double => self.field(token, raw, out, parts),
            _ => self.f_text(&token, raw, out),
        }
    }

    fn f_text(&mut self, token: &Token<'t>, raw: bool, out: &mut TextBuilder) {
        let span = self.span(token);
        if raw && token.as_str().contains("\\N{") {
            let message = "`\\N{...}` in a raw f-string is a field, not a character";
            self.report(
                Diagnostic::error(&codes::BAD_FSTRING, span, message)
                    .here("remove the r, or move the field into a string of its own"),
            );
        }
        self.decode(
            token.as_str(),
            span.start as usize,
            Prefix { raw, unicode: true, unicode_raw: false },
            out,
        );
    }

    /// `{value=!conversion:spec}`
    fn field(&mut self, token: Token<'t>, raw: bool, out: &mut TextBuilder, parts: &mut Vec<FPart>) {
        let whole = self.span(&token);
        let mut tokens = token.into_inner();
        let Some(first) = tokens.next() else {
            self.broken(whole);
            return;
        };
        let value = Box::new(self.exprs(first));
        let mut conversion = None;
        let mut spec = None;
        let mut echo = false;
        for token in tokens {
            match token.as_rule() {
                Rule::f_equals => {
                    // `{x=}` shows its own text, up to the value.
                    let start = whole.start as usize + 1;
                    let end = self.behind_blanks(self.span(&token).end as usize);
                    out.verbatim(self.text.get(start..end).unwrap_or(""), start);
                    echo = true;
                }
                Rule::f_conversion => conversion = self.f_conversion(token),
                _ => spec = Some(self.f_spec(token, raw)),
            }
        }
        if echo && conversion.is_none() && spec.is_none() {
            conversion = Some('r');
        }
        out.part(parts);
        parts.push(FPart::Field { value, conversion, spec: spec.unwrap_or_default() });
    }

    fn behind_blanks(&self, at: usize) -> usize {
        at + self.text[at..].bytes().take_while(|b| matches!(b, b' ' | b'\t')).count()
    }

    fn f_conversion(&mut self, token: Token<'t>) -> Option<char> {
        let span = self.span(&token);
        let name = token.into_inner().next().map_or("", |n| n.as_str());
        if matches!(name, "r" | "s" | "a") {
            return name.chars().next();
        }
        let message = format!("`!{}` is no conversion", shown(name));
        self.report(
            Diagnostic::error(&codes::BAD_FSTRING, span, message)
                .here("`!r`, `!s` or `!a` was expected")
                .help("a comparison is written `!=`"),
        );
        None
    }

    /// The format specification after the colon.
    fn f_spec(&mut self, token: Token<'t>, raw: bool) -> Vec<FPart> {
        let mut parts = Vec::new();
        let mut out = TextBuilder::new(self.file);
        for inner in token.into_inner() {
            self.f_piece(inner, raw, &mut out, &mut parts);
        }
        out.finish_into(&mut parts);
        parts
    }
}
