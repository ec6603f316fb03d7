//! Existing executors files, as the scheduler's `-custom_executor_config` takes them.
//!
//! The scheduler reads protobuf messages by snake_case names, with Jackson's leniency: numbers and booleans may be text,
//! text may be a number, null is not set.
//!
//! | question | file |
//! |---|---|
//! | values with their places | `json.rs` |
//! | which properties there are | `message.rs` |
//! | how messages become entries | `entry.rs` |

mod entry;
mod json;
mod message;

use rustc_hash::FxHashMap;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::executor::{DUPLICATE_EXECUTOR, RESERVED_EXECUTOR};
use crate::model::convert::AURORA_EXECUTOR;
use crate::model::executor::CustomExecutor;
use crate::source::{FileId, Span};
use json::Document;
use message::Message;

/// What an executors file holds.
#[derive(Debug, Default)]
pub struct Imported {
    /// The entries that the language has words for, in order.
    pub entries: Vec<CustomExecutor>,
    /// What is wrong with the file, or has no form in the language.
    pub diagnostics: Vec<Diagnostic>,
}

impl Imported {
    /// Whether something could not be imported.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads an executors file whole. `file` is the text's id, for the places of diagnostics.
pub fn import(text: &str, file: FileId) -> Imported {
    let (mut document, root) = Document::parse(text, file);
    let mut entries = Vec::new();
    let mut named: FxHashMap<String, Span> = FxHashMap::default();
    let nodes = root.and_then(|r| Some((r, document.array(r, "the file")?)));
    if let Some((root, nodes)) = &nodes
        && nodes.is_empty()
    {
        document.error(*root, "the file declares no executor");
    }
    for node in nodes.map(|(_, nodes)| nodes).unwrap_or_default() {
        let Some(message) = Message::read(node, &message::ENTRY, &mut document) else { continue };
        let entry = entry::custom_executor(&message, &mut document);
        if let Some(entry) = entry {
            check_name(&entry, document.span(node), &mut named, &mut document.diagnostics);
            entries.push(entry);
        }
    }
    let mut diagnostics = document.diagnostics;
    diagnostics.sort_by_key(|d| (d.primary.start, d.primary.end));
    Imported { entries, diagnostics }
}

fn check_name(
    entry: &CustomExecutor,
    span: Span,
    named: &mut FxHashMap<String, Span>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let name = &entry.executor.name;
    if name == AURORA_EXECUTOR {
        let message = format!("no custom executor can be called `{AURORA_EXECUTOR}`");
        diagnostics.push(Diagnostic::error(&RESERVED_EXECUTOR, span, message));
    }
    if let Some(earlier) = named.insert(name.clone(), span) {
        let message = format!("two custom executors are called `{name}`");
        diagnostics
            .push(Diagnostic::error(&DUPLICATE_EXECUTOR, span, message).label(earlier, "the first one"));
    }
}

/// Reads nothing but the names of the executors of a file, which the language need not have words for.
pub fn names(text: &str, file: FileId) -> (Vec<String>, Vec<Diagnostic>) {
    let (mut document, root) = Document::parse(text, file);
    let mut names = Vec::new();
    for node in root.and_then(|r| document.array(r, "the file")).unwrap_or_default() {
        names.extend(name_of(node, &mut document));
    }
    (names, document.diagnostics)
}

fn name_of<'a>(node: json::Node<'a>, document: &mut Document<'a>) -> Option<String> {
    let entry = document.object(node, "the entry")?;
    let Some(executor) = entry.get("executor") else {
        document.error(node, "the entry has no `executor`");
        return None;
    };
    let properties = document.object(*executor, "the executor")?;
    match properties.get("name") {
        Some(name) => document.text(*name, "`name` of the executor"),
        None => {
            document.error(*executor, "the executor has no `name`");
            None
        }
    }
}

#[cfg(test)]
mod tests;
