//! `jobc compile`: job files to the bundle.

use std::io::{self, Write};

use clap::Args;
use jobc::diagnostics::Diagnostic;
use jobc::emit::{Style, json};
use jobc::model::Bundle;

use super::exit::{Exit, Failure};
use super::flags_used::FlagUse;
use super::fleet::compile_all;
use super::input::InputFlags;
use super::report::{ReportFlags, Stream, settle};
use super::together::{Part, together};
use super::walk::Entry;

/// Compiles job files and prints one JSON document: the custom executors and the jobs, as the scheduler takes them.
///
/// Several files give one document, in the order of the files. Where anything is wrong, nothing is printed but the
/// report, on standard error.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc compile hello_world.aurora
  jobc compile web.aurora --bind profile=prod --bind tag=1.4.2
  jobc compile fleet.aurora --job 'west/www/*/web'
  jobc compile - --stdin-filename web.aurora <web.aurora
  jobc compile *.aurora --error-format json >bundle.json")]
pub(crate) struct Compile {
    /// Job files; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    report: ReportFlags,
}

/// What is known when all files are compiled.
struct Done {
    all: Vec<Diagnostic>,
    unreadable: bool,
    printed: io::Result<()>,
}

impl Compile {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let entries: Vec<Entry> = self.files.iter().map(|file| Entry::named(file)).collect();
        let levels = self.report.levels()?;
        let setup = self.input.setup()?;
        let settled = |all: Vec<Diagnostic>| {
            let whole = entries.iter().map(|e| self.input.name(e)).filter(|_| self.input.takes_all_jobs());
            settle(all, &setup.sources, &levels, whole)
        };
        let accepted = |all: &[Diagnostic]| !settled(all.to_vec()).iter().any(Diagnostic::is_error);
        let done = if entries.len() == 1 {
            // A single file is printed by the thread that compiled it, straight from its values.
            let outcomes = compile_all(&entries, &setup, 1, |compilation| {
                let useless = setup.flags_without_use(&[&FlagUse::of(compilation)]);
                compilation.diagnostics.extend(useless);
                if accepted(&compilation.diagnostics) { print(&compilation.bundle) } else { Ok(()) }
            })?;
            let mut done = Done { all: Vec::new(), unreadable: false, printed: Ok(()) };
            for outcome in outcomes {
                done = Done {
                    all: outcome.diagnostics,
                    unreadable: outcome.unreadable,
                    printed: outcome.harvest,
                };
            }
            done
        } else {
            let threads = self.input.threads(entries.len());
            let outcomes =
                compile_all(&entries, &setup, threads, |c| Part::of(std::mem::take(&mut c.bundle)))?;
            let unreadable = outcomes.iter().any(|o| o.unreadable);
            let useless = setup.flags_without_use(&outcomes.iter().map(|o| &o.flags).collect::<Vec<_>>());
            let (bundle, mut all) = together(outcomes);
            all.extend(useless);
            let printed = if accepted(&all) { print(&bundle) } else { Ok(()) };
            Done { all, unreadable, printed }
        };
        let all = settled(done.all);
        self.report.write(&all, &setup.sources, Stream::Stderr)?;
        done.printed?;
        Ok(Exit::of(&all, done.unreadable))
    }
}

fn print(bundle: &Bundle) -> io::Result<()> {
    let mut out = io::stdout().lock();
    json::write_bundle(bundle, Style::Pretty, &mut out)?;
    out.flush()
}
