//! References that stay open, in places where nothing fills them in: the executor replaces them in processes and
//! health commands, and the `mesos` ones in a few more strings.

use super::{Subject, place};
use crate::common::is_reference;
use crate::diagnostics::Diagnostic;
use crate::lints::job::{NESTED_PORT, NEVER_FILLED_IN};
use crate::lints::template::SINGLE_BRACES;
use crate::model::convert::reader::Reader;
use crate::source::Span;
use crate::template::value::Value;
use crate::template::{Body, Component, Object, Segment};

/// Fields of a job that no reference is filled in.
const NEVER: [&str; 7] =
    ["container", "metadata", "constraints", "contact", "cron_schedule", "mesos_fetcher_uris", "tier"];

/// Where to find what the executor fills only the `mesos` references in.
const MESOS_ONLY: [(&str, &[&str]); 4] = [
    ("health_check_config", &["health_checker", "http", "endpoint"]),
    ("health_check_config", &["health_checker", "http", "expected_response"]),
    ("lifecycle", &["http"]),
    ("announce", &["zk_path"]),
];

pub(super) fn check(subject: &Subject<'_>, reader: &mut Reader) {
    if !subject.custom {
        subject.processes().iter().for_each(|process| check_braces(process, reader));
    }
    if subject.open.is_empty() {
        return;
    }
    let job = subject.job;
    for field in NEVER {
        if let Some(value) = job.field(field) {
            Scan { field, outer: place(job, field), mesos_too: true }.look_at(value, reader);
        }
    }
    if subject.custom {
        return;
    }
    for field in ["portmap", "primary_port"] {
        if let Some(announce) = job.field("announce")
            && let Some(value) = announce.field(field)
        {
            Scan { field, outer: place(announce, field), mesos_too: true }.look_at(value, reader);
        }
    }
    for (first, path) in MESOS_ONLY {
        let value = path.iter().try_fold(job.field(first), |at, name| Some(at?.field(name)));
        if let Some(Some(value)) = value {
            let field = path.last().copied().filter(|name| *name != "http").unwrap_or(first);
            Scan { field, outer: place(job, first), mesos_too: false }.look_at(value, reader);
        }
    }
    for process in subject.processes() {
        check_nested(process, reader);
    }
}

struct Scan<'f> {
    /// The field that is looked at.
    field: &'f str,
    outer: Span,
    /// Whether `mesos` references are not filled in either.
    mesos_too: bool,
}

impl Scan<'_> {
    fn look_at(&self, object: &Object, reader: &mut Reader) {
        match object.body() {
            _ if object.is_closed() => {}
            Body::Simple(value) | Body::Choice(value) => self.value(object, value, reader),
            Body::List(items) => items.iter().for_each(|item| self.look_at(item, reader)),
            Body::Map(entries) => entries.iter().for_each(|(key, value)| {
                self.look_at(key, reader);
                self.look_at(value, reader);
            }),
            Body::Struct(_) => object.set_fields().for_each(|(_, value)| self.look_at(value, reader)),
        }
    }

    fn value(&self, object: &Object, value: &Value, reader: &mut Reader) {
        let text = match value {
            Value::Object(inner) => return self.look_at(inner, reader),
            Value::Str(text) => text,
            _ => return,
        };
        for segment in text.template().into_iter().flat_map(|t| &t.segments) {
            let Segment::Ref { target: Ok(reference), range } = segment else { continue };
            let head = match reference.components() {
                [Component::Name(head), ..] => &**head,
                _ => continue,
            };
            if head == "thermos" || (head == "mesos" && self.mesos_too) {
                let span = text.span_of(range.clone()).or(object.origin()).or(self.outer);
                reader.push(self.warning(&reference.address(), span));
            }
        }
    }

    fn warning(&self, address: &str, span: Span) -> Diagnostic {
        let field = self.field;
        let message =
            format!("`{{{{{address}}}}}` is never filled in here: in `{field}` it stays as it is written");
        let known = match self.mesos_too {
            true => {
                "the executor fills it in when a task runs, and only in processes and in the command of a health check"
            }
            false => "in this field the executor fills in only {{mesos.instance}} and {{mesos.hostname}}",
        };
        Diagnostic::warning(&NEVER_FILLED_IN, span, message).note(known)
    }
}

/// Single braces around what can only be meant as a reference, and templates of other tools.
fn check_braces(process: &Object, reader: &mut Reader) {
    let Some(Value::Str(text)) = process.field("cmdline").and_then(Object::raw) else { return };
    let words = text.as_str();
    let mut told = 0;
    for at in memchr::memchr_iter(b'{', words.as_bytes()) {
        let rest = &words[at + 1..];
        if rest.starts_with('{') || words[..at].ends_with('{') || told == MAX_BRACES {
            continue;
        }
        let Some(end) = rest.find('}') else { break };
        let inside = &rest[..end];
        let in_shell = words[..at].ends_with('$') && !inside.contains('.');
        let jinja = rest.starts_with("% ") && inside.ends_with(" %");
        if !jinja && (in_shell || !is_reference(inside)) {
            continue;
        }
        let span = text.span_of(at..at + end + 2);
        // Braces of an f-string or .format() are written twice, and have a lint where they are written.
        if span.is_none() || span.end as usize - span.start as usize != end + 2 {
            continue;
        }
        told += 1;
        let message = format!("`{{{inside}}}` stays as it is: a reference has two braces on each side");
        let d = Diagnostic::warning(&SINGLE_BRACES, span, message);
        reader.push(match jinja {
            true => d.help("templates have no statements: write if and for in the file itself"),
            false => d.suggest(span, format!("{{{{{inside}}}}}"), "double the braces"),
        });
    }
}

/// Lints of one command line that are reported.
const MAX_BRACES: usize = 10;

/// A port whose name holds another reference: Thermos asks for the name as it is before it replaces what is inside.
fn check_nested(process: &Object, reader: &mut Reader) {
    let Some(Value::Str(text)) = process.field("cmdline").and_then(Object::raw) else { return };
    let words = text.as_str();
    for (at, begin) in words.match_indices("thermos.ports[") {
        let rest = &words[at + begin.len()..];
        let Some(end) = rest.find(']') else { continue };
        if let Some(inner) = rest[..end].find("{{") {
            let from = at + begin.len() + inner;
            let span = text.span_of(from..from + 2).or(place(process, "cmdline"));
            let message =
                "the name of this port holds a reference, so no port is requested and the task fails";
            let d = Diagnostic::warning(&NESTED_PORT, span, message);
            reader
                .push(d.help("give the port a name without references: all instances can use the same name"));
        }
    }
}
