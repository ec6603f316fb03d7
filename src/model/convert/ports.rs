//! Requested ports: those that processes refer to and those that the announcer maps (the client's PortResolver and
//! PortExtractor).

use std::borrow::Cow;

use smol_str::SmolStr;

use super::reader::{Reader, text_in};
use crate::common::FewMap;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::job::{BAD_PORT, PORT_CYCLE, STATIC_PORT};
use crate::source::Span;
use crate::template::value::{Text, Value};
use crate::template::{Body, Component, Object, Segment, Unbound, Walk, parse_integer};

/// What the names of an announcer lead to, as it is written.
pub(super) type Portmap<'o> = FewMap<Cow<'o, str>, Cow<'o, str>>;

/// What a name of the portmap leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Port<'p> {
    Number,
    Name(&'p str),
}

/// The ports to request, sorted.
pub(super) fn requested(job: &Object, reader: &mut Reader) -> Vec<SmolStr> {
    let referenced = referenced_by_processes(job, reader);
    let announce = job.field("announce").and_then(|_| reader.structure(job, "announce"));
    let map = announce.as_ref().and_then(|a| reader.required(a, "portmap"));
    let portmap = map.as_ref().map(portmap_of).unwrap_or_default();
    let span =
        announce.as_ref().map_or(Span::NONE, |a| a.field_span("portmap").or(job.field_span("announce")));
    let Some(resolved) = resolve(&portmap, span, reader) else { return Vec::new() };
    let mut ports: Vec<SmolStr> = resolved.values().filter_map(named).collect();
    for port in referenced {
        match resolved.get(&*port) {
            Some(end) => ports.extend(named(end)),
            None => ports.push(port),
        }
    }
    if let Some(announce) = &announce {
        check_announce(job, announce, &portmap, reader);
    }
    ports.extend(extra_ports(job, reader));
    ports.sort();
    ports.dedup();
    ports
}

/// The `ports` that a job requests by name (our extension).
fn extra_ports(job: &Object, reader: &mut Reader) -> Vec<SmolStr> {
    let ports = reader.optional_list(job, "ports").unwrap_or_default();
    ports.iter().filter_map(|port| text_in(port).map(SmolStr::from)).collect()
}

fn named(port: &Port<'_>) -> Option<SmolStr> {
    match port {
        Port::Name(name) => Some((*name).into()),
        Port::Number => None,
    }
}

/// The ports that any process refers to, whatever the field.
fn referenced_by_processes(job: &Object, reader: &mut Reader) -> Vec<SmolStr> {
    let Some(task) = job.field("task") else { return Vec::new() };
    if task.field("processes").is_none_or(Object::is_closed) {
        return Vec::new();
    }
    if let Some(processes) = task.field("processes").filter(|p| p.is_stable()) {
        let mut names = FewMap::default();
        ports_in(processes, &mut names);
        return names.into_iter().map(|(name, ())| name).collect();
    }
    let result = task.interpolate(&mut Walk::default()).and_then(|t| t.access_named("processes"));
    let processes = match result {
        Ok(Some(processes)) => processes,
        Ok(None) => return Vec::new(),
        Err(fault) => {
            reader.fault(fault);
            return Vec::new();
        }
    };
    let mut walk = Walk::default();
    for process in processes.elements().unwrap_or_default() {
        if let Err(fault) = process.interpolate(&mut walk) {
            reader.fault(fault);
        }
    }
    referenced(&walk.unbound, reader)
}

/// The names of ports that the strings of a stable object refer to.
pub(super) fn ports_in(object: &Object, names: &mut FewMap<SmolStr, ()>) {
    match object.body() {
        _ if object.is_closed() => {}
        Body::Simple(value) | Body::Choice(value) => ports_in_value(value, names),
        Body::List(items) => items.iter().for_each(|o| ports_in(o, names)),
        Body::Map(entries) => entries.iter().for_each(|(_, value)| ports_in(value, names)),
        Body::Struct(_) => object.set_fields().for_each(|(_, o)| ports_in(o, names)),
    }
}

fn ports_in_value(value: &Value, names: &mut FewMap<SmolStr, ()>) {
    match value {
        Value::Str(text) => ports_in_text(text, names),
        Value::Object(object) => ports_in(object, names),
        Value::List(items) => items.borrow().iter().for_each(|item| ports_in_value(item, names)),
        Value::Tuple(items) => items.iter().for_each(|item| ports_in_value(item, names)),
        Value::Dict(dict) => dict.borrow().iter().for_each(|(_, entry)| ports_in_value(&entry.value, names)),
        _ => {}
    }
}

