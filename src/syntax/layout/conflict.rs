//! Merge conflicts that were never resolved: Git leaves both versions in the file, between lines of markers.
//!
//! The first version is read on. The second one is passed over, so that names and brackets do not come twice.

use memchr::memmem;

const MARKER_LEN: usize = 7;

/// What to pass over at the beginning of a line.
pub(super) struct Passed {
    /// Its length, with the line end.
    pub(super) len: usize,
    /// Whether the first version follows.
    pub(super) opens: bool,
}

/// The marker that `text`, which begins a line, starts with, and the second version if that follows. Only `<<<<<<<` is a
/// marker by itself; the others are, `within` a conflict.
pub(super) fn marker(text: &[u8], within: bool) -> Option<Passed> {
    let first = *text.first().filter(|b| b"<|=>".contains(b))?;
    let repeated = text.len() >= MARKER_LEN && text[..MARKER_LEN].iter().all(|b| *b == first);
    let whole = matches!(text.get(MARKER_LEN), None | Some(b' ' | b'\n' | b'\r'));
    if !repeated || !whole || within == (first == b'<') {
        return None;
    }
    let second = matches!(first, b'|' | b'=');
    let last = if second { memmem::find(text, b"\n>>>>>>>").map_or(text.len(), |at| at + 1) } else { 0 };
    Some(Passed { len: last + line_len(&text[last..]), opens: first == b'<' })
}

fn line_len(text: &[u8]) -> usize {
    memchr::memchr(b'\n', text).map_or(text.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_stand_alone_or_with_a_name() {
        let len = |text: &str, within| marker(text.as_bytes(), within).map(|p| (p.len, p.opens));
        assert_eq!(len("<<<<<<< HEAD\na\n", false), Some((13, true)));
        assert_eq!(len("=======\na\n>>>>>>> b\nc", true), Some((20, false)));
        assert_eq!(len("||||||| base\na\n=======\nb\n>>>>>>>", true), Some((32, false)));
        assert_eq!(len(">>>>>>> b", true), Some((9, false)));
        for none in ["<<<<<<<<", "<<<<<<", "=======\n", ">>>>>>> x", "", "<<<<<<<x"] {
            assert_eq!(len(none, false), None, "{none}");
        }
    }
}
