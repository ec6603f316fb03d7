//! Loaded entries as custom executors of the language. What Mesos has and the language has not is an error: leaving it out
//! would change what runs.

use std::ops::Range;

use super::file::Entry;
use super::load::{Loaded, Message, Report};
use super::scalar::Scalar;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::executor::{EMPTY_EXECUTOR_FIELD, IGNORED_EXECUTOR_ID, NO_LANGUAGE_FORM};
use crate::json::Text;
use crate::model::executor::{Command, CustomExecutor, Executor, ExecutorType, Uri, VolumeMount};
use crate::model::thrift::Mode;

/// Nanoseconds of a second.
const NANOSECONDS: i64 = 1_000_000_000;

/// Largest amount of memory, in MB, whose bytes fit 64 bits.
const MAX_MEM: f64 = (i64::MAX >> 20) as f64;

/// The entry in the language; what cannot be written there is reported.
pub(super) fn custom_executor(entry: &Entry, report: &mut Report) -> Option<CustomExecutor> {
    let errors = report.errors;
    let (prefix, prefix_at) = entry.prefix.as_ref()?;
    let task_prefix = plain(prefix, prefix_at, report);
    let executor = executor(entry.executor.as_ref()?, report);
    let mut volume_mounts = Vec::new();
    for mount in &entry.volumes {
        match mount {
            Some(mount) => volume_mounts.extend(volume(mount, report)),
            None => unwritten(report, &entry.at, "a null among the `volume_mounts`"),
        }
    }
    let executor = executor?;
    (report.errors == errors).then_some(CustomExecutor { executor, volume_mounts, task_prefix })
}

/// Reports something that cannot be written in a job file.
fn unwritten(report: &mut Report, at: &Range<usize>, what: impl std::fmt::Display) {
    let message = format!("{what} cannot be written in a job file");
    report.add(
        Diagnostic::error(&NO_LANGUAGE_FORM, report.span(at), message)
            .help("take it out of the file, or keep this entry as JSON and pass the file with --executors"),
    );
}

/// Reports every field that is given but not among those that can be written.
fn only(message: &Message, written: &[&str], report: &mut Report) {
    for name in message.given().filter(|name| !written.contains(name)) {
        unwritten(report, message.key_at(name), format!("`{name}` of {}", message.what));
    }
}

/// A string that can be written as it is.
fn plain(text: &Text<'_>, at: &Range<usize>, report: &mut Report) -> String {
    if text.lone_surrogate.is_some() {
        unwritten(report, at, "half of a surrogate pair");
    }
    let value = text.value.to_string();
    if crate::template::value::Text::from(value.as_str()).template().is_some() {
        unwritten(report, at, "text with `{{...}}`, which is a template there,");
    }
    value
}

fn text_of(loaded: &Loaded, report: &mut Report) -> Option<String> {
    match loaded.scalar()? {
        Scalar::Text(text) => Some(plain(text, &loaded.at, report)),
        _ => None,
    }
}

fn text(message: &Message, name: &str, report: &mut Report) -> Option<String> {
    text_of(message.get(name)?, report)
}

/// A string that is worth nothing when it is missing or empty.
fn some_text(message: &Message, name: &str, report: &mut Report) -> Option<String> {
    let found = text(message, name, report);
    if found.as_deref().unwrap_or_default().is_empty() {
        let (at, state) = match message.get(name) {
            Some(loaded) => (&loaded.at, "is empty"),
            None => (&message.at, "is not set"),
        };
        let message = format!("`{name}` of {} {state}", message.what);
        report.add(
            Diagnostic::error(&EMPTY_EXECUTOR_FIELD, report.span(at), message)
                .note("the scheduler takes this, but nothing could be run, fetched or chosen by it"),
        );
    }
    found
}

fn boolean(message: &Message, name: &str) -> Option<bool> {
    match message.get(name)?.scalar()? {
        Scalar::Bool(value) => Some(*value),
        _ => None,
    }
}

fn word(message: &Message, name: &str) -> Option<&'static str> {
    match message.get(name)?.scalar()? {
        Scalar::Word(word) => Some(word),
        _ => None,
    }
}

fn executor(message: &Message, report: &mut Report) -> Option<Executor> {
    let written = [
        "name", "type", "command", "resources", "labels", "shutdown_grace_period", "source", "executor_id",
    ];
    only(message, &written, report);
    if message.has("executor_id") {
        let span = report.span(message.key_at("executor_id"));
        report.add(
            Diagnostic::warning(&IGNORED_EXECUTOR_ID, span, "`executor_id` is left out")
                .note("the scheduler fills it in, whatever the file says"),
        );
    }
    let name = some_text(message, "name", report);
    let command = match message.message("command") {
        Some(found) => command(found, report),
        None => {
            unwritten(report, &message.at, "an executor without a `command`");
            None
        }
    };
    let kind = match word(message, "type") {
        Some("DEFAULT") => Some(ExecutorType::Default),
        Some("CUSTOM") => Some(ExecutorType::Custom),
        Some(other) => {
            unwritten(report, message.key_at("type"), format!("the type {other}"));
            None
        }
        None => None,
    };
    let (cpus, mem) = resources(message, report);
    let shutdown_grace_period_secs = grace_period(message, report);
    let labels = labels(message, report);
    let source = text(message, "source", report);
    Some(Executor { name: name?, kind, command: command?, cpus, mem, labels, shutdown_grace_period_secs, source })
}

