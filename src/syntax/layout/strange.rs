//! Wordings for what the scan finds: open strings and brackets, and characters that do not belong.

use super::frames::{Frame, FrameKind, Quote, closer};
use super::{MAX_CHAIN, continues_name, starts_name};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::budget::TOO_LARGE;
use crate::diagnostics::codes::syntax as codes;
use crate::source::{FileId, Span};
use crate::syntax::words::shown;

fn open_text(text: &str, at: Span) -> &str {
    text.get(at.start as usize..at.end as usize).unwrap_or("(")
}

/// A NUL byte anywhere.
#[cold]
pub(super) fn nul(span: Span) -> Diagnostic {
    Diagnostic::error(&codes::CONTROL_CHARACTER, span, "the file contains a NUL character")
        .here("NUL (byte 0)")
        .note("text files have none: the file may be damaged, or saved as UTF-16")
        .help("save the file as UTF-8 text")
}

/// A control character outside of strings and comments.
#[cold]
pub(super) fn control(span: Span, byte: u8) -> Diagnostic {
    Diagnostic::error(
        &codes::CONTROL_CHARACTER,
        span,
        format!("the control character U+{byte:04X} does not belong here"),
    )
    .here("an invisible control character")
    .suggest(span, "", "remove the character")
}

/// A backslash that is not at the end of its line.
#[cold]
pub(super) fn stray_backslash(span: Span, text: &str, at: usize) -> Diagnostic {
    let rest = text[at + 1..].split(['\n', '\r']).next().unwrap_or("");
    let diagnostic = Diagnostic::error(
        &codes::STRAY_BACKSLASH,
        span,
        "a backslash continues a line only as the line's last character",
    );
    if rest.trim().is_empty() && !rest.is_empty() {
        let blanks = Span { start: span.end, end: span.end + rest.len() as u32, ..span };
        return diagnostic.here("blanks follow it").suggest(
            blanks,
            "",
            "remove the blanks behind the backslash",
        );
    }
    if rest.is_empty() {
        return diagnostic.here("the file ends here, and no line follows").suggest(
            span,
            "",
            "remove the backslash",
        );
    }
    diagnostic.here("something follows it on the same line").help(
        "remove the backslash, or break the line right behind it; inside brackets no backslash is needed",
    )
}

/// A string whose closing quote is missing.
#[cold]
pub(super) fn unterminated(file: FileId, text: &str, start: usize, end: usize, quote: Quote) -> Diagnostic {
    let written = quote.text();
    let opening = text[start..].find(quote.byte as char).map_or(start, |o| start + o) + quote.len();
    let opener = Span::new(file, start, opening.min(text.len()));
    if quote.long {
        return Diagnostic::error(
            &codes::UNTERMINATED_STRING,
            opener,
            format!("this `{written}` string is never closed"),
        )
        .here("opened here, and open until the end of the file")
        .help(format!("add `{written}` where the text ends"));
    }
    let span = Span::new(file, start, end);
    let body = text[start..end].trim_end().trim_end_matches([',', ')', ']', '}']).trim_end();
    let place = Span::new(file, start + body.len(), start + body.len());
    let diagnostic =
        Diagnostic::error(&codes::UNTERMINATED_STRING, span, "this string is not closed on its line");
    let before = text.as_bytes().get(start.wrapping_sub(1)).copied().unwrap_or(b' ');
    if start > 0 && continues_name(before) || body.len() <= opening - start {
        return diagnostic
            .here(format!("this `{written}` opens a string that the line does not close"))
            .help(format!(
                "if a `{written}` inside the text ended the string early, write `\\{written}` there, or quote the text with `{}`",
                if quote.byte == b'"' { "'" } else { "\"" }
            ));
    }
    diagnostic
        .here(format!("no closing `{written}` before the end of the line"))
        .suggest(place, written, format!("close the string with `{written}`"))
        .help("text over several lines goes in triple quotes: \"\"\"...\"\"\"")
}

/// The field of an f-string that is still open where the string had to end.
#[cold]
pub(super) fn unclosed_field(span: Span) -> Diagnostic {
    Diagnostic::error(
        &codes::BAD_FSTRING,
        span,
        "this `{` opens a field of the f-string that is never closed",
    )
    .here("no `}` closes it")
    .help("close the field with `}`; for the character itself write `{{`")
    .suggest(span, "{{", "write `{{` for the character")
}

