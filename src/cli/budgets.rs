//! Flags that bound what a compile may use.

use std::num::ParseIntError;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::files::CANCELLED;
use jobc::driver::Options;
use jobc::eval::{Budgets, within_stack};
use jobc::source::{SourceMap, Span};
use jobc::template::Limits;

use super::exit::{Exit, Failure};
use super::report_flags::{ReportFlags, Stream};
use super::watchdog::{UsedUp, Watchdog};

/// A number of things or bytes; `K`, `M` and `G` stand for powers of 1024.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amount(u64);

impl Amount {
    fn size(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Amount, String> {
        let (digits, shift) = match text.as_bytes().last() {
            Some(b'k' | b'K') => (&text[..text.len() - 1], 10),
            Some(b'm' | b'M') => (&text[..text.len() - 1], 20),
            Some(b'g' | b'G') => (&text[..text.len() - 1], 30),
            _ => (text, 0),
        };
        let number: u64 = digits
            .parse()
            .map_err(|_: ParseIntError| "a whole number is needed, such as 5000 or 64M".to_string())?;
        number.checked_mul(1 << shift).map(Amount).ok_or_else(|| "the number is too large".to_string())
    }
}

/// Steps of templates for each step of evaluation that a file may use.
const TEMPLATE_STEPS: u64 = 4;

/// Bytes of one source file, and of memory, where no flag says otherwise.
const SOURCE_BYTES: u64 = 32 << 20;
const MEMORY: u64 = 512 << 20;
/// Seconds, where no flag says otherwise.
const SECONDS: f64 = 10.0;

/// What one file may use. The defaults are far above what configurations need. They stand in the words: clap would write
/// and read each of them at every start.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Budgets of one file (K, M and G are powers of 1024)")]
pub(crate) struct BudgetFlags {
    /// Bytes of one source file [default: 32M]
    #[arg(long, value_name = "N")]
    max_source_bytes: Option<Amount>,
    /// Nesting of brackets, blocks and operators; at most 1000 [default: 200]
    #[arg(long, value_name = "N", value_parser = nesting)]
    max_nesting: Option<Amount>,
    /// Steps of evaluation; templates may take four times as many [default: 50000000]
    #[arg(long, value_name = "N")]
    max_steps: Option<Amount>,
    /// Calls inside calls [default: 900]
    #[arg(long, value_name = "N")]
    max_call_depth: Option<Amount>,
    /// Bytes that one template may expand to [default: 16M]
    #[arg(long, value_name = "N")]
    max_template_bytes: Option<Amount>,
    /// References in templates that are looked up; one text may hold a 500th of them [default: 50000000]
    #[arg(long, value_name = "N")]
    max_references: Option<Amount>,
    /// Items of one list, dict, set or range [default: 5000000]
    #[arg(long, value_name = "N")]
    max_items: Option<Amount>,
    /// Bytes of one text [default: 64M]
    #[arg(long, value_name = "N")]
    max_text_bytes: Option<Amount>,
    /// Files included, counting repetitions [default: 10000]
    #[arg(long, value_name = "N")]
    max_includes: Option<Amount>,
    /// Bytes of memory; all values ever made may take ten times as much [default: 512M]
    #[arg(long, value_name = "N")]
    max_memory: Option<Amount>,
    /// Seconds [default: 10]
    #[arg(long, value_name = "N", value_parser = seconds)]
    max_seconds: Option<f64>,
}

fn nesting(text: &str) -> Result<Amount, String> {
    let levels: Amount = text.parse()?;
    let most = jobc::syntax::MAX_NESTING;
    if levels.size() <= most { Ok(levels) } else { Err(format!("at most {most} levels can be allowed")) }
}

fn seconds(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "a number is needed, such as 2.5".to_string())?;
    let sensible = number > 0.0 && Duration::try_from_secs_f64(number).is_ok();
    if sensible { Ok(number) } else { Err("a number above 0 is needed".to_string()) }
}

/// Ends the process, as refused.
#[expect(clippy::disallowed_methods, reason = "the thread that compiles does not listen any more")]
fn end(used_up: UsedUp, report: &ReportFlags) {
    let (what, flag) = match used_up {
        UsedUp::Time => ("time", "--max-seconds"),
        UsedUp::Memory => ("memory", "--max-memory"),
    };
    let message = format!("stopped: the {what} for this run is used up");
    let stopped = Diagnostic::error(&CANCELLED, Span::NONE, message)
        .help(format!("raise the budget with {flag} if this is meant"));
    // Nobody is left to tell when this cannot be written.
    let _ = report.write(&[stopped], &SourceMap::new(), Stream::Stderr);
    std::process::exit(i32::from(Exit::Problems.code()));
}

