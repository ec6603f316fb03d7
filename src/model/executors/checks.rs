//! What makes an entry useless to Mesos, or nearly so.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::executor::{
    EMPTY_EXECUTOR_FIELD, EXECUTOR_RESOURCES, GRACE_PERIOD, SHELL_ARGUMENTS,
};
use crate::lints::executor::{DEFAULT_EXECUTOR_TYPE, IGNORED_RESOURCE, SMALL_EXECUTOR, TASK_PREFIX};
use crate::model::convert::reader::Reader;
use crate::model::executor::{Command, CustomExecutor, ExecutorType};
use crate::source::Span;
use crate::template::Object;
use crate::template::value::float_str;

/// Bytes of a MB, as Aurora and Mesos count.
const MB: i64 = 1024 * 1024;

/// MB of memory under which Mesos warns (its MIN_MEM).
const MIN_MEM: i64 = 32;

/// Cores under which Mesos warns (its MIN_CPUS).
const MIN_CPUS: f64 = 0.01;

/// Nanoseconds of a second, in which Mesos counts.
const NANOSECONDS: i64 = 1_000_000_000;

/// The place of a field, or else of the object.
pub(super) fn place(object: &Object, field: &'static str) -> Span {
    object.field_span(field).or(object.origin())
}

/// The resources of an executor that set `name`; a warning where none do.
fn resources<'o>(
    executor: &'o Object,
    name: &'static str,
    least: &str,
    reader: &mut Reader,
) -> Option<&'o Object> {
    let found = executor.field("resources");
    if let Some(resources) = found.filter(|resources| resources.field(name).is_some()) {
        return Some(resources);
    }
    let span = found.map_or(executor.origin(), Object::origin).or(executor.origin());
    let message = format!("the executor has no `{name}`, but Mesos expects at least {least}");
    reader.push(Diagnostic::warning(&SMALL_EXECUTOR, span, message));
    None
}

/// The CPU of an executor, in cores.
pub(super) fn cores(executor: &Object, reader: &mut Reader) -> Option<f64> {
    let resources = resources(executor, "cpu", &format!("{MIN_CPUS}"), reader)?;
    let cpu = reader.float(resources, "cpu")?;
    let span = place(resources, "cpu");
    if cpu < 0.0 {
        let message = format!("`cpu` is {}, but cannot be negative", float_str(cpu));
        reader.push(Diagnostic::error(&EXECUTOR_RESOURCES, span, message));
    } else if cpu < MIN_CPUS {
        let message = format!("`cpu` is {}, less than the {MIN_CPUS} that Mesos expects", float_str(cpu));
        reader.push(Diagnostic::warning(&SMALL_EXECUTOR, span, message));
    }
    Some(cpu)
}

/// The memory of an executor, in whole MB.
pub(super) fn megabytes(executor: &Object, reader: &mut Reader) -> Option<i64> {
    let resources = resources(executor, "ram", &format!("{MIN_MEM} MB"), reader)?;
    let bytes = reader.integer(resources, "ram")?;
    let span = place(resources, "ram");
    let megabytes = bytes.div_euclid(MB);
    if megabytes < 1 {
        let message = format!("`ram` is {bytes} bytes, but an executor needs at least 1 MB");
        let d = Diagnostic::error(&EXECUTOR_RESOURCES, span, message);
        reader.push(match bytes {
            1..MB => d.help(format!("ram is in bytes: write {bytes}*MB for {bytes} MB")),
            _ => d.help("ram is in bytes, such as 512*MB"),
        });
    } else if megabytes < MIN_MEM {
        let message = format!("`ram` is {megabytes} MB, less than the {MIN_MEM} MB that Mesos expects");
        reader.push(Diagnostic::warning(&SMALL_EXECUTOR, span, message));
    }
    Some(megabytes)
}

/// The grace period, in seconds.
pub(super) fn grace_period(executor: &Object, reader: &mut Reader) -> Option<i64> {
    executor.field("shutdown_grace_period_secs")?;
    let seconds = reader.integer(executor, "shutdown_grace_period_secs")?;
    let span = place(executor, "shutdown_grace_period_secs");
    if seconds < 0 {
        let message = format!("the grace period is {seconds} seconds, but cannot be negative");
        reader.push(Diagnostic::error(&GRACE_PERIOD, span, message));
    } else if seconds.checked_mul(NANOSECONDS).is_none() {
        let message = format!("the grace period is {seconds} seconds, which Mesos cannot count");
        let most = i64::MAX / NANOSECONDS;
        reader.push(Diagnostic::error(&GRACE_PERIOD, span, message).note(format!("at most {most} seconds")));
    }
    Some(seconds)
}

