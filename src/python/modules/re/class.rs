//! Escapes and character classes of patterns.

use crate::template::value::{Fault, quote};

/// What an escape stands for.
pub(super) enum Escape {
    /// One character.
    Char(char),
    /// A set of characters, written as the inside of a class.
    Set(String),
    /// A place, such as `\b`.
    Assertion(&'static str),
    /// What a group matched.
    Group(u32),
}

/// Sets of characters: letter, ASCII meaning, meaning under `re.UNICODE`.
const SETS: &[(char, &str, &str)] = &[
    ('d', "0-9", "\\d"),
    ('D', "^0-9", "\\D"),
    ('s', " \\t\\n\\r\\x0b\\x0c", "\\s"),
    ('S', "^ \\t\\n\\r\\x0b\\x0c", "\\S"),
    ('w', "a-zA-Z0-9_", "\\w"),
    ('W', "^a-zA-Z0-9_", "\\W"),
];

const CONTROLS: &[(char, char)] =
    &[('a', '\u{7}'), ('f', '\u{c}'), ('n', '\n'), ('r', '\r'), ('t', '\t'), ('v', '\u{b}')];

const ASSERTIONS: &[(char, &str)] = &[('A', "\\A"), ('Z', "\\z"), ('b', "\\b"), ('B', "\\B")];

/// The escape at `at` (the backslash), and its length in bytes.
pub(super) fn escape(
    source: &str,
    at: usize,
    in_class: bool,
    unicode: bool,
) -> Result<(Escape, usize), Fault> {
    let rest = &source[at + 1..];
    let Some(c) = rest.chars().next() else {
        return Err(malformed(source, at, "a backslash is the last character"));
    };
    if let Some((_, ascii, full)) = SETS.iter().find(|(letter, ..)| *letter == c) {
        return Ok((Escape::Set((if unicode { full } else { ascii }).to_string()), 2));
    }
    if let Some((_, control)) = CONTROLS.iter().find(|(letter, _)| *letter == c) {
        return Ok((Escape::Char(*control), 2));
    }
    match c {
        'b' if in_class => Ok((Escape::Char('\u{8}'), 2)),
        'x' => hexadecimal(source, at, 2),
        'u' => hexadecimal(source, at, 4),
        '0'..='9' => Ok(number(rest, in_class)),
        _ => match ASSERTIONS.iter().find(|(letter, _)| !in_class && *letter == c) {
            Some((_, text)) => Ok((Escape::Assertion(text), 2)),
            None => Ok((Escape::Char(c), 1 + c.len_utf8())),
        },
    }
}

fn hexadecimal(source: &str, at: usize, digits: usize) -> Result<(Escape, usize), Fault> {
    let text = source.get(at + 2..at + 2 + digits).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
    let c = text.and_then(|t| u32::from_str_radix(t, 16).ok()).and_then(char::from_u32);
    match c {
        Some(c) => Ok((Escape::Char(c), 2 + digits)),
        None => Err(malformed(source, at, &format!("{digits} hexadecimal digits must follow"))),
    }
}

/// `\0`, `\01` and `\123` are characters by octal number, other numbers are groups.
fn number(rest: &str, in_class: bool) -> (Escape, usize) {
    let octal = |most: usize| rest.bytes().take(most).take_while(|b| matches!(b, b'0'..=b'7')).count();
    let decimal = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let length = match rest.starts_with('0') || in_class {
        true => octal(3),
        false if octal(3) == 3 => 3,
        false => 0,
    };
    if length > 0 {
        let code = u32::from_str_radix(&rest[..length], 8).unwrap_or(0) & 0xff;
        return (Escape::Char(char::from_u32(code).unwrap_or('\0')), 1 + length);
    }
    (Escape::Group(rest[..decimal].parse().unwrap_or(0)), 1 + decimal)
}

/// One member of a class.
enum Member {
    Char(char),
    Set(String),
}

fn member(source: &str, at: usize, unicode: bool) -> Result<(Member, usize), Fault> {
    let Some(c) = source[at..].chars().next() else {
        return Err(malformed(source, at, "the `[` is not closed"));
    };
    if c != '\\' {
        return Ok((Member::Char(c), c.len_utf8()));
    }
    match escape(source, at, true, unicode)? {
        (Escape::Char(c), length) => Ok((Member::Char(c), length)),
        (Escape::Set(set), length) => Ok((Member::Set(format!("[{set}]")), length)),
        (Escape::Assertion(_) | Escape::Group(_), _) => {
            Err(malformed(source, at, "this escape has no meaning in [...]"))
        }
    }
}

/// The class at `at` (the `[`) in the engine's syntax, and its length in bytes.
pub(super) fn class(source: &str, at: usize, unicode: bool) -> Result<(String, usize), Fault> {
    let mut out = String::from("[");
    let mut next = at + 1;
    if source[next..].starts_with('^') {
        out.push('^');
        next += 1;
    }
    let first = next;
    // A bracket that comes first closes nothing.
    while next == first || !source[next..].starts_with(']') {
        let (low, length) = member(source, next, unicode)?;
        next += length;
        let range = source[next..].starts_with('-') && !source[next + 1..].starts_with(']');
        match (low, range) {
            (Member::Set(set), _) => out.push_str(&set),
            (Member::Char(c), false) => out.push_str(&in_class(c)),
            (Member::Char(low), true) => {
                let (high, length) = member(source, next + 1, unicode)?;
                match high {
                    Member::Char(high) if low <= high => {
                        out.push_str(&format!("{}-{}", in_class(low), in_class(high)));
                    }
                    _ => return Err(malformed(source, next, "the range in [...] is impossible")),
                }
                next += 1 + length;
            }
        }
    }
    out.push(']');
    Ok((out, next + 1 - at))
}

/// A character inside a class; a space is written out, for engines that skip it.
fn in_class(c: char) -> String {
    if c == ' ' { "\\x{20}".to_string() } else { literal(c) }
}

/// A literal character.
pub(super) fn literal(c: char) -> String {
    if c.is_alphanumeric() || c == '_' || c == ' ' {
        c.to_string()
    } else {
        format!("\\x{{{:x}}}", u32::from(c))
    }
}

/// The error for a pattern that is malformed; `at` counts bytes.
pub(super) fn malformed(source: &str, at: usize, what: &str) -> Fault {
    let column = source.get(..at).map_or(0, |s| s.chars().count()) + 1;
    let message = format!("the pattern {} is malformed: {what}, at character {column}", quote(source));
    Fault { exception: "error", ..Fault::value_error(message) }
}
