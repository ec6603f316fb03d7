//! Python's pattern syntax as the engine's.

use super::class::{Escape, class, escape, literal, malformed};
use crate::template::value::Fault;

/// The flags of `re` with their numbers.
pub(super) const FLAGS: &[(&str, i64)] = &[
    ("I", IGNORE_CASE),
    ("IGNORECASE", IGNORE_CASE),
    ("L", 4),
    ("LOCALE", 4),
    ("M", MULTI_LINE),
    ("MULTILINE", MULTI_LINE),
    ("S", DOT_ALL),
    ("DOTALL", DOT_ALL),
    ("U", UNICODE),
    ("UNICODE", UNICODE),
    ("X", VERBOSE),
    ("VERBOSE", VERBOSE),
];

/// `re.I`
pub(super) const IGNORE_CASE: i64 = 2;
const MULTI_LINE: i64 = 8;
const DOT_ALL: i64 = 16;
const UNICODE: i64 = 32;
const VERBOSE: i64 = 64;

/// Groups inside each other.
const MAX_NESTED: usize = 100;
/// Groups that keep what they match, as in Python 2.
const MAX_GROUPS: usize = 99;
/// Repetitions of one thing.
const MAX_REPEATED: u32 = 65_535;

/// A pattern for the engine.
pub(super) struct Translated {
    pub(super) pattern: String,
    pub(super) flags: i64,
}

/// A pattern in Python's syntax, translated. Flags inside the pattern count for all of it.
pub(super) fn translate(source: &str, flags: i64) -> Result<Translated, Fault> {
    let flags = flags | inline_flags(source)?;
    let mut translator = Translator {
        source,
        at: 0,
        flags,
        out: String::new(),
        open: 0,
        groups: 0,
        repeatable: false,
        names: Vec::new(),
    };
    while translator.at < source.len() {
        translator.step()?;
    }
    if translator.open > 0 {
        return Err(malformed(source, source.len(), "a parenthesis is not closed"));
    }
    Ok(Translated { pattern: translator.out, flags })
}

/// The flags that `(?imsux)` anywhere in the pattern sets.
fn inline_flags(source: &str) -> Result<i64, Fault> {
    let mut flags = 0;
    let mut rest = source;
    while let Some(at) = rest.find("(?") {
        let escaped = rest[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
        rest = &rest[at + 2..];
        if let (false, Some((set, _))) = (escaped, flag_group(rest)) {
            flags |= set;
        }
    }
    Ok(flags)
}

/// The flags of a group such as `im)`, and its length; nothing where it is another kind of group.
fn flag_group(rest: &str) -> Option<(i64, usize)> {
    let end = rest.find(')').filter(|end| *end > 0)?;
    let mut flags = 0;
    for letter in rest[..end].chars() {
        flags |= match letter {
            'i' => IGNORE_CASE,
            'L' => 4,
            'm' => MULTI_LINE,
            's' => DOT_ALL,
            'u' => UNICODE,
            'x' => VERBOSE,
            _ => return None,
        };
    }
    Some((flags, end + 1))
}

struct Translator<'a> {
    source: &'a str,
    at: usize,
    flags: i64,
    out: String,
    /// Groups that are open.
    open: usize,
    /// Groups so far that keep what they match.
    groups: usize,
    /// Whether what was written last can be repeated.
    repeatable: bool,
    names: Vec<&'a str>,
}

