//! `pipes`, of which `quote` is pure.

use super::{Members, functions};
use crate::python::arguments::{Table, builtins};
use crate::template::value::{Fault, Text, Value, Vm};

const TABLE: Table = builtins![quote(file) Metered => quote];

/// The members of `pipes`.
pub(super) fn members() -> Members {
    functions(TABLE)
}

/// The text as one word of a POSIX shell.
fn quote(vm: &mut dyn Vm, text: Text) -> Result<Value, Fault> {
    let word = text.as_str();
    let safe = |c: char| c.is_ascii_alphanumeric() || "%@_-+=:,./".contains(c);
    if !word.is_empty() && word.chars().all(safe) {
        return Ok(Value::Str(text));
    }
    vm.charge_text(word.len() * 5 + 2)?;
    Ok(Value::str(format!("'{}'", word.replace('\'', "'\"'\"'"))))
}
