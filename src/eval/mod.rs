//! Syntax tree → values. The language runs here, within its budgets.
//!
//! | question | file |
//! |---|---|
//! | evaluating an entry file as a whole | `run.rs` |
//! | the state of a run, budgets | `machine.rs`, `host.rs` |
//! | reading and binding names | `frame.rs`, `globals.rs`, `names.rs`, `unknown.rs` |
//! | statements, assignment, `try`, `class` | `stmt.rs`, `target.rs`, `exception.rs`, `class.rs` |
//! | expressions, comprehensions, attributes | `expr.rs`, `comprehension.rs`, `attribute.rs` |
//! | calls, functions of the language, built-ins that read files | `call.rs`, `function.rs`, `intrinsic.rs` |
//! | template objects and types | `objects.rs`, `results.rs`, `construct.rs`, `pystachio.rs` |
//! | the names that every file finds | `ambient.rs` |
//! | other files | `include.rs`, `imports.rs`, `files.rs` |
//! | going on after a mistake, what was found wrong | `recover.rs`, `report.rs` |
//! | lints of evaluation, and where the order of items matters | `lints.rs`, `order.rs` |
//! | where values are written; what a second run notes of that | `place.rs`, `record.rs` |

mod ambient;
mod attribute;
mod call;
mod class;
mod comprehension;
mod construct;
mod exception;
mod expr;
mod files;
mod frame;
mod function;
mod globals;
mod host;
mod imports;
mod include;
mod instance;
mod intrinsic;
mod lints;
mod machine;
mod names;
mod objects;
mod order;
mod place;
mod pystachio;
mod record;
mod recover;
mod report;
mod results;
mod run;
mod scope;
mod stmt;
mod target;
mod unknown;

pub use crate::template::value::Budgets;
pub use globals::Globals;
pub use host::Included;
pub use machine::Machine;
pub use record::{Call, Calls, Record, Use};
pub use recover::is_poison;
pub use run::{EvalOptions, Evaluation, evaluate, with_stack, within_stack};

#[cfg(test)]
mod tests;
