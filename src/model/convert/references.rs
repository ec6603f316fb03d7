//! Open references: which may stay until the task runs, and which reject the job.

use std::rc::Rc;

use indexmap::IndexSet;
use rustc_hash::FxHashSet;

use super::plan;
use super::ports;
use super::reader::Reader;
use crate::diagnostics::codes::job::UNBOUND;
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::template::value::{Dict, Key, Value};
use crate::template::{Component, Environment, Object, Ref, Scope, Unbound, Walk};

/// The instance number that the stock client pretends for its checks.
const PRETENDED_INSTANCE: i64 = 31337;

/// A job after the passes that the client makes over it.
pub(super) struct Checked {
    /// The job interpolated twice: what becomes the executor data.
    pub(super) underlying: Object,
}

/// Checks the job as Thermos will read it: names, plan, types, and references that nothing binds.
pub(super) fn check(job: &Object, open: &[Unbound], custom: bool, reader: &mut Reader) -> Checked {
    // What is open now stays open in every later pass, so there is only one to make.
    if job.is_stable() && open.iter().all(|u| stays_open(&u.reference) && !is_dotted_port(&u.reference)) {
        let before = reader.diagnostics.len();
        if let Some(task) = job.field("task") {
            plan::check(task, custom, reader);
        }
        if reader.diagnostics.len() == before {
            job.check().into_iter().for_each(|f| reader.fault(f.at(job.origin())));
        }
        return Checked { underlying: job.clone() };
    }
    let mut walk = Walk::collecting();
    let underlying = job.interpolate(&mut walk).unwrap_or_else(|fault| {
        reader.fault(fault);
        job.clone()
    });
    walk.faults.unwrap_or_default().into_iter().for_each(|f| reader.fault(f));
    let before = reader.diagnostics.len();
    report(job, walk.unbound.iter().filter(|u| !stays_open(&u.reference)), reader);
    let pretended = pretend(&underlying, reader);
    if let Ok(Some(task)) = pretended.access_named("task").map_err(|f| reader.fault(f)) {
        plan::check(&task, custom, reader);
        if reader.diagnostics.len() == before {
            check_nested(job, &task, reader);
        }
    }
    if reader.diagnostics.len() == before {
        pretended.check().into_iter().for_each(|f| reader.fault(f.at(job.origin())));
    }
    Checked { underlying }
}

/// Whether the reference is filled in when the task runs.
fn stays_open(reference: &Ref) -> bool {
    let name = |c: &Component, n: &str| matches!(c, Component::Name(v) if &**v == n);
    match reference.components() {
        [a, b] if name(a, "thermos") && name(b, "task_id") => true,
        [a, b] if name(a, "mesos") => name(b, "instance") || name(b, "hostname"),
        [a, b, _, ..] => name(a, "thermos") && name(b, "ports"),
        _ => false,
    }
}

/// Whether the reference is `thermos.ports.x`, which should be `thermos.ports[x]`.
fn is_dotted_port(reference: &Ref) -> bool {
    matches!(reference.components(), [Component::Name(a), Component::Name(b), Component::Name(_), ..]
        if &**a == "thermos" && &**b == "ports")
}

thread_local! {
    static PRETENDED: Scope = mesos_context();
}

fn mesos_context() -> Scope {
    let mut context = Dict::new();
    context.insert(Key::text("instance"), Value::Int(PRETENDED_INSTANCE));
    context.insert(Key::text("hostname"), Value::str(""));
    let mut environment = Environment::default();
    let bound = environment.bind(&Ref::name("mesos"), &Value::dict(context));
    debug_assert!(bound.is_ok());
    Scope::Environment(Rc::new(environment))
}

/// The job with an instance number and a host name, so that its types can be checked.
fn pretend(job: &Object, reader: &mut Reader) -> Object {
    if job.is_closed() {
        return job.clone();
    }
    match job.bind_scopes(vec![PRETENDED.with(Clone::clone)]) {
        Ok(bound) => bound,
        Err(fault) => {
            reader.fault(fault);
            job.clone()
        }
    }
}

