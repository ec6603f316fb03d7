//! The folders of `tests/editor`. Every file in one is opened, in the order of their names; a file whose name begins
//! with `closed` is only on disk. Comments ask for what is at a place in the line above them:
//!
//! ```text
//! job = Service(name = 'web')
//! #             ^ hover
//! #                    ^ rename web2
//! ```
//!
//! Requests about a whole file stand on a line of their own: `#! outline`. `expected` has what is reported in each file, and
//! the answers. `JOBC_UPDATE=1` writes it.

use std::path::Path;

use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::client::{Client, Editor};
use crate::{root, show, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let mut names: Vec<String> = std::fs::read_dir(root("tests/editor"))
        .unwrap()
        .filter_map(|item| item.ok().map(|item| item.file_name().to_string_lossy().into_owned()))
        .collect();
    names.sort();
    names.into_iter().map(|name| trial(format!("editor/{name}"), move || fixture(&name))).collect()
}

/// A request that a comment makes.
struct Asked {
    words: String,
    line: usize,
    column: usize,
}

fn fixture(name: &str) {
    let folder = root("tests/editor").join(name);
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|item| item.ok().map(|item| item.file_name().to_string_lossy().into_owned()))
        .filter(|file| !file.starts_with("closed") && file.ends_with(".aurora"))
        .collect();
    files.sort();
    let mut client = Client::start(&folder, &Editor::default());
    let texts: Vec<(String, String)> = files
        .into_iter()
        .map(|file| {
            client.open_file(&file);
            let text = std::fs::read_to_string(folder.join(&file)).unwrap();
            (file, text)
        })
        .collect();
    let mut actual = String::new();
    // What was reported of a file when others were not open yet is not the last word.
    for (file, text) in &texts {
        let reported = show::diagnostics(&client.change(file, text));
        actual.push_str(&format!(
            "== {file}\n{}",
            if reported.is_empty() { "no problems\n" } else { &reported }
        ));
    }
    for (file, text) in &texts {
        for asked in requests(text) {
            actual.push_str(&format!(
                "\n== {file}:{}:{} {}\n",
                asked.line + 1,
                asked.column + 1,
                asked.words
            ));
            actual.push_str(&ask(&mut client, file, &asked));
        }
    }
    client.finish();
    compare(&folder.join("expected"), &actual);
}

fn compare(path: &Path, actual: &str) {
    if std::env::var("JOBC_UPDATE").is_ok_and(|value| value == "1") {
        std::fs::write(path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected != actual {
        let diff = similar::TextDiff::from_lines(&*expected, actual);
        panic!("{}", diff.unified_diff().header("expected", "actual"));
    }
}

fn requests(text: &str) -> Vec<Asked> {
    let mut code = 0;
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let comment = line.trim_start().strip_prefix('#');
        match comment.map(|comment| (comment, comment.trim_start())) {
            Some((_, words)) if words.starts_with('^') => {
                let column = line.chars().take_while(|c| *c != '^').count();
                let words = words[1..].trim().to_string();
                found.push(Asked { words, line: code, column });
            }
            Some((comment, _)) if comment.starts_with('!') => {
                found.push(Asked { words: comment[1..].trim().to_string(), line: number, column: 0 });
            }
            _ => code = number,
        }
    }
    found
}

fn ask(client: &mut Client, file: &str, asked: &Asked) -> String {
    let (word, rest) = asked.words.split_once(' ').unwrap_or((&asked.words, ""));
    let document = json!({ "uri": client.uri(file) });
    let position = json!({ "line": asked.line, "character": asked.column });
    let range = json!({ "start": position, "end": position });
    let everything =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99999, "character": 0 } });
    let mut params = json!({ "textDocument": document, "position": position });
    let method = match word {
        "hover" => "textDocument/hover",
        "complete" => "textDocument/completion",
        "definition" => "textDocument/definition",
        "references" => {
            params["context"] = json!({ "includeDeclaration": true });
            "textDocument/references"
        }
        "highlight" => "textDocument/documentHighlight",
        "signature" => "textDocument/signatureHelp",
        "prepare" => "textDocument/prepareRename",
        "rename" => {
            params["newName"] = json!(rest);
            "textDocument/rename"
        }
        "actions" => {
            params["range"] = range;
            params["context"] = json!({ "diagnostics": [] });
            "textDocument/codeAction"
        }
        "outline" => "textDocument/documentSymbol",
        "folds" => "textDocument/foldingRange",
        "links" => "textDocument/documentLink",
        "tokens" => "textDocument/semanticTokens/full",
        "hints" => {
            params["range"] = everything;
            "textDocument/inlayHint"
        }
        "jobs" => {
            params = json!({ "query": rest });
            "workspace/symbol"
        }
        other => panic!("there is no request `{other}`"),
    };
    match client.try_request(method, params) {
        Ok(answer) if word == "tokens" => tokens(client, &answer),
        // `complete 5` shows the first five.
        Ok(answer) if word == "complete" => {
            show::answer(&answer).split_inclusive('\n').take(rest.parse().unwrap_or(usize::MAX)).collect()
        }
        Ok(answer) => show::answer(&answer),
        Err(error) => format!("refused: {error}\n"),
    }
}

/// Semantic tokens, each with its place and kind.
fn tokens(client: &Client, answer: &Value) -> String {
    let legend = &client.server["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"];
    let numbers: Vec<u64> =
        answer["data"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    let (mut line, mut column) = (1, 1);
    let mut out = String::new();
    for token in numbers.chunks(5) {
        column = if token[0] == 0 { column + token[1] } else { 1 + token[1] };
        line += token[0];
        let kind = legend[token[3] as usize].as_str().unwrap_or_default();
        out.push_str(&format!("{line}:{column}+{} {kind}\n", token[2]));
    }
    out
}
