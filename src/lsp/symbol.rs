//! What is at a place of a file.

use gen_lsp_types::Position;

use super::context::context;
use super::includes::{Include, includes};
use super::mustaches::{bindings, mustaches};
use super::names::{Occurrence, Role, occurrences};
use super::state::State;
use super::unit::Unit;
use crate::source::{FileId, Span};
use crate::syntax::ast::Name;

/// What is at a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Symbol {
    /// A variable, a function or a class.
    Name(Occurrence),
    /// A name that `bind()` gives a value, or that a template reads.
    Bound {
        /// The name.
        name: String,
        /// Where it is written.
        span: Span,
    },
    /// A file that is included.
    File(Include),
}

impl Symbol {
    /// Where it is written.
    pub(super) fn span(&self) -> Span {
        match self {
            Symbol::Name(one) => one.span,
            Symbol::Bound { span, .. } => *span,
            Symbol::File(include) => include.span,
        }
    }
}

/// Whether a byte is in a span, or at its end.
pub(super) fn touches(span: Span, offset: usize) -> bool {
    (span.start as usize..=span.end as usize).contains(&offset)
}

/// What is at a position of a file.
pub(super) fn at(unit: &Unit, position: Position, state: &State<'_>) -> Option<Symbol> {
    let offset = unit.offset(position, state.client.encoding);
    let module = &unit.parsed.module;
    let file = includes(module).into_iter().find(|include| touches(include.span, offset)).map(Symbol::File);
    let read = || {
        let mut all = mustaches(module).into_iter();
        all.find(|one| touches(one.head_span(), offset))
            .map(|one| Symbol::Bound { name: one.head().to_string(), span: one.head_span() })
    };
    let bound = || {
        let mut all = bindings(module).into_iter();
        all.find(|one| touches(one.span, offset)).map(|one| Symbol::Bound { name: one.name, span: one.span })
    };
    let name = || occurrences(module).into_iter().find(|one| touches(one.span, offset)).map(Symbol::Name);
    file.or_else(read).or_else(bound).or_else(name).or_else(|| word(unit, offset))
}

/// The name at a place of a statement that cannot be parsed: one of the file and its includes.
fn word(unit: &Unit, offset: usize) -> Option<Symbol> {
    let text = unit.text.as_str();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = offset + text[offset..].find(|c| !is_part(c)).unwrap_or(text.len() - offset);
    let start = text[..end].rfind(|c| !is_part(c)).map_or(0, |at| text.ceil_char_boundary(at + 1));
    let word = &text[start..end];
    let context = context(text, offset);
    let is_code = context.string.is_none() && context.comment.is_none();
    // A keyword of a call is no name of the file.
    let is_keyword = text[end..].trim_start().strip_prefix('=').is_some_and(|rest| !rest.starts_with('='));
    let is_broken = !unit.is_whole();
    let begins = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (is_code && begins && is_broken && !is_keyword).then(|| {
        let span = Span::new(FileId::NONE, start, end);
        Symbol::Name(Occurrence { name: word.into(), span, role: Role::Use, scope: 0 })
    })
}

/// The occurrences of a variable in a file: those of its scope, or, if that is shared, of the name in the shared scope.
pub(super) fn variable(unit: &Unit, name: &Name, scope: usize) -> Vec<Occurrence> {
    let all = occurrences(&unit.parsed.module).into_iter();
    let mut found: Vec<_> = all.filter(|one| one.name == *name && one.scope == scope).collect();
    found.sort_by_key(|one| one.span.start);
    found
}
