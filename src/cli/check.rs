//! `jobc check`: reports, and writes nothing else.

use std::io::{self, Write};
use std::time::Instant;

use clap::Args;
use jobc::report;

use super::exit::{Exit, Failure};
use super::files::{Compiled, compile_all};
use super::input::InputFlags;
use super::report_flags::{ReportFlags, Stream};
use super::walk::Walked;

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
        let setup = self.input.setup(&self.report)?;
        let Walked { entries, refused, warnings } = setup.searched(&self.paths);
        let Compiled { compilation, mut unreadable } = compile_all(&entries, &setup)?;
        unreadable |= !refused.is_empty();
        let useless = setup.flags_without_use(&compilation);
        let all = [refused, warnings, compilation.diagnostics, useless].concat();
        let whole = entries.iter().map(|e| self.input.name(e)).filter(|_| self.input.takes_all_jobs());
        let all = setup.settle(all, whole);
        self.report.write(&all, &setup.sources, Stream::Stdout)?;
        if self.report.is_human() {
            let counts = format!(
                "{}, {}",
                counted(entries.len(), "file"),
                counted(compilation.bundle.jobs.len() + compilation.failed_jobs, "job")
            );
            let verdict = Some(report::tally(&all)).filter(|t| !t.is_empty());
            let verdict = verdict.as_deref().unwrap_or("no problems");
            writeln!(io::stdout(), "{counts}: {verdict} ({} ms)", begun.elapsed().as_millis())?;
        }
        Ok(Exit::of(&all, unreadable))
    }
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
