//! Built-in functions, by name.
//!
//! | question | file |
//! |---|---|
//! | numbers: `abs`, `round`, `hex` | `numbers.rs` |
//! | sequences: `range`, `zip`, `sorted`, `max` | `sequences.rs`, `extremes.rs` |
//! | strings: `repr`, `format`, `chr` | `text.rs` |
//! | any value: `isinstance`, `getattr` | `objects.rs` |

mod extremes;
mod numbers;
mod objects;
mod sequences;
mod text;

#[cfg(test)]
mod method_tests;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use super::arguments::Table;
use super::{Function, class, refused};
use crate::template::value::Value;

pub use numbers::round_half_away;
pub(super) use sequences::{NEXT, REDUCE};

/// The built-in functions.
pub const TABLES: &[Table] = &[
    numbers::TABLE,
    sequences::TABLE,
    sequences::REDUCE,
    sequences::NEXT,
    extremes::TABLE,
    text::TABLE,
    objects::TABLE,
];

thread_local! {
    static BUILTINS: FxHashMap<&'static str, Value> = {
        let mut all = FxHashMap::default();
        all.extend(class::all());
        all.extend(refused::all());
        all.extend(TABLES.iter().copied().flatten().map(|builtin| (builtin.name, Function::value(builtin))));
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
