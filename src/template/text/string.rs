//! Immutable text that remembers where it was written.

use std::borrow::Borrow;
use std::cell::{Cell, OnceCell};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::rc::Rc;

use smallvec::SmallVec;

use super::hash::of_str;
use super::mustache::Template;
use crate::source::Span;

/// Where a stretch of a string was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Offset of the stretch in the text.
    pub at: u32,
    /// The source it came from.
    pub source: Span,
    /// Whether text and source are the same bytes, so that offsets carry over.
    pub verbatim: bool,
    /// Whether braces in the stretch are only braces, not references: see [`Text::raw`].
    pub raw: bool,
}

/// The places of a string: usually one, the literal it comes from.
pub type Origins = SmallVec<[Origin; 1]>;

#[derive(Debug)]
struct Inner {
    text: Box<str>,
    /// In order of `at`; a stretch reaches to the next one. Empty where nothing is known.
    origins: Origins,
    /// Whether it is one of Python 2's unicode strings, which `repr` marks and which hash by code points.
    unicode: bool,
    /// Its hash, or [`NOT_HASHED`].
    hash: Cell<i64>,
    /// The text split at its mustaches; `None` inside where it has none.
    parsed: OnceCell<Option<Box<Template>>>,
}

/// Stands for a hash that is not known yet: no value hashes to it.
const NOT_HASHED: i64 = -1;

/// Text, shared and immutable. Equality and order are those of the characters alone.
#[derive(Clone)]
pub struct Text(Rc<Inner>);

impl Text {
    /// Text with the places it was written at, in order.
    pub fn with_origins(text: impl Into<Box<str>>, origins: impl Into<Origins>) -> Text {
        let text: Box<str> = text.into();
        Text(Rc::new(Inner {
            text,
            origins: origins.into(),
            unicode: false,
            hash: Cell::new(NOT_HASHED),
            parsed: OnceCell::new(),
        }))
    }

    /// The same text as a unicode string or as a byte string.
    #[must_use]
    pub fn into_kind(mut self, unicode: bool) -> Text {
        if self.0.unicode == unicode {
            return self;
        }
        if Rc::get_mut(&mut self.0).is_none() {
            self = Text::with_origins(self.as_str(), self.0.origins.clone());
        }
        if let Some(inner) = Rc::get_mut(&mut self.0) {
            inner.unicode = unicode;
            inner.hash.set(NOT_HASHED);
        }
        self
    }

    /// The same string with braces that are only braces, not references (an extension of jobc). The mark belongs to the
    /// characters: parts of the string keep it, wherever they are copied to. `place` is where the string was made, where it
    /// does not know.
    #[must_use]
    pub fn raw(&self, place: Span) -> Text {
        let mut origins = Origins::new();
        self.copy_origins(0..self.as_str().len(), 0, place, &mut origins);
        origins.iter_mut().for_each(|origin| origin.raw = true);
        Text::with_origins(self.as_str(), origins).into_kind(self.is_unicode())
    }

    /// Whether a part of it is raw.
    pub fn has_raw(&self) -> bool {
        self.0.origins.iter().any(|origin| origin.raw)
    }

    /// The stretches of the string, each with whether it is raw. Neighbours differ.
    pub fn runs(&self) -> Vec<(Range<usize>, bool)> {
        let mut starts: Vec<(usize, bool)> = Vec::new();
        for (at, raw) in self.0.origins.iter().map(|origin| (origin.at as usize, origin.raw)) {
            if starts.last().is_none_or(|(_, last)| *last != raw) {
                starts.push((at, raw));
            }
        }
        let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([self.as_str().len()]);
        starts.iter().zip(ends).map(|((at, raw), end)| (*at..end, *raw)).collect()
    }

    /// Whether it is one of Python 2's unicode strings.
    pub fn is_unicode(&self) -> bool {
        self.0.unicode
    }

    /// Its hash in CPython 2.7, which is computed once.
    pub(in crate::template) fn hash(&self) -> i64 {
        let mut hash = self.0.hash.get();
        if hash == NOT_HASHED {
            hash = of_str(self.as_str(), self.0.unicode);
            self.0.hash.set(hash);
        }
        hash
    }

