//! Python's library: the values, operators, methods, built-in functions and modules of the language that the evaluator
//! runs. It reaches the evaluator through [`Vm`](crate::template::value::Vm) only.
//!
//! | question | file |
//! |---|---|
//! | functions of tables, bound methods, modules as values | `native.rs` |
//! | what functions declare, and how arguments reach them | `arguments.rs`, `params.rs` |
//! | comparing, sorting, keys | `compare/` |
//! | iteration | `iterate.rs` |
//! | `%` and `str.format`, `str()`, `repr()` | `format/` |
//! | a type: its constructor, methods, items, operators | `types/` |
//! | `collections.Counter`, a kind of dict | `counter.rs` |
//! | operators and indexing by type of the operands | `ops/` |
//! | types as values, the methods of a value | `class.rs` |
//! | `value.name` | `attribute.rs` |
//! | base64 and hexadecimal, for strings and modules | `codecs.rs` |
//! | built-in functions | `builtins/` |
//! | what is rejected, and why | `refused.rs` |
//! | `os.path`, `json`, `re` and the other pure modules | `modules/` |

pub mod arguments;
mod attribute;
pub mod builtins;
pub mod class;
mod codecs;
pub mod compare;
mod counter;
pub mod format;
pub mod iterate;
pub mod modules;
mod native;
pub mod ops;
pub mod params;
mod refused;
mod short;
pub mod types;

pub use attribute::attribute;
pub use native::{Function, Module, call, not_callable};
pub use short::short;

#[cfg(test)]
mod tests;
