//! Where the values of a job or an executor were written.

use std::fmt;
use std::sync::Arc;

use crate::source::Span;
use crate::template::value::Value;
use crate::template::{Body, Object};

/// The fields of a job or an executor whose places are known after the compile: those about which an output may have
/// something to say, and those that the scheduler's messages are about.
const KEPT: [&str; 32] = [
    "cluster",
    "role",
    "environment",
    "name",
    "instances",
    "priority",
    "max_task_failures",
    "constraints",
    "service",
    "tier",
    "cron_schedule",
    "container",
    "executor_config",
    "mesos_fetcher_uris",
    "task.resources",
    "task.resources.cpu",
    "task.resources.ram",
    "task.resources.disk",
    "task.resources.gpu",
    "sla_policy",
    "sla_policy.percentage",
    "sla_policy.count",
    "sla_policy.duration_secs",
    "update_config",
    "update_config.batch_size",
    "update_config.update_strategy",
    "update_config.max_per_shard_failures",
    "update_config.max_total_failures",
    "update_config.watch_secs",
    "update_config.pulse_interval_secs",
    "update_config.sla_aware",
    "executor.name",
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
        self.fields.iter().find(|(field, _)| *field == path).map_or(self.span, |(_, span)| *span)
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
        let places = KEPT.iter().map(|path| (*path, self.at(path))).filter(|(_, place)| *place != span);
        match earlier {
            Some(earlier) if places.clone().eq(earlier.fields.iter().copied()) => {
                Places { span, fields: Arc::clone(&earlier.fields) }
            }
            _ => Places { span, fields: places.collect() },
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
