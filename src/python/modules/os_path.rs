//! `os.path`: the functions that only work with text.

use super::{Members, Table, functions};
use crate::python::builtins::refused;
use crate::python::iterate::collect;
use crate::python::params::{positional_only, take, text};
use crate::template::value::{Args, Fault, Text, TextBuilder, Value, Vm};

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

const TABLE: Table = &[
    ("join", join),
    ("basename", |_, a| part("basename", a, |s| s.rfind('/').map_or(0, |at| at + 1)..s.len())),
    ("dirname", |_, a| part("dirname", a, |s| 0..head_end(s))),
    ("split", |_, a| pair("split", a, |s| (head_end(s), s.rfind('/').map_or(0, |at| at + 1)))),
    ("splitext", |_, a| pair("splitext", a, |s| (extension(s), extension(s)))),
    ("splitdrive", |_, a| pair("splitdrive", a, |_| (0, 0))),
    ("normpath", |_, a| changed("normpath", a, normpath)),
    ("normcase", |_, a| changed("normcase", a, str::to_string)),
    ("isabs", |_, a| one("isabs", a).map(|s| Value::Bool(s.as_str().starts_with('/')))),
    ("commonprefix", commonprefix),
    ("relpath", relpath),
];

/// The members of `os.path`.
pub(super) fn members() -> Members {
    let texts = [("sep", "/"), ("curdir", "."), ("pardir", ".."), ("extsep", "."), ("pathsep", ":")];
    let mut members = functions(TABLE);
    members.extend(texts.map(|(name, text)| (name, Value::str(text))));
    members.extend(REFUSED.iter().map(|(name, why, instead)| (*name, refused(name, why, instead))));
    members
}

fn one(name: &str, args: Args) -> Result<Text, Fault> {
    let ([path], []) = take(name, args, ["path"], [])?;
    text(name, &path)
}

fn part(name: &str, args: Args, range: fn(&str) -> std::ops::Range<usize>) -> Result<Value, Fault> {
    let path = one(name, args)?;
    Ok(Value::Str(path.slice(range(path.as_str()))))
}

fn pair(name: &str, args: Args, cuts: fn(&str) -> (usize, usize)) -> Result<Value, Fault> {
    let path = one(name, args)?;
    let (first, second) = cuts(path.as_str());
    let parts = [path.slice(0..first), path.slice(second..path.as_str().len())];
    Ok(Value::tuple(parts.map(Value::Str).to_vec()))
}

fn changed(name: &str, args: Args, change: fn(&str) -> String) -> Result<Value, Fault> {
    Ok(Value::str(change(one(name, args)?.as_str())))
}

/// Where the directory part ends: slashes behind it are dropped, unless it is nothing but slashes.
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

fn join(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let parts = positional_only("join", args)?;
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

fn commonprefix(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([paths], []) = take("commonprefix", args, ["paths"], [])?;
    let paths = collect(vm, &paths)?;
    let paths = paths.iter().map(|p| text("commonprefix", p)).collect::<Result<Vec<Text>, Fault>>()?;
    let Some((first, rest)) = paths.split_first() else { return Ok(Value::str("")) };
    let shared = |a: &str, b: &str| {
        a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum::<usize>()
    };
    let end = rest.iter().map(|p| shared(first.as_str(), p.as_str())).min().unwrap_or(first.as_str().len());
    Ok(Value::Str(first.slice(0..end)))
}

fn relpath(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([path], [start]) = take("relpath", args, ["path"], ["start"])?;
    let path = normpath(text("relpath", &path)?.as_str());
    let start = match start {
        Some(start) => normpath(text("relpath", &start)?.as_str()),
        None => ".".to_string(),
    };
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
