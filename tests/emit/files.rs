//! Sets of files: what is written, what is left alone, what is removed, what is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jobc::emit::files::{Plan, Report, write};
use jobc::emit::thrift::Wire;
use jobc::emit::{Format, Input, Kind, Refusal, Style, json};
use jobc::model::Bundle;
use tempfile::TempDir;

use crate::samples;

fn plan(directory: &Path, kinds: &[Kind]) -> Plan {
    Plan {
        directory: directory.to_owned(),
        kinds: kinds.to_vec(),
        format: Format::default(),
        prune: false,
        sync: false,
    }
}

/// One job for each name, in `west/svc/prod`, with these many instances.
fn jobs(names: &[&str], instances: i64) -> Bundle {
    let compiled = names.iter().map(|name| {
        let mut job = samples::small_job("svc", "prod", name);
        job.instance_count = instances;
        samples::compiled("west", job, None)
    });
    samples::bundle(vec![samples::sample_executor()], compiled.collect())
}

fn run(plan: &Plan, bundle: &Bundle) -> Report {
    write(plan, Input { bundle, reads: &[PathBuf::from("job.aurora")] }).unwrap()
}

/// The messages of a refusal.
fn refusal(plan: &Plan, bundle: &Bundle) -> Vec<String> {
    match write(plan, Input { bundle, reads: &[] }) {
        Err(Refusal::Input(all)) => all.into_iter().map(|d| format!("{} {}", d.code.id, d.message)).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

/// Every file below a folder but jobc's record, with its content.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                walk(root, &path, out);
            } else if name != ".jobc-manifest.json" {
                out.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(folder, folder, &mut out);
    out
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

fn paths(report: &[PathBuf]) -> Vec<&str> {
    report.iter().map(|p| p.to_str().unwrap()).collect()
}

/// What tells whether a file was written again.
fn identity(path: &Path) -> (std::time::SystemTime, u64) {
    use std::os::unix::fs::MetadataExt;
    let meta = fs::metadata(path).unwrap();
    (meta.modified().unwrap(), meta.ino())
}

const USUAL: &[Kind] = &[Kind::Executors, Kind::Jobs];

#[test]
fn executors_and_jobs() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("made/on/the/way");
    let bundle = jobs(&["web", "api"], 1);
    let report = run(&plan(&out, USUAL), &bundle);
    let expected = ["executors.json", "jobs/west/svc/prod/web.json", "jobs/west/svc/prod/api.json"];
    assert_eq!(paths(&report.written), expected);
    assert_eq!(names(&out), [expected[0], expected[2], expected[1]]);
    let mut job = Vec::new();
    json::write_job_configuration(&bundle.jobs[1].configuration, Style::Pretty, &mut job).unwrap();
    assert_eq!(tree(&out)["jobs/west/svc/prod/api.json"], job);
    let mut executors = Vec::new();
    json::write_executors(&bundle.executors, Style::Pretty, &mut executors).unwrap();
    assert_eq!(tree(&out)["executors.json"], executors);
}

#[test]
fn every_kind() {
    let dir = TempDir::new().unwrap();
    let mut service = samples::full_job();
    service.cron_schedule = None;
    let jobs = vec![
        samples::compiled("west", service, Some(samples::full_update())),
        samples::compiled("west", samples::small_job("svc", "prod", "once"), None),
    ];
    let bundle = samples::bundle(Vec::new(), jobs);
    run(&plan(dir.path(), &Kind::ALL), &bundle);
    let base = [
        "bundle.json",
        "deps.json",
        "executors.json",
        "jobs/west/svc/prod/once.create.json",
        "jobs/west/svc/prod/once.json",
        "jobs/west/www-data/prod/hello.create.json",
        "jobs/west/www-data/prod/hello.data",
        "jobs/west/www-data/prod/hello.json",
        "jobs/west/www-data/prod/hello.update.json",
    ];
    assert_eq!(names(dir.path()), base);
    assert_eq!(tree(dir.path())["jobs/west/www-data/prod/hello.data"], "{\"a\": \"é\\n\"}".as_bytes());
    let mut binary = plan(dir.path(), &[Kind::Create, Kind::Update]);
    binary.format.wire = Wire::Binary;
    binary.prune = true;
    run(&binary, &bundle);
    let calls = [
        "jobs/west/svc/prod/once.create.bin",
        "jobs/west/www-data/prod/hello.create.bin",
        "jobs/west/www-data/prod/hello.update.bin",
    ];
    assert_eq!(names(dir.path()), calls);
}

#[test]
fn what_is_equal_keeps_its_file() {
    let dir = TempDir::new().unwrap();
    let kept = dir.path().join("jobs/west/svc/prod/a.json");
    run(&plan(dir.path(), USUAL), &jobs(&["a", "b", "c"], 1));
    let before = identity(&kept);
    let again = run(&plan(dir.path(), USUAL), &jobs(&["a", "b", "c"], 1));
    assert_eq!((again.written.len(), again.unchanged), (0, 4));
    assert_eq!(identity(&kept), before);
    // A folder that is exchanged links what stays.
    let mut changed = jobs(&["a", "b", "c"], 1);
    changed.jobs[1].configuration.instance_count = 2;
    changed.jobs[2].configuration.instance_count = 2;
    let report = run(&plan(dir.path(), USUAL), &changed);
    assert_eq!(paths(&report.written), ["jobs/west/svc/prod/b.json", "jobs/west/svc/prod/c.json"]);
    assert_eq!(identity(&kept), before);
    assert_eq!(tree(dir.path()).len(), 4);
}

#[test]
fn prune_removes_what_jobc_wrote_and_nothing_else() {
    let dir = TempDir::new().unwrap();
    let prod = dir.path().join("jobs/west/svc/prod");
    run(&plan(dir.path(), USUAL), &jobs(&["a", "b", "c", "d"], 1));
    fs::write(prod.join("mine.json"), "mine").unwrap();
    fs::write(dir.path().join("README"), "mine").unwrap();
    std::os::unix::fs::symlink("mine.json", prod.join("link")).unwrap();
    fs::create_dir(prod.join("empty")).unwrap();
    fs::write(prod.join("d.json"), "edited").unwrap();

    let kept = run(&plan(dir.path(), USUAL), &jobs(&["a"], 2));
    let stale = ["jobs/west/svc/prod/b.json", "jobs/west/svc/prod/c.json", "jobs/west/svc/prod/d.json"];
    assert_eq!(paths(&kept.stale), stale);
    assert!(prod.join("b.json").exists());

    let mut pruning = plan(dir.path(), USUAL);
    pruning.prune = true;
    let report = run(&pruning, &jobs(&["a"], 3));
    assert_eq!(paths(&report.removed), &stale[..2]);
    assert_eq!(paths(&report.edited), &stale[2..]);
    let left = ["a.json", "d.json", "link", "mine.json"].map(|n| format!("jobs/west/svc/prod/{n}"));
    assert_eq!(names(dir.path()), [&["README".to_owned(), "executors.json".to_owned()], &left[..]].concat());
    assert_eq!(fs::read_link(prod.join("link")).unwrap(), Path::new("mine.json"));
    assert!(prod.join("empty").is_dir());
    assert!(!dir.path().join(".jobc-stage").exists());
}

#[test]
fn prune_removes_folders_that_are_empty_then() {
    let dir = TempDir::new().unwrap();
    for (bundle, pruned) in [(jobs(&["a"], 1), 1), (jobs(&["a", "b"], 1), 2)] {
        run(&plan(dir.path(), USUAL), &bundle);
        let mut pruning = plan(dir.path(), USUAL);
        pruning.prune = true;
        assert_eq!(run(&pruning, &jobs(&[], 1)).removed.len(), pruned);
        assert_eq!(names(dir.path()), ["executors.json"]);
        assert!(!dir.path().join("jobs/west").exists());
    }
}

#[test]
fn files_of_others_are_never_pruned() {
    let dir = TempDir::new().unwrap();
    let prod = dir.path().join("jobs/west/svc/prod");
    fs::create_dir_all(&prod).unwrap();
    fs::write(prod.join("old.json"), "{}").unwrap();
    let mut pruning = plan(dir.path(), USUAL);
    pruning.prune = true;
    run(&pruning, &jobs(&["a"], 1));
    assert!(prod.join("old.json").exists());
}

#[test]
fn a_run_that_was_stopped_leaves_nothing_in_the_way() {
    let dir = TempDir::new().unwrap();
    fs::create_dir_all(dir.path().join(".jobc-stage/new/jobs")).unwrap();
    fs::write(dir.path().join(".jobc-stage/new/executors.json"), "half").unwrap();
    run(&plan(dir.path(), USUAL), &jobs(&["a"], 1));
    assert_eq!(names(dir.path()), ["executors.json", "jobs/west/svc/prod/a.json"]);
}

#[test]
fn names_that_leave_the_directory_are_refused() {
    for name in ["..", ".", "", "../../../../../x", "/etc/x", "a/b", "a\\b", "a\0b"] {
        let dir = TempDir::new().unwrap();
        let out = dir.path().join("out");
        let refused = refusal(&plan(&out, USUAL), &jobs(&["fine", name], 1));
        assert!(refused[0].starts_with("E0711 the name of job "), "{refused:?}");
        assert!(!out.exists(), "{name:?}");
    }
    let dir = TempDir::new().unwrap();
    for part in 0..3 {
        let mut bundle = jobs(&["web"], 1);
        let job = &mut bundle.jobs[0];
        let key = &mut job.configuration.key;
        *[&mut job.cluster, &mut key.role, &mut key.environment][part] = "..".into();
        assert_eq!(refusal(&plan(dir.path(), USUAL), &bundle).len(), 1);
    }
    assert_eq!(names(dir.path()), [""; 0]);
}

#[test]
fn links_are_not_followed() {
    let dir = TempDir::new().unwrap();
    let elsewhere = TempDir::new().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("jobs")).unwrap();
    let refused = refusal(&plan(dir.path(), USUAL), &jobs(&["web"], 1));
    assert!(refused[0].starts_with("E0713 ") && refused[0].contains("is a link"), "{refused:?}");
    assert_eq!(names(elsewhere.path()), [""; 0]);

    // A link in the place of a file is replaced.
    let dir = TempDir::new().unwrap();
    let outside = elsewhere.path().join("x");
    fs::write(&outside, "keep").unwrap();
    std::os::unix::fs::symlink(&outside, dir.path().join("executors.json")).unwrap();
    run(&plan(dir.path(), USUAL), &jobs(&["web"], 1));
    assert_eq!(fs::read(&outside).unwrap(), b"keep");
    assert!(dir.path().join("executors.json").symlink_metadata().unwrap().is_file());
}

