//! Signs of other languages, and `=` where nothing is assigned.

use super::{Repair, Site, TokenKind};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::syntax::words::shown;

/// Signs that other languages have, and what this one writes.
const FOREIGN: &[(&str, &str)] =
    &[("&&", "and"), ("||", "or"), ("!", "not "), ("===", "=="), ("!==", "!="), ("=>", ">="), ("=<", "<=")];

fn foreign(site: &Site<'_>, message: String) -> Diagnostic {
    Diagnostic::error(&codes::FOREIGN_OPERATOR, site.place(), message)
}

/// `&&`, `||`, `!`, `?`, `$` and the like.
pub(super) fn foreign_sign(site: &Site<'_>) -> Option<Diagnostic> {
    let sign = site.here_text();
    if sign == "=>" && site.bracket() == "{" {
        return Some(
            foreign(site, "the key and the value of a dict are separated by `:`".to_string())
                .here("`:` is expected here")
                .suggest(site.place(), ":", "write `:`"),
        );
    }
    if let Some((_, meant)) = FOREIGN.iter().find(|(f, _)| *f == sign) {
        let word = meant.trim_end();
        return Some(
            foreign(site, format!("`{sign}` is not an operator of the language"))
                .here(format!("this is written `{word}`"))
                .suggest(site.place(), *meant, format!("write `{word}`")),
        );
    }
    match sign {
        "?" => Some(
            foreign(site, "`?` is not an operator of the language".to_string())
                .here("no meaning here")
                .help("a choice is written: value if condition else other_value"),
        ),
        "$" => Some(
            site.error(site.place(), "`$` has a meaning only inside strings")
                .here("outside of a string")
                .help("names are written without `$`; commands for the shell are strings"),
        ),
        "@" => Some(
            foreign(site, "`@` is not an operator of the language".to_string())
                .here("no meaning here")
                .help("a text with @ is written in quotes"),
        ),
        ":=" if site.open.is_empty() && site.before_ends_value() => Some(
            site.error(site.place(), "a statement assigns with `=`")
                .here("`:=` only stands inside of expressions in brackets")
                .suggest(site.place(), "=", "write `=`"),
        ),
        _ => None,
    }
}

/// `x++`
pub(super) fn increment(site: &Site<'_>) -> Option<Diagnostic> {
    let sign = site.before_text();
    if !matches!(sign, "++" | "--") || site.begins_value(site.here) {
        return None;
    }
    let span = site.span(site.before()?);
    let meant = if sign == "++" { " += 1" } else { " -= 1" };
    Some(
        Diagnostic::error(
            &codes::FOREIGN_OPERATOR,
            span,
            format!("`{sign}` is not an operator of the language"),
        )
        .here(format!("this is written `{}`", meant.trim_start()))
        .suggest(span, meant, format!("write `{}`", meant.trim_start())),
    )
}

/// `// a comment` and `/* a comment */`
pub(super) fn comment(site: &Site<'_>) -> Option<Diagnostic> {
    let line = site.line;
    let begins = line.starts_with("//") || line.starts_with("/*");
    if begins && site.at <= 2 {
        let span = site.span_between(0, 2);
        return Some(
            site.error(span, "comments begin with `#`").here("not a comment in this language").suggest(
                span,
                "#",
                "write `#`",
            ),
        );
    }
    None
}

/// `=` in a condition, or anywhere else in an expression.
pub(super) fn single_equals(site: &Site<'_>) -> Option<(Diagnostic, Option<Repair>)> {
    let before = site.before()?;
    if site.here_text() != "=" || !site.before_ends_value() {
        return None;
    }
    if site.bracket() == "{" && !site.item().iter().any(|i| site.word(*i) == ":") {
        let found = site
            .error(site.place(), "the key and the value of a dict are separated by `:`")
            .here("`:` is expected here")
            .suggest(site.place(), ":", "write `:`");
        let found = if before.kind == TokenKind::Word {
            found.help(format!(
                "the key is then a text: '{}'; or write dict({}=...)",
                shown(site.text(before)),
                shown(site.text(before))
            ))
        } else {
            found
        };
        return Some((found, Some(Repair { at: site.here()?.start, text: ":" })));
    }
    let here = site.here()?;
    let place = match site.first() {
        "if" | "elif" | "while" => "a condition",
        "assert" => "an assertion",
        "return" => "a returned value",
        _ => "an expression",
    };
    let found = Diagnostic::error(
        &codes::ASSIGNMENT_IN_CONDITION,
        site.span(here),
        format!("`=` assigns, and cannot be used in {place}"),
    )
    .here("did you mean `==`?")
    .suggest(site.span(here), "==", "compare with `==`");
    let bytes = site.line.as_bytes();
    let repair = if bytes.get(here.end) == Some(&b' ') {
        Some(Repair { at: here.start, text: "==" })
    } else if here.start > 0 && bytes[here.start - 1] == b' ' {
        Some(Repair { at: here.start - 1, text: "==" })
    } else {
        None
    };
    Some((found, repair))
}
