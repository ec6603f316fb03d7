//! Words: of other languages, of Python where job files differ, and reserved ones out of place.

use super::{Site, TokenKind};
use crate::diagnostics::Diagnostic;
use crate::syntax::lower::{not_in_the_language, reserved};
use crate::syntax::words::is_reserved;

/// Words that begin a statement in other languages, what is written here, and a few words on it.
const FOREIGN: &[(&str, &str, &str)] = &[
    ("elsif", "elif", "write `elif`"),
    ("elseif", "elif", "write `elif`"),
    ("function", "def", "functions are defined with `def`"),
    ("func", "def", "functions are defined with `def`"),
    ("fn", "def", "functions are defined with `def`"),
    ("foreach", "for", "write `for name in values:`"),
    ("let", "", "names need no declaration: remove it"),
    ("var", "", "names need no declaration: remove it"),
    ("const", "", "names need no declaration: remove it"),
    ("local", "", "names need no declaration: remove it"),
];

/// `let x = 1`, `function f()`, `elsif x:`
pub(super) fn foreign_word(site: &Site<'_>) -> Option<Diagnostic> {
    let (word, meant, mend) = FOREIGN.iter().find(|(w, ..)| *w == site.first())?;
    if site.here != 1 || site.here()?.kind == TokenKind::Sign {
        return None;
    }
    let first = site.tokens[0];
    let end = if meant.is_empty() { site.here()?.start } else { first.end };
    Some(site.error(site.span(first), format!("`{word}` is not a word of the language")).here(*mend).suggest(
        site.span_between(first.start, end),
        *meant,
        *mend,
    ))
}

/// `yield x`, `await x`, `async def`, `match x:`
pub(super) fn not_in_the_language_word(site: &Site<'_>) -> Option<Diagnostic> {
    let before = site.before()?;
    let span = site.span(before);
    let opens = site.tokens.last().is_some_and(|p| site.text(*p) == ":");
    match site.text(before) {
        "yield" => Some(not_in_the_language(
            span,
            "`yield` is not in the language",
            "build a list and return it, or use a comprehension",
        )),
        "await" => {
            Some(not_in_the_language(span, "`await` is not in the language", "call the function directly"))
        }
        "async" if matches!(site.here_text(), "def" | "for" | "with") => Some(not_in_the_language(
            span,
            "`async` is not in the language",
            "write the statement without `async`",
        )),
        "match" if site.here == 1 && opens => Some(not_in_the_language(
            span,
            "`match` is not in the language",
            "use if and elif, or look the value up in a dict",
        )),
        "switch" if site.here == 1 => Some(not_in_the_language(
            span,
            "`switch` is not in the language",
            "use if and elif, or look the value up in a dict",
        )),
        "except" if site.here_text() == "*" => Some(not_in_the_language(
            span,
            "`except*` is not in the language",
            "write `except` without the star",
        )),
        _ => None,
    }
}

/// `a if b` without `else`.
pub(super) fn conditional_without_else(site: &Site<'_>) -> Option<Diagnostic> {
    if !site.before_ends_value() || matches!(site.here_text(), "if" | "=") {
        return None;
    }
    let item = site.item();
    let test = *item.iter().find(|i| site.word(**i) == "if")?;
    let begins_statement = test == 0 || matches!(site.word(test - 1), "else" | ":" | ";");
    let behind = |word: &str| item.iter().any(|i| *i > test && site.word(*i) == word);
    let in_comprehension = item.iter().any(|i| *i < test && site.word(*i) == "for");
    if begins_statement || behind("else") || in_comprehension {
        return None;
    }
    let place = match site.here() {
        Some(here) if !matches!(here.kind, TokenKind::Close) => site.span(here),
        _ => site.span(site.before()?),
    };
    Some(
        site.error(place, "this conditional expression has no `else`")
            .here("`else` and a value are expected")
            .label(site.span(site.tokens[test]), "the condition")
            .help("write: value if condition else other_value"),
    )
}

/// `lambda x` without its colon.
pub(super) fn lambda_without_colon(site: &Site<'_>) -> Option<Diagnostic> {
    let mut depth = 0;
    for index in (0..site.here).rev() {
        match (site.tokens[index].kind, site.word(index)) {
            (TokenKind::Close, _) => depth += 1,
            (TokenKind::Open, _) if depth == 0 => return None,
            (TokenKind::Open, _) => depth -= 1,
            (_, ":" | ";") if depth == 0 => return None,
            (_, "lambda") if depth == 0 => {
                return Some(
                    site.error(
                        site.place(),
                        format!("`:` is expected behind the parameters of `lambda`, not {}", site.found()),
                    )
                    .here("`:` is expected before this")
                    .label(site.span(site.tokens[index]), "a `lambda` is written `lambda parameters: value`"),
                );
            }
            _ => {}
        }
    }
    None
}

/// `class = 5`
pub(super) fn reserved_name(site: &Site<'_>) -> Option<Diagnostic> {
    let first = site.first();
    if site.here != 1 || !is_reserved(first) || !matches!(site.here_text(), "=" | "." | "," | "+=" | ":=") {
        return None;
    }
    Some(reserved(first, site.span(site.tokens[0])))
}

/// `pass x`
pub(super) fn nothing_may_follow(site: &Site<'_>) -> Option<Diagnostic> {
    let before = site.before()?;
    let word = site.text(before);
    if !matches!(word, "pass" | "break" | "continue") || !site.open.is_empty() {
        return None;
    }
    Some(
        site.error(site.place(), format!("nothing can follow `{word}`"))
            .here("the end of the line is expected")
            .label(site.span(before), "complete by itself"),
    )
}

/// `from x`, `import 'x'`
pub(super) fn import(site: &Site<'_>) -> Option<Diagnostic> {
    let first = site.first();
    if !matches!(first, "from" | "import") {
        return None;
    }
    let has_import = (1..site.here).any(|i| site.word(i) == "import");
    let expected = match (first, site.before_text()) {
        ("from", word) if !has_import && word != "from" && word != "." => "`import`",
        (_, "import" | "," | "(" | "as") if has_import => "a name",
        (_, "from" | "import" | "." | "," | "as") => "the name of a module",
        _ => return None,
    };
    let diagnostic = site
        .error(site.place(), format!("{expected} is expected here, not {}", site.found()))
        .here(format!("{expected} is expected"));
    if site.here().is_some_and(|p| p.kind == TokenKind::Str) {
        return Some(diagnostic.help("another job file is read with include('path')"));
    }
    Some(diagnostic)
}

/// A statement's word in the middle of a line.
pub(super) fn statement_word(site: &Site<'_>) -> Option<Diagnostic> {
    let word = site.here_text();
    let is_statement = matches!(
        word,
        "return"
            | "import"
            | "from"
            | "def"
            | "class"
            | "pass"
            | "break"
            | "continue"
            | "raise"
            | "del"
            | "while"
            | "try"
            | "with"
            | "global"
            | "assert"
            | "except"
            | "finally"
    );
    if !is_statement || site.here == 0 {
        return None;
    }
    Some(
        site.error(site.place(), format!("`{word}` begins a statement, and cannot stand inside another one"))
            .here("begins a statement")
            .help("put it on a line of its own"),
    )
}
