//! Built-in functions and types, by name.
//!
//! | question | file |
//! |---|---|
//! | `str`, `int`, `list` and the other types | `types.rs`, `numbers_from.rs`, `containers.rs` |
//! | numbers: `abs`, `round`, `hex` | `numbers.rs` |
//! | sequences: `range`, `zip`, `sorted`, `max` | `sequences.rs`, `extremes.rs` |
//! | text: `repr`, `format`, `chr` | `text.rs` |
//! | any value: `type`, `isinstance`, `getattr`, `iter` | `objects.rs` |
//! | what is refused, and why | `refused.rs` |

mod containers;
mod extremes;
mod numbers;
mod numbers_from;
mod objects;
mod refused;
mod sequences;
mod text;
mod types;

#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use super::Builtin;
use crate::template::value::{BuiltinFn, Value};

pub(in crate::python) use containers::{Additions, dict_fromkeys};
pub use containers::{list_of, new_dict};
pub use numbers::round_half_away;
pub(in crate::python) use refused::refused;
pub(in crate::python) use sequences::{reduce, sorting};
pub(in crate::python) use text::maketrans;
pub(in crate::python) use types::ordered_dict;
pub use types::{PlainKind, PlainType, type_of};

/// Functions with their names.
pub(super) type Table = &'static [(&'static str, BuiltinFn)];

const FUNCTIONS: &[Table] = &[numbers::TABLE, sequences::TABLE, extremes::TABLE, text::TABLE, objects::TABLE];

thread_local! {
    static BUILTINS: FxHashMap<&'static str, Value> = {
        let mut all = FxHashMap::default();
        all.extend(types::all());
        all.extend(refused::all());
        for (name, function) in FUNCTIONS.iter().copied().flatten() {
            all.insert(*name, Builtin::value(name, *function));
        }
        all
    };
}

/// The built-in function or type of a name.
pub fn lookup(name: &str) -> Option<Value> {
    BUILTINS.with(|all| all.get(name).cloned())
}

/// Every name that [`lookup`] knows, for suggestions.
pub fn names() -> Vec<&'static str> {
    BUILTINS.with(|all| all.keys().copied().collect())
}
