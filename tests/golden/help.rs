//! The examples of `--help`, pasted into a shell in a folder that has the files they name.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use libtest_mimic::Trial;

use crate::trial;

/// The files that examples name, and what is in them.
const FILES: &[(&str, &str)] = &[
    ("hello_world.aurora", include_str!("../../examples/hello_world.aurora")),
    ("job.aurora", include_str!("../../examples/docker.aurora")),
    ("nightly.aurora", include_str!("../../examples/cron.aurora")),
    (
        "web.aurora",
        "jobs = [Service(cluster='west', role='www', environment='prod', name='web', tier='preferred',
        task=SimpleTask('web', 'serve {{profile}} {{tag}}')).bind(profile='prod', tag='1')]\n",
    ),
    (
        "fleet.aurora",
        "jobs = [Service(cluster='west', role='www', environment=e, name='web', tier='preferred',
        task=SimpleTask('web', 'serve {{tag}}')).bind(tag='1') for e in ['devel', 'test']]\n",
    ),
    (
        "jobs/web.aurora",
        "jobs = [Service(cluster='west', role='www', environment='test', name='other', tier='preferred',
        task=SimpleTask('web', 'serve {{profile}}')).bind(profile='prod')]\n",
    ),
    ("west.toml", ""),
    (
        "reply.json",
        r#"[1,"startJobUpdate",2,0,{"0":{"rec":{"1":{"i32":1},"3":{"rec":{"22":{"rec":{"1":{"rec":{"1":{"rec":{"1":{"str":"www"},"2":{"str":"prod"},"3":{"str":"web"}}},"2":{"str":"u1"}}}}}}}}}}]"#,
    ),
    (
        "etc/aurora/executors.json",
        "[{\"executor\": {\"name\": \"a\", \"command\": {\"value\": \"a\"}, \"resources\": [{\"name\": \"cpus\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 0.5}}, {\"name\": \"mem\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 64}}]}, \"task_prefix\": \"a-\"}]",
    ),
    ("etc/bash_completion.d/kept", ""),
    (".zfunc/kept", ""),
    (".config/fish/completions/kept", ""),
    // What is not ours is tried elsewhere, or not there.
    ("bin/jq", "#!/bin/sh\nexec cat\n"),
    ("bin/man", "#!/bin/sh\nexec cat\n"),
];

pub(crate) fn trials() -> Vec<Trial> {
    let commands = [
        "",
        "compile",
        "check",
        "list",
        "inspect",
        "import",
        "reply",
        "explain",
        "config",
        "lsp",
        "schema",
        "stubs",
        "completions",
        "man",
    ];
    commands.map(|command| trial(format!("help/jobc {command}"), move || pasted(command))).into()
}

/// Runs the examples of a command one after the other.
fn pasted(command: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    prepare(folder.path()).map_err(|error| error.to_string())?;
    let help = if command.is_empty() { "jobc --help".to_string() } else { format!("jobc {command} --help") };
    let help = paste(folder.path(), &help)?;
    let examples = examples(&help);
    if examples.is_empty() {
        return Err(format!("no examples in:\n{help}"));
    }
    for example in examples {
        // The directories of the system are not ours to write to.
        let here = example.replace(" /etc/", " etc/").replace(">/etc/", ">etc/").replace(" /usr/", " usr/");
        let printed = paste(folder.path(), &here)?;
        let silent = [">", " -o ", "jobc man usr", "jobc lsp", "--error-format github"]
            .iter()
            .any(|part| here.contains(part));
        if printed.is_empty() != silent {
            return Err(format!("prints {printed:?}: {here}"));
        }
    }
    Ok(())
}

fn prepare(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    for (name, text) in FILES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(&path, text)?;
        if name.starts_with("bin/") {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        }
    }
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_jobc"), folder.join("bin/jobc"))
}

/// The commands below `Examples:`; one may go on in the next line.
fn examples(help: &str) -> Vec<String> {
    let block =
        help.lines().skip_while(|line| *line != "Examples:").skip(1).take_while(|line| !line.is_empty());
    let mut found: Vec<String> = Vec::new();
    for line in block {
        match (line.strip_prefix("  jobc"), found.last_mut()) {
            (None, Some(last)) => *last = format!("{last}\n{line}"),
            (Some(rest), _) => found.push(format!("jobc{rest}")),
            (None, None) => found.push(line.to_string()),
        }
    }
    found
}

fn paste(folder: &Path, command: &str) -> Result<String, String> {
    let path = format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", command])
        .current_dir(folder)
        .env_clear()
        .env("PATH", path)
        .env("HOME", folder)
        .env("LOGNAME", "golden")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("bash: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(format!(
            "{command}\nended with {}:\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}
