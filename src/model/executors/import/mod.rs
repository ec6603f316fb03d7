//! Existing executors files, as the scheduler's `-custom_executor_config` takes them.
//!
//! | question | file |
//! |---|---|
//! | which entries a file has | `file.rs` |
//! | which fields Mesos's messages have | `mesos/` |
//! | how JSON becomes messages | `load.rs` |
//! | what counts as a number, a boolean, a string | `scalar.rs` |
//! | how messages become custom executors of the language | `entry.rs` |

mod entry;
mod file;
mod load;
mod mesos;
mod scalar;

use crate::diagnostics::Diagnostic;
use crate::model::executor::CustomExecutor;
use crate::source::FileId;
use load::Report;

/// What an executors file holds.
#[derive(Debug, Default)]
pub struct Imported {
    /// The entries that can be written in a job file, in order.
    pub entries: Vec<CustomExecutor>,
    /// How many other entries there are, each with an error.
    pub refused: usize,
    /// What stops the scheduler, what cannot be written in a job file, and what has no effect.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads an executors file. `file` is the text's id, for the places of diagnostics.
pub fn import(text: &str, file: FileId) -> Imported {
    let mut report = Report::new(file);
    let loaded = file::read(text, &mut report);
    let mut entries = Vec::new();
    for loaded in loaded.iter().filter(|entry| entry.loads) {
        entries.extend(entry::custom_executor(loaded, &mut report));
    }
    if loaded.is_empty() && report.errors == 0 {
        report.stops(&(0..text.trim_end().len()), "the file declares no executor");
    }
    let refused = loaded.len() - entries.len();
    Imported { entries, refused, diagnostics: in_order(report) }
}

fn in_order(report: Report) -> Vec<Diagnostic> {
    let mut diagnostics = report.diagnostics;
    diagnostics.sort_by_key(|d| (d.primary.start, d.primary.end));
    diagnostics
}

/// The names of the executors of a file, whether or not they can be written in a job file, and what stops the scheduler.
pub fn names(text: &str, file: FileId) -> (Vec<String>, Vec<Diagnostic>) {
    let mut report = Report::new(file);
    let entries = file::read(text, &mut report);
    let names = entries.iter().filter_map(file::LoadedEntry::name).filter(|name| !name.is_empty()).collect();
    (names, in_order(report))
}

/// The error for a file that is not UTF-8, which stops the scheduler like any other.
pub fn not_utf8(file: FileId) -> Diagnostic {
    let mut report = Report::new(file);
    report.stops(&(0..0), "the file is not UTF-8");
    report.diagnostics.swap_remove(0)
}

#[cfg(test)]
mod tests;
