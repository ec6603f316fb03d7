//! Missing values, and what is said when nothing better is known.

use super::{Site, TokenKind};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::syntax::words::{is_reserved, shown};

/// A field of an f-string that cannot be read.
pub(super) fn in_fstring(site: &Site<'_>) -> Option<Diagnostic> {
    let here = site.here()?;
    if here.kind != TokenKind::Str || here.start >= site.at {
        return None;
    }
    let bytes = site.line.as_bytes();
    let open = site.line.get(here.start..site.at)?.rfind('{').map(|o| here.start + o)?;
    let behind_open = site.line.get(open + 1..site.at)?.trim();
    let found = bytes.get(site.at).copied().unwrap_or(b' ');
    let end = site.line[site.at..].chars().next().map_or(site.at, |c| site.at + c.len_utf8());
    let span = site.span_between(site.at, end);
    let opener = site.span_between(open, open + 1);
    let diagnostic = if found == b'}' && behind_open.is_empty() {
        Diagnostic::error(&codes::BAD_FSTRING, opener.to(span), "this field of the f-string is empty")
            .here("a value is expected between the braces")
            .help("for the characters themselves write `{{` and `}}`")
    } else {
        let found = site.line[site.at..end].to_string();
        Diagnostic::error(
            &codes::BAD_FSTRING,
            span,
            format!("`{found}` is not expected in this field of the f-string"),
        )
        .here("not part of a value")
        .label(opener, "the field begins here")
        .help("for a `{` that is no field write `{{`, and `}}` for `}`")
    };
    Some(diagnostic)
}

/// What may have been meant by an end of the line or a closing bracket where a value should be.
pub(super) fn missing_value(site: &Site<'_>) -> Option<Diagnostic> {
    if site.before_ends_value() || site.begins_value(site.here) {
        return None;
    }
    let Some(before) = site.before() else {
        return Some(
            site.error(site.place(), format!("a statement cannot begin with {}", site.found()))
                .here("a name or a value is expected here"),
        );
    };
    let found = site.found();
    let behind = shown(site.text(before));
    let message = format!("a value is expected behind `{behind}`, not {found}");
    if site.here().is_none() {
        return Some(
            site.error(site.span(before), format!("a value is expected behind `{behind}`"))
                .here("the line ends here"),
        );
    }
    let diagnostic = site.error(site.place(), message).label(site.span(before), "a value must follow this");
    if is_reserved(site.here_text()) {
        return Some(diagnostic.here("a reserved word, which begins no value"));
    }
    Some(diagnostic.here("not a value"))
}

/// A reserved word where a value should begin.
pub(super) fn reserved_value(site: &Site<'_>) -> Option<Diagnostic> {
    let index = site.here.checked_sub(1).filter(|i| *i > 0)?;
    let word = site.word(index);
    let may_precede = matches!(word, "not" | "lambda" | "for" | "import") || site.ends_value(index - 1);
    let follows_statement_word =
        is_reserved(site.word(index - 1)) || matches!(site.word(index - 1), ";" | ":");
    if !is_reserved(word) || may_precede || follows_statement_word || !site.begins_value(site.here) {
        return None;
    }
    let message = format!("a value is expected here, and `{word}` begins none");
    Some(
        Diagnostic::error(&codes::RESERVED_WORD, site.span(site.tokens[index]), message)
            .here("a reserved word")
            .label(site.span(site.tokens[index - 1]), "a value must follow this"),
    )
}

/// A dot without a name after it, or a parameter that is none.
pub(super) fn missing_name(site: &Site<'_>) -> Option<Diagnostic> {
    let before = site.before()?;
    let behind = site.text(before);
    if behind == "." {
        return Some(
            site.error(site.place(), format!("a name is expected behind the dot, not {}", site.found()))
                .here("not a name")
                .label(site.span(before), "the dot"),
        );
    }
    if matches!(behind, "class" | "def" | "global" | "nonlocal" | "as") {
        return Some(
            site.error(site.place(), format!("a name is expected behind `{behind}`, not {}", site.found()))
                .here("not a name"),
        );
    }
    let in_parameters = site.first() == "def" && site.open.len() == 1 && site.open.first() == Some(&2);
    if in_parameters && matches!(behind, "(" | "," | "*" | "**") {
        return Some(
            Diagnostic::error(
                &codes::BAD_PARAMETERS,
                site.place(),
                format!("the name of a parameter is expected here, not {}", site.found()),
            )
            .here("not a name"),
        );
    }
    None
}

/// Two values side by side outside of brackets.
pub(super) fn side_by_side(site: &Site<'_>) -> Option<Diagnostic> {
    if !site.before_ends_value() || !site.begins_value(site.here) {
        return None;
    }
    let before = site.before()?;
    let diagnostic = site
        .error(site.place(), format!("{} is not expected here", site.found()))
        .here("an operator or the end of the line is expected before this")
        .label(site.span(before), "behind this");
    if site.word(site.here + 1) == "=" {
        return Some(diagnostic.help("two statements go on two lines"));
    }
    Some(diagnostic)
}

/// Nothing better is known.
pub(super) fn unexpected(site: &Site<'_>) -> Diagnostic {
    let found = site.found();
    let diagnostic = site.error(site.place(), format!("{found} is not expected here"));
    let Some(before) = site.before() else {
        return diagnostic.here("a statement is expected");
    };
    if site.here().is_none() {
        return site
            .error(site.span(before), "the line ends too early")
            .here("something is missing behind this");
    }
    let expected = match (site.before_ends_value(), site.open.is_empty()) {
        (true, true) => "an operator or the end of the line is expected",
        (true, false) => "an operator, a comma or the closing bracket is expected",
        (false, _) => "a value is expected",
    };
    diagnostic.here(expected)
}
