//! The parser that pest derives from `grammar/template.pest`. Pest's types stay in this file, `mustache.rs` and `reference.rs`.

#![allow(unreachable_pub, reason = "generated")]

use std::ops::Range;

use pest::iterators::Pair;
use pest_derive::Parser;

/// Parses templates and references.
#[derive(Parser)]
#[grammar = "../grammar/template.pest"]
pub(super) struct TemplateParser;

/// A match of a rule.
pub(super) type Token<'t> = Pair<'t, Rule>;

/// Where a match is in the text.
pub(super) fn range(token: &Token<'_>) -> Range<usize> {
    let span = token.as_span();
    span.start()..span.end()
}
