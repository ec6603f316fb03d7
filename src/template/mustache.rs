//! Mustaches: splitting text into literal parts and references.

use std::ops::Range;
use std::rc::Rc;

use memchr::{memchr, memchr2};

use super::reference::Ref;
use super::value::{Fault, Text};

/// A text split at its mustaches.
#[derive(Debug)]
pub struct Template {
    /// Literal text and references, in order.
    pub segments: Vec<Segment>,
    /// Whether a literal part holds a brace: it could become a mustache together with a replacement.
    pub loose_braces: bool,
}

/// A part of a template.
#[derive(Debug)]
pub enum Segment {
    /// Text between mustaches: a range of the template's text.
    Literal(Range<usize>),
    /// `{{name}}`
    Ref {
        /// The reference, or why it is none.
        target: Result<Rc<Ref>, Box<Fault>>,
        /// The mustache, braces included, as a range of the text.
        range: Range<usize>,
    },
    /// `{{&name}}`: a reference put off to the next pass. `name` is the range between the marks.
    Postponed {
        /// The mustache, braces included.
        range: Range<usize>,
        /// What is between the marks.
        name: Range<usize>,
    },
}

/// One mustache found in a text.
struct Found {
    range: Range<usize>,
    inner: Range<usize>,
    postponed: bool,
}

/// Finds the first mustache at or after `from`.
fn find(text: &str, from: usize) -> Option<Found> {
    let mut at = from;
    loop {
        let open = at + memchr(b'{', &text.as_bytes()[at..])?;
        match starting_at(text, open) {
            None => at = open + 1,
            found => return found,
        }
    }
}

/// The mustache that begins at a brace: `{{`, an optional `&`, characters other than braces, an optional `&` (only with the
/// first), `}}`. Looks no further than the next brace but these.
fn starting_at(text: &str, open: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    if bytes.get(open + 1) != Some(&b'{') {
        return None;
    }
    let start = open + 2;
    let end = start + memchr2(b'{', b'}', &bytes[start..])?;
    if end == start || bytes[end] != b'}' || bytes.get(end + 1) != Some(&b'}') {
        return None;
    }
    let inner = &text[start..end];
    let postponed = inner.len() > 1 && inner.starts_with('&');
    let head = start + usize::from(postponed);
    let tail = end - usize::from(postponed && inner.len() > 2 && inner.ends_with('&'));
    Some(Found { range: open..end + 2, inner: head..tail, postponed })
}

impl Template {
    /// Splits a text; `None` where it holds no mustache.
    pub fn split(text: &str) -> Option<Template> {
        let mut next = find(text, 0);
        next.as_ref()?;
        let mut segments = Vec::new();
        let mut loose_braces = false;
        let mut at = 0;
        while let Some(found) = next {
            push_literal(text, at..found.range.start, &mut segments, &mut loose_braces);
            at = found.range.end;
            segments.push(segment(text, found));
            next = find(text, at);
        }
        push_literal(text, at..text.len(), &mut segments, &mut loose_braces);
        Some(Template { segments, loose_braces })
    }
}

/// The references that a text begins and does not end, such as `{{name` or `{{name}`, as ranges of it. What may be braces of a
/// shell, such as `{{a,b},c}`, is none.
pub fn unclosed(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(open) = memchr(b'{', &text.as_bytes()[at..]).map(|i| at + i) {
            at = open + 1;
            if text.as_bytes().get(at) != Some(&b'{') {
                continue;
            }
            if let Some(whole) = starting_at(text, open) {
                at = whole.range.end;
            } else if let Some(length) = begun(&text[open + 2..]) {
                at = open + 2 + length;
                return Some(open..at);
            }
        }
        None
    })
}

/// The length of a reference that a text begins with, up to the end of the text, a blank, a quote or a single brace.
fn begun(text: &str) -> Option<usize> {
    let belongs = |c: char| c.is_ascii_alphanumeric() || "_.-[]".contains(c);
    let length = text.find(|c| !belongs(c)).unwrap_or(text.len());
    let end = match text[length..].chars().next() {
        Some('}') => length + 1,
        None | Some('\'' | '"') => length,
        Some(c) if c.is_whitespace() => length,
        Some(_) => return None,
    };
    Ref::read(&text[..length]).map(|_| end)
}

