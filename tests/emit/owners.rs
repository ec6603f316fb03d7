//! What a run may touch: an entry file owns its outputs, across runs. Each test is a way in which something was once lost,
//! mixed, stale or changed.

#![expect(clippy::disallowed_methods, reason = "tests read the files that a run wrote")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::site::{Site, file_of};

#[test]
fn executors_of_other_files_stay() {
    let site = Site::new();
    site.all_files();
    let registry = site.text("out/executors.json");
    assert_eq!(registry.matches("\"task_prefix\"").count(), 5);
    let told = site.told("jobs/one.aurora -o out");
    assert!(told.contains("keeps 5 executors of `lib/executors.aurora`"), "{told}");
    site.told("jobs/cart.aurora --executors out/executors.json -o out");
    assert_eq!(site.text("out/executors.json"), registry);
    // A second registry adds its own, and drops its own.
    site.put("lib/more.aurora", &site.text("lib/executors.aurora").replace("ex%d", "more%d"));
    site.told("lib/more.aurora -o out");
    assert_eq!(site.text("out/executors.json").matches("\"task_prefix\"").count(), 10);
    site.put("lib/more.aurora", "include('base.aurora')\njobs = [job('other')]\n");
    site.told("lib/more.aurora -o out");
    assert_eq!(site.text("out/executors.json"), registry);
}

#[test]
fn an_empty_registry_is_written_on_demand_alone() {
    let site = Site::new();
    site.told("jobs/one.aurora -o out");
    assert!(!site.path("out/executors.json").exists());
    site.told("jobs/one.aurora -o out --emit executors");
    assert_eq!(site.text("out/executors.json"), "[]\n");
    let report = site.refused("jobs/one.aurora --emit executors", 1);
    assert!(report.contains("E0717"), "{report}");
}

#[test]
fn what_jobc_does_not_know_stays() {
    let site = Site::new();
    site.put("out/executors.json", "[{\"hand\":1}]\n");
    site.told("jobs/one.aurora -o out");
    let report = site.refused("lib/executors.aurora -o out", 1);
    assert!(report.contains("E0718") && report.contains("--force"), "{report}");
    site.told("lib/executors.aurora -o out --force");
    // A link is never replaced, also if it leads to the right content.
    site.put("etc/executors.json", &site.text("out/executors.json"));
    fs::remove_file(site.path("out/executors.json")).unwrap();
    symlink("../etc/executors.json", site.path("out/executors.json")).unwrap();
    for force in ["", "--force"] {
        let report = site.refused(&format!("lib/executors.aurora -o out {force}"), 1);
        assert!(report.contains("E0713"), "{report}");
    }
}

#[test]
fn what_was_changed_by_hand_stays_and_is_told_each_time() {
    let site = Site::new();
    site.all_files();
    let one = file_of("one.json");
    let fix = site.text(&one).replace("\"instanceCount\": 1", "\"instanceCount\": 50");
    site.put(&one, &fix);
    site.job("one", "instances=2");
    for _ in 0..2 {
        let report = site.refused("jobs/one.aurora -o out", 1);
        assert!(report.contains("was changed since jobc wrote it"), "{report}");
    }
    site.told("jobs/one.aurora -o out --force");
    assert!(site.text(&one).contains("\"instanceCount\": 2"));
}

#[test]
fn a_selection_touches_the_chosen_jobs_alone() {
    let site = Site::new();
    site.put("all.aurora", "include('lib/base.aurora')\njobs = [job(n) for n in ['a', 'b', 'c']]\n");
    site.told("all.aurora -o out --emit jobs,create,bundle");
    let before = site.all();
    assert_eq!(site.told("all.aurora -o out --job west/www/prod/a --prune"), "");
    assert_eq!(site.all(), before);
    // Not even the bundle loses jobs.
    let report = site.refused("all.aurora -o out --job west/www/prod/a --emit bundle", 1);
    assert!(report.contains("would lose the jobs"), "{report}");
    site.put("lib/base.aurora", &site.text("lib/base.aurora").replace("serve", "run"));
    let told = site.told("all.aurora -o out --job west/www/prod/a");
    assert_eq!(told.matches("N0710").count(), 1, "{told}");
    let changed: Vec<String> =
        site.all().into_iter().filter(|(n, t)| before.get(n) != Some(t)).map(|f| f.0).collect();
    let manifest = "out/.jobc-manifest.json".to_owned();
    assert_eq!(changed, ["lib/base.aurora".to_owned(), manifest, file_of("a.json")]);
}

#[test]
fn kinds_that_are_not_asked_for_stay() {
    let site = Site::new();
    site.all_files();
    let before = site.names();
    for kinds in ["executors", "create,update", "jobs", "create,update", "executors,jobs"] {
        site.told(&format!(
            "lib/executors.aurora jobs/one.aurora jobs/two.aurora -o out --emit {kinds} --prune"
        ));
    }
    let calls = ["one.create.json", "one.update.json", "two.create.json", "two.update.json"].map(file_of);
    let calls = calls.map(|path| path.trim_start_matches("out/").to_owned());
    let mut expected = [before, calls.to_vec()].concat();
    expected.sort_unstable();
    assert_eq!(site.names(), expected);
}

