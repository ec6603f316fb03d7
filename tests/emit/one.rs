//! One output to one writer, as for a pipe.

use std::path::PathBuf;

use jobc::emit::thrift::{self, Wire};
use jobc::emit::{Format, Input, OutputKind, Refusal, write_one};
use jobc::model::Bundle;

use crate::samples;

fn one(kind: OutputKind, bundle: &Bundle, format: &Format) -> Result<Vec<u8>, Vec<String>> {
    let mut out = Vec::new();
    let reads = [PathBuf::from("job.aurora")];
    match write_one(kind, Input { bundle, reads: &reads }, format, &mut out) {
        Ok(()) => Ok(out),
        Err(Refusal::Input(all)) => {
            assert!(out.is_empty());
            Err(all.into_iter().map(|d| format!("{} {}", d.code.id, d.message)).collect())
        }
        Err(other) => panic!("{other:?}"),
    }
}

fn bundle(count: usize) -> Bundle {
    let jobs = (0..count).map(|n| {
        let mut job = samples::full_job();
        job.key.name = format!("job{n}").into();
        job.cron_schedule = None;
        samples::compiled("west", job, Some(samples::full_update()))
    });
    samples::bundle(Vec::new(), jobs.collect())
}

#[test]
fn the_call_of_one_job_is_its_bytes_alone() {
    let bundle = bundle(1);
    for wire in [Wire::Json, Wire::Binary] {
        let format = Format { wire, message: Some("why".to_owned()), ..Format::default() };
        let mut create = Vec::new();
        thrift::create(&bundle.jobs[0], wire, &mut create).unwrap();
        assert_eq!(one(OutputKind::Create, &bundle, &format), Ok(create));
        let mut update = Vec::new();
        thrift::update(&bundle.jobs[0], Some("why"), wire, &mut update).unwrap();
        assert_eq!(one(OutputKind::Update, &bundle, &format), Ok(update));
    }
    assert_eq!(one(OutputKind::Data, &bundle, &Format::default()), Ok("{\"a\": \"é\\n\"}".into()));
    assert_eq!(
        one(OutputKind::Deps, &bundle, &Format::default()),
        Ok("{\n  \"reads\": [\n    \"job.aurora\"\n  ]\n}\n".into())
    );
}

#[test]
fn kinds_that_are_for_all_take_any_number_of_jobs() {
    for kind in [OutputKind::Bundle, OutputKind::Deps] {
        assert!(one(kind, &bundle(3), &Format::default()).is_ok());
    }
    // Without executors there is nothing to load.
    let refused = one(OutputKind::Executors, &bundle(3), &Format::default()).unwrap_err();
    assert!(refused[0].starts_with("E0717 "), "{refused:?}");
    let with_executor = samples::bundle(vec![samples::sample_executor()], bundle(3).jobs);
    assert!(one(OutputKind::Executors, &with_executor, &Format::default()).is_ok());
}

#[test]
fn several_jobs_or_none_are_refused() {
    for (count, words) in [(0, "there are 0"), (7, "there are 7")] {
        let refused = one(OutputKind::Create, &bundle(count), &Format::default()).unwrap_err();
        assert!(refused[0].starts_with("E0714 `--emit create` without `-o DIR`"), "{refused:?}");
        assert!(refused[0].ends_with(words), "{refused:?}");
    }
}

#[test]
fn jobs_without_such_an_output_are_refused() {
    let bundle =
        samples::bundle(Vec::new(), vec![samples::compiled("west", samples::small_job("a", "b", "c"), None)]);
    let refused = one(OutputKind::Update, &bundle, &Format::default()).unwrap_err();
    assert_eq!(refused, ["E0715 job west/a/b/c is not a service, so there is no update to send"]);
    let refused = one(OutputKind::Data, &bundle, &Format::default()).unwrap_err();
    assert_eq!(refused, ["E0716 job west/a/b/c has no executor, so there is no data for one"]);
}