/// Whether a text holds a brace.
pub(super) fn has_brace(text: &str) -> bool {
    memchr2(b'{', b'}', text.as_bytes()).is_some()
}

fn push_literal(text: &str, range: Range<usize>, segments: &mut Vec<Segment>, loose_braces: &mut bool) {
    if !range.is_empty() {
        *loose_braces |= has_brace(&text[range.clone()]);
        segments.push(Segment::Literal(range));
    }
}

fn segment(text: &str, found: Found) -> Segment {
    if found.postponed {
        return Segment::Postponed { range: found.range, name: found.inner };
    }
    let target = Ref::parse(&text[found.inner]).map(Rc::new).map_err(Box::new);
    Segment::Ref { target, range: found.range }
}

impl Segment {
    /// Where the part is in the text.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Segment::Literal(range) | Segment::Ref { range, .. } | Segment::Postponed { range, .. } => {
                range.clone()
            }
        }
    }

    /// The same part of another text, where it begins at `at`.
    pub(super) fn moved(&self, at: usize) -> Segment {
        let shift = |r: &Range<usize>| r.start - self.range().start + at..r.end - self.range().start + at;
        match self {
            Segment::Literal(range) => Segment::Literal(shift(range)),
            Segment::Ref { target, range } => Segment::Ref { target: target.clone(), range: shift(range) },
            Segment::Postponed { range, name } => {
                Segment::Postponed { range: shift(range), name: shift(name) }
            }
        }
    }
}

impl Text {
    /// The text split at its mustaches, done once; `None` where there is none.
    pub fn template(&self) -> Option<&Template> {
        self.parsed().get_or_init(|| Template::split(self.as_str()).map(Box::new)).as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        let Some(template) = Template::split(text) else { return "closed".to_string() };
        template
            .segments
            .iter()
            .map(|s| match s {
                Segment::Literal(r) => format!("'{}'", &text[r.clone()]),
                Segment::Ref { target: Ok(r), .. } => format!("<{r}>"),
                Segment::Ref { target: Err(_), .. } => "<!>".to_string(),
                Segment::Postponed { name, .. } => format!("<&{}>", &text[name.clone()]),
            })
            .collect()
    }

    #[test]
    fn mustaches_are_found_as_pystachio_finds_them() {
        let cases = [
            ("plain ${X} {a} {{}} }}", "closed"),
            ("a {{b}} c", "'a '<b>' c'"),
            ("{{{x}}}", "'{'<x>'}'"),
            ("{{{{p}}}}", "'{{'<p>'}}'"),
            ("{{meta{{n}}}}", "'{{meta'<n>'}}'"),
            ("{{&x}}{{&x&}}{{x&}}", "<&x><&x><!>"),
            ("{{&}}", "<!>"),
            ("{{&&x}}", "<&&x>"),
            ("{{ role }}", "<!>"),
            ("{{a}} {{ {{b", "<a>' {{ {{b'"),
            ("{{.x}}", "<x>"),
            ("é{{b}}ü", "'é'<b>'ü'"),
        ];
        for (text, expected) in cases {
            assert_eq!(shape(text), expected, "{text}");
        }
    }

    #[test]
    fn references_that_do_not_end_are_found() {
        let found = |text: &str| unclosed(text).map(|r| text[r].to_string()).collect::<Vec<_>>();
        assert_eq!(
            found("run {{role --x {{role} '{{role' {{a.b[c]"),
            ["{{role", "{{role}", "{{role", "{{a.b[c]"]
        );
        assert_eq!(found("{{a{{b}}"), Vec::<String>::new());
        assert_eq!(found("{{{role} {{ro{{role}}"), ["{{role}"]);
        for none in [
            "",
            "{{",
            "{{role}}",
            "{{&role}}",
            "{{a,b},c}",
            "{{1..3},5}",
            "{{ role",
            "{role",
            "{{'a'",
            "{{a}}}",
        ] {
            assert!(found(none).is_empty(), "{none}");
        }
        assert_eq!(unclosed(&"{".repeat(1 << 18)).count(), 0);
        assert_eq!(unclosed(&"{{a ".repeat(1 << 16)).count(), 1 << 16);
    }
}
