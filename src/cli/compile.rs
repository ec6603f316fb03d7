//! `jobc compile`: job files to the bundle.

use clap::Args;
use jobc::diagnostics::Diagnostic;
use jobc::emit::Input;

use super::exit::{Exit, Failure};
use super::files::{Compiled, compile_all};
use super::input::InputFlags;
use super::output::OutputFlags;
use super::report_flags::{ReportFlags, Stream, settle};
use super::walk::Entry;

/// Compiles job files and prints one JSON document: the custom executors and the jobs, as the scheduler takes them.
///
/// Several files give one document, in the order of the files. Where anything is wrong, nothing is written but the
/// report, on standard error. With -o, a file for each job is written instead; with --emit, other things: the calls of
/// the scheduler's API, for example.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc compile hello_world.aurora
  jobc compile web.aurora --bind profile=prod --bind tag=1.4.2
  jobc compile fleet.aurora --job 'west/www/*/web'
  jobc compile - --stdin-filename web.aurora <web.aurora
  jobc compile *.aurora --error-format json >bundle.json
  jobc compile *.aurora -o out --prune
  jobc compile web.aurora -o out --emit jobs,create,update --depfile out.d
  jobc compile web.aurora --job west/www/prod/web --emit create |
    curl -H 'Content-Type: application/vnd.apache.thrift.json' \\
      --data-binary @- http://scheduler:8081/api")]
pub(crate) struct Compile {
    /// Job files; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    output: OutputFlags,
    #[command(flatten)]
    report: ReportFlags,
}

impl Compile {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        self.output.check()?;
        let entries: Vec<Entry> = self.files.iter().map(|file| Entry::named(file)).collect();
        let levels = self.report.levels()?;
        let setup = self.input.setup()?;
        let Compiled { mut compilation, unreadable } = compile_all(&entries, &setup)?;
        let mut all = std::mem::take(&mut compilation.diagnostics);
        all.extend(setup.flags_without_use(&compilation));
        let settled = |all: Vec<Diagnostic>| {
            let whole = entries.iter().map(|e| self.input.name(e)).filter(|_| self.input.takes_all_jobs());
            settle(all, &setup.sources, &levels, whole)
        };
        let mut report = settled(all.clone());
        let mut written = Ok(());
        if !report.iter().any(Diagnostic::is_error) {
            match self.output.write(Input { bundle: &compilation.bundle, reads: &compilation.reads }) {
                Ok(refused) if refused.is_empty() => {}
                Ok(refused) => report = settled([all, refused].concat()),
                Err(failure) => written = Err(failure),
            }
        }
        self.report.write(&report, &setup.sources, Stream::Stderr)?;
        written?;
        Ok(Exit::of(&report, unreadable))
    }
}
