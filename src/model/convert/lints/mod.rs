//! Lints of a job that has no errors: what the scheduler accepts, and what cannot work or has no effect when it runs.
//!
//! | question | file |
//! |---|---|
//! | ports that nobody uses or requests | `ports.rs` |
//! | health checks, lifecycle and the watch of an update | `health.rs` |
//! | references that nothing fills in | `filled_in.rs` |
//! | what a custom executor never gets | `custom.rs` |
//! | host constraints | `constraints.rs` |
//! | what Thermos makes of processes | `thermos.rs` |

mod constraints;
mod custom;
mod filled_in;
mod health;
mod ports;
mod thermos;

use std::borrow::Cow;

use super::reader::{Reader, text_in};
use crate::diagnostics::Diagnostic;
use crate::lints::job::{UPDATE_WITHOUT_SERVICE, VOLUMES_WITHOUT_IMAGE};
use crate::model::thrift::{Container, JobConfiguration, Resource};
use crate::source::Span;
use crate::template::value::Value;
use crate::template::{Object, Unbound};

/// A converted job, as the lints look at it.
pub(super) struct Subject<'j> {
    /// The interpolated job.
    pub(super) job: &'j Object,
    /// References that stay open until the task runs.
    pub(super) open: &'j [Unbound],
    /// Whether it runs on another executor than Thermos.
    pub(super) custom: bool,
    /// The message for the scheduler.
    pub(super) configuration: &'j JobConfiguration,
}

impl Subject<'_> {
    fn requests_port(&self, name: &str) -> bool {
        let resources = &self.configuration.task_config.resources;
        resources.iter().any(|r| matches!(r, Resource::NamedPort(port) if port == name))
    }

    fn task(&self) -> Option<&Object> {
        self.job.field("task")
    }

    fn processes(&self) -> &[Object] {
        self.task().and_then(|task| task.field("processes")).and_then(Object::elements).unwrap_or_default()
    }
}

/// Warns about a job.
pub(super) fn check(subject: &Subject<'_>, reader: &mut Reader) {
    constraints::check(subject, reader);
    filled_in::check(subject, reader);
    if subject.custom {
        custom::check(subject, reader);
    } else {
        custom::check_ignored_data(subject, reader);
        let ports = ports::Ports::of(subject);
        ports::check(subject, &ports, reader);
        health::check(subject, &ports, reader);
        thermos::check(subject, reader);
    }
    check_update(subject, reader);
    check_volumes(subject, reader);
}

/// The scheduler updates services only (its SchedulerThriftInterface).
fn check_update(subject: &Subject<'_>, reader: &mut Reader) {
    let job = subject.job;
    if !is_written(job, "update_config") || subject.configuration.task_config.is_service {
        return;
    }
    let message = "`update_config` has no effect: the job is not a service, and only services are updated";
    let d = Diagnostic::warning(&UPDATE_WITHOUT_SERVICE, place(job, "update_config"), message);
    reader.push(d.help("leave `update_config` out, or write Service(...) or service=True"));
}

/// The scheduler mounts the volumes of a Mesos container only beside an image (its MesosTaskFactory).
fn check_volumes(subject: &Subject<'_>, reader: &mut Reader) {
    let Container::Mesos { image: None, volumes: Some(volumes) } =
        &subject.configuration.task_config.container
    else {
        return;
    };
    if volumes.is_empty() {
        return;
    }
    let message = "these volumes are not mounted: the container has no image";
    let d = Diagnostic::warning(&VOLUMES_WITHOUT_IMAGE, place(subject.job, "container"), message);
    reader.push(d.help("add an image: Mesos(image=DockerImage(name='...', tag='...'), volumes=[...])"));
}

/// Whether somebody wrote a value for this field: defaults of the schema have no place.
fn is_written(object: &Object, field: &str) -> bool {
    object.slot(field).is_some_and(|slot| slot.value.is_some() && !slot.span.is_none())
}

/// The place of a field, or else of the object.
fn place(object: &Object, field: &str) -> Span {
    object.field_span(field).or(object.origin())
}

fn text<'o>(object: &'o Object, field: &str) -> Option<Cow<'o, str>> {
    object.field(field).and_then(text_in)
}

fn number(object: &Object, field: &str) -> Option<f64> {
    object.field(field)?.raw()?.as_f64()
}

fn is_true(object: &Object, field: &str) -> bool {
    matches!(object.field(field).and_then(Object::raw), Some(Value::Bool(true)))
}
