//! Tests of the project itself: which stage may use which, and documents that are made from the code.

use std::path::Path;

use jobc::lints::all_codes;
use libtest_mimic::Trial;

use crate::{difference, jobc, root, trial, updating};

/// What each part of the library may use of the others, beside `common`; nobody may use the command line.
const ALLOWED: &[(&str, &[&str])] = &[
    ("common", &[]),
    ("source", &[]),
    ("diagnostics", &["source"]),
    ("json", &[]),
    ("lints", &["diagnostics"]),
    ("levels", &["source", "diagnostics", "lints", "syntax"]),
    ("report", &["source", "diagnostics"]),
    ("syntax", &["source", "diagnostics", "lints"]),
    ("template", &["source", "diagnostics", "lints"]),
    ("schema", &["source", "diagnostics", "template"]),
    ("python", &["source", "diagnostics", "json", "syntax", "template"]),
    ("eval", &["source", "diagnostics", "lints", "syntax", "template", "schema", "python"]),
    ("model", &["source", "diagnostics", "json", "lints", "template", "schema"]),
    ("trace", &["source", "diagnostics", "template", "eval"]),
    ("emit", &["source", "diagnostics", "template", "schema", "model"]),
    ("reply", &["json"]),
    ("driver", &["source", "diagnostics", "lints", "syntax", "template", "schema", "eval", "model", "trace"]),
    (
        "lsp",
        &[
            "source",
            "diagnostics",
            "lints",
            "levels",
            "report",
            "syntax",
            "template",
            "schema",
            "eval",
            "model",
            "driver",
            "trace",
        ],
    ),
];

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("project/imports".to_string(), imports),
        trial("project/errors.md".to_string(), errors_md),
        trial("project/codes".to_string(), codes),
        trial("project/help".to_string(), help),
        trial("project/completions".to_string(), completions),
        trial("project/man".to_string(), man),
    ]
}

fn imports() -> Result<(), String> {
    let mut wrong = Vec::new();
    for path in rust_files(&root("src")) {
        let relative = path.strip_prefix(root("src")).unwrap_or(&path).display().to_string();
        let part = relative.split(['/', '.']).next().unwrap_or_default();
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == part) else {
            if !matches!(part, "lib" | "main" | "cli") {
                wrong.push(format!("{relative}: `{part}` is not in the table of stages"));
            }
            continue;
        };
        for (line, used) in uses(&text) {
            if used != part && used != "common" && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{relative}:{line}: {part} uses {used}"));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// The parts of the library that a file names, as `crate::part`, outside comments; each with its line.
fn uses(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            // Macros and grouped imports of the root are rare; a group is taken apart at its commas.
            let names = if name.is_empty() { grouped(rest) } else { vec![name] };
            found.extend(names.into_iter().map(|name| (index + 1, name)));
        }
    }
    found.retain(|(_, name)| name.chars().next().is_some_and(char::is_lowercase));
    found
}

fn grouped(rest: &str) -> Vec<String> {
    let inside = rest.trim_start_matches('{');
    let first = |part: &str| part.trim().split("::").next().unwrap_or_default().to_string();
    inside.split(',').map(first).filter(|name| !name.is_empty()).collect()
}