/// Binds what the runtime would bind and reports what is still open: references assembled from runtime values.
fn check_nested(job: &Object, task: &Object, reader: &mut Reader) {
    if task.is_closed() {
        return;
    }
    let mut walk = Walk::default();
    if let Err(fault) = task.interpolate(&mut walk) {
        return reader.fault(fault);
    }
    let named: Vec<String> = ports::referenced(&walk.unbound, reader);
    let runtime = match runtime_context(&named) {
        Ok(scope) => scope,
        Err(fault) => return reader.fault(fault),
    };
    let mut rest = Walk::default();
    let result = task.bind_scopes(vec![runtime]).and_then(|bound| bound.interpolate(&mut Walk::default()));
    if let Err(fault) = result.and_then(|once| once.interpolate(&mut rest)) {
        return reader.fault(fault);
    }
    report(job, rest.unbound.iter(), reader);
}

fn runtime_context(ports: &[String]) -> Result<Scope, crate::template::value::Fault> {
    let mut environment = Environment::default();
    for name in ["thermos.task_id", "thermos.user"] {
        environment.bind(&Ref::parse(name)?, &Value::str("pretended"))?;
    }
    for port in ports {
        environment.bind(&Ref::parse(&format!("thermos.ports[{port}]"))?, &Value::Int(PRETENDED_INSTANCE))?;
    }
    Ok(Scope::Environment(Rc::new(environment)))
}

fn report<'u>(job: &Object, unbound: impl Iterator<Item = &'u Unbound>, reader: &mut Reader) {
    let mut seen = FxHashSet::default();
    for open in unbound {
        if reader.is_full() {
            return;
        }
        if seen.insert((open.reference.clone(), open.span)) {
            reader.push(unbound_reference(job, open));
        }
    }
}

fn unbound_reference(job: &Object, open: &Unbound) -> Diagnostic {
    let address = open.reference.address();
    let message = format!("nothing binds `{{{{{address}}}}}`");
    let d =
        Diagnostic::error(&UNBOUND, open.span.or(job.origin()), message).here("no value for this reference");
    advise(d, job, open, &address)
}

/// Adds what was probably meant.
fn advise(d: Diagnostic, job: &Object, open: &Unbound, address: &str) -> Diagnostic {
    let head = open.reference.components().first().map(Component::value).unwrap_or_default();
    if head == "thermos" {
        if let [_, Component::Name(ports), Component::Name(name), ..] = open.reference.components()
            && &**ports == "ports"
        {
            let mended = format!("{{{{thermos.ports[{name}]}}}}");
            return d.help(format!("a port is named by an index: `{mended}`"));
        }
        return d.help("Thermos fills in {{thermos.task_id}} and {{thermos.ports[name]}} only");
    }
    if head == "mesos" {
        let words = "only {{mesos.instance}} and {{mesos.hostname}} stay open until the task runs; not inside another reference";
        return d.help(words);
    }
    suggest_reference(d, &scope_names(job), head, address, "job")
}

/// Adds the name that was probably meant, of those that `what` has.
pub(in crate::model) fn suggest_reference(
    d: Diagnostic,
    names: &[String],
    head: &str,
    address: &str,
    what: &str,
) -> Diagnostic {
    if names.iter().any(|n| n == head) {
        return d.help(format!(
            "`{head}` is there, but it has no such part; a choice or a scalar has no parts at all"
        ));
    }
    match nearest(head, names.iter().map(String::as_str)) {
        Some(near) => d.help(format!("did you mean `{{{{{}}}}}`?", address.replacen(head, near, 1))),
        None => {
            let d = d.help(format!("bind it: .bind({head}=...) on the {what}, or --bind {address}=VALUE"));
            let bound: Vec<&str> = names.iter().map(String::as_str).collect();
            d.note(format!("fields and bindings of the {what} here: {}", quoted_list(bound, 8)))
        }
    }
}

/// Names that suggestions are chosen from.
const MOST_NAMES: usize = 2000;

/// The names of an object's fields and bindings, for suggestions.
pub(in crate::model) fn scope_names(job: &Object) -> Vec<String> {
    let mut names: IndexSet<String> = IndexSet::new();
    let mut add = |name: &str| {
        if names.len() < MOST_NAMES && !names.contains(name) {
            names.insert(name.to_string());
        }
    };
    for scope in job.scopes() {
        match scope {
            Scope::Environment(e) => {
                e.addresses().iter().filter_map(|a| a.components().first()).for_each(|c| add(c.value()));
            }
            Scope::Object(o) | Scope::Fields(o) => o.set_fields().for_each(|(n, _)| add(n)),
            Scope::Super(_) => {}
        }
    }
    job.set_fields().for_each(|(n, _)| add(n));
    names.into_iter().collect()
}
