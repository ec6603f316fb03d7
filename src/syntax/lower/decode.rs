//! Escapes of string literals.

use memchr::memchr2;

use super::Lower;
use super::text::{Prefix, TextBuilder};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::lints::syntax::UNDECODED_ESCAPE;
use crate::source::Span;
use crate::syntax::words::shown;

impl<'t> Lower<'t> {
    /// Decodes the body of a literal that begins at `start`.
    pub(super) fn decode(&mut self, body: &str, start: usize, mode: Prefix, out: &mut TextBuilder) {
        let mut at = 0;
        let mut warned = false;
        while let Some(next) = memchr2(b'\\', b'\r', &body.as_bytes()[at..]) {
            let place = at + next;
            self.plain_text(&body[at..place], start + at, out);
            let rest = &body[place..];
            at = place
                + if rest.starts_with('\r') {
                    let len = if rest.starts_with("\r\n") { 2 } else { 1 };
                    self.lone_surrogate(out);
                    out.escaped('\n', start + place, start + place + len);
                    len
                } else if mode.raw {
                    self.raw_backslash(rest, start + place, mode, out)
                } else {
                    self.escape(rest, start + place, mode, &mut warned, out)
                };
        }
        self.plain_text(&body[at..], start + at, out);
        self.lone_surrogate(out);
    }

    fn plain_text(&mut self, text: &str, start: usize, out: &mut TextBuilder) {
        if !text.is_empty() {
            self.lone_surrogate(out);
            out.verbatim(text, start);
        }
    }

    /// A backslash of a raw literal: it stays, and so does what follows it.
    fn raw_backslash(&mut self, rest: &str, start: usize, mode: Prefix, out: &mut TextBuilder) -> usize {
        if mode.unicode_raw && matches!(rest.as_bytes().get(1), Some(b'u' | b'U')) {
            return self.unicode_escape(rest, start, out);
        }
        let len = match rest.chars().nth(1) {
            Some('\r') | None => 1,
            Some(c) => 1 + c.len_utf8(),
        };
        self.plain_text(&rest[..len], start, out);
        len
    }

    /// Decodes the escape at the beginning of `rest`; gives its length.
    fn escape(
        &mut self,
        rest: &str,
        start: usize,
        mode: Prefix,
        warned: &mut bool,
        out: &mut TextBuilder,
    ) -> usize {
        let letter = rest.as_bytes().get(1).copied().unwrap_or(0);
        if let Some(c) = simple_escape(letter) {
            self.lone_surrogate(out);
            out.escaped(c, start, start + 2);
            return 2;
        }
        match letter {
            b'\n' => 2,
            b'\r' => {
                if rest.as_bytes().get(2) == Some(&b'\n') {
                    3
                } else {
                    2
                }
            }
            b'0'..=b'7' => self.octal_escape(rest, start, mode, out),
            b'x' => self.hex_escape(rest, start, mode, out),
            b'u' | b'U' if mode.unicode => self.unicode_escape(rest, start, out),
            b'N' if mode.unicode => self.named_escape(rest, start, out),
            _ => {
                if !*warned && !mode.unicode && looks_like_unicode_escape(rest) {
                    *warned = true;
                    self.report(undecoded(Span::new(self.file, start, start + 2)));
                }
                self.plain_text("\\", start, out);
                1
            }
        }
    }

    fn octal_escape(&mut self, rest: &str, start: usize, mode: Prefix, out: &mut TextBuilder) -> usize {
        let len = 1 + rest[1..].bytes().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
        let value = u32::from_str_radix(&rest[1..len], 8).unwrap_or(0);
        self.code_point(value, start, start + len, mode, out);
        len
    }

    fn hex_escape(&mut self, rest: &str, start: usize, mode: Prefix, out: &mut TextBuilder) -> usize {
        let len = 2 + hex_digits(&rest[2..], 2);
        if len < 4 {
            self.report(short_escape(Span::new(self.file, start, start + len), "\\x", 2));
            return len;
        }
        let value = u32::from_str_radix(&rest[2..len], 16).unwrap_or(0);
        self.code_point(value, start, start + len, mode, out);
        len
    }

