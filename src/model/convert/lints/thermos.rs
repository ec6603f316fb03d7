//! What Thermos makes of the processes of a task (its runner, planner and process classes).

use super::{Subject, is_true, number, place, text};
use crate::diagnostics::Diagnostic;
use crate::lints::thermos::{
    FINAL_NEVER_RUNS, KEPT_ALIVE, NEGATIVE_LIMIT, NOTHING_TO_RUN, NUL_BYTE, ROTATE_POLICY, TOO_LONG,
};
use crate::model::convert::reader::Reader;
use crate::template::Object;

/// The longest command line that Linux takes as one argument, in bytes: 128 KiB with the NUL at its end.
const MAX_COMMAND: usize = 131_071;

/// The longest process name, in bytes: the file `coordinator.NAME` has at most 255.
const MAX_NAME: usize = 243;

pub(super) fn check(subject: &Subject<'_>, reader: &mut Reader) {
    let Some(task) = subject.task() else { return };
    let processes = subject.processes();
    processes.iter().for_each(|process| check_process(process, reader));
    for name in ["max_concurrency", "max_failures"] {
        if number(task, name).is_some_and(|n| n < 0.0) {
            let effect = match name {
                "max_concurrency" => "no process ever starts",
                _ => "the task fails as soon as it starts",
            };
            let message = format!("`{name}` of the task is negative, so {effect}");
            let d = Diagnostic::warning(&NEGATIVE_LIMIT, place(task, name), message);
            reader.push(d.help("write 0 for no limit"));
        }
    }
    check_finals(task, processes, reader);
    check_ends(subject, task, processes, reader);
}

fn check_process(process: &Object, reader: &mut Reader) {
    for (field, most, effect) in [
        ("cmdline", MAX_COMMAND, "Linux starts no command that long, so the process is lost"),
        ("name", MAX_NAME, "the file system allows no file name that long, so the task is lost"),
    ] {
        let Some(text) = text(process, field) else { continue };
        if text.len() > most {
            let message = format!("`{field}` has {} bytes, more than {most}: {effect}", text.len());
            reader.push(Diagnostic::warning(&TOO_LONG, place(process, field), message));
        }
        if text.contains('\0') {
            let message = format!("`{field}` holds a NUL byte, so the process cannot be started");
            reader.push(Diagnostic::warning(&NUL_BYTE, place(process, field), message));
        }
    }
    let Some(logger) = process.field("logger") else { return };
    let Some(policy) = logger.field("rotate").filter(|_| text(logger, "mode").as_deref() == Some("rotate"))
    else {
        return;
    };
    for name in ["log_size", "backups"] {
        if number(policy, name).is_some_and(|n| n < 1.0) {
            let message = format!("`{name}` is less than 1, so Thermos stops as soon as the process starts");
            let d = Diagnostic::warning(&ROTATE_POLICY, place(policy, name), message);
            reader.push(d.help(format!("write 1 or more, or leave `{name}` out")));
        }
    }
}

fn check_finals(task: &Object, processes: &[Object], reader: &mut Reader) {
    let Some(last) = processes.iter().find(|process| is_true(process, "final")) else { return };
    if number(task, "finalization_wait").is_some_and(|wait| wait <= 0.0) {
        let message = "`finalization_wait` is not more than 0, so final processes never run";
        let d = Diagnostic::warning(&FINAL_NEVER_RUNS, place(task, "finalization_wait"), message);
        reader.push(
            d.label(last.origin(), "this process is final").help("write the seconds that they may take"),
        );
    }
}

/// A task ends when every regular process that is not ephemeral has ended.
fn check_ends(subject: &Subject<'_>, task: &Object, processes: &[Object], reader: &mut Reader) {
    let regular = || processes.iter().filter(|process| !is_true(process, "final"));
    if regular().all(|process| is_true(process, "ephemeral")) {
        let message = match regular().next() {
            None => "the task has no process to run, so it ends at once",
            Some(_) => "every process is ephemeral, so the task ends before they have done anything",
        };
        let d = Diagnostic::warning(&NOTHING_TO_RUN, place(task, "processes"), message);
        return reader
            .push(d.help("a task runs as long as its processes that are neither final nor ephemeral"));
    }
    if subject.configuration.task_config.is_service {
        return;
    }
    let stays = |process: &&Object| is_true(process, "daemon") && !is_true(process, "ephemeral");
    if let Some(daemon) = regular().find(stays)
        && regular().any(|process| !is_true(process, "daemon"))
    {
        let name = text(daemon, "name").unwrap_or_default();
        let message =
            format!("the daemon `{name}` keeps the task running after the other processes have ended");
        let d = Diagnostic::warning(&KEPT_ALIVE, place(daemon, "daemon"), message);
        reader.push(d.help("add ephemeral=True, so that the task ends without it"));
    }
}
