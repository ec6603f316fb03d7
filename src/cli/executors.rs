//! Executors files of the scheduler: reading them, and the names that they declare.

use std::io::Read as _;

use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::output::CANNOT_READ;
use jobc::model::executors::import;
use jobc::report::one_line;
use jobc::source::{FileId, SourceFile, SourceMap, Span};

use super::exit::Failure;
use super::stdin::DASH;

/// Bytes that an executors file may have.
const LIMIT: u64 = 16 << 20;

/// Reads an executors file, or standard input for `-`, and keeps the text for the report. A file that is not UTF-8 gives
/// the error that the scheduler would give.
///
/// # Errors
/// A diagnostic, when the file cannot be read.
pub(crate) fn read(
    file: &str,
    sources: &SourceMap,
) -> Result<(FileId, Result<String, Diagnostic>), Box<Diagnostic>> {
    let refused = |why: String| {
        let message = format!("`{}` cannot be read: {why}", one_line(file));
        Box::new(Diagnostic::error(&CANNOT_READ, Span::NONE, message))
    };
    let bytes = bytes(file).map_err(|error| refused(error.to_string()))?;
    if bytes.len() as u64 > LIMIT {
        return Err(refused(format!("it has more than {} MB", LIMIT >> 20)));
    }
    let name = if file == DASH { "<stdin>" } else { file };
    let shown = String::from_utf8_lossy(&bytes).into_owned();
    let id = sources.add(SourceFile::new(name, None, shown));
    Ok((id, String::from_utf8(bytes).map_err(|_| import::not_utf8(id))))
}

fn bytes(file: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if file == DASH {
        std::io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(file)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// What executors files declare.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The names of their executors.
    pub(crate) names: Vec<String>,
    /// What stops the scheduler.
    pub(crate) errors: Vec<Diagnostic>,
}

/// The executors that files declare.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn known(files: &[String], sources: &SourceMap) -> Result<Known, Failure> {
    let mut known = Known::default();
    for file in files {
        let (id, text) = read(file, sources).map_err(|diagnostic| Failure::Usage(diagnostic.message))?;
        match text {
            Ok(text) => {
                let (names, diagnostics) = import::names(&text, id);
                known.names.extend(names);
                known.errors.extend(diagnostics.into_iter().filter(Diagnostic::is_error));
            }
            Err(error) => known.errors.push(error),
        }
    }
    Ok(known)
}
