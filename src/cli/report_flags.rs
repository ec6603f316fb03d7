//! Flags about the report, and writing it.

use std::io::{self, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use jobc::diagnostics::{Code, Diagnostic};
use jobc::levels::{Control, Levels};
use jobc::lints::{NotALint, find_lint};
use jobc::report::{self, Format};
use jobc::source::{FileId, SourceMap};

use super::exit::Failure;

/// How mistakes are reported, and which lints count.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Report")]
pub(crate) struct ReportFlags {
    /// How diagnostics are written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    error_format: ErrorFormat,
    /// When to use colours; NO_COLOR and FORCE_COLOR are honoured
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    color: When,
    /// Makes a warning an error, by code or name; `warnings` stands for all of them
    #[arg(long, value_name = "CODE|warnings")]
    deny: Vec<String>,
    /// Leaves a warning out of the report, by code or name
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum ErrorFormat {
    /// With the source, underlined
    #[default]
    Human,
    /// One line each: FILE:LINE:COLUMN: error[CODE]: message
    Short,
    /// One JSON object on a line each
    Json,
    /// One SARIF 2.1.0 document
    Sarif,
    /// Annotations for GitHub Actions
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum When {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where a report goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Where it is the product of the command.
    Stdout,
    /// Beside the product of the command.
    Stderr,
}

impl ReportFlags {
    /// What the flags say about lints.
    ///
    /// # Errors
    /// When a flag names no lint, or two flags contradict each other.
    pub(crate) fn levels(&self) -> Result<Levels, Failure> {
        let mut levels = Levels::default();
        for text in &self.deny {
            if text == "warnings" {
                levels.deny_all = true;
            } else {
                levels.deny.push(lint("--deny", text)?);
            }
        }
        for text in &self.allow {
            levels.allow.push(lint("--allow", text)?);
        }
        match levels.allow.iter().find(|code| levels.deny.contains(code)) {
            Some(code) => Err(Failure::Usage(format!("{} is both denied and allowed", code.id))),
            None => Ok(levels),
        }
    }

    /// Whether the report is for people.
    pub(crate) fn is_human(&self) -> bool {
        self.error_format == ErrorFormat::Human
    }

    /// Tells something while the command is still at work, in the formats that are read as they come.
    ///
    /// # Errors
    /// When standard error cannot be written.
    pub(crate) fn tell(&self, notice: &Diagnostic) -> io::Result<()> {
        match self.error_format {
            ErrorFormat::Sarif => Ok(()),
            _ => self.write(std::slice::from_ref(notice), &SourceMap::new(), Stream::Stderr),
        }
    }

    /// Writes a report; diagnostics that people read end with how many there are.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub(crate) fn write(&self, all: &[Diagnostic], sources: &SourceMap, to: Stream) -> io::Result<()> {
        match to {
            Stream::Stdout => {
                let out = io::stdout();
                self.write_to(all, sources, self.colors(&out), || Box::new(out.lock()))
            }
            Stream::Stderr => {
                let out = io::stderr();
                self.write_to(all, sources, self.colors(&out), || Box::new(out.lock()))?;
                match report::tally(all) {
                    tally if self.is_human() && !tally.is_empty() => writeln!(out.lock(), "{tally}"),
                    _ => Ok(()),
                }
            }
        }
    }

    fn write_to(
        &self,
        all: &[Diagnostic],
        sources: &SourceMap,
        color: bool,
        lock: impl FnOnce() -> Box<dyn Write>,
    ) -> io::Result<()> {
        let format = match self.error_format {
            ErrorFormat::Human => Format::Human,
            ErrorFormat::Short => Format::Short,
            ErrorFormat::Json => Format::Json,
            ErrorFormat::Sarif => Format::Sarif,
            ErrorFormat::Github => Format::Github,
        };
        // The stream is not held while the report is made: the watchdog may have something to say.
        let mut text = Vec::new();
        report::write(all, sources, format, color, &mut text)?;
        let mut out = lock();
        out.write_all(&text)?;
        out.flush()
    }

    #[expect(clippy::disallowed_methods, reason = "the variables that say whether colours are wanted")]
    fn colors(&self, stream: &impl IsTerminal) -> bool {
        let set = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty());
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto if set("NO_COLOR") => false,
            When::Auto if set("FORCE_COLOR") => true,
            When::Auto => stream.is_terminal() && !std::env::var("TERM").is_ok_and(|term| term == "dumb"),
        }
    }
}

fn lint(flag: &str, text: &str) -> Result<&'static Code, Failure> {
    find_lint(text).map_err(|why| {
        Failure::Usage(match why {
            NotALint::Unknown(Some(near)) => {
                format!("{flag} {text}: there is no such lint; did you mean `{near}`?")
            }
            NotALint::Unknown(None) => {
                format!("{flag} {text}: there is no such lint; `jobc explain` lists them all")
            }
            NotALint::Error(code) => {
                format!("{flag} {text}: {} is an error, and only warnings can be denied or allowed", code.id)
            }
            NotALint::Retired(retired) => match retired.successor {
                Some(id) => format!("{flag} {text}: {} no longer occurs; see {id}", retired.id),
                None => format!("{flag} {text}: {} no longer occurs", retired.id),
            },
        })
    })
}

/// Applies comments and levels, and puts what is left into the order of the report. `whole` are the files that were
/// compiled for themselves with all their jobs.
pub(crate) fn settle<'n>(
    all: Vec<Diagnostic>,
    sources: &SourceMap,
    levels: &dyn Fn(FileId) -> Arc<Levels>,
    whole: impl IntoIterator<Item = &'n str>,
) -> Vec<Diagnostic> {
    let judged = whole.into_iter().map(|name| plain(name).display().to_string());
    report::arrange(Control::new(sources, levels).settle(all, judged), sources)
}

/// The path without `./`, as the loader names files.
fn plain(name: &str) -> PathBuf {
    Path::new(name).components().filter(|c| *c != Component::CurDir).collect()
}
