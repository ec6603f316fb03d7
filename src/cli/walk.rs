//! Which files the paths on the command line mean.

use std::ffi::OsString;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

use jobc::diagnostics::Diagnostic;

use super::exit::Failure;
use super::ignored::Ignored;
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

/// What paths on the command line mean.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    /// The files.
    pub(crate) files: Vec<InputFile>,
    /// What was noticed on the way.
    pub(crate) warnings: Vec<Diagnostic>,
}

/// The files that paths mean: a file itself, a directory every `.aurora` file below it, by name, but for what
/// `.gitignore` and the like leave out and for hidden ones. Links are not followed.
///
/// # Errors
/// When a directory cannot be read.
pub(crate) fn entries(paths: &[String]) -> Result<Entries, Failure> {
    let mut all = Entries::default();
    for path in paths {
        if path != DASH && Path::new(path).is_dir() {
            below(path, &mut all)?;
        } else {
            all.files.push(InputFile::named(path));
        }
    }
    // What one directory has comes once.
    if paths.len() > 1 {
        let mut seen = std::collections::HashSet::new();
        all.files.retain(|entry| seen.insert(entry.file.clone()));
        let mut said = std::collections::HashSet::new();
        all.warnings.retain(|warning| said.insert(warning.message.clone()));
    }
    Ok(all)
}

fn below(directory: &str, all: &mut Entries) -> Result<(), Failure> {
    let unreadable = |error| Failure::Io(format!("`{directory}` cannot be read"), error);
    let real = Path::new(directory).canonicalize().map_err(unreadable)?;
    let mut search = Search { ignored: Ignored::above(&real), found: Vec::new() };
    search.directory(&Place { shown: PathBuf::from(directory), real })?;
    search.found.sort();
    let below = Some(PathBuf::from(directory));
    all.files.extend(search.found.into_iter().map(|file| InputFile { file, below: below.clone() }));
    all.warnings.append(&mut search.ignored.warnings);
    Ok(())
}

/// A directory or file that is met.
struct Place {
    /// As the user would write it.
    shown: PathBuf,
    /// From the root of the file system, without links.
    real: PathBuf,
}

/// A search below a directory.
struct Search {
    ignored: Ignored,
    found: Vec<String>,
}

impl Search {
    fn directory(&mut self, place: &Place) -> Result<(), Failure> {
        self.ignored.enter(&place.real);
        for (name, kind) in listed(place)? {
            let inner = Place { shown: place.shown.join(&name), real: place.real.join(&name) };
            if self.ignored.leaves_out(&inner.real, kind.is_dir()) {
                continue;
            }
            if kind.is_dir() {
                self.directory(&inner)?;
            } else if kind.is_file() && inner.real.extension().is_some_and(|e| e == "aurora") {
                let path = inner.shown.strip_prefix("./").unwrap_or(&inner.shown);
                self.found.push(path.display().to_string());
            }
        }
        self.ignored.leave();
        Ok(())
    }
}

/// What is in a directory.
fn listed(place: &Place) -> Result<Vec<(OsString, FileType)>, Failure> {
    let read = || -> io::Result<Vec<_>> {
        std::fs::read_dir(&place.shown)?
            .map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))))
            .collect()
    };
    read().map_err(|error| Failure::Io(format!("`{}` cannot be read", place.shown.display()), error))
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    /// What is found below a directory with these files, and how many warnings there are.
    fn found(files: &[(&str, &str)], at: &str) -> (String, usize) {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match text.strip_prefix("link to ") {
                Some(target) => symlink(target, path).unwrap(),
                None => fs::write(path, text).unwrap(),
            }
        }
        let at = root.path().join(at).display().to_string();
        let all = entries(std::slice::from_ref(&at)).unwrap();
        let names = all
            .files
            .iter()
            .map(|entry| entry.file.strip_prefix(&at).unwrap().trim_start_matches('/').to_string());
        (names.collect::<Vec<_>>().join(" "), all.warnings.len())
    }

    #[test]
    fn ignore_files_and_hidden_names_leave_files_out() {
        let files = [
            ("a.aurora", ""),
            ("b.txt", ""),
            (".hidden.aurora", ""),
            (".asked.aurora", ""),
            ("out/c.aurora", ""),
            ("sub/out/d.aurora", ""),
            ("sub/kept/e.aurora", ""),
            ("sub/both/f.aurora", ""),
            (".gitignore", "out/\n!.asked.aurora\n/sub/kept\n"),
            ("sub/.gitignore", "!kept\nboth\n"),
            ("sub/.ignore", "!both\n"),
        ];
        let below = ".asked.aurora a.aurora sub/both/f.aurora sub/kept/e.aurora";
        assert_eq!(found(&files, ""), (below.to_string(), 0));
        // Those of the directories above hold too.
        assert_eq!(found(&files, "sub"), ("both/f.aurora kept/e.aurora".to_string(), 0));
    }

    #[test]
    fn those_above_the_repository_do_not_hold() {
        let files =
            [(".gitignore", "*"), ("r/.git/info/exclude", "b.*"), ("r/a.aurora", ""), ("r/b.aurora", "")];
        assert_eq!(found(&files, "r"), ("a.aurora".to_string(), 0));
    }

    #[test]
    fn links_are_not_followed_and_strange_ignore_files_are_skipped() {
        let long = "x\n".repeat(super::super::ignored::MAX_LINES + 1);
        let large = "x".repeat(usize::try_from(super::super::ignored::MAX_BYTES).unwrap() + 1);
        let files = [
            ("a.aurora", ""),
            ("loop", "link to ."),
            ("b.aurora", "link to a.aurora"),
            (".gitignore", "link to /dev/zero"),
            ("long/.gitignore", &*long),
            ("large/.gitignore", &*large),
            ("folder/.gitignore/x", ""),
        ];
        assert_eq!(found(&files, ""), ("a.aurora".to_string(), 4));
    }
}
