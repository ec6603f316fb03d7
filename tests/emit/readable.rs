//! The readable JSON against the shapes that other programs read.

use jobc::emit::{Style, json};
use proptest::prelude::*;
use serde_json::{Value, json as value};

use crate::samples;

fn written(write: impl Fn(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Parsed with the order of properties kept, and printed, so that the order is compared too.
fn ordered(text: &str) -> String {
    serde_json::to_string(&serde_json::from_str::<Value>(text).unwrap()).unwrap()
}

#[test]
fn an_empty_bundle() {
    let bundle = samples::bundle(Vec::new(), Vec::new());
    let pretty = written(|o| json::write_bundle(&bundle, Style::Pretty, o));
    assert_eq!(pretty, "{\n  \"executors\": [],\n  \"jobs\": []\n}\n");
    let compact = written(|o| json::write_bundle(&bundle, Style::Compact, o));
    assert_eq!(compact, "{\"executors\":[],\"jobs\":[]}\n");
}

#[test]
fn a_job_without_options_leaves_them_out() {
    let job = samples::small_job("www-data", "prod", "hello");
    let key = value!({"role": "www-data", "environment": "prod", "name": "hello"});
    let expected = value!({
        "key": key,
        "owner": {"user": "oracle"},
        "cronCollisionPolicy": "KILL_EXISTING",
        "taskConfig": {
            "job": key,
            "owner": {"user": "oracle"},
            "isService": false,
            "priority": 0,
            "maxTaskFailures": 1,
            "resources": [{"numCpus": 0.5}, {"ramMb": 64}, {"diskMb": 128}],
            "constraints": [],
            "taskLinks": {},
            "metadata": [],
            "container": {"mesos": {}},
        },
        "instanceCount": 1,
    });
    let text = written(|o| json::write_job_configuration(&job, Style::Pretty, o));
    assert_eq!(ordered(&text), expected.to_string());
}

#[test]
fn a_job_with_every_option() {
    let expected = value!({
        "key": {"role": "www-data", "environment": "prod", "name": "hello"},
        "owner": {"user": "oracle"},
        "cronSchedule": "*/5 * * * *",
        "cronCollisionPolicy": "CANCEL_NEW",
        "taskConfig": {
            "job": {"role": "www-data", "environment": "prod", "name": "hello"},
            "owner": {"user": "oracle"},
            "isService": true,
            "priority": -3,
            "maxTaskFailures": 1,
            "production": false,
            "tier": "preferred",
            "resources": [
                {"numCpus": 0.5}, {"ramMb": 64}, {"diskMb": 128}, {"numGpus": 2}, {"namedPort": "http"}
            ],
            "constraints": [
                {"name": "host", "constraint": {"limit": {"limit": 1}}},
                {"name": "rack", "constraint": {"value": {"negated": true, "values": ["a", "b"]}}},
            ],
            "mesosFetcherUris": [
                {"value": "http://repo/a.tar.gz", "extract": true, "cache": false, "outputFile": "a.tgz"}
            ],
            "taskLinks": {"log": "http://%host%"},
            "contactEmail": "team@example.test",
            "executorConfig": {"name": "myExecutor", "data": "{\"a\": \"é\\n\"}"},
            "metadata": [{"key": "owner", "value": "shop"}],
            "partitionPolicy": {"reschedule": true, "delaySecs": 30},
            "slaPolicy": {"percentageSlaPolicy": {"percentage": 95.0, "durationSecs": 1800}},
            "container": {"mesos": {
                "image": {"docker": {"name": "busybox", "tag": "1.36"}},
                "volumes": [{"containerPath": "/c", "hostPath": "/h", "mode": "RO"}],
            }},
        },
        "instanceCount": 7,
    });
    let text = written(|o| json::write_job_configuration(&samples::full_job(), Style::Compact, o));
    assert_eq!(text, format!("{expected}\n"));
}

#[test]
fn update_settings() {
    let expected = value!({
        "updateGroupSize": 2,
        "maxPerInstanceFailures": 1,
        "maxFailedInstances": 3,
        "minWaitInInstanceRunningMs": 45000,
        "rollbackOnFailure": true,
        "waitForBatchCompletion": false,
        "blockIfNoPulsesAfterMs": 60000,
        "slaAware": true,
        "updateStrategy": {"varBatchStrategy": {"groupSizes": [1, 2, 4], "autopauseAfterBatch": true}},
    });
    let text = written(|o| json::write_update(&samples::full_update(), Style::Compact, o));
    assert_eq!(text, format!("{expected}\n"));
}

#[test]
fn the_documents_sample_of_an_executor() {
    let bundle = samples::bundle(vec![samples::sample_executor()], Vec::new());
    let expected = value!([{
        "executor": {
            "name": "myExecutor",
            "command": {
                "value": "myExecutor.a",
                "shell": false,
                "arguments": ["localhost:2181", "-verbose", "-config myConfiguration.config"],
                "uris": [
                    {"value": "/dist/myExecutor.a", "executable": true, "extract": false, "cache": true},
                    {
                        "value": "/home/user/myConfiguration.config",
                        "executable": false,
                        "extract": false,
                        "cache": false,
                    },
                ],
            },
            "resources": [
                {"name": "cpus", "type": "SCALAR", "scalar": {"value": 1.0}},
                {"name": "mem", "type": "SCALAR", "scalar": {"value": 512}},
            ],
        },
        "volume_mounts": [
            {"mode": "RO", "container_path": "/path/on/container", "host_path": "/path/to/host/directory"},
            {"mode": "RW", "container_path": "/container", "host_path": "/host"},
        ],
        "task_prefix": "my-executor-",
    }]);
    let text = written(|o| json::write_executors(&bundle.executors, Style::Compact, o));
    assert_eq!(text, format!("{expected}\n"));
}

#[test]
fn an_executor_with_every_property() {
    let bundle = samples::bundle(vec![samples::full_executor()], Vec::new());
    let text = written(|o| json::write_executors(&bundle.executors, Style::Pretty, o));
    let expected = value!({
        "name": "myExecutor",
        "type": "CUSTOM",
        "command": {
            "value": "myExecutor.a",
            "shell": false,
            "arguments": ["localhost:2181", "-verbose", "-config myConfiguration.config"],
            "uris": [
                {
                    "value": "/dist/myExecutor.a",
                    "executable": true,
                    "extract": false,
                    "cache": true,
                    "output_file": "a",
                },
                {
                    "value": "/home/user/myConfiguration.config",
                    "executable": false,
                    "extract": false,
                    "cache": false,
                },
            ],
            "user": "nobody",
            "environment": {"variables": [{"name": "HOME", "value": "/tmp"}]},
        },
        "resources": [
            {"name": "cpus", "type": "SCALAR", "scalar": {"value": 1.0}},
            {"name": "mem", "type": "SCALAR", "scalar": {"value": 512}},
        ],
        "labels": {"labels": [{"key": "team", "value": "shop"}]},
        "shutdown_grace_period": {"nanoseconds": 5_000_000_000_i64},
        "source": "hand",
    });
    let parsed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(parsed[0]["executor"].to_string(), expected.to_string());
}

#[test]
fn the_bundle_names_keys_and_gives_updates_to_services() {
    let jobs = vec![
        samples::compiled("west", samples::full_job(), Some(samples::full_update())),
        samples::compiled("east", samples::small_job("a", "b", "c"), None),
    ];
    let bundle = samples::bundle(vec![samples::sample_executor()], jobs);
    let text = written(|o| json::write_bundle(&bundle, Style::Pretty, o));
    let parsed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(parsed["jobs"][0]["key"], "west/www-data/prod/hello");
    assert_eq!(parsed["jobs"][0]["update"]["updateGroupSize"], 2);
    assert_eq!(parsed["jobs"][1]["key"], "east/a/b/c");
    assert_eq!(parsed["jobs"][1].get("update"), None);
    assert!(text.starts_with(
        "{\n  \"executors\": [\n    {\n      \"executor\": {\n        \"name\": \"myExecutor\""
    ));
    assert!(text.ends_with("      }\n    }\n  ]\n}\n"), "{text}");
}

#[test]
fn large_bundles_pass_through_whole() {
    let jobs = (0..2000).map(|n| samples::small_job("role", "env", &format!("job{n}")));
    let bundle = samples::bundle(Vec::new(), jobs.map(|j| samples::compiled("west", j, None)).collect());
    let text = written(|o| json::write_bundle(&bundle, Style::Pretty, o));
    let parsed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(parsed["jobs"].as_array().map(Vec::len), Some(2000));
    assert_eq!(parsed["jobs"][1999]["key"], "west/role/env/job1999");
}

proptest! {
    /// Layout as `serde_json` has it, which is what people are used to; numbers aside, byte for byte.
    #[test]
    fn the_layout_is_serde_jsons(job in samples::any_job()) {
        let pretty = written(|o| json::write_job_configuration(&job, Style::Pretty, o));
        let compact = written(|o| json::write_job_configuration(&job, Style::Compact, o));
        let parsed: Value = serde_json::from_str(&pretty).unwrap();
        prop_assert_eq!(&parsed, &serde_json::from_str::<Value>(&compact).unwrap());
        let without_numbers = |text: &str| text.replace(|c: char| c.is_ascii_digit() || "+-.e".contains(c), "");
        prop_assert_eq!(
            without_numbers(pretty.trim_end()),
            without_numbers(&serde_json::to_string_pretty(&parsed).unwrap())
        );
        prop_assert_eq!(without_numbers(compact.trim_end()), without_numbers(&parsed.to_string()));
    }
}
