//! `jobc compile`: job files to the bundle.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::Args;
use jobc::diagnostics::Diagnostic;

use super::exit::{Exit, Failure};
use super::flags_used::FlagUse;
use super::fleet::compile_all;
use super::input::InputFlags;
use super::output::OutputFlags;
use super::report::{ReportFlags, Stream, settle};
use super::together::{Part, together};
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

/// What is known when all files are compiled.
struct Done {
    all: Vec<Diagnostic>,
    unreadable: bool,
    written: Result<(), Failure>,
}

impl Done {
    /// What was found while compiling, and then while writing.
    fn new(mut all: Vec<Diagnostic>, unreadable: bool, written: Result<Vec<Diagnostic>, Failure>) -> Done {
        let written = written.map(|refused| all.extend(refused));
        Done { all, unreadable, written }
    }
}

impl Compile {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        self.output.check()?;
        let entries: Vec<Entry> = self.files.iter().map(|file| Entry::named(file)).collect();
        let levels = self.report.levels()?;
        let setup = self.input.setup()?.exiting_next(entries.len() == 1);
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
                if accepted(&compilation.diagnostics) {
                    self.output.write(&compilation.bundle, &compilation.reads)
                } else {
                    Ok(Vec::new())
                }
            })?;
            let mut done = Done { all: Vec::new(), unreadable: false, written: Ok(()) };
            for outcome in outcomes {
                done = Done::new(outcome.diagnostics, outcome.unreadable, outcome.harvest);
            }
            done
        } else {
            let threads = self.input.threads(entries.len());
            let outcomes =
                compile_all(&entries, &setup, threads, |c| Part::of(std::mem::take(&mut c.bundle)))?;
            let unreadable = outcomes.iter().any(|o| o.unreadable);
            let useless = setup.flags_without_use(&outcomes.iter().map(|o| &o.flags).collect::<Vec<_>>());
            let reads: HashSet<&Path> =
                outcomes.iter().flat_map(|o| o.reads.iter().map(PathBuf::as_path)).collect();
            let mut reads: Vec<PathBuf> = reads.into_iter().map(Path::to_path_buf).collect();
            reads.sort();
            let (bundle, mut all) = together(outcomes);
            all.extend(useless);
            let written = if accepted(&all) { self.output.write(&bundle, &reads) } else { Ok(Vec::new()) };
            // The process ends soon, and the system frees memory faster.
            std::mem::forget(bundle);
            Done::new(all, unreadable, written)
        };
        let all = settled(done.all);
        self.report.write(&all, &setup.sources, Stream::Stderr)?;
        std::mem::forget(setup);
        done.written?;
        Ok(Exit::of(&all, done.unreadable))
    }
}
