//! Strings: `str()` and their methods.
//!
//! | question | file |
//! |---|---|
//! | upper and lower case, questions about characters | `case.rs` |
//! | looking for a part | `find.rs` |
//! | taking apart, joining | `split.rs` |
//! | padding, translating, formatting | `shape.rs` |

mod case;
mod find;
mod shape;
mod split;

pub use split::join_values;

use crate::python::arguments::{Table, builtins};
use crate::python::format::to_text;
use crate::template::value::{Fault, Text, Value, Vm};

/// The methods of strings.
pub const METHODS: &[Table] = &[case::METHODS, find::METHODS, split::METHODS, shape::METHODS];

/// What the type itself has beside its methods.
pub(in crate::python) const OF_TYPE: Table =
    builtins![maketrans(from, to = None, delete = None) Metered => shape::maketrans];

/// `str(x)` and `unicode(x)`; an encoding is accepted and makes no difference: text is text.
pub(in crate::python) const CONSTRUCTORS: Table = builtins![
    str(x = "", encoding = None, errors = None) Metered => |vm, x: Option<Value>, _: Option<Value>, _: Option<Value>| {
        make(vm, x, false)
    },
    unicode(x = "", encoding = None, errors = None) Metered => |vm, x: Option<Value>, _: Option<Value>, _: Option<Value>| {
        make(vm, x, true)
    },
];

fn make(vm: &mut dyn Vm, value: Option<Value>, unicode: bool) -> Result<Value, Fault> {
    let text = value.map_or(Ok(Text::from("")), |value| to_text(vm, &value))?;
    Ok(Value::Str(text.into_kind(unicode)))
}

/// The one character of a string at a position.
pub(in crate::python) fn char_at(text: &Text, at: usize) -> Text {
    let s = text.as_str();
    let (start, c) = s.char_indices().nth(at).unwrap_or((0, '\0'));
    text.slice(start..start + c.len_utf8())
}
