//! What was read: for Make and Ninja, and as JSON.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::readable::{Json, Style};
use super::sink::Sink;

/// Writes a depfile, which Make and Ninja read: `target: file file …`, and a rule without a recipe for each file, so that
/// Make does not stop when a file that used to be included is gone.
///
/// # Errors
/// When the writer fails, or a name holds what neither Make nor Ninja can read in a depfile, such as a line break.
pub fn write_depfile(target: &Path, reads: &[PathBuf], to: &mut dyn Write) -> io::Result<()> {
    let mut out = escaped(target)?;
    out.push(b':');
    let reads: Vec<Vec<u8>> = reads.iter().map(|path| escaped(path)).collect::<io::Result<_>>()?;
    for name in &reads {
        out.extend_from_slice(b" \\\n  ");
        out.extend_from_slice(name);
    }
    out.push(b'\n');
    for name in &reads {
        out.push(b'\n');
        out.extend_from_slice(name);
        out.extend_from_slice(b":\n");
    }
    to.write_all(&out)
}

/// A name as both Make and Ninja read it in a depfile. A backslash is only special to them before a character that needs
/// one, where it must be doubled itself.
fn escaped(path: &Path) -> io::Result<Vec<u8>> {
    let name = path.as_os_str().as_encoded_bytes();
    let mut out = Vec::with_capacity(name.len() + 8);
    let mut backslashes = 0;
    for &byte in name {
        match byte {
            b'\n' | b'\r' | b';' | b'|' => {
                let what = if byte.is_ascii_control() { "a line break" } else { "`;` or `|`" };
                let words =
                    format!("a depfile cannot name {path:?}: neither Make nor Ninja reads {what} there");
                return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
            }
            b' ' | b'\t' | b'#' => {
                out.extend(std::iter::repeat_n(b'\\', backslashes + 1));
            }
            b':' => out.push(b'\\'),
            b'$' => out.push(b'$'),
            _ => {}
        }
        backslashes = if byte == b'\\' { backslashes + 1 } else { 0 };
        out.push(byte);
    }
    Ok(out)
}

/// Writes `{"reads": […]}`.
///
/// # Errors
/// When the writer fails.
pub fn write_json(reads: &[PathBuf], style: Style, to: &mut dyn Write) -> io::Result<()> {
    let mut out = Vec::new();
    let mut json = Json::new(&mut out, style);
    json.begin(b'{');
    json.key("reads");
    json.array(reads, |json, path| json.text(&path.to_string_lossy()));
    json.end(b'}');
    out.push(b'\n');
    to.write_all(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depfile(target: &str, reads: &[&str]) -> String {
        let mut out = Vec::new();
        let reads: Vec<PathBuf> = reads.iter().map(PathBuf::from).collect();
        write_depfile(Path::new(target), &reads, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_rule_and_one_for_each_file() {
        let text = depfile("out.json", &["job.aurora", "lib/base.aurora"]);
        assert_eq!(
            text,
            "out.json: \\\n  job.aurora \\\n  lib/base.aurora\n\njob.aurora:\n\nlib/base.aurora:\n"
        );
    }

    #[test]
    fn special_characters() {
        let text = depfile("a b", &["c#d", "e$f", "g:h", "i\\j", "k\\ l"]);
        let first = text.split("\n\n").next().unwrap();
        assert_eq!(first, "a\\ b: \\\n  c\\#d \\\n  e$$f \\\n  g\\:h \\\n  i\\j \\\n  k\\\\\\ l");
    }

    #[test]
    fn what_no_tool_can_read_is_refused() {
        for name in ["a\nb", "a\rb", "a;b", "a|b"] {
            for (target, read) in [(name, "x"), ("x", name)] {
                let mut out = Vec::new();
                let error = write_depfile(Path::new(target), &[PathBuf::from(read)], &mut out).unwrap_err();
                assert_eq!((error.kind(), out.len()), (io::ErrorKind::InvalidInput, 0), "{name:?}");
            }
        }
    }

    #[test]
    fn as_json() {
        let mut out = Vec::new();
        write_json(&[PathBuf::from("a\"b")], Style::Compact, &mut out).unwrap();
        assert_eq!(out, b"{\"reads\":[\"a\\\"b\"]}\n");
    }
}
