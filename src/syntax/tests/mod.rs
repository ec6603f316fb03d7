//! Tests of the whole stage.

use super::*;

fn parsed(text: &str) -> Parsed {
    parse(FileId(0), text, 100)
}

#[test]
fn an_empty_file_is_a_module() {
    assert!(parsed("").module.body.is_empty());
}
