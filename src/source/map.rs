//! The set of sources of a run, shared by all threads that compile.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, RwLock};

use super::{FileId, Span};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// One source text and where its lines begin.
#[derive(Debug)]
pub struct SourceFile {
    /// The path as the user would write it, for messages.
    pub name: String,
    /// Where the file is on disk, if it is there.
    pub path: Option<PathBuf>,
    /// The text, as UTF-8.
    pub text: String,
    /// Whether `jobc:` stands anywhere in it: comments that allow lints begin with that.
    pub mentions_jobc: bool,
    line_starts: Vec<u32>,
    /// The characters before every [`BLOCK`] of bytes, once somebody asks for a column.
    characters: OnceLock<Vec<u32>>,
}

/// A position as editors show it: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl SourceFile {
    /// A source text with its line table. As in editors, a line ends in a line feed, a carriage return or both, and a
    /// byte-order mark is not part of the first line.
    pub fn new(name: impl Into<String>, path: Option<&Path>, text: String) -> SourceFile {
        let line_starts = line_starts(&text);
        let mentions_jobc = memchr::memmem::find(text.as_bytes(), b"jobc:").is_some();
        let path = path.map(Path::to_path_buf);
        SourceFile { name: name.into(), path, text, mentions_jobc, line_starts, characters: OnceLock::new() }
    }

    /// The line (from 0) that the byte at `offset` is on.
    pub fn line_index(&self, offset: usize) -> usize {
        match self.line_starts.binary_search(&(offset as u32)) {
            Ok(line) => line,
            Err(next) => next.saturating_sub(1),
        }
    }

    /// Offset of the first byte of a line counted from 0; the text's length after the last line.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line).map_or(self.text.len(), |s| *s as usize)
    }

    /// Number of lines.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> LineColumn {
        let offset = offset.min(self.text.len());
        let line = self.line_index(offset);
        let start = self.line_start(line).min(offset);
        let column = match self.text.is_char_boundary(offset) {
            true => self.characters_before(offset) - self.characters_before(start),
            false => offset - start,
        };
        LineColumn { line: line + 1, column: column + 1 }
    }

    /// The characters before a byte. A line may be as long as the file, and have many mistakes, so they are not counted
    /// from its beginning each time.
    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let counts = self.characters.get_or_init(|| {
            let mut sum = 0;
            let before = |block: &[u8]| {
                let before = sum;
                sum += count(block);
                before
            };
            bytes.chunks(BLOCK).map(before).collect()
        });
        let block = offset / BLOCK;
        match counts.get(block) {
            Some(before) => *before as usize + count(&bytes[block * BLOCK..offset]) as usize,
            // The text ends where a block would begin.
            None => bytes.len().checked_sub(BLOCK).map_or(0, |start| {
                counts.last().map_or(0, |before| *before as usize) + count(&bytes[start..]) as usize
            }),
        }
    }
}

/// Bytes between two counts of characters.
const BLOCK: usize = 4096;

/// The characters that begin in some bytes of UTF-8.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte & 0xc0 != 0x80)).sum()
}

fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let first = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    let breaks = ends.filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
    std::iter::once(first as u32).chain(breaks.map(|at| at as u32 + 1)).collect()
}

/// All sources of a run. Cloning shares the set.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Arc<RwLock<Vec<Arc<SourceFile>>>>,
}

impl SourceMap {
    /// An empty set.
    pub fn new() -> SourceMap {
        SourceMap::default()
    }

    /// Adds a source and returns its id.
    pub fn add(&self, file: SourceFile) -> FileId {
        let mut files = self.files.write().unwrap_or_else(|e| e.into_inner());
        files.push(Arc::new(file));
        FileId((files.len() - 1) as u32)
    }

    /// The text with this id, if there is one.
    pub fn get(&self, id: FileId) -> Option<Arc<SourceFile>> {
        self.files.read().unwrap_or_else(|e| e.into_inner()).get(id.0 as usize).cloned()
    }

    /// The source text under a span; empty where the span is in no file.
    pub fn snippet(&self, span: Span) -> String {
        self.get(span.file)
            .and_then(|f| f.text.get(span.start as usize..span.end as usize).map(str::to_string))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn positions(text: &str) -> Vec<(usize, usize)> {
        let file = SourceFile::new("a.aurora", None, text.to_string());
        let marks = text.match_indices('x').map(|(at, _)| file.position(at));
        marks.map(|p| (p.line, p.column)).collect()
    }

    #[test]
    fn lines_end_as_in_editors() {
        assert_eq!(positions("x\n x\r\n  x\r   x"), [(1, 1), (2, 2), (3, 3), (4, 4)]);
        assert_eq!(positions("x\x0cx\u{2028}x"), [(1, 1), (1, 3), (1, 5)]);
    }

    #[test]
    fn columns_of_long_lines_are_those_of_their_characters() {
        for length in [0, 1, 1365, 1366, 2730, 2731, 8192, 10_000] {
            for filling in ["x", "€"] {
                let text = filling.repeat(length);
                let file = SourceFile::new("a.aurora", None, format!("{text}\n{text}"));
                let end = file.position(file.text.len());
                assert_eq!((end.line, end.column), (2, length + 1), "{filling} {length}");
            }
        }
        let blocks = SourceFile::new("a.aurora", None, "x".repeat(2 * BLOCK));
        assert_eq!(blocks.position(2 * BLOCK).column, 2 * BLOCK + 1);
        assert_eq!(blocks.position(BLOCK).column, BLOCK + 1);
    }

    #[test]
    fn a_byte_order_mark_shifts_no_column() {
        assert_eq!(positions("\u{feff}x x\nx"), [(1, 1), (1, 3), (2, 1)]);
        let file = SourceFile::new("a.aurora", None, "\u{feff}x".to_string());
        assert_eq!((file.position(0).line, file.position(0).column), (1, 1));
    }
}
