//! String literals: prefixes, quotes, and adjacent literals joined.

use std::sync::Arc;

use super::text::{Prefix, TextBuilder};
use super::{Lower, Token, Tokens};
use crate::syntax::ast::{Expr, ExprKind, FPart};
use crate::syntax::grammar::Rule;

impl<'t> Lower<'t> {
    /// One or more adjacent literals.
    pub(super) fn strings(&mut self, first: Token<'t>, tokens: &mut Tokens<'t>) -> Expr {
        let mut span = self.span(&first);
        let mut parts: Vec<FPart> = Vec::new();
        let mut builder = TextBuilder::new(self.file);
        let mut formatted = self.string_or_fstring(first, &mut builder, &mut parts);
        while let Some(next) = tokens.next_if(|t| matches!(t.as_rule(), Rule::string | Rule::fstring)) {
            span = span.to(self.span(&next));
            formatted |= self.string_or_fstring(next, &mut builder, &mut parts);
        }
        if !formatted {
            return Expr { kind: ExprKind::Str(Arc::new(builder.finish())), span };
        }
        builder.finish_into(&mut parts);
        Expr { kind: ExprKind::FString(parts), span }
    }

    /// Adds a literal; true if it is an f-string.
    fn string_or_fstring(
        &mut self,
        token: Token<'t>,
        builder: &mut TextBuilder,
        parts: &mut Vec<FPart>,
    ) -> bool {
        let formatted = token.as_rule() == Rule::fstring;
        if formatted {
            self.fstring(token, builder, parts);
        } else {
            self.string(&token, builder);
        }
        formatted
    }

    /// A literal without fields.
    fn string(&mut self, token: &Token<'t>, builder: &mut TextBuilder) {
        let written = token.as_str();
        let bytes = written.as_bytes();
        let start = self.span(token).start as usize;
        let prefix = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let quote = bytes.get(prefix).copied().unwrap_or(b'\'');
        let long = bytes.len() >= prefix + 6 && bytes[prefix..prefix + 3] == [quote; 3];
        let quotes = if long { 3 } else { 1 };
        let body = written.get(prefix + quotes..written.len() - quotes).unwrap_or("");
        let has = |letter: u8| bytes[..prefix].iter().any(|b| b.eq_ignore_ascii_case(&letter));
        let unicode = has(b'u') || (self.unicode_literals && !has(b'b'));
        builder.unicode |= unicode;
        let mode = Prefix { raw: has(b'r'), unicode, unicode_raw: has(b'u') && has(b'r') };
        self.decode(body, start + prefix + quotes, mode, builder);
    }
}
