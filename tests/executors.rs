//! Custom executors there and back: as JSON, and in the language.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should panic")]

use std::sync::Arc;

use jobc::driver::{Options, Session};
use jobc::emit::{Style, json, language};
use jobc::eval;
use jobc::model::executor::{Command, CustomExecutor, Executor, ExecutorType, Uri, VolumeMount};
use jobc::model::executors::import::{import, names};
use jobc::model::thrift::Mode;
use jobc::model::{CompiledExecutor, Places};
use jobc::source::{FileId, MemoryLoader, Span};
use jobc::template::value::Text;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

/// Any text but templates, which no entry can hold.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z./:-]{1,12}",
        "\\PC{1,12}",
        "[\\x00-\\x7f]{1,8}",
        Just("{a} '\"\\ ${B}\n\té→\u{1f600}".to_string())
    ]
    .prop_filter("a template", |text| Text::from(text.as_str()).template().is_none())
}

/// Text that may be empty.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![9 => text(), 1 => Just(String::new())]
}

fn uri() -> impl Strategy<Value = Uri> {
    let flag = || option::of(any::<bool>());
    (text(), flag(), flag(), flag(), option::of(any_text())).prop_map(
        |(value, executable, extract, cache, output_file)| Uri {
            value,
            executable,
            extract,
            cache,
            output_file,
        },
    )
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    btree_map(text(), any_text(), 0..4).prop_map(|map| map.into_iter().rev().collect())
}

fn command() -> impl Strategy<Value = Command> {
    let arguments = vec(any_text(), 0..4);
    (text(), option::of(any::<bool>()), arguments, vec(uri(), 0..3), option::of(any_text()), pairs())
        .prop_map(|(value, shell, arguments, uris, user, environment)| {
            // Arguments under a shell are refused.
            let arguments = if shell == Some(false) { arguments } else { Vec::new() };
            Command { value, shell, arguments, uris, user, environment }
        })
}

fn volume() -> impl Strategy<Value = VolumeMount> {
    (prop_oneof![Just(Mode::Ro), Just(Mode::Rw)], text(), option::of(text()))
        .prop_map(|(mode, container_path, host_path)| VolumeMount { mode, container_path, host_path })
}

fn executor() -> impl Strategy<Value = Executor> {
    let kind = option::of(prop_oneof![Just(ExecutorType::Default), Just(ExecutorType::Custom)]);
    let cpus = prop_oneof![0.0..64.0f64, Just(1.0), Just(0.1), Just(1e-7), Just(1e17)];
    let mem = prop_oneof![1..4096i64, Just(1024), Just(i64::MAX >> 20)];
    let grace = option::of(0..=i64::MAX / 1_000_000_000);
    (text(), kind, command(), option::of(cpus), option::of(mem), pairs(), grace, option::of(any_text()))
        .prop_map(|(name, kind, command, cpus, mem, labels, shutdown_grace_period_secs, source)| Executor {
            name,
            kind,
            command,
            cpus,
            mem,
            labels,
            shutdown_grace_period_secs,
            source,
        })
}

fn entries() -> impl Strategy<Value = Vec<CustomExecutor>> {
    let entry =
        (executor(), vec(volume(), 0..3), any_text()).prop_map(|(executor, volume_mounts, task_prefix)| {
            CustomExecutor { executor, volume_mounts, task_prefix }
        });
    vec(entry, 1..4).prop_map(|mut entries| {
        for (index, entry) in entries.iter_mut().enumerate() {
            entry.executor.name.push_str(&index.to_string());
        }
        entries
    })
}

/// What a file with this text declares; panics where it is refused.
fn compiled(text: &str) -> Vec<CustomExecutor> {
    let loader = Arc::new(MemoryLoader::new([("job.aurora", text)]));
    let session = Session::new(loader, Options::default());
    let (errors, entries): (Vec<String>, Vec<CustomExecutor>) = eval::with_stack(|| {
        let compilation = session.compile("job.aurora");
        let errors = compilation.diagnostics.iter().filter(|d| d.is_error());
        let errors = errors.map(|d| d.message.clone()).collect();
        (errors, compilation.bundle.executors.into_iter().map(|e| e.entry).collect())
    });
    assert!(errors.is_empty(), "{errors:?} in\n{text}");
    entries
}

/// The same entries with environments and labels in the order of their names.
fn sorted(mut entries: Vec<CustomExecutor>) -> Vec<CustomExecutor> {
    for entry in &mut entries {
        entry.executor.command.environment.sort();
        entry.executor.labels.sort();
    }
    entries
}

fn printed(entries: &[CustomExecutor]) -> String {
    let mut out = Vec::new();
    language::write_executors(entries, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_language_gives_the_same_entries_back(entries in entries()) {
        // Dicts of the language have an order of their own.
        prop_assert_eq!(sorted(compiled(&printed(&entries))), sorted(entries));
    }

    #[test]
    fn json_gives_the_same_entries_back(entries in entries()) {
        let executors: Vec<CompiledExecutor> = entries
            .iter()
            .map(|entry| CompiledExecutor { entry: entry.clone(), places: Places::whole(Span::NONE) })
            .collect();
        let mut out = Vec::new();
        json::write_executors(&executors, Style::Pretty, &mut out).unwrap();
        let imported = import(std::str::from_utf8(&out).unwrap(), FileId(0));
        prop_assert!(imported.diagnostics.is_empty(), "{:?}", imported.diagnostics);
        prop_assert_eq!(imported.entries, entries);
    }
}

/// A file as the scheduler's own libraries take it.
#[derive(serde::Deserialize)]
struct Answer {
    name: String,
    text: String,
    loads: bool,
}

/// What stops the scheduler, as opposed to what cannot be written in a job file.
const STOPS: [&str; 3] = ["E0402", "E0403", "E0412"];

#[test]
fn files_load_where_the_scheduler_loads_them() {
    let mut wrong = Vec::new();
    for line in include_str!("loader/executors.jsonl").lines() {
        let answer: Answer = serde_json::from_str(line).unwrap();
        let (_, known) = names(&answer.text, FileId(0));
        let imported = import(&answer.text, FileId(0));
        let refused = imported.entries.is_empty() && imported.diagnostics.iter().any(|d| d.is_error());
        if known.iter().any(|d| d.is_error()) == answer.loads {
            wrong.push(format!("{}: loads is {}, but {known:?}", answer.name, answer.loads));
        }
        if !answer.loads && !imported.diagnostics.iter().any(|d| STOPS.contains(&d.code.id)) {
            wrong.push(format!("{}: imported, but it stops the scheduler", answer.name));
        }
        if !refused {
            compiled(&printed(&imported.entries));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