    /// Text that is split at its mustaches already; `None` where it has none.
    pub(in crate::template) fn with_template(
        text: String,
        origins: &[Origin],
        template: Option<Box<Template>>,
    ) -> Text {
        let made = Text::with_origins(text, origins);
        let unset = made.0.parsed.set(template);
        debug_assert!(unset.is_ok());
        made
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// The text split at its mustaches, done once; `None` where there is none.
    pub fn template(&self) -> Option<&Template> {
        let split = || match self.has_raw() {
            true => Template::split_runs(self.as_str(), self.runs()),
            false => Template::split(self.as_str()),
        };
        self.0.parsed.get_or_init(|| split().map(Box::new)).as_deref()
    }

    /// Whether both are the very same text in memory.
    pub fn same(&self, other: &Text) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Where the text was written, as a whole; [`Span::NONE`] where that is not known.
    pub fn span(&self) -> Span {
        let mut known = self.0.origins.iter().map(|o| o.source).filter(|s| !s.is_none());
        match known.next() {
            Some(first) => first.to(known.next_back().unwrap_or(first)),
            None => Span::NONE,
        }
    }

    /// Where the bytes in `range` were written; [`Span::NONE`] where that is not known.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let origins = &self.0.origins;
        if origins.is_empty() {
            return Span::NONE;
        }
        let place = |offset: usize, end: bool| -> Span {
            let probe = if end { offset.saturating_sub(1) } else { offset };
            let index = origins.partition_point(|o| o.at as usize <= probe).saturating_sub(1);
            let origin = origins[index];
            if !origin.verbatim {
                return origin.source;
            }
            let delta = (offset - (origin.at as usize).min(offset)) as u32;
            let point = (origin.source.start + delta).min(origin.source.end);
            Span { start: point, end: point, ..origin.source }
        };
        place(range.start, false).to(place(range.end, true))
    }

    /// Appends the places of a range of this text to `out`, for a copy of the range that begins at `at`. Where nothing
    /// is known, the copy is said to come from `otherwise`.
    pub(in crate::template) fn copy_origins(
        &self,
        range: Range<usize>,
        at: u32,
        otherwise: Span,
        out: &mut impl Extend<Origin>,
    ) {
        let origins = &self.0.origins;
        if origins.is_empty() {
            out.extend([Origin { at, source: otherwise, verbatim: false, raw: false }]);
            return;
        }
        let first = origins.partition_point(|o| o.at as usize <= range.start).saturating_sub(1);
        let of_range = origins[first..].iter().take_while(|o| (o.at as usize) < range.end);
        out.extend(of_range.map(|origin| {
            let skipped = (range.start as u32).saturating_sub(origin.at);
            let start = if origin.verbatim { origin.source.start + skipped } else { origin.source.start };
            Origin {
                at: at + origin.at.saturating_sub(range.start as u32),
                source: Span { start: start.min(origin.source.end), ..origin.source },
                verbatim: origin.verbatim,
                raw: origin.raw,
            }
        }));
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::with_origins(text, Origins::new())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::with_origins(text, Origins::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn at(start: usize, end: usize) -> Span {
        Span::new(FileId(0), start, end)
    }

    fn origin(at: u32, source: Span, verbatim: bool) -> Origin {
        Origin { at, source, verbatim, raw: false }
    }

    #[test]
    fn the_mark_of_raw_strings_follows_their_characters() {
        let raw = Text::from("{{a}}").raw(at(5, 12));
        let pasted = Text::from("x{{b}}").concat(&raw).concat(&Text::from("y"));
        assert_eq!(pasted.runs(), [(0..6, false), (6..11, true), (11..12, false)]);
        assert_eq!(pasted.slice(8..12).runs(), [(0..3, true), (3..4, false)]);
        assert!(!pasted.slice(0..6).has_raw() && raw.has_raw());
        assert_eq!((raw.span(), raw.as_str()), (at(5, 12), "{{a}}"));
        assert_eq!(Text::from("").raw(Span::NONE).as_str(), "");
    }

    /// No reference reaches into a raw stretch.
    #[test]
    fn raw_stretches_have_no_references() {
        let raw = |text: &str| Text::from(text).raw(Span::NONE);
        let plain = |text: &str| Text::from(text);
        assert!(raw("{{a}}").template().is_none());
        assert!(plain("{{a").concat(&raw("}}")).template().is_none());
        let both = plain("é{{a}}").concat(&raw("{{b}}")).concat(&plain("-{{c}}"));
        let template = both.template().unwrap();
        let parts: Vec<&str> = template.segments.iter().map(|s| &both.as_str()[s.range()]).collect();
        assert_eq!(parts, ["é", "{{a}}", "{{b}}", "-", "{{c}}"]);
        assert!(!template.loose_braces);
    }

    #[test]
    fn places_carry_through_escapes_and_concatenation() {
        let a = Text::with_origins(
            "a\nb",
            vec![origin(0, at(10, 11), true), origin(1, at(11, 13), false), origin(2, at(13, 14), true)],
        );
        assert_eq!(a.span_of(2..3), at(13, 14));
        assert_eq!(a.span_of(1..2), at(11, 13));
        assert_eq!(a.span_of(0..3), at(10, 14));
        let b = Text::with_origins("xyz", vec![origin(0, at(30, 33), true)]);
        assert_eq!(a.concat(&b).span_of(4..5), at(31, 32));
        assert_eq!(a.concat(&Text::from("q")).span(), at(10, 14));
        assert_eq!(a.slice(2..3).span(), at(13, 14));
    }
}
