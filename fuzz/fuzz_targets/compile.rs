//! The whole compile of any text gives a bundle or diagnostics, the same ones each time: places are in the text, reports
//! hide nothing, outputs can be read. What stands behind a form feed is a second file, `other.aurora`.
#![no_main]

use std::sync::Arc;

use jobc::driver::{Compilation, Session};
use jobc::emit::{Format, Input, OutputKind, Style, write_one};
use jobc::eval;
use jobc::levels::{Control, Levels};
use jobc::report::arrange;
use jobc::source::MemoryLoader;
use jobc_fuzz::{assert_json, assert_placed, options, reports};
use libfuzzer_sys::fuzz_target;

/// Reports and outputs of one compile.
fn compile(text: &str) -> Vec<String> {
    let (entry, other) = text.split_once('\u{c}').unwrap_or((text, ""));
    let loader = Arc::new(MemoryLoader::new([("job.aurora", entry), ("other.aurora", other)]));
    let session = Session::new(loader, options());
    eval::with_stack(|| {
        let compilation = session.compile("job.aurora");
        assert_placed(&compilation.diagnostics, |span| Some(session.sources.get(span.file)?.text.clone()));
        let levels = |_| Arc::new(Levels::default());
        let found = arrange(compilation.diagnostics.clone(), &session.sources);
        let said = Control::new(&session.sources, &levels).settle(found, ["job.aurora".to_string()]);
        let mut out = reports(&said, &session.sources);
        out.extend(outputs(compilation));
        out
    })
}

/// Every kind of output that there is of the bundle, and of its first job.
fn outputs(compilation: Compilation) -> Vec<String> {
    let Compilation { mut bundle, reads, .. } = compilation;
    let mut out = Vec::new();
    for kind in OutputKind::ALL {
        if kind.is_per_job() {
            bundle.jobs.truncate(1);
        }
        for style in [Style::Pretty, Style::Compact] {
            let format = Format { style, ..Format::default() };
            let mut bytes = Vec::new();
            let input = Input { bundle: &bundle, reads: &reads };
            if write_one(kind, input, &format, &mut bytes).is_ok() {
                let text = String::from_utf8(bytes).expect("outputs are text");
                if kind != OutputKind::Data {
                    assert_json(&text);
                }
                out.push(text);
            }
        }
    }
    out
}

fuzz_target!(|text: &str| assert_eq!(compile(text), compile(text)));
