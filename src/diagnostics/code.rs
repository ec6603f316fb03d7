//! Stable codes with names and explanations.

use super::codes;

/// A stable code, its name, and what `jobc explain` says about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The code, such as `E0104`; `E` for errors, `W` for lints, `N` for notes.
    pub id: &'static str,
    /// The name, such as `unknown-field`.
    pub name: &'static str,
    /// What the diagnostic says, in a sentence or two.
    pub what: &'static str,
    /// Why it is refused or doubted, and what to do.
    pub why: &'static str,
    /// A short file, or a command line, that gets the diagnostic.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
}

impl Code {
    /// Whether it is a lint, which is said of what works but is hardly meant.
    pub fn is_lint(&self) -> bool {
        self.id.starts_with('W')
    }

    /// Whether it is a note about what a run did.
    pub fn is_note(&self) -> bool {
        self.id.starts_with('N')
    }

    /// What is said of the bad example.
    pub fn judgement(&self) -> &'static str {
        match self.is_note() {
            true => "Noted",
            false if self.is_lint() => "Doubtful",
            false => "Refused",
        }
    }

    /// What the examples are written in, as Markdown calls it.
    pub fn example_language(&self) -> &'static str {
        match self.bad {
            bad if bad.contains("jobc compile") => "sh",
            bad if bad.starts_with("[{") => "json",
            _ if self.name.starts_with("settings-") => "toml",
            _ => "python",
        }
    }
}

/// Every code, sorted by id.
pub fn all_codes() -> Vec<&'static Code> {
    let mut all: Vec<&'static Code> = codes::ALL.iter().flat_map(|area| area.iter().copied()).collect();
    all.sort_by_key(|c| c.id);
    all
}

/// The code with this id or name, in any case.
pub fn find_code(text: &str) -> Option<&'static Code> {
    all_codes().into_iter().find(|c| c.id.eq_ignore_ascii_case(text) || c.name.eq_ignore_ascii_case(text))
}
