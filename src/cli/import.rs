//! `jobc import`: an existing executors file in the language.

use std::sync::Arc;

use clap::Args;
use jobc::emit::language::write_executors;
use jobc::model::executors::import::{self, Imported};
use jobc::source::SourceMap;

use super::budgets::BudgetFlags;
use super::executors;
use super::exit::{Exit, Failure};
use super::report_flags::{ReportFlags, Stream, settle};
use super::terminal::{self, Shown};

/// Prints the scheduler's file of custom executors as CustomExecutor objects of the language.
///
/// Compiling what is printed gives executors that run in the same way. An entry that stops the scheduler, or that cannot be
/// written in a job file, is left out with an error, and the exit code is 1.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc import /etc/aurora/executors.json >executors.aurora
  jobc compile executors.aurora")]
pub(crate) struct Import {
    /// The file of the scheduler's -custom_executor_config; `-` is standard input
    #[arg(value_name = "FILE")]
    file: String,
    #[command(flatten)]
    report: ReportFlags,
}

impl Import {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let levels = Arc::new(self.report.levels()?);
        // What holds for a compile holds for reading an executors file too.
        let _watchdog = BudgetFlags::default().watchdog(&self.report)?;
        let sources = SourceMap::new();
        let (id, text) = match executors::read(&self.file, &sources) {
            Ok(read) => read,
            Err(diagnostic) => {
                self.report.write(&[*diagnostic], &sources, Stream::Stderr)?;
                return Ok(Exit::Trouble);
            }
        };
        let imported = match text {
            Ok(text) => import::import(&text, id),
            Err(error) => Imported { diagnostics: vec![error], ..Imported::default() },
        };
        if !imported.entries.is_empty() {
            let mut text = Vec::new();
            write_executors(&imported.entries, &mut text)?;
            terminal::print(&text, Shown::Pictured)?;
        }
        let all = settle(imported.diagnostics, &sources, &|_| Arc::clone(&levels), []);
        self.report.write(&all, &sources, Stream::Stderr)?;
        Ok(Exit::of(&all, false))
    }
}
