//! The layout pass: splits a string into logical lines before any of it is parsed.
//!
//! One scan over the text follows strings, brackets, comments and continued lines, and finds what is wrong with them.
//! It also bounds how deeply a line nests, so that no later stage needs to fear for the stack. Offsets stay those of
//! the text: a line is a range of it.

mod brackets;
mod candidates;
mod conflict;
mod depth;
mod frames;
mod indent;
mod scan;
mod strange;
mod strings;
mod token;

pub(super) use strange::word_len;
pub(super) use token::{Token, TokenKind};

use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Span};

/// Chains of operators, calls or attributes longer than this are rejected: each link is a level of the tree.
pub(super) const MAX_CHAIN: u32 = 10_000;

/// A logical line: one statement, several with semicolons, or the head of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Offset of its first character that is not a space.
    pub(super) start: usize,
    /// Offset after its last character; a comment at the end is left out.
    pub(super) end: usize,
    /// Offset where its indentation begins.
    pub(super) margin: usize,
    /// How many blocks it is inside of.
    pub(super) depth: usize,
    /// It is already diagnosed, and must not be parsed.
    pub(super) bad: bool,
    /// It ends in a colon: a block must follow.
    pub(super) opens: bool,
    /// Index of its first token.
    first_token: usize,
    /// Index after its last token.
    end_token: usize,
}

/// The logical lines of a string.
#[derive(Debug)]
pub(super) struct Layout {
    /// The lines, in order.
    pub(super) lines: Vec<Line>,
    /// The tokens of all lines, in order.
    tokens: Vec<Token>,
    /// Every comment, without its line end.
    pub(super) comments: Vec<Span>,
    /// The text with a space for every byte of a comment or of a space within a line, which is what the grammar reads.
    /// Offsets are those of the text.
    pub(super) clean: String,
    /// What is wrong with strings, brackets, characters and indentation.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Layout {
    /// The tokens of a line.
    pub(super) fn tokens(&self, line: &Line) -> &[Token] {
        self.tokens.get(line.first_token..line.end_token).unwrap_or_default()
    }
}

/// Every comment of a string, without its line end, in order.
pub(super) fn comments(file: FileId, text: &str) -> Vec<Span> {
    scan::Scanner::new(file, text, usize::MAX).run().comments
}

/// Splits a string into logical lines and finds the block that each belongs to.
pub(super) fn layout(file: FileId, text: &str, max_nesting: usize) -> Layout {
    let mut layout = scan::Scanner::new(file, text, max_nesting).run();
    indent::assign_blocks(file, text, max_nesting, &mut layout);
    layout
}

/// Whether a byte can begin a name. Letters beyond ASCII count, so that a message can name the whole word.
pub(super) fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

/// Whether a byte can be inside a name.
pub(super) fn continues_name(byte: u8) -> bool {
    CONTINUES[usize::from(byte)]
}

static CONTINUES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte >= 0x80 || byte == b'_' as usize || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};