#[test]
fn folders_in_the_place_of_files_are_refused() {
    let dir = TempDir::new().unwrap();
    fs::create_dir_all(dir.path().join("jobs/west/svc/prod/web.json")).unwrap();
    let refused = refusal(&plan(dir.path(), USUAL), &jobs(&["web"], 1));
    assert!(refused[0].contains("is a folder"), "{refused:?}");
    fs::write(dir.path().join("file"), "").unwrap();
    fs::rename(dir.path().join("jobs"), dir.path().join("moved")).unwrap();
    fs::write(dir.path().join("jobs"), "").unwrap();
    let refused = refusal(&plan(dir.path(), USUAL), &jobs(&["web"], 1));
    assert!(refused[0].contains("is a file, but a folder goes there"), "{refused:?}");
}

#[test]
fn two_outputs_in_one_file_are_refused() {
    let dir = TempDir::new().unwrap();
    let twice = refusal(&plan(dir.path(), USUAL), &jobs(&["web", "web"], 1));
    assert!(twice[0].starts_with("E0712 the configuration of job west/svc/prod/web and"), "{twice:?}");
    let calls = [Kind::Jobs, Kind::Create];
    let refused = refusal(&plan(dir.path(), &calls), &jobs(&["web", "web.create"], 1));
    assert!(refused[0].contains("jobs/west/svc/prod/web.create.json"), "{refused:?}");
    assert_eq!(names(dir.path()), [""; 0]);
    // Here upper and lower case are two files.
    run(&plan(dir.path(), USUAL), &jobs(&["web", "Web"], 1));
    assert_eq!(names(dir.path()).len(), 3);
}

