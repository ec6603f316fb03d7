//! `jobc check`: reports, and writes nothing else.

use std::io::{self, Write};
use std::time::Instant;

use clap::Args;
use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::job::NO_JOBS;
use jobc::driver::Keep;
use jobc::report;

use super::exit::{Exit, Failure};
use super::fleet::{Fleet, compile_all};
use super::input::InputFlags;
use super::report_flags::{ReportFlags, Stream, settle};
use super::walk::{Entry, entries};

/// Reports every mistake in job files, and writes nothing else.
///
/// Directories are searched for .aurora files, respecting .gitignore. A file found that way may have neither jobs nor
/// executors: it is taken for one that others include.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc check                                        # every file below
  jobc check jobs/web.aurora --bind profile=prod    # one file
  jobc check --error-format github --deny warnings  # in a workflow
  jobc check - --stdin-filename web.aurora <web.aurora")]
pub(crate) struct Check {
    /// Files and directories; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<String>,
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    report: ReportFlags,
}

impl Check {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let begun = Instant::now();
        let levels = self.report.levels()?;
        let entries = entries(&self.paths)?;
        let setup = self.input.setup()?.exiting_next(entries.len() == 1).keeping(Keep::Count);
        let mut fleet = compile_all(&entries, &setup, self.input.threads(entries.len()), |_| ())?;
        let outcomes = &fleet.outcomes;
        let unreadable = outcomes.iter().any(|o| o.unreadable);
        let jobs: usize = outcomes.iter().map(|o| o.jobs).sum();
        let useless = setup.flags_without_use(&outcomes.iter().map(|o| &o.flags).collect::<Vec<_>>());
        let mut all = relevant(&entries, &mut fleet);
        all.extend(useless);
        let whole = entries.iter().map(|e| self.input.name(e)).filter(|_| self.input.takes_all_jobs());
        let all = settle(all, &setup.sources, &levels, whole);
        self.report.write(&all, &setup.sources, Stream::Stdout)?;
        if self.report.is_human() {
            let counts = format!("{}, {}", counted(entries.len(), "file"), counted(jobs, "job"));
            let verdict = Some(report::tally(&all)).filter(|t| !t.is_empty());
            let verdict = verdict.as_deref().unwrap_or("no problems");
            writeln!(io::stdout(), "{counts}: {verdict} ({} ms)", begun.elapsed().as_millis())?;
        }
        // The process ends next, and the system frees memory faster.
        std::mem::forget((setup, fleet, entries));
        Ok(Exit::of(&all, unreadable))
    }
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// The diagnostics that count. A file that was found in a directory and defines nothing is part of others; where one of
/// them includes it, it was checked there, with the names that it finds there.
pub(crate) fn relevant<T>(entries: &[Entry], fleet: &mut Fleet<T>) -> Vec<Diagnostic> {
    let parts = fleet.reads.parts();
    let mut all = Vec::new();
    for (entry, outcome) in entries.iter().zip(&mut fleet.outcomes) {
        let diagnostics = std::mem::take(&mut outcome.diagnostics);
        if entry.below.is_none() {
            all.extend(diagnostics);
        } else if outcome.jobs > 0 || !parts.contains(entry) {
            all.extend(diagnostics.into_iter().filter(|d| d.code != &NO_JOBS));
        }
    }
    all
}
