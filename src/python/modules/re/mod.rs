//! `re`: Python's regular expressions, translated for the engine and matched within a budget.
//!
//! | question | file |
//! |---|---|
//! | the functions of the module, and the methods of patterns | `mod.rs`, `search.rs`, `replace.rs` |
//! | what a pattern means | `translate.rs`, `class.rs` |
//! | patterns as values | `pattern.rs` |
//! | what a match knows | `found.rs` |

mod class;
mod found;
mod pattern;
mod replace;
mod search;
mod translate;

use super::{Members, Table, functions};
use crate::python::params::{take, text};
use crate::template::value::{Args, Fault, Value, Vm};

const TABLE: Table = &[
    ("compile", pattern::compile),
    ("escape", escape),
    ("purge", |_, args| take("purge", args, [], []).map(|_| Value::None)),
    ("search", |m, a| pattern::called(m, "search", a, search::search)),
    ("match", |m, a| pattern::called(m, "match", a, search::match_start)),
    ("fullmatch", |m, a| pattern::called(m, "fullmatch", a, search::match_all)),
    ("findall", |m, a| pattern::called(m, "findall", a, search::findall)),
    ("finditer", |m, a| pattern::called(m, "finditer", a, search::finditer)),
    ("split", |m, a| pattern::called(m, "split", a, search::split)),
    ("sub", |m, a| pattern::called(m, "sub", a, replace::sub)),
    ("subn", |m, a| pattern::called(m, "subn", a, replace::subn)),
];

/// The members of `re`.
pub(super) fn members() -> Members {
    let mut members = functions(TABLE);
    members.extend(translate::FLAGS.iter().map(|(name, bit)| (*name, Value::Int(*bit))));
    members
}

/// As Python 2 does: everything but ASCII letters and digits gets a backslash.
fn escape(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([source], []) = take("escape", args, ["string"], [])?;
    let source = text("escape", &source)?;
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
