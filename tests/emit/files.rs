//! Sets of files: what is written, what is left alone, what is removed, what is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jobc::diagnostics::Diagnostic;
use jobc::emit::files::{Folder, Plan, Report, Share, prepare, recover};
use jobc::emit::thrift::Wire;
use jobc::emit::{Input, OutputKind, Refusal, Style, json};
use jobc::model::Bundle;
use tempfile::TempDir;

use crate::samples;

/// A folder and what is written to it.
struct Order {
    directory: PathBuf,
    plan: Plan,
}

fn order(directory: &Path, kinds: &[OutputKind]) -> Order {
    let plan = Plan { kinds: kinds.to_vec(), ..Plan::default() };
    Order { directory: directory.to_owned(), plan }
}

/// What `job.aurora`, beside the folder, gives.
fn share_of_all(bundle: &Bundle) -> Share {
    let executors = (0..bundle.executors.len()).collect();
    Share { owner: "../job.aurora".to_owned(), jobs: 0..bundle.jobs.len(), executors }
}

fn written(order: &Order, bundle: &Bundle) -> Result<(Report, Vec<Diagnostic>), Refusal> {
    let folder = Folder::open(&order.directory)?;
    assert!(folder.try_lock()?);
    recover(&folder)?;
    let input = Input { bundle, reads: &[PathBuf::from("job.aurora")] };
    prepare(&folder, &order.plan, input, &[share_of_all(bundle)])?.commit()
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

fn run(order: &Order, bundle: &Bundle) -> Report {
    written(order, bundle).unwrap().0
}

/// The messages of a refusal.
fn refusal(order: &Order, bundle: &Bundle) -> Vec<String> {
    match written(order, bundle) {
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

const USUAL: &[OutputKind] = &[OutputKind::Executors, OutputKind::Jobs];

#[test]
fn executors_and_jobs() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("made/on/the/way");
    let bundle = jobs(&["web", "api"], 1);
    let report = run(&order(&out, USUAL), &bundle);
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
    let mut all = order(dir.path(), &OutputKind::ALL);
    all.plan.empty_executors = true;
    run(&all, &bundle);
    let base = [
        "bundle.json",
        "deps.json",
        "executors.json",
        "jobs/west/svc/prod/once.create.json",
        "jobs/west/svc/prod/once.json",
        "jobs/west/www-data/prod/hello.create.json",
        "jobs/west/www-data/prod/hello.data",
        "jobs/west/www-data/prod/hello.json",
        "jobs/west/www-data/prod/hello.request.json",
        "jobs/west/www-data/prod/hello.update.json",
    ];
    assert_eq!(names(dir.path()), base);
    assert_eq!(tree(dir.path())["jobs/west/www-data/prod/hello.data"], "{\"a\": \"é\\n\"}".as_bytes());
    let mut binary = order(dir.path(), &[OutputKind::Create, OutputKind::Update]);
    binary.plan.format.wire = Wire::Binary;
    let report = run(&binary, &bundle);
    let calls = |ending: &str| {
        let calls = ["svc/prod/once.create", "www-data/prod/hello.create", "www-data/prod/hello.update"];
        calls.map(|call| format!("jobs/west/{call}.{ending}")).to_vec()
    };
    let mut written = report.written.clone();
    written.sort_unstable();
    assert_eq!(paths(&written), calls("bin"));
    assert_eq!(paths(&report.removed), calls("json"));
    assert_eq!(names(dir.path()).len(), base.len());
}

#[test]
fn what_is_equal_keeps_its_file() {
    let dir = TempDir::new().unwrap();
    let kept = dir.path().join("jobs/west/svc/prod/a.json");
    run(&order(dir.path(), USUAL), &jobs(&["a", "b", "c"], 1));
    let before = identity(&kept);
    let again = run(&order(dir.path(), USUAL), &jobs(&["a", "b", "c"], 1));
    assert_eq!((again.written.len(), again.unchanged), (0, 4));
    assert_eq!(identity(&kept), before);
    let mut changed = jobs(&["a", "b", "c"], 1);
    changed.jobs[1].configuration.instance_count = 2;
    changed.jobs[2].configuration.instance_count = 2;
    let report = run(&order(dir.path(), USUAL), &changed);
    assert_eq!(paths(&report.written), ["jobs/west/svc/prod/b.json", "jobs/west/svc/prod/c.json"]);
    assert_eq!(identity(&kept), before);
    assert_eq!(tree(dir.path()).len(), 4);
}

#[test]
fn what_a_file_no_longer_gives_is_removed_and_nothing_else() {
    let dir = TempDir::new().unwrap();
    let prod = dir.path().join("jobs/west/svc/prod");
    run(&order(dir.path(), USUAL), &jobs(&["a", "b", "c"], 1));
    fs::write(prod.join("mine.json"), "mine").unwrap();
    fs::write(dir.path().join("README"), "mine").unwrap();
    std::os::unix::fs::symlink("mine.json", prod.join("link")).unwrap();
    fs::create_dir(prod.join("empty")).unwrap();

    let (report, notices) = written(&order(dir.path(), USUAL), &jobs(&["a"], 2)).unwrap();
    assert_eq!(paths(&report.removed), ["jobs/west/svc/prod/b.json", "jobs/west/svc/prod/c.json"]);
    let told: Vec<&str> = notices.iter().map(|notice| notice.code.id).collect();
    assert_eq!(told, ["N0710", "N0710"]);
    let left = ["a.json", "link", "mine.json"].map(|n| format!("jobs/west/svc/prod/{n}"));
    assert_eq!(names(dir.path()), [&["README".to_owned(), "executors.json".to_owned()], &left[..]].concat());
    assert_eq!(fs::read_link(prod.join("link")).unwrap(), Path::new("mine.json"));
    assert!(prod.join("empty").is_dir());
}

#[test]
fn folders_that_are_empty_then_are_removed() {
    let dir = TempDir::new().unwrap();
    for names_of_jobs in [&["a"][..], &["a", "b"]] {
        run(&order(dir.path(), USUAL), &jobs(names_of_jobs, 1));
        let report = run(&order(dir.path(), USUAL), &jobs(&[], 1));
        assert_eq!(report.removed.len(), names_of_jobs.len());
        assert_eq!(names(dir.path()), ["executors.json"]);
        assert!(!dir.path().join("jobs/west").exists());
    }
}

#[test]
fn files_of_others_are_neither_replaced_nor_removed() {
    let dir = TempDir::new().unwrap();
    let prod = dir.path().join("jobs/west/svc/prod");
    fs::create_dir_all(&prod).unwrap();
    fs::write(prod.join("old.json"), "{}").unwrap();
    fs::write(prod.join("b.json"), "{}").unwrap();
    let refused = refusal(&order(dir.path(), USUAL), &jobs(&["a", "b"], 1));
    assert!(
        refused[0].starts_with("E0718 ") && refused[0].ends_with("was not written by jobc"),
        "{refused:?}"
    );
    assert_eq!(names(dir.path()), ["jobs/west/svc/prod/b.json", "jobs/west/svc/prod/old.json"]);

    let mut forced = order(dir.path(), USUAL);
    forced.plan.force = true;
    run(&forced, &jobs(&["a", "b"], 1));
    assert_eq!(fs::read(prod.join("old.json")).unwrap(), b"{}");

    // What was changed since counts as a file of somebody else, whether it would be replaced or removed.
    fs::write(prod.join("b.json"), "edited").unwrap();
    for bundle in [jobs(&["a", "b"], 2), jobs(&["a"], 1)] {
        let before = tree(dir.path());
        let refused = refusal(&order(dir.path(), USUAL), &bundle);
        assert!(refused[0].ends_with("was changed since jobc wrote it"), "{refused:?}");
        assert_eq!(tree(dir.path()), before);
    }
    run(&forced, &jobs(&["a"], 1));
    assert!(!prod.join("b.json").exists());
}

#[test]
fn what_has_the_right_content_already_is_taken_over() {
    let (dir, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    run(&order(other.path(), USUAL), &jobs(&["a"], 1));
    fs::create_dir_all(dir.path().join("jobs/west/svc/prod")).unwrap();
    let job = "jobs/west/svc/prod/a.json";
    fs::copy(other.path().join(job), dir.path().join(job)).unwrap();
    let report = run(&order(dir.path(), USUAL), &jobs(&["a"], 1));
    assert_eq!((paths(&report.written), report.unchanged), (vec!["executors.json"], 1));
    // The manifest now knows the file, so that it can be removed. The same holds after `git pull`.
    run(&order(other.path(), USUAL), &jobs(&["a"], 2));
    fs::copy(other.path().join(job), dir.path().join(job)).unwrap();
    assert_eq!(run(&order(dir.path(), USUAL), &jobs(&["a"], 2)).written.len(), 0);
    assert_eq!(paths(&run(&order(dir.path(), USUAL), &jobs(&[], 2)).removed), [job]);
}

#[test]
fn a_run_that_changes_nothing_touches_nothing() {
    let dir = TempDir::new().unwrap();
    run(&order(dir.path(), USUAL), &jobs(&["a"], 1));
    let before = identity(dir.path());
    std::thread::sleep(std::time::Duration::from_millis(20));
    run(&order(dir.path(), USUAL), &jobs(&["a"], 1));
    assert_eq!(identity(dir.path()), before);
}

#[test]
fn a_run_that_was_stopped_leaves_nothing_in_the_way() {
    let dir = TempDir::new().unwrap();
    fs::create_dir_all(dir.path().join(".jobc-stage/new/jobs")).unwrap();
    fs::write(dir.path().join(".jobc-stage/new/executors.json"), "half").unwrap();
    run(&order(dir.path(), USUAL), &jobs(&["a"], 1));
    assert_eq!(names(dir.path()), ["executors.json", "jobs/west/svc/prod/a.json"]);
}

#[test]
fn names_that_leave_the_directory_are_refused() {
    for name in ["..", ".", "", "../../../../../x", "/etc/x", "a/b", "a\\b", "a\0b"] {
        let dir = TempDir::new().unwrap();
        let out = dir.path().join("out");
        let refused = refusal(&order(&out, USUAL), &jobs(&["fine", name], 1));
        assert!(refused[0].starts_with("E0711 the name of job "), "{refused:?}");
        assert!(!out.exists(), "{name:?}");
    }
    let dir = TempDir::new().unwrap();
    for part in 0..3 {
        let mut bundle = jobs(&["web"], 1);
        let job = &mut bundle.jobs[0];
        let key = &mut job.configuration.key;
        *[&mut job.cluster, &mut key.role, &mut key.environment][part] = "..".into();
        assert_eq!(refusal(&order(dir.path(), USUAL), &bundle).len(), 1);
    }
    assert_eq!(names(dir.path()), [""; 0]);
}

#[test]
fn links_are_not_followed() {
    let dir = TempDir::new().unwrap();
    let elsewhere = TempDir::new().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("jobs")).unwrap();
    let refused = refusal(&order(dir.path(), USUAL), &jobs(&["web"], 1));
    assert!(refused[0].starts_with("E0713 ") && refused[0].contains("is a link"), "{refused:?}");
    assert_eq!(names(elsewhere.path()), [""; 0]);

    // A link in the place of a file is not replaced either, whatever it leads to and even with --force.
    let dir = TempDir::new().unwrap();
    let outside = elsewhere.path().join("x");
    fs::write(&outside, "keep").unwrap();
    std::os::unix::fs::symlink(&outside, dir.path().join("executors.json")).unwrap();
    let mut forced = order(dir.path(), USUAL);
    forced.plan.force = true;
    let refused = refusal(&forced, &jobs(&["web"], 1));
    assert!(refused[0].starts_with("E0713 ") && refused[0].contains("executors.json"), "{refused:?}");
    assert_eq!(fs::read(&outside).unwrap(), b"keep");
    assert_eq!(names(dir.path()), ["executors.json"]);
}

#[test]
fn a_link_at_the_folder_of_one_job_is_no_matter_to_others() {
    let dir = TempDir::new().unwrap();
    run(&order(dir.path(), USUAL), &jobs(&["a"], 1));
    fs::rename(dir.path().join("jobs/west/svc"), dir.path().join("moved")).unwrap();
    std::os::unix::fs::symlink("../../moved", dir.path().join("jobs/west/svc")).unwrap();
    let other = samples::compiled("east", samples::small_job("svc", "prod", "b"), None);
    let bundle = samples::bundle(vec![], vec![other]);
    let folder = Folder::open(dir.path()).unwrap();
    assert!(folder.try_lock().unwrap());
    let share = Share { owner: "../other.aurora".to_owned(), jobs: 0..1, executors: vec![] };
    let input = Input { bundle: &bundle, reads: &[] };
    let order = order(dir.path(), &[OutputKind::Jobs]);
    let (report, _) = prepare(&folder, &order.plan, input, &[share]).unwrap().commit().unwrap();
    assert_eq!(paths(&report.written), ["jobs/east/svc/prod/b.json"]);
}

#[test]
fn folders_in_the_place_of_files_are_refused() {
    let dir = TempDir::new().unwrap();
    fs::create_dir_all(dir.path().join("jobs/west/svc/prod/web.json")).unwrap();
    let refused = refusal(&order(dir.path(), USUAL), &jobs(&["web"], 1));
    assert!(refused[0].contains("is a folder"), "{refused:?}");
    fs::write(dir.path().join("file"), "").unwrap();
    fs::rename(dir.path().join("jobs"), dir.path().join("moved")).unwrap();
    fs::write(dir.path().join("jobs"), "").unwrap();
    let refused = refusal(&order(dir.path(), USUAL), &jobs(&["web"], 1));
    assert!(refused[0].contains("is a file, but a folder goes there"), "{refused:?}");
}

#[test]
fn two_outputs_in_one_file_are_refused() {
    let dir = TempDir::new().unwrap();
    let twice = refusal(&order(dir.path(), USUAL), &jobs(&["web", "web"], 1));
    assert!(twice[0].starts_with("E0712 the configuration of job west/svc/prod/web and"), "{twice:?}");
    let calls = [OutputKind::Jobs, OutputKind::Create];
    let refused = refusal(&order(dir.path(), &calls), &jobs(&["web", "web.create"], 1));
    assert!(refused[0].contains("jobs/west/svc/prod/web.create.json"), "{refused:?}");
    assert_eq!(names(dir.path()), [""; 0]);
    // Here upper and lower case are two files.
    run(&order(dir.path(), USUAL), &jobs(&["web", "Web"], 1));
    assert_eq!(names(dir.path()).len(), 3);
}

#[test]
fn a_number_too_large_changes_nothing() {
    let dir = TempDir::new().unwrap();
    run(&order(dir.path(), &[OutputKind::Create]), &jobs(&["a", "b"], 1));
    let before = tree(dir.path());
    let refused = refusal(&order(dir.path(), &[OutputKind::Create]), &jobs(&["a", "b"], 1 << 40));
    assert!(refused[0].starts_with("E0710 "), "{refused:?}");
    assert_eq!(tree(dir.path()), before);
}

#[test]
fn sets_are_the_same_every_time() {
    let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let bundle = jobs(&["a", "b", "c"], 1);
    run(&order(one.path(), &OutputKind::ALL), &jobs(&["x", "a"], 2));
    run(&order(one.path(), &OutputKind::ALL), &bundle);
    run(&order(two.path(), &OutputKind::ALL), &bundle);
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
        let mut synced = order(one.path(), USUAL);
        synced.plan.sync = true;
        run(&synced, &some);
    }
    run(&order(two.path(), USUAL), &bundle);
    assert_eq!(tree(one.path()), tree(two.path()));
}

#[cfg(unix)]
#[test]
fn folders_and_files_keep_their_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let dir = TempDir::new().unwrap();
    let prod = dir.path().join("jobs/west/svc/prod");
    run(&order(dir.path(), USUAL), &jobs(&["a", "b"], 1));
    let mode = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&prod, 0o750);
    mode(&prod.join("a.json"), 0o640);
    mode(&dir.path().join(".jobc-manifest.json"), 0o664);
    run(&order(dir.path(), USUAL), &jobs(&["a", "b"], 2));
    let now = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!((now(&prod), now(&prod.join("a.json"))), (0o750, 0o640));
    assert_eq!(now(&dir.path().join(".jobc-manifest.json")), 0o664);
}

