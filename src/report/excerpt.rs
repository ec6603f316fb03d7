//! The lines of source that a diagnostic shows, prepared for a terminal: hidden characters are made visible, long lines
//! are cut.
//!
//! Each excerpt keeps, for every character, where it stands in the source, so that columns stay those of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use codespan_reporting::files::{Error, Files};

use super::visible::{one_line, push_visible};
use crate::source::{FileId, SourceFile, SourceMap, Span};

/// Lines up to this many bytes are shown whole.
const WHOLE: usize = 240;
/// Of a longer line, what is within this many bytes of the ends of a label is shown.
const AROUND: usize = 60;
/// Lines shown after the first and before the last line of a label over several lines; at least what the renderer
/// asks for.
const CONTEXT: usize = 4;

/// The excerpts of one diagnostic.
#[derive(Debug)]
pub(super) struct Excerpts {
    files: Vec<Excerpt>,
}

#[derive(Debug)]
struct Excerpt {
    id: FileId,
    name: String,
    source: Arc<SourceFile>,
    /// The shown lines, each with a line break.
    text: String,
    /// By index of the line in the source.
    lines: BTreeMap<usize, Line>,
    /// Index of the line by the offset of its beginning in `text`.
    starts: Vec<(usize, usize)>,
}

#[derive(Debug)]
struct Line {
    /// The range in the excerpt's text, without the line break.
    range: Range<usize>,
    /// Offsets of characters in the source and in the excerpt, ascending.
    marks: Vec<(usize, usize)>,
}

impl Excerpts {
    /// The excerpts that show these spans.
    pub(super) fn new(spans: &[Span], sources: &SourceMap) -> Excerpts {
        let mut files: Vec<Excerpt> = Vec::new();
        for span in spans {
            if files.iter().any(|f| f.id == span.file) {
                continue;
            }
            let Some(source) = sources.get(span.file) else { continue };
            let ranges: Vec<Range<usize>> =
                spans.iter().filter(|s| s.file == span.file).map(|s| trimmed(*s, &source.text)).collect();
            files.push(Excerpt::new(span.file, source, &ranges));
        }
        Excerpts { files }
    }

    /// The excerpt that shows a span, and the range in its text.
    pub(super) fn range(&self, span: Span) -> Option<(usize, Range<usize>)> {
        let index = self.files.iter().position(|f| f.id == span.file)?;
        let file = &self.files[index];
        let range = trimmed(span, &file.source.text);
        Some((index, file.shown(range.start)..file.shown(range.end)))
    }

    fn file(&self, id: usize) -> Result<&Excerpt, Error> {
        self.files.get(id).ok_or(Error::FileMissing)
    }
}

/// The range of a span, within the text, at character boundaries, and without white space after it.
fn trimmed(span: Span, text: &str) -> Range<usize> {
    let boundary = |offset: u32| {
        let offset = (offset as usize).min(text.len());
        (0..=offset).rev().find(|o| text.is_char_boundary(*o)).unwrap_or(0)
    };
    let (start, end) = (boundary(span.start), boundary(span.end));
    if end <= start {
        return start..start;
    }
    start..start + text[start..end].trim_end().len()
}

impl Excerpt {
    fn new(id: FileId, source: Arc<SourceFile>, ranges: &[Range<usize>]) -> Excerpt {
        let mut excerpt = Excerpt {
            id,
            name: one_line(&source.name).into_owned(),
            text: String::new(),
            lines: BTreeMap::new(),
            starts: Vec::new(),
            source,
        };
        for index in shown_lines(&excerpt.source, ranges) {
            excerpt.add_line(index, ranges);
        }
        excerpt
    }

    fn add_line(&mut self, index: usize, ranges: &[Range<usize>]) {
        let start = self.source.line_start(index);
        let whole = &self.source.text[start..self.source.line_start(index + 1)];
        let line = whole.trim_end_matches(['\n', '\r']);
        let begin = self.text.len();
        self.starts.push((begin, index));
        let mut marks = Vec::new();
        let mut last = 0;
        for part in shown_parts(line, start, ranges) {
            if part.start > last {
                marks.push((start + last, self.text.len()));
                self.text.push('…');
            }
            for (offset, c) in line[part.clone()].char_indices() {
                marks.push((start + part.start + offset, self.text.len()));
                match c {
                    '\t' => self.text.push(c),
                    // An editor put the byte order mark there; it is not part of what the user wrote.
                    '\u{feff}' if start + part.start + offset == 0 => {}
                    c => push_visible(&mut self.text, c),
                }
            }
            last = part.end;
        }
        if last < line.len() {
            marks.push((start + last, self.text.len()));
            self.text.push('…');
        }
        marks.push((start + line.len(), self.text.len()));
        let range = begin..self.text.len();
        self.text.push('\n');
        self.lines.insert(index, Line { range, marks });
    }

