//! Text → syntax tree. The grammar is `grammar/aurora.pest`; pest's types stay inside this module.
//!
//! | step | takes → gives |
//! |---|---|
//! | `layout` | text → tokens and logical lines, each line with its block; brackets, strings, characters and nesting are checked |
//! | `grammar` | a logical line → pest's matches |
//! | `lower` | matches → expressions and simple statements |
//! | `block` | lines → statements with their blocks |
//! | `frames` | tree → where each name of a function lives |
//! | `cache` | files → parsed files, each once |
//! | `explain` | the tokens of a line and the place where the grammar failed → a diagnostic in plain words |

pub mod ast;
mod block;
mod cache;
mod explain;
pub mod frames;
mod grammar;
mod layout;
mod lower;
mod suspicious;
pub mod visit;
mod words;

#[cfg(test)]
mod tests;

pub use cache::{ModuleCache, ParsedFile};

use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Span};

/// The number of errors and lints of each kind (layout, indentation, statements) that are kept. More would help nobody.
const MAX_DIAGNOSTICS: usize = 100;

/// What parsing gives: the statements that could be parsed, and what is wrong with the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The tree.
    pub module: ast::Module,
    /// Every comment, from its `#` to the end of its line, in source order.
    pub comments: Vec<Span>,
    /// Errors and lints, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Every comment of a string, from its `#` to the end of its line, in source order.
pub fn comments(file: FileId, text: &str) -> Vec<Span> {
    layout::comments(file, text)
}

/// Nesting that the stacks of parser, lowering and evaluator can bear, whatever else is allowed.
pub const MAX_NESTING: usize = 1_000;

/// Parses the text of a file. Nesting (brackets, blocks, operators) deeper than `max_nesting` levels is rejected, and
/// deeper than [`MAX_NESTING`] in any case.
pub fn parse(file: FileId, text: &str, max_nesting: usize) -> Parsed {
    let layout = layout::layout(file, text, max_nesting.min(MAX_NESTING));
    let (body, lower) = block::Blocks::new(file, text, &layout).module();
    let future = lower.future;
    let mut diagnostics = lower.into_diagnostics();
    diagnostics.splice(0..0, layout.diagnostics);
    let module = ast::Module { file, body, future };
    diagnostics.extend(suspicious::lints(&module));
    diagnostics.sort_by_key(|d| (d.primary.start, d.primary.end));
    Parsed { module, comments: layout.comments, diagnostics }
}
