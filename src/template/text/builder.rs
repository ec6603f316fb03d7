//! Building text out of parts that remember where they were written.

use std::ops::Range;

use smallvec::SmallVec;

use super::string::{Origin, Text};
use crate::source::Span;

/// Places a string may remember; beyond that, only the place of the whole is kept.
const MAX_ORIGINS: usize = 4096;

/// Text in the making.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: String,
    origins: SmallVec<[Origin; 4]>,
    /// Whether there were too many places to be kept. Then there is one for each run of characters that are all raw, or all
    /// not (see [`Text::raw`]).
    coarse: bool,
    /// Whether a part is a unicode string.
    unicode: bool,
}

impl TextBuilder {
    /// Nothing yet.
    pub fn new() -> TextBuilder {
        TextBuilder::default()
    }

    /// Appends a string with its places.
    pub fn push(&mut self, text: &Text) {
        self.push_part(text, 0..text.as_str().len());
    }

    /// Appends the bytes in `range` of a string, with their places.
    pub fn push_part(&mut self, text: &Text, range: Range<usize>) {
        self.unicode |= text.is_unicode();
        let Some(part) = text.as_str().get(range.clone()).filter(|p| !p.is_empty()) else { return };
        self.text.push_str(part);
        let at = self.text.len() - part.len();
        let before = self.origins.len();
        text.copy_origins(range, at as u32, Span::NONE, &mut self.origins);
        self.bound(before);
    }

    /// Keeps one place of too many. It is done as they come: a large text may be made of very small parts. Those before
    /// `fresh` are merged already.
    fn bound(&mut self, fresh: usize) {
        if self.coarse {
            return self.merge(fresh);
        }
        if self.origins.len() > MAX_ORIGINS {
            self.coarse = true;
            let known = self.origins.iter().map(|o| o.source).find(|source| !source.is_none());
            if let (Some(first), Some(known)) = (self.origins.first_mut(), known) {
                first.source = known;
            }
            self.merge(0);
            self.origins.shrink_to_fit();
        }
    }

    /// Merges each place from `from` on with the one before it where both are raw, or both are not.
    fn merge(&mut self, from: usize) {
        let mut kept = from;
        for index in from..self.origins.len() {
            let origin = Origin { verbatim: false, ..self.origins[index] };
            if kept == 0 || self.origins[kept - 1].raw != origin.raw {
                self.origins[kept] = origin;
                kept += 1;
            }
        }
        self.origins.truncate(kept);
    }

    /// Appends characters that came about at `place`, such as the result of a conversion.
    pub fn push_made(&mut self, text: &str, place: Span) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let last = self.origins.last();
        let unknown_before = place.is_none() && last.is_some_and(|o| o.source.is_none() && !o.raw);
        if !unknown_before {
            let at = self.text.len() - text.len();
            let before = self.origins.len();
            self.origins.push(Origin { at: at as u32, source: place, verbatim: false, raw: false });
            self.bound(before);
        }
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
        if origins.iter().all(|o| o.source.is_none() && !o.raw) {
            origins.clear();
        }
        Text::with_origins(self.text, &*origins).into_kind(self.unicode)
    }
}

impl Text {
    /// This text followed by another, places kept.
    pub fn concat(&self, other: &Text) -> Text {
        let mut builder = TextBuilder::new();
        builder.push(self);
        builder.push(other);
        builder.finish()
    }

    /// The bytes in `range`, places kept; empty where the range does not fall on characters of the text.
    pub fn slice(&self, range: Range<usize>) -> Text {
        if range == (0..self.as_str().len()) {
            return self.clone();
        }
        let mut builder = TextBuilder::new();
        builder.push_part(self, range);
        builder.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn of_very_many_places_the_first_is_kept() {
        let at = |start: usize| Span::new(FileId(0), start, start + 1);
        let mut builder = TextBuilder::new();
        (0..MAX_ORIGINS + 10).for_each(|n| builder.push_made("x", at(n + 7)));
        builder.push(&Text::from("y"));
        let made = builder.finish();
        assert_eq!((made.as_str().len(), made.span()), (MAX_ORIGINS + 11, at(7)));
        assert_eq!(made.span_of(MAX_ORIGINS..MAX_ORIGINS + 11), at(7));
    }

    #[test]
    fn of_very_many_places_raw_ones_stay_apart() {
        let raw = Text::from("{{a}}").raw(Span::NONE);
        let mut builder = TextBuilder::new();
        (0..=MAX_ORIGINS).for_each(|n| builder.push_made("x", Span::new(FileId(0), n, n + 1)));
        builder.push(&raw);
        builder.push_made("y", Span::NONE);
        builder.push(&raw);
        let n = MAX_ORIGINS + 1;
        let runs = [(0..n, false), (n..n + 5, true), (n + 5..n + 6, false), (n + 6..n + 11, true)];
        assert_eq!(builder.finish().runs(), runs);
    }

    #[test]
    fn parts_keep_their_places() {
        let at = |start, end| Span::new(FileId(0), start, end);
        let text = Text::with_origins(
            "hello",
            vec![Origin { at: 0, source: at(10, 15), verbatim: true, raw: false }],
        );
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
