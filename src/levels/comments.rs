//! Comments that allow a lint: `# jobc: allow(W0301, duplicate-process) reason`.
//!
//! A comment after code speaks of its own line; one that stands alone, of the next line of code.

use std::ops::Range;

use crate::source::{FileId, SourceFile};
use crate::syntax::comments;

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

/// The allowing comments of a file, in order.
pub(super) fn find(file: FileId, source: &SourceFile) -> Vec<Allow> {
    let mut found = Vec::new();
    // The last comment found that stands alone: its line, and the line of code that it speaks of.
    let mut next_alone: Option<(usize, usize)> = None;
    for comment in comments(file, &source.text).iter().rev() {
        let (start, end) = (comment.start as usize, comment.end as usize);
        let own = source.line_index(start);
        let mut line = own;
        if is_blank(&source.text[source.line_start(own)..start]) {
            line = spoken_of(source, own, next_alone);
            next_alone = Some((own, line));
        }
        let end = start + source.text[start..end].trim_end().len();
        found.extend(parse(&source.text, start..end, line));
    }
    found.reverse();
    found
}

/// The line of code that a comment speaks of which stands alone on its line: the next one, or its own where none follows.
fn spoken_of(source: &SourceFile, own: usize, next_alone: Option<(usize, usize)>) -> usize {
    for line in own + 1..source.line_count() {
        match next_alone {
            Some((alone, spoken_of)) if alone == line => {
                return if spoken_of == alone { own } else { spoken_of };
            }
            _ if is_blank(&source.text[source.line_start(line)..source.line_start(line + 1)]) => {}
            _ => return line,
        }
    }
    own
}

fn is_blank(text: &str) -> bool {
    text.trim_matches([' ', '\t', '\x0c', '\r', '\n', '\u{feff}']).is_empty()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Allow> {
        find(FileId(0), &SourceFile::new("a.aurora", None, text.to_string()))
    }

    fn lines(text: &str) -> Vec<(usize, Vec<String>, bool)> {
        let codes = |a: &Allow| a.codes.iter().flatten().map(|(c, _)| c.clone()).collect();
        found(text).iter().map(|a| (a.line, codes(a), a.has_reason)).collect()
    }

    fn one(line: usize, code: &str) -> Vec<(usize, Vec<String>, bool)> {
        vec![(line, vec![code.to_string()], true)]
    }

    #[test]
    fn after_code_it_speaks_of_its_line() {
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
        assert_eq!(lines("a = f'#{b}#' # jobc: allow(y) yes\n"), one(0, "y"));
        assert_eq!(lines("a = f'{b:#x}{c[\"#\"]}' # jobc: allow(y) yes\n"), one(0, "y"));
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["# jobc: allow(x) yes", "", "a = 1", "b = 2 # jobc: allow(x) yes"].join(end);
            assert_eq!(lines(&text).iter().map(|l| l.0).collect::<Vec<_>>(), [2, 3], "{end:?}");
        }
    }

    #[test]
    fn codes_have_their_places() {
        let text = "a = 1 # jobc: allow( W0301 ,, dup ) why\n";
        let found = found(text);
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
            let found = found(&format!("a = 1 # jobc: {order}"));
            assert_eq!(found.len(), 1, "{order}");
            assert_eq!(found[0].codes, None, "{order}");
        }
        assert!(!found("a = 1 # jobc: allow(W1) --\n")[0].has_reason);
    }
}
