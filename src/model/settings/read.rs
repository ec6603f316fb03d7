//! Reading TOML with places: every complaint points into the settings file.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::codes::admission::{SETTINGS_SYNTAX, SETTINGS_UNKNOWN_KEY, SETTINGS_VALUE};
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::source::{FileId, Span};

/// A file being read, and what is wrong with it so far.
pub(super) struct Reader<'t> {
    file: FileId,
    text: &'t str,
    pub(super) problems: Vec<Diagnostic>,
}

/// A value with its place.
pub(super) type Item<'t> = Spanned<DeValue<'t>>;

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, file: FileId) -> Reader<'t> {
        Reader { file, text, problems: Vec::new() }
    }

    /// The whole file as a table; what can be made of it where it is not TOML.
    pub(super) fn table(&mut self) -> DeTable<'t> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let span = error.span().map_or(self.span(0..0), |r| self.span(r));
            let message = format!("this is not TOML: {}", error.message());
            self.problems.push(Diagnostic::error(&SETTINGS_SYNTAX, span, message));
        }
        table.into_inner()
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    pub(super) fn place(&self, item: &Item<'_>) -> Span {
        self.span(item.span())
    }

    /// Says that a key is unknown, with the near one.
    pub(super) fn unknown_key(&mut self, key: &str, range: Range<usize>, known: &[&str]) {
        let span = self.span(range);
        let message = format!("there is no setting `{key}`");
        let mut problem = Diagnostic::error(&SETTINGS_UNKNOWN_KEY, span, message);
        // Flags are written with a dash before them on the scheduler's command line.
        let bare = key.trim_start_matches('-');
        let begun = |k: &&str| bare.len() > 2 && k.starts_with(bare);
        let near = known.iter().copied().find(begun).or_else(|| nearest(bare, known.iter().copied()));
        problem = match near {
            Some(near) => problem.suggest(span, near, format!("did you mean `{near}`?")),
            None => problem.help(format!("the settings are {}", quoted_list(known.iter().copied(), 40))),
        };
        self.problems.push(problem);
    }

    /// Says that a name is not that of a warning.
    pub(super) fn wrong_lint(&mut self, span: Span, message: &str, near: Option<&str>) {
        let problem = Diagnostic::error(&SETTINGS_VALUE, span, message);
        self.problems.push(match near {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("`jobc explain` lists them all"),
        });
    }

    /// Says why a pattern is not a regular expression.
    pub(super) fn bad_pattern(&mut self, key: &str, item: &Item<'_>, why: &str) {
        let shown = self.text.get(item.span()).unwrap_or_default();
        let message =
            format!("`{key}` takes a regular expression, and `{}` is not one: {why}", one_line(shown));
        self.problems.push(Diagnostic::error(&SETTINGS_VALUE, self.place(item), message));
    }

    /// Says that a value is not what the key takes.
    pub(super) fn wrong_value(&mut self, key: &str, item: &Item<'_>, takes: &str) {
        let shown = self.text.get(item.span()).unwrap_or_default();
        let message = format!("`{key}` takes {takes}, not `{}`", one_line(shown));
        self.problems.push(Diagnostic::error(&SETTINGS_VALUE, self.place(item), message));
    }
}

/// A value as far as it fits on a line.
fn one_line(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    let short: String = first.chars().take(60).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

pub(super) fn boolean(item: &Item<'_>) -> Option<bool> {
    item.get_ref().as_bool()
}

pub(super) fn text<'a>(item: &'a Item<'_>) -> Option<&'a str> {
    item.get_ref().as_str()
}

pub(super) fn integer(item: &Item<'_>) -> Option<i64> {
    let number = item.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A whole or broken number.
pub(super) fn number(item: &Item<'_>) -> Option<f64> {
    match item.get_ref() {
        DeValue::Float(f) => f.as_str().parse().ok(),
        _ => integer(item).map(|n| n as f64),
    }
}

/// A whole number, or text of a number and a unit as the scheduler's flags take it (`2hrs`, `128MB`).
pub(super) fn amount(item: &Item<'_>, units: &[(&str, i64)]) -> Option<i64> {
    let Some(text) = text(item) else { return integer(item) };
    let split = text.find(|c: char| !c.is_ascii_digit())?;
    let (digits, unit) = text.split_at(split);
    let (_, factor) = units.iter().find(|(name, _)| *name == unit)?;
    digits.parse::<i64>().ok()?.checked_mul(*factor)
}

/// The words of a list of strings, each with its place; `None` where the value is something else.
pub(super) fn words<'a>(item: &'a Item<'_>) -> Option<Vec<(&'a str, &'a Item<'a>)>> {
    let items = item.get_ref().as_array()?;
    items.iter().map(|i| Some((i.get_ref().as_str()?, i))).collect()
}

/// A key as it is written in TOML.
pub(super) fn key_text(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { key.to_string() } else { string_text(key) }
}

/// A string as it is written in TOML.
pub(super) fn string_text(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}
