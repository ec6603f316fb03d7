//! The file as a whole: an array of entries, each read as Aurora's `ExecutorSettingsLoader` reads it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::load::{Message, Report, message, repeated_key, unknown_key};
use super::mesos::{EXECUTOR_INFO, Kind, VOLUME};
use super::mesos::Label::Optional;
use super::scalar::{Coerced, Scalar, coerce};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::executor::{DUPLICATE_EXECUTOR, RESERVED_EXECUTOR};
use crate::json::{Dialect, Limits, Member, Node, Text, Value, parse};
use crate::model::convert::AURORA_EXECUTOR;

/// The loader reads one value and never looks at what follows.
const JACKSON: Dialect = Dialect { trailing_text: true, ..Dialect::RFC };

/// Far more than any executors file has: the messages nest about twenty deep.
const LIMITS: Limits = Limits { depth: 100, values: 1_000_000 };

/// The keys of an entry.
const KEYS: [&str; 3] = ["executor", "volume_mounts", "task_prefix"];

/// An entry that was loaded, as far as it could be.
#[derive(Debug)]
pub(super) struct Entry {
    /// Where it is written.
    pub(super) at: Range<usize>,
    /// `executor`
    pub(super) executor: Option<Message>,
    /// `volume_mounts`; `None` for a null in the array
    pub(super) volumes: Vec<Option<Message>>,
    /// `task_prefix`
    pub(super) prefix: Option<(Text<'static>, Range<usize>)>,
    /// Whether the scheduler would take it.
    pub(super) loads: bool,
}

impl Entry {
    /// The name of the executor, empty where there is none.
    pub(super) fn name(&self) -> Option<String> {
        let name = self.executor.as_ref()?.get("name").and_then(|name| name.scalar());
        match name {
            Some(Scalar::Text(text)) => Some(text.value.to_string()),
            _ => Some(String::new()),
        }
    }
}

/// Reads the entries of a file.
pub(super) fn read(text: &str, report: &mut Report) -> Vec<Entry> {
    let root = match parse(text, JACKSON, LIMITS) {
        Ok(root) => root,
        Err(error) => {
            report.stops(&error.at, format!("the file is not valid JSON: {}", error.message));
            return Vec::new();
        }
    };
    let Value::Array(nodes) = &root.value else {
        report.stops(&root.at, format!("the file is {}, but must be an array", root.value.kind()));
        return Vec::new();
    };
    let after = text.get(root.at.end..).unwrap_or_default();
    if !after.trim().is_empty() {
        let start = text.len() - after.trim_start().len();
        report.add(report.without_effect(&(start..text.trim_end().len()), "the scheduler never reads what follows the array"));
    }
    let mut entries: Vec<Entry> = nodes.iter().map(|node| entry(node, report)).collect();
    check_names(&mut entries, report);
    entries
}

fn entry(node: &Node, report: &mut Report) -> Entry {
    let mut entry =
        Entry { at: node.at.clone(), executor: None, volumes: Vec::new(), prefix: None, loads: false };
    let Value::Object(members) = &node.value else {
        report.stops(&node.at, format!("the entry is {}, but must be an object", node.value.kind()));
        return entry;
    };
    let errors = report.errors;
    for (index, member) in members.iter().enumerate() {
        if !KEYS.contains(&&*member.key.value) {
            unknown_key("the entry", &member.key.value, &member.key_at, KEYS.into_iter(), report);
            continue;
        }
        if let Some(first) = members[..index].iter().find(|m| m.key.value == member.key.value) {
            let named = format!("`{}` of the entry", member.key.value);
            repeated_key(&first.key_at, &member.key_at, &named, Optional, report);
        }
        give(&mut entry, member, report);
    }
    if report.errors == errors {
        for (key, missing) in [("executor", entry.executor.is_none()), ("task_prefix", entry.prefix.is_none())] {
            if missing {
                report.stops(&node.at, format!("the entry has no `{key}`"));
            }
        }
    }
    entry.loads = report.errors == errors;
    entry
}

/// Gives an entry the value of a key. Unlike those of a message, a null takes an earlier value away.
fn give(entry: &mut Entry, member: &Member<Text<'static>, Node>, report: &mut Report) {
    let node = &member.value;
    match &*member.key.value {
        "executor" => {
            let set = !matches!(node.value, Value::Null);
            entry.executor = set.then(|| message(node, &EXECUTOR_INFO, report)).flatten();
        }
        "volume_mounts" => entry.volumes = volumes(node, report),
        _ => match coerce(&node.value, Kind::String) {
            Coerced::Set(Scalar::Text(text)) => entry.prefix = Some((text, node.at.clone())),
            Coerced::Wrong(wanted) => {
                let kind = node.value.kind();
                report.stops(&node.at, format!("`task_prefix` of the entry is {kind}, but must be {wanted}"));
            }
            _ => entry.prefix = None,
        },
    }
}

fn volumes(node: &Node, report: &mut Report) -> Vec<Option<Message>> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::Array(items) => items
            .iter()
            .filter_map(|item| match item.value {
                Value::Null => Some(None),
                _ => message(item, &VOLUME, report).map(Some),
            })
            .collect(),
        other => {
            let message = format!("`volume_mounts` of the entry is {}, but must be an array", other.kind());
            report.stops(&node.at, message);
            Vec::new()
        }
    }
}

/// Reports names with which the scheduler would not start.
fn check_names(entries: &mut [Entry], report: &mut Report) {
    let mut named: FxHashMap<String, Range<usize>> = FxHashMap::default();
    for entry in entries {
        let Some(name) = entry.name() else { continue };
        let at = entry.executor.as_ref().and_then(|e| e.get("name")).map_or(&entry.at, |name| &name.at).clone();
        if name == AURORA_EXECUTOR {
            let message = format!("no custom executor can be called `{AURORA_EXECUTOR}`");
            report.add(Diagnostic::error(&RESERVED_EXECUTOR, report.span(&at), message));
            entry.loads = false;
        } else if let Some(earlier) = named.get(&name) {
            let message = match name.as_str() {
                "" => "two custom executors have no name".to_string(),
                _ => format!("two custom executors are called `{name}`"),
            };
            let d = Diagnostic::error(&DUPLICATE_EXECUTOR, report.span(&at), message);
            report.add(d.label(report.span(earlier), "the first one"));
            entry.loads = false;
        } else {
            named.insert(name, at);
        }
    }
}