    /// A value of up to 511 from `\x` or an octal escape: a character, or in a plain literal a byte.
    fn code_point(&mut self, value: u32, start: usize, end: usize, mode: Prefix, out: &mut TextBuilder) {
        self.lone_surrogate(out);
        if mode.unicode {
            out.escaped(char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER), start, end);
        } else {
            out.byte((value & 0xff) as u8, start, end);
        }
    }

    /// `\uXXXX` or `\UXXXXXXXX`
    fn unicode_escape(&mut self, rest: &str, start: usize, out: &mut TextBuilder) -> usize {
        let (name, wanted) = if rest.as_bytes().get(1) == Some(&b'u') { ("\\u", 4) } else { ("\\U", 8) };
        let len = 2 + hex_digits(&rest[2..], wanted);
        let span = Span::new(self.file, start, start + len);
        if len < 2 + wanted {
            self.report(short_escape(span, name, wanted));
            return len;
        }
        let value = u32::from_str_radix(&rest[2..len], 16).unwrap_or(u32::MAX);
        match value {
            0xd800..=0xdbff => {
                self.lone_surrogate(out);
                out.high = Some((value, start, start + len));
            }
            0xdc00..=0xdfff => match out.high.take() {
                Some((high, from, _)) => {
                    let joined = 0x10000 + ((high - 0xd800) << 10) + (value - 0xdc00);
                    let c = char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER);
                    out.escaped(c, from, start + len);
                }
                None => self.report(surrogate(span)),
            },
            _ => self.scalar(char::from_u32(value), span, out),
        }
        len
    }

    fn scalar(&mut self, c: Option<char>, span: Span, out: &mut TextBuilder) {
        self.lone_surrogate(out);
        match c {
            Some(c) => out.escaped(c, span.start as usize, span.end as usize),
            None => self.report(
                Diagnostic::error(&codes::BAD_ESCAPE, span, "there is no such character")
                    .here("the last character is \\U0010FFFF"),
            ),
        }
    }

    /// Reports the first half of a surrogate pair whose second half does not follow.
    fn lone_surrogate(&mut self, out: &mut TextBuilder) {
        if let Some((_, start, end)) = out.high.take() {
            self.report(surrogate(Span::new(self.file, start, end)));
        }
    }

    /// `\N{NAME}`
    fn named_escape(&mut self, rest: &str, start: usize, out: &mut TextBuilder) -> usize {
        let body = rest[2..].strip_prefix('{');
        let Some((name, len)) = body.and_then(|b| b.find('}').map(|end| (&b[..end], 3 + end + 1))) else {
            let span = Span::new(self.file, start, start + 2);
            self.report(
                Diagnostic::error(&codes::BAD_ESCAPE, span, "\\N needs the name of a character in braces")
                    .here("as in \\N{BULLET}")
                    .help("for a backslash and an N write \\\\N, or use a raw string: r'...'"),
            );
            return 2;
        };
        let span = Span::new(self.file, start, start + len);
        match unicode_names2::character(name) {
            Some(c) => self.scalar(Some(c), span, out),
            None => {
                let message = format!("no character is named {}", shown(name));
                self.report(Diagnostic::error(&codes::BAD_ESCAPE, span, message).here("not a Unicode name"));
            }
        }
        len
    }
}

fn simple_escape(letter: u8) -> Option<char> {
    Some(match letter {
        b'\\' | b'\'' | b'"' => letter as char,
        b'a' => '\x07',
        b'b' => '\x08',
        b'f' => '\x0c',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'v' => '\x0b',
        _ => return None,
    })
}

fn hex_digits(text: &str, most: usize) -> usize {
    text.bytes().take(most).take_while(u8::is_ascii_hexdigit).count()
}

/// Whether the text begins with an escape that only counts in strings with the prefix u.
fn looks_like_unicode_escape(rest: &str) -> bool {
    match rest.as_bytes().get(1) {
        Some(b'u') => hex_digits(&rest[2..], 4) == 4,
        Some(b'U') => hex_digits(&rest[2..], 8) == 8,
        Some(b'N') => rest[2..].starts_with('{'),
        _ => false,
    }
}

#[cold]
fn short_escape(span: Span, name: &str, wanted: usize) -> Diagnostic {
    Diagnostic::error(&codes::BAD_ESCAPE, span, format!("{name} takes {wanted} hexadecimal digits"))
        .here("fewer follow here")
        .help(format!("for a backslash itself write \\{name}, or use a raw string: r'...'"))
}

#[cold]
fn surrogate(span: Span) -> Diagnostic {
    Diagnostic::error(&codes::BAD_ESCAPE, span, "half of a surrogate pair is no character")
        .here("the other half is missing")
        .help("write the character itself, or \\U with eight digits")
}

#[cold]
fn undecoded(span: Span) -> Diagnostic {
    Diagnostic::warning(&UNDECODED_ESCAPE, span, "this escape stays as it is written")
        .here("only a string with the prefix u decodes it")
        .help("write u'...', or the character itself; to keep the backslash, write it twice")
}
