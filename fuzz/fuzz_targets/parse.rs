//! Any text parses, or is refused with diagnostics whose places lie inside it. A comment or a line break at the end of a
//! sound text changes nothing, and neither does the kind of line break.
#![no_main]

use jobc::source::FileId;
use jobc::syntax::{Parsed, parse};
use jobc_fuzz::assert_placed;
use libfuzzer_sys::fuzz_target;

fn parsed(text: &str) -> Parsed {
    let parsed = parse(FileId(0), text, 100);
    assert_placed(&parsed.diagnostics, |_| Some(text.to_string()));
    for comment in &parsed.comments {
        assert!(text[comment.start as usize..comment.end as usize].starts_with('#'), "{comment:?}");
    }
    parsed
}

fuzz_target!(|text: &str| {
    let first = parsed(text);
    assert_eq!(first, parsed(text));
    if !first.diagnostics.is_empty() {
        return;
    }
    assert_eq!(first.module, parsed(&format!("{text}\n")).module);
    assert_eq!(first.module, parsed(&format!("{text}\n# end")).module);
    if !text.contains('\r') {
        let windows = parsed(&text.replace('\n', "\r\n"));
        assert_eq!(first.module.body.len(), windows.module.body.len());
        assert_eq!(windows.diagnostics, []);
    }
});
