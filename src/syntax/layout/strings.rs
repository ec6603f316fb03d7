//! Strings as the scan sees them: where they end, and what is wrong when they do not.

use memchr::memchr2;

use super::frames::Quote;

/// How a scan over a string's text ended.
pub(super) enum StringEnd {
    /// After the closing quote.
    Closed(usize),
    /// At a line end or the end of the text.
    Open(usize),
}

/// Scans a string without fields, from after its opening quote.
pub(super) fn scan_plain(bytes: &[u8], mut at: usize, quote: Quote) -> StringEnd {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += escape_len(bytes, at),
            // The strings that are worth a jump are long.
            b if *b != quote.byte && quote.long => {
                at += memchr2(b'\\', quote.byte, &bytes[at..]).unwrap_or(bytes.len() - at);
            }
            b'\n' | b'\r' if !quote.long => return StringEnd::Open(at),
            b if *b == quote.byte && quote.is_at(bytes, at) => return StringEnd::Closed(at + quote.len()),
            _ => at += 1,
        }
    }
    StringEnd::Open(bytes.len())
}

/// Length of a backslash and what it applies to: one character, or a line end.
fn escape_len(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at + 1), bytes.get(at + 2)) {
        (Some(b'\r'), Some(b'\n')) => 3,
        (Some(_), _) => 2,
        (None, _) => 1,
    }
}

/// What ended a piece of f-string text.
pub(super) enum FTextEnd {
    /// The closing quote begins here.
    Quote(usize),
    /// A field opens here.
    Open(usize),
    /// A single `}` is here.
    Close(usize),
    /// A line end or the end of the text is here, and the string is not closed.
    Unclosed(usize),
}

/// Scans the text of an f-string, or of a format specification, up to what ends it.
pub(super) fn scan_ftext(bytes: &[u8], mut at: usize, quote: Quote, spec: bool) -> FTextEnd {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if bytes[at..].starts_with(b"\\N{") => at = behind_named(bytes, at),
            b'\\' if matches!(bytes.get(at + 1), Some(b'{' | b'}')) => at += 1,
            b'\\' => at += escape_len(bytes, at),
            b'\n' | b'\r' if !quote.long => return FTextEnd::Unclosed(at),
            b'{' if !spec && bytes.get(at + 1) == Some(&b'{') => at += 2,
            b'}' if !spec && bytes.get(at + 1) == Some(&b'}') => at += 2,
            b'{' => return FTextEnd::Open(at),
            b'}' => return FTextEnd::Close(at),
            b if *b == quote.byte && quote.is_at(bytes, at) => return FTextEnd::Quote(at),
            _ => at += 1,
        }
    }
    FTextEnd::Unclosed(bytes.len())
}

/// Offset after `\N{…}`; after the `\N` if it has no end that could belong to it.
fn behind_named(bytes: &[u8], at: usize) -> usize {
    let body = at + 3;
    let len = bytes[body..].iter().take_while(|b| b.is_ascii_alphanumeric() || b" -".contains(b)).count();
    if bytes.get(body + len) == Some(&b'}') { body + len + 1 } else { at + 2 }
}

/// Whether a word directly in front of a quote is a string prefix, and if so whether it makes an f-string.
pub(super) fn prefix(word: &str) -> Option<bool> {
    let mut lower = [0; 2];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"r" | b"u" | b"b" | b"ur" | b"br" | b"rb" => Some(false),
        b"f" | b"fr" | b"rf" => Some(true),
        _ => None,
    }
}
