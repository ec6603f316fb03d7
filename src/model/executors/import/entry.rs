//! Messages as entries.

use super::json::{Document, Node};
use super::message::{self, Message, lost, plain_text};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::executor::{EMPTY_EXECUTOR_FIELD, IGNORED_EXECUTOR_ID, SHELL_ARGUMENTS};
use crate::model::executor::{Command, CustomExecutor, Executor, ExecutorType, Uri, VolumeMount};
use crate::model::thrift::Mode;

/// Nanoseconds of a second.
const NANOSECONDS: i64 = 1_000_000_000;

/// Largest amount of memory, in MB, whose bytes fit 64 bits.
const MOST_MEM: f64 = (i64::MAX >> 20) as f64;

/// An entry of the array.
pub(super) fn custom_executor<'a>(
    message: &Message<'a>,
    document: &mut Document<'a>,
) -> Option<CustomExecutor> {
    let task_prefix = message.text("task_prefix", document);
    let executor = message.required("executor", document);
    let executor = executor.and_then(|node| executor_info(node, document));
    let volumes = message.items("volume_mounts", document);
    let volume_mounts: Vec<VolumeMount> = volumes.into_iter().filter_map(|v| volume(v, document)).collect();
    Some(CustomExecutor { executor: executor?, volume_mounts, task_prefix: task_prefix? })
}

fn executor_info<'a>(node: Node<'a>, document: &mut Document<'a>) -> Option<Executor> {
    let message = Message::read(node, &message::EXECUTOR, document)?;
    if let Some(id) = message.get("executor_id") {
        let span = document.key_span("executor_id", id);
        document.diagnostics.push(
            Diagnostic::warning(&IGNORED_EXECUTOR_ID, span, "`executor_id` is left out")
                .note("the scheduler fills it in, whatever the file says"),
        );
    }
    let name = message.text("name", document);
    not_empty(&message, "name", name.as_deref(), document);
    let command = message.required("command", document).and_then(|c| command(c, document));
    let (cpus, mem) = resources(&message, document);
    let kind = message.word("type", &[("UNKNOWN", 0), ("DEFAULT", 1), ("CUSTOM", 2)], document);
    if let (Some("UNKNOWN"), Some(node)) = (kind, message.get("type")) {
        lost(document, node, "the type UNKNOWN".to_string(), None);
    }
    Some(Executor {
        name: name?,
        kind: kind.and_then(|k| match k {
            "DEFAULT" => Some(ExecutorType::Default),
            "CUSTOM" => Some(ExecutorType::Custom),
            _ => None,
        }),
        command: command?,
        cpus: cpus?,
        mem: mem?,
        labels: labels(&message, document),
        shutdown_grace_period_secs: grace_period(&message, document),
        source: message.optional_text("source", document),
    })
}

fn not_empty<'a>(message: &Message<'a>, key: &str, value: Option<&str>, document: &mut Document<'a>) {
    if let (Some(""), Some(node)) = (value, message.get(key)) {
        let span = document.span(node);
        document.diagnostics.push(Diagnostic::error(
            &EMPTY_EXECUTOR_FIELD,
            span,
            format!("`{key}` is empty, which the language refuses"),
        ));
    }
}

fn command<'a>(node: Node<'a>, document: &mut Document<'a>) -> Option<Command> {
    let message = Message::read(node, &message::COMMAND, document)?;
    let value = message.text("value", document);
    not_empty(&message, "value", value.as_deref(), document);
    let shell = message.optional_boolean("shell", document);
    let arguments: Vec<String> = message
        .items("arguments", document)
        .into_iter()
        .filter_map(|node| {
            let text = document.text(node, "an argument")?;
            plain_text(&text, node, document);
            Some(text)
        })
        .collect();
    if let Some(node) = message.get("arguments").filter(|_| !arguments.is_empty() && shell != Some(false)) {
        let span = document.span(node);
        let message = "these arguments are ignored, because the command runs under a shell";
        document.diagnostics.push(
            Diagnostic::error(&SHELL_ARGUMENTS, span, message)
                .note("Mesos runs /bin/sh -c VALUE unless `shell` is false")
                .help("set \"shell\": false if they matter, or take them out"),
        );
    }
    let uris = message.items("uris", document).into_iter().filter_map(|u| uri(u, document)).collect();
    Some(Command {
        value: value?,
        shell,
        arguments,
        uris,
        user: message.optional_text("user", document),
        environment: environment(&message, document),
    })
}

fn uri<'a>(node: Node<'a>, document: &mut Document<'a>) -> Option<Uri> {
    let message = Message::read(node, &message::URI, document)?;
    let value = message.text("value", document);
    not_empty(&message, "value", value.as_deref(), document);
    Some(Uri {
        value: value?,
        executable: message.optional_boolean("executable", document),
        extract: message.optional_boolean("extract", document),
        cache: message.optional_boolean("cache", document),
        output_file: message.optional_text("output_file", document),
    })
}

fn volume<'a>(node: Node<'a>, document: &mut Document<'a>) -> Option<VolumeMount> {
    let message = Message::read(node, &message::VOLUME, document)?;
    message.required("mode", document)?;
    let mode = match message.word("mode", &[("RW", 1), ("RO", 2)], document)? {
        "RO" => Mode::Ro,
        _ => Mode::Rw,
    };
    let container_path = message.text("container_path", document);
    if message.get("host_path").is_none() {
        lost(document, node, "a volume without `host_path`".to_string(), None);
    }
    let host_path = message.optional_text("host_path", document);
    for (key, value) in [("container_path", &container_path), ("host_path", &host_path)] {
        not_empty(&message, key, value.as_deref(), document);
    }
    Some(VolumeMount { mode, container_path: container_path?, host_path: host_path? })
}

