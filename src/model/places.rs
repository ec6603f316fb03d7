//! Where the values of a job or an executor were written.

use std::fmt;
use std::sync::Arc;

use crate::source::Span;
use crate::template::value::Value;
use crate::template::{Body, Object};

/// A field of a job or an executor whose place is known after the compile, and those inside it.
struct Kept {
    name: &'static str,
    /// The names from the job to here, with dots.
    path: &'static str,
    inside: &'static [Kept],
}

const fn kept(path: &'static str, name: &'static str) -> Kept {
    Kept { name, path, inside: &[] }
}

const fn with(path: &'static str, name: &'static str, inside: &'static [Kept]) -> Kept {
    Kept { name, path, inside }
}

/// The fields about which an output may have something to say, and those that the scheduler's messages are about.
const KEPT: &[Kept] = &[
    kept("cluster", "cluster"),
    kept("role", "role"),
    kept("environment", "environment"),
    kept("name", "name"),
    kept("instances", "instances"),
    kept("priority", "priority"),
    kept("max_task_failures", "max_task_failures"),
    kept("constraints", "constraints"),
    kept("service", "service"),
    kept("tier", "tier"),
    kept("cron_schedule", "cron_schedule"),
    kept("container", "container"),
    kept("executor_config", "executor_config"),
    kept("mesos_fetcher_uris", "mesos_fetcher_uris"),
    with("task", "task", TASK),
    with("sla_policy", "sla_policy", SLA_POLICY),
    with("update_config", "update_config", UPDATE_CONFIG),
    with("executor", "executor", &[kept("executor.name", "name")]),
];

const TASK: &[Kept] = &[with("task.resources", "resources", RESOURCES)];

const RESOURCES: &[Kept] = &[
    kept("task.resources.cpu", "cpu"),
    kept("task.resources.ram", "ram"),
    kept("task.resources.disk", "disk"),
    kept("task.resources.gpu", "gpu"),
];

const SLA_POLICY: &[Kept] = &[
    kept("sla_policy.percentage", "percentage"),
    kept("sla_policy.count", "count"),
    kept("sla_policy.duration_secs", "duration_secs"),
];

const UPDATE_CONFIG: &[Kept] = &[
    kept("update_config.batch_size", "batch_size"),
    kept("update_config.update_strategy", "update_strategy"),
    kept("update_config.max_per_shard_failures", "max_per_shard_failures"),
    kept("update_config.max_total_failures", "max_total_failures"),
    kept("update_config.watch_secs", "watch_secs"),
    kept("update_config.pulse_interval_secs", "pulse_interval_secs"),
    kept("update_config.sla_aware", "sla_aware"),
];

/// Where a job or an executor was made, and where some of its fields were written. Unlike [`ObjectPlaces`], they may go
/// to another thread.
#[derive(Debug, Clone)]
pub struct Places {
    span: Span,
    /// The fields that were written elsewhere than the whole.
    fields: Arc<[(&'static str, Span)]>,
}

impl Places {
    /// The places of something of which no more is known than where it was made.
    pub fn whole(span: Span) -> Places {
        Places { span, fields: Arc::default() }
    }

    /// Where the object was made.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Where the value at a path of fields was written, or what encloses it, for the fields that outputs may reject;
    /// for others, where the object was made.
    pub fn at(&self, path: &str) -> Span {
        let mut enclosing = Some(path);
        while let Some(path) = enclosing {
            if let Some((_, span)) = self.fields.iter().find(|(field, _)| *field == path) {
                return *span;
            }
            enclosing = path.rsplit_once('.').map(|(outer, _)| outer);
        }
        self.span
    }
}

/// The places of the values of one object. Cheap: it shares the object.
#[derive(Clone)]
pub struct ObjectPlaces(Object);

impl ObjectPlaces {
    /// The places of an object as it was written (before interpolation).
    pub fn new(object: Object) -> ObjectPlaces {
        ObjectPlaces(object)
    }

    /// Where the object was made.
    pub fn span(&self) -> Span {
        self.0.origin()
    }

    /// The object.
    pub fn object(&self) -> &Object {
        &self.0
    }

    /// What is to be known after the compile. Jobs that a loop makes are written at the same places as the one before,
    /// `earlier`, and share its table.
    pub fn kept(&self, earlier: Option<&Places>) -> Places {
        let span = self.span();
        let mut places = Vec::new();
        collect(&self.0, KEPT, &mut places);
        match earlier {
            Some(earlier) if *earlier.fields == *places => {
                Places { span, fields: Arc::clone(&earlier.fields) }
            }
            _ => Places { span, fields: places.into() },
        }
    }

    /// Where the value at a path of fields was written, such as `task.resources.ram` or `metadata[0].key`. Where a
    /// part of the path is a default, the nearest enclosing value that was written; at the least the object itself.
    pub fn at(&self, path: &str) -> Span {
        self.find(path).0
    }

    /// Like [`ObjectPlaces::at`], but nothing where the value itself was not written (a default, or not set at all).
    pub fn exactly(&self, path: &str) -> Option<Span> {
        let (span, exact) = self.find(path);
        exact.then_some(span)
    }

    fn find(&self, path: &str) -> (Span, bool) {
        let mut span = self.span();
        let mut object = self.0.clone();
        for step in path.split(['.', '[']).map(|s| s.trim_end_matches(']')).filter(|s| !s.is_empty()) {
            object = unwrapped(object);
            let (place, inside) = step_into(&object, step);
            if place.is_none() {
                return (span, false);
            }
            span = place;
            match inside {
                Some(next) => object = next,
                None => return (span, true),
            }
        }
        (span, true)
    }
}

/// Collects the fields of an object that were written. What was not has the place of what encloses it.
fn collect(object: &Object, fields: &[Kept], places: &mut Vec<(&'static str, Span)>) {
    let object = unwrapped(object.clone());
    for field in fields {
        let (place, value) = step_into(&object, field.name);
        if place.is_none() {
            continue;
        }
        places.push((field.path, place));
        if let Some(value) = value.filter(|_| !field.inside.is_empty()) {
            collect(&value, field.inside, places);
        }
    }
}

/// The object inside a choice.
fn unwrapped(object: Object) -> Object {
    match object.body() {
        Body::Choice(Value::Object(inner)) => inner.clone(),
        _ => object,
    }
}

fn step_into(object: &Object, step: &str) -> (Span, Option<Object>) {
    match object.body() {
        Body::Struct(_) => match object.slot(step) {
            Some(slot) => (slot.place(), slot.value.clone()),
            None => (Span::NONE, None),
        },
        Body::List(items) => match step.parse::<usize>().ok().and_then(|i| items.get(i)) {
            Some(item) => (item.origin(), Some(item.clone())),
            None => (Span::NONE, None),
        },
        Body::Map(entries) => {
            let named = |(k, _): &&(Object, Object)| k.raw().and_then(Value::as_str) == Some(step);
            match entries.iter().rev().find(named) {
                Some((_, value)) => (value.origin(), Some(value.clone())),
                None => (Span::NONE, None),
            }
        }
        Body::Simple(_) | Body::Choice(_) => (Span::NONE, None),
    }
}

impl fmt::Debug for ObjectPlaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectPlaces({:?})", self.span())
    }
}
