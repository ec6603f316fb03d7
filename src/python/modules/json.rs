//! `json`, with the text that Python 2 writes.

use super::json_read::read;
use super::json_write::{Style, write};
use super::{Members, functions};
use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::iterate::collect;
use crate::python::params::int;
use crate::python::refused::refused;
use crate::source::Span;
use crate::template::value::{Args, Fault, Text, Value, Vm};

const TABLE: Table = builtins![
    dumps(@, obj, skipkeys = False, ensure_ascii = True, check_circular = True, allow_nan = True, cls = None,
        indent = None, separators = None, encoding = "utf-8", default = None, sort_keys = False) Metered => dumps,
    loads(@, s, encoding = None, cls = None, object_hook = None, parse_float = None, parse_int = None,
        parse_constant = None, object_pairs_hook = None) Metered => loads,
    load(**kwargs) Metered => load,
];

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

#[allow(clippy::too_many_arguments, reason = "Python's dumps() has as many")]
fn dumps(
    vm: &mut dyn Vm,
    span: Span,
    value: Value,
    skip: Option<bool>,
    ascii: Option<bool>,
    _: Option<Value>,
    nan: Option<bool>,
    class: OrNone<Value>,
    indent: OrNone<Value>,
    separators: OrNone<Value>,
    _: Option<Value>,
    default: OrNone<Value>,
    sort: Option<bool>,
) -> Result<Value, Fault> {
    if class.0.is_some() {
        return Err(Fault::bad_call("dumps() takes no encoder class here").help("use default=function"));
    }
    let indent = match indent.0 {
        None => None,
        Some(Value::Str(text)) => Some(text.as_str().to_string()),
        Some(n) => {
            let width = usize::try_from(int("dumps", &n)?).unwrap_or(0);
            vm.charge_text(width)?;
            Some(" ".repeat(width))
        }
    };
    let (comma, colon) = separators_of(vm, separators.0)?;
    let style = Style {
        indent,
        comma,
        colon,
        ascii: ascii.unwrap_or(true),
        nan: nan.unwrap_or(true),
        sort: sort.unwrap_or(false),
        skip: skip.unwrap_or(false),
        default: default.0,
        span,
    };
    write(vm, &value, &style).map(Value::str)
}

fn separators_of(vm: &mut dyn Vm, separators: Option<Value>) -> Result<(String, String), Fault> {
    let separators = match separators {
        None => return Ok((", ".to_string(), ": ".to_string())),
        Some(separators) => collect(vm, &separators)?,
    };
    match separators.as_slice() {
        [Value::Str(comma), Value::Str(colon)] => {
            Ok((comma.as_str().to_string(), colon.as_str().to_string()))
        }
        _ => Err(Fault::value_error("the separators of dumps() are two texts, such as (',', ':')")),
    }
}

#[allow(clippy::too_many_arguments, reason = "Python's loads() has as many")]
fn loads(
    vm: &mut dyn Vm,
    span: Span,
    source: Text,
    _: Option<Value>,
    _: Option<Value>,
    hook: OrNone<Value>,
    _: Option<Value>,
    _: Option<Value>,
    _: Option<Value>,
    pairs_hook: OrNone<Value>,
) -> Result<Value, Fault> {
    read(vm, source.as_str(), hook.0, pairs_hook.0, span)
}

fn load(vm: &mut dyn Vm, mut args: Args) -> Result<Value, Fault> {
    let Some(first) = args.positional.first_mut() else {
        return Err(Fault::bad_call("load() needs an open file"));
    };
    let read = vm.attribute(&first.0, "read")?;
    first.0 = vm.call(&read, Args::none(args.span))?;
    TABLE[1].call(vm, args)
}
