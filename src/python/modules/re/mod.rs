//! `re`: Python's regular expressions, translated for the engine and matched within a budget.
//!
//! | question | file |
//! |---|---|
//! | the functions of the module | `mod.rs`, `search.rs`, `replace.rs`, `expand.rs` |
//! | what a pattern means | `translate.rs`, `class.rs` |
//! | patterns, and their methods | `pattern.rs`, `pattern_methods.rs` |
//! | what a match knows, and its methods | `found.rs`, `found_methods.rs` |

use super::{Members, functions};
use crate::python::arguments::{OrNone, Table, builtins};
use crate::template::value::{Fault, Text, Value, Vm};
use pattern::{Anchor, of_value};
use replace::replace;
use search::{findall, finditer, once, split};

mod class;
mod expand;
mod found;
mod found_methods;
mod pattern;
mod pattern_methods;
mod replace;
mod search;
mod translate;

const TABLE: Table = builtins![
    compile(pattern, flags = 0) Metered => |vm: &mut dyn Vm, source: Value, flags: Option<i64>| {
        of_value(vm, "compile", &source, flags).map(|pattern| pattern::value(&pattern))
    },
    escape(string) Metered => escape,
    purge() Constant => |_| Ok(Value::None),
    search(pattern, string, flags = 0) Metered => |vm: &mut dyn Vm, source: Value, text, flags| {
        let pattern = of_value(vm, "search", &source, flags)?;
        once(vm, &pattern, text, ALL, ALL, Anchor::Anywhere)
    },
    match(pattern, string, flags = 0) Metered => |vm: &mut dyn Vm, source: Value, text, flags| {
        let pattern = of_value(vm, "match", &source, flags)?;
        once(vm, &pattern, text, ALL, ALL, Anchor::Start)
    },
    fullmatch(pattern, string, flags = 0) Metered => |vm: &mut dyn Vm, source: Value, text, flags| {
        let pattern = of_value(vm, "fullmatch", &source, flags)?;
        once(vm, &pattern, text, ALL, ALL, Anchor::Whole)
    },
    findall(pattern, string, flags = 0) Metered => |vm: &mut dyn Vm, source: Value, text, flags| {
        let pattern = of_value(vm, "findall", &source, flags)?;
        findall(vm, &pattern, text, ALL, ALL)
    },
    finditer(pattern, string, flags = 0) Metered => |vm: &mut dyn Vm, source: Value, text, flags| {
        let pattern = of_value(vm, "finditer", &source, flags)?;
        finditer(vm, &pattern, text, ALL, ALL)
    },
    split(pattern, string, maxsplit = 0, flags = 0) Metered => |vm: &mut dyn Vm, source: Value, text, most, flags| {
        let pattern = of_value(vm, "split", &source, flags)?;
        split(vm, &pattern, text, most)
    },
    sub(@, pattern, repl, string, count = 0, flags = 0) Metered => |vm: &mut dyn Vm, span, source: Value, new, text, most, flags| {
        let pattern = of_value(vm, "sub", &source, flags)?;
        replace(vm, span, "sub", &pattern, new, text, most).map(|(text, _)| text)
    },
    subn(@, pattern, repl, string, count = 0, flags = 0) Metered => |vm: &mut dyn Vm, span, source: Value, new, text, most, flags| {
        let pattern = of_value(vm, "subn", &source, flags)?;
        replace(vm, span, "subn", &pattern, new, text, most).map(|(text, count)| Value::tuple(vec![text, count]))
    },
];

/// No bound of the part to search.
const ALL: OrNone<i64> = OrNone(None);

/// The members of `re`.
pub(super) fn members() -> Members {
    let mut members = functions(TABLE);
    members.extend(translate::FLAGS.iter().map(|(name, bit)| (*name, Value::Int(*bit))));
    members
}

/// As Python 2 does: everything but ASCII letters and digits gets a backslash.
fn escape(vm: &mut dyn Vm, source: Text) -> Result<Value, Fault> {
    vm.charge_text(source.as_str().len().saturating_mul(2))?;
    let mut out = String::with_capacity(source.as_str().len());
    for c in source.as_str().chars() {
        match c {
            '\0' => out.push_str("\\000"),
            c if c.is_ascii_alphanumeric() => out.push(c),
            c => {
                out.push('\\');
                out.push(c);
            }
        }
    }
    Ok(Value::str(out))
}