#[test]
fn a_shared_folder_takes_one_rule_for_each_file_in_any_order() {
    let site = Site::new();
    let files = ["lib/executors", "jobs/one", "jobs/two", "jobs/cart"];
    let start = |file: &&str| {
        let mut command = site.command(&format!("{file}.aurora -o out --prune"));
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let running: Vec<_> = files.iter().map(start).collect();
    running.into_iter().for_each(|mut child| assert!(child.wait().unwrap().success()));
    let jobs = ["cart", "one", "two"].map(|name| format!("jobs/west/www/prod/{name}.json"));
    assert_eq!(site.names(), [&["executors.json".to_owned()], &jobs[..]].concat());
    assert_eq!(site.text("out/executors.json").matches("\"task_prefix\"").count(), 5);
}

#[test]
fn jobs_that_are_gone_leave_no_call_behind() {
    let site = Site::new();
    let everything = "--emit executors,jobs,create,update,data -o out";
    site.told(&format!("jobs/one.aurora {everything}"));
    let endings = ["create.json", "data", "json", "update.json"];
    let of = |name: &str| endings.map(|ending| format!("jobs/west/www/prod/{name}.{ending}")).to_vec();
    let with_registry = |files: Vec<String>| [vec!["executors.json".to_owned()], files].concat();
    assert_eq!(site.names(), with_registry(of("one")));
    // Renamed, whatever kinds are asked for.
    site.put("jobs/one.aurora", &site.text("jobs/one.aurora").replace("'one'", "'first'"));
    let told = site.told("jobs/one.aurora -o out --emit jobs");
    assert_eq!(told.matches("N0710").count(), 4, "{told}");
    assert_eq!(site.names(), with_registry(vec!["jobs/west/www/prod/first.json".to_owned()]));
    // A cron job now: the update falls away, also from a run that asks for it.
    site.told(&format!("jobs/one.aurora {everything}"));
    site.job("one", "cron_schedule='0 4 * * *'");
    site.put("jobs/one.aurora", &site.text("jobs/one.aurora").replace("'one'", "'first'"));
    site.told(&format!("jobs/one.aurora {everything}"));
    assert_eq!(site.names(), with_registry(of("first")[..3].to_vec()));
    // Another encoding takes the place of the old one.
    site.told("jobs/one.aurora -o out --emit create --wire binary");
    assert!(!site.path(&file_of("first.create.json")).exists());
}

#[test]
fn an_update_that_cannot_be_made_is_an_error() {
    let site = Site::new();
    site.told("jobs/one.aurora -o out --emit update");
    site.job(
        "one",
        "service=True, update_config=UpdateConfig(batch_size=2, update_strategy=QueueUpdateStrategy())",
    );
    let before = site.all();
    let mut command = site.command("jobs/one.aurora -o out --emit update");
    let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
    command = Command::new(env!("CARGO_BIN_EXE_jobc"));
    command.args(arguments.into_iter().map(|a| if a == "default" { "none".into() } else { a }));
    let output = command.current_dir(site.0.path()).stdin(Stdio::null()).output().unwrap();
    let report = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && report.contains("E0715"), "{report}");
    assert_eq!(site.all(), before);
}

#[test]
fn one_job_has_one_owner() {
    let site = Site::new();
    site.told("jobs/one.aurora -o out");
    site.put("jobs/copy.aurora", &site.text("jobs/one.aurora"));
    for kinds in ["jobs", "create"] {
        let report = site.refused(&format!("jobs/copy.aurora -o out --emit {kinds}"), 1);
        assert!(report.contains("`jobs/copy.aurora` belongs to `jobs/one.aurora`"), "{report}");
    }
    // The file was renamed: the new one takes over.
    fs::remove_file(site.path("jobs/one.aurora")).unwrap();
    assert_eq!(site.told("jobs/copy.aurora -o out"), "");
    // The job has moved, and both files are compiled.
    site.job("one", "service=True");
    site.put("jobs/copy.aurora", "include('../lib/base.aurora')\njobs = [job('other')]\n");
    assert_eq!(site.told("jobs/one.aurora jobs/copy.aurora -o out"), "");
    site.put("lib/second.aurora", &site.text("lib/executors.aurora").replace("0.25", "0.5"));
    site.told("lib/executors.aurora -o out");
    let report = site.refused("lib/second.aurora -o out", 1);
    assert!(report.contains("executor ex0 of `lib/second.aurora` is declared otherwise"), "{report}");
}

