//! `jobc compile`: job files to the bundle.

use clap::Args;
use jobc::diagnostics::Diagnostic;
use jobc::emit::Input;
use jobc::lints::output::LOGIN_NAME;
use jobc::report::one_line;
use jobc::source::Span;

use super::exit::{Exit, Failure};
use super::files::{Compiled, compile_all};
use super::input::InputFlags;
use super::output::{Described, OutputFlags};
use super::report_flags::{ReportFlags, Stream};
use super::walk::Walked;

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
  jobc compile jobs/ -o out
  jobc compile web.aurora -o out --emit jobs,create,update --depfile out.d
  jobc compile web.aurora --job west/www/prod/web --user ci --emit create >call")]
pub(crate) struct Compile {
    /// Files and directories; `-` is standard input
    #[arg(value_name = "PATH", required_unless_present = "prune")]
    files: Vec<String>,
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    output: OutputFlags,
    #[command(flatten)]
    report: ReportFlags,
}

fn login_name(user: &str) -> Diagnostic {
    let message = format!("the owner of the jobs is `{}`, the name of whoever runs jobc", one_line(user));
    Diagnostic::warning(&LOGIN_NAME, Span::NONE, message)
        .note("the scheduler compares it: an update by another user restarts every instance")
        .help("name the user with --user, or with `user` in jobc.toml")
}

impl Compile {
    /// Whether what is compiled goes to standard output.
    pub(crate) fn prints(&self) -> bool {
        self.output.prints()
    }

    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        self.output.check()?;
        let destination = self.output.destination(|waiting| self.report.tell(waiting))?;
        let setup = self.input.setup(&self.report)?;
        let Walked { entries, refused, warnings } = setup.searched(&self.files);
        let Compiled { mut compilation, mut unreadable } = compile_all(&entries, &setup)?;
        unreadable |= !refused.is_empty();
        let mut all = [refused, warnings, std::mem::take(&mut compilation.diagnostics)].concat();
        all.extend(setup.flags_without_use(&compilation));
        let settled = |all: Vec<Diagnostic>| {
            let whole = entries.iter().map(|e| self.input.name(e)).filter(|_| self.input.takes_all_jobs());
            setup.settle(all, whole)
        };
        let mut report = settled(all.clone());
        let mut written = Ok(());
        let has_errors = |report: &[Diagnostic]| report.iter().any(Diagnostic::is_error);
        let by_login_name = || entries.iter().any(|entry| setup.submits_as_login_name(entry));
        let has_owner = self.output.keeps_jobs() && !compilation.bundle.jobs.is_empty();
        if !has_errors(&report) && has_owner && by_login_name() {
            all.push(login_name(setup.user()));
            report = settled(all.clone());
        }
        if !has_errors(&report) {
            let reads = self.input.all_reads(compilation.reads);
            let described = Described {
                input: Input { bundle: &compilation.bundle, reads: &reads },
                names: entries.iter().map(|entry| self.input.name(entry)).collect(),
                contributions: &compilation.contributions,
                selected: !self.input.takes_all_jobs(),
            };
            match setup.watchdog.unbroken(|| self.output.write(destination.as_ref(), &described)) {
                Ok(told) if told.is_empty() => {}
                Ok(told) => report = settled([all, told].concat()),
                Err(failure) => written = Err(failure),
            }
        }
        self.report.write(&report, &setup.sources, Stream::Stderr)?;
        written?;
        Ok(Exit::of(&report, unreadable))
    }
}
