//! What was read: for Make and Ninja, and as JSON.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::readable::{Json, Style};
use super::sink::Sink;

/// Writes a depfile, which Make and Ninja read: `target: file file …`, and a rule without a recipe for each file, so that
/// Make does not stop when a file that used to be included is gone.
///
/// # Errors
/// When the writer fails, or Make or Ninja would take a name for something else.
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
    if let Some(why) = misread_because(name) {
        let words = format!("a depfile cannot name {path:?}: {why}");
        return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
    }
    let mut out = Vec::with_capacity(name.len() + 8);
    let mut backslashes = 0;
    for &byte in name {
        match byte {
            b' ' | b'#' => {
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

/// Why Make or Ninja would take a name for more than a name: a depfile is a makefile, which can run programs.
fn misread_because(name: &[u8]) -> Option<&'static str> {
    let holds = |bytes: &[u8]| name.iter().any(|byte| bytes.contains(byte));
    let is_special_target = || match name.strip_prefix(b".") {
        Some(rest) => !rest.is_empty() && rest.iter().all(|b| b.is_ascii_uppercase() || *b == b'_'),
        None => false,
    };
    match name {
        [] => Some("it is empty"),
        _ if name.iter().any(u8::is_ascii_control) => Some("it holds a control character"),
        _ if holds(b"=") => Some("Make would take it for the assignment of a variable"),
        _ if holds(b"%*?[]") => Some("Make would take it for a pattern"),
        _ if holds(b";|&<>`^") => Some("Make or Ninja would not read it as one name"),
        [b'~', ..] => Some("Make would take it for somebody's home directory"),
        [.., b'\\'] => Some("the backslash at its end would change what follows"),
        [_, .., b')'] if holds(b"(") => Some("Make would take it for a member of an archive"),
        _ if is_special_target() => Some("Make would take it for a special target"),
        _ => None,
    }
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
    fn what_a_tool_would_misread_is_refused() {
        let names = [
            "",
            "a\nb",
            "a\rb",
            "include\u{b}evil.mk",
            "a\tb",
            "a\u{c}b",
            "a;b",
            "a|b",
            "SHELL=./evil",
            "a:=b",
            "a%b",
            "a*",
            "a?",
            "[ab]",
            "~user/x",
            "a&",
            "a\\",
            "lib(member)",
            ".PHONY",
            ".ONESHELL",
            ".EXPORT_ALL_VARIABLES",
            "a<b",
            "a>b",
            "a`b",
            "a^b",
        ];
        for name in names {
            for (target, read) in [(name, "x"), ("x", name)] {
                let mut out = Vec::new();
                let error = write_depfile(Path::new(target), &[PathBuf::from(read)], &mut out).unwrap_err();
                assert_eq!((error.kind(), out.len()), (io::ErrorKind::InvalidInput, 0), "{name:?}");
            }
        }
        for name in ["a~b", ".hidden", ".Phony", "lib/.PHONY", "a (b) c", "a'b\"c", "a@b,c+d{e}!", "-x"] {
            let mut out = Vec::new();
            write_depfile(Path::new("x"), &[PathBuf::from(name)], &mut out).unwrap();
        }
    }

    #[test]
    fn as_json() {
        let mut out = Vec::new();
        write_json(&[PathBuf::from("a\"b")], Style::Compact, &mut out).unwrap();
        assert_eq!(out, b"{\"reads\":[\"a\\\"b\"]}\n");
    }
}