fn command(message: &Message, report: &mut Report) -> Option<Command> {
    let value = some_text(message, "value", report);
    let shell = boolean(message, "shell");
    let mut arguments: Vec<String> = Vec::new();
    if shell == Some(false) {
        arguments.extend(message.all("arguments").iter().filter_map(|a| text_of(a, report)));
    } else if message.has("arguments") {
        let d = report.without_effect(
            message.key_at("arguments"),
            "these arguments are left out, because the command runs under a shell",
        );
        report.add(
            d.note("Mesos runs /bin/sh -c VALUE unless `shell` is false, and then ignores the arguments")
                .help("if they matter, set \"shell\": false in the file"),
        );
    }
    let uris = message.messages("uris").filter_map(|m| uri(m, report)).collect();
    let user = text(message, "user", report);
    let environment = environment(message, report);
    Some(Command { value: value?, shell, arguments, uris, user, environment })
}

fn uri(message: &Message, report: &mut Report) -> Option<Uri> {
    let value = some_text(message, "value", report);
    let output_file = text(message, "output_file", report);
    Some(Uri {
        value: value?,
        executable: boolean(message, "executable"),
        extract: boolean(message, "extract"),
        cache: boolean(message, "cache"),
        output_file,
    })
}

fn volume(message: &Message, report: &mut Report) -> Option<VolumeMount> {
    only(message, &["mode", "container_path", "host_path"], report);
    let mode = if word(message, "mode") == Some("RO") { Mode::Ro } else { Mode::Rw };
    let container_path = some_text(message, "container_path", report);
    let host_path = match message.has("host_path") {
        true => some_text(message, "host_path", report),
        false => None,
    };
    Some(VolumeMount { mode, container_path: container_path?, host_path })
}

/// Cores, and MB of memory.
fn resources(executor: &Message, report: &mut Report) -> (Option<f64>, Option<i64>) {
    let mut cpus = None;
    let mut mem = None;
    for message in executor.messages("resources") {
        only(message, &["name", "type", "scalar"], report);
        let name = text(message, "name", report).unwrap_or_default();
        if !matches!(name.as_str(), "cpus" | "mem") {
            unwritten(report, &message.at, format!("the resource `{name}` of an executor"));
            continue;
        }
        if (name == "cpus" && cpus.is_some()) || (name == "mem" && mem.is_some()) {
            unwritten(report, &message.at, format!("a second resource `{name}`"));
            continue;
        }
        let Some((amount, at)) = amount(message, report) else { continue };
        match name.as_str() {
            "cpus" => cpus = cores(amount, &at, report),
            _ => mem = megabytes(amount, &at, report),
        }
    }
    (cpus, mem)
}

fn amount(message: &Message, report: &mut Report) -> Option<(f64, Range<usize>)> {
    let kind = word(message, "type").unwrap_or_default();
    let loaded = message.message("scalar").and_then(|scalar| scalar.get("value"));
    match loaded.and_then(Loaded::scalar) {
        Some(Scalar::Double(amount)) if kind == "SCALAR" => Some((*amount, loaded?.at.clone())),
        _ => {
            unwritten(report, &message.at, "a resource that is not a scalar");
            None
        }
    }
}

fn cores(amount: f64, at: &Range<usize>, report: &mut Report) -> Option<f64> {
    if amount >= 0.0 && amount.is_finite() {
        return Some(amount);
    }
    unwritten(report, at, format!("the number of cores {amount}"));
    None
}

fn megabytes(amount: f64, at: &Range<usize>, report: &mut Report) -> Option<i64> {
    if amount.fract() == 0.0 && (1.0..=MAX_MEM).contains(&amount) {
        return Some(amount as i64);
    }
    unwritten(report, at, format!("{amount} MB of memory (whole MB, at least 1)"));
    None
}

fn grace_period(executor: &Message, report: &mut Report) -> Option<i64> {
    let loaded = executor.message("shutdown_grace_period")?.get("nanoseconds")?;
    match loaded.scalar()? {
        Scalar::Int(n) if *n >= 0 && n % NANOSECONDS == 0 => Some(n / NANOSECONDS),
        _ => {
            unwritten(report, &loaded.at, "a grace period that is negative or not in whole seconds");
            None
        }
    }
}

fn labels(executor: &Message, report: &mut Report) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for label in executor.message("labels").into_iter().flat_map(|labels| labels.messages("labels")) {
        add_pair(label, "key", &mut pairs, report);
    }
    pairs
}

fn environment(command: &Message, report: &mut Report) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for variable in command.message("environment").into_iter().flat_map(|e| e.messages("variables")) {
        if let Some(kind) = word(variable, "type").filter(|kind| *kind != "VALUE") {
            unwritten(report, &variable.at, format!("an environment variable of the type {kind}"));
            continue;
        }
        only(variable, &["name", "value", "type"], report);
        some_text(variable, "name", report);
        add_pair(variable, "name", &mut pairs, report);
    }
    pairs
}

/// Adds a label or variable. The language has maps for them, which hold a key once and always with a value.
fn add_pair(message: &Message, key: &str, pairs: &mut Vec<(String, String)>, report: &mut Report) {
    let Some(name) = text(message, key, report) else { return };
    if !message.has("value") {
        unwritten(report, &message.at, format!("`{name}` without a value"));
    } else if pairs.iter().any(|(earlier, _)| *earlier == name) {
        unwritten(report, &message.at, format!("a second `{name}`"));
    } else if let Some(value) = text(message, "value", report) {
        pairs.push((name, value));
    }
}
