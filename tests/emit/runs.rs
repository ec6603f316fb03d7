//! Runs beside each other and from elsewhere: depfiles, working directories, the lock, and what a run says of itself.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::killed::set;
use crate::site::{Site, file_of};

#[test]
fn a_depfile_replaces_neither_inputs_nor_outputs() {
    let site = Site::new();
    site.told("lib/executors.aurora jobs/cart.aurora -o out");
    symlink("jobs/cart.aurora", site.path("link")).unwrap();
    fs::hard_link(site.path("jobs/cart.aurora"), site.path("second")).unwrap();
    for file in [
        "jobs/cart.aurora",
        "lib/base.aurora",
        "./lib/../lib/base.aurora",
        "link",
        "second",
        "out/executors.json",
        "out/jobs/west/www/prod/cart.json",
        "out/.jobc-manifest.json",
        "registry.json",
    ] {
        site.put("registry.json", &site.text("out/executors.json"));
        let arguments = format!("jobs/cart.aurora --executors registry.json -o out --depfile {file}");
        let report = site.refused(&arguments, 2);
        assert!(report.contains("is one of the files"), "{file}: {report}");
    }
    let report = site.refused("jobs/one.aurora --depfile jobs/one.aurora --depfile-target x", 2);
    assert!(report.contains("is one of the files"), "{report}");
}

#[test]
fn a_depfile_names_all_that_a_run_depends_on() {
    let site = Site::new();
    site.put("jobc.toml", "scheduler = 'lab.toml'\n");
    site.put("lab.toml", "");
    site.put("registry.json", "[]");
    site.put(
        "jobs/one.aurora",
        "include('../lib/base.aurora')\ntry:\n  motd = open('motd.txt').read()\nexcept IOError:\n  motd = ''\njobs = [job('one')]\n",
    );
    let file = site.path("jobs/one.aurora");
    for entry in ["jobs/one.aurora", file.to_str().unwrap()] {
        let output = Command::new(env!("CARGO_BIN_EXE_jobc"))
            .args([
                "compile",
                entry,
                "--root",
                ".",
                "--user",
                "ci",
                "--no-sync",
                "--executors",
                "registry.json",
            ])
            .args(["-o", site.path("out").to_str().unwrap(), "--depfile", "d", "--emit", "jobs,update,deps"])
            .current_dir(site.0.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let rule = site.text("d");
        let rule = rule.split("\n\n").next().unwrap();
        let expected = "out/deps.json: \\\n  jobc.toml \\\n  jobs/motd.txt \\\n  jobs/one.aurora \\\n  lab.toml \\\n  \
                        lib/base.aurora \\\n  motd.txt \\\n  registry.json";
        assert_eq!(rule, expected);
    }
    // For a set without files as well.
    fs::remove_file(site.path("d")).unwrap();
    site.told("jobs/nightly.aurora -o none --emit update --depfile d");
    assert!(site.text("d").starts_with("none/.jobc-manifest.json: \\\n"));
    let report = site.refused("jobs/one.aurora -o out --depfile d --depfile-target=", 2);
    assert!(report.contains("a value is required for '--depfile-target"), "{report}");
    // Standard input is not a file.
    let mut command = site.command("- -o other --depfile d");
    command.stdin(fs::File::open(site.path("lib/executors.aurora")).unwrap());
    assert!(command.status().unwrap().success());
    assert_eq!(site.text("d"), "other/executors.json: \\\n  jobc.toml\n\njobc.toml:\n");
}

#[test]
fn two_working_directories_give_the_same_bytes() {
    let site = Site::new();
    site.put("t.txt", "root");
    site.put("jobs/t.txt", "beside");
    site.put("jobs/one.aurora", "include('../lib/base.aurora')\njobs = [job(open('t.txt').read())]\n");
    let all = "executors,jobs,create,update,bundle,deps";
    let told = site.told(&format!("jobs/one.aurora -o out --emit {all}"));
    assert!(told.contains("W0601"), "{told}");
    let output = Command::new(env!("CARGO_BIN_EXE_jobc"))
        .args([
            "compile",
            "one.aurora",
            "--root",
            "..",
            "--user",
            "ci",
            "--no-sync",
            "-o",
            "../two",
            "--emit",
            all,
        ])
        .current_dir(site.path("jobs"))
        .output()
        .unwrap();
    assert!(output.status.success());
    let manifest = |out: &str| site.text(&format!("{out}/.jobc-manifest.json"));
    assert_eq!(manifest("out"), manifest("two"));
    assert!(set(&site.path("out")) == set(&site.path("two")));
    assert!(site.path(&file_of("beside.json")).exists());
    // Nothing beside the file: the root, and not the working directory.
    fs::remove_file(site.path("jobs/t.txt")).unwrap();
    site.put("elsewhere/t.txt", "here");
    let output = Command::new(env!("CARGO_BIN_EXE_jobc"))
        .args(["compile", "../jobs/one.aurora", "--root", "..", "--user", "ci"])
        .current_dir(site.path("elsewhere"))
        .output()
        .unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("west/www/prod/root"));
}

