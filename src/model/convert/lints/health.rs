//! Health checks, lifecycle calls and the watch of an update, as the executor makes them (its health_checker.py and
//! http_lifecycle.py).

use super::ports::Ports;
use super::{Subject, is_written, number, place, text};
use crate::common::FewMap;
use crate::diagnostics::Diagnostic;
use crate::lints::job::{
    BAD_ENDPOINT, FAILING_HEALTH_CHECK, HEALTH_PORT, HEALTH_WITHOUT_PORT, LIFECYCLE_WITHOUT_PORT, SHORT_WATCH,
};
use crate::model::convert::ports::ports_in;
use crate::model::convert::reader::Reader;
use crate::source::Span;
use crate::template::Object;

/// The port that HTTP checks ask, by this name alone.
const HEALTH: &str = "health";

pub(super) fn check(subject: &Subject<'_>, ports: &Ports<'_>, reader: &mut Reader) {
    let job = subject.job;
    let Some(config) = job.field("health_check_config") else { return };
    let checker = config.field("health_checker");
    let shell = checker.and_then(|checker| checker.field("shell"));
    let has_port = ports.knows(subject, HEALTH);
    if let Some(shell) = shell {
        check_shell(subject, shell, reader);
    } else if has_port {
        check_http(config, checker, reader);
    } else if is_written(job, "health_check_config") {
        let span = config.field_span("health_checker").or(place(job, "health_check_config"));
        let message = "this health check never runs: it asks the port `health`, and the job has no such port";
        let d = Diagnostic::warning(&HEALTH_WITHOUT_PORT, span, message);
        reader.push(
            d.help("use {{thermos.ports[health]}} in a process, or map it: portmap={'health': 'http'}"),
        );
    }
    let is_checked = shell.is_some() || has_port;
    if is_checked {
        check_times(config, place(job, "health_check_config"), reader);
    }
    check_lifecycle(subject, ports, reader);
    check_watch(subject, config, is_checked, reader);
}

/// Only allocated ports are filled into the command, by their own names.
fn check_shell(subject: &Subject<'_>, shell: &Object, reader: &mut Reader) {
    if shell.is_closed() {
        return;
    }
    let mut names = FewMap::default();
    ports_in(shell, &mut names);
    for name in names.keys().filter(|name| !subject.requests_port(name)) {
        let message = format!(
            "`{{{{thermos.ports[{name}]}}}}` is not filled into the health command: no process uses this port"
        );
        let d = Diagnostic::warning(&HEALTH_PORT, place(shell, "shell_command"), message);
        reader.push(d.note("only ports that the job requests are filled in, not the names of the portmap"));
    }
}

fn check_http(config: &Object, checker: Option<&Object>, reader: &mut Reader) {
    let Some(checker) = checker else { return };
    let Some(http) = checker.field("http") else {
        let message = "this health check always fails: it has neither `http` nor `shell`";
        let d = Diagnostic::warning(&FAILING_HEALTH_CHECK, place(config, "health_checker"), message);
        return reader.push(d.help("write HealthCheckerConfig(http=HttpHealthChecker())"));
    };
    check_endpoint(http, "endpoint", reader);
    if text(http, "expected_response").is_some_and(|expected| expected.trim() != expected) {
        let message =
            "`expected_response` begins or ends with white space, which the executor strips from the answer";
        let d = Diagnostic::warning(&FAILING_HEALTH_CHECK, place(http, "expected_response"), message);
        reader.push(d.note("the two are never equal, so the check always fails"));
    }
    if number(http, "expected_response_code").is_some_and(|code| code < 0.0) {
        let message = "no HTTP status is negative, so this health check always fails";
        reader.push(Diagnostic::warning(
            &FAILING_HEALTH_CHECK,
            place(http, "expected_response_code"),
            message,
        ));
    }
}

fn check_times(config: &Object, outer: Span, reader: &mut Reader) {
    for (name, effect) in [
        ("interval_secs", "the executor divides by it, and the task fails as soon as it starts"),
        ("timeout_secs", "every check times out at once, so the task is never healthy"),
    ] {
        if number(config, name) == Some(0.0) {
            let message = format!("`{name}` is 0: {effect}");
            let d = Diagnostic::warning(&FAILING_HEALTH_CHECK, config.field_span(name).or(outer), message);
            reader.push(d.help(format!("write more than 0, or leave `{name}` out")));
        }
    }
}

/// The executor writes the endpoint right after the port.
fn check_endpoint(http: &Object, name: &'static str, reader: &mut Reader) {
    let Some(endpoint) = text(http, name) else { return };
    let message = if !endpoint.starts_with('/') {
        format!("`{endpoint}` does not begin with a slash, so http://localhost:PORT{endpoint} is no address")
    } else if endpoint.contains(char::is_whitespace) || !endpoint.is_ascii() {
        format!("`{endpoint}` has characters that a URL cannot have, so every request fails")
    } else {
        return;
    };
    let d = Diagnostic::warning(&BAD_ENDPOINT, place(http, name), message);
    reader.push(match endpoint.starts_with('/') {
        true => d.help("write such characters in percent-encoding, such as %20"),
        false => d.help(format!("write '/{endpoint}'")),
    });
}

fn check_lifecycle(subject: &Subject<'_>, ports: &Ports<'_>, reader: &mut Reader) {
    if !is_written(subject.job, "lifecycle") {
        return;
    }
    let Some(http) = subject.job.field("lifecycle").and_then(|lifecycle| lifecycle.field("http")) else {
        return;
    };
    let Some(port) = text(http, "port") else { return };
    if ports.knows(subject, &port) {
        check_endpoint(http, "graceful_shutdown_endpoint", reader);
        check_endpoint(http, "shutdown_endpoint", reader);
        return;
    }
    let span = http.field_span("port").or(place(subject.job, "lifecycle"));
    let message = format!("these lifecycle calls are never made: the job has no port `{port}`");
    let d = Diagnostic::warning(&LIFECYCLE_WITHOUT_PORT, span, message);
    reader
        .push(d.help(format!("use {{{{thermos.ports[{port}]}}}} in a process, or name a port that is used")));
}

/// An update counts an instance as updated when it has been RUNNING for `watch_secs`.
fn check_watch(subject: &Subject<'_>, config: &Object, is_checked: bool, reader: &mut Reader) {
    let job = subject.job;
    let Some(update) = job.field("update_config").filter(|_| subject.configuration.task_config.is_service)
    else {
        return;
    };
    let Some(watch) = number(update, "watch_secs").filter(|_| is_written(update, "watch_secs")) else {
        return;
    };
    let message = match (number(config, "interval_secs"), number(config, "max_consecutive_failures")) {
        _ if watch == 0.0 && !is_checked => {
            "`watch_secs` is 0 and there is no health check, so an instance that dies at once counts as updated"
                .to_string()
        }
        (Some(interval), Some(failures)) if is_checked && watch > 0.0 && watch < interval * (failures + 1.0) => {
            let needed = (interval * (failures + 1.0)).ceil();
            format!("`watch_secs` is {watch}, but a health check fails an instance after {needed} seconds at the earliest")
        }
        _ => return,
    };
    let d = Diagnostic::warning(&SHORT_WATCH, place(update, "watch_secs"), message);
    reader.push(match is_checked {
        true => d.help("write watch_secs=0 to go by the health check alone, or watch longer"),
        false => d.help("watch for some seconds, or add a health check"),
    });
}
