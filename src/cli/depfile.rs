//! Writing the depfile, without harm to any other file.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use jobc::emit::deps;
use tempfile::NamedTempFile;

use super::exit::Failure;

/// A depfile that waits beside its place.
pub(crate) struct Depfile {
    place: Place,
    name: PathBuf,
}

enum Place {
    /// A regular file, or none yet; the new one takes its place in one step.
    File(PathBuf, NamedTempFile),
    /// A pipe or a device, which is written to.
    Special(PathBuf, Vec<u8>),
}

impl Depfile {
    /// Makes the text of a depfile and writes it beside its place. `is_output` says whether a path without links is that
    /// of an output.
    ///
    /// # Errors
    /// When the depfile would replace an input or an output, a name cannot stand in a depfile, or the disk is full.
    pub(crate) fn new(
        file: &Path,
        target: &Path,
        reads: &[PathBuf],
        is_output: impl Fn(&Path) -> bool,
    ) -> Result<Depfile, Failure> {
        let place = without_links(file);
        let refuse = |what: &str| {
            let words = format!("the depfile `{}` is {what}; give it another name", file.display());
            Failure::Usage(words)
        };
        if reads.iter().any(|read| is_same(read, &place)) {
            return Err(refuse("one of the files that were read"));
        }
        if is_output(&place) {
            return Err(refuse("one of the files that jobc writes to the directory of -o"));
        }
        let mut names: Vec<PathBuf> = reads.iter().map(|read| from_here(read)).collect();
        names.sort_unstable();
        names.dedup();
        // A target that depends on itself is an error to Ninja.
        names.retain(|name| name != target);
        let mut text = Vec::new();
        let written = deps::write_depfile(target, &names, &mut text);
        written.and_then(|()| Depfile::beside(place, file, text)).map_err(|error| cannot_write(file, error))
    }

    fn beside(place: PathBuf, name: &Path, text: Vec<u8>) -> io::Result<Depfile> {
        let name = name.to_owned();
        let meta = fs::metadata(&place).ok();
        if meta.as_ref().is_some_and(|meta| !meta.is_file()) {
            return Ok(Depfile { place: Place::Special(place, text), name });
        }
        let folder = place.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut new = new_file().tempfile_in(folder)?;
        new.write_all(&text)?;
        if let Some(meta) = meta {
            fs::set_permissions(new.path(), meta.permissions())?;
        }
        Ok(Depfile { place: Place::File(place, new), name })
    }

    /// Puts the depfile in its place.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub(crate) fn put_in_place(self) -> Result<(), Failure> {
        let written = match self.place {
            Place::File(place, new) => new.persist(place).map(drop).map_err(|error| error.error),
            Place::Special(place, text) => {
                fs::OpenOptions::new().write(true).open(place).and_then(|mut file| file.write_all(&text))
            }
        };
        written.map_err(|error| cannot_write(&self.name, error))
    }
}

fn cannot_write(file: &Path, error: io::Error) -> Failure {
    Failure::Io(format!("the depfile `{}` cannot be written", file.display()), error)
}

/// A file that others may read, as far as the umask lets them: temporary files are otherwise for their maker alone.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// The path that a name leads to, which need not exist.
fn without_links(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let in_parent = || Some(fs::canonicalize(parent).ok()?.join(file.file_name()?));
    fs::canonicalize(file).ok().or_else(in_parent).unwrap_or_else(|| file.to_owned())
}

/// Whether two paths lead to one file, be it by two hard links.
fn is_same(one: &Path, other: &Path) -> bool {
    if without_links(one) == *other {
        return true;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let id = |path: &Path| fs::metadata(path).map(|meta| (meta.dev(), meta.ino())).ok();
        id(one).is_some_and(|id_of_one| id(other) == Some(id_of_one))
    }
    #[cfg(not(unix))]
    false
}

/// A path from the working directory, so that a depfile stays true when the whole project moves.
pub(crate) fn from_here(path: &Path) -> PathBuf {
    let Ok(here) = fs::canonicalize(".") else { return path.to_owned() };
    if path.is_relative() {
        return path.to_owned();
    }
    let path = match (path.parent().map(fs::canonicalize), path.file_name()) {
        (Some(Ok(parent)), Some(name)) => parent.join(name),
        _ => path.to_owned(),
    };
    let shared = here.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}
