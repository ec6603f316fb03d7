//! Any program ends within small budgets, with values or with diagnostics, the same ones each time.
#![no_main]

use std::sync::Arc;

use jobc::eval::{self, EvalOptions};
use jobc::syntax::ModuleCache;
use jobc::source::{Loader, MemoryLoader, Read, SourceMap};
use jobc::template::install_limits;
use jobc_fuzz::{NESTING, assert_placed, budgets, limits};
use libfuzzer_sys::fuzz_target;

/// The diagnostics of one run, and what it has bound: names, and types of values.
fn evaluate(text: &str) -> Vec<String> {
    let (entry, other) = text.split_once('\u{c}').unwrap_or((text, ""));
    let loader: Arc<dyn Loader> =
        Arc::new(MemoryLoader::new([("job.aurora", entry), ("other.aurora", other)]));
    let read = Read { path: "job.aurora".into(), name: "job.aurora".into(), text: entry.into() };
    let options = EvalOptions {
        budgets: budgets(),
        user: "fuzz".into(),
        environment: [("HOME".to_string(), "/home/fuzz".to_string())].into(),
        max_nesting: NESTING,
        cancel: None,
        record: false,
    };
    eval::with_stack(|| {
        install_limits(limits(), None);
        let sources = SourceMap::new();
        let evaluation = eval::evaluate(read, &options, &loader, &sources, &ModuleCache::new());
        assert_placed(&evaluation.diagnostics, |span| Some(sources.get(span.file)?.text.clone()));
        let names = evaluation.globals.iter().map(|(name, value)| format!("{name}: {}", value.type_name()));
        evaluation.diagnostics.iter().map(|d| format!("{d:?}")).chain(names).collect()
    })
}

fuzz_target!(|text: &str| assert_eq!(evaluate(text), evaluate(text)));
