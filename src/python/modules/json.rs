//! `json`, with the text that Python 2 writes.

use super::json_read::{Hooks, read};
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
        parse_constant = None, object_pairs_hook = None, strict = True) Metered => loads,
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
    _encoding: Option<Value>,
    class: OrNone<Value>,
    object: OrNone<Value>,
    float: OrNone<Value>,
    int: OrNone<Value>,
    constant: OrNone<Value>,
    pairs: OrNone<Value>,
    strict: Option<Value>,
) -> Result<Value, Fault> {
    if class.0.is_some() {
        return Err(Fault::bad_call("loads() takes no decoder class here").help("use object_hook=function"));
    }
    let hooks = Hooks { object: object.0, pairs: pairs.0, float: float.0, int: int.0, constant: constant.0 };
    let control_characters = strict.is_some_and(|strict| !strict.truthy());
    read(vm, &source, &hooks, control_characters, span)
}

fn load(vm: &mut dyn Vm, mut args: Args) -> Result<Value, Fault> {
    let Some(first) = args.positional.first_mut() else {
        return Err(Fault::bad_call("load() needs an open file"));
    };
    let read = vm.attribute(&first.0, "read")?;
    first.0 = vm.call(&read, Args::none(args.span))?;
    TABLE[1].call(vm, args)
}
