//! jobc compiles Apache Aurora job files: `.aurora` text in, JobConfigurations and custom-executor entries out.
//!
//! | stage | takes → gives |
//! |---|---|
//! | [`source`] | paths → text, file ids, byte spans; every read recorded |
//! | [`diagnostics`] | the one type in which every stage reports; the errors |
//! | [`lints`] | the warnings: every one with its level |
//! | [`json`] | JSON text → values with their places |
//! | [`syntax`] | text → syntax tree |
//! | [`template`] | Pystachio: values, types, objects, references, scopes, interpolation, checks |
//! | [`schema`] | the Aurora, Thermos and executor types, as data |
//! | [`python`] | Python's library: operators, methods, built-in functions, modules; reaches the evaluator through one trait |
//! | [`eval`] | syntax tree → values, within budgets |
//! | [`model`] | template objects → JobConfiguration, JobUpdateSettings, executor entries |
//! | [`trace`] | a second run, recorded → where the values of jobs come from |
//! | [`emit`] | models → JSON, Thrift, files |
//! | [`reply`] | the scheduler's answer → what happened, in words |
//!
//! Beside them, [`levels`] (which warnings are reported, and as what) and [`report`] (diagnostics as text) know of sources
//! and diagnostics only, and [`driver`] runs the stages. The language server, `lsp`, is above all of them.
//!
//! Each stage uses only those above it. The library prints nothing, exits nowhere, and reads files only through a
//! [`source::Loader`].

mod common;
pub mod diagnostics;
pub mod driver;
pub mod emit;
pub mod eval;
pub mod json;
pub mod levels;
pub mod lints;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod model;
pub mod python;
pub mod reply;
pub mod report;
pub mod schema;
pub mod source;
pub mod syntax;
pub mod template;
pub mod trace;