#[test]
fn a_call_is_not_overwritten_by_a_configuration() {
    let site = Site::new();
    site.put("a.aurora", "include('lib/base.aurora')\njobs = [job('one'), job('one.create')]\n");
    site.told("a.aurora -o out --emit create");
    let report = site.refused("a.aurora -o out --emit jobs", 1);
    assert!(report.contains("E0712") && report.contains("one.create.json"), "{report}");
}

#[test]
fn prune_is_for_files_that_no_longer_exist() {
    let site = Site::new();
    site.all_files();
    let before = site.names();
    fs::remove_file(site.path("jobs/two.aurora")).unwrap();
    fs::remove_file(site.path("lib/executors.aurora")).unwrap();
    let told = site.told("jobs/one.aurora -o out");
    assert_eq!(told.matches("N0712").count(), 2, "{told}");
    assert_eq!(site.names(), before);
    let told = site.told("-o out --prune");
    assert_eq!(told.matches("N0710").count(), 2, "{told}");
    let left: Vec<_> =
        before.into_iter().filter(|n| !n.ends_with("two.json") && n != "executors.json").collect();
    assert_eq!(site.names(), left);
}

#[test]
fn a_manifest_that_cannot_be_read_is_an_error() {
    let site = Site::new();
    site.all_files();
    let manifest = site.path("out/.jobc-manifest.json");
    let whole = fs::read_to_string(&manifest).unwrap();
    for text in [
        "",
        "<<<<<<< HEAD\n",
        "{\"version\": 1, \"files\": {}}",
        "{\"version\": 3}",
        &whole[..whole.len() / 2],
    ] {
        fs::write(&manifest, text).unwrap();
        let report = site.refused("jobs/one.aurora -o out", 1);
        assert!(report.contains("E0720") && report.contains("--force"), "{report}");
        assert_eq!(fs::read_to_string(&manifest).unwrap(), text);
    }
    // Without one, what is there already is taken over.
    fs::remove_file(&manifest).unwrap();
    site.all_files();
    assert_eq!(fs::read_to_string(&manifest).unwrap(), whole);
}

/// jobc as a user for whom permissions hold, if this one may start it.
fn as_nobody(site: &Site, arguments: &str) -> Option<Output> {
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let jobc = site.path("jobc");
    if is_root && !jobc.exists() {
        fs::copy(env!("CARGO_BIN_EXE_jobc"), &jobc).unwrap();
        let owned = Command::new("chown").args(["-R", "65534:65534"]).arg(site.0.path()).status();
        assert!(owned.unwrap().success());
    }
    let mut command =
        if is_root { Command::new("setpriv") } else { Command::new(env!("CARGO_BIN_EXE_jobc")) };
    if is_root {
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(jobc);
    }
    command.args(["compile", "--root", ".", "--user", "ci", "--no-sync"]).args(arguments.split_whitespace());
    command.current_dir(site.0.path()).stdin(Stdio::null()).output().ok()
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_to_leaves_the_old_set() {
    let site = Site::new();
    site.all_files();
    let before = site.all();
    let prod = site.path("out/jobs/west/shop/prod");
    for more in ["cart", "one"] {
        site.job(more, "instances=9");
    }
    site.put(
        "jobs/shop.aurora",
        &site
            .text("jobs/two.aurora")
            .replace("job('two', service=True)", "job('two', service=True)(role='shop')"),
    );
    let Some(first) = as_nobody(&site, "jobs/shop.aurora -o out") else {
        eprintln!("skipped: no way to run as another user");
        return;
    };
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let before: BTreeMap<_, _> = site
        .all()
        .into_iter()
        .filter(|(name, _)| name.starts_with("out") || before.contains_key(name))
        .collect();
    mode(&prod, 0o555);
    site.put("lib/base.aurora", &site.text("lib/base.aurora").replace("serve", "run"));
    let all = "lib/executors.aurora jobs/one.aurora jobs/cart.aurora jobs/shop.aurora -o out";
    let failed = as_nobody(&site, all).unwrap();
    let report = String::from_utf8(failed.stderr).unwrap();
    assert_eq!(failed.status.code(), Some(2), "{report}");
    assert!(
        report.contains("two.json` cannot be written; `out` holds the old set: Permission denied"),
        "{report}"
    );
    for (name, text) in before.iter().filter(|(name, _)| name.starts_with("out")) {
        assert_eq!(site.text(name).as_bytes(), text, "{name}");
    }
    assert!(!site.path("out/.jobc-stage").exists());
    mode(&prod, 0o755);
    assert!(as_nobody(&site, all).unwrap().status.success());
    // A file of another user would change its owner.
    if std::os::unix::fs::chown(site.path(&file_of("one.json")), Some(0), Some(0)).is_ok() {
        site.job("one", "instances=10");
        let failed = as_nobody(&site, "jobs/one.aurora -o out").unwrap();
        let report = String::from_utf8(failed.stderr).unwrap();
        assert_eq!(failed.status.code(), Some(2), "{report}");
        assert!(
            report.contains("by a file with the same owner and mode; `out` holds the old set"),
            "{report}"
        );
    }
}
