//! One CustomExecutor object as an entry of the scheduler's file.

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::{Declared, checks, launch};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::executor::DATA_TYPE;
use crate::model::convert::container::mode;
use crate::model::convert::reader::{Reader, text_of};
use crate::model::executor::{Command, CustomExecutor, Executor, ExecutorType, Uri, VolumeMount};
use crate::model::in_scope::{InScope, unbound};
use crate::model::{CompiledExecutor, ObjectPlaces};
use crate::schema::struct_specs;
use crate::template::value::Value;
use crate::template::{Field, Object, Scope, Type, Unbound, Walk, missing_field};

/// Reads one entry and adds it to what is declared.
pub(super) fn read(raw: &Object, bindings: &[Scope], declared: &mut Declared) {
    let mut reader = Reader::default();
    // An object in place of its type would only give more mistakes when it is resolved.
    let ty = data_type(raw, &mut reader);
    if !reader.is_clean() {
        declared.names.extend(named(raw, &mut reader));
    } else if let Some(object) = resolved(raw, bindings, &mut reader) {
        if let Some(name) = named(&object, &mut reader) {
            if let Some(ty) = ty {
                declared.data_types.entry(name.clone()).or_insert(ty);
            }
            declared.names.push(name);
        }
        require(&object, &mut reader);
        let entry = if reader.is_clean() { entry(&object, &mut reader) } else { None };
        if let Some(entry) = &entry {
            checks::check(&object, entry, &mut reader);
            if reader.is_clean() {
                launch::check(&object, &entry.executor, &mut reader);
            }
        }
        if let Some(entry) = entry.filter(|_| reader.is_clean()) {
            declared
                .executors
                .push(CompiledExecutor { entry, places: ObjectPlaces::new(raw.clone()).kept(None) });
        }
    }
    declared.diagnostics.extend(reader.into_diagnostics());
}

/// The object with every reference replaced. References that nothing binds are errors: no task is there to fill them in.
fn resolved(raw: &Object, bindings: &[Scope], reader: &mut Reader) -> Option<Object> {
    let bound =
        raw.bind_scopes(bindings.to_vec()).map_err(|fault| reader.fault(fault.at(raw.origin()))).ok()?;
    let once = pass(&bound, reader)?.0;
    // A postponed reference, {{&x}}, comes alive in the second pass.
    let (object, unbound) = pass(&once, reader)?;
    let mut seen = FxHashSet::default();
    for open in unbound {
        if !reader.is_full() && seen.insert((open.reference.clone(), open.span)) {
            reader.push(unbound_reference(&bound, &open));
        }
    }
    reader.is_clean().then_some(object)
}

fn pass(object: &Object, reader: &mut Reader) -> Option<(Object, Vec<Unbound>)> {
    let mut walk = Walk::collecting();
    let result = object.interpolate(&mut walk);
    walk.faults.unwrap_or_default().into_iter().for_each(|f| reader.fault(f.at(object.origin())));
    match result {
        Ok(result) => Some((result, walk.unbound)),
        Err(fault) => {
            reader.fault(fault.at(object.origin()));
            None
        }
    }
}

fn unbound_reference(executor: &Object, open: &Unbound) -> Diagnostic {
    let d = unbound(open, executor.origin());
    let head = open.reference.components().first().map(|c| c.value()).unwrap_or_default();
    if head == "thermos" || head == "mesos" {
        return d.note(format!("`{head}` is filled in for tasks; an executor entry is read before any task"));
    }
    InScope::at(executor, open.span).advise(d, &open.reference, ("custom executor", executor.origin()))
}

/// The name of the executor, if it can be read; what is missing is reported by [`require`].
fn named(object: &Object, reader: &mut Reader) -> Option<String> {
    let executor = object.field("executor")?;
    executor.field("name")?;
    reader.text(executor, "name")
}

/// The type that the executor wants the data of its jobs to have.
fn data_type(object: &Object, reader: &mut Reader) -> Option<Type> {
    let value = object.field("data_type")?;
    if let Some(Value::Type(ty)) = value.raw() {
        return Some(ty.clone());
    }
    let span = object.field_span("data_type").or(object.origin());
    let shown = match value.raw() {
        Some(Value::Object(object)) => format!("a {} object", object.ty().written()),
        Some(plain) => plain.repr(),
        None => format!("a {} object", value.ty().written()),
    };
    let d = Diagnostic::error(&DATA_TYPE, span, format!("`data_type` is {shown}, which is not a type"));
    reader.push(match value.raw() {
        Some(Value::Str(text)) => d.help(format!("write the type itself, without quotes: {}", text.as_str())),
        Some(Value::Object(object)) => d.help(format!("write the type itself: {}", object.ty().written())),
        _ => d.help("write a type, such as a class that extends Struct"),
    });
    None
}

