//! `jobc inspect`: a summary of each job for people.

mod plan;
mod summary;

use std::io::{self, Write};

use clap::Args;
use jobc::diagnostics::Diagnostic;
use jobc::model::cron::{Moment, parse_moment};
use jobc::model::settings::Clusters;

use super::exit::{Exit, Failure};
use super::files::{Compiled, compile_all};
use super::input::InputFlags;
use super::report_flags::{ReportFlags, Stream};
use super::walk::InputFile;
use summary::Background;

/// Shows what each job of a file is: processes in the order of the plan, resources, ports, constraints, the update
/// policy, the executor. No scheduler is needed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc inspect hello_world.aurora
  jobc inspect fleet.aurora --job west/www/devel/web --bind tag=1.4.2
  jobc inspect nightly.aurora --from 2026-03-01T12:00Z    # the next cron runs")]
pub(crate) struct Inspect {
    /// A job file; `-` is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// Shows the five runs of cron jobs after this time, in UTC
    #[arg(long, value_name = "TIME", value_parser = parse_moment)]
    from: Option<Moment>,
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    report: ReportFlags,
}

impl Inspect {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let entries = [InputFile::named(&self.file)];
        let setup = self.input.setup(&self.report)?;
        let unset = Clusters::default();
        let settings = setup.settings(&entries[0]);
        let clusters = settings.as_ref().as_ref().map_or(&unset, |in_force| &in_force.clusters);
        let background = Background { sources: &setup.sources, clusters, from: self.from };
        let Compiled { compilation, unreadable } = compile_all(&entries, &setup)?;
        let useless = setup.flags_without_use(&compilation);
        let summary = summary::of(&compilation.bundle, &background);
        let all = [useless, compilation.diagnostics].concat();
        let all = setup.settle(all, []);
        if !all.iter().any(Diagnostic::is_error) {
            io::stdout().write_all(summary.as_bytes())?;
        }
        self.report.write(&all, &setup.sources, Stream::Stderr)?;
        Ok(Exit::of(&all, unreadable))
    }
}
