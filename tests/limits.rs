//! Whatever a file does, a run ends in time, within its memory, with a report and exit code 1.

#![cfg(unix)]

use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Runs a shell command in a directory that holds `job.aurora`; `$JOBC` is the program.
fn run(text: &str, command: &str) -> Output {
    let directory = tempfile::tempdir().expect("a directory for the test");
    std::fs::write(directory.path().join("job.aurora"), text).expect("the file is written");
    Command::new("sh")
        .args(["-c", command])
        .current_dir(directory.path())
        .env("JOBC", env!("CARGO_BIN_EXE_jobc"))
        .output()
        .expect("sh runs")
}

/// Runs a program that is to be stopped.
fn stopped(text: &str, command: &str) {
    let began = Instant::now();
    let output = run(text, command);
    let report = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{report}");
    assert!(
        report.contains("error[E0607 stopped]") || report.contains("error[E0604 too-many-steps]"),
        "{report}"
    );
    assert!(output.stdout.is_empty());
    // Far less than the programs would take.
    assert!(began.elapsed() < Duration::from_secs(60));
}

const HOG: &str = "x = []\nwhile True:\n  x.append('a' * 100000 + str(len(x)))\n";

#[test]
fn a_program_that_keeps_what_it_makes_is_stopped_by_its_memory() {
    stopped(HOG, "$JOBC compile job.aurora --user u --scheduler none --max-memory 64M --max-seconds 50");
}

#[test]
fn a_program_is_stopped_by_the_address_space_of_its_process() {
    if cfg!(target_os = "linux") {
        stopped(HOG, "ulimit -v 600000; $JOBC compile job.aurora --user u --scheduler none --max-seconds 50");
    }
}

/// Deep values are dropped by functions that call themselves: with little stack, there are fewer of them.
#[test]
fn a_deep_program_is_refused_where_there_is_little_stack() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let deep = [
        "x = []\nfor i in xrange(1500000): x = [x]\n",
        "import itertools\nx = iter([1])\nfor i in xrange(1400000): x = itertools.chain(x)\n",
    ];
    for program in deep {
        for kilobytes in [400_000, 200_000, 100_000] {
            let command = format!(
                "ulimit -v {kilobytes}; $JOBC compile job.aurora --user u --scheduler none --max-seconds 50"
            );
            let output = run(program, &command);
            let told = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{kilobytes}: {told}");
        }
    }
}

#[test]
fn an_endless_program_is_stopped_by_its_time() {
    let endless = "while True:\n  pass\n";
    stopped(endless, "$JOBC compile job.aurora --user u --scheduler none --max-seconds 0.2 --max-steps 900G");
}

#[test]
fn an_ignore_file_that_is_a_link_is_not_followed() {
    if cfg!(target_os = "linux") {
        let command =
            "ln -s /dev/zero .gitignore; ulimit -v 8000000; $JOBC check . --user u --max-memory 64M";
        let output = run("x = 1\n", command);
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{told}");
        assert!(told.contains("warning[W0603 ignore-file-skipped]"), "{told}");
    }
}

/// Programs whose work is linear, or is counted: they end by themselves long before their time is up.
#[test]
fn work_that_is_done_inside_one_call_is_linear_or_counted() {
    let programs = [
        ("x = ('a' * 300000).strip('b' * 300000 + 'a')", "E0317"),
        ("x = xrange(10 ** 18) == xrange(0, 10 ** 18)", "E0317"),
        ("import textwrap\nx = textwrap.shorten('ab ' * 100000, 250000)", "E0317"),
        ("import textwrap\nx = textwrap.dedent('\\n' * 6000000)", "E0605"),
        ("import re\nre.match('(a)' * 120, 'a' * 120)", "more than 99 groups"),
        ("import json\njson.loads(u'\"\\\\u123é\"')", "error["),
        ("s = 'a' * 6000000\nt = 'a' * 5999999 + 'a'\nfor i in range(100000):\n  s is t", "E0604"),
        ("a = 'a' * 30000\nx = sorted([a + str(i % 7) for i in range(1000)] * 100)", "E0604"),
    ];
    for (program, report) in programs {
        let command = "$JOBC compile job.aurora --user u --scheduler none --max-seconds 60 --max-steps 1M";
        let output = run(&format!("# coding: utf-8\n{program}\n"), command);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{program}: {told}");
        assert!(told.contains(report), "{program}: {told}");
    }
}

/// An output that is lost is no success.
#[test]
fn an_output_that_cannot_be_written_is_trouble() {
    let job = "x = 1\nexecutors = [CustomExecutor(task_prefix='x-', executor=Executor(name='x',\n  command=Command(value='./run'), resources=Resources(cpu=0.25, ram=64*MB)))]\n";
    let compile = "$JOBC compile job.aurora --user u --scheduler none";
    let cases = [
        (format!("{compile} >&-"), 2),
        (format!("{compile} <&- >&- 2>/dev/null"), 2),
        (format!("{compile} >/dev/full"), 2),
        (format!("{compile} >/dev/null"), 0),
        (format!("{compile} <&- >/dev/null 2>&-"), 0),
        (format!("{compile} -o out >&-"), 0),
        ("$JOBC list job.aurora --user u >&-".to_string(), 2),
        ("$JOBC check job.aurora --user u >/dev/full".to_string(), 2),
        ("$JOBC --help >/dev/full".to_string(), 2),
    ];
    for (command, code) in cases {
        if command.contains("/dev/full") && !cfg!(target_os = "linux") {
            continue;
        }
        let output = run(job, &command);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{command}: {told}");
        let silent = command.contains("2>");
        assert!(code == 0 || silent || told.starts_with("error: "), "{command}: {told}");
    }
}
