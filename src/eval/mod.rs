//! Syntax tree → values. The language runs here, within its budgets.
//!
//! | question | file |
//! |---|---|
//! | evaluating an entry file as a whole | `run.rs` |
//! | the state of a run, budgets | `machine.rs`, `host.rs` |
//! | where names live, reading and binding them | `layout.rs`, `frame.rs`, `globals.rs`, `names.rs`, `unknown.rs` |
//! | statements, assignment, `try`, `class` | `stmt.rs`, `target.rs`, `exception.rs`, `class.rs` |
//! | expressions, comprehensions, attributes | `expr.rs`, `comprehension.rs`, `attribute.rs` |
//! | calls, functions of the language | `call.rs`, `function.rs` |
//! | template objects and types | `objects.rs`, `results.rs`, `construct.rs`, `pystachio.rs` |
//! | the names that every file finds | `ambient.rs` |
//! | other files | `include.rs`, `imports.rs`, `files.rs`, `cache.rs`, `shared.rs` |
//! | going on after a mistake, lints | `recover.rs`, `doubts.rs` |
//! | functions and values written in Rust | `native.rs`, `special.rs`, `params.rs` |
//! | built-in functions and constants | `builtins/` |
//! | operators, iteration | `ops/`, `iterate.rs` |
//! | methods of text, lists, dicts, sets | `methods/` |
//! | `%` and `str.format` | `format/` |
//! | `os.path`, `json`, `re` and the other pure modules | `modules/` |

mod ambient;
mod attribute;
pub mod builtins;
mod cache;
mod call;
mod class;
mod comprehension;
mod construct;
mod doubts;
mod exception;
mod expr;
mod files;
pub mod format;
mod frame;
mod function;
mod globals;
mod host;
mod imports;
mod include;
pub mod iterate;
mod layout;
mod machine;
pub mod methods;
pub mod modules;
mod names;
mod native;
mod objects;
pub mod ops;
pub mod params;
mod pystachio;
mod recover;
mod results;
mod run;
mod shared;
pub mod special;
mod stmt;
mod target;
mod unknown;
mod visit;

pub use cache::ModuleCache;
pub use globals::Globals;
pub use machine::{Budgets, Machine};
pub use native::{BoundMethod, Builtin, BuiltinFn, Module};
pub use recover::is_poison;
pub use run::{EvalOptions, Evaluation, evaluate, with_stack};
pub use special::{Behaviour, Special};

#[cfg(test)]
mod tests;
