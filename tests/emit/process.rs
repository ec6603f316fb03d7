//! The command as a process: pipes that close, disks that are full, directories that are in use, and what `--emit` gives.

use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::killed::set;

/// A service, a cron job, and jobs to spare, whose executor data is this long at the least.
fn source(spare: usize, instances: usize, length: usize) -> String {
    format!(
        "task = SimpleTask('t', 'echo {text}')\n\
         key = Job(cluster='west', role='svc', environment='prod', instances={instances}, task=task)\n\
         jobs = [Service(cluster='west', role='svc', environment='prod', name='web', task=task),\n  \
           key(name='nightly', cron_schedule='0 4 * * *')] + [key(name='spare%d' % n) for n in range({spare})]\n",
        text = "x".repeat(length),
    )
}

/// A folder with `job.aurora`.
fn folder(source: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("job.aurora"), source).unwrap();
    dir
}

fn jobc(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobc"));
    command.args(arguments).current_dir(dir).stdin(Stdio::null());
    command
}

fn compile(dir: &Path, arguments: &[&str]) -> Output {
    jobc(dir, &["compile", "job.aurora", "--user", "u"]).args(arguments).output().unwrap()
}

#[track_caller]
fn written(output: &Output) {
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && output.stdout.is_empty(), "{}: {report}", output.status);
}

/// The trouble is told in one line, and the exit code says that it is none of the job file's.
#[track_caller]
fn trouble(output: &Output, words: &str) {
    let report = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{report}");
    assert!(
        report.starts_with("error: ") && report.lines().count() == 1 && report.contains(words),
        "{report}"
    );
}

