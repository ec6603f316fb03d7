//! Open references: which may stay until the task runs, and which reject the job.

use std::rc::Rc;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::missing::missing_bindings;
use super::reader::{Outcome, Reader};
use super::run_time::{is_filled_in, stays_open};
use super::{Pass, plan, ports};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::job::MISSING_FIELD;
use crate::diagnostics::codes::template::UNRESOLVED;
use crate::model::in_scope::{InScope, unbound};
use crate::template::value::{Dict, Fault, Key, Value};
use crate::template::{Environment, Object, Ref, Scope, Unbound, Walk};

/// The instance number that the stock client pretends for its checks.
const PRETENDED_INSTANCE: i64 = 31337;

/// A job after the passes that the client makes over it.
pub(super) struct Checked {
    /// The job interpolated twice: what becomes the executor data.
    pub(super) underlying: Object,
}

/// Checks the job as Thermos will read it: names, plan, types, and references that nothing binds. `context` is what is
/// bound for the instance that the client pretends.
pub(super) fn check(pass: &Pass, custom: bool, context: &Scope, reader: &mut Reader) -> Checked {
    let Pass { bound, job, open, outcome } = pass;
    if *outcome == Outcome::Failed {
        return check_what_is_sound(pass, custom, reader);
    }
    // What is open now stays open in every later pass, so there is only one to make.
    if job.is_stable() && open.iter().all(|u| is_filled_in(&u.reference)) && has_closed_names(job) {
        let ((), outcome) = reader.stage(|reader| check_plan(job, *outcome, custom, reader));
        if outcome == Outcome::Sound {
            job.check().into_iter().for_each(|f| reader.fault(f.at(job.origin())));
        }
        return Checked { underlying: job.clone() };
    }
    refuse_in_numbers(job, reader);
    let mut walk = Walk::collecting();
    let underlying = job.interpolate(&mut walk).unwrap_or_else(|fault| {
        reader.fault(fault);
        job.clone()
    });
    walk.faults.unwrap_or_default().into_iter().for_each(|f| reader.fault(f));
    let pretended = pretend(&underlying, context, reader);
    let ((), outcome) = reader.stage(|reader| {
        let open = walk.unbound.iter().filter(|u| !stays_open(&u.reference));
        let ((), outcome) = reader.stage(|reader| report(bound, open, reader));
        check_task(bound, &pretended, (custom, outcome), reader);
    });
    if outcome == Outcome::Sound {
        pretended.check().into_iter().for_each(|f| reader.fault(f.at(job.origin())));
    }
    Checked { underlying }
}

/// Rejects references that stay open in what is not text: the client checks the job before it knows any instance.
fn refuse_in_numbers(job: &Object, reader: &mut Reader) {
    let unresolved = |f: &Fault| *f.diagnostic.code == UNRESOLVED;
    let words = "only text can hold what is known when the task runs";
    job.check().into_iter().filter(unresolved).for_each(|f| reader.fault(f.at(job.origin()).help(words)));
}

/// Checks names and plan of the task of a job of which this is known.
fn check_plan(job: &Object, outcome: Outcome, custom: bool, reader: &mut Reader) {
    if let Some(task) = job.field("task") {
        plan::check(task, outcome, custom, reader);
    }
}

/// Whether no process has a reference in its name.
fn has_closed_names(job: &Object) -> bool {
    let processes = job.field("task").and_then(|task| task.field("processes"));
    let mut all = processes.and_then(Object::elements).unwrap_or_default().iter();
    all.all(|process| process.field("name").is_none_or(Object::is_closed))
}

/// Checks names and plan of the task of a job that has an instance number, and that nothing in it stays open. `references`
/// is what came of the references that have no instance number in them.
fn check_task(
    bound: &Object,
    pretended: &Object,
    (custom, references): (bool, Outcome),
    reader: &mut Reader,
) {
    let Ok(Some(task)) = pretended.access_named("task").map_err(|f| reader.fault(f)) else { return };
    let ((), outcome) = reader.stage(|reader| plan::check(&task, Outcome::Sound, custom, reader));
    if outcome == Outcome::Sound && references == Outcome::Sound {
        check_nested(bound, &task, reader);
    }
}

/// What can be said of a job in which something could not be interpolated, and so stays as it is.
fn check_what_is_sound(pass: &Pass, custom: bool, reader: &mut Reader) -> Checked {
    let Pass { bound, job, open, outcome } = pass;
    report(bound, open.iter().filter(|u| !stays_open(&u.reference)), reader);
    check_plan(job, *outcome, custom, reader);
    let is_missing = |f: &Fault| *f.diagnostic.code == MISSING_FIELD;
    job.check().into_iter().filter(is_missing).for_each(|f| reader.fault(f));
    Checked { underlying: job.clone() }
}

/// What is bound for the instance that the client pretends.
pub(super) fn mesos_context() -> Scope {
    let mut context = Dict::new();
    context.insert(Key::text("instance"), Value::Int(PRETENDED_INSTANCE));
    context.insert(Key::text("hostname"), Value::str(""));
    let mut environment = Environment::default();
    let bound = environment.bind(&Ref::name("mesos"), &Value::dict(context));
    debug_assert!(bound.is_ok());
    Scope::Environment(Rc::new(environment))
}

/// The job with an instance number and a host name, so that its types can be checked.
fn pretend(job: &Object, context: &Scope, reader: &mut Reader) -> Object {
    if job.is_closed() {
        return job.clone();
    }
    match job.bind_scopes(vec![context.clone()]) {
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
    let named = ports::referenced(&walk.unbound, reader);
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

fn runtime_context(ports: &[SmolStr]) -> Result<Scope, Fault> {
    let mut environment = Environment::default();
    for name in ["thermos.task_id", "thermos.user"] {
        environment.bind(&Ref::parse(name)?, &Value::str("pretended"))?;
    }
    for port in ports {
        environment.bind(&Ref::parse(&format!("thermos.ports[{port}]"))?, &Value::Int(PRETENDED_INSTANCE))?;
    }
    Ok(Scope::Environment(Rc::new(environment)))
}

fn report<'u>(job: &Object, all: impl Iterator<Item = &'u Unbound>, reader: &mut Reader) {
    let mut seen = FxHashSet::default();
    let open = all.filter(|open| seen.insert((open.reference.clone(), open.span))).collect();
    let (missing, others) = missing_bindings(job, open);
    for binding in missing {
        binding.places().for_each(|place| reader.cover(place));
        reader.push(binding.diagnostic(job));
    }
    for (index, open) in others.into_iter().enumerate() {
        if reader.is_full() {
            return;
        }
        reader.push(match index {
            ..MAX_SEARCHED => unbound_reference(job, open, InScope::at(job, open.span)),
            _ => unbound(open, job.origin()),
        });
    }
}

/// Open references of a job for which a near name is looked for; it takes a walk through the job.
const MAX_SEARCHED: usize = 100;

/// What is bound when the task runs.
const RUNTIME: &[&[&str]] =
    &[&["thermos", "task_id"], &["thermos", "ports"], &["mesos", "instance"], &["mesos", "hostname"]];

fn unbound_reference(job: &Object, open: &Unbound, scope: InScope) -> Diagnostic {
    let d = unbound(open, job.origin());
    let address = open.reference.address();
    if address == "thermos.ports" {
        return d.help("name the port: `{{thermos.ports[http]}}`");
    }
    if stays_open(&open.reference) {
        return d.help("it gets its value only when the task runs, which is too late for another reference");
    }
    scope.and(RUNTIME).advise(d, &open.reference, ("job", job.origin()))
}
