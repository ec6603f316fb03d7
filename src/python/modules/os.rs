//! `os` and `getpass`, as far as they do not look at the machine.

use super::{Members, environ, functions, import};
use crate::python::arguments::{Table, builtins};
use crate::python::refused::refused;
use crate::template::value::{Loaded, Value, Vm};

const DISK: &str = "a job file does not look at the disk";
const PROGRAMS: &str = "a job file runs no programs";
const MACHINE: &str = "a job file knows nothing of the machine it is compiled on";

const REFUSED: &[(&str, &str, &str)] = &[
    ("getcwd", DISK, "include() takes paths relative to the file that calls it"),
    ("listdir", DISK, "write the names into the file, or include() them one by one"),
    ("walk", DISK, "write the names into the file"),
    ("stat", DISK, "leave the check to a process of the task"),
    ("makedirs", DISK, "create directories in a process of the task"),
    ("mkdir", DISK, "create directories in a process of the task"),
    ("remove", DISK, "remove files in a process of the task"),
    ("system", PROGRAMS, "run the command in a process of the task, or pass its output with --bind"),
    ("popen", PROGRAMS, "pass the output of the command with --bind name=value"),
    ("getpid", MACHINE, "pass the value with --bind name=value"),
    ("getuid", MACHINE, "pass the value with --bind name=value"),
    ("getlogin", MACHINE, "use getpass.getuser(), which is the user given with --user"),
    ("uname", MACHINE, "pass the value with --bind name=value"),
    ("urandom", "a job file gives the same result every time", "pass the value with --bind name=value"),
    ("putenv", "the environment does not change", "set the variable in the cmdline of a process"),
];

/// The members of `os`.
pub(super) fn members(loaded: &mut Loaded) -> Members {
    let texts = [
        ("sep", "/"),
        ("linesep", "\n"),
        ("curdir", "."),
        ("pardir", ".."),
        ("pathsep", ":"),
        ("extsep", "."),
        ("devnull", "/dev/null"),
        ("name", "posix"),
    ];
    let mut members = functions(TABLE);
    members.extend(texts.map(|(name, text)| (name, Value::str(text))));
    members.extend(REFUSED.iter().map(|(name, why, instead)| (*name, refused(name, why, instead))));
    members.push(("environ", environ::value()));
    members.extend(import(loaded, "os.path").map(|path| ("path", path)));
    members
}

const TABLE: Table = builtins![getenv(@, key, default = None) Constant => environ::getenv];

const GETPASS: Table = builtins![getuser() Constant => |vm: &mut dyn Vm| Ok(Value::str(vm.user()))];

/// The members of `getpass`.
pub(super) fn getpass_members() -> Members {
    let mut members = functions(GETPASS);
    members.push((
        "getpass",
        refused(
            "getpass",
            "a job file is compiled without anybody to ask",
            "pass the value with --bind name=value",
        ),
    ));
    members
}