/// `jobc compile job.aurora -o out` in a shell that has done something before.
fn after(dir: &Path, before: &str, arguments: &str) -> Output {
    let jobc = env!("CARGO_BIN_EXE_jobc");
    let script = format!("{before}; exec '{jobc}' compile job.aurora --user u --no-sync -o out {arguments}");
    Command::new("sh").args(["-c", &script]).current_dir(dir).stdin(Stdio::null()).output().unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn files_are_for_whom_the_umask_lets_read() {
    let dir = folder(&source(2, 1, 1));
    for (umask, file, directory) in [("022", 0o644, 0o755), ("027", 0o640, 0o750), ("077", 0o600, 0o700)] {
        let _ = fs::remove_dir_all(dir.path().join("out"));
        let _ = fs::remove_file(dir.path().join("d"));
        written(&after(dir.path(), &format!("umask {umask}"), "--emit executors,jobs --depfile d"));
        for name in ["out/executors.json", "out/jobs/west/svc/prod/web.json", "out/.jobc-manifest.json", "d"]
        {
            assert_eq!(mode(&dir.path().join(name)), file, "{name}");
        }
        for name in ["out", "out/jobs", "out/jobs/west/svc/prod"] {
            assert_eq!(mode(&dir.path().join(name)), directory, "{name}");
        }
    }
}

#[test]
fn depfiles_follow_links_and_go_into_pipes() {
    let dir = folder(&source(0, 1, 1));
    symlink("real.d", dir.path().join("link.d")).unwrap();
    fs::write(dir.path().join("real.d"), "").unwrap();
    written(&compile(dir.path(), &["-o", "out", "--depfile", "link.d"]));
    let text = String::from_utf8(fs::read(dir.path().join("real.d")).unwrap()).unwrap();
    assert_eq!(text, "out/jobs/west/svc/prod/web.json: \\\n  job.aurora\n\njob.aurora:\n");
    assert!(fs::symlink_metadata(dir.path().join("link.d")).unwrap().is_symlink());

    let pipe = dir.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = Command::new("cat").arg(&pipe).stdout(Stdio::piped()).spawn().unwrap();
    written(&compile(dir.path(), &["-o", "out", "--depfile", "pipe"]));
    assert_eq!(reader.wait_with_output().unwrap().stdout, text.as_bytes());
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
fn a_pipe_is_refused_rather_than_waited_for() {
    let dir = folder("jobs = []\n");
    assert!(Command::new("mkfifo").arg(dir.path().join("job.fifo")).status().unwrap().success());
    for command in ["compile", "check"] {
        let output = jobc(dir.path(), &[command, "job.fifo"]).output().unwrap();
        // What check finds is its output.
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(said.contains("`job.fifo` cannot be read: it is not a regular file"), "{said}");
        assert_eq!(output.status.code(), Some(2));
    }
    fs::write(dir.path().join("job.aurora"), "include('job.fifo')\n").unwrap();
    let output = jobc(dir.path(), &["check", "job.aurora"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("not a regular file"), "{said}");
}

#[test]
fn the_directory_may_be_a_link_but_no_file() {
    let dir = folder(&source(0, 1, 1));
    fs::create_dir(dir.path().join("real")).unwrap();
    symlink("real", dir.path().join("link")).unwrap();
    written(&compile(dir.path(), &["-o", "link"]));
    assert!(dir.path().join("real/.jobc-manifest.json").is_file());
    assert!(fs::symlink_metadata(dir.path().join("link")).unwrap().is_symlink());

    let before = fs::read(dir.path().join("job.aurora")).unwrap();
    trouble(
        &compile(dir.path(), &["-o", "job.aurora"]),
        "`job.aurora` cannot be written to: not a directory",
    );
    assert_eq!(fs::read(dir.path().join("job.aurora")).unwrap(), before);
    symlink("nowhere/at/all", dir.path().join("dangling")).unwrap();
    trouble(&compile(dir.path(), &["-o", "dangling"]), "`dangling` cannot be created as a directory");
}

#[test]
fn a_directory_that_cannot_be_written_to_stays() {
    let dir = folder(&source(0, 1, 1));
    trouble(
        &compile(dir.path(), &["-o", "job.aurora/out"]),
        "`job.aurora/out` cannot be created as a directory",
    );
    trouble(&compile(dir.path(), &["-o", "out", "--depfile", "none/d"]), "`none/d` cannot be written");
    let locked = dir.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        eprintln!("skipped: permissions do not hold for this user");
        return;
    }
    trouble(&compile(dir.path(), &["-o", "locked"]), "Permission denied");
    assert_eq!(fs::read_dir(&locked).unwrap().count(), 0);
}

/// Files can be no larger than a few kilobytes, which is found like a full disk, while the new files are staged.
#[test]
fn a_file_that_does_not_fit_changes_nothing() {
    let dir = folder(&source(2, 1, 1));
    written(&after(dir.path(), "true", ""));
    let before = set(&dir.path().join("out"));
    fs::write(dir.path().join("job.aurora"), source(3, 2, 9000)).unwrap();
    trouble(
        &after(dir.path(), "trap '' XFSZ; ulimit -f 8", "--prune"),
        "cannot be written; `out` holds the old set: ",
    );
    assert_eq!(set(&dir.path().join("out")), before);
    assert!(!dir.path().join("out/.jobc-stage").exists());
    written(&after(dir.path(), "true", "--prune"));
    assert_ne!(set(&dir.path().join("out")), before);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_changes_nothing() {
    let dir = folder(&source(2, 1, 1));
    let out = dir.path().join("out");
    fs::create_dir(&out).unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "none"]).arg(&out).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        eprintln!("skipped: this user cannot mount a small disk");
        return;
    }
    let first = compile(dir.path(), &["-o", "out"]);
    let before = set(&out);
    fs::write(dir.path().join("job.aurora"), source(30, 2, 9000)).unwrap();
    let full = compile(dir.path(), &["-o", "out", "--prune"]);
    let left = set(&out);
    let stage = out.join(".jobc-stage").exists();
    assert!(Command::new("umount").arg(&out).status().unwrap().success());
    written(&first);
    trouble(&full, "No space left on device");
    assert_eq!(before.len(), 4);
    assert_eq!(left, before);
    assert!(!stage);
}

