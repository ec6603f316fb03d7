//! Slips in lists of things: commas, colons and semicolons, and pieces glued together.

use super::{Repair, Site, TokenKind};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::syntax::words::shown;

/// Two items next to each other inside brackets.
pub(super) fn missing_comma(site: &Site<'_>) -> Option<(Diagnostic, Option<Repair>)> {
    let (before, here) = (site.before()?, site.here()?);
    if site.open.is_empty() || !site.before_ends_value() || !site.begins_value(site.here) {
        return None;
    }
    if let Some(found) = missing_entry_colon(site) {
        return Some((found, None));
    }
    let what = if site.in_call() { "arguments" } else { "items" };
    let quoted =
        |text: &str| if text.len() > 30 || text.contains('\n') { None } else { Some(format!("`{text}`")) };
    let label = match quoted(site.text(before)) {
        Some(text) => format!("`,` is expected behind {text}"),
        None => "`,` is expected behind this".to_string(),
    };
    let diagnostic = Diagnostic::error(
        &codes::MISSING_COMMA,
        site.span(before),
        format!("a comma is missing between two {what}"),
    )
    .here(label)
    .label(site.span(here), "the next one begins here")
    .suggest(site.behind(before), ",", "insert `,`");
    let blank = site.line.as_bytes().get(before.end).is_some_and(u8::is_ascii_whitespace);
    Some((diagnostic, blank.then_some(Repair { at: before.end, text: "," })))
}

/// `{'a' 1}`
fn missing_entry_colon(site: &Site<'_>) -> Option<Diagnostic> {
    let opening = *site.open.last()?;
    if site.bracket() != "{" {
        return None;
    }
    let is_dict = (opening..site.tokens.len()).any(|i| site.word(i) == ":");
    let has_colon = site.item().iter().any(|i| site.word(*i) == ":");
    if !is_dict || has_colon {
        return None;
    }
    let before = site.before()?;
    Some(
        site.error(site.place(), "`:` is missing between the key and the value of a dict entry")
            .here("the value")
            .label(site.span(before), "the key")
            .suggest(site.behind(before), ":", "insert `:`"),
    )
}

/// `0x`, `1__0`
pub(super) fn bad_number(site: &Site<'_>) -> Option<Diagnostic> {
    let here = site.here().filter(|p| p.kind == TokenKind::Number)?;
    let text = site.text(here);
    let bare = matches!(text.to_ascii_lowercase().as_str(), "0x" | "0o" | "0b");
    if !bare && !text.ends_with('_') && !text.contains("__") && text.matches('.').count() < 2 {
        return None;
    }
    let message = format!("`{}` is not a number", shown(text));
    Some(
        Diagnostic::error(&codes::BAD_NUMBER, site.span(here), message)
            .here("begins like one")
            .help("numbers are written 12, 1_000, 1.5, 1e3, 0x1f, 0o17, 0b101"),
    )
}

/// `x'text'`
pub(super) fn bad_prefix(site: &Site<'_>) -> Option<Diagnostic> {
    let (here, next) = (site.here()?, *site.tokens.get(site.here + 1)?);
    if here.kind != TokenKind::Word || next.kind != TokenKind::Str || here.end != next.start {
        return None;
    }
    Some(
        site.error(site.span(here), format!("no string has the prefix `{}`", shown(site.text(here))))
            .here("the prefixes are r, u, b and f")
            .suggest(site.span(here), "", "remove it"),
    )
}

/// `12abc`, `'it's'`
pub(super) fn glued(site: &Site<'_>) -> Option<Diagnostic> {
    let (before, here) = (site.before()?, site.here()?);
    if before.end != here.start {
        return None;
    }
    let (left, right) = (site.text(before), site.text(here));
    let both = site.span(before).to(site.span(here));
    match (before.kind, here.kind) {
        (TokenKind::Number, TokenKind::Word | TokenKind::Number) => Some(
            Diagnostic::error(&codes::BAD_NUMBER, both, format!("`{}{}` is not a number", shown(left), shown(right)))
                .here("begins like one")
                .help("a text is written in quotes, and a name begins with a letter"),
        ),
        (TokenKind::Str, TokenKind::Word) => Some(
            site.error(site.span(here), "the string ends before this")
                .here("outside of the string")
                .label(site.span(before), "the string")
                .help("a quote inside a string needs a backslash, or the other kind of quotes around the string"),
        ),
        _ => None,
    }
}

