//! Answers of the server as lines for people to review.

use std::fmt::Write as _;

use serde_json::Value;

/// A position, from 1.
fn position(value: &Value) -> String {
    let number = |name: &str| value[name].as_u64().map_or(0, |n| n + 1);
    format!("{}:{}", number("line"), number("character"))
}

/// A range, from 1; its end is left out where it is empty.
pub(crate) fn range(value: &Value) -> String {
    let (start, end) = (position(&value["start"]), position(&value["end"]));
    if start == end { start } else { format!("{start}-{end}") }
}

/// The last part of a URI.
pub(crate) fn file(value: &Value) -> &str {
    value.as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default()
}

fn location(value: &Value) -> String {
    let uri = if value["uri"].is_null() { &value["targetUri"] } else { &value["uri"] };
    let place = if value["range"].is_null() { &value["targetSelectionRange"] } else { &value["range"] };
    format!("{}:{}", file(uri), range(place))
}

/// Diagnostics, one after the other.
pub(crate) fn diagnostics(all: &[Value]) -> String {
    let mut out = String::new();
    for one in all {
        let severity =
            ["", "error", "warning", "note", "hint"][one["severity"].as_u64().unwrap_or(0) as usize];
        let code = one["code"].as_str().unwrap_or_default();
        let message = one["message"].as_str().unwrap_or_default().replace('\n', "\n    ");
        writeln!(out, "{} {severity} {code}: {message}", range(&one["range"])).unwrap();
        for related in one["relatedInformation"].as_array().into_iter().flatten() {
            let message = related["message"].as_str().unwrap_or_default();
            writeln!(out, "    at {}: {message}", location(&related["location"])).unwrap();
        }
        if let Some(tags) = one["tags"].as_array() {
            let names = tags.iter().map(|tag| if *tag == 1 { "unnecessary" } else { "deprecated" });
            writeln!(out, "    tagged {}", names.collect::<Vec<_>>().join(", ")).unwrap();
        }
    }
    out
}

/// Any answer: what is known as a place, a text or a tree is shown shortly, other things as JSON.
pub(crate) fn answer(value: &Value) -> String {
    match value {
        Value::Null => "nothing\n".to_string(),
        Value::Array(items) if items.is_empty() => "nothing\n".to_string(),
        Value::Array(items) => items.iter().map(item).collect(),
        other => item(other),
    }
}

fn item(value: &Value) -> String {
    let text = |name: &str| value[name].as_str().unwrap_or_default();
    match value {
        _ if value["contents"]["value"].is_string() => {
            format!(
                "{}\n{}\n",
                range(&value["range"]),
                value["contents"]["value"].as_str().unwrap_or_default()
            )
        }
        _ if value["selectionRange"].is_object() => symbol(value, 0),
        _ if value["items"].is_array() => value["items"].as_array().into_iter().flatten().map(item).collect(),
        _ if value["label"].is_string() && value["position"].is_object() => {
            format!("{} {}\n", position(&value["position"]), text("label"))
        }
        _ if value["label"].is_string() => completion(value),
        _ if value["signatures"].is_array() => signature(value),
        _ if value["title"].is_string() => action(value),
        _ if value["changes"].is_object() => edit(value),
        _ if value["target"].is_string() => {
            format!("{} -> {}\n", range(&value["range"]), file(&value["target"]))
        }
        _ if value["startLine"].is_number() => {
            let line = |name: &str| value[name].as_u64().map_or(0, |n| n + 1);
            format!("{}-{} {}\n", line("startLine"), line("endLine"), text("kind")).replace(" \n", "\n")
        }
        _ if value["name"].is_string() => {
            format!("{} {} {}\n", text("name"), text("containerName"), location(&value["location"]))
        }
        _ if !value["uri"].is_null() || !value["targetUri"].is_null() => format!("{}\n", location(value)),
        _ if value["newText"].is_string() => format!("{} {:?}\n", range(&value["range"]), text("newText")),
        _ if value["placeholder"].is_string() => {
            format!("{} {:?}\n", range(&value["range"]), text("placeholder"))
        }
        _ if value["range"].is_object() => format!("{}\n", range(&value["range"])),
        other => format!("{other}\n"),
    }
}

fn symbol(value: &Value, depth: usize) -> String {
    let detail = value["detail"].as_str().unwrap_or_default();
    let name = value["name"].as_str().unwrap_or_default();
    let kind = value["kind"].as_u64().unwrap_or_default();
    let whole = range(&value["range"]);
    let line = format!("{}{name} ({kind}) {detail} {whole}\n", "  ".repeat(depth)).replace("  (", " (");
    let children = value["children"].as_array().into_iter().flatten();
    std::iter::once(line).chain(children.map(|child| symbol(child, depth + 1))).collect()
}

fn completion(value: &Value) -> String {
    let text = |name: &str| value[name].as_str().unwrap_or_default();
    let inserted = match &value["textEdit"]["newText"] {
        Value::String(new) => format!(" {} {new:?}", range(&value["textEdit"]["range"])),
        _ => String::new(),
    };
    format!("{} | {}{inserted}\n", text("label"), text("detail"))
}

fn signature(value: &Value) -> String {
    let active = &value["activeParameter"];
    let lines = value["signatures"].as_array().into_iter().flatten().map(|one| {
        let number = active.as_u64().unwrap_or(999) as usize;
        let parameter = &one["parameters"][number];
        format!(
            "{}\n{}\nactive: {} {}\n",
            one["label"].as_str().unwrap_or_default(),
            one["documentation"]["value"].as_str().unwrap_or_default(),
            parameter["label"],
            parameter["documentation"]["value"].as_str().unwrap_or_default()
        )
    });
    lines.collect()
}

fn action(value: &Value) -> String {
    let kind = value["kind"].as_str().unwrap_or_default();
    format!("{} ({kind})\n{}", value["title"].as_str().unwrap_or_default(), edit(&value["edit"]))
}

fn edit(value: &Value) -> String {
    let mut files: Vec<_> = value["changes"].as_object().into_iter().flatten().collect();
    files.sort_by_key(|(uri, _)| uri.as_str());
    let mut out = String::new();
    for (uri, edits) in files {
        for edit in edits.as_array().into_iter().flatten() {
            let name = uri.rsplit('/').next().unwrap_or_default();
            writeln!(out, "    {name}:{} {}", range(&edit["range"]), edit["newText"]).unwrap();
        }
    }
    out
}
