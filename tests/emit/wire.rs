//! The scheduler's calls, read back by other means and compared with the readable JSON field by field.

use std::fs;
use std::path::Path;

use jobc::emit::thrift::{self, Wire};
use jobc::emit::{Style, json};
use jobc::model::CompiledJob;
use jobc::model::thrift::Resource;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json as value};

use crate::samples;
use crate::tree::{Names, Tree, read_binary, read_tjson};

fn create(job: &CompiledJob, wire: Wire) -> Vec<u8> {
    let mut out = Vec::new();
    thrift::create(job, wire, &mut out).unwrap();
    out
}

fn update(job: &CompiledJob, message: Option<&str>, wire: Wire) -> Vec<u8> {
    let mut out = Vec::new();
    assert!(thrift::update(job, message, wire, &mut out).unwrap());
    out
}

/// A call in both encodings, which must tell the same, as readable JSON.
fn read(call: impl Fn(Wire) -> Vec<u8>) -> (String, Value) {
    let (name, tree): (String, Tree) = read_binary(&call(Wire::Binary));
    assert_eq!((name.clone(), tree.clone()), read_tjson(&call(Wire::Json)));
    let readable = Names::load().readable(&name, &tree);
    (name, readable)
}

fn readable(job: &CompiledJob) -> Value {
    let mut out = Vec::new();
    json::write_job_configuration(&job.configuration, Style::Compact, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

/// What the calls of a job must tell.
fn check(job: &CompiledJob) {
    let (name, arguments) = read(|wire| create(job, wire));
    assert_eq!(name, thrift::create_call(job));
    assert_eq!(arguments, value!({"description": readable(job)}));
    let Some(settings) = &job.update else { return };
    let mut text = Vec::new();
    json::write_update(settings, Style::Compact, &mut text).unwrap();
    let request = value!({
        "taskConfig": readable(job)["taskConfig"],
        "instanceCount": job.configuration.instance_count,
        "settings": serde_json::from_slice::<Value>(&text).unwrap(),
    });
    let (name, arguments) = read(|wire| update(job, None, wire));
    assert_eq!((name.as_str(), arguments), ("startJobUpdate", value!({"request": request})));
    let (_, arguments) = read(|wire| update(job, Some("why"), wire));
    assert_eq!(arguments, value!({"request": request, "message": "why"}));
}

#[test]
fn every_field_and_alternative() {
    for job in samples::variants() {
        check(&job);
    }
}

#[test]
fn a_cron_schedule_decides_the_call() {
    let mut job = samples::compiled("west", samples::small_job("a", "b", "c"), None);
    assert_eq!(read(|wire| create(&job, wire)).0, "createJob");
    // The scheduler, too, only asks whether the field is set.
    job.configuration.cron_schedule = Some(String::new());
    assert_eq!(read(|wire| create(&job, wire)).0, "scheduleCronJob");
}

#[test]
fn bytes_of_a_small_message() {
    let job = samples::compiled("west", samples::small_job("r", "e", "n"), None);
    let text = String::from_utf8(create(&job, Wire::Json)).unwrap();
    assert_eq!(
        text,
        concat!(
            r#"[1,"createJob",1,0,{"1":{"rec":{"9":{"rec":{"1":{"str":"r"},"2":{"str":"e"},"3":{"str":"n"}}},"#,
            r#""7":{"rec":{"2":{"str":"oracle"}}},"5":{"i32":0},"6":{"rec":{"28":{"rec":{"1":{"str":"r"},"#,
            r#""2":{"str":"e"},"3":{"str":"n"}}},"17":{"rec":{"2":{"str":"oracle"}}},"7":{"tf":0},"11":{"i32":0},"#,
            r#""13":{"i32":1},"32":{"set":["rec",3,{"1":{"dbl":0.5}},{"2":{"i64":64}},{"3":{"i64":128}}]},"#,
            r#""20":{"set":["rec",0]},"22":{"map":["str","str",0,{}]},"27":{"set":["rec",0]},"#,
            r#""29":{"rec":{"1":{"rec":{}}}}}},"8":{"i32":1}}}}]"#,
        )
    );
    let bytes = create(&job, Wire::Binary);
    assert_eq!(bytes[..21], *b"\x80\x01\x00\x01\x00\x00\x00\x09createJob\x00\x00\x00\x00");
    assert_eq!(bytes[21..31], *b"\x0c\x00\x01\x0c\x00\x09\x0b\x00\x01\x00");
}

#[test]
fn a_job_that_is_no_service_has_no_update() {
    let job = samples::compiled("west", samples::full_job(), None);
    let mut out = Vec::new();
    assert_eq!(thrift::update(&job, None, Wire::Json, &mut out), Ok(false));
    assert!(out.is_empty());
}

#[test]
fn numbers_beyond_the_wire_are_refused() {
    let mut job = samples::compiled("west", samples::full_job(), Some(samples::full_update()));
    job.configuration.instance_count = 1 << 31;
    job.configuration.task_config.resources = vec![Resource::NumCpus(f64::INFINITY)];
    for wire in [Wire::Json, Wire::Binary] {
        let mut out = Vec::new();
        let errors = thrift::create(&job, wire, &mut out).unwrap_err();
        let messages: Vec<&str> = errors.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "`numCpus` of job west/www-data/prod/hello cannot be sent: inf is not a finite number",
                "`instanceCount` of job west/www-data/prod/hello cannot be sent: 2147483648 is not a whole number of \
                 32 bits",
            ]
        );
        assert!(out.is_empty());
    }
}

proptest! {
    #[test]
    fn any_job(job in samples::any_job(), update in proptest::option::of(samples::any_update())) {
        check(&samples::compiled("west", job, update));
    }
}

/// Leaves messages, with what they must tell, for `check_wire.py`, which reads them with Python's `thrift`.
#[test]
fn messages_for_other_libraries() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut runner = TestRunner::deterministic();
    let random = (0..100).map(|_| {
        let job = samples::any_job().new_tree(&mut runner).unwrap().current();
        let update = samples::any_update().new_tree(&mut runner).unwrap().current();
        samples::compiled("west", job, Some(update))
    });
    for (number, job) in samples::variants().into_iter().chain(random.collect::<Vec<_>>()).enumerate() {
        let leave = |kind: &str, call: &dyn Fn(Wire) -> Vec<u8>| {
            let (name, arguments) = read(call);
            let stem = format!("{number:03}.{kind}");
            let expected = value!({"call": name, "arguments": arguments}).to_string();
            fs::write(folder.join(format!("{stem}.expected")), expected).unwrap();
            fs::write(folder.join(format!("{stem}.json")), call(Wire::Json)).unwrap();
            fs::write(folder.join(format!("{stem}.bin")), call(Wire::Binary)).unwrap();
        };
        leave("create", &|wire| create(&job, wire));
        if job.update.is_some() {
            leave("update", &|wire| update(&job, Some("é\u{1}🦀"), wire));
        }
    }
}
