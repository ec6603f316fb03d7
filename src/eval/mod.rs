//! Syntax tree → values. The language runs here, within its budgets.
//!
//! | question | file |
//! |---|---|
//! | the state of a run, calls, budgets | `machine.rs` |
//! | functions written in Rust | `native.rs` |
//! | operators | `ops/` |
//! | loops over values | `iterate.rs` |
//! | arguments of built-in functions | `params.rs` |
//! | values with a behaviour of their own | `special.rs` |
//! | built-in functions and constants | `builtins/` |
//! | methods of text, lists, dicts, sets | `methods/` |
//! | `%` and `str.format` | `format/` |
//! | `os.path`, `json`, `re` and the other pure modules | `modules/` |

mod attribute;
pub mod builtins;
pub mod format;
pub mod iterate;
mod machine;
pub mod methods;
mod native;
pub mod ops;
pub mod params;
pub mod special;

pub use machine::{Budgets, Machine};
pub use native::{BoundMethod, Builtin, BuiltinFn, Closure, Lazy, Module};