/// `[a, b for …]`
pub(super) fn comprehension_of_tuple(site: &Site<'_>) -> Option<Diagnostic> {
    if site.here_text() != "for" || !site.before_ends_value() {
        return None;
    }
    let Some(opening) = site.open.last() else {
        return Some(
            site.error(site.place(), "a comprehension goes in brackets")
                .here("`for` is not expected here")
                .help("write [value for name in values], or a loop on lines of its own"),
        );
    };
    let start = site.tokens[*opening].end;
    let end = site.before()?.end;
    let span = site.span_between(start, end);
    Some(
        site.error(site.place(), "`for` is not expected behind several items")
            .here("the clause of a comprehension")
            .label(span, "a tuple needs brackets of its own here")
            .help("write (a, b) for ..."),
    )
}

/// A colon where none can be.
pub(super) fn colon(site: &Site<'_>) -> Option<Diagnostic> {
    if site.here_text() != ":" || !site.before_ends_value() {
        return None;
    }
    let before = site.before()?;
    if site.in_call() && before.kind == TokenKind::Word {
        return Some(
            site.error(site.place(), "arguments are passed with `=`, not `:`")
                .here("`=` is expected here")
                .suggest(site.place(), "=", "write `=`"),
        );
    }
    match site.bracket() {
        "[" | "(" => Some(
            site.error(site.place(), "`key: value` belongs in braces")
                .here("not in these brackets")
                .label(site.span(site.tokens[*site.open.last()?]), "a dict is written with `{` and `}`"),
        ),
        _ => None,
    }
}

/// A semicolon that ends nothing, or that stands for a comma.
pub(super) fn semicolon(site: &Site<'_>) -> Option<Diagnostic> {
    if site.here_text() != ";" {
        return None;
    }
    if !site.open.is_empty() {
        return Some(
            site.error(site.place(), "items are separated by commas, not semicolons")
                .here("`,` is expected here")
                .suggest(site.place(), ",", "write `,`"),
        );
    }
    if site.here == 0 || matches!(site.before_text(), ";" | ":") {
        return Some(
            site.error(site.place(), "there is no statement before this `;`").here("ends nothing").suggest(
                site.place(),
                "",
                "remove it",
            ),
        );
    }
    None
}

/// `a,,b` and `(, a)`
pub(super) fn doubled_comma(site: &Site<'_>) -> Option<Diagnostic> {
    if site.here_text() != "," {
        return None;
    }
    let before = site.before()?;
    let message = match (before.kind, site.text(before)) {
        (_, ",") => "nothing stands between these two commas",
        (TokenKind::Open, _) => "nothing stands before this comma",
        _ => return None,
    };
    let diagnostic = site.error(site.place(), message).here("one too many");
    Some(diagnostic.suggest(site.place(), "", "remove it"))
}

/// `include 'file'`
pub(super) fn call_without_brackets(site: &Site<'_>) -> Option<Diagnostic> {
    let (before, here) = (site.before()?, site.here()?);
    let is_argument = matches!(here.kind, TokenKind::Str | TokenKind::Number) || site.here == 1;
    if before.kind != TokenKind::Word || here.kind == TokenKind::Sign || !site.open.is_empty() || !is_argument
    {
        return None;
    }
    if !site.before_ends_value() || !site.begins_value(site.here) {
        return None;
    }
    let name = shown(site.text(before));
    let diagnostic = site
        .error(site.place(), format!("{} cannot follow `{name}` like this", site.found()))
        .here("an operator, brackets or the end of the line is expected before this");
    if matches!(here.kind, TokenKind::Str) {
        return Some(
            diagnostic
                .suggest(site.span_between(before.end, here.start), "(", "a call has brackets: open one")
                .suggest(site.behind(here), ")", "and close it"),
        );
    }
    Some(diagnostic)
}
