//! The text of a literal as it is decoded, with the map back to its source.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::source::{FileId, Span};
use crate::syntax::ast::{FPart, Run, StrLiteral};

/// How the body of a literal is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prefix {
    /// Prefix r: backslashes stay.
    pub(super) raw: bool,
    /// Prefix u or f: `\u`, `\U` and `\N` are escapes, and `\x` gives a character rather than a byte.
    pub(super) unicode: bool,
    /// Prefix ur: `\u` and `\U` are escapes, all else stays.
    pub(super) unicode_raw: bool,
}

/// Collects the text of a literal with its runs.
pub(super) struct TextBuilder {
    file: FileId,
    text: String,
    /// Whether a part of it is a unicode string, so that all of it is one.
    pub(super) unicode: bool,
    runs: SmallVec<[Run; 1]>,
    /// Bytes above 127 given by `\x` and octal escapes of a plain literal, with the places of the escapes.
    bytes: Vec<(u8, usize, usize)>,
    /// The first half of a surrogate pair, and where it is written.
    pub(super) high: Option<(u32, usize, usize)>,
}

impl TextBuilder {
    /// An empty text.
    pub(super) fn new(file: FileId) -> TextBuilder {
        TextBuilder {
            file,
            text: String::new(),
            unicode: false,
            runs: SmallVec::new(),
            bytes: Vec::new(),
            high: None,
        }
    }

    /// Text that stands in the source byte for byte, from `start`.
    pub(super) fn verbatim(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        self.flush_bytes();
        let source = Span::new(self.file, start, start + text.len());
        match self.runs.last_mut() {
            Some(last) if last.verbatim && last.source.end == source.start => last.source.end = source.end,
            _ => self.runs.push(Run { at: self.text.len() as u32, source, verbatim: true }),
        }
        self.text.push_str(text);
    }

    /// A character that is written in another way between `start` and `end`.
    pub(super) fn escaped(&mut self, c: char, start: usize, end: usize) {
        self.flush_bytes();
        self.push_escaped(c, start, end);
    }

    fn push_escaped(&mut self, c: char, start: usize, end: usize) {
        let source = Span::new(self.file, start, end);
        self.runs.push(Run { at: self.text.len() as u32, source, verbatim: false });
        self.text.push(c);
    }

    /// A byte of a plain literal that is written between `start` and `end`.
    pub(super) fn byte(&mut self, byte: u8, start: usize, end: usize) {
        if byte < 0x80 {
            self.escaped(byte as char, start, end);
        } else {
            self.bytes.push((byte, start, end));
        }
    }

    /// Bytes that are UTF-8 become the characters they encode, as the stock client reads them; others are Latin-1.
    fn flush_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let pending = std::mem::take(&mut self.bytes);
        let raw: Vec<u8> = pending.iter().map(|b| b.0).collect();
        let mut at = 0;
        for chunk in raw.utf8_chunks() {
            for c in chunk.valid().chars() {
                let end = at + c.len_utf8();
                self.push_escaped(c, pending[at].1, pending[end - 1].2);
                at = end;
            }
            for byte in chunk.invalid() {
                self.push_escaped(*byte as char, pending[at].1, pending[at].2);
                at += 1;
            }
        }
    }

    /// The literal.
    pub(super) fn finish(mut self) -> StrLiteral {
        self.flush_bytes();
        StrLiteral { text: self.text, unicode: self.unicode, runs: self.runs }
    }

    /// Adds the text so far as a part of an f-string, and begins anew.
    pub(super) fn part(&mut self, parts: &mut Vec<FPart>) {
        let file = self.file;
        std::mem::replace(self, TextBuilder::new(file)).finish_into(parts);
    }

    /// Adds the text as the last part of an f-string.
    pub(super) fn finish_into(self, parts: &mut Vec<FPart>) {
        let literal = self.finish();
        if !literal.text.is_empty() {
            parts.push(FPart::Text(Arc::new(literal)));
        }
    }
}