pub(crate) fn rust_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for item in std::fs::read_dir(folder).into_iter().flatten().filter_map(|item| item.ok()) {
        let path = item.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// docs/errors.md is what the codes say.
fn errors_md() -> Result<(), String> {
    let path = root("docs/errors.md");
    let output = jobc(&root("."), &["explain", "--markdown"].map(str::to_string))?;
    let actual = String::from_utf8_lossy(&output.stdout).into_owned();
    if updating() {
        return std::fs::write(&path, actual).map_err(|error| error.to_string());
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if expected == actual { Ok(()) } else { Err(difference(&expected, &actual)) }
}

/// Codes are unique, and named like each other.
fn codes() -> Result<(), String> {
    let all = all_codes();
    let mut wrong = Vec::new();
    for pair in all.windows(2) {
        if pair[0].id == pair[1].id {
            wrong.push(format!("{} is used twice", pair[0].id));
        }
    }
    for (index, code) in all.iter().enumerate() {
        if all[..index].iter().any(|other| other.name == code.name) {
            wrong.push(format!("two codes are named {}", code.name));
        }
        let (kind, number) = code.id.split_at(1);
        if !matches!(kind, "E" | "W" | "N")
            || number.len() != 4
            || !number.bytes().all(|b| b.is_ascii_digit())
        {
            wrong.push(format!("{} is not a letter and four digits", code.id));
        }
        let plain = code.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !plain || [code.what, code.why, code.bad, code.good].contains(&"") {
            wrong.push(format!("{} {} lacks a name in lower case, or a text", code.id, code.name));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

fn printed(arguments: &[&str]) -> Result<String, String> {
    let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    let output = jobc(&root("."), &arguments)?;
    if !output.status.success() {
        return Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

/// The names of the commands, as the help lists them.
fn commands() -> Result<Vec<String>, String> {
    let help = printed(&["-h"])?;
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names =
        listed.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    Ok(names.filter(|name| *name != "help").map(str::to_string).collect())
}

/// The help of every command has examples.
fn help() -> Result<(), String> {
    let commands = commands()?;
    if commands.len() < 7 {
        return Err(format!("the help lists only {commands:?}"));
    }
    for command in commands {
        let help = printed(&[&command, "--help"])?;
        if !help.contains(&format!("Examples:\n  jobc {command}")) {
            return Err(format!("the help of {command} has no example"));
        }
        // Longer lines are broken where the terminal is narrow, and then what is pasted is another command.
        let examples = help.lines().skip_while(|line| *line != "Examples:");
        if let Some(line) = examples.into_iter().find(|line| line.chars().count() > 80) {
            return Err(format!("an example of {command} is too long for a terminal: {line}"));
        }
    }
    Ok(())
}

/// Completions know every command, and the shells that are here can read them.
fn completions() -> Result<(), String> {
    let commands = commands()?;
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell])?;
        if let Some(command) = commands.iter().find(|command| !script.contains(command.as_str())) {
            return Err(format!("{shell} does not know {command}"));
        }
        if ["bash", "zsh", "fish"].contains(&shell) {
            complaints(shell, &["-n", "/dev/stdin"], &script)?;
        }
    }
    Ok(())
}

/// There is a manual page for each command, with examples, and groff, if it is here, has nothing to say against it.
fn man() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let pages = folder.path().join("share/man1");
    printed(&["man", &pages.display().to_string()])?;
    let mut names: Vec<String> = commands()?.iter().map(|command| format!("jobc-{command}.1")).collect();
    names.push("jobc.1".to_string());
    for name in names {
        let page = std::fs::read_to_string(pages.join(&name)).map_err(|error| format!("{name}: {error}"))?;
        let title = name.trim_end_matches(".1");
        for part in
            [format!(".TH {title} 1 "), ".SH EXAMPLES\n.nf\n  jobc ".to_string(), "\n.fi\n".to_string()]
        {
            if !page.contains(&part) {
                return Err(format!("{name} has no {part:?}:\n{page}"));
            }
        }
        complaints("groff", &["-man", "-Tutf8", "-ww", "-z"], &page)?;
    }
    let page = printed(&["man"])?;
    let written = std::fs::read_to_string(pages.join("jobc.1")).unwrap_or_default();
    if page == written { Ok(()) } else { Err("what is printed is not what is written".to_string()) }
}

/// What another program says against a text, if it is here.
fn complaints(program: &str, arguments: &[&str], text: &str) -> Result<(), String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let command = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = command else {
        eprintln!("skipped: {program} is not here");
        return Ok(());
    };
    child
        .stdin
        .take()
        .map_or(Ok(()), |mut pipe| pipe.write_all(text.as_bytes()))
        .map_err(|e| e.to_string())?;
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let words = String::from_utf8_lossy(&output.stderr);
    match output.status.success() && words.is_empty() {
        true => Ok(()),
        false => Err(format!("{program}: {words}")),
    }
}
