//! jobc killed at any moment while it writes a set of files: after the next run, the old set is there, or the new one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const MANIFEST: &str = ".jobc-manifest.json";

/// Sixty jobs and an executor; the two sets share half of the jobs by name and nothing by content.
fn source(first: usize, instances: usize) -> String {
    format!(
        "executors = [CustomExecutor(task_prefix='set-{instances}-', executor=Executor(name='custom',\n  \
           command=Command(value='run'), resources=Resources(cpu=0.1, ram=64*MB)))]\n\
         task = Task(name='t', resources=Resources(cpu=0.1, ram=64*MB, disk=64*MB), \
           processes=[Process(name='p', cmdline='true')])\n\
         jobs = [Job(cluster='west', role='svc', environment='e%d' % (n % 3), name='job%d' % n, \
           instances={instances}, task=task) for n in range({first}, {first} + 60)]\n"
    )
}

fn compile(dir: &Path, file: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobc"));
    command.args([
        "compile",
        file,
        "--user",
        "u",
        "--scheduler",
        "none",
        "-o",
        "out",
        "--prune",
        "--no-sync",
    ]);
    command.current_dir(dir).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Every file of the set below a folder.
pub(crate) fn set(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if name.starts_with(".jobc-") {
                continue;
            }
            if path.is_dir() {
                walk(root, &path, out);
            } else {
                out.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(folder, folder, &mut out);
    out
}

/// Completes or undoes what a killed run has left, and changes nothing else: the file has an error.
fn recover(dir: &Path) {
    assert_eq!(compile(dir, "broken.aurora").status().unwrap().code(), Some(1));
}

#[test]
fn a_killed_run_leaves_the_old_set_or_the_new_one() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("out");
    let stage = out.join(".jobc-stage");
    let file = dir.path().join("job.aurora");
    fs::write(dir.path().join("broken.aurora"), "jobs = [\n").unwrap();
    let sources = [source(0, 1), source(30, 2)];
    let mut whole = Vec::new();
    let mut longest = Duration::ZERO;
    for source in &sources {
        fs::write(&file, source).unwrap();
        let start = Instant::now();
        assert!(compile(dir.path(), "job.aurora").status().unwrap().success());
        longest = longest.max(start.elapsed());
        whole.push((set(&out), fs::read(out.join(MANIFEST)).unwrap()));
    }
    assert_eq!((whole[0].0.len(), whole[1].0.len()), (61, 61));

    let rounds = 60_u32;
    let (mut while_writing, mut new) = (0, 0);
    for round in 0..rounds {
        let next = round as usize % 2;
        fs::write(&file, &sources[next]).unwrap();
        let mut child = compile(dir.path(), "job.aurora").spawn().unwrap();
        let part = longest * (round * 17 % rounds) / rounds;
        if round % 3 == 0 {
            // Moments spread over the whole run, in no particular order.
            thread::sleep(part);
        } else {
            // Moments while the files are written, which is a short part of the run.
            while !stage.exists() && child.try_wait().unwrap().is_none() {}
            thread::sleep(part / 10);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        while_writing += u32::from(stage.exists());
        recover(dir.path());
        assert!(!stage.exists());
        let left = (set(&out), fs::read(out.join(MANIFEST)).unwrap());
        assert!(whole.contains(&left), "round {round}: {:?}", left.0.keys());
        new += u32::from(left == whole[next]);
    }
    assert!(while_writing > 3, "only {while_writing} runs were killed while they wrote");
    assert!(new > 3 && new < rounds, "{new} of {rounds} runs were completed");
}

#[test]
fn files_that_are_open_stay_where_they_are() {
    // A shell, an editor or a container that holds the folder must not see it empty, and what it saves there must stay.
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("out");
    let file = dir.path().join("job.aurora");
    for source in [source(0, 1), source(30, 2)] {
        fs::write(&file, source).unwrap();
        let before = fs::metadata(out.join("jobs")).ok();
        assert!(compile(dir.path(), "job.aurora").status().unwrap().success());
        let after = fs::metadata(out.join("jobs")).unwrap();
        let id = std::os::unix::fs::MetadataExt::ino;
        assert!(before.is_none_or(|before| id(&before) == id(&after)));
    }
    // The directory from inside, by `..`.
    fs::write(&file, source(0, 1)).unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_jobc"))
        .args([
            "compile",
            "../../job.aurora",
            "--root",
            "../..",
            "--user",
            "u",
            "--scheduler",
            "none",
            "-o",
            "..",
        ])
        .current_dir(out.join("jobs"))
        .stdin(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    assert!(out.join("jobs/west/svc/e0/job0.json").exists());
    assert!(!out.join("jobs/west/svc/e0/job72.json").exists());
}
