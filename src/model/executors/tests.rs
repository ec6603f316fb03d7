//! Entries read from hand-made objects; whole files are in the golden cases.

use super::*;
use crate::model::testing::{MB, dict, make, texts};
use crate::source::FileId;

fn resources(cpu: f64, ram: i64) -> Value {
    make("Resources", 500, &[("cpu", Value::Float(cpu)), ("ram", Value::Int(ram))])
}

fn executor(name: &str, command: Value, more: &[(&str, Value)]) -> Value {
    let mut fields =
        vec![("name", Value::str(name)), ("command", command), ("resources", resources(0.25, 64 * MB))];
    fields.extend(more.iter().cloned());
    make("Executor", 300, &fields)
}

fn custom(executor: Value, more: &[(&str, Value)]) -> Value {
    let mut fields = vec![("task_prefix", Value::str("x-")), ("executor", executor)];
    fields.extend(more.iter().cloned());
    make("CustomExecutor", 100, &fields)
}

fn run(value: &str) -> Value {
    make("Command", 400, &[("value", Value::str(value))])
}

fn read(value: Value) -> Declared {
    from_globals(Some(&value), Span::new(FileId(0), 0, 1), &[])
}

/// What one custom executor gets: the codes of its diagnostics.
fn codes(custom: Value) -> Vec<&'static str> {
    read(Value::list(vec![custom])).diagnostics.iter().map(|d| d.code.id).collect()
}

#[test]
fn every_field_is_read() {
    let uri = make(
        "Uri",
        600,
        &[
            ("value", Value::str("/dist/{{name}}.tar")),
            ("executable", Value::Bool(false)),
            ("output_file", Value::str("out")),
        ],
    );
    let command = make(
        "Command",
        400,
        &[
            ("value", Value::str("./run")),
            ("shell", Value::Bool(false)),
            ("arguments", texts(&["-v", "{{mode}}"])),
            ("uris", Value::list(vec![uri])),
            ("user", Value::str("nobody")),
            ("environment", dict(&[("B", "1"), ("A", "2")])),
        ],
    );
    let executor = executor(
        "batch",
        command,
        &[
            ("type", Value::str("CUSTOM")),
            ("labels", dict(&[("team", "x")])),
            ("shutdown_grace_period_secs", Value::Int(5)),
            ("source", Value::str("here")),
        ],
    );
    let volume = make(
        "Volume",
        700,
        &[("mode", Value::str("RO")), ("container_path", Value::str("/c")), ("host_path", Value::str("/h"))],
    );
    let mut environment = crate::template::Environment::default();
    environment.bind(&crate::template::Ref::name("mode"), &Value::str("fast")).unwrap();
    let bindings = [Scope::Environment(std::rc::Rc::new(environment))];
    let list = Value::list(vec![custom(executor, &[("volume_mounts", Value::list(vec![volume]))])]);
    let declared = from_globals(Some(&list), Span::NONE, &bindings);
    let errors: Vec<_> = declared.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let entry = &declared.executors[0].entry;
    let expected = crate::model::executor::CustomExecutor {
        task_prefix: "x-".into(),
        volume_mounts: vec![crate::model::executor::VolumeMount {
            mode: crate::model::thrift::Mode::Ro,
            container_path: "/c".into(),
            host_path: Some("/h".into()),
        }],
        executor: crate::model::executor::Executor {
            name: "batch".into(),
            kind: Some(crate::model::executor::ExecutorType::Custom),
            command: crate::model::executor::Command {
                value: "./run".into(),
                shell: Some(false),
                arguments: vec!["-v".into(), "fast".into()],
                uris: vec![crate::model::executor::Uri {
                    value: "/dist/batch.tar".into(),
                    executable: Some(false),
                    extract: None,
                    cache: None,
                    output_file: Some("out".into()),
                }],
                user: Some("nobody".into()),
                environment: vec![("A".into(), "2".into()), ("B".into(), "1".into())],
            },
            cpus: Some(0.25),
            mem: Some(64),
            labels: vec![("team".into(), "x".into())],
            shutdown_grace_period_secs: Some(5),
            source: Some("here".into()),
        },
    };
    assert_eq!(*entry, expected);
    assert_eq!(declared.names, ["batch"]);
}