#[test]
fn runs_at_once_leave_the_sets_of_all() {
    let dir = folder("");
    let files = ["a.aurora", "b.aurora", "c.aurora"];
    for (number, file) in files.iter().enumerate() {
        let text = source(20 + number, 1, 1).replace("'svc'", &format!("'svc{number}'"));
        let executor = format!(
            "executors = [CustomExecutor(task_prefix='x{number}-', executor=Executor(name='x{number}', \
               command=Command(value='run'), resources=Resources(cpu=0.1, ram=64*MB)))]\n"
        );
        fs::write(dir.path().join(file), text + if number == 1 { "" } else { &executor }).unwrap();
    }
    let run = |out: &str| {
        let start = |file: &&str| {
            let arguments = ["compile", file, "--user", "u", "-o", out, "--no-sync"];
            jobc(dir.path(), &arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let running: Vec<_> = files.iter().map(start).collect();
        running.into_iter().for_each(|child| written(&child.wait_with_output().unwrap()));
        assert!(!dir.path().join(out).join(".jobc-stage").exists());
        let manifest = fs::read(dir.path().join(out).join(".jobc-manifest.json")).unwrap();
        (set(&dir.path().join(out)), manifest)
    };
    let expected = run("out0");
    assert_eq!(expected.0.len(), 22 + 23 + 24 + 1);
    for round in 1..6 {
        assert!(run(&format!("out{round}")) == expected, "round {round}");
    }
}

const PRINTING: [&[&str]; 12] = [
    &["compile", "job.aurora", "--user", "u"],
    &["compile", "job.aurora", "--user", "u", "--emit", "deps"],
    &["compile", "job.aurora", "job.aurora", "--user", "u", "--emit", "executors"],
    &["check", "job.aurora", "--error-format", "sarif"],
    &["list", "."],
    &["list", ".", "--format", "json"],
    &["inspect", "job.aurora"],
    &["explain"],
    &["config"],
    &["completions", "zsh"],
    &["man"],
    &["schema", "bundle"],
];

#[test]
fn a_reader_that_has_read_enough_is_no_trouble() {
    let dir = folder(&source(0, 1, 1));
    for arguments in PRINTING {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = jobc(dir.path(), arguments).stdout(writer).output().unwrap();
        let code = if arguments.contains(&"executors") { 1 } else { 0 };
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert_eq!(
            output.stderr.is_empty(),
            code == 0,
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_trouble() {
    let dir = folder(&source(0, 1, 1));
    for arguments in PRINTING.iter().filter(|arguments| !arguments.contains(&"executors")) {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = jobc(dir.path(), arguments).stdout(full).output().unwrap();
        trouble(&output, "writing the output failed: No space left on device");
    }
}

/// Every kind alone, of one job: to standard output, and with `-o` the same bytes in its file.
#[test]
fn every_kind_alone() {
    let dir = folder(&source(0, 1, 1));
    let job = "jobs/west/svc/prod/web";
    let files = [
        ("bundle", "json", "bundle.json".to_owned()),
        ("jobs", "json", format!("{job}.json")),
        ("create", "json", format!("{job}.create.json")),
        ("create", "binary", format!("{job}.create.bin")),
        ("update", "json", format!("{job}.update.json")),
        ("update", "binary", format!("{job}.update.bin")),
        ("data", "json", format!("{job}.data")),
        ("deps", "json", "deps.json".to_owned()),
    ];
    for (kind, wire, file) in files {
        let arguments = ["--job", "west/svc/prod/web", "--emit", kind, "--wire", wire];
        let printed = compile(dir.path(), &arguments);
        assert!(printed.status.success() && printed.stderr.is_empty(), "{kind}");
        let out = TempDir::new().unwrap();
        written(&compile(dir.path(), &[&arguments[..], &["-o", out.path().to_str().unwrap()]].concat()));
        let left = set(out.path());
        assert_eq!(left.keys().collect::<Vec<_>>(), [&file]);
        // In the directory, names are relative to it.
        assert!(left[&file] == printed.stdout || kind == "deps", "{kind}");
        assert!(!printed.stdout.is_empty());
    }
}

#[test]
fn several_kinds_and_jobs_need_a_directory() {
    let dir = folder(&source(1, 1, 1));
    let all = "bundle,executors,jobs,create,update,data,deps";
    let output = compile(dir.path(), &["--emit", all]);
    trouble(&output, "standard output takes one kind of output");
    for kind in ["jobs", "create", "update", "data"] {
        let output = compile(dir.path(), &["--emit", kind, "--error-format", "short"]);
        let report = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty() && report.contains("E0714"), "{report}");
    }
    written(&compile(dir.path(), &["--emit", all, "-o", "out"]));
    let job = |name: &str, ending: &str| format!("jobs/west/svc/prod/{name}.{ending}");
    let mut files = ["bundle.json", "deps.json", "executors.json"].map(str::to_owned).to_vec();
    for name in ["nightly", "spare0", "web"] {
        files.extend(["create.json", "data", "json"].map(|ending| job(name, ending)));
    }
    files.push(job("web", "update.json"));
    assert_eq!(set(&dir.path().join("out")).into_keys().collect::<Vec<_>>(), files);
}
