//! Comments that allow a lint: `# jobc: allow(W0301, duplicate-process) reason`.
//!
//! A comment behind code speaks of its own line; one that stands alone, of the next line of code.

use std::ops::Range;

/// What a comment that begins with `jobc:` says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Allow {
    /// The comment, from `#` to the end of its line.
    pub(super) range: Range<usize>,
    /// Index of the line it speaks of.
    pub(super) line: usize,
    /// The codes or names, each with its place; nothing where the comment is not understood.
    pub(super) codes: Option<Vec<(String, Range<usize>)>>,
    /// Whether words follow the codes.
    pub(super) has_reason: bool,
}

/// The allowing comments of a text, in order.
pub(super) fn find(text: &str) -> Vec<Allow> {
    let mut waiting: Vec<Allow> = Vec::new();
    let mut found = Vec::new();
    let mut scanner = Scanner { text, at: 0, line: 0 };
    while let Some(line) = scanner.next_line() {
        let comment = line.comment.and_then(|range| parse(text, range, line.index));
        if line.has_code {
            for mut allow in waiting.drain(..) {
                allow.line = line.index;
                found.push(allow);
            }
            found.extend(comment);
        } else {
            waiting.extend(comment);
        }
    }
    found.extend(waiting);
    found
}

fn parse(text: &str, range: Range<usize>, line: usize) -> Option<Allow> {
    let comment = &text[range.clone()];
    let order = comment.trim_start_matches('#').trim_start().strip_prefix("jobc:")?.trim_start();
    let mut allow = Allow { range: range.clone(), line, codes: None, has_reason: false };
    let Some(list) = order.strip_prefix("allow").and_then(|o| o.trim_start().strip_prefix('(')) else {
        return Some(allow);
    };
    let Some((list, reason)) = list.split_once(')') else { return Some(allow) };
    let mut at = range.end - reason.len() - 1 - list.len();
    let mut codes = Vec::new();
    for part in list.split(',') {
        let code = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        if !code.is_empty() {
            codes.push((code.to_string(), start..start + code.len()));
        }
        at += part.len() + 1;
    }
    allow.codes = (!codes.is_empty()).then_some(codes);
    allow.has_reason = reason.chars().any(char::is_alphanumeric);
    Some(allow)
}

/// Tells code, text literals and comments apart, line by line, as the language's own scanner does.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

struct Line {
    index: usize,
    has_code: bool,
    comment: Option<Range<usize>>,
}

impl Scanner<'_> {
    /// Goes over one line, or over several where a literal spans them: such a line counts where it ends.
    fn next_line(&mut self) -> Option<Line> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let mut line = Line { index: self.line, has_code: false, comment: None };
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line += 1;
                    break;
                }
                b'#' => {
                    let length = bytes[self.at..].iter().position(|b| *b == b'\n');
                    let end = length.map_or(bytes.len(), |n| self.at + n);
                    let trimmed = self.text[self.at..end].trim_end().len();
                    line.comment = Some(self.at..self.at + trimmed);
                    self.at = end;
                }
                b'\'' | b'"' => {
                    line.has_code = true;
                    self.skip_literal();
                    line.index = self.line;
                }
                other => {
                    line.has_code |= !other.is_ascii_whitespace();
                    self.at += 1;
                }
            }
        }
        Some(line)
    }

    fn skip_literal(&mut self) {
        let bytes = self.text.as_bytes();
        let quote = bytes[self.at];
        let triple = bytes[self.at..].starts_with(&[quote; 3]);
        self.at += if triple { 3 } else { 1 };
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'\\' => {
                    let windows = bytes[self.at + 1..].starts_with(b"\r\n");
                    self.at += if windows { 2 } else { 1 };
                    self.line += usize::from(bytes.get(self.at) == Some(&b'\n'));
                    self.at += 1;
                }
                b'\n' if !triple => return,
                b'\n' => {
                    self.line += 1;
                    self.at += 1;
                }
                b if *b == quote && !triple => {
                    self.at += 1;
                    return;
                }
                b if *b == quote && bytes[self.at..].starts_with(&[quote; 3]) => {
                    self.at += 3;
                    return;
                }
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(usize, Vec<String>, bool)> {
        let codes = |a: &Allow| a.codes.iter().flatten().map(|(c, _)| c.clone()).collect();
        find(text).iter().map(|a| (a.line, codes(a), a.has_reason)).collect()
    }

    fn one(line: usize, code: &str) -> Vec<(usize, Vec<String>, bool)> {
        vec![(line, vec![code.to_string()], true)]
    }

    #[test]
    fn behind_code_it_speaks_of_its_line() {
        assert_eq!(lines("a = 1\nb = 2  # jobc: allow(W0301) because\nc = 3\n"), one(1, "W0301"));
    }

    #[test]
    fn alone_it_speaks_of_the_next_line_of_code() {
        assert_eq!(lines("# jobc: allow(x-y) because\n\n# more\nb = 2\n"), one(3, "x-y"));
        assert_eq!(lines("b = 2\n  #jobc:allow(x-y) because"), one(1, "x-y"));
    }

    #[test]
    fn text_literals_hold_no_comments() {
        assert_eq!(lines("a = '# jobc: allow(x) no'\n"), []);
        assert_eq!(lines("a = \"\"\"\n# jobc: allow(x) no\n\"\"\" # jobc: allow(y) yes\n"), one(2, "y"));
        assert_eq!(lines("a = 'it\\'s # jobc: allow(x) no'\n"), []);
        assert_eq!(lines("a = 'open\nb = 1 # jobc: allow(y) yes\n"), one(1, "y"));
    }

    #[test]
    fn codes_have_their_places() {
        let text = "a = 1 # jobc: allow( W0301 ,, dup ) why\n";
        let found = find(text);
        let codes = found[0].codes.as_ref().unwrap();
        assert_eq!(codes.len(), 2);
        for (code, range) in codes {
            assert_eq!(&text[range.clone()], code);
        }
        assert_eq!(&text[found[0].range.clone()], "# jobc: allow( W0301 ,, dup ) why");
    }

    #[test]
    fn what_is_not_understood_is_found_too() {
        for order in ["alow(W1) why", "allow", "allow(W1", "allow() why", "", "ignore[W1]"] {
            let found = find(&format!("a = 1 # jobc: {order}"));
            assert_eq!(found.len(), 1, "{order}");
            assert_eq!(found[0].codes, None, "{order}");
        }
        assert!(!find("a = 1 # jobc: allow(W1) --\n")[0].has_reason);
    }
}