/// A closing bracket of the wrong kind.
#[cold]
pub(super) fn mismatched(text: &str, opener: Span, found: Span, byte: u8) -> Diagnostic {
    let open = open_text(text, opener);
    let wanted = closer(open.as_bytes().first().copied().unwrap_or(b'(')) as char;
    Diagnostic::error(
        &codes::MISMATCHED_BRACKET,
        found,
        format!("`{}` does not close the `{open}` that was opened last", byte as char),
    )
    .here(format!("`{wanted}` was expected before this"))
    .label(opener, format!("this `{open}` is still open"))
}

/// A closing bracket without an opening one.
#[cold]
pub(super) fn stray_closer(span: Span, byte: u8) -> Diagnostic {
    Diagnostic::error(
        &codes::MISMATCHED_BRACKET,
        span,
        format!("this `{}` closes nothing: no bracket is open here", byte as char),
    )
    .here("one too many")
    .suggest(span, "", "remove it, or open its bracket earlier")
}

/// A bracket that is never closed. `resume` is where the next statement seems to begin.
#[cold]
pub(super) fn never_closed(
    file: FileId,
    text: &str,
    frame: Option<Frame>,
    resume: Option<usize>,
) -> Diagnostic {
    let at = frame.map_or(text.len(), |f| f.at);
    let span = Span::new(file, at, at + 1);
    let open = match frame.map(|f| f.kind) {
        Some(FrameKind::Bracket(open)) => open,
        _ => return unclosed_field(span),
    };
    let close = closer(open) as char;
    let diagnostic =
        Diagnostic::error(&codes::UNCLOSED_BRACKET, span, format!("this `{}` is never closed", open as char))
            .here(format!("no `{close}` belongs to it"));
    let Some(resume) = resume else { return diagnostic.help(format!("add `{close}` where it ends")) };
    let word = text[resume..].bytes().take_while(|b| continues_name(*b)).count();
    diagnostic
        .label(Span::new(file, resume, resume + word), "it should be closed before this new statement")
        .help(format!("add `{close}` before that line"))
}

/// Characters that look like ones of the language, and what is meant.
const LOOKALIKES: &[(&str, &str, &str)] = &[
    ("\u{2018}\u{2019}\u{201a}\u{201b}\u{2032}\u{ff07}\u{b4}", "'", "a typographic quote"),
    ("\u{201c}\u{201d}\u{201e}\u{201f}\u{2033}\u{ff02}\u{ab}\u{bb}", "\"", "a typographic quote"),
    (
        "\u{a0}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{202f}\u{205f}\u{3000}\u{1680}",
        " ",
        "a blank that is not the ordinary one",
    ),
    (
        "\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{feff}\u{ad}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}",
        "",
        "an invisible character",
    ),
    ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}\u{ff0d}", "-", "a dash that is not the minus sign"),
    ("\u{d7}\u{2217}\u{ff0a}", "*", "a multiplication sign"),
    ("\u{f7}\u{2215}", "/", "a division sign"),
    ("\u{2260}", "!=", "a mathematical sign"),
    ("\u{2264}", "<=", "a mathematical sign"),
    ("\u{2265}", ">=", "a mathematical sign"),
    ("\u{2026}", "...", "an ellipsis character"),
    ("\u{ff08}", "(", "a full-width bracket"),
    ("\u{ff09}", ")", "a full-width bracket"),
    ("\u{ff0c}", ",", "a full-width comma"),
    ("\u{ff1a}", ":", "a full-width colon"),
    ("\u{ff1d}", "=", "a full-width equals sign"),
    ("\u{2028}\u{2029}\u{85}", "\n", "a line separator that is not a line end here"),
];

