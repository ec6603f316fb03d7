//! The examples of `jobc explain`, tried: the bad one gets the diagnostic, the good one gets none.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use jobc::diagnostics::Code;
use jobc::lints::all_codes;
use libtest_mimic::Trial;

use crate::{jobc, trial};

/// What two files describe alike.
const TEAM: &str = "jobs = [Service(cluster='west', role='www', environment='prod', name='web',
        task=SimpleTask('web', 'serve'))]\n";

/// The files that examples name, and what is in them.
const FILES: &[(&str, &str)] = &[
    (
        "web.aurora",
        "jobs = [Service(cluster='west', role='www', environment=e, name='web',
        task=SimpleTask('web', 'serve')) for e in ['prod', 'test']]\n",
    ),
    (
        "job.aurora",
        "jobs = [Service(cluster='west', role='www', environment='prod', name='web',
        task=SimpleTask('web', 'serve {{version}}'))]\n",
    ),
    (
        "nightly.aurora",
        "jobs = [Job(cluster='west', role='www', environment='prod', name='nightly', cron_schedule='0 4 * * *',
        task=SimpleTask('nightly', 'clean'))]\n",
    ),
    (
        "docker.aurora",
        "jobs = [Service(cluster='west', role='www', environment='prod', name='plain', executor_config=Empty,
        container=Docker(image='web:1'), task=SimpleTask('web', 'serve'))]\n",
    ),
    (
        "executors.aurora",
        "executors = [CustomExecutor(task_prefix='x-', executor=Executor(name='x', command=Command(value='./run'),
        resources=Resources(cpu=0.25, ram=64*MB)))]\n",
    ),
    ("jobs/web.aurora", "jobs = []\n"),
    ("team/web.aurora", TEAM),
    ("team/copy.aurora", TEAM),
    ("profiles.aurora", "size = 1\n"),
    ("shared.aurora", "size = 1\n"),
    ("small.aurora", "size = 1\n"),
];

/// Marks the flags that an example is compiled with.
const COMPILED: &str = "# compiled with ";
/// Marks the flags that an example is checked with.
const CHECKED: &str = "# checked with ";
/// Marks the setting that an example is checked with.
const SETTING: &str = "# checked with a settings file in which ";

pub(crate) fn trials() -> Vec<Trial> {
    all_codes()
        .into_iter()
        .map(|code| trial(format!("explain/{}", code.id), move || explained(code)))
        .collect()
}

fn explained(code: &Code) -> Result<(), String> {
    let report = report(code, code.bad)?;
    // These take a run that is killed, or one that waits: see tests/emit.
    let is_by_chance = matches!(code.name, "recovered" | "waiting");
    if !is_by_chance && !codes_in(&report).contains(code.id) {
        return Err(format!("{}\ndoes not get {}, but\n{report}", code.bad, code.id));
    }
    let report = self::report(code, code.good)?;
    let mut said = codes_in(&report);
    // A few statements that define no job are a good example too.
    if !code.good.contains("jobs = ") {
        said.remove("E0317");
    }
    // Notes say what was done, which may be what was meant.
    said.retain(|id| !id.starts_with('N') || *id == code.id);
    if said.is_empty() { Ok(()) } else { Err(format!("{}\ngets\n{report}", code.good)) }
}

/// What is said about an example.
fn report(code: &Code, example: &str) -> Result<String, String> {
    let io = |error: std::io::Error| error.to_string();
    let folder = tempfile::tempdir().map_err(io)?;
    let path = folder.path();
    fs::create_dir(path.join("jobs")).map_err(io)?;
    fs::create_dir(path.join("team")).map_err(io)?;
    for (name, text) in FILES {
        fs::write(path.join(name), text).map_err(io)?;
    }
    fs::write(path.join("huge.aurora"), "#".repeat(1001)).map_err(io)?;
    fs::write(path.join("image.png"), b"\x89PNG\xff").map_err(io)?;
    let in_shell = ["jobc compile", "jobc reply"].iter().any(|command| example.contains(command));
    let output = if in_shell || example.lines().any(|line| line.starts_with("jobc check")) {
        let program = Path::new(env!("CARGO_BIN_EXE_jobc")).parent().unwrap_or(Path::new(""));
        Command::new("sh")
            .args(["-c", example])
            .current_dir(path)
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", program.display()))
            .env("LOGNAME", "golden")
            .output()
            .map_err(io)?
    } else {
        let (name, arguments) = arguments(code, example);
        fs::write(path.join(name), format!("{example}\n")).map_err(io)?;
        if let Some(line) = example.lines().next().and_then(|line| line.strip_prefix(SETTING)) {
            fs::write(path.join("settings.toml"), line).map_err(io)?;
        }
        let words: Vec<String> = arguments.split_whitespace().map(str::to_string).collect();
        jobc(path, &words)?
    };
    Ok(String::from_utf8_lossy(&[output.stderr, output.stdout].concat()).into_owned())
}

/// The file that an example is, and the command that reads it.
fn arguments(code: &Code, example: &str) -> (&'static str, String) {
    let first = example.lines().next().unwrap_or_default();
    if code.name.starts_with("settings-") {
        ("settings.toml", "check web.aurora --scheduler settings.toml".to_string())
    } else if first.starts_with('[') {
        ("executors.json", "import executors.json".to_string())
    } else if let Some(flags) = first.strip_prefix(COMPILED) {
        ("job.aurora", format!("compile job.aurora {flags}"))
    } else if first.starts_with(SETTING) {
        ("job.aurora", "check job.aurora --scheduler settings.toml".to_string())
    } else {
        let flags = first.strip_prefix(CHECKED).unwrap_or("--max-steps 100000");
        ("job.aurora", format!("check job.aurora {flags}"))
    }
}

/// The codes of the diagnostics in a report.
fn codes_in(report: &str) -> BTreeSet<&str> {
    let heads = report.split(['[', ' ']);
    let id = |word: &&str| {
        let mut bytes = word.bytes();
        word.len() == 5
            && matches!(bytes.next(), Some(b'E' | b'W' | b'N'))
            && bytes.all(|b| b.is_ascii_digit())
    };
    heads.filter(id).collect()
}
