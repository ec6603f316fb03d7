//! Which files the paths on the command line mean.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::exit::Failure;
use super::stdin::DASH;

/// A file to compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InputFile {
    /// The file, relative to the working directory, or `-`.
    pub(crate) file: String,
    /// The directory below which it was found; nothing for a file that was named itself.
    pub(crate) below: Option<PathBuf>,
}

impl InputFile {
    /// A file named on the command line.
    pub(crate) fn named(file: &str) -> InputFile {
        InputFile { file: file.to_string(), below: None }
    }
}

/// The files that paths mean: a file itself, a directory every `.aurora` file below it, by name, but for what
/// `.gitignore` and the like leave out and for hidden ones.
///
/// # Errors
/// When a directory cannot be read.
pub(crate) fn entries(paths: &[String]) -> Result<Vec<InputFile>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        if path != DASH && Path::new(path).is_dir() {
            all.extend(below(path)?);
        } else {
            all.push(InputFile::named(path));
        }
    }
    // What one directory has comes once.
    if paths.len() > 1 {
        let mut seen = std::collections::HashSet::new();
        all.retain(|entry| seen.insert(entry.file.clone()));
    }
    Ok(all)
}

fn below(directory: &str) -> Result<Vec<InputFile>, Failure> {
    let mut found = Vec::new();
    let walk = WalkBuilder::new(directory).require_git(false).build();
    for item in walk {
        let item = item.map_err(|error| Failure::Usage(error.to_string()))?;
        let is_file = item.file_type().is_some_and(|kind| kind.is_file());
        if !is_file || item.path().extension().is_none_or(|e| e != "aurora") {
            continue;
        }
        let path = item.path().strip_prefix("./").unwrap_or(item.path());
        let below = Some(PathBuf::from(directory));
        found.push(InputFile { file: path.display().to_string(), below });
    }
    found.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(found)
}
