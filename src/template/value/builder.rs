//! Building text out of parts that remember where they were written.

use std::ops::Range;

use super::text::{Origin, Text};
use crate::source::Span;

/// Places a text may remember; beyond that, only the place of the whole is kept.
const MOST_ORIGINS: usize = 4096;

/// Text in the making.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: String,
    origins: Vec<Origin>,
}

impl TextBuilder {
    /// Nothing yet.
    pub fn new() -> TextBuilder {
        TextBuilder::default()
    }

    /// Appends a text with its places.
    pub fn push(&mut self, text: &Text) {
        self.push_part(text, 0..text.as_str().len());
    }

    /// Appends the bytes in `range` of a text, with their places.
    pub fn push_part(&mut self, text: &Text, range: Range<usize>) {
        let Some(part) = text.as_str().get(range.clone()).filter(|p| !p.is_empty()) else { return };
        text.copy_origins(range, self.text.len() as u32, Span::NONE, &mut self.origins);
        self.text.push_str(part);
    }

    /// Appends characters that came about at `place`, such as the result of a conversion.
    pub fn push_made(&mut self, text: &str, place: Span) {
        if text.is_empty() {
            return;
        }
        let unknown_before = place.is_none() && self.origins.last().is_some_and(|o| o.source.is_none());
        if !unknown_before {
            self.origins.push(Origin { at: self.text.len() as u32, source: place, verbatim: false });
        }
        self.text.push_str(text);
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is nothing so far.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text.
    pub fn finish(self) -> Text {
        let mut origins = self.origins;
        if origins.iter().all(|o| o.source.is_none()) {
            origins.clear();
        } else if origins.len() > MOST_ORIGINS {
            let first = origins.iter().map(|o| o.source).find(|s| !s.is_none()).unwrap_or(Span::NONE);
            origins = vec![Origin { at: 0, source: first, verbatim: false }];
        }
        Text::with_origins(self.text, origins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn parts_keep_their_places() {
        let at = |start, end| Span::new(FileId(0), start, end);
        let text = Text::with_origins("hello", vec![Origin { at: 0, source: at(10, 15), verbatim: true }]);
        let mut builder = TextBuilder::new();
        builder.push_made("5", Span::NONE);
        builder.push_part(&text, 1..3);
        builder.push_made("9", at(40, 42));
        let made = builder.finish();
        assert_eq!(made.as_str(), "5el9");
        assert_eq!(made.span_of(0..1), Span::NONE);
        assert_eq!(made.span_of(2..3), at(12, 13));
        assert_eq!(made.span_of(3..4), at(40, 42));
        assert_eq!(made.span(), at(11, 42));
    }
}