#[test]
fn what_mesos_would_not_take_is_said() {
    let arguments = |shell: Option<bool>| {
        let mut fields = vec![("value", Value::str("./run")), ("arguments", texts(&["-v"]))];
        fields.extend(shell.map(|s| ("shell", Value::Bool(s))));
        custom(executor("batch", make("Command", 400, &fields), &[]), &[])
    };
    assert_eq!(codes(arguments(None)), ["E0404"]);
    assert_eq!(codes(arguments(Some(true))), ["E0404"]);
    assert_eq!(codes(arguments(Some(false))), ["W0409"]);
    let sized = |cpu, ram| {
        let fields = [("name", Value::str("b")), ("command", run("x")), ("resources", resources(cpu, ram))];
        custom(make("Executor", 300, &fields), &[])
    };
    assert_eq!(codes(sized(0.1, 64)), ["E0405"]);
    assert_eq!(codes(sized(-1.0, 64 * MB)), ["E0405"]);
    assert_eq!(codes(sized(0.001, 31 * MB)), ["W0402", "W0402"]);
    assert!(codes(sized(0.01, 32 * MB)).is_empty());
    let grace =
        |n| custom(executor("batch", run("x"), &[("shutdown_grace_period_secs", Value::Int(n))]), &[]);
    assert_eq!(codes(grace(-1)), ["E0411"]);
    assert_eq!(codes(grace(i64::MAX / 1000)), ["E0411"]);
    assert_eq!(codes(custom(executor("", run(""), &[]), &[])), ["E0406", "E0406"]);
    assert_eq!(codes(custom(executor("AuroraExecutor", run("x"), &[]), &[])), ["E0403"]);
    assert_eq!(codes(custom(executor("b", run("x"), &[("type", Value::str("DEFAULT"))]), &[])), ["W0405"]);
}

#[test]
fn a_missing_field_is_named_at_its_object() {
    let command = make("Command", 400, &[]);
    let declared = read(Value::list(vec![make(
        "CustomExecutor",
        100,
        &[("executor", executor("batch", command, &[]))],
    )]));
    let said: Vec<(&str, u32)> =
        declared.diagnostics.iter().map(|d| (d.message.as_str(), d.primary.start)).collect();
    assert_eq!(said, [("CustomExecutor needs `task_prefix`", 100), ("Command needs `value`", 400)]);
    assert!(declared.diagnostics.iter().all(|d| d.notes.len() == 1), "{:?}", declared.diagnostics);
    assert_eq!(declared.names, ["batch"]);
}

#[test]
fn open_references_are_errors() {
    let found = codes(custom(executor("batch", run("{{nmae}} {{thermos.task_id}}"), &[]), &[]));
    assert_eq!(found, ["E0314", "E0314"]);
}

#[test]
fn lists_hold_executors_only() {
    let good = custom(executor("batch", run("x"), &[]), &[]);
    let kinds = |value: Value| {
        let declared = read(value);
        let codes: Vec<&str> = declared.diagnostics.iter().map(|d| d.code.id).collect();
        (declared.executors.len(), codes)
    };
    assert_eq!(kinds(Value::Int(4)), (0, vec!["W0401"]));
    assert_eq!(kinds(dict(&[("a", "b")])), (0, vec!["W0401"]));
    assert_eq!(kinds(texts(&["a"])), (0, vec!["W0401"]));
    assert_eq!(kinds(Value::list(Vec::new())), (0, vec![]));
    assert_eq!(kinds(good.clone()), (0, vec!["E0401"]));
    assert_eq!(kinds(Value::list(vec![executor("b", run("x"), &[])])), (0, vec!["E0401"]));
    assert_eq!(kinds(Value::list(vec![good.clone(), Value::Int(1)])), (1, vec!["E0401"]));
    assert_eq!(kinds(Value::tuple(vec![good.clone()])), (1, vec![]));
    assert_eq!(kinds(Value::list(vec![good.clone(), good])), (2, vec!["E0402"]));
}
