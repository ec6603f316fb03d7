//! Outputs on a terminal: what a file hides there is made visible. In pipes and files they stay as they are.

use std::io::{self, IsTerminal, Write};

use jobc::report::{is_hidden, many_lines};

/// How hidden characters are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// As escapes of JSON: the document means the same.
    Escaped,
    /// As pictures, in text that is no JSON.
    Pictured,
}

/// Writes text to standard output, with hidden characters shown if that is a terminal.
///
/// # Errors
/// When standard output cannot be written.
pub(crate) fn print(text: &[u8], shown: Shown) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match std::str::from_utf8(text) {
        Ok(text) if out.is_terminal() => out.write_all(visible(text, shown).as_bytes()),
        _ => out.write_all(text),
    }
}

fn visible(text: &str, shown: Shown) -> String {
    match shown {
        Shown::Pictured => many_lines(text).into_owned(),
        Shown::Escaped => {
            let mut out = String::with_capacity(text.len());
            for c in text.chars() {
                if is_hidden(c) && c != '\n' {
                    let mut units = [0; 2];
                    c.encode_utf16(&mut units)
                        .iter()
                        .for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
                } else {
                    out.push(c);
                }
            }
            out
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_means_the_same_and_hides_nothing() {
        let text = "{\n  \"a\": \"\u{9b}31m \u{202e} \u{e0041} ü\"\n}\n";
        let shown = visible(text, Shown::Escaped);
        assert!(!shown.contains(|c| c != '\n' && is_hidden(c)), "{shown}");
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(read(&shown), read(text));
    }

    #[test]
    fn other_text_has_pictures() {
        assert_eq!(visible("a\n\u{1b}[31m", Shown::Pictured), "a\n␛[31m");
    }
}
