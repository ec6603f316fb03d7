//! A rough reading of a line as words, numbers, strings and signs, to say what stands where.

use crate::syntax::layout::{continues_name, starts_name};

/// A piece of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Offset in the line.
    pub(super) start: usize,
    /// Offset behind it.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
}

/// The kinds of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Text,
    Open,
    Close,
    Sign,
}

/// Signs of more than one character, of this language and of others; longer ones first.
const SIGNS: &[&str] = &[
    "**=", "//=", ">>=", "<<=", "...", "===", "!==", "&&", "||", "++", "--", "==", "!=", "<=", ">=", "<>",
    "->", "=>", "=<", ":=", "**", "//", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
];

/// Splits a line into its pieces, without blanks and comments.
pub(super) fn pieces(line: &str) -> Vec<Piece> {
    let bytes = line.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let (len, kind) = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'\\' => {
                at += 1;
                continue;
            }
            b'#' => {
                at += line_len(bytes, at);
                continue;
            }
            b'\'' | b'"' => (text_len(bytes, at), Kind::Text),
            b'0'..=b'9' => (number_len(bytes, at), Kind::Number),
            b'.' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                (number_len(bytes, at), Kind::Number)
            }
            b if starts_name(b) => word_or_text(bytes, at),
            b'(' | b'[' | b'{' => (1, Kind::Open),
            b')' | b']' | b'}' => (1, Kind::Close),
            _ => (sign_len(line, at), Kind::Sign),
        };
        out.push(Piece { start: at, end: at + len, kind });
        at += len;
    }
    out
}

fn line_len(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count()
}

fn sign_len(line: &str, at: usize) -> usize {
    let rest = &line[at..];
    SIGNS
        .iter()
        .find(|s| rest.starts_with(**s))
        .map_or_else(|| rest.chars().next().map_or(1, char::len_utf8), |s| s.len())
}

fn number_len(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        let exponent = matches!(byte, b'+' | b'-')
            && matches!(bytes[end - 1], b'e' | b'E')
            && end > at
            && !bytes[at..end].starts_with(b"0x");
        if !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b'_') && !exponent {
            break;
        }
        end += 1;
    }
    // What is no part of the number is a word glued to it.
    let valid = valid_number_len(&bytes[at..end]);
    valid.max(1)
}

/// Length of the longest number at the beginning of `text`.
fn valid_number_len(text: &[u8]) -> usize {
    if text.len() > 1
        && text[0] == b'0'
        && text[1].is_ascii_alphabetic()
        && !matches!(text[1], b'e' | b'E' | b'j' | b'l' | b'L')
    {
        return 2 + text[2..].iter().take_while(|b| b.is_ascii_hexdigit() || **b == b'_').count();
    }
    let mut end = 0;
    let mut exponent = false;
    while let Some(byte) = text.get(end) {
        match byte {
            b'0'..=b'9' | b'_' | b'.' => {}
            b'e' | b'E'
                if !exponent
                    && text.get(end + 1).is_some_and(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-')) =>
            {
                exponent = true;
                end += 1;
            }
            b'l' | b'L' | b'j' | b'J' => return end + 1,
            _ => break,
        }
        end += 1;
    }
    end
}

fn word_or_text(bytes: &[u8], at: usize) -> (usize, Kind) {
    let len = bytes[at..].iter().take_while(|b| continues_name(**b)).count();
    let prefixes = len <= 2 && bytes[at..at + len].iter().all(|b| b"rRuUbBfF".contains(b));
    match bytes.get(at + len) {
        Some(b'\'' | b'"') if prefixes => (len + text_len(bytes, at + len), Kind::Text),
        _ => (len, Kind::Word),
    }
}

/// Length of a string from its quote on. Fields of f-strings are taken for text.
fn text_len(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let long = bytes[at..].starts_with(&[quote; 3]);
    let closing: &[u8] = if long { &[quote; 3] } else { &[quote] };
    let mut end = at + closing.len();
    while end < bytes.len() {
        if bytes[end] == b'\\' {
            end += 2;
        } else if bytes[end..].starts_with(closing) {
            return end + closing.len() - at;
        } else {
            end += 1;
        }
    }
    bytes.len() - at
}
