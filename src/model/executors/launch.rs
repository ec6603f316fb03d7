//! Lints of how Mesos would launch an executor (its launch.cpp and fetcher.cpp), and of what the scheduler overwrites
//! (its MesosTaskFactory).

use super::checks::{elements, place};
use crate::diagnostics::Diagnostic;
use crate::lints::executor::{
    ARCHIVE_NOT_EXTRACTED, FIRST_ARGUMENT, NOT_EXECUTABLE, OVERWRITTEN, SPACES_WITHOUT_SHELL,
};
use crate::model::convert::reader::Reader;
use crate::model::executor::{Command, Executor, Uri};
use crate::template::Object;
use crate::template::value::quote;

/// The endings of the archives that the Mesos fetcher extracts.
const ARCHIVES: [&str; 9] =
    [".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz", ".zip", ".tar", ".gz"];

/// Warns about an executor that has no errors. `entry` is the interpolated object that it was read from.
pub(super) fn check(entry: &Object, executor: &Executor, reader: &mut Reader) {
    let Some(object) = entry.field("executor") else { return };
    for (name, is_set) in [("labels", !executor.labels.is_empty()), ("source", executor.source.is_some())] {
        if is_set {
            let message = format!("`{name}` is overwritten: the scheduler sets it for every task");
            let d = Diagnostic::warning(&OVERWRITTEN, place(object, name), message);
            reader.push(d.help(format!("leave `{name}` out")));
        }
    }
    let Some(command) = object.field("command") else { return };
    if executor.command.shell == Some(false) {
        check_without_shell(command, &executor.command, reader);
    }
    for (object, uri) in elements(command, "uris").iter().zip(&executor.command.uris) {
        check_uri(object, uri, &executor.command, reader);
    }
}

/// Without a shell, Mesos calls execvp(value, arguments): the first argument is the program's own name.
fn check_without_shell(object: &Object, command: &Command, reader: &mut Reader) {
    let program = file_name(&command.value);
    if command.value.trim().contains(' ') {
        let message =
            format!("without a shell, `{}` is the name of one file, spaces included", command.value);
        let d = Diagnostic::warning(&SPACES_WITHOUT_SHELL, place(object, "value"), message);
        return reader
            .push(d.help("put the words after the first into `arguments`, or leave shell=False out"));
    }
    let first = command.arguments.first();
    if first.is_some_and(|first| file_name(first) == program) {
        return;
    }
    let message = match first {
        Some(first) => format!(
            "`{first}` becomes the name of the program: Mesos passes the first of the `arguments` as argv[0]"
        ),
        None => "the program gets no argv[0]: `arguments` is empty, and Mesos adds nothing to it".to_string(),
    };
    let names = std::iter::once(program).chain(command.arguments.iter().map(String::as_str));
    let written: Vec<String> = names.map(quote).collect();
    let span = object.field_span("arguments").or(place(object, "value"));
    let d = Diagnostic::warning(&FIRST_ARGUMENT, span, message);
    reader.push(d.help(format!("begin with the program's own name: arguments=[{}]", written.join(", "))));
}

fn check_uri(object: &Object, uri: &Uri, command: &Command, reader: &mut Reader) {
    let written = uri.value.split(['?', '#']).next().unwrap_or_default();
    let fetched = uri.output_file.as_deref().map_or_else(|| file_name(&uri.value), file_name);
    let is_archive = |name: &str| ARCHIVES.iter().any(|ending| name.ends_with(ending));
    if uri.executable != Some(true) && program_of(command) == fetched && !is_archive(fetched) {
        let message = format!("the command runs the fetched file `{fetched}`, which is not made executable");
        let d = Diagnostic::warning(&NOT_EXECUTABLE, object.origin(), message);
        return reader.push(d.help("add executable=True to this Uri"));
    }
    if !is_archive(file_name(written)) {
        return;
    }
    let message = if uri.executable == Some(true) && uri.extract == Some(true) {
        "`extract` has no effect: the Mesos fetcher extracts no file that it makes executable".to_string()
    } else if uri.executable == Some(true) || command.value.contains(fetched) {
        return;
    } else if uri.extract == Some(false) {
        format!("the archive `{fetched}` is not extracted, and the command does not name it")
    } else if !is_archive(fetched) {
        format!(
            "the archive is not extracted: the Mesos fetcher goes by the end of the file name, which is `{fetched}`"
        )
    } else {
        return;
    };
    let d = Diagnostic::warning(&ARCHIVE_NOT_EXTRACTED, object.origin(), message);
    reader.push(match is_archive(fetched) {
        true => d.help(format!("have the archive extracted, or use `{fetched}` in the command")),
        false => d.help(format!("name the file: output_file={}", quote(file_name(written)))),
    });
}

/// The file that a command runs, where it is in the sandbox.
fn program_of(command: &Command) -> &str {
    let word = match command.shell {
        Some(false) => command.value.as_str(),
        _ => command.value.split_whitespace().next().unwrap_or_default(),
    };
    let word = word.strip_prefix("./").or_else(|| word.strip_prefix("${MESOS_SANDBOX}/")).unwrap_or("");
    if word.contains('/') { "" } else { word }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
