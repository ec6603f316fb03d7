//! A job under check: places of its values, and words that the rules share.

use std::ops::Range;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::ConvertedJob;
use crate::model::settings::Settings;
use crate::model::thrift::TaskConfig;
use crate::source::Span;
use crate::template::value::{Text, Value};

/// A job, the settings of its cluster, and what is found.
pub(super) struct JobCheck<'a> {
    pub(super) job: &'a ConvertedJob,
    pub(super) settings: &'a Settings,
    pub(super) found: Vec<Diagnostic>,
}

impl<'a> JobCheck<'a> {
    pub(super) fn new(job: &'a ConvertedJob, settings: &'a Settings) -> JobCheck<'a> {
        JobCheck { job, settings, found: Vec::new() }
    }

    pub(super) fn task(&self) -> &'a TaskConfig {
        &self.job.configuration.task_config
    }

    pub(super) fn instances(&self) -> i64 {
        self.job.configuration.instance_count
    }

    /// The place of the value at a path, or of the nearest value around it.
    pub(super) fn at(&self, path: &str) -> Span {
        self.job.places.at(path)
    }

    /// The place of the first path whose value is written in the file; else the place around the last path.
    pub(super) fn at_first(&self, paths: &[&str]) -> Span {
        let written = paths.iter().find_map(|p| self.job.places.exactly(p));
        written.unwrap_or_else(|| paths.last().map_or(self.job.places.span(), |p| self.at(p)))
    }

    /// Notes an error at a path.
    pub(super) fn refuse(
        &mut self,
        code: &'static Code,
        path: &str,
        message: String,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let place = self.at(path);
        self.refuse_at(code, place, message, more);
    }

    /// Notes an error at a place.
    pub(super) fn refuse_at(
        &mut self,
        code: &'static Code,
        place: Span,
        message: String,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        self.found.push(more(Diagnostic::error(code, place, message)));
    }

    /// The place of a part of a text of the job's own fields, and whether the bytes there are just that part. A string
    /// that was written elsewhere, in a variable or a binding, is found there if it was written in one piece; else it
    /// is the place of the field.
    pub(super) fn text_place(&self, field: &'static str, value: &str, part: Range<usize>) -> (Span, bool) {
        let given = self.at(field);
        let Some(written) = self.text(field, value).map(|t| t.span_of(part.clone())) else {
            return (given, false);
        };
        let exact = !written.is_none() && (written.end - written.start) as usize == part.len();
        let inside = written.file == given.file && written.start >= given.start && written.end <= given.end;
        if exact || inside { (written.or(given), exact) } else { (given, false) }
    }

    /// The text of a field, with the places it was written at, where it is the value that was converted.
    fn text(&self, field: &'static str, value: &str) -> Option<Text> {
        match self.job.places.object().access_named(field).ok()??.raw()? {
            Value::Str(text) if text.as_str() == value => Some(text.clone()),
            _ => None,
        }
    }

    /// An error about a string field, at the text itself; a label shows where the field takes it from elsewhere.
    pub(super) fn text_error(
        &self,
        code: &'static Code,
        field: &'static str,
        value: &str,
        message: String,
    ) -> Diagnostic {
        let (place, _) = self.text_place(field, value, 0..value.len());
        self.used_at(field, Diagnostic::error(code, place, message))
    }

    /// Labels the field where the primary place is elsewhere.
    pub(super) fn used_at(&self, field: &str, diagnostic: Diagnostic) -> Diagnostic {
        let given = self.at(field);
        let here = diagnostic.primary;
        let inside = here.file == given.file && here.start >= given.start && here.end <= given.end;
        if inside { diagnostic } else { diagnostic.label(given, format!("used as `{field}` here")) }
    }

    /// Adds a fix of a whole text where its bytes are known; words only where they are not.
    pub(super) fn mended(
        &self,
        diagnostic: Diagnostic,
        field: &'static str,
        value: &str,
        replacement: &str,
    ) -> Diagnostic {
        let words = format!("did you mean `{replacement}`?");
        match self.text_place(field, value, 0..value.len()) {
            (span, true) => diagnostic.suggest(span, replacement, words),
            _ => diagnostic.help(words),
        }
    }

    /// Says whose limit it is: the settings file's line, or the scheduler's default.
    pub(super) fn limited_by(&self, diagnostic: Diagnostic, key: &'static str) -> Diagnostic {
        let place = self.settings.place(key);
        match (place.is_none(), self.settings.knows_cluster()) {
            (false, _) => diagnostic.label(place, "the cluster's settings say so"),
            (true, true) => diagnostic
                .note(format!("the settings file leaves `{key}` out, so the scheduler's default holds")),
            (true, false) => diagnostic.note(format!(
                "this is the scheduler's default of `{key}`; where a cluster differs, give its settings with --scheduler FILE"
            )),
        }
    }
}

/// A value in backticks, shortened where it is long, with control characters made visible.
pub(super) fn quoted(value: &str) -> String {
    const MOST: usize = 60;
    let shown: String = value.chars().take(MOST).flat_map(visible).collect();
    let more = if value.chars().nth(MOST).is_some() { "…" } else { "" };
    format!("`{shown}{more}`")
}

fn visible(c: char) -> Vec<char> {
    if c.is_control() { c.escape_default().collect() } else { vec![c] }
}

/// A number with the noun it counts.
pub(super) fn counted(number: i64, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