/// Checks an entry that has every field. `object` is the interpolated object that it was read from.
pub(super) fn check(object: &Object, entry: &CustomExecutor, reader: &mut Reader) {
    check_prefix(object, &entry.task_prefix, reader);
    for (volume, mount) in elements(object, "volume_mounts").iter().zip(&entry.volume_mounts) {
        not_empty(volume, "container_path", &mount.container_path, reader);
        if let Some(host_path) = &mount.host_path {
            not_empty(volume, "host_path", host_path, reader);
        }
    }
    let Some(executor) = object.field("executor") else { return };
    not_empty(executor, "name", &entry.executor.name, reader);
    check_kind(executor, entry.executor.kind, reader);
    if let Some(resources) = executor.field("resources") {
        ["disk", "gpu"].into_iter().for_each(|name| ignored(resources, name, reader));
    }
    if let Some(command) = executor.field("command") {
        check_command(command, &entry.executor.command, reader);
    }
}

/// The elements of a list field.
pub(super) fn elements<'o>(object: &'o Object, field: &'static str) -> &'o [Object] {
    object.field(field).and_then(Object::elements).unwrap_or_default()
}

fn not_empty(object: &Object, name: &'static str, value: &str, reader: &mut Reader) {
    if value.is_empty() {
        let message = format!("`{name}` of the {} is empty", object.ty().title());
        reader.push(Diagnostic::error(&EMPTY_EXECUTOR_FIELD, place(object, name), message));
    }
}

fn check_prefix(object: &Object, prefix: &str, reader: &mut Reader) {
    let wrong = |c: &char| matches!(c, '/' | '\\') || c.is_control();
    if let Some(c) = prefix.chars().find(wrong) {
        let message = format!("the task prefix holds {c:?}, which no id of Mesos may hold");
        reader.push(
            Diagnostic::warning(&TASK_PREFIX, place(object, "task_prefix"), message)
                .note("Mesos would refuse every task that this executor is to run"),
        );
    }
}

fn check_kind(executor: &Object, kind: Option<ExecutorType>, reader: &mut Reader) {
    if kind == Some(ExecutorType::Default) {
        let span = place(executor, "type");
        let message = "a DEFAULT executor is Mesos's own and cannot have a command";
        reader.push(
            Diagnostic::warning(&DEFAULT_EXECUTOR_TYPE, span, message)
                .label(place(executor, "command"), "Mesos would refuse tasks because of this")
                .help("write type='CUSTOM', or leave the type out"),
        );
    }
}

/// A resource that an executor's overhead does not have. Defaults of the schema were not written by anyone.
fn ignored(resources: &Object, name: &'static str, reader: &mut Reader) {
    let written = resources.slot(name).is_some_and(|s| s.value.is_some() && !s.span.is_none());
    let amount = resources.field(name).and_then(Object::raw).and_then(|v| v.as_f64());
    if written && amount.is_some_and(|n| n != 0.0) {
        let message = format!("`{name}` is left out: the overhead of an executor is cpu and ram");
        reader.push(Diagnostic::warning(&IGNORED_RESOURCE, place(resources, name), message));
    }
}

fn check_command(object: &Object, command: &Command, reader: &mut Reader) {
    not_empty(object, "value", &command.value, reader);
    for (object, uri) in elements(object, "uris").iter().zip(&command.uris) {
        not_empty(object, "value", &uri.value, reader);
    }
    if let Some(map) = object.field("environment")
        && command.environment.iter().any(|(name, _)| name.is_empty())
    {
        let span = map.origin().or(place(object, "environment"));
        reader.push(Diagnostic::error(&EMPTY_EXECUTOR_FIELD, span, "an environment variable has no name"));
    }
    if !command.arguments.is_empty() && command.shell != Some(false) {
        reader.push(ignored_arguments(object, command.shell));
    }
}

fn ignored_arguments(command: &Object, shell: Option<bool>) -> Diagnostic {
    let span = place(command, "arguments");
    let d = Diagnostic::error(
        &SHELL_ARGUMENTS,
        span,
        "these arguments are ignored, because the command runs under a shell",
    );
    if shell.is_some() {
        let written = command.field_span("shell");
        return d
            .label(written, "a shell is asked for here")
            .suggest(written, "False", "write `False`, so that the value is the file to run")
            .note("under a shell, arguments are part of the command line, which is the value");
    }
    d.note("`shell` is not set, and Mesos defaults to a shell (/bin/sh -c VALUE), which sees no arguments")
        .help("add shell=False; then the value is the file to run, and the first argument must be the program's own name")
}
