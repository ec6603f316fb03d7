//! What the scan is inside of: brackets, f-strings, and the fields of f-strings.

/// Something that was opened and must be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    /// Offset where it was opened.
    pub(super) at: usize,
    /// What it is.
    pub(super) kind: FrameKind,
}

/// What was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// `(`, `[` or `{`.
    Bracket(u8),
    /// The text of an f-string.
    FText(Quote),
    /// The expression of a field: `{` up to `:` or `}`.
    Field,
    /// The format specification of a field. It ends where its string would end, too.
    Spec(Quote),
}

/// The quotes of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    /// `'` or `"`.
    pub(super) byte: u8,
    /// Whether there are three of them.
    pub(super) long: bool,
}

impl Quote {
    /// How many bytes the quote has.
    pub(super) fn len(self) -> usize {
        if self.long { 3 } else { 1 }
    }

    /// The quote that begins at `at`.
    pub(super) fn at(bytes: &[u8], at: usize) -> Quote {
        let byte = bytes[at];
        Quote { byte, long: bytes.get(at + 1) == Some(&byte) && bytes.get(at + 2) == Some(&byte) }
    }

    /// Whether the quote stands at `at`.
    pub(super) fn is_at(self, bytes: &[u8], at: usize) -> bool {
        bytes.len() >= at + self.len() && bytes[at..at + self.len()].iter().all(|b| *b == self.byte)
    }

    /// The quote as written.
    pub(super) fn text(self) -> &'static str {
        match (self.byte, self.long) {
            (b'"', false) => "\"",
            (b'"', true) => "\"\"\"",
            (_, false) => "'",
            (_, true) => "'''",
        }
    }
}

/// The bracket that closes `open`.
pub(super) fn closer(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}
