//! The references in the strings of a file, and the names that `bind()` gives to references.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::ast::{ArgKind, Expr, ExprKind, Module, StrLiteral};
use crate::template::{Segment, Template};

use super::walk::{Node, walk};

/// A reference in a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mustache {
    /// The address, such as `profile.ports[http]`.
    pub(super) address: String,
    /// The mustache, braces included.
    pub(super) span: Span,
    /// The address in it.
    pub(super) inner: Span,
}

impl Mustache {
    /// The first name of the address.
    pub(super) fn head(&self) -> &str {
        let end = self.address.find(['.', '[']).unwrap_or(self.address.len());
        &self.address[..end]
    }

    /// Where the first name is written.
    pub(super) fn head_span(&self) -> Span {
        Span { end: self.inner.start + self.head().len() as u32, ..self.inner }
    }
}

/// A name that `bind()` gives a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binding {
    /// The name.
    pub(super) name: String,
    /// Where it is written.
    pub(super) span: Span,
    /// The value.
    pub(super) value: Span,
}

/// The references in the strings of a file, in order.
pub(super) fn mustaches(module: &Module) -> Vec<Mustache> {
    let mut found = Vec::new();
    walk(&module.body, &mut |node| {
        if let Node::Expr(Expr { kind: ExprKind::Str(literal), .. }) = node {
            found.extend(of_literal(literal));
        }
    });
    found
}

fn of_literal(literal: &StrLiteral) -> Vec<Mustache> {
    let Some(template) = Template::split(&literal.text) else { return Vec::new() };
    let whole = |segment: &Segment| match segment {
        Segment::Literal(_) => None,
        Segment::Ref { range, .. } => Some((range.clone(), range.start + 2..range.end - 2)),
        Segment::Postponed { range, name } => Some((range.clone(), name.clone())),
    };
    let places = template.segments.iter().filter_map(whole);
    places
        .filter_map(|(range, name)| {
            let (span, inner) = (written(literal, &range)?, written(literal, &name)?);
            Some(Mustache { address: literal.text[name].to_string(), span, inner })
        })
        .collect()
}

/// Where a part of a literal is written; nothing where it comes from escapes or from several literals.
pub(super) fn written(literal: &StrLiteral, range: &Range<usize>) -> Option<Span> {
    let run = literal.runs.iter().rev().find(|run| run.at as usize <= range.start)?;
    let start = run.source.start as usize + (range.start - run.at as usize);
    let end = start + range.len();
    let fits = run.verbatim && end <= run.source.end as usize;
    fits.then(|| Span::new(run.source.file, start, end))
}

/// The names that are bound by `.bind(name = value)` in a file, in order.
pub(super) fn bindings(module: &Module) -> Vec<Binding> {
    let mut found = Vec::new();
    walk(&module.body, &mut |node| {
        let Node::Expr(Expr { kind: ExprKind::Call { function, args }, .. }) = node else { return };
        if !matches!(&function.kind, ExprKind::Attribute { name, .. } if name.name == "bind") {
            return;
        }
        for arg in args {
            if let ArgKind::Keyword(keyword) = &arg.kind {
                let name = keyword.name.to_string();
                found.push(Binding { name, span: keyword.span, value: arg.value.span });
            }
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::syntax::parse;

    #[test]
    fn references_are_where_they_are_written() {
        let text = "a = 'x {{b.c}} \\' {{d}}' '''{{&e}}'''\n";
        let found = mustaches(&parse(FileId(0), text, 100).module);
        let shown: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|m| (m.head(), &text[m.span.start as usize..m.span.end as usize], &*m.address))
            .collect();
        assert_eq!(shown, [("b", "{{b.c}}", "b.c"), ("d", "{{d}}", "d"), ("e", "{{&e}}", "e")]);
    }
}
