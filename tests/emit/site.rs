//! A folder with job files that share a library, and runs of jobc in it.

#![expect(clippy::disallowed_methods, reason = "tests read the files that a run wrote")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::killed::set;

/// Five executors, and five entry files that include a library.
pub(crate) struct Site(pub(crate) TempDir);

impl Site {
    pub(crate) fn new() -> Site {
        let site = Site(TempDir::new().unwrap());
        site.put(
            "lib/executors.aurora",
            "executors = [CustomExecutor(task_prefix='x%d-' % n, executor=Executor(name='ex%d' % n,\n  \
               command=Command(value='./run'), resources=Resources(cpu=0.25, ram=64*MB))) for n in range(5)]\n",
        );
        site.put(
            "lib/base.aurora",
            "def job(name, **more):\n  return Job(cluster='west', role='www', environment='prod', name=name,\n    \
               task=SimpleTask(name, 'serve ' + name), **more)\n",
        );
        for name in ["one", "two", "three"] {
            site.job(name, "service=True");
        }
        site.job("nightly", "cron_schedule='0 4 * * *'");
        site.job("cart", "executor_config=ExecutorConfig(name='ex1', data='x')");
        site
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub(crate) fn job(&self, name: &str, more: &str) {
        let text = format!("include('../lib/base.aurora')\njobs = [job('{name}', {more})]\n");
        self.put(&format!("jobs/{name}.aurora"), &text);
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jobc"));
        command.args(["compile", "--root", ".", "--user", "ci", "--scheduler", "default", "--no-sync"]);
        command.args(arguments.split_whitespace()).current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &str) -> Output {
        let mut command = self.command(arguments);
        if !arguments.contains("-o ") {
            command = Command::new(env!("CARGO_BIN_EXE_jobc"));
            command.args(["compile", "--root", ".", "--user", "ci"]).args(arguments.split_whitespace());
            command.current_dir(self.0.path()).stdin(Stdio::null());
        }
        command.output().unwrap()
    }

    /// What a run that succeeds tells.
    #[track_caller]
    pub(crate) fn told(&self, arguments: &str) -> String {
        let output = self.run(arguments);
        let report = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments}: {report}");
        report
    }

    /// What a run that fails with this exit code tells; it changes nothing.
    #[track_caller]
    pub(crate) fn refused(&self, arguments: &str, code: i32) -> String {
        let before = self.all();
        let output = self.run(arguments);
        let report = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments}: {report}");
        assert_eq!(self.all(), before, "{arguments}");
        report
    }

    #[track_caller]
    pub(crate) fn all_files(&self) {
        self.told(
            "lib/executors.aurora jobs/one.aurora jobs/two.aurora jobs/three.aurora jobs/nightly.aurora \
                   jobs/cart.aurora -o out",
        );
    }

    pub(crate) fn all(&self) -> BTreeMap<String, Vec<u8>> {
        set(self.0.path())
    }

    pub(crate) fn names(&self) -> Vec<String> {
        set(&self.path("out")).into_keys().collect()
    }
}

pub(crate) fn file_of(job: &str) -> String {
    format!("out/jobs/west/www/prod/{job}")
}