/// Reports every required field that has no value, with what it is for. An executor may go without resources, of which
/// [`checks`] warns, and a volume without a directory of the host.
fn require(object: &Object, reader: &mut Reader) {
    let Some(fields) = object.ty().fields() else {
        return object.elements().unwrap_or_default().iter().for_each(|o| require(o, reader));
    };
    for (name, field) in fields.iter() {
        match object.slot(name).and_then(|slot| slot.value.as_ref()) {
            Some(value) => require(value, reader),
            None if is_needed(object, name, field) => reader.fault(missing(object, name)),
            None => {}
        }
    }
}

fn is_needed(object: &Object, name: &str, field: &Field) -> bool {
    field.required
        && match object.ty().name() {
            "Resources" => false,
            "Volume" => name != "host_path",
            _ => true,
        }
}

fn missing(object: &Object, name: &Rc<str>) -> crate::template::value::Fault {
    let place = object.slot(name).map_or(object.origin(), |s| s.span.or(object.origin()));
    let fault = missing_field(object, name, place);
    let spec = struct_specs().find(|s| s.name == object.ty().name());
    match spec.and_then(|s| s.fields.iter().find(|f| f.name == &**name)) {
        Some(field) => fault.map(|d| d.note(format!("`{name}`: {}", field.doc))),
        None => fault,
    }
}

fn entry(object: &Object, reader: &mut Reader) -> Option<CustomExecutor> {
    let task_prefix = reader.text(object, "task_prefix");
    let executor = reader.required(object, "executor").and_then(|e| executor(&e, reader));
    let volumes = reader.optional_list(object, "volume_mounts").unwrap_or_default();
    let volume_mounts: Option<Vec<VolumeMount>> = volumes.iter().map(|v| volume(v, reader)).collect();
    Some(CustomExecutor { executor: executor?, volume_mounts: volume_mounts?, task_prefix: task_prefix? })
}

fn executor(object: &Object, reader: &mut Reader) -> Option<Executor> {
    let name = reader.text(object, "name");
    let command = reader.required(object, "command").and_then(|c| command(&c, reader));
    let kind = reader.optional_text(object, "type").map(|t| match t.as_str() {
        "DEFAULT" => ExecutorType::Default,
        _ => ExecutorType::Custom,
    });
    let cpus = checks::cores(object, reader);
    let mem = checks::megabytes(object, reader);
    let shutdown_grace_period_secs = checks::grace_period(object, reader);
    Some(Executor {
        name: name?,
        kind,
        command: command?,
        cpus,
        mem,
        labels: pairs(object, "labels", reader),
        shutdown_grace_period_secs,
        source: reader.optional_text(object, "source"),
    })
}

fn command(object: &Object, reader: &mut Reader) -> Option<Command> {
    let value = reader.text(object, "value");
    let arguments = reader.optional_list(object, "arguments").unwrap_or_default();
    let uris = reader.optional_list(object, "uris").unwrap_or_default();
    let uris: Option<Vec<Uri>> = uris.iter().map(|u| uri(u, reader)).collect();
    Some(Command {
        value: value?,
        shell: reader.optional_boolean(object, "shell"),
        arguments: arguments.iter().filter_map(text_of).collect(),
        uris: uris?,
        user: reader.optional_text(object, "user"),
        environment: pairs(object, "environment", reader),
    })
}

fn uri(object: &Object, reader: &mut Reader) -> Option<Uri> {
    Some(Uri {
        value: reader.text(object, "value")?,
        executable: reader.optional_boolean(object, "executable"),
        extract: reader.optional_boolean(object, "extract"),
        cache: reader.optional_boolean(object, "cache"),
        output_file: reader.optional_text(object, "output_file"),
    })
}

fn volume(object: &Object, reader: &mut Reader) -> Option<VolumeMount> {
    let mode = mode(object, reader);
    let container_path = reader.text(object, "container_path");
    let host_path = reader.optional_text(object, "host_path");
    Some(VolumeMount { mode: mode?, container_path: container_path?, host_path })
}

/// A map of text in written order; of two entries with one key the last value counts.
fn pairs(object: &Object, name: &'static str, reader: &mut Reader) -> Vec<(String, String)> {
    let Some(map) = reader.field(object, name) else { return Vec::new() };
    let entries = map.entries().unwrap_or_default();
    let merged: IndexMap<String, String> =
        entries.iter().filter_map(|(key, value)| Some((text_of(key)?, text_of(value)?))).collect();
    merged.into_iter().collect()
}