    /// Where an offset of the source is in the excerpt's text.
    fn shown(&self, offset: usize) -> usize {
        let Some(line) = self.lines.get(&self.source.line_index(offset)) else { return 0 };
        let after = line.marks.partition_point(|(at, _)| *at <= offset);
        line.marks.get(after.saturating_sub(1)).map_or(line.range.start, |(_, shown)| *shown)
    }

    /// Where an offset of the excerpt's text is in the source.
    fn original(&self, line: &Line, shown: usize) -> usize {
        let after = line.marks.partition_point(|(_, at)| *at <= shown);
        line.marks.get(after.saturating_sub(1)).map_or(0, |(at, _)| *at)
    }
}

/// Indices of the lines to show: the ends of every range with some context, and a line that alone would be missing.
fn shown_lines(source: &SourceFile, ranges: &[Range<usize>]) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    for range in ranges {
        let (first, last) = (source.line_index(range.start), source.line_index(range.end));
        lines.extend(first..=last.min(first + CONTEXT));
        lines.extend(first.max(last.saturating_sub(CONTEXT))..=last);
    }
    let alone: Vec<usize> = lines.iter().filter(|i| lines.contains(&(*i + 2))).map(|i| i + 1).collect();
    lines.extend(alone);
    lines
}

/// The parts of a line to show, ascending, as ranges of bytes of the line.
fn shown_parts(line: &str, start: usize, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    if line.len() <= WHOLE {
        return std::iter::once(0..line.len()).collect();
    }
    let here = start..=start + line.len();
    let mut ends: Vec<usize> = ranges
        .iter()
        .flat_map(|r| [r.start, r.end])
        .filter(|end| here.contains(end))
        .map(|end| end - start)
        .collect();
    if ends.is_empty() {
        ends.push(0);
    }
    ends.sort_unstable();
    let mut parts: Vec<Range<usize>> = Vec::new();
    for end in ends {
        let from = (0..=end.saturating_sub(AROUND)).rev().find(|o| line.is_char_boundary(*o)).unwrap_or(0);
        let to = (end + AROUND..line.len()).find(|o| line.is_char_boundary(*o)).unwrap_or(line.len());
        match parts.last_mut() {
            Some(part) if from <= part.end => part.end = to.max(part.end),
            _ => parts.push(from..to),
        }
    }
    parts
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.file(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.file(id)?.text)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        let starts = &self.file(id)?.starts;
        let after = starts.partition_point(|(start, _)| *start <= byte);
        Ok(starts.get(after.saturating_sub(1)).map_or(0, |(_, index)| *index))
    }

    fn column_number(&'a self, id: usize, index: usize, byte: usize) -> Result<usize, Error> {
        let file = self.file(id)?;
        let Some(line) = file.lines.get(&index) else { return Ok(1) };
        Ok(file.source.position(file.original(line, byte)).column)
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        // Lines in the middle of a long label are requested, too, although they are not shown.
        Ok(self.file(id)?.lines.get(&index).map_or(0..0, |line| line.range.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_the_labels() {
        let line = "x".repeat(1000);
        let ranges = [Range { start: 500, end: 510 }];
        assert_eq!(shown_parts(&line, 0, &ranges), [Range { start: 440, end: 570 }]);
        let far = [Range { start: 100, end: 110 }, Range { start: 900, end: 901 }];
        assert_eq!(shown_parts(&line, 0, &far).len(), 2);
    }

    #[test]
    fn parts_end_between_characters() {
        let line = "ü".repeat(500);
        for at in 0..200 {
            let at = at * 2;
            for part in shown_parts(&line, 0, &[Range { start: at, end: at + 2 }]) {
                assert!(line.get(part).is_some());
            }
        }
    }

    #[test]
    fn a_span_out_of_bounds_is_brought_into_the_text() {
        let span = Span::new(FileId(0), 3, 900);
        assert_eq!(trimmed(span, "abc\u{e4} \n"), 3..5);
        assert_eq!(trimmed(Span::new(FileId(0), 4, 5), "abc\u{e4} \n"), 3..5);
        assert_eq!(trimmed(Span::new(FileId(0), 70, 60), "abc"), 3..3);
    }
}
