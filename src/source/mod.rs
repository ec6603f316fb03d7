//! Source text: files, identifiers for them, byte spans, and the loader through which every read goes.

mod beneath;
mod disk;
mod loader;
mod map;
mod paths;
mod root;

pub use disk::Disk;
pub use loader::{DiskLoader, Found, LoadError, Loader, MemoryLoader, Read, resolved};
pub use map::{LineColumn, SourceFile, SourceMap};
pub use root::{PROJECT_FILE, Root, RootReason, Roots};

/// Identifies one source text of a run. Ids are handed out by [`SourceMap::add`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

impl FileId {
    /// The id of text that is in no file, such as a `--bind` of the command line or the built-in schema.
    pub const NONE: FileId = FileId(u32::MAX);
}

/// A range of bytes of one source text, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The text the range is in.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span of things that are not in any file, such as defaults of the schema.
    pub const NONE: Span = Span { file: FileId::NONE, start: 0, end: 0 };

    /// A span of `file` from byte `start` to byte `end`.
    pub fn new(file: FileId, start: usize, end: usize) -> Span {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: clamp(start), end: clamp(end) }
    }

    /// Whether this span is not in any source file.
    pub fn is_none(self) -> bool {
        self.file == FileId::NONE
    }

    /// This span, or `other` where this one is [`Span::NONE`].
    pub fn or(self, other: Span) -> Span {
        if self.is_none() { other } else { self }
    }

    /// Whether another span lies in this one.
    pub fn encloses(self, inner: Span) -> bool {
        self.file == inner.file && self.start <= inner.start && inner.end <= self.end
    }

    /// The smallest span that covers both; `self` where they are in different files.
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
