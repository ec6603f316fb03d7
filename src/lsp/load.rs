//! Protobuf messages in JSON, read as Jackson's protobuf module reads them for the scheduler
//! (`ExecutorSettingsLoader`, with jackson-datatype-protobuf 0.9.3): an unknown key is an error, null leaves a field as it
//! is, a key that occurs twice replaces the first value or, in an array, adds to it.

use std::ops::Range;

use super::mesos::{Descriptor, Field, Kind, Label};
use super::scalar::{Coerced, Scalar, coerce};
use crate::diagnostics::codes::executor::{EXECUTORS_FILE, WITHOUT_EFFECT};
use crate::diagnostics::{Diagnostic, MOST_KEPT, nearest, quoted_list};
use crate::json::{Node, Value};
use crate::source::{FileId, Span};

/// Names of fields that a message lists.
const MAX_NAMES: usize = 20;

/// What is wrong with a file so far.
#[derive(Debug)]
pub(super) struct Report {
    file: FileId,
    /// In the order in which it was found; of very many, the first.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many errors were found.
    pub(super) errors: usize,
}

impl Report {
    /// Nothing yet.
    pub(super) fn new(file: FileId) -> Report {
        Report { file, diagnostics: Vec::new(), errors: 0 }
    }

    /// Where some bytes of the file are.
    pub(super) fn span(&self, at: &Range<usize>) -> Span {
        Span::new(self.file, at.start, at.end)
    }

    /// Something at which the scheduler stops.
    pub(super) fn stops(&mut self, at: &Range<usize>, message: impl Into<String>) {
        self.add(Diagnostic::error(&EXECUTORS_FILE, self.span(at), message));
    }

    /// Something that the scheduler reads but never uses.
    pub(super) fn without_effect(&self, at: &Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(&WITHOUT_EFFECT, self.span(at), message)
    }

    /// Adds a diagnostic.
    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.is_error());
        if self.diagnostics.len() < MOST_KEPT {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// A message as the scheduler has it after loading.
#[derive(Debug, Clone)]
pub(super) struct Message {
    /// What it is, in words.
    pub(super) what: &'static str,
    /// The object.
    pub(super) at: Range<usize>,
    fields: Vec<Given>,
}

/// A field with its values.
#[derive(Debug, Clone)]
struct Given {
    name: &'static str,
    key_at: Range<usize>,
    values: Vec<Loaded>,
    /// Whether a value was wrong, which was reported.
    wrong: bool,
}

/// A value of a field.
#[derive(Debug, Clone)]
pub(super) struct Loaded {
    /// The value.
    pub(super) value: Datum,
    /// Where it is written.
    pub(super) at: Range<usize>,
}

/// A scalar or a message.
#[derive(Debug, Clone)]
pub(super) enum Datum {
    /// A scalar
    Scalar(Scalar),
    /// A message
    Message(Message),
}

impl Message {
    /// Whether a field has a value.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The value of a field; the first of an array.
    pub(super) fn get(&self, name: &str) -> Option<&Loaded> {
        self.all(name).first()
    }

    /// The values of an array.
    pub(super) fn all(&self, name: &str) -> &[Loaded] {
        self.fields.iter().find(|f| f.name == name).map_or(&[], |f| &f.values)
    }

    /// The messages of an array.
    pub(super) fn messages(&self, name: &str) -> impl Iterator<Item = &Message> {
        self.all(name).iter().filter_map(Loaded::message)
    }

    /// The message in a field.
    pub(super) fn message(&self, name: &str) -> Option<&Message> {
        self.get(name)?.message()
    }

    /// The key of a field that is given, or the whole message.
    pub(super) fn key_at(&self, name: &str) -> &Range<usize> {
        self.fields.iter().find(|f| f.name == name).map_or(&self.at, |f| &f.key_at)
    }

    /// The fields that have values.
    pub(super) fn given(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().filter(|f| !f.values.is_empty()).map(|f| f.name)
    }
}

impl Loaded {
    fn message(&self) -> Option<&Message> {
        match &self.value {
            Datum::Message(message) => Some(message),
            Datum::Scalar(_) => None,
        }
    }

    /// The value, where it is a scalar.
    pub(super) fn scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Datum::Scalar(scalar) => Some(scalar),
            Datum::Message(_) => None,
        }
    }
}

