//! Positions of the protocol ↔ byte offsets, and edits of a text.

use std::ops::Range as Bytes;

use gen_lsp_types::{Position, PositionEncodingKind, Range, TextDocumentContentChangeEvent};

/// What a client counts columns in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16; what every client understands.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The best of those that a client offers. The client's order does not matter: bytes need no counting.
    pub(super) fn negotiated(offered: &[PositionEncodingKind]) -> Encoding {
        let offers = |kind: &PositionEncodingKind| offered.contains(kind);
        match () {
            () if offers(&PositionEncodingKind::UTF8) => Encoding::Utf8,
            () if offers(&PositionEncodingKind::UTF32) => Encoding::Utf32,
            () => Encoding::Utf16,
        }
    }

    /// The protocol's name for it.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The units that a string takes.
    pub(super) fn width(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.encode_utf16().count(),
            Encoding::Utf32 => text.chars().count(),
        }
    }

    fn of_char(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// The byte at a column of a line. A column inside a character means its beginning, and one after the end of the line
    /// means the end.
    fn byte(self, line: &str, column: usize) -> usize {
        let mut left = column;
        for (at, c) in line.char_indices() {
            let width = self.of_char(c);
            if left < width {
                return at;
            }
            left -= width;
        }
        line.len()
    }
}

/// A text with its line table. A line ends in a line feed, a carriage return or both.
#[derive(Debug, Clone)]
pub(super) struct Text {
    text: String,
    starts: Vec<usize>,
}

impl Text {
    /// A text.
    pub(super) fn new(text: String) -> Text {
        let starts = starts(&text);
        Text { text, starts }
    }

    /// The string.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of a line from 0, without what ends it; the end of the text for lines after the last.
    pub(super) fn line(&self, line: usize) -> Bytes<usize> {
        let Some(start) = self.starts.get(line).copied() else {
            return self.text.len()..self.text.len();
        };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// The line from 0 that a byte is on.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The byte that a position means.
    pub(super) fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = self.line(position.line as usize);
        line.start + encoding.byte(&self.text[line.clone()], position.character as usize)
    }

    /// The position of a byte. One inside a character gets the position of the character.
    pub(super) fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        let column = encoding.width(&self.text[self.starts[line]..offset]);
        Position { line: line as u32, character: column as u32 }
    }

    /// The range of some bytes.
    pub(super) fn range(&self, bytes: Bytes<usize>, encoding: Encoding) -> Range {
        Range { start: self.position(bytes.start, encoding), end: self.position(bytes.end, encoding) }
    }

    /// Makes a client's edits, in their order. A range whose end is before its start is taken to be empty.
    pub(super) fn edit(&mut self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            let text = match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => whole.text,
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let start = self.offset(part.range.start, encoding);
                    let end = self.offset(part.range.end, encoding).max(start);
                    let mut text = std::mem::take(&mut self.text);
                    text.replace_range(start..end, &part.text);
                    text
                }
            };
            *self = Text::new(text);
        }
    }
}

/// Where lines begin.
fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    let breaks = ends.filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
    std::iter::once(0).chain(breaks.map(|at| at + 1)).collect()
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::TextDocumentContentChangePartial;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_are_counted_in_what_the_client_counts() {
        let text = Text::new("ab\n😀é{{x}}\n".to_string());
        let x = text.as_str().find('x').unwrap();
        let columns = ALL.map(|encoding| text.position(x, encoding).character);
        assert_eq!(columns, [8, 5, 4]);
        for encoding in ALL {
            assert_eq!(text.offset(text.position(x, encoding), encoding), x);
        }
    }

    #[test]
    fn a_position_inside_a_character_means_its_beginning() {
        let text = Text::new("😀b".to_string());
        assert_eq!(text.offset(at(0, 1), Encoding::Utf16), 0);
        assert_eq!(text.offset(at(0, 3), Encoding::Utf8), 0);
        assert_eq!(text.position(2, Encoding::Utf16), at(0, 0));
    }

    #[test]
    fn positions_outside_mean_the_nearest_end() {
        let text = Text::new("ab\r\ncd".to_string());
        assert_eq!(text.offset(at(0, 99), Encoding::Utf16), 2);
        assert_eq!(text.offset(at(9, 0), Encoding::Utf16), 6);
    }

    #[test]
    fn lines_end_as_the_protocol_says() {
        let text = Text::new("a\nb\r\nc\rd".to_string());
        let lines: Vec<&str> = (0..5).map(|line| &text.as_str()[text.line(line)]).collect();
        assert_eq!(lines, ["a", "b", "c", "d", ""]);
    }

    #[test]
    fn edits_are_made_one_after_the_other() {
        let mut text = Text::new("one\ntwo\n".to_string());
        let part = |range: Range, text: &str| {
            let text = text.to_string();
            TextDocumentContentChangeEvent::from(TextDocumentContentChangePartial {
                range,
                text,
                ..Default::default()
            })
        };
        let insert = part(Range { start: at(0, 0), end: at(0, 0) }, "zero\n");
        let replace = part(Range { start: at(2, 0), end: at(2, 3) }, "zwei");
        text.edit(vec![insert, replace], Encoding::Utf16);
        assert_eq!(text.as_str(), "zero\none\nzwei\n");
    }
}
