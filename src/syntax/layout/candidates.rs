//! Where the scan can pick up again when a bracket is never closed.

use super::{continues_name, starts_name};

/// Words that begin a statement at the left margin.
const STATEMENTS: &[&str] = &["def", "class", "for", "if", "while", "with", "try", "from", "import"];

/// Whether the line at `at` (its first column) looks like the beginning of a statement of its own: `name =`, `def`,
/// `include(` and the like.
pub(super) fn begins_statement(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    if !bytes.get(at).is_some_and(|b| starts_name(*b)) {
        return false;
    }
    let len = bytes[at..].iter().take_while(|b| continues_name(**b)).count();
    let word = &text[at..at + len];
    let rest = text[at + len..].trim_start_matches([' ', '\t']);
    if STATEMENTS.contains(&word) {
        return rest.len() < text.len() - at - len;
    }
    let line = rest.split(['\n', '\r']).next().unwrap_or("").trim_end();
    // A keyword argument at the left margin looks like an assignment, but tends to end in a comma.
    let assigned = rest.strip_prefix('=').is_some_and(|r| !r.starts_with('=')) && !line.ends_with(',');
    assigned || rest.starts_with("+=") || (word == "include" && rest.starts_with('('))
}
