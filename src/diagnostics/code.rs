//! Stable codes with names and explanations.

/// What becomes of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is an error, or a note on what a run did, and cannot be allowed.
    Error,
    /// A lint that is reported, unless it is allowed.
    Warn,
    /// A lint that is reported only where it is denied.
    Off,
}

/// A stable code, its name, and what `jobc explain` says about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The code, such as `E0104`; `E` for errors, `W` for lints, `N` for notes.
    pub id: &'static str,
    /// The name, such as `unknown-field`.
    pub name: &'static str,
    /// What becomes of the diagnostic by default.
    pub level: Level,
    /// What the diagnostic says, in a sentence or two.
    pub what: &'static str,
    /// Why it is an error or suspicious, and what to do.
    pub why: &'static str,
    /// A short file, or a command line, that gets the diagnostic.
    pub bad: &'static str,
    /// The same, corrected.
    pub good: &'static str,
}

impl Code {
    /// Whether it is a lint: a warning about something that works but is probably a mistake.
    pub fn is_lint(&self) -> bool {
        self.level != Level::Error
    }

    /// Whether it is a note about what a run did.
    pub fn is_note(&self) -> bool {
        self.id.starts_with('N')
    }

    /// The heading of the bad example.
    pub fn judgement(&self) -> &'static str {
        match self.is_note() {
            true => "Noted",
            false if self.is_lint() => "Suspicious",
            false => "Refused",
        }
    }

    /// The language of the examples, as the code fences of Markdown name it.
    pub fn example_language(&self) -> &'static str {
        match self.bad {
            bad if ["jobc compile", "jobc reply"].iter().any(|command| bad.contains(command)) => "sh",
            bad if bad.starts_with("[{") => "json",
            _ if self.name.starts_with("settings-") => "toml",
            _ => "python",
        }
    }
}
