//! Small programs and what they give.

mod budgets;
mod calls;
mod errors;
mod includes;
mod modules;
mod objects;
mod order;
mod recovery;
mod regex;
mod scoping;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Budgets, EvalOptions, Evaluation, evaluate, with_stack};
use crate::diagnostics::Diagnostic;
use crate::source::{Loader, MemoryLoader, SourceMap};
use crate::syntax::ModuleCache;
use crate::template::value::Value;

/// The files of a test; the first one is run.
struct Program<'a> {
    files: &'a [(&'a str, &'a str)],
    budgets: Budgets,
}

/// What a program gave.
struct Outcome {
    /// The `repr()` of every global.
    values: BTreeMap<String, String>,
    diagnostics: Vec<Diagnostic>,
    sources: SourceMap,
}

impl Program<'_> {
    fn run(&self) -> Outcome {
        with_stack(|| self.run_here())
    }

    fn run_here(&self) -> Outcome {
        let sources = SourceMap::new();
        let evaluation = self.evaluation_of(self.files[0].0, &sources, &ModuleCache::new());
        let flat = |v: &Value| !matches!(v, Value::Native(_)) && depth(v) < 50;
        let shown = evaluation.globals.iter().filter(|(_, v)| flat(v));
        let values = shown.map(|(n, v)| (n.to_string(), v.repr())).collect();
        Outcome { values, diagnostics: evaluation.diagnostics, sources }
    }

    /// The evaluation of one of several files.
    fn evaluation_of(&self, file: &str, sources: &SourceMap, cache: &ModuleCache) -> Evaluation {
        let loader: Arc<dyn Loader> = Arc::new(MemoryLoader::new(self.files.iter().copied()));
        let options = EvalOptions {
            budgets: self.budgets,
            user: "ann".to_string(),
            environment: [("STAGE".to_string(), "test".to_string())].into(),
            max_nesting: 100,
            cancel: None,
            record: false,
        };
        let entry = loader.load(None, file).unwrap();
        evaluate(entry, &options, &loader, sources, cache)
    }
}

/// How deep the first items of lists and tuples nest.
fn depth(value: &Value) -> usize {
    let mut current = value.clone();
    let mut depth = 0;
    loop {
        let next = match &current {
            Value::List(items) => items.borrow().first().cloned(),
            Value::Tuple(items) => items.first().cloned(),
            _ => None,
        };
        match next {
            Some(next) => current = next,
            None => return depth,
        }
        depth += 1;
    }
}

fn run_files(files: &[(&str, &str)]) -> Outcome {
    Program { files, budgets: Budgets::default() }.run()
}

fn run(text: &str) -> Outcome {
    run_files(&[("job.aurora", text)])
}

impl Outcome {
    /// The `repr()` of a global.
    fn value(&self, name: &str) -> &str {
        let diagnostics = &self.diagnostics;
        assert!(!diagnostics.iter().any(Diagnostic::is_error), "{diagnostics:#?}");
        self.values.get(name).map_or("unbound", String::as_str)
    }

    /// The diagnostics as `CODE text under the primary place`.
    fn codes(&self) -> Vec<String> {
        let shown = |d: &Diagnostic| format!("{} {}", d.code.id, self.sources.snippet(d.primary));
        self.diagnostics.iter().map(shown).collect()
    }

    /// The only diagnostic.
    fn only(&self) -> &Diagnostic {
        assert_eq!(self.diagnostics.len(), 1, "{:#?}", self.diagnostics);
        &self.diagnostics[0]
    }
}

/// Runs a program that sets `x`, and compares its `repr()`.
fn gives(text: &str, expected: &str) {
    assert_eq!(run(text).value("x"), expected, "{text}");
}

/// Runs a program and compares its diagnostics.
fn refused(text: &str, expected: &[&str]) {
    assert_eq!(run(text).codes(), expected, "{text}");
}