/// Cores, and MB of memory.
fn resources<'a>(executor: &Message<'a>, document: &mut Document<'a>) -> (Option<f64>, Option<i64>) {
    let mut cpus = None;
    let mut mem = None;
    for node in executor.items("resources", document) {
        let Some(message) = Message::read(node, &message::RESOURCE, document) else { continue };
        let Some(name) = message.text("name", document) else { continue };
        let found = amount(&message, document);
        let slot = match name.as_str() {
            "cpus" => &mut cpus,
            "mem" => &mut mem,
            _ => {
                lost(document, node, format!("the resource `{name}`; an executor has cpus and mem"), None);
                continue;
            }
        };
        if slot.is_some() {
            lost(document, node, format!("a second resource `{name}`"), None);
        }
        *slot = Some((found, node));
    }
    for (name, missing) in [("cpus", cpus.is_none()), ("mem", mem.is_none())] {
        if missing {
            lost(document, executor.node(), format!("an executor without the resource `{name}`"), None);
        }
    }
    let cpus = cpus.and_then(|(amount, node)| cores(amount?, node, document));
    (cpus, mem.and_then(|(amount, node)| megabytes(amount?, node, document)))
}

fn amount<'a>(message: &Message<'a>, document: &mut Document<'a>) -> Option<f64> {
    message.required("type", document)?;
    let words = [("SCALAR", 0), ("RANGES", 1), ("SET", 2), ("TEXT", 3)];
    let kind = message.word("type", &words, document)?;
    if kind != "SCALAR" {
        lost(document, message.node(), format!("a resource of the type {kind}"), None);
        return None;
    }
    let node = message.required("scalar", document)?;
    let scalar = Message::read(node, &message::SCALAR, document)?;
    let value = scalar.required("value", document)?;
    document.number(value, "`value` of the scalar")
}

fn cores<'a>(amount: f64, node: Node<'a>, document: &mut Document<'a>) -> Option<f64> {
    if amount < 0.0 {
        lost(document, node, "a negative number of cores".to_string(), None);
        return None;
    }
    Some(amount)
}

fn megabytes<'a>(amount: f64, node: Node<'a>, document: &mut Document<'a>) -> Option<i64> {
    if amount.fract() != 0.0 || !(1.0..=MOST_MEM).contains(&amount) {
        lost(document, node, format!("{amount} MB of memory; it is at least 1 MB, in whole MB"), None);
        return None;
    }
    Some(amount as i64)
}

fn grace_period<'a>(executor: &Message<'a>, document: &mut Document<'a>) -> Option<i64> {
    let node = executor.get("shutdown_grace_period")?;
    let message = Message::read(node, &message::DURATION, document)?;
    let node = message.required("nanoseconds", document)?;
    let nanoseconds = document.integer(node, "`nanoseconds` of the grace period")?;
    if nanoseconds < 0 || nanoseconds % NANOSECONDS != 0 {
        lost(document, node, "a grace period that is not in whole seconds".to_string(), None);
        return None;
    }
    Some(nanoseconds / NANOSECONDS)
}

fn labels<'a>(executor: &Message<'a>, document: &mut Document<'a>) -> Vec<(String, String)> {
    let Some(node) = executor.get("labels") else { return Vec::new() };
    let Some(message) = Message::read(node, &message::LABELS, document) else { return Vec::new() };
    let mut pairs = Vec::new();
    for node in message.items("labels", document) {
        let Some(label) = Message::read(node, &message::LABEL, document) else { continue };
        add_pair(&label, "key", &mut pairs, document);
    }
    pairs
}

fn environment<'a>(command: &Message<'a>, document: &mut Document<'a>) -> Vec<(String, String)> {
    let Some(node) = command.get("environment") else { return Vec::new() };
    let Some(message) = Message::read(node, &message::ENVIRONMENT, document) else { return Vec::new() };
    let mut pairs = Vec::new();
    for node in message.items("variables", document) {
        let Some(variable) = Message::read(node, &message::VARIABLE, document) else { continue };
        let kind = variable.word("type", &[("UNKNOWN", 0), ("VALUE", 1), ("SECRET", 2)], document);
        if let Some(kind) = kind.filter(|k| *k != "VALUE") {
            lost(document, node, format!("an environment variable of the type {kind}"), None);
        }
        let name = variable.get("name").filter(|n| n.raw() == "\"\"");
        if let Some(name) = name {
            lost(document, name, "an environment variable without a name".to_string(), None);
        }
        add_pair(&variable, "name", &mut pairs, document);
    }
    pairs
}

/// Adds a pair of a label or variable; the language has maps, which hold a key once and always with a value.
fn add_pair<'a>(
    message: &Message<'a>,
    key: &str,
    pairs: &mut Vec<(String, String)>,
    document: &mut Document<'a>,
) {
    let Some(name) = message.text(key, document) else { return };
    if message.get("value").is_none() {
        lost(document, message.node(), format!("`{name}` without a value"), None);
        return;
    }
    let Some(value) = message.optional_text("value", document) else { return };
    if pairs.iter().any(|(earlier, _)| *earlier == name) {
        lost(document, message.node(), format!("`{name}` twice"), None);
        return;
    }
    pairs.push((name, value));
}
