//! Which environments a cluster allows.

use fancy_regex::Regex;

use super::DEFAULT_ENVIRONMENTS;
use crate::diagnostics::nearest;

/// `-allowed_job_environments`
#[derive(Debug, Clone)]
pub enum Environments {
    /// The scheduler's default: `prod`, `devel`, `test`, `staging` and `staging` with a number.
    Stock,
    /// A cluster's own pattern, as written, and its compiled form, which matches the whole text.
    Pattern(String, Box<Regex>),
}

impl Environments {
    /// The environments that match a regular expression as a whole, as in Java's `matches()`.
    ///
    /// # Errors
    /// Why the pattern is not a regular expression, in plain words.
    pub fn matching(pattern: &str) -> Result<Environments, String> {
        // Alone first, so that a stray parenthesis cannot pair with those put around the pattern.
        Regex::new(pattern).map_err(|_| flaw(pattern))?;
        let regex = Regex::new(&format!(r"\A(?:{pattern})\z")).map_err(|_| flaw(pattern))?;
        Ok(Environments::Pattern(pattern.to_string(), Box::new(regex)))
    }

    /// Whether an environment is allowed. A pattern that takes too long to match says yes: the scheduler decides.
    pub fn allow(&self, environment: &str) -> bool {
        match self {
            Environments::Stock => is_stock(environment),
            Environments::Pattern(_, regex) => regex.is_match(environment).unwrap_or(true),
        }
    }

    /// The pattern, as the scheduler's flag gives it.
    pub fn pattern(&self) -> &str {
        match self {
            Environments::Stock => DEFAULT_ENVIRONMENTS,
            Environments::Pattern(text, _) => text,
        }
    }

    /// The allowed environment that is probably meant, among the words of the pattern: `production` → `prod`.
    pub fn likely(&self, environment: &str) -> Option<&str> {
        let lower = environment.to_ascii_lowercase();
        let related = |word: &&str| word.len() >= 3 && common_prefix(word, &lower) >= 3;
        let by_prefix = self.words().filter(related).max_by_key(|w| common_prefix(w, &lower));
        by_prefix.or_else(|| nearest(environment, self.words()))
    }

    /// The words of the pattern that are allowed environments themselves.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let pieces = self.pattern().split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
        pieces.filter(|word| !word.is_empty() && self.allow(word))
    }
}

/// Why a pattern is not a regular expression: a group or class that is not closed, or an operator without an operand.
fn flaw(pattern: &str) -> String {
    let mut groups: Vec<usize> = Vec::new();
    let mut class: Option<usize> = None;
    let mut escaped = false;
    for (column, c) in (1..).zip(pattern.chars()) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => class = None,
            _ if class.is_some() => {}
            '[' => class = Some(column),
            '(' => groups.push(column),
            ')' if groups.pop().is_none() => return format!("the `)` at column {column} closes no group"),
            _ => {}
        }
    }
    match (class, groups.last()) {
        (Some(column), _) => format!("the `[` at column {column} is not closed"),
        (None, Some(column)) => format!("the group that `(` begins at column {column} is not closed"),
        _ if escaped => "it ends with a backslash".to_string(),
        _ => "an operator such as `*` has nothing to repeat, or a class or reference in it does not exist"
            .to_string(),
    }
}

fn is_stock(environment: &str) -> bool {
    match environment.strip_prefix("staging") {
        Some(number) => number.bytes().all(|b| b.is_ascii_digit()),
        None => matches!(environment, "prod" | "devel" | "test"),
    }
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stock_pattern_is_what_the_words_say() {
        let pattern = Environments::matching(DEFAULT_ENVIRONMENTS).unwrap();
        for name in [
            "prod",
            "devel",
            "test",
            "staging",
            "staging0",
            "staging12",
            "Prod",
            "production",
            "staging1a",
            "",
            "dev",
        ] {
            assert_eq!(Environments::Stock.allow(name), pattern.allow(name), "{name}");
        }
        assert!(Environments::Stock.allow("staging7"));
        assert!(!Environments::Stock.allow("production"));
    }

    #[test]
    fn a_pattern_matches_the_whole_text() {
        let pattern = Environments::matching("prod|qa").unwrap();
        assert!(pattern.allow("qa"));
        assert!(!pattern.allow("qa1"));
        assert!(!pattern.allow("qa\n"));
        assert!(Environments::matching("(").is_err());
    }

    #[test]
    fn the_meant_environment_is_found() {
        for (given, meant) in [
            ("production", "prod"),
            ("development", "devel"),
            ("dev", "devel"),
            ("testing", "test"),
            ("stage", "staging"),
            ("PROD", "prod"),
            ("prd", "prod"),
        ] {
            assert_eq!(Environments::Stock.likely(given), Some(meant), "{given}");
        }
        assert_eq!(Environments::Stock.likely("qa"), None);
        assert_eq!(Environments::matching("^(live|qa)$").unwrap().likely("lives"), Some("live"));
    }
}
