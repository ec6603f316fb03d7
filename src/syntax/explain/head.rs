//! Slips in the head of a block.

use super::{Site, TokenKind};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;

/// Words that begin the head of a block.
const HEADS: &[&str] =
    &["if", "for", "def", "else", "elif", "class", "while", "with", "try", "except", "finally"];

fn in_head(site: &Site<'_>) -> bool {
    HEADS.contains(&site.first()) && site.open.is_empty()
}

/// `else if`
pub(super) fn else_if(site: &Site<'_>) -> Option<Diagnostic> {
    if site.first() != "else" || site.word(1) != "if" {
        return None;
    }
    let span = site.span(site.tokens[0]).to(site.span(site.tokens[1]));
    Some(site.error(span, "`else if` is written `elif`").here("one word here").suggest(
        span,
        "elif",
        "write `elif`",
    ))
}

/// `for x range(3):`
pub(super) fn missing_in(site: &Site<'_>) -> Option<Diagnostic> {
    let has_in = (1..site.here).any(|i| site.word(i) == "in");
    if site.first() != "for" || !site.open.is_empty() || has_in || site.here < 2 {
        return None;
    }
    let diagnostic = site.error(site.place(), format!("`in` is expected here, not {}", site.found()));
    let diagnostic = diagnostic.here("`for name in values:`");
    match (site.before(), site.here_text()) {
        (Some(before), "=" | ":=" | "of") => Some(
            diagnostic
                .suggest(site.place(), "in", "write `in`")
                .label(site.span(before), "the loop's variable"),
        ),
        (Some(before), text) if !text.is_empty() && text != ":" => {
            Some(diagnostic.suggest(site.behind(before), " in", "insert `in`"))
        }
        _ => Some(diagnostic),
    }
}

/// `def f:`
pub(super) fn missing_bracket(site: &Site<'_>) -> Option<Diagnostic> {
    if site.first() != "def" || site.here > 2 || !site.open.is_empty() {
        return None;
    }
    if site.here < 2 {
        return Some(
            site.error(
                site.place(),
                format!("the name of a function is expected behind `def`, not {}", site.found()),
            )
            .here("not a name"),
        );
    }
    let before = site.before()?;
    Some(
        site.error(site.place(), "the parameters of a function go in brackets, even if there are none")
            .here("`(` is expected before this")
            .suggest(site.behind(before), "()", "insert `()`"),
    )
}

/// `if x` without its colon.
pub(super) fn missing_colon(site: &Site<'_>) -> Option<Diagnostic> {
    if !in_head(site) || has_colon(site) {
        return None;
    }
    let before = site.before()?;
    let alone = site.here == 1 && matches!(site.first(), "else" | "try" | "finally" | "except");
    if !(alone || site.here > 1 && site.before_ends_value()) {
        return None;
    }
    let diagnostic = |span| {
        Diagnostic::error(
            &codes::MISSING_COLON,
            span,
            format!("`:` is missing at the end of this `{}`", site.first()),
        )
    };
    match site.here_text() {
        "" => Some(diagnostic(site.span(before)).here("`:` is expected behind this").suggest(
            site.behind(before),
            ":",
            "insert `:`",
        )),
        word @ ("then" | "do") => {
            Some(diagnostic(site.place()).here(format!("`:` is written instead of `{word}`")).suggest(
                site.place(),
                ":",
                "write `:`",
            ))
        }
        "{" => Some(
            diagnostic(site.place())
                .here("blocks have no braces")
                .help("end the line with `:` and indent the lines of the block"),
        ),
        "=" | ":=" => None,
        _ if site.begins_value(site.here) || site.here().is_some_and(|p| p.kind == TokenKind::Word) => {
            Some(diagnostic(site.place()).here("`:` is expected before this").suggest(
                site.behind(before),
                ":",
                "insert `:`",
            ))
        }
        _ => None,
    }
}

/// Whether the head already has its colon.
fn has_colon(site: &Site<'_>) -> bool {
    let mut depth = 0;
    let mut lambdas = 0;
    for index in 0..site.here {
        match (site.tokens[index].kind, site.word(index)) {
            (TokenKind::Open, _) => depth += 1,
            (TokenKind::Close, _) => depth -= 1,
            (_, "lambda") if depth == 0 => lambdas += 1,
            (_, ":") if depth == 0 && lambdas == 0 => return true,
            (_, ":") if depth == 0 => lambdas -= 1,
            _ => {}
        }
    }
    false
}
