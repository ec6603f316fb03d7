//! Files that the scheduler takes, and files that it does not. Many more, with the scheduler's own answers, are in
//! tests/loader.

use super::*;

const SAMPLE: &str = r#"[{
  "executor": {
    "name": "myExecutor",
    "command": {
      "value": "myExecutor.a", "shell": "false", "arguments": ["localhost:2181", null],
      "uris": [{"value": "/dist/myExecutor.a", "executable": true, "extract": 0, "cache": "True"}],
      "environment": {"variables": [{"name": "A", "value": 5}]}
    },
    "resources": [
      {"name": "mem", "type": "SCALAR", "scalar": {"value": "512"}},
      {"name": "cpus", "type": 0, "scalar": {"value": 1.00}}
    ],
    "labels": {"labels": [{"key": "team", "value": "x"}]},
    "shutdown_grace_period": {"nanoseconds": 5000000000},
    "type": "CUSTOM", "source": null
  },
  "volume_mounts": [{"mode": "RO", "container_path": "/c", "host_path": "/h"}],
  "task_prefix": "my-executor-"
}]"#;

fn read(text: &str) -> Imported {
    import(text, FileId(0))
}

#[test]
fn what_the_scheduler_takes_is_read() {
    let imported = read(SAMPLE);
    assert!(imported.diagnostics.is_empty(), "{:?}", imported.diagnostics);
    let entry = &imported.entries[0];
    let executor = &entry.executor;
    assert_eq!((executor.cpus, executor.mem), (Some(1.0), Some(512)));
    assert_eq!(executor.command.shell, Some(false));
    assert_eq!(executor.command.arguments, ["localhost:2181"]);
    assert_eq!(executor.command.uris[0].extract, Some(false));
    assert_eq!(executor.command.uris[0].cache, Some(true));
    assert_eq!(executor.command.environment, [("A".to_string(), "5".to_string())]);
    assert_eq!(executor.shutdown_grace_period_secs, Some(5));
    assert_eq!(executor.source, None);
    assert_eq!(entry.volume_mounts.len(), 1);
    assert_eq!(names(SAMPLE, FileId(0)).0, ["myExecutor"]);
}

/// The code and the text at the place of every diagnostic after a change of the sample.
fn said(from: &str, to: &str) -> Vec<(&'static str, String)> {
    assert!(SAMPLE.contains(from), "{from}");
    let text = SAMPLE.replace(from, to);
    let place = |d: &Diagnostic| text[d.primary.start as usize..d.primary.end as usize].to_string();
    read(&text).diagnostics.iter().map(|d| (d.code.id, place(d))).collect()
}

#[test]
fn mistakes_are_told_at_their_place() {
    let cases = [
        (r#""task_prefix": "my-"#, r#""task_prefx": "my-"#, "E0412", r#""task_prefx""#),
        (r#""shell": "false""#, r#""shell": "no""#, "E0412", r#""no""#),
        (r#""shell": "false""#, r#""shell": "FALSE""#, "E0412", r#""FALSE""#),
        (r#""shell": "false", "#, "", "W0408", r#""arguments""#),
        (r#""shell": "false""#, r#""shell": """#, "W0408", r#""""#),
        (r#""source": null"#, r#""type": "CUSTOM""#, "W0408", r#""type""#),
        (r#""mode": "RO""#, r#""mode": "rx""#, "E0412", r#""rx""#),
        (r#""value": "512""#, r#""value": 0.5"#, "E0413", "0.5"),
        (r#""name": "cpus""#, r#""name": "disk""#, "E0413", ""),
        (r#""name": "myExecutor""#, r#""name": "AuroraExecutor""#, "E0403", r#""AuroraExecutor""#),
        (r#""name": "myExecutor""#, r#""name": "a{{b}}""#, "E0413", r#""a{{b}}""#),
        (r#""name": "myExecutor""#, r#""name": "a\ud800""#, "E0413", r#""a\ud800""#),
        (r#""type": "CUSTOM","#, r#""container": {"type": "DOCKER"},"#, "E0413", r#""container""#),
        (r#""type": "CUSTOM","#, r#""container": {"type": "DOKER"},"#, "E0412", r#""DOKER""#),
        (r#""key": "team", "value": "x""#, r#""key": "team""#, "E0413", r#"{"key": "team"}"#),
        ("5000000000", "5000000001", "E0413", "5000000001"),
        (r#"{"value": 1.00}"#, "1.00", "E0412", "1.00"),
        (r#""value": 1.00}"#, r#""value": 1.00]"#, "E0412", "]"),
    ];
    for (from, to, code, place) in cases {
        let said = said(from, to);
        assert!(
            said.iter().any(|(c, p)| *c == code && (place.is_empty() || p == place)),
            "{to} gave {said:?}"
        );
    }
    assert_eq!(read("{}").diagnostics[0].message, "the file is an object, but must be an array");
}

#[test]
fn two_of_one_name_are_refused() {
    let twice = format!("[{0},{0}]", SAMPLE.trim_start_matches('[').trim_end_matches(']'));
    assert_eq!(read(&twice).diagnostics[0].code.id, "E0402");
    assert_eq!(read(&twice).entries.len(), 1);
}

#[test]
fn a_bad_entry_loses_no_good_one() {
    let good = SAMPLE.trim_start_matches('[').trim_end_matches(']');
    let bad = good.replace("myExecutor", "other").replace("\"RO\"", "\"rx\"");
    let imported = read(&format!("[{bad}, {good}, 5, {{}}]"));
    assert_eq!(imported.entries.iter().map(|e| e.executor.name.as_str()).collect::<Vec<_>>(), ["myExecutor"]);
    assert_eq!(imported.refused, 3);
    assert!(imported.diagnostics.iter().all(|d| d.code.id == "E0412"), "{:?}", imported.diagnostics);
}

#[test]
fn what_follows_the_array_is_told() {
    let imported = read(&format!("{SAMPLE} [] "));
    assert_eq!(imported.entries.len(), 1);
    assert_eq!(imported.diagnostics[0].code.id, "W0408");
}

#[test]
fn nothing_panics_on_json_of_any_kind() {
    for text in
        ["", "[", "null", "[null]", "[[]]", "[{}]", "[]", r#"[{"executor": 1, "task_prefix": {}}]"#, "\"é"]
    {
        assert!(read(text).diagnostics.iter().any(Diagnostic::is_error), "{text}");
        let _ = names(text, FileId(0));
    }
}
