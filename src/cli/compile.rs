//! `jobc compile`: job files to the bundle.

use clap::Args;
use jobc::diagnostics::Diagnostic;
use jobc::driver::{Compilation, Keep};
use jobc::emit::Input;

use super::exit::{Exit, Failure};
use super::flags_used::FlagUse;
use super::fleet::{Fleet, compile_all};
use super::input::InputFlags;
use super::output::OutputFlags;
use super::report_flags::{ReportFlags, Stream, settle};
use super::together::{Part, Together, together};
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

/// What came of writing.
struct Written {
    /// What is to be reported.
    report: Vec<Diagnostic>,
    result: Result<(), Failure>,
}

impl Compile {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        self.output.check()?;
        let entries: Vec<Entry> = self.files.iter().map(|file| Entry::named(file)).collect();
        let levels = self.report.levels()?;
        let style = self.output.bundle_style();
        let keep = if style.is_some() { Keep::Messages } else { Keep::Whole };
        let setup = self.input.setup()?.exiting_next(entries.len() == 1).keeping(keep);
        let settled = |all: Vec<Diagnostic>| {
            let whole = entries.iter().map(|e| self.input.name(e)).filter(|_| self.input.takes_all_jobs());
            settle(all, &setup.sources, &levels, whole)
        };
        let written = |input: Input<'_>, all: Vec<Diagnostic>| {
            let report = settled(all.clone());
            if report.iter().any(Diagnostic::is_error) {
                return Written { report, result: Ok(()) };
            }
            match self.output.write(input) {
                Ok(refused) if refused.is_empty() => Written { report, result: Ok(()) },
                Ok(refused) => Written { report: settled([all, refused].concat()), result: Ok(()) },
                Err(failure) => Written { report, result: Err(failure) },
            }
        };
        let (written, unreadable) = if entries.len() == 1 {
            // A single file is printed by the thread that compiled it, straight from its values.
            let mut outcomes = compile_all(&entries, &setup, 1, |compilation| {
                let useless = setup.flags_without_use(&[&FlagUse::of(compilation)]);
                let all = [std::mem::take(&mut compilation.diagnostics), useless].concat();
                let (bundle, reads) = (&compilation.bundle, &compilation.reads);
                written(Input { bundle, reads, rendered: None }, all)
            })?
            .outcomes;
            let unreadable = outcomes.iter().any(|o| o.unreadable);
            (outcomes.pop().map(|outcome| outcome.harvest), unreadable)
        } else {
            let threads = self.input.threads(entries.len());
            let part = |c: &mut Compilation| Part::of(std::mem::take(&mut c.bundle), style);
            let Fleet { mut outcomes, reads } = compile_all(&entries, &setup, threads, part)?;
            let unreadable = outcomes.iter().any(|o| o.unreadable);
            let useless = setup.flags_without_use(&outcomes.iter().map(|o| &o.flags).collect::<Vec<_>>());
            let reads = if self.output.names_reads() { reads.all() } else { Vec::new() };
            let Together { bundle, rendered: texts, diagnostics } = together(&mut outcomes);
            let rendered = style.map(|_| &*texts);
            let written =
                written(Input { bundle: &bundle, reads: &reads, rendered }, [diagnostics, useless].concat());
            // The process ends soon, and the system frees memory faster.
            std::mem::forget((bundle, texts, outcomes));
            (Some(written), unreadable)
        };
        let Some(Written { report, result }) = written else { return Err(Failure::Bug) };
        self.report.write(&report, &setup.sources, Stream::Stderr)?;
        std::mem::forget(setup);
        result?;
        Ok(Exit::of(&report, unreadable))
    }
}