fn ports_in_text(text: &Text, names: &mut FewMap<SmolStr, ()>) {
    for segment in text.template().into_iter().flat_map(|t| &t.segments) {
        if let Segment::Ref { target: Ok(reference), .. } = segment
            && let [Component::Name(a), Component::Name(b), Component::Index(name), ..] =
                reference.components()
            && (&**a, &**b) == ("thermos", "ports")
            && !names.contains_key(&**name)
        {
            names.insert(SmolStr::from(&**name), ());
        }
    }
}

/// The names `x` of open references `{{thermos.ports[x]}}`; `{{thermos.ports.x}}` is an error.
pub(super) fn referenced(unbound: &[Unbound], reader: &mut Reader) -> Vec<SmolStr> {
    let mut names: FewMap<SmolStr, ()> = FewMap::default();
    for open in unbound {
        match open.reference.components() {
            [Component::Name(a), Component::Name(b), rest, ..] if &**a == "thermos" && &**b == "ports" => {
                match rest {
                    Component::Index(name) if names.contains_key(&**name) => {}
                    Component::Index(name) => {
                        names.insert(SmolStr::from(&**name), ());
                    }
                    Component::Name(name) => reader.push(dotted_port(name, open.span)),
                }
            }
            _ => {}
        }
    }
    names.into_iter().map(|(name, ())| name).collect()
}

fn dotted_port(name: &str, span: Span) -> Diagnostic {
    let mended = format!("{{{{thermos.ports[{name}]}}}}");
    Diagnostic::error(
        &BAD_PORT,
        span,
        format!("a port is written `{mended}`, not `{{{{thermos.ports.{name}}}}}`"),
    )
    .suggest(span, mended, "name the port by an index")
}

pub(super) fn portmap_of(map: &Object) -> Portmap<'_> {
    map.entries().unwrap_or_default().iter().filter_map(|(k, v)| Some((text_in(k)?, text_in(v)?))).collect()
}

/// Follows every name of the portmap to its end; `None` for a circle.
pub(super) fn resolve<'p>(
    portmap: &'p Portmap<'_>,
    span: Span,
    reader: &mut Reader,
) -> Option<FewMap<&'p str, Port<'p>>> {
    let mut ends: FewMap<&str, Port<'p>> = FewMap::default();
    for name in portmap.keys() {
        let mut way: FewMap<&str, ()> = FewMap::default();
        let mut at: &str = name;
        let end = loop {
            if let Some(known) = ends.get(at) {
                break *known;
            }
            // A name that is not in the map is its own end, and asked for nowhere else.
            let Some(next) = portmap.get(at) else { break Port::Name(at) };
            if way.insert(at, ()).is_some() {
                reader.push(Diagnostic::error(&PORT_CYCLE, span, circle(&way, at)));
                return None;
            }
            match parse_integer(next) {
                Some(_) => break Port::Number,
                None => at = next,
            }
        };
        for (name, ()) in way {
            ends.insert(name, end);
        }
    }
    Some(ends)
}

/// Names of a circle that are shown.
const MAX_IN_CIRCLE: usize = 12;

fn circle(way: &FewMap<&str, ()>, at: &str) -> String {
    let names: Vec<&str> = way.keys().copied().take(MAX_IN_CIRCLE).collect();
    let rest = if way.len() > MAX_IN_CIRCLE { "… → " } else { "" };
    format!("the portmap runs in a circle: {} → {rest}{at}", names.join(" → "))
}

fn check_announce(job: &Object, announce: &Object, portmap: &Portmap<'_>, reader: &mut Reader) {
    let span = announce.field_span("primary_port").or(job.field_span("announce")).or(job.origin());
    if reader.word(announce, "primary_port").is_none() || super::limits::is_dedicated(job, reader) {
        return;
    }
    if let Some((name, port)) = portmap.iter().find(|(_, port)| parse_integer(port).is_some()) {
        let entries = announce.field("portmap").and_then(Object::entries).unwrap_or_default();
        let entry = entries.iter().find(|(key, _)| text_in(key).as_ref() == Some(name));
        let written = entry.map_or(Span::NONE, |(_, value)| value.origin());
        let place = written.or(announce.field_span("portmap")).or(span);
        let message =
            format!("port `{name}` is fixed to {}, but the job shares its hosts with others", port.trim());
        reader.push(
            Diagnostic::error(&STATIC_PORT, place, message).help(
                "add a `dedicated` constraint, or map to a port name and let the scheduler allocate it",
            ),
        );
    }
}
