//! jobc killed at any moment while it writes a set of files: the old set is there, or the new one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

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

#[test]
fn a_killed_run_leaves_the_old_set_or_the_new_one() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("out");
    let stage = out.join(".jobc-stage");
    let files = ["a.aurora", "b.aurora"];
    fs::write(dir.path().join(files[0]), source(0, 1)).unwrap();
    fs::write(dir.path().join(files[1]), source(30, 2)).unwrap();
    let mut whole = Vec::new();
    let mut longest = Duration::ZERO;
    for file in files {
        let start = Instant::now();
        assert!(compile(dir.path(), file).status().unwrap().success());
        longest = longest.max(start.elapsed());
        whole.push(set(&out));
    }
    assert_eq!((whole[0].len(), whole[1].len()), (61, 61));

    let jobs = |set: &BTreeMap<String, Vec<u8>>| {
        let mut jobs = set.clone();
        let executors = jobs.remove("executors.json");
        (executors, jobs)
    };
    let (whole_jobs, executors): (Vec<_>, Vec<_>) = whole.iter().map(|w| (jobs(w).1, jobs(w).0)).unzip();
    let rounds = 60_u32;
    let mut while_writing = 0;
    for round in 0..rounds {
        let mut child = compile(dir.path(), files[round as usize % 2]).spawn().unwrap();
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
        let (left_executors, left_jobs) = jobs(&set(&out));
        assert!(whole_jobs.contains(&left_jobs), "round {round}: {:?}", left_jobs.keys());
        assert!(executors.contains(&left_executors), "round {round}");
    }
    assert!(while_writing > 3, "only {while_writing} runs were killed while they wrote");
    // And whatever was left behind, the next run that is not killed cleans up.
    for (file, whole) in files.iter().zip(&whole) {
        assert!(compile(dir.path(), file).status().unwrap().success());
        assert_eq!(&set(&out), whole);
        assert!(!stage.exists());
    }
}