#[test]
fn the_lock_is_held_from_before_the_first_read() {
    let site = Site::new();
    let slow = "x = 0\nfor i in range(100000):\n  x += i\n";
    site.put("slow.aurora", &format!("include('lib/base.aurora')\n{slow}jobs = [job('s', instances=1)]\n"));
    let mut first = site.command("slow.aurora -o out --max-seconds 100").spawn().unwrap();
    while !site.path("out").exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_millis(20));
    site.put("slow.aurora", "include('lib/base.aurora')\njobs = [job('s', instances=2)]\n");
    site.told("slow.aurora -o out --max-seconds 100");
    assert!(first.wait().unwrap().success());
    assert!(site.text(&file_of("s.json")).contains("\"instanceCount\": 2"));
}

#[test]
fn waiting_is_told_and_bounded() {
    let site = Site::new();
    site.all_files();
    let held = fs::File::open(site.path("out")).unwrap();
    held.lock().unwrap();
    let started = Instant::now();
    let report = site.refused("jobs/one.aurora -o out --lock-wait 2", 2);
    assert!(started.elapsed() >= Duration::from_secs(2));
    assert!(report.contains("N0714") && report.contains("in use by another run"), "{report}");
    let report = site.refused("jobs/one.aurora -o out --lock-wait 0", 2);
    assert!(!report.contains("N0714"), "{report}");
}

#[test]
fn notes_are_diagnostics_in_every_format() {
    let site = Site::new();
    site.all_files();
    site.put("jobs/two.aurora", "include('../lib/base.aurora')\njobs = [job('second')]\n");
    let output = site.command("jobs/two.aurora -o out --error-format json").output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    let codes: Vec<String> = text
        .lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(value["severity"], "note");
            value["code"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(codes, ["N0710", "N0711"]);
    let output = site.command("jobs/two.aurora -o out --error-format sarif").output().unwrap();
    let sarif: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["level"], "note");
    let output =
        site.command("jobs/two.aurora -o out --error-format github --deny warnings").output().unwrap();
    assert!(output.status.success() && output.stderr.starts_with(b"::notice title=N0711"));
}

#[test]
fn the_owner_is_named_by_the_project_or_told() {
    let site = Site::new();
    let compile = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jobc"));
        command.args(["compile", "jobs/one.aurora", "--root", "."]).args(more).env("LOGNAME", "ada");
        command.current_dir(site.0.path()).stdin(Stdio::null()).output().unwrap()
    };
    for more in [&["-o", "out"][..], &["--emit", "create"], &["--emit", "update"]] {
        let output = compile(more);
        let report = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && report.contains("W0704") && report.contains("`ada`"), "{report}");
        assert_eq!(compile(&[more, &["--deny", "login-name"]].concat()).status.code(), Some(1));
        assert!(compile(&[more, &["--user", "ci"]].concat()).stderr.is_empty());
    }
    assert!(compile(&[]).stderr.is_empty());
    site.put("jobc.toml", "user = 'deploy'\n");
    let output = compile(&["--emit", "create"]);
    assert!(output.stderr.is_empty() && String::from_utf8(output.stdout).unwrap().contains("deploy"));
    let output = compile(&["--emit", "create", "--user", "ci"]);
    assert!(!String::from_utf8(output.stdout).unwrap().contains("deploy"));
}

#[test]
fn a_variable_that_is_not_set_is_an_error() {
    let site = Site::new();
    let report = site.refused("jobs/one.aurora --env JOBC_TEST_OF_A_MISSING_VARIABLE", 2);
    assert!(report.contains("--env JOBC_TEST_OF_A_MISSING_VARIABLE=VALUE"), "{report}");
    site.told("jobs/one.aurora --env TAG=1");
}

#[test]
fn names_that_shells_overlook_are_refused() {
    let site = Site::new();
    for name in [".web", "-o"] {
        site.job("odd", "");
        site.put(
            "jobs/odd.aurora",
            &site.text("jobs/odd.aurora").replace("'odd'", &format!("'odd')(name='{name}'")),
        );
        let report = site.refused("jobs/odd.aurora -o out", 1);
        assert!(report.contains("E0711"), "{report}");
    }
}

#[test]
fn the_order_of_the_arguments_changes_nothing() {
    let site = Site::new();
    site.put("lib/more.aurora", &site.text("lib/executors.aurora").replace("ex%d", "more%d"));
    site.told("lib/executors.aurora lib/more.aurora jobs/one.aurora -o out");
    site.told("jobs/one.aurora lib/more.aurora lib/executors.aurora -o two");
    assert_eq!(set(&site.path("out")), set(&site.path("two")));
}
