//! Syntax tree → values. The language runs here, within its budgets.
//!
//! | question | file |
//! |---|---|
//! | the state of a run, calls, budgets | `machine.rs` |
//! | functions written in Rust | `native.rs` |
//! | built-in functions and constants | `builtins/` |
//! | methods of text, lists, dicts, sets | `methods/` |
//! | `%` and `str.format` | `format/` |
//! | `os.path`, `json`, `re` and the other pure modules | `modules/` |

mod machine;
mod native;

pub use machine::{Budgets, Machine};
pub use native::{BoundMethod, Builtin, BuiltinFn, Closure, Lazy, Module};
