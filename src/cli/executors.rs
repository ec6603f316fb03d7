//! Executors files of the scheduler: reading them, and the names that they declare.

use std::io::Read as _;

use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::output::CANNOT_READ;
use jobc::model::executors::import;
use jobc::report::{Place, one_line};
use jobc::source::{FileId, SourceFile, SourceMap, Span};

use super::exit::Failure;
use super::stdin::DASH;

/// Bytes that an executors file may have.
const LIMIT: u64 = 16 << 20;

/// Reads an executors file, or standard input for `-`, and keeps the text for the report.
///
/// # Errors
/// A diagnostic, when the file cannot be read.
pub(crate) fn read(file: &str, sources: &SourceMap) -> Result<(FileId, String), Box<Diagnostic>> {
    let refused = |why: String| {
        let message = format!("`{}` cannot be read: {why}", one_line(file));
        Box::new(Diagnostic::error(&CANNOT_READ, Span::NONE, message))
    };
    let bytes = bytes(file).map_err(|error| refused(error.to_string()))?;
    if bytes.len() as u64 > LIMIT {
        return Err(refused(format!("it has more than {} MB", LIMIT >> 20)));
    }
    let text = String::from_utf8(bytes).map_err(|_| refused("it is not UTF-8".to_string()))?;
    let name = if file == DASH { "<stdin>" } else { file };
    let id = sources.add(SourceFile::new(name, None, text.clone()));
    Ok((id, text))
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

/// The names that executors files declare.
///
/// # Errors
/// When a file cannot be read or is no executors file.
pub(crate) fn names(files: &[String], sources: &SourceMap) -> Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    for file in files {
        let (id, text) = read(file, sources).map_err(|diagnostic| Failure::Usage(diagnostic.message))?;
        let (names, diagnostics) = import::names(&text, id);
        if let Some(wrong) = diagnostics.first() {
            let place = Place::of(wrong.primary, sources);
            let place = place.map_or_else(
                || one_line(file).into_owned(),
                |p| format!("{}:{}:{}", one_line(&p.file), p.start.line, p.start.column),
            );
            return Err(Failure::Usage(format!("{place}: {}", one_line(&wrong.message))));
        }
        all.extend(names);
    }
    Ok(all)
}
