//! What a custom executor never gets, and data that Thermos never reads.

use super::{Subject, is_written, place};
use crate::diagnostics::{Diagnostic, quoted_list};
use crate::lints::executor::{DATA_PORT, DROPPED_BY_EXECUTOR};
use crate::lints::job::DATA_WITHOUT_EXECUTOR;
use crate::model::convert::ports::ports_in;
use crate::model::convert::reader::{Reader, text_in};
use crate::source::Span;

/// Parts of a job that Thermos reads from its data, and other executors do not get.
const FOR_THERMOS: [&str; 3] = ["health_check_config", "announce", "lifecycle"];

pub(super) fn check(subject: &Subject<'_>, reader: &mut Reader) {
    check_dropped(subject, reader);
    check_data_ports(subject, reader);
}

fn check_dropped(subject: &Subject<'_>, reader: &mut Reader) {
    let Some(executor) = &subject.configuration.task_config.executor_config else { return };
    if executor.name.is_empty() {
        return;
    }
    let job = subject.job;
    let mut dropped: Vec<(&str, Span)> = Vec::new();
    if let (Some(task), false) = (subject.task(), subject.processes().is_empty()) {
        dropped.push(("processes", place(task, "processes")));
    }
    let written = FOR_THERMOS.into_iter().filter(|field| is_written(job, field));
    dropped.extend(written.map(|field| (field, place(job, field))));
    let [(_, first), rest @ ..] = &dropped[..] else { return };
    let names = quoted_list(dropped.iter().map(|(name, _)| *name), dropped.len());
    let verb = if dropped.len() == 1 { "does not reach" } else { "do not reach" };
    let message = format!("{names} {verb} the executor `{}`: it gets only its `data`", executor.name);
    let d = Diagnostic::warning(&DROPPED_BY_EXECUTOR, *first, message);
    let d =
        rest.iter().fold(d, |d, (name, span)| d.label(*span, format!("`{name}` does not reach it either")));
    reader.push(d.help("leave them out, or pass what the executor needs in executor_config.data"));
}

/// Ports that the data refers to: the scheduler allocates those that the job requests, and no others.
fn check_data_ports(subject: &Subject<'_>, reader: &mut Reader) {
    let Some(config) = subject.job.field("executor_config") else { return };
    let Some(data) = config.field("data") else { return };
    let mut names = crate::common::FewMap::default();
    ports_in(data, &mut names);
    for name in names.keys().filter(|name| !subject.requests_port(name)) {
        let message = format!(
            "the data refers to `{{{{thermos.ports[{name}]}}}}`, but the job requests no port `{name}`"
        );
        let d = Diagnostic::warning(&DATA_PORT, place(config, "data"), message);
        reader.push(d.help(format!("request it: ports=['{name}'] in the job")));
    }
}

/// Data for Thermos, which reads the job instead.
pub(super) fn check_ignored_data(subject: &Subject<'_>, reader: &mut Reader) {
    let Some(config) = subject.job.field("executor_config") else { return };
    if config.field("data").and_then(text_in).is_none_or(|data| data.trim().is_empty()) {
        return;
    }
    let message = "this `data` is dropped: the job runs on AuroraExecutor, which reads the job itself";
    let d = Diagnostic::warning(&DATA_WITHOUT_EXECUTOR, place(config, "data"), message);
    reader.push(d.help("name the custom executor it is for: ExecutorConfig(name='...', data=...)"));
}
