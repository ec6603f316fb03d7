//! The code blocks of the documents, tried: files are those of the examples, job files compile, and commands print what
//! the document says they print. `tests/README.md` says how a block is marked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use libtest_mimic::Trial;

use crate::{difference, root, trial, updating};

/// Where documents with blocks are.
const FOLDERS: [&str; 2] = [".", "docs"];
/// Made from the code, and tried by `explained.rs`.
const GENERATED: [&str; 2] = ["errors.md", "reference.md"];
/// What stands for lines, or for the rest of a line, that a document leaves out.
const ELISION: &str = "…";

/// One fenced block.
struct Block<'a> {
    /// The first word after the fence, such as `python`.
    language: &'a str,
    /// What the comment before the fence says, if there is one.
    mark: Option<Mark<'a>>,
    /// The lines between the fences: their place in the document, first and one after the last, from 0.
    lines: (usize, usize),
    text: String,
}

/// A comment that says what a block is.
#[derive(Clone, Copy)]
enum Mark<'a> {
    /// `<!-- file PATH -->`: the block is this file of the project, or lines of it.
    File(&'a str),
    /// `<!-- in PATH -->`: the commands run in a copy of this folder of the project.
    In(&'a str),
    /// `<!-- part -->`: the block is part of a file that is not shown.
    Part,
}

pub(crate) fn trials() -> Vec<Trial> {
    let documents = FOLDERS.iter().flat_map(|folder| fs::read_dir(root(folder)).into_iter().flatten());
    let mut documents: Vec<PathBuf> = documents
        .filter_map(|item| Some(item.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .filter(|path| !GENERATED.iter().any(|name| path.ends_with(name)))
        .collect();
    documents.sort();
    let mut trials: Vec<Trial> =
        documents.into_iter().map(|path| trial(name(&path), move || document(&path))).collect();
    trials.push(trial("blocks/examples".to_string(), examples));
    trials
}

/// Every example compiles without a warning, but for those that show a mistake.
fn examples() -> Result<(), String> {
    let mut wrong = Vec::new();
    let mut folders = vec![root("examples")];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).into_iter().flatten().filter_map(|item| item.ok()) {
            let path = item.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "aurora") && !path.ends_with("mistake.aurora") {
                let file = path.strip_prefix(root(".")).unwrap_or(&path).display().to_string();
                let report = run(
                    &root("."),
                    &format!("jobc check {file} --root examples --deny warnings --error-format short"),
                )?;
                wrong.extend(errors(&report));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// The errors in a report, but for the one about a file that has no jobs: it is a library, or a part of a file.
fn errors(report: &str) -> Vec<String> {
    let wrong = report.lines().filter(|line| line.contains("error[") && !line.contains("E0317"));
    wrong.map(str::to_string).collect()
}

fn name(document: &Path) -> String {
    let path = document.strip_prefix(root(".")).unwrap_or(document);
    format!("blocks/{}", path.with_extension("").display())
}

/// Tries each block. Where expectations are to be rewritten, those that leave nothing out are.
fn document(path: &Path) -> Result<(), String> {
    let source = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let mut lines: Vec<String> = source.lines().map(str::to_string).collect();
    let mut wrong = Vec::new();
    for block in blocks(&source).iter().rev() {
        let Err(fault) = attempt(block) else { continue };
        match fault.actual {
            Some(actual) if updating() && !has_elisions(&block.text) => {
                lines.splice(block.lines.0..block.lines.1, actual.lines().map(str::to_string));
            }
            _ => wrong.push(format!("line {}: {}", block.lines.0 + 1, fault.message)),
        }
    }
    let rewritten = lines.join("\n") + "\n";
    if rewritten != source && updating() {
        fs::write(path, rewritten).map_err(|error| error.to_string())?;
    }
    wrong.reverse();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// A block that is not true.
struct Fault {
    message: String,
    /// What would be true.
    actual: Option<String>,
}

impl From<String> for Fault {
    fn from(message: String) -> Self {
        Self { message, actual: None }
    }
}

fn attempt(block: &Block) -> Result<(), Fault> {
    match (block.language, block.mark) {
        (_, Some(Mark::File(file))) => {
            let actual = fs::read_to_string(root(file)).map_err(|error| format!("{file}: {error}"))?;
            compare(&block.text, &actual)
        }
        ("console", mark) => {
            let folder = if let Some(Mark::In(folder)) = mark { folder } else { "." };
            compare(&block.text, &session(folder, &block.text)?)
        }
        ("python", None) => compiles(&block.text),
        _ => Ok(()),
    }
}

fn compare(expected: &str, actual: &str) -> Result<(), Fault> {
    let (expected, comparable) = (without_times(expected), without_times(actual));
    let expected_lines: Vec<&str> = expected.lines().collect();
    let actual_lines: Vec<&str> = comparable.lines().collect();
    if matches(&expected_lines, &actual_lines) {
        return Ok(());
    }
    Err(Fault { message: difference(&expected, &comparable), actual: Some(actual.to_string()) })
}

/// Whether lines with elisions describe these lines. A block that begins or ends with an elision is an excerpt.
fn matches(expected: &[&str], actual: &[&str]) -> bool {
    let Some((first, rest)) = expected.split_first() else { return actual.is_empty() };
    if first.trim() == ELISION {
        return (0..=actual.len()).any(|skipped| matches(rest, &actual[skipped..]));
    }
    let Some((line, others)) = actual.split_first() else { return false };
    let same = match first.split_once(ELISION) {
        Some((start, end)) => line.starts_with(start) && line.ends_with(end),
        None => first.trim_end() == line.trim_end(),
    };
    same && matches(rest, others)
}

fn has_elisions(text: &str) -> bool {
    text.lines().any(|line| line.trim() == ELISION || line.ends_with(ELISION))
}

/// A text in which all times in parentheses, such as `(12 ms)`, are alike.
fn without_times(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let unit = ["ms)", "s)"].iter().find_map(|unit| after[digits..].trim_start().strip_prefix(unit));
        result += before;
        match unit {
            Some(end) if digits > 0 => {
                result += "(time)";
                rest = end;
            }
            _ => {
                result.push('(');
                rest = after;
            }
        }
    }
    result + rest
}

/// The commands of a block, each a line that begins with `$ `, and what each prints.
fn session(folder: &str, block: &str) -> Result<String, String> {
    let io = |error: std::io::Error| error.to_string();
    let copy = tempfile::tempdir().map_err(io)?;
    let here = match folder {
        "." => root("."),
        _ => {
            copy_folder(&root(folder), copy.path()).map_err(|error| format!("{folder}: {error}"))?;
            copy.path().to_path_buf()
        }
    };
    let mut printed = String::new();
    let mut commands = block.lines().peekable();
    while let Some(line) = commands.next() {
        let Some(command) = line.strip_prefix("$ ") else { continue };
        let mut whole = command.to_string();
        printed += &format!("{line}\n");
        while whole.ends_with(['\\', '|']) && commands.peek().is_some() {
            let next = commands.next().unwrap_or_default();
            printed += &format!("{next}\n");
            whole += &format!("\n{next}");
        }
        printed += &run(&here, &whole)?;
    }
    match printed.is_empty() {
        true => Err("a block of commands has lines that begin with `$ `".to_string()),
        false => Ok(printed),
    }
}

/// What a command prints, on both streams.
fn run(folder: &Path, command: &str) -> Result<String, String> {
    let program = Path::new(env!("CARGO_BIN_EXE_jobc")).parent().unwrap_or(Path::new(""));
    let output = Command::new("bash")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(folder)
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", program.display()))
        .env("LOGNAME", "ada")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("bash: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    for item in fs::read_dir(from)? {
        let item = item?;
        let target = to.join(item.file_name());
        if item.file_type()?.is_dir() {
            fs::create_dir(&target)?;
            copy_folder(&item.path(), &target)?;
        } else {
            fs::copy(item.path(), target)?;
        }
    }
    Ok(())
}

/// Whether jobc accepts a job file. It need not define a job.
fn compiles(source: &str) -> Result<(), Fault> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    fs::write(folder.path().join("job.aurora"), source).map_err(|error| error.to_string())?;
    let report = run(folder.path(), "jobc check job.aurora --error-format short")?;
    let wrong = errors(&report);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// The fenced blocks of a document.
fn blocks(document: &str) -> Vec<Block<'_>> {
    let lines: Vec<&str> = document.lines().collect();
    let mut found = Vec::new();
    let mut mark = None;
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        if let Some(language) = line.strip_prefix("```") {
            let start = index + 1;
            let length = lines[start..].iter().take_while(|line| !line.starts_with("```")).count();
            let text: String = lines[start..start + length].iter().map(|line| format!("{line}\n")).collect();
            let language = language.split([' ', ',']).next().unwrap_or_default();
            found.push(Block { language, mark: mark.take(), lines: (start, start + length), text });
            index = start + length;
        } else if !line.trim().is_empty() {
            mark = parse_mark(line);
        }
        index += 1;
    }
    found
}

fn parse_mark(line: &str) -> Option<Mark<'_>> {
    let comment = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    match comment.split_once(' ') {
        Some(("file", path)) => Some(Mark::File(path)),
        Some(("in", path)) => Some(Mark::In(path)),
        _ => (comment == "part").then_some(Mark::Part),
    }
}
