//! Mustaches: splitting text into literal parts and references.

use std::ops::Range;
use std::rc::Rc;

use memchr::memchr2;
use pest::Parser;

use super::grammar::{self, Rule, TemplateParser, Token};
use super::reference::{Malformed, Ref};

/// A string split at its mustaches.
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
        /// The reference, or why it is not one.
        target: Result<Rc<Ref>, Box<Malformed>>,
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

impl Template {
    /// Splits a string; `None` where it holds no mustache.
    pub fn split(text: &str) -> Option<Template> {
        if !text.contains("{{") {
            return None;
        }
        let pieces = TemplateParser::parse(Rule::template, text).ok()?;
        let mut segments: Vec<Segment> = Vec::new();
        for next in pieces.filter_map(segment) {
            match (segments.last_mut(), next) {
                (Some(Segment::Literal(last)), Segment::Literal(range)) => last.end = range.end,
                (_, next) => segments.push(next),
            }
        }
        if segments.iter().all(|s| matches!(s, Segment::Literal(_))) {
            return None;
        }
        let is_loose = |s: &Segment| matches!(s, Segment::Literal(range) if has_brace(&text[range.clone()]));
        let loose_braces = segments.iter().any(is_loose);
        Some(Template { segments, loose_braces })
    }

    /// Splits a string of which some runs are raw: these are literal, and no mustache reaches into them.
    pub(super) fn split_runs(text: &str, runs: Vec<(Range<usize>, bool)>) -> Option<Template> {
        let mut whole = Template { segments: Vec::new(), loose_braces: false };
        for (range, raw) in runs {
            let part = &text[range.clone()];
            match if raw { None } else { Template::split(part) } {
                Some(Template { segments, loose_braces }) => {
                    whole.loose_braces |= loose_braces;
                    whole.segments.extend(segments.iter().map(|s| s.moved(range.start + s.range().start)));
                }
                None => {
                    whole.loose_braces |= !raw && has_brace(part);
                    whole.segments.push(Segment::Literal(range));
                }
            }
        }
        whole.segments.iter().any(|s| !matches!(s, Segment::Literal(_))).then_some(whole)
    }
}

/// A piece of the grammar's `template`.
fn segment(piece: Token<'_>) -> Option<Segment> {
    let range = grammar::range(&piece);
    Some(match piece.as_rule() {
        Rule::text => Segment::Literal(range),
        Rule::resolved => {
            let target = Ok(Rc::new(Ref::of(piece.into_inner().next()?)));
            Segment::Ref { target, range }
        }
        Rule::postponed => {
            let name = grammar::range(&piece.into_inner().next()?);
            Segment::Postponed { range, name }
        }
        Rule::malformed => {
            let content = piece.into_inner().next()?;
            Segment::Ref { target: Err(Box::new(Malformed::new(content.as_str()))), range }
        }
        _ => return None,
    })
}

/// The references that a string begins and does not end, such as `{{name` or `{{name}`, as ranges of it. What may be braces of
/// a shell, such as `{{a,b},c}`, is not one of them.
pub fn unclosed(text: &str) -> impl Iterator<Item = Range<usize>> {
    let slips = if text.contains("{{") { TemplateParser::parse(Rule::slips, text).ok() } else { None };
    slips.into_iter().flatten().filter(|t| t.as_rule() == Rule::unclosed).map(|t| grammar::range(&t))
}

/// Whether a string holds a brace.
pub(in crate::template) fn has_brace(text: &str) -> bool {
    memchr2(b'{', b'}', text.as_bytes()).is_some()
}

impl Segment {
    /// Where the part is in the text.
    pub fn range(&self) -> Range<usize> {
        match self {
            Segment::Literal(range) | Segment::Ref { range, .. } | Segment::Postponed { range, .. } => {
                range.clone()
            }
        }
    }

    /// The same part of another text, where it begins at `at`.
    pub(in crate::template) fn moved(&self, at: usize) -> Segment {
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