impl BudgetFlags {
    /// Fills in what the flags say.
    pub(crate) fn fill(&self, options: &mut Options) {
        let size = |flag: Option<Amount>, otherwise: usize| flag.map_or(otherwise, Amount::size);
        let number = |flag: Option<Amount>, otherwise: u64| flag.map_or(otherwise, |amount| amount.0);
        let (budgets, limits) = (Budgets::default(), Limits::default());
        let steps = number(self.max_steps, budgets.steps);
        options.max_nesting = size(self.max_nesting, options.max_nesting);
        options.limits = Limits {
            text_size: size(self.max_template_bytes, limits.text_size),
            references: number(self.max_references, limits.references),
            steps: steps.saturating_mul(TEMPLATE_STEPS),
            ..limits
        };
        options.budgets = Budgets {
            steps,
            call_depth: size(self.max_call_depth, budgets.call_depth),
            items: size(self.max_items, budgets.items),
            text: size(self.max_text_bytes, budgets.text),
            includes: size(self.max_includes, budgets.includes),
            memory: self.memory().saturating_mul(10),
            ..budgets
        };
        options.budgets = within_stack(options.budgets);
    }

    /// Bytes of one source file.
    pub(crate) fn source_bytes(&self) -> u64 {
        self.max_source_bytes.map_or(SOURCE_BYTES, |amount| amount.0)
    }

    /// Bytes of memory for one file.
    fn memory(&self) -> u64 {
        self.max_memory.map_or(MEMORY, |amount| amount.0)
    }

    /// Wall time for one file.
    fn time(&self) -> Duration {
        Duration::try_from_secs_f64(self.max_seconds.unwrap_or(SECONDS)).unwrap_or(Duration::MAX)
    }

    /// Starts what holds the run to its time and memory. Where it ends the process, it says so in the report.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn watchdog(&self, report: &ReportFlags) -> Result<Watchdog, Failure> {
        let report = report.clone();
        Watchdog::start(self.time(), self.memory(), move |used_up| end(used_up, &report))
            .map_err(|error| Failure::Io("no thread can be started".to_string(), error))
    }
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches;

    use super::*;

    #[test]
    fn amounts_are_read() {
        for (text, number) in [("0", 0), ("5000", 5000), ("3K", 3072), ("64M", 64 << 20), ("4G", 4 << 30)] {
            assert_eq!(text.parse(), Ok(Amount(number)));
        }
        for text in ["", "K", "-1", "1.5M", "1e3", "99999999999G", "ü"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }

    /// What flags come to.
    fn filled(arguments: &[String]) -> String {
        let definition = BudgetFlags::augment_args(clap::Command::new("jobc").no_binary_name(true));
        let matches = definition.try_get_matches_from(arguments).unwrap();
        let flags = BudgetFlags::from_arg_matches(&matches).unwrap();
        let mut options = Options::default();
        flags.fill(&mut options);
        format!("{options:?} {} {} {:?}", flags.source_bytes(), flags.memory(), flags.time())
    }

    #[test]
    fn the_defaults_are_those_of_the_help() {
        let definition = BudgetFlags::augment_args(clap::Command::new("jobc"));
        let mut arguments = Vec::new();
        for flag in definition.get_arguments() {
            let help = flag.get_help().unwrap().to_string();
            let (_, default) = help.split_once(" [default: ").unwrap();
            arguments.push(format!("--{}={}", flag.get_long().unwrap(), default.trim_end_matches(']')));
        }
        assert_eq!(arguments.len(), 11);
        assert_eq!(filled(&arguments), filled(&[]));
        let document = include_str!("../../docs/limits.md");
        for argument in &arguments {
            let (flag, default) = argument.split_once('=').unwrap();
            let row = format!("| `{flag}` | {default} |");
            assert!(document.contains(&row), "docs/limits.md has no row {row}");
            let flag = argument.split('=').next().unwrap();
            assert_ne!(filled(&[format!("{flag}=3")]), filled(&[]), "{flag}");
        }
    }
}