impl<'a> Translator<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn has(&self, flag: i64) -> bool {
        self.flags & flag != 0
    }

    fn bad(&self, what: &str) -> Fault {
        malformed(self.source, self.at, what)
    }

    fn write(&mut self, length: usize, text: &str, repeatable: bool) {
        self.at += length;
        self.out.push_str(text);
        self.repeatable = repeatable;
    }

    fn step(&mut self) -> Result<(), Fault> {
        let Some(c) = self.rest().chars().next() else { return Ok(()) };
        match c {
            '\\' => self.escaped()?,
            '[' => {
                let (text, length) = class(self.source, self.at, self.has(UNICODE))?;
                self.write(length, &text, true);
            }
            '(' => self.group()?,
            ')' => {
                if self.open == 0 {
                    return Err(self.bad("a parenthesis closes nothing"));
                }
                self.open -= 1;
                self.write(1, ")", true);
            }
            '^' if self.has(MULTI_LINE) => self.write(1, "(?m:^)", false),
            '^' => self.write(1, "\\A", false),
            '$' if self.has(MULTI_LINE) => self.write(1, "(?m:$)", false),
            // Also before a line end that is the very last character.
            '$' => self.write(1, "(?=\\n?\\z)", false),
            '.' if self.has(DOT_ALL) => self.write(1, "(?s:.)", true),
            '.' => self.write(1, "[^\\n]", true),
            '|' => self.write(1, "|", false),
            '*' | '+' | '?' => self.repeated(&c.to_string(), 1)?,
            '{' => match bounds(self.rest()) {
                Some((low, high, length)) => {
                    if low.max(high.unwrap_or(0)) > MAX_REPEATED || high.is_some_and(|h| h < low) {
                        return Err(self.bad("the bounds of the repetition are impossible"));
                    }
                    let high = high.map_or(String::new(), |h| h.to_string());
                    self.repeated(&format!("{{{low},{high}}}"), length)?;
                }
                None => self.write(1, "\\{", true),
            },
            '#' if self.has(VERBOSE) => {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            }
            c if self.has(VERBOSE) && c.is_whitespace() => self.at += c.len_utf8(),
            c => self.literal(c, c.len_utf8()),
        }
        Ok(())
    }

    fn literal(&mut self, c: char, length: usize) {
        let text = literal(c);
        self.write(length, &text, true);
    }

    fn repeated(&mut self, quantifier: &str, length: usize) -> Result<(), Fault> {
        if !self.repeatable {
            return Err(self.bad("there is nothing to repeat"));
        }
        self.write(length, quantifier, false);
        if self.rest().starts_with('?') {
            self.write(1, "?", false);
        }
        Ok(())
    }

    fn escaped(&mut self) -> Result<(), Fault> {
        let unicode = self.has(UNICODE);
        match escape(self.source, self.at, false, unicode)? {
            (Escape::Char(c), length) => self.literal(c, length),
            (Escape::Set(set), length) => self.write(length, &format!("[{set}]"), true),
            (Escape::Assertion(text), length) => self.write(length, text, false),
            // In brackets, so that a digit that follows is not part of the number.
            (Escape::Group(number), length) => self.write(length, &format!("(?:\\{number})"), true),
        }
        Ok(())
    }

    fn group(&mut self) -> Result<(), Fault> {
        const PLAIN: &[&str] = &["(?:", "(?=", "(?!", "(?<=", "(?<!"];
        let rest = self.rest();
        if let Some(comment) = rest.strip_prefix("(?#") {
            let Some(end) = comment.find(')') else { return Err(self.bad("the comment is not closed")) };
            self.at += 3 + end + 1;
            return Ok(());
        }
        if let Some((_, length)) = rest.strip_prefix("(?").and_then(flag_group) {
            self.at += 2 + length;
            return Ok(());
        }
        if let Some(name) = rest.strip_prefix("(?P=") {
            let Some(end) = name.find(')').filter(|end| is_name(&name[..*end])) else {
                return Err(self.bad("a name and `)` must follow `(?P=`"));
            };
            let text = format!("(?:\\k<{}>)", &name[..end]);
            self.write(4 + end + 1, &text, true);
            return Ok(());
        }
        self.open += 1;
        if self.open > MAX_NESTED {
            return Err(self.bad("groups are nested too deep"));
        }
        if let Some(name) = rest.strip_prefix("(?P<") {
            let Some(end) = name.find('>').filter(|end| is_name(&name[..*end])) else {
                return Err(self.bad("a name and `>` must follow `(?P<`"));
            };
            if self.names.contains(&&name[..end]) {
                return Err(self.bad("two groups have the same name"));
            }
            self.names.push(&name[..end]);
            self.count()?;
            let text = format!("(?P<{}>", &name[..end]);
            self.write(4 + end + 1, &text, false);
            return Ok(());
        }
        if let Some(opening) = PLAIN.iter().find(|p| rest.starts_with(**p)) {
            self.write(opening.len(), opening, false);
            return Ok(());
        }
        if let Some(condition) = rest.strip_prefix("(?(") {
            let Some(end) = condition.find(')') else { return Err(self.bad("the condition is not closed")) };
            let text = match &condition[..end] {
                number if number.bytes().all(|b| b.is_ascii_digit()) => format!("(?({number})"),
                name if is_name(name) => format!("(?(<{name}>)"),
                _ => return Err(self.bad("the condition is no group")),
            };
            self.write(3 + end + 1, &text, false);
            return Ok(());
        }
        if rest.starts_with("(?") {
            return Err(self.bad("there is no such kind of group"));
        }
        self.count()?;
        self.write(1, "(", false);
        Ok(())
    }

    /// Counts a group that keeps what it matches.
    fn count(&mut self) -> Result<(), Fault> {
        self.groups += 1;
        match self.groups > MAX_GROUPS {
            true => {
                Err(self.bad("there are more than 99 groups; write `(?:` for those whose text is not needed"))
            }
            false => Ok(()),
        }
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The bounds of `{3}`, `{3,}`, `{,5}` or `{3,5}`, and the length; anything else is literal text.
fn bounds(rest: &str) -> Option<(u32, Option<u32>, usize)> {
    let end = rest.find('}')?;
    let inner = &rest[1..end];
    let number = |s: &str| -> Option<u32> {
        s.bytes().all(|b| b.is_ascii_digit()).then(|| s.parse().unwrap_or(u32::MAX))
    };
    let bounds = match inner.split_once(',') {
        None if inner.is_empty() => return None,
        None => (number(inner)?, Some(number(inner)?)),
        Some((low, high)) => {
            let low = if low.is_empty() { 0 } else { number(low)? };
            let high = if high.is_empty() { None } else { Some(number(high)?) };
            (low, high)
        }
    };
    Some((bounds.0, bounds.1, end + 1))
}