/// A word with a character beyond ASCII, outside of strings and comments.
#[cold]
pub(super) fn not_ascii(file: FileId, text: &str, at: usize, len: usize) -> Diagnostic {
    let word = &text[at..at + len];
    let lookalike = word.char_indices().find_map(|(i, c)| {
        LOOKALIKES.iter().find(|(chars, ..)| chars.contains(c)).map(|row| (i, c, row.1, row.2))
    });
    if let Some((offset, found, meant, kind)) = lookalike {
        return strange_character(file, text, at + offset, found, meant, kind);
    }
    let first = word.chars().find(|c| !c.is_ascii()).unwrap_or('?');
    let span = Span::new(file, at, at + len);
    if !first.is_alphabetic() {
        let place = at + word.find(first).unwrap_or(0);
        let span = Span::new(file, place, place + first.len_utf8());
        let shown = if first.is_control() { String::new() } else { format!("`{first}`, ") };
        return Diagnostic::error(
            &codes::STRANGE_CHARACTER,
            span,
            format!("the character {shown}U+{:04X} does not belong here", first as u32),
        )
        .here("outside of a string, only ASCII characters have a meaning");
    }
    Diagnostic::error(
        &codes::UNICODE_NAME,
        span,
        format!("the name `{}` has letters beyond ASCII", shown(word)),
    )
    .here(format!("`{first}` (U+{:04X})", first as u32))
    .note("names are made of a-z, A-Z, 0-9 and _; in strings and comments any text is fine")
    .help("write the name in ASCII letters, or put the text in quotes")
}

/// How many characters are searched for the same slip.
const MAX_SEARCH: usize = 200;

fn strange_character(
    file: FileId,
    text: &str,
    at: usize,
    found: char,
    meant: &str,
    kind: &str,
) -> Diagnostic {
    let span = Span::new(file, at, at + found.len_utf8());
    let message = format!("{kind} (U+{:04X}) does not belong here", found as u32);
    let mend = match meant {
        "" => "remove the character".to_string(),
        " " => "use an ordinary blank".to_string(),
        "\n" => "use an ordinary line end".to_string(),
        other => format!("write {other} instead"),
    };
    let mut diagnostic = Diagnostic::error(&codes::STRANGE_CHARACTER, span, message)
        .here(format!("this is U+{:04X}", found as u32))
        .suggest(span, meant, mend.clone());
    // The same slip tends to sit elsewhere on the line, too: closing quotes, for one.
    let line_end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    let rest = at + found.len_utf8();
    for (offset, other) in text[rest..line_end].char_indices().take(MAX_SEARCH) {
        if let Some(row) =
            LOOKALIKES.iter().find(|(chars, ..)| chars.contains(other)).filter(|r| r.1 == meant)
        {
            let start = rest + offset;
            diagnostic =
                diagnostic.suggest(Span::new(file, start, start + other.len_utf8()), row.1, mend.clone());
        }
    }
    diagnostic
}

/// Length of the word at `at`, for underlining it; at least 1.
pub(in crate::syntax) fn word_len(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes().get(at..).unwrap_or(&[]);
    match bytes.first() {
        Some(b) if starts_name(*b) => bytes.iter().take_while(|b| continues_name(**b)).count(),
        Some(_) => 1,
        None => 0,
    }
}

/// Nesting is over the budget.
pub(super) fn nesting_too_deep(span: Span, limit: usize) -> Diagnostic {
    Diagnostic::error(&codes::NESTING_TOO_DEEP, span, format!("this nests more than {limit} levels deep"))
        .here(format!("level {} begins here", limit + 1))
        .note("brackets, blocks, `lambda`, `else` and prefix operators each count as a level")
        .help("give the inner parts names of their own, and put the names together")
}

/// A chain of operators or calls is too long.
pub(super) fn chain_too_long(span: Span) -> Diagnostic {
    let message = format!("this chain of operators or calls has more than {MAX_CHAIN} links");
    Diagnostic::error(&codes::NESTING_TOO_DEEP, span, message)
        .here("too long here")
        .help("build the value in steps, or join a list: ''.join([...])")
}

/// The text has too many words and signs.
pub(super) fn too_many_tokens(span: Span, limit: usize) -> Diagnostic {
    let message = format!("the file has more than {limit} words and signs");
    Diagnostic::error(&TOO_LARGE, span, message)
        .help("split it into files, or make in loops what repeats itself")
}

/// The markers of a merge conflict.
#[cold]
pub(super) fn merge_conflict(span: Span) -> Diagnostic {
    Diagnostic::error(&codes::MERGE_CONFLICT, span, "this file has a merge conflict that is not resolved")
        .here("the first version begins here")
        .help("keep one version, and remove the lines of markers: `<<<<<<<`, `=======`, `>>>>>>>`")
}
