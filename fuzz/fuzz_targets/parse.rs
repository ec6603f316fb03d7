//! Any text parses, or is refused with diagnostics whose places lie inside it.
#![no_main]

use jobc::source::FileId;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = jobc::syntax::parse(FileId(0), text, 100);
    for diagnostic in &parsed.diagnostics {
        assert!(diagnostic.primary.end as usize <= text.len());
        assert!(text.is_char_boundary(diagnostic.primary.start as usize));
    }
});
