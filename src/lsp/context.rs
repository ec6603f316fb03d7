//! Where a place is: in which call, in which string, in which mustache. It works on tokens of the text before the place,
//! as the line is being written and can seldom be parsed.

/// A bracket that is open at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Open {
    /// `(`, `[` or `{`
    pub(super) bracket: u8,
    /// Its offset.
    pub(super) at: usize,
}

/// What a place is in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// The brackets that are open, outermost first.
    pub(super) open: Vec<Open>,
    /// Where the string that the place is in begins, after its quotes.
    pub(super) string: Option<usize>,
    /// Where the comment that the place is in begins.
    pub(super) comment: Option<usize>,
}

/// What an offset of a text is in.
pub(super) fn context(text: &str, offset: usize) -> Context {
    let bytes = &text.as_bytes()[..offset.min(text.len())];
    let mut context = Context::default();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'\'' | b'"') => {
                let triple = bytes[at..].starts_with(&[quote; 3]);
                let start = at + if triple { 3 } else { 1 };
                match string_end(bytes, start, quote, triple) {
                    Some(end) => at = end,
                    None => return Context { string: Some(start), ..context },
                }
            }
            b'#' => match memchr::memchr(b'\n', &bytes[at..]) {
                Some(length) => at += length,
                None => return Context { comment: Some(at), ..context },
            },
            bracket @ (b'(' | b'[' | b'{') => {
                context.open.push(Open { bracket, at });
                at += 1;
            }
            b')' | b']' | b'}' => {
                context.open.pop();
                at += 1;
            }
            // What begins at the margin closes what was left open above it.
            b'\n' if begins_statement(&bytes[at + 1..]) => {
                context.open.clear();
                at += 1;
            }
            _ => at += 1,
        }
    }
    context
}

/// Where a string ends, after its quotes; one in single quotes also ends with its line, which it must not.
fn string_end(bytes: &[u8], start: usize, quote: u8, triple: bool) -> Option<usize> {
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'\n' if !triple => return Some(at),
            b if b == quote && !triple => return Some(at + 1),
            b if b == quote && bytes[at..].starts_with(&[quote; 3]) => return Some(at + 3),
            _ => at += 1,
        }
    }
    None
}

/// Whether a line at the margin begins with a word that only begins statements.
fn begins_statement(line: &[u8]) -> bool {
    const WORDS: [&[u8]; 7] =
        [b"def ", b"class ", b"include(", b"jobs ", b"import ", b"from ", b"executors "];
    WORDS.iter().any(|word| line.starts_with(word))
}

impl Context {
    /// The innermost call that the place is in, directly between its brackets: where the bracket is.
    pub(super) fn call(&self) -> Option<usize> {
        self.open.last().filter(|open| open.bracket == b'(').map(|open| open.at)
    }
}

/// The dotted name that ends at an offset, and where it begins.
pub(super) fn name_before(text: &str, offset: usize) -> (usize, &str) {
    let head = &text[..offset];
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let start =
        head.rfind(|c| !is_part(c)).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    (start, &head[start..])
}

/// The mustache that an offset of a string is in: where its address begins.
pub(super) fn mustache(text: &str, string: usize, offset: usize) -> Option<usize> {
    let head = &text[string..offset];
    let open = head.rfind("{{")?;
    let inside = &head[open + 2..];
    let is_open = !inside.contains("}}") && !inside.contains(['\n', ' ']);
    let postponed = usize::from(inside.starts_with('&'));
    is_open.then_some(string + open + 2 + postponed)
}

/// Where the argument that an offset is in begins, in a call whose bracket is at `call`, and the names of the keywords
/// that are given before it.
pub(super) fn arguments(text: &str, call: usize, offset: usize) -> (usize, Vec<String>) {
    let mut start = call + 1;
    let mut commas = vec![];
    let bytes = text.as_bytes();
    let mut at = call + 1;
    let mut depth = 0usize;
    while at < offset {
        match bytes[at] {
            quote @ (b'\'' | b'"') => {
                let triple = bytes[at..].starts_with(&[quote; 3]);
                let begin = at + if triple { 3 } else { 1 };
                at = string_end(&bytes[..offset], begin, quote, triple).unwrap_or(offset);
                continue;
            }
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'#' => at = memchr::memchr(b'\n', &bytes[at..offset]).map_or(offset, |length| at + length),
            b',' if depth == 0 => {
                commas.push((start, at));
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    let keyword = |(start, end): &(usize, usize)| keyword(&text[*start..*end]);
    (start, commas.iter().filter_map(keyword).collect())
}

/// The name in `name = value`.
pub(super) fn keyword(argument: &str) -> Option<String> {
    let code =
        argument.lines().map(|line| line.split('#').next().unwrap_or_default()).collect::<Vec<_>>().join(" ");
    let (name, value) = code.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (is_name && !value.starts_with('=')).then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with a mark, without it, and the offset of the mark.
    fn marked(text: &str) -> (String, usize) {
        (text.replacen('|', "", 1), text.find('|').unwrap())
    }

    #[test]
    fn a_place_is_in_the_innermost_call() {
        for (text, call) in [
            ("Job(name = 'x', |", Some(3)),
            ("Job(task = Task(a), |", Some(3)),
            ("Job(task = Task(|", Some(15)),
            ("Job(constraints = {|", None),
            ("Job('(' |", Some(3)),
            ("Job(  # (\n |", Some(3)),
            ("x = Job(\ndef f(|", Some(14)),
            ("x |", None),
        ] {
            let (text, offset) = marked(text);
            assert_eq!(context(&text, offset).call(), call, "{text}");
        }
    }

    #[test]
    fn strings_and_mustaches_are_known() {
        for (text, inside) in [
            ("x = 'a {{b|", Some("b")),
            ("x = 'a {{&b|", Some("b")),
            ("x = 'a {{b}} |", None),
            ("x = '''\n{{b.c|", Some("b.c")),
            ("x = 'a {b|", None),
        ] {
            let (text, offset) = marked(text);
            let string = context(&text, offset).string.unwrap();
            let found = mustache(&text, string, offset).map(|start| &text[start..offset]);
            assert_eq!(found, inside, "{text}");
        }
    }

    #[test]
    fn keywords_that_are_given_are_known() {
        let (text, offset) = marked("Job(name = 'a, b', task = f(x, y=1), 5, role == 1, |");
        let (start, given) = arguments(&text, 3, offset);
        assert_eq!(given, ["name", "task"]);
        assert_eq!(&text[start..offset], " ");
    }
}
