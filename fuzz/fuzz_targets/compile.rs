//! The whole compile of any text gives a bundle or diagnostics, the same ones each time.
#![no_main]

use std::sync::Arc;

use jobc::driver::{Options, Session};
use jobc::eval::{self, Budgets};
use jobc::source::MemoryLoader;
use jobc::template::Limits;
use libfuzzer_sys::fuzz_target;

fn compile(text: &str) -> (usize, Vec<String>) {
    let loader = Arc::new(MemoryLoader::new([("job.aurora", text)]));
    let budgets = Budgets { steps: 100_000, items: 100_000, text: 1 << 20, memory: 64 << 20, ..Budgets::default() };
    let limits = Limits { text_size: 1 << 20, expanded: 64 << 20, ..Limits::default() };
    let options = Options { budgets, limits, max_nesting: 60, user: "fuzz".into(), ..Options::default() };
    let session = Session::new(loader, options);
    eval::with_stack(|| {
        let compilation = session.compile("job.aurora");
        let words = compilation.diagnostics.iter().map(|d| format!("{} {}", d.code.id, d.message)).collect();
        (compilation.bundle.jobs.len(), words)
    })
}

fuzz_target!(|text: &str| assert_eq!(compile(text), compile(text)));