#[cfg(target_os = "linux")]
#[test]
fn files_keep_their_owners_and_attributes() {
    use std::os::unix::fs::{MetadataExt, chown};
    let dir = TempDir::new().unwrap();
    let job = dir.path().join("jobs/west/svc/prod/a.json");
    run(&order(dir.path(), USUAL), &jobs(&["a"], 1));
    let with_attribute = std::process::Command::new("setfattr")
        .args(["-n", "user.team", "-v", "shop"])
        .arg(&job)
        .status()
        .is_ok_and(|status| status.success());
    if chown(&job, Some(1234), Some(1235)).is_err() {
        eprintln!("skipped: this user cannot give files away");
        return;
    }
    run(&order(dir.path(), USUAL), &jobs(&["a"], 2));
    let meta = fs::metadata(&job).unwrap();
    assert_eq!((meta.uid(), meta.gid()), (1234, 1235));
    if with_attribute {
        let shown =
            std::process::Command::new("getfattr").args(["-n", "user.team"]).arg(&job).output().unwrap();
        assert!(String::from_utf8_lossy(&shown.stdout).contains("shop"));
    }
}

#[test]
fn a_file_with_two_names_is_not_replaced() {
    let dir = TempDir::new().unwrap();
    run(&order(dir.path(), USUAL), &jobs(&["a"], 1));
    let job = dir.path().join("jobs/west/svc/prod/a.json");
    fs::hard_link(&job, dir.path().join("second")).unwrap();
    let refused = refusal(&order(dir.path(), USUAL), &jobs(&["a"], 2));
    assert!(refused[0].starts_with("E0713 ") && refused[0].contains("hard links"), "{refused:?}");
    // As long as nothing changes, nothing is wrong with it.
    run(&order(dir.path(), USUAL), &jobs(&["a"], 1));
}

#[test]
fn a_folder_that_is_replaced_meanwhile_stays_as_it_is() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("out");
    let bundle = jobs(&["a"], 1);
    let folder = Folder::open(&out).unwrap();
    assert!(folder.try_lock().unwrap());
    let input = Input { bundle: &bundle, reads: &[] };
    let order = order(&out, USUAL);
    let prepared = prepare(&folder, &order.plan, input, &[share_of_all(&bundle)]).unwrap();
    fs::rename(&out, dir.path().join("moved")).unwrap();
    fs::create_dir(&out).unwrap();
    match prepared.commit() {
        Err(Refusal::Io { what, .. }) => assert!(what.contains("was removed or replaced"), "{what}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(
        fs::read_dir(&out).unwrap().count() + fs::read_dir(dir.path().join("moved")).unwrap().count(),
        0
    );
}
