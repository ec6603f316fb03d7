//! Tokens: the words, numbers, strings and signs of a line.
//!
//! The grammar reads text, not tokens. These are for messages, which speak of what stands where in a line that the grammar
//! could not read.

use super::continues_name;

/// A piece of the text with a meaning of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) struct Token {
    /// Offset in the text.
    pub(in crate::syntax) start: usize,
    /// Offset after it.
    pub(in crate::syntax) end: usize,
    /// What it is.
    pub(in crate::syntax) kind: TokenKind,
}

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) enum TokenKind {
    /// A name or keyword.
    Word,
    /// A number.
    Number,
    /// A string with its prefix; of an f-string, all of it.
    Str,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// Any other sign.
    Sign,
}

/// Signs of more than one character, of this language and of others; longer ones first.
const SIGNS: &[&str] = &[
    "**=", "//=", ">>=", "<<=", "...", "===", "!==", "&&", "||", "++", "--", "==", "!=", "<=", ">=", "<>",
    "->", "=>", "=<", ":=", "**", "//", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
];

/// The sign that a string begins with.
pub(super) fn sign(text: &[u8]) -> &[u8] {
    let is_single = text.get(1).is_none_or(|second| !b"*/<=>.&|+-".contains(second));
    if is_single {
        return text.get(..1).unwrap_or(text);
    }
    let long = SIGNS.iter().find(|s| text.starts_with(s.as_bytes()));
    long.map_or(text.get(..1).unwrap_or(text), |s| s.as_bytes())
}

/// The length of the number that a string begins with; at least 1.
pub(super) fn number_len(text: &[u8]) -> usize {
    let radix = text.first() == Some(&b'0') && text.get(1).is_some_and(|b| b"xXoObB".contains(b));
    let len = if radix {
        2 + text[2..].iter().take_while(|b| b.is_ascii_hexdigit() || **b == b'_').count()
    } else {
        decimal_len(text)
    };
    let suffix = radix && text.get(len).is_some_and(|b| b"lL".contains(b));
    (len + usize::from(suffix)).max(1)
}

fn decimal_len(text: &[u8]) -> usize {
    let mut end = 0;
    let mut exponent = false;
    while let Some(byte) = text.get(end) {
        match byte {
            b'0'..=b'9' | b'_' | b'.' => end += 1,
            b'e' | b'E' if !exponent && begins_exponent(&text[end + 1..]) => {
                exponent = true;
                end += 2;
            }
            b'l' | b'L' | b'j' | b'J' if !text.get(end + 1).is_some_and(|b| continues_name(*b)) => {
                return end + 1;
            }
            _ => break,
        }
    }
    end
}

fn begins_exponent(text: &[u8]) -> bool {
    match text {
        [b'+' | b'-', digit, ..] => digit.is_ascii_digit(),
        [digit, ..] => digit.is_ascii_digit(),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_where_their_digits_do() {
        for (text, number) in [
            ("12)", "12"),
            ("12abc", "12"),
            ("0x1fL,", "0x1fL"),
            ("0b", "0b"),
            ("1e-5+2", "1e-5"),
            ("1else", "1"),
            ("1_000L", "1_000L"),
            (".5.", ".5."),
            ("5long", "5"),
        ] {
            assert_eq!(&text[..number_len(text.as_bytes())], number, "{text}");
        }
    }

    #[test]
    fn the_longest_sign_is_taken() {
        for (text, expected) in
            [("**=", "**="), ("...", "..."), ("..", "."), ("=>x", "=>"), (":=", ":="), ("~", "~")]
        {
            assert_eq!(sign(text.as_bytes()), expected.as_bytes(), "{text}");
        }
    }
}
