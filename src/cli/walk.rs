//! Which files the paths on the command line mean.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::output::CANNOT_READ;
use jobc::report::one_line;
use jobc::source::{Root, Span};

use super::ignored::Ignored;
use super::projects::Projects;
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

/// The files that paths mean.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// Those to compile.
    pub(crate) entries: Vec<InputFile>,
    /// What could not be searched.
    pub(crate) refused: Vec<Diagnostic>,
    /// What was noticed on the way.
    pub(crate) warnings: Vec<Diagnostic>,
}

/// The files that paths mean: a file itself, a directory every `.aurora` file below it, by name, but for what
/// `.gitignore`, the like and the files' projects leave out, and for hidden ones. Links are not followed.
pub(crate) fn entries(paths: &[String], projects: &Projects) -> Walked {
    let mut walked = Walked::default();
    for path in paths {
        if path != DASH && Path::new(path).is_dir() {
            below(path, projects, &mut walked);
        } else {
            walked.entries.push(InputFile::named(path));
        }
    }
    // What one directory has comes once.
    if paths.len() > 1 {
        let mut seen = HashSet::new();
        walked.entries.retain(|entry| seen.insert(entry.file.clone()));
        let mut said = HashSet::new();
        walked.warnings.retain(|warning| said.insert(warning.message.clone()));
    }
    walked
}

fn below(directory: &str, projects: &Projects, walked: &mut Walked) {
    let shown = PathBuf::from(directory);
    let real = match shown.canonicalize() {
        Ok(real) => real,
        Err(error) => return walked.refused.push(unreadable(&shown, &error)),
    };
    let mut search = Search { ignored: Ignored::above(&real), found: Vec::new(), refused: Vec::new() };
    search.directory(&Place { shown, real });
    let mut excluded = Excluded { projects, known: HashMap::new() };
    search.found.sort();
    search.found.retain(|file| !excluded.has(Path::new(file)));
    let below = Some(PathBuf::from(directory));
    walked.entries.extend(search.found.into_iter().map(|file| InputFile { file, below: below.clone() }));
    walked.refused.append(&mut search.refused);
    walked.warnings.append(&mut search.ignored.warnings);
}

fn unreadable(directory: &Path, error: &io::Error) -> Diagnostic {
    let shown = directory.display().to_string();
    Diagnostic::error(&CANNOT_READ, Span::NONE, format!("`{}` cannot be searched: {error}", one_line(&shown)))
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
    refused: Vec<Diagnostic>,
}

impl Search {
    fn directory(&mut self, place: &Place) {
        let items = match listed(place) {
            Ok(items) => items,
            Err(error) => return self.refused.push(unreadable(&place.shown, &error)),
        };
        self.ignored.enter(&place.real);
        for (name, kind) in items {
            let inner = Place { shown: place.shown.join(&name), real: place.real.join(&name) };
            if self.ignored.leaves_out(&inner.real, kind.is_dir()) {
                continue;
            }
            if kind.is_dir() {
                self.directory(&inner);
            } else if kind.is_file() && inner.real.extension().is_some_and(|e| e == "aurora") {
                let path = inner.shown.strip_prefix("./").unwrap_or(&inner.shown);
                self.found.push(path.display().to_string());
            }
        }
        self.ignored.leave();
    }
}

/// What is in a directory.
fn listed(place: &Place) -> io::Result<Vec<(OsString, FileType)>> {
    std::fs::read_dir(&place.shown)?
        .map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))))
        .collect()
}

/// What projects exclude.
struct Excluded<'p> {
    projects: &'p Projects,
    /// By the root of the project.
    known: HashMap<PathBuf, Gitignore>,
}

impl Excluded<'_> {
    fn has(&mut self, file: &Path) -> bool {
        let root = self.projects.root_of_file(file);
        if root.project_file().is_none() {
            return false;
        }
        let projects = self.projects;
        let patterns = self.known.entry(root.directory.clone()).or_insert_with(|| patterns(projects, &root));
        match file.strip_prefix(patterns.path()) {
            Ok(relative) => patterns.matched_path_or_any_parents(relative, false).is_ignore(),
            Err(_) => patterns.matched_path_or_any_parents(file, false).is_ignore(),
        }
    }
}

/// The `exclude` of a project. What is wrong with its file is told where the project's files are compiled.
fn patterns(projects: &Projects, root: &Root) -> Gitignore {
    let mut builder = GitignoreBuilder::new(&root.directory);
    if let Ok(in_force) = &*projects.in_force(root) {
        for pattern in &in_force.project.exclude {
            // A pattern that is none excludes nothing.
            let _ = builder.add_line(None, &pattern.value);
        }
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::sync::Arc;

    use jobc::source::SourceMap;

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
        let projects = Projects::new(None, SourceMap::new(), Arc::default());
        let all = super::entries(std::slice::from_ref(&at), &projects);
        let names = all
            .entries
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
