//! `json`, with the text that Python 2 writes.

use super::json_read::read;
use super::json_write::{Style, write};
use super::{Members, Table, functions};
use crate::python::builtins::refused;
use crate::python::iterate::collect;
use crate::python::params::{int, take, text};
use crate::template::value::{Args, Fault, Text, Value, Vm};

const TABLE: Table = &[("dumps", dumps), ("loads", loads), ("load", load)];

/// The members of `json`.
pub(super) fn members() -> Members {
    let mut members = functions(TABLE);
    members.push((
        "dump",
        refused(
            "dump",
            "a job file writes no files",
            "use json.dumps(...) and put the text where it is needed",
        ),
    ));
    members
}

fn dumps(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let optional = [
        "skipkeys",
        "ensure_ascii",
        "check_circular",
        "allow_nan",
        "cls",
        "indent",
        "separators",
        "encoding",
        "default",
        "sort_keys",
    ];
    let span = args.span;
    let ([value], [skip, ascii, _, nan, class, indent, separators, _, default, sort]) =
        take("dumps", args, ["obj"], optional)?;
    if class.is_some_and(|c| !matches!(c, Value::None)) {
        return Err(Fault::bad_call("dumps() takes no encoder class here").help("use default=function"));
    }
    let on = |v: Option<Value>, otherwise: bool| v.map_or(otherwise, |v| v.truthy());
    let indent = match indent {
        None | Some(Value::None) => None,
        Some(Value::Str(text)) => Some(text.as_str().to_string()),
        Some(n) => {
            let width = usize::try_from(int("dumps", &n)?).unwrap_or(0);
            vm.charge_text(width)?;
            Some(" ".repeat(width))
        }
    };
    let (comma, colon) = separators_of(vm, separators)?;
    let style = Style {
        indent,
        comma,
        colon,
        ascii: on(ascii, true),
        nan: on(nan, true),
        sort: on(sort, false),
        skip: on(skip, false),
        default: default.filter(|d| !matches!(d, Value::None)),
        span,
    };
    write(vm, &value, &style).map(Value::str)
}

fn separators_of(vm: &mut dyn Vm, separators: Option<Value>) -> Result<(String, String), Fault> {
    let separators = match separators {
        None | Some(Value::None) => return Ok((", ".to_string(), ": ".to_string())),
        Some(separators) => collect(vm, &separators)?,
    };
    match separators.as_slice() {
        [Value::Str(comma), Value::Str(colon)] => {
            Ok((comma.as_str().to_string(), colon.as_str().to_string()))
        }
        _ => Err(Fault::value_error("the separators of dumps() are two texts, such as (',', ':')")),
    }
}

fn loads(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let optional =
        ["encoding", "cls", "object_hook", "parse_float", "parse_int", "parse_constant", "object_pairs_hook"];
    let span = args.span;
    let ([source], [_, _, hook, _, _, _, pairs_hook]) = take("loads", args, ["s"], optional)?;
    let source: Text = text("loads", &source)?;
    let some = |v: Option<Value>| v.filter(|v| !matches!(v, Value::None));
    read(vm, source.as_str(), some(hook), some(pairs_hook), span)
}

fn load(vm: &mut dyn Vm, mut args: Args) -> Result<Value, Fault> {
    let Some(first) = args.positional.first_mut() else {
        return Err(Fault::bad_call("load() needs an open file"));
    };
    let read = vm.attribute(&first.0, "read")?;
    first.0 = vm.call(&read, Args::none(args.span))?;
    loads(vm, args)
}
