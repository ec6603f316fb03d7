//! Python's library: the values, operators, methods, built-in functions and modules of the language that the evaluator
//! runs. It reaches the evaluator through [`Vm`](crate::template::value::Vm) only.
//!
//! | question | file |
//! |---|---|
//! | functions written in Rust, modules, arguments | `native.rs`, `params.rs` |
//! | `value.name` | `attribute.rs` |
//! | built-in functions and constants | `builtins/` |
//! | operators, iteration | `ops/`, `iterate.rs` |
//! | methods of strings, lists, dicts, sets | `methods/` |
//! | `%` and `str.format` | `format/` |
//! | `os.path`, `json`, `re` and the other pure modules | `modules/` |

mod attribute;
pub mod builtins;
pub mod format;
pub mod iterate;
pub mod methods;
pub mod modules;
mod native;
pub mod ops;
pub mod params;

pub use attribute::attribute;
pub use native::{Builtin, Module, call, not_callable};

#[cfg(test)]
mod tests;
