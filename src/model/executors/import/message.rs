//! Protobuf messages in JSON: which properties there are, and which of them the language has words for.

use std::collections::BTreeMap;

use super::json::{Document, Node};
use crate::diagnostics::codes::executor::{EXECUTORS_FILE, NO_LANGUAGE_FORM};
use crate::diagnostics::{Diagnostic, nearest, quoted_list};

/// What a message may hold, by Mesos's names (include/mesos/v1/mesos.proto).
pub(super) struct Spec {
    /// What the message is, in words.
    pub(super) what: &'static str,
    /// The properties that the language has words for.
    pub(super) known: &'static [&'static str],
    /// The other properties, which are lost.
    pub(super) lost: &'static [&'static str],
}

/// An entry of the array.
pub(super) static ENTRY: Spec =
    Spec { what: "the entry", known: &["executor", "volume_mounts", "task_prefix"], lost: &[] };

/// `ExecutorInfo`
pub(super) static EXECUTOR: Spec = Spec {
    what: "the executor",
    known: &[
        "name",
        "type",
        "command",
        "resources",
        "labels",
        "shutdown_grace_period",
        "source",
        "executor_id",
    ],
    lost: &["framework_id", "container", "discovery", "data"],
};

/// `CommandInfo`
pub(super) static COMMAND: Spec = Spec {
    what: "the command",
    known: &["value", "shell", "arguments", "uris", "user", "environment"],
    lost: &[],
};

/// `CommandInfo.URI`
pub(super) static URI: Spec =
    Spec { what: "the uri", known: &["value", "executable", "extract", "cache", "output_file"], lost: &[] };

/// `Resource`
pub(super) static RESOURCE: Spec = Spec {
    what: "the resource",
    known: &["name", "type", "scalar"],
    lost: &[
        "ranges",
        "set",
        "role",
        "provider_id",
        "allocation_info",
        "reservation",
        "reservations",
        "disk",
        "revocable",
        "shared",
    ],
};

/// `Value.Scalar`
pub(super) static SCALAR: Spec = Spec { what: "the scalar", known: &["value"], lost: &[] };

/// `Volume`
pub(super) static VOLUME: Spec =
    Spec { what: "the volume", known: &["mode", "container_path", "host_path"], lost: &["image", "source"] };

/// `Labels`
pub(super) static LABELS: Spec = Spec { what: "the labels", known: &["labels"], lost: &[] };

/// `Label`
pub(super) static LABEL: Spec = Spec { what: "the label", known: &["key", "value"], lost: &[] };

/// `Environment`
pub(super) static ENVIRONMENT: Spec = Spec { what: "the environment", known: &["variables"], lost: &[] };

/// `Environment.Variable`
pub(super) static VARIABLE: Spec =
    Spec { what: "the variable", known: &["name", "value", "type"], lost: &["secret"] };

/// `DurationInfo`
pub(super) static DURATION: Spec = Spec { what: "the grace period", known: &["nanoseconds"], lost: &[] };

/// A message whose properties are all known.
#[derive(Debug)]
pub(super) struct Message<'a> {
    what: &'static str,
    node: Node<'a>,
    entries: BTreeMap<String, Node<'a>>,
}

impl<'a> Message<'a> {
    /// Reads an object and reports the properties that do not belong there or would be lost.
    pub(super) fn read(node: Node<'a>, spec: &Spec, document: &mut Document<'a>) -> Option<Message<'a>> {
        let entries = document.object(node, spec.what)?;
        for (key, value) in &entries {
            if spec.lost.contains(&key.as_str()) {
                lost(document, *value, format!("`{key}` of {}", spec.what), Some(key));
            } else if !spec.known.contains(&key.as_str()) {
                unknown(key, *value, spec, document);
            }
        }
        Some(Message { what: spec.what, node, entries })
    }

    /// The whole message.
    pub(super) fn node(&self) -> Node<'a> {
        self.node
    }

    /// A property that is set.
    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        self.entries.get(key).copied()
    }

    /// A property that must be set.
    pub(super) fn required(&self, key: &str, document: &mut Document<'a>) -> Option<Node<'a>> {
        let found = self.get(key);
        if found.is_none() {
            document.error(self.node, format!("{} has no `{key}`", self.what));
        }
        found
    }

    /// Required text.
    pub(super) fn text(&self, key: &str, document: &mut Document<'a>) -> Option<String> {
        let node = self.required(key, document)?;
        self.text_of(key, node, document)
    }

    /// Text that may be missing.
    pub(super) fn optional_text(&self, key: &str, document: &mut Document<'a>) -> Option<String> {
        let node = self.get(key)?;
        self.text_of(key, node, document)
    }

    fn text_of(&self, key: &str, node: Node<'a>, document: &mut Document<'a>) -> Option<String> {
        let text = document.text(node, &self.named(key))?;
        plain_text(&text, node, document);
        Some(text)
    }

    /// A boolean that may be missing.
    pub(super) fn optional_boolean(&self, key: &str, document: &mut Document<'a>) -> Option<bool> {
        let node = self.get(key)?;
        document.boolean(node, &self.named(key))
    }

    /// The elements of an array that may be missing.
    pub(super) fn items(&self, key: &str, document: &mut Document<'a>) -> Vec<Node<'a>> {
        let Some(node) = self.get(key) else { return Vec::new() };
        document.array(node, &self.named(key)).unwrap_or_default()
    }

    /// One of some words, or its number.
    pub(super) fn word(
        &self,
        key: &str,
        words: &[(&'static str, i64)],
        document: &mut Document<'a>,
    ) -> Option<&'static str> {
        let node = self.get(key)?;
        let text = document.text(node, &self.named(key))?;
        let number = text.parse::<i64>().ok();
        let found = words.iter().find(|(word, n)| *word == text || Some(*n) == number);
        if found.is_none() {
            let names = quoted_list(words.iter().map(|(word, _)| *word), words.len());
            document
                .error(node, format!("{} is {}, but must be one of {names}", self.named(key), node.raw()));
        }
        found.map(|(word, _)| *word)
    }

    fn named(&self, key: &str) -> String {
        format!("`{key}` of {}", self.what)
    }
}

fn unknown<'a>(key: &str, value: Node<'a>, spec: &Spec, document: &mut Document<'a>) {
    let span = document.key_span(key, value);
    let d = Diagnostic::error(&EXECUTORS_FILE, span, format!("{} has no property `{key}`", spec.what))
        .note("the scheduler does not start with a property that it does not know");
    let names = spec.known.iter().chain(spec.lost).copied();
    document.diagnostics.push(match nearest(key, names.clone()) {
        Some(near) => d.help(format!("did you mean `{near}`?")),
        None => d.help(format!("the properties are {}", quoted_list(names, 20))),
    });
}

/// Reports something that the language has no words for.
pub(super) fn lost<'a>(document: &mut Document<'a>, node: Node<'a>, what: String, key: Option<&str>) {
    let span = key.map_or_else(|| document.span(node), |key| document.key_span(key, node));
    document.diagnostics.push(
        Diagnostic::error(&NO_LANGUAGE_FORM, span, format!("the language has no words for {what}"))
            .help("take it out of the file, or keep this entry as JSON and give it with --executors"),
    );
}

/// Reports text that would be taken for a template.
pub(super) fn plain_text<'a>(text: &str, node: Node<'a>, document: &mut Document<'a>) {
    let text = crate::template::value::Text::from(text);
    if text.template().is_some() {
        let what = "text with `{{...}}`, which the language takes for a template".to_string();
        lost(document, node, what, None);
    }
}
