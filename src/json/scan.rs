//! The words of JSON: spaces, strings, numbers, names.

use std::borrow::Cow;
use std::ops::Range;

use super::{Dialect, Error, Number, Text, Word};

/// Bytes of a wrong word that a message shows.
const MAX_SHOWN: usize = 20;

/// A place in a string.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    /// Offset of the next byte; always at the start of a character.
    pub(super) at: usize,
}

impl<'t> Scanner<'t> {
    /// The start of a string.
    pub(super) fn new(text: &'t str) -> Scanner<'t> {
        Scanner { text, at: 0 }
    }

    /// The next byte.
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Skips spaces and line ends.
    pub(super) fn spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes a byte of ASCII, if it comes next.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The next character or word, for messages; an empty range at the end.
    pub(super) fn next_word(&self) -> Range<usize> {
        let rest = self.rest();
        let wordy = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-');
        let word: usize = rest.chars().take_while(|c| wordy(*c)).map(char::len_utf8).sum();
        let length = if word > 0 { word } else { rest.chars().next().map_or(0, char::len_utf8) };
        self.at..self.at + length
    }

    /// An error about what comes next.
    #[cold]
    pub(super) fn expected(&self, what: &str) -> Error {
        let at = self.next_word();
        let found = self.text.get(at.clone()).unwrap_or_default();
        let message = match found {
            "" => format!("expected {what}, but the text ends here"),
            "\u{feff}" => "a byte order mark is not part of JSON; save the file without it".to_string(),
            "'" => format!("expected {what}; strings stand in double quotes"),
            "/" | "#" => format!("expected {what}; JSON has no comments"),
            word if word.len() <= MAX_SHOWN && !word.chars().any(char::is_control) => {
                format!("expected {what}, found `{word}`")
            }
            _ => format!("expected {what}"),
        };
        Error::new(message, at)
    }

    /// A word of the language that comes next.
    pub(super) fn word(&mut self, dialect: Dialect) -> Option<Word> {
        const PLAIN: [Word; 3] = [Word::Null, Word::True, Word::False];
        const CONSTANTS: [Word; 3] = [Word::NaN, Word::Infinity, Word::MinusInfinity];
        let constants: &[Word] = if dialect.constants { &CONSTANTS } else { &[] };
        let word = *PLAIN.iter().chain(constants).find(|word| self.rest().starts_with(word.text()))?;
        self.at += word.text().len();
        Some(word)
    }

    /// A number: as much as makes one.
    pub(super) fn number(&mut self) -> Option<Number<'t>> {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
        let sign = usize::from(bytes.first() == Some(&b'-'));
        let whole = if bytes.get(sign) == Some(&b'0') { 1 } else { digits(sign) };
        if whole == 0 {
            return None;
        }
        let integer = sign + whole;
        let mut end = integer;
        if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let exponent = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            if digits(exponent) > 0 {
                end = exponent + digits(exponent);
            }
        }
        let text = self.rest().get(..end)?;
        self.at += end;
        Some(Number { text, whole: end == integer })
    }

    /// A string, from its opening quote to its closing one.
    pub(super) fn string(&mut self, dialect: Dialect) -> Result<Text<'t>, Error> {
        let open = self.at;
        self.at += 1;
        let mut text = Text { value: Cow::Borrowed(""), lone_surrogate: None };
        loop {
            let plain = self.plain(dialect);
            match &mut text.value {
                value if value.is_empty() => *value = Cow::Borrowed(plain),
                value => value.to_mut().push_str(plain),
            }
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => self.escape(&mut text)?,
                Some(_) => {
                    let message = "a string holds a control character; write it as an escape, such as \\n";
                    return Err(Error::new(message, self.at..self.at + 1));
                }
                None => return Err(Error::new("this string is not closed", open..self.text.len())),
            }
        }
    }

    /// The characters up to the next quote, escape or forbidden one.
    fn plain(&mut self, dialect: Dialect) -> &'t str {
        let special = |b: &u8| matches!(b, b'"' | b'\\') || (*b < b' ' && !dialect.control_characters);
        let rest = self.rest();
        let length = rest.bytes().position(|b| special(&b)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn escape(&mut self, text: &mut Text<'t>) -> Result<(), Error> {
        let start = self.at;
        let Some(letter) = self.rest().chars().nth(1) else {
            return Err(Error::new("this string is not closed", start..self.text.len()));
        };
        self.at += 1 + letter.len_utf8();
        let plain = match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => self.unicode(start, text)?,
            _ => return Err(Error::new(format!("`\\{letter}` is not an escape of JSON"), start..self.at)),
        };
        text.value.to_mut().push(plain);
        Ok(())
    }

    /// The character of `\uXXXX`, or of two of them that are a surrogate pair. `start` is the first backslash.
    fn unicode(&mut self, start: usize, text: &mut Text<'t>) -> Result<char, Error> {
        let first = self.unit(start)?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        if first < 0xDC00 && self.rest().starts_with("\\u") {
            let after_first = self.at;
            self.at += 2;
            let second = self.unit(after_first)?;
            if (0xDC00..0xE000).contains(&second) {
                let pair = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = after_first;
        }
        text.lone_surrogate.get_or_insert(start..self.at);
        Ok(char::REPLACEMENT_CHARACTER)
    }

    /// Four hexadecimal digits.
    fn unit(&mut self, start: usize) -> Result<u32, Error> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(unit) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            let message = "expected four hexadecimal digits after `\\u`";
            return Err(Error::new(message, start..self.at));
        };
        self.at += 4;
        Ok(unit)
    }
}
