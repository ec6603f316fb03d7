//! Any program ends within small budgets, with values or with diagnostics.
#![no_main]

use std::sync::Arc;

use jobc::eval::{self, Budgets, EvalOptions, ModuleCache};
use jobc::source::{Loader, MemoryLoader, Read, SourceMap};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let loader: Arc<dyn Loader> = Arc::new(MemoryLoader::new([("job.aurora", text)]));
    let read = Read { path: "job.aurora".into(), name: "job.aurora".into(), text: text.into() };
    let budgets = Budgets { steps: 100_000, items: 100_000, text: 1 << 20, memory: 64 << 20, ..Budgets::default() };
    let options = EvalOptions {
        budgets,
        user: "fuzz".into(),
        environment: Default::default(),
        max_nesting: 60,
        cancel: None,
    };
    eval::with_stack(|| {
        eval::evaluate(read, &options, &loader, &SourceMap::new(), &ModuleCache::new());
    });
});