/// Reads a message; `None` where the node is not an object at all.
pub(super) fn message(node: &Node, descriptor: &'static Descriptor, report: &mut Report) -> Option<Message> {
    let Value::Object(members) = &node.value else {
        report.stops(&node.at, format!("{} is {}, but must be an object", descriptor.what, node.value.kind()));
        return None;
    };
    let mut fields: Vec<Given> = Vec::new();
    for member in members {
        let Some(field) = descriptor.fields.iter().find(|f| f.name == member.key.value) else {
            let names = descriptor.fields.iter().map(|f| f.name);
            unknown_key(descriptor.what, &member.key.value, &member.key_at, names, report);
            continue;
        };
        let index = fields.iter().position(|f| f.name == field.name).unwrap_or_else(|| {
            fields.push(Given { name: field.name, key_at: member.key_at.clone(), values: Vec::new(), wrong: false });
            fields.len() - 1
        });
        give(&mut fields[index], field, &member.key_at, &member.value, descriptor.what, report);
    }
    for field in descriptor.fields.iter().filter(|f| f.label == Label::Required) {
        let given = fields.iter().find(|f| f.name == field.name);
        if given.is_none_or(|f| f.values.is_empty() && !f.wrong) {
            report.stops(&node.at, format!("{} has no `{}`", descriptor.what, field.name));
        }
    }
    Some(Message { what: descriptor.what, at: node.at.clone(), fields })
}

/// Reports a key that the scheduler does not know.
pub(super) fn unknown_key(
    what: &str,
    key: &str,
    at: &Range<usize>,
    names: impl Iterator<Item = &'static str> + Clone,
    report: &mut Report,
) {
    let d = Diagnostic::error(&EXECUTORS_FILE, report.span(at), format!("{what} has no field `{key}`"))
        .note("the scheduler does not start with a key that it does not know");
    let d = match nearest(key, names.clone()) {
        Some(near) => d.help(format!("did you mean `{near}`?")),
        None => d.help(format!("the fields are {}", quoted_list(names, MAX_NAMES))),
    };
    report.add(d);
}

/// Gives a field a value that the file has for it.
fn give(
    given: &mut Given,
    field: &'static Field,
    key_at: &Range<usize>,
    node: &Node,
    what: &str,
    report: &mut Report,
) {
    let named = format!("`{}` of {what}", field.name);
    let found = values(field, node, &named, report);
    let Some(found) = found else {
        given.wrong = true;
        return;
    };
    if found.is_empty() {
        return;
    }
    if !given.values.is_empty() {
        repeated_key(&given.key_at, key_at, &named, field.label, report);
        if field.label != Label::Repeated {
            given.values.clear();
        }
    }
    given.key_at = key_at.clone();
    given.values.extend(found);
}

/// Reports a key that occurs twice in one object.
pub(super) fn repeated_key(first: &Range<usize>, at: &Range<usize>, named: &str, label: Label, report: &mut Report) {
    let first = report.span(first);
    let words = match label {
        Label::Repeated => "the scheduler takes the items of both",
        _ => "the scheduler takes the last value, as is done here",
    };
    let d = report.without_effect(at, format!("{named} is given twice"));
    report.add(d.label(first, "the first one").note(words));
}

/// The values that a node gives a field: none for null, `None` for a wrong one.
fn values(field: &'static Field, node: &Node, named: &str, report: &mut Report) -> Option<Vec<Loaded>> {
    let items = match (&node.value, field.label) {
        (Value::Null, _) => return Some(Vec::new()),
        (Value::Array(items), Label::Repeated) => items.as_slice(),
        (_, Label::Repeated) => {
            report.stops(&node.at, format!("{named} is {}, but must be an array", node.value.kind()));
            return None;
        }
        _ => std::slice::from_ref(node),
    };
    let mut all = Vec::new();
    let mut sound = true;
    for item in items {
        match value(field, item, named, report) {
            Some(value) => all.extend(value),
            None => sound = false,
        }
    }
    sound.then_some(all)
}

/// One value: `Some(None)` for null, `None` for a wrong one.
fn value(field: &'static Field, node: &Node, named: &str, report: &mut Report) -> Option<Option<Loaded>> {
    let loaded = |value| Loaded { value, at: node.at.clone() };
    if let Kind::Message(descriptor) = field.kind {
        if matches!(node.value, Value::Null) {
            return Some(None);
        }
        return message(node, descriptor, report).map(|m| Some(loaded(Datum::Message(m))));
    }
    match coerce(&node.value, field.kind) {
        Coerced::Set(scalar) => Some(Some(loaded(Datum::Scalar(scalar)))),
        Coerced::Unset => {
            if matches!(node.value, Value::String(_)) {
                let message = format!("{named} is a string that the scheduler takes as not set");
                report.add(report.without_effect(&node.at, message));
            }
            Some(None)
        }
        Coerced::Wrong(wanted) => {
            report.stops(&node.at, format!("{named} is {}, but must be {wanted}", shown(&node.value)));
            None
        }
    }
}

/// A value in words.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.value.len() <= 20 => format!("{:?}", text.value),
        Value::Number { text, .. } if text.len() <= 20 => text.to_string(),
        other => other.kind().to_string(),
    }
}
