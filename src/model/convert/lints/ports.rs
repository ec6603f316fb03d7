//! Ports that are announced, mapped or listed, and that no process uses.

use smol_str::SmolStr;

use super::{Subject, place, text};
use crate::common::FewMap;
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::lints::job::{BAD_PORT_NAME, UNBOUND_ANNOUNCE_PORT, UNUSED_PORT};
use crate::model::convert::ports::{Port, Portmap, portmap_of, ports_in, resolve};
use crate::model::convert::reader::{Reader, text_in};
use crate::source::Span;
use crate::template::{Object, parse_integer};

/// The names of ports that a job gives and uses.
pub(super) struct Ports<'j> {
    /// Those that processes and the health command refer to, at the end of the portmap.
    used: Vec<SmolStr>,
    portmap: Portmap<'j>,
}

impl<'j> Ports<'j> {
    pub(super) fn of(subject: &Subject<'j>) -> Ports<'j> {
        let mut named = FewMap::default();
        subject.processes().iter().for_each(|process| ports_in(process, &mut named));
        subject.job.field("health_check_config").into_iter().for_each(|health| ports_in(health, &mut named));
        let map = subject.job.field("announce").and_then(|announce| announce.field("portmap"));
        let portmap = map.map(portmap_of).unwrap_or_default();
        let mut ports = Ports { used: Vec::new(), portmap };
        ports.used = named.keys().filter_map(|name| ports.end_of(name)).collect();
        ports
    }

    /// The port that a name leads to; nothing for a fixed number.
    fn end_of(&self, name: &str) -> Option<SmolStr> {
        // A portmap that runs in a circle is an error, and has no lints.
        let ends = resolve(&self.portmap, Span::NONE, &mut Reader::default())?;
        match ends.get(name) {
            Some(Port::Number) => None,
            Some(Port::Name(end)) => Some((*end).into()),
            None => Some(name.into()),
        }
    }

    /// Whether the executor knows a port by this name.
    pub(super) fn knows(&self, subject: &Subject<'_>, name: &str) -> bool {
        self.portmap.contains_key(name) || subject.requests_port(name)
    }

    fn is_used(&self, name: &str) -> bool {
        self.end_of(name).is_none_or(|end| self.used.contains(&end))
    }
}

pub(super) fn check(subject: &Subject<'_>, ports: &Ports<'_>, reader: &mut Reader) {
    let job = subject.job;
    let mut told = None;
    if let Some(announce) = job.field("announce") {
        told = check_primary(job, announce, ports, reader);
        check_portmap(announce, ports, told.as_deref(), reader);
    }
    for port in job.field("ports").and_then(Object::elements).unwrap_or_default() {
        let Some(name) = text_in(port) else { continue };
        if told.as_deref() != Some(&*name) && !ports.is_used(&name) {
            reader.push(unused(&name, port.origin().or(place(job, "ports"))));
        }
    }
}

/// Warns of a primary port that nothing listens on, and gives it.
fn check_primary(job: &Object, announce: &Object, ports: &Ports<'_>, reader: &mut Reader) -> Option<SmolStr> {
    let primary = text(announce, "primary_port")?;
    if ports.is_used(&primary) || primary.contains("{{") {
        return None;
    }
    let span = announce.field_span("primary_port").or(place(job, "announce"));
    let message =
        format!("the primary port is `{primary}`, but no process uses {{{{thermos.ports[{primary}]}}}}");
    let d = Diagnostic::warning(&UNBOUND_ANNOUNCE_PORT, span, message);
    let near = nearest(&primary, ports.used.iter().map(SmolStr::as_str));
    reader.push(match (near, &ports.used[..]) {
        (Some(near), _) => d.here(format!("did you mean `{near}`?")),
        (None, []) => d.help("announce a port that a process listens on"),
        (None, used) => d.help(format!(
            "announce a port that a process listens on: {}",
            quoted_list(used.iter().map(SmolStr::as_str), 5)
        )),
    });
    ports.end_of(&primary)
}

fn check_portmap(announce: &Object, ports: &Ports<'_>, told: Option<&str>, reader: &mut Reader) {
    let entries = announce.field("portmap").and_then(Object::entries).unwrap_or_default();
    for (key, value) in entries {
        let (Some(name), Some(target)) = (text_in(key), text_in(value)) else { continue };
        let span = value.origin().or(announce.field_span("portmap"));
        if span.is_none() {
            continue;
        }
        check_name(&name, span, reader);
        if parse_integer(&target).is_none() {
            check_name(&target, span, reader);
        }
        let end = ports.end_of(&name);
        if end.as_deref() != told && !target.contains("{{") && !ports.is_used(&name) {
            reader.push(unused(&end.unwrap_or_default(), span));
        }
    }
}

/// Thermos passes ports on its own command line as NAME:PORT, in ASCII.
fn check_name(name: &str, span: Span, reader: &mut Reader) {
    if name.contains(':') || !name.is_ascii() {
        let message = format!("the port name `{name}` makes Thermos fail before it starts a process");
        let d = Diagnostic::warning(&BAD_PORT_NAME, span, message);
        reader.push(d.help("name ports with ASCII letters and digits, without colons"));
    }
}

fn unused(name: &str, span: Span) -> Diagnostic {
    let message =
        format!("the port `{name}` is requested, but no process uses {{{{thermos.ports[{name}]}}}}");
    Diagnostic::warning(&UNUSED_PORT, span, message)
        .help("leave the port out, or have a process listen on it")
}
