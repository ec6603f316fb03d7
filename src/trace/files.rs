//! Which files include which.

use rustc_hash::FxHashMap;

use crate::eval::Included;
use crate::source::{FileId, Span};

/// The files of a compile, and where each was included first.
#[derive(Debug, Clone, Default)]
pub struct Files {
    included: FxHashMap<FileId, (Span, usize)>,
}

impl Files {
    /// The files that ran, in that order.
    pub fn new(ran: &[Included]) -> Files {
        let mut files = Files::default();
        for Included { file, at } in ran {
            let depth = match at.is_none() {
                true => 0,
                false => files.distance(at.file) + 1,
            };
            files.included.entry(*file).or_insert((*at, depth));
        }
        files
    }

    /// How many includes lead from the entry file to this one; 0 for the entry file, and for files that are only read.
    pub fn distance(&self, file: FileId) -> usize {
        self.included.get(&file).map_or(0, |(_, depth)| *depth)
    }

    /// The include() that ran a file first; [`Span::NONE`] for the entry file.
    pub fn included_at(&self, file: FileId) -> Span {
        self.included.get(&file).map_or(Span::NONE, |(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_includes() {
        let at = |file: u32| Span::new(FileId(file), 3, 9);
        let ran = [(7, Span::NONE), (2, at(7)), (4, at(2)), (2, at(4))];
        let files = Files::new(&ran.map(|(file, at)| Included { file: FileId(file), at }));
        assert_eq!([7, 2, 4, 9].map(|file| files.distance(FileId(file))), [0, 1, 2, 0]);
        assert_eq!(files.included_at(FileId(2)), at(7));
        assert_eq!(files.included_at(FileId(7)), Span::NONE);
    }
}
