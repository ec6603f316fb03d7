//! Flags that bound what a compile may use.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use jobc::driver::Options;
use jobc::eval::Budgets;
use jobc::template::Limits;

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

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(30, "G"), (20, "M"), (10, "K")];
        match units.iter().find(|(shift, _)| self.0 != 0 && self.0.trailing_zeros() >= *shift) {
            Some((shift, unit)) => write!(f, "{}{unit}", self.0 >> shift),
            None => self.0.fmt(f),
        }
    }
}

fn amount(n: usize) -> Amount {
    Amount(n as u64)
}

/// Steps of templates for each step of evaluation that a file may use.
const TEMPLATE_STEPS: u64 = 4;

/// What one file may use. The defaults are far above what configurations need.
#[derive(Debug, Args)]
#[command(next_help_heading = "Budgets of one file (K, M and G are powers of 1024)")]
pub(crate) struct BudgetFlags {
    /// Bytes of one source file
    #[arg(long, value_name = "N", default_value_t = Amount(32 << 20))]
    max_source_bytes: Amount,
    /// Nesting of brackets, blocks and operators; at most 1000
    #[arg(long, value_name = "N", default_value_t = Amount(200), value_parser = nesting)]
    max_nesting: Amount,
    /// Steps of evaluation; templates may take four times as many
    #[arg(long, value_name = "N", default_value_t = Amount(Budgets::default().steps))]
    max_steps: Amount,
    /// Calls inside calls
    #[arg(long, value_name = "N", default_value_t = amount(Budgets::default().call_depth))]
    max_call_depth: Amount,
    /// Bytes that one template may expand to
    #[arg(long, value_name = "N", default_value_t = amount(Limits::default().text_size))]
    max_template_bytes: Amount,
    /// References in templates that are looked up; one text may hold a 500th of them
    #[arg(long, value_name = "N", default_value_t = Amount(Limits::default().references))]
    max_references: Amount,
    /// Items of one list, dict, set or range
    #[arg(long, value_name = "N", default_value_t = amount(Budgets::default().items))]
    max_items: Amount,
    /// Bytes of one text
    #[arg(long, value_name = "N", default_value_t = amount(Budgets::default().text))]
    max_text_bytes: Amount,
    /// Files included, counting repetitions
    #[arg(long, value_name = "N", default_value_t = amount(Budgets::default().includes))]
    max_includes: Amount,
    /// Bytes of memory; all values ever made may take ten times as much
    #[arg(long, value_name = "N", default_value_t = Amount(400 << 20))]
    max_memory: Amount,
    /// Seconds
    #[arg(long, value_name = "N", default_value_t = 8.0, value_parser = seconds)]
    max_seconds: f64,
}

fn nesting(text: &str) -> Result<Amount, String> {
    let levels: Amount = text.parse()?;
    let most = jobc::syntax::MOST_NESTING;
    if levels.size() <= most { Ok(levels) } else { Err(format!("at most {most} levels can be allowed")) }
}

fn seconds(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "a number is needed, such as 2.5".to_string())?;
    let sensible = number > 0.0 && Duration::try_from_secs_f64(number).is_ok();
    if sensible { Ok(number) } else { Err("a number above 0 is needed".to_string()) }
}

impl BudgetFlags {
    /// Fills in what the flags say.
    pub(crate) fn fill(&self, options: &mut Options) {
        options.max_nesting = self.max_nesting.size();
        options.limits = Limits {
            text_size: self.max_template_bytes.size(),
            references: self.max_references.0,
            steps: self.max_steps.0.saturating_mul(TEMPLATE_STEPS),
            ..Limits::default()
        };
        options.budgets = Budgets {
            steps: self.max_steps.0,
            call_depth: self.max_call_depth.size(),
            items: self.max_items.size(),
            text: self.max_text_bytes.size(),
            includes: self.max_includes.size(),
            memory: self.max_memory.0.saturating_mul(10),
            ..Budgets::default()
        };
    }

    /// Bytes of one source file.
    pub(crate) fn source_bytes(&self) -> u64 {
        self.max_source_bytes.0
    }

    /// Bytes of memory for one file.
    pub(crate) fn memory(&self) -> u64 {
        self.max_memory.0
    }

    /// Wall time for one file.
    pub(crate) fn time(&self) -> Duration {
        Duration::try_from_secs_f64(self.max_seconds).unwrap_or(Duration::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_shown_alike() {
        for (text, number) in [("0", 0), ("5000", 5000), ("3K", 3072), ("64M", 64 << 20), ("4G", 4 << 30)] {
            assert_eq!(text.parse(), Ok(Amount(number)));
            assert_eq!(Amount(number).to_string(), text);
        }
        for text in ["", "K", "-1", "1.5M", "1e3", "99999999999G", "ü"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }
}
