//! `os.path`: the functions that only work with text.

use super::{Members, functions};
use crate::python::arguments::{Table, builtins};
use crate::python::iterate::collect;
use crate::python::params::text;
use crate::python::refused::refused;
use crate::template::value::{Fault, Text, TextBuilder, Value, Vm};

const DISK: &str = "a job file does not look at the disk";

const REFUSED: &[(&str, &str, &str)] = &[
    ("exists", DISK, "leave the check to a process of the task"),
    ("lexists", DISK, "leave the check to a process of the task"),
    ("isfile", DISK, "leave the check to a process of the task"),
    ("isdir", DISK, "leave the check to a process of the task"),
    ("islink", DISK, "leave the check to a process of the task"),
    ("getsize", DISK, "pass the value with --bind name=value"),
    ("getmtime", DISK, "pass the value with --bind name=value"),
    ("realpath", DISK, "write the path as it should be"),
    ("abspath", DISK, "include() takes paths relative to the file that calls it"),
    (
        "expanduser",
        "it depends on who compiles the file",
        "write the path in full, or leave the ~ to the shell of a process",
    ),
    (
        "expandvars",
        "it depends on the environment of the compiler",
        "use os.environ, or leave the $ to the shell of a process",
    ),
];

const TABLE: Table = builtins![
    join(*paths) Metered => join,
    basename(path) Scan(0) => |_, path: Text| Ok(Value::Str(path.slice(name_start(&path)..path.as_str().len()))),
    dirname(path) Scan(0) => |_, path: Text| Ok(Value::Str(path.slice(0..head_end(path.as_str())))),
    split(path) Scan(0) => |_, path: Text| Ok(pair(&path, head_end(path.as_str()), name_start(&path))),
    splitext(path) Scan(0) => |_, path: Text| {
        let at = extension(path.as_str());
        Ok(pair(&path, at, at))
    },
    splitdrive(path) Constant => |_, path: Text| Ok(pair(&path, 0, 0)),
    normpath(path) Copy(0) => |_, path: Text| Ok(Value::str(normpath(path.as_str()))),
    normcase(path) Copy(0) => |_, path: Text| Ok(Value::str(path.as_str())),
    isabs(path) Constant => |_, path: Text| Ok(Value::Bool(path.as_str().starts_with('/'))),
    commonprefix(paths) Metered => commonprefix,
    relpath(path, start = ".") Scan(0) => relpath,
];

/// The members of `os.path`.
pub(super) fn members() -> Members {
    let texts = [("sep", "/"), ("curdir", "."), ("pardir", ".."), ("extsep", "."), ("pathsep", ":")];
    let mut members = functions(TABLE);
    members.extend(texts.map(|(name, text)| (name, Value::str(text))));
    members.extend(REFUSED.iter().map(|(name, why, instead)| (*name, refused(name, why, instead))));
    members
}

fn pair(path: &Text, first: usize, second: usize) -> Value {
    Value::tuple(vec![Value::Str(path.slice(0..first)), Value::Str(path.slice(second..path.as_str().len()))])
}

/// Where the last part of a path begins.
fn name_start(path: &Text) -> usize {
    path.as_str().rfind('/').map_or(0, |at| at + 1)
}

/// Where the directory part ends: slashes after it are dropped, unless it is nothing but slashes.
fn head_end(path: &str) -> usize {
    let end = path.rfind('/').map_or(0, |at| at + 1);
    let trimmed = path[..end].trim_end_matches('/').len();
    if trimmed == 0 { end } else { trimmed }
}

/// Where the extension begins; dots at the beginning of a name begin none.
fn extension(path: &str) -> usize {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let start = name + (path.len() - name - path[name..].trim_start_matches('.').len());
    path[start..].rfind('.').map_or(path.len(), |at| start + at)
}

fn join(vm: &mut dyn Vm, parts: Vec<Value>) -> Result<Value, Fault> {
    let parts = parts.iter().map(|p| text("join", p)).collect::<Result<Vec<Text>, Fault>>()?;
    if parts.is_empty() {
        return Err(Fault::bad_call("join() needs at least one path"));
    }
    vm.charge_text(parts.iter().map(|p| p.as_str().len() + 1).sum())?;
    // An absolute part throws away what is before it.
    let start = parts.iter().rposition(|p| p.as_str().starts_with('/')).unwrap_or(0);
    let mut out = TextBuilder::new();
    let mut open = false;
    for (index, part) in parts[start..].iter().enumerate() {
        if index > 0 && open {
            out.push_made("/", part.span());
        }
        out.push(part);
        open = if part.as_str().is_empty() && index > 0 {
            false
        } else {
            !part.as_str().is_empty() && !part.as_str().ends_with('/')
        };
    }
    Ok(Value::Str(out.finish()))
}

fn normpath(path: &str) -> String {
    if path.is_empty() {
        return ".".to_string();
    }
    // POSIX lets two slashes at the beginning, and no other number, mean something of their own.
    let root = match path.len() - path.trim_start_matches('/').len() {
        0 => "",
        2 => "//",
        _ => "/",
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|p| !p.is_empty() && *p != ".") {
        match (part, parts.last()) {
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            ("..", None) if !root.is_empty() => {}
            _ => parts.push(part),
        }
    }
    let path = format!("{root}{}", parts.join("/"));
    if path.is_empty() { ".".to_string() } else { path }
}

fn commonprefix(vm: &mut dyn Vm, paths: Value) -> Result<Value, Fault> {
    let paths = collect(vm, &paths)?;
    let paths = paths.iter().map(|p| text("commonprefix", p)).collect::<Result<Vec<Text>, Fault>>()?;
    let Some((first, rest)) = paths.split_first() else { return Ok(Value::str("")) };
    let shared = |a: &str, b: &str| {
        a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum::<usize>()
    };
    let end = rest.iter().map(|p| shared(first.as_str(), p.as_str())).min().unwrap_or(first.as_str().len());
    Ok(Value::Str(first.slice(0..end)))
}

fn relpath(_: &mut dyn Vm, path: Text, start: Option<Text>) -> Result<Value, Fault> {
    let path = normpath(path.as_str());
    let start = start.map_or(".".to_string(), |start| normpath(start.as_str()));
    if path.starts_with('/') != start.starts_with('/') {
        return Err(Fault::value_error(
            "relpath() of an absolute and a relative path depends on the current directory",
        )
        .help("give both paths in the same way"));
    }
    let parts = |p: &str| -> Vec<String> {
        p.split('/').filter(|s| !s.is_empty() && *s != ".").map(str::to_string).collect()
    };
    let (path, start) = (parts(&path), parts(&start));
    let shared = path.iter().zip(&start).take_while(|(a, b)| a == b).count();
    if start[shared..].iter().any(|p| p == "..") {
        return Err(Fault::value_error("relpath() from a path with `..` depends on the current directory"));
    }
    let up = std::iter::repeat_n("..", start.len() - shared);
    let relative: Vec<&str> = up.chain(path[shared..].iter().map(String::as_str)).collect();
    Ok(Value::str(if relative.is_empty() { ".".to_string() } else { relative.join("/") }))
}
