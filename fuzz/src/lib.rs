//! What the fuzz targets share: small budgets, and what must hold of every report.

use jobc::diagnostics::Diagnostic;
use jobc::driver::Options;
use jobc::eval::Budgets;
use jobc::model::settings::{Clusters, Settings};
use jobc::report::{self, Format};
use jobc::source::{SourceMap, Span};
use jobc::template::Limits;

/// Nesting of brackets, blocks and operators that the targets allow.
pub const NESTING: usize = 60;

/// Budgets that end any program within a few milliseconds.
pub fn budgets() -> Budgets {
    Budgets { steps: 20_000, items: 20_000, text: 1 << 18, memory: 16 << 20, ..Budgets::default() }
}

/// Budgets that end the templates of any program within a few milliseconds.
pub fn limits() -> Limits {
    Limits {
        text_size: 1 << 18,
        expanded: 16 << 20,
        references: 500_000,
        steps: 500_000,
        ..Limits::default()
    }
}

/// The options of a whole compile within [`budgets`] and [`limits`], with everything switched on that a file can meet.
pub fn options() -> Options {
    Options {
        bindings: vec![("bound".into(), "{{role}}".into())],
        user: "fuzz".into(),
        environment: [("HOME".to_string(), "/home/fuzz".to_string())].into(),
        clusters: Clusters::all(Settings::default()),
        budgets: budgets(),
        limits: limits(),
        max_nesting: NESTING,
        ..Options::default()
    }
}

/// Every place of every diagnostic lies in a text, between characters.
pub fn assert_placed(diagnostics: &[Diagnostic], place: impl Fn(Span) -> Option<String>) {
    for diagnostic in diagnostics {
        let labels = diagnostic.labels.iter().map(|l| l.span);
        let mends = diagnostic.suggestions.iter().map(|s| s.span);
        for span in std::iter::once(diagnostic.primary).chain(labels).chain(mends).filter(|s| !s.is_none()) {
            let text = place(span).unwrap_or_else(|| panic!("no such file: {diagnostic:?}"));
            let range = span.start as usize..span.end as usize;
            assert!(text.get(range).is_some(), "{span:?} is not in the text: {diagnostic:?}");
        }
        assert!(!diagnostic.message.is_empty(), "{diagnostic:?}");
    }
}

/// A report in every format: nothing hidden in what goes to a terminal, and JSON that can be read.
pub fn reports(diagnostics: &[Diagnostic], sources: &SourceMap) -> Vec<String> {
    let formats = [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github];
    let report = |format: Format| {
        let mut out = Vec::new();
        report::write(diagnostics, sources, format, false, &mut out).expect("a vector takes everything");
        let text = String::from_utf8(out).expect("reports are text");
        match format {
            Format::Json => text.lines().for_each(assert_json),
            Format::Sarif => assert_json(&text),
            Format::Human | Format::Short | Format::Github => {}
        }
        let hidden = text.chars().find(|c| *c != '\n' && *c != '\t' && report::is_hidden(*c));
        assert_eq!(hidden, None, "in the format {format:?}: {text:?}");
        text
    };
    formats.into_iter().map(report).collect()
}

/// The text is one JSON document.
pub fn assert_json(text: &str) {
    serde_json::from_str::<serde::de::IgnoredAny>(text).unwrap_or_else(|e| panic!("{e}: {text}"));
}
