//! What ignore files leave out of a search. They belong to the project, which may be a stranger's: only regular files of
//! a sensible size are read, and no links are followed.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jobc::diagnostics::Diagnostic;
use jobc::lints::files::IGNORE_FILE_SKIPPED;
use jobc::report::one_line;
use jobc::source::Span;

/// Bytes that an ignore file may have.
pub(crate) const MAX_BYTES: u64 = 1 << 20;

/// Lines of all ignore files that hold at one place. Each takes some kilobytes once it is compiled.
pub(crate) const MAX_LINES: usize = 20_000;

/// The ignore files of one directory.
#[derive(Debug)]
struct Rules {
    /// Those of `.ignore`.
    ignore: Gitignore,
    /// Those of `.gitignore`.
    git: Gitignore,
    lines: usize,
}

/// The ignore files that hold in a directory: its own, those of the directories above it, and the user's.
#[derive(Debug)]
pub(crate) struct Ignored {
    /// Of the directories, outermost first.
    rules: Vec<Rules>,
    /// `.git/info/exclude` of the repository, if there is one.
    exclude: Gitignore,
    /// The user's own.
    user: Gitignore,
    lines: usize,
    /// What was skipped.
    pub(crate) warnings: Vec<Diagnostic>,
}

impl Ignored {
    /// What holds for a directory, given as an absolute path without links, from the directories above it; its own files
    /// are not read yet.
    pub(crate) fn above(directory: &Path) -> Ignored {
        let mut ignored = Ignored {
            rules: Vec::new(),
            exclude: Gitignore::empty(),
            user: GitignoreBuilder::new(directory).build_global().0,
            lines: 0,
            warnings: Vec::new(),
        };
        let repository = directory.ancestors().find(|above| above.join(".git").exists());
        if let Some(repository) = repository {
            let (exclude, lines) = ignored.read(repository, &repository.join(".git/info/exclude"));
            ignored.exclude = exclude;
            ignored.lines += lines;
        }
        let above: Vec<&Path> = directory
            .ancestors()
            .skip(1)
            .take_while(|above| repository.is_none_or(|repository| above.starts_with(repository)))
            .collect();
        above.into_iter().rev().for_each(|directory| ignored.enter(directory));
        ignored
    }

    /// Reads the ignore files of a directory, which hold until it is left.
    pub(crate) fn enter(&mut self, directory: &Path) {
        let (ignore, of_ignore) = self.read(directory, &directory.join(".ignore"));
        self.lines += of_ignore;
        let (git, of_git) = self.read(directory, &directory.join(".gitignore"));
        self.lines += of_git;
        self.rules.push(Rules { ignore, git, lines: of_ignore + of_git });
    }

    /// Forgets the ignore files of the directory that was entered last.
    pub(crate) fn leave(&mut self) {
        self.lines -= self.rules.pop().map_or(0, |rules| rules.lines);
    }

    /// Whether something is left out: a line says so, or it is hidden and no line asks for it.
    pub(crate) fn leaves_out(&self, path: &Path, is_directory: bool) -> bool {
        let of_ignore = self.rules.iter().rev().map(|rules| &rules.ignore);
        let of_git = self.rules.iter().rev().map(|rules| &rules.git);
        let all = of_ignore.chain(of_git).chain([&self.exclude, &self.user]);
        let said = all.map(|rules| rules.matched(path, is_directory)).find(|said| !said.is_none());
        match said {
            Some(Match::Ignore(_)) => true,
            Some(Match::Whitelist(_)) => false,
            _ => path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")),
        }
    }

    /// The rules of a file, and how many lines they take.
    fn read(&mut self, directory: &Path, file: &Path) -> (Gitignore, usize) {
        let text = match text(file) {
            Ok(Some(text)) => text,
            Ok(None) => return (Gitignore::empty(), 0),
            Err(why) => return self.skip(file, &why),
        };
        let lines = text.lines().count();
        if self.lines + lines > MAX_LINES {
            return self.skip(file, &format!("the ignore files here have more than {MAX_LINES} lines"));
        }
        let mut builder = GitignoreBuilder::new(directory);
        for line in text.lines() {
            // As for Git, a line that is no pattern leaves nothing out.
            let _ = builder.add_line(Some(file.to_path_buf()), line);
        }
        match builder.build() {
            Ok(rules) => (rules, lines),
            Err(error) => self.skip(file, &error.to_string()),
        }
    }

    fn skip(&mut self, file: &Path, why: &str) -> (Gitignore, usize) {
        let message = format!("`{}` is skipped: {}", one_line(&shown(file)), one_line(why));
        let warning = Diagnostic::warning(&IGNORE_FILE_SKIPPED, Span::NONE, message)
            .note("what it should leave out is not left out");
        self.warnings.push(warning);
        (Gitignore::empty(), 0)
    }
}

/// The path from the working directory where it is below that.
fn shown(file: &Path) -> String {
    let here = Path::new(".").canonicalize().unwrap_or_default();
    file.strip_prefix(&here).unwrap_or(file).display().to_string()
}

/// The text of an ignore file, if there is one.
fn text(file: &Path) -> Result<Option<String>, String> {
    let kind = match std::fs::symlink_metadata(file) {
        Ok(meta) => meta.file_type(),
        Err(_) => return Ok(None),
    };
    if !kind.is_file() {
        return Err("it is not a regular file".to_string());
    }
    let opened = open(file).map_err(|error| error.to_string())?;
    let meta = opened.metadata().map_err(|error| error.to_string())?;
    if !meta.is_file() {
        return Err("it is not a regular file".to_string());
    }
    let mut bytes = Vec::new();
    opened.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("it has more than {} MB", MAX_BYTES >> 20));
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Opens a file, not a link, and waits for nobody.
#[cfg(unix)]
fn open(file: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(file, flags, Mode::empty())?))
}

/// Opens a file.
#[cfg(not(unix))]
fn open(file: &Path) -> io::Result<File> {
    File::open(file)
}