#[test]
fn a_number_too_large_changes_nothing() {
    let dir = TempDir::new().unwrap();
    run(&plan(dir.path(), &[Kind::Create]), &jobs(&["a", "b"], 1));
    let before = tree(dir.path());
    let refused = refusal(&plan(dir.path(), &[Kind::Create]), &jobs(&["a", "b"], 1 << 40));
    assert!(refused[0].starts_with("E0710 "), "{refused:?}");
    assert_eq!(tree(dir.path()), before);
}

#[test]
fn sets_are_the_same_every_time() {
    let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let bundle = jobs(&["a", "b", "c"], 1);
    run(&plan(one.path(), &Kind::ALL), &jobs(&["x", "a"], 2));
    let mut pruning = plan(one.path(), &Kind::ALL);
    pruning.prune = true;
    run(&pruning, &bundle);
    run(&plan(two.path(), &Kind::ALL), &bundle);
    assert_eq!(tree(one.path()), tree(two.path()));
    let record = |dir: &TempDir| fs::read(dir.path().join(".jobc-manifest.json")).unwrap();
    assert_eq!(record(&one), record(&two));
}

#[test]
fn waiting_for_the_disk_changes_nothing_else() {
    let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let names: Vec<String> = (0..40).map(|n| format!("job{n}")).collect();
    let bundle = jobs(&names.iter().map(String::as_str).collect::<Vec<_>>(), 1);
    for count in [2, 40] {
        let some = jobs(&names.iter().take(count).map(String::as_str).collect::<Vec<_>>(), 1);
        let mut synced = plan(one.path(), USUAL);
        synced.sync = true;
        run(&synced, &some);
    }
    run(&plan(two.path(), USUAL), &bundle);
    assert_eq!(tree(one.path()), tree(two.path()));
}

#[cfg(unix)]
#[test]
fn folders_keep_their_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let dir = TempDir::new().unwrap();
    let prod = dir.path().join("jobs/west/svc/prod");
    run(&plan(dir.path(), USUAL), &jobs(&["a", "b"], 1));
    fs::set_permissions(&prod, fs::Permissions::from_mode(0o750)).unwrap();
    run(&plan(dir.path(), USUAL), &jobs(&["a", "b"], 2));
    assert_eq!(fs::metadata(&prod).unwrap().permissions().mode() & 0o777, 0o750);
}
