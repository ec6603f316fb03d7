//! Models → readable JSON, Thrift, files.
//!
//! Every message of Aurora's api.thrift is described once, in [`messages`]: the number, the name and the type of each
//! field. A [`sink::Sink`] decides what the description becomes.
//!
//! | question | file |
//! |---|---|
//! | what a message holds | `messages/` |
//! | the readable JSON | `json.rs`, `readable.rs`, `executors.rs` |
//! | Thrift's own encodings, and the calls of the scheduler's API | `thrift/` |
//! | executors in the language itself | `language.rs` |
//! | the kinds of `--emit`; one of them to one writer | `outputs.rs` |
//! | JSON text in another layout | `relayout.rs` |
//! | files in a folder: `-o DIR` | `files/` |
//! | the schema as a Python stub | `stubs.rs` |
//! | what was read, for build tools | `deps.rs` |
//! | escaping, numbers | `text.rs` |

pub mod deps;
mod executors;
pub mod files;
pub mod json;
pub mod language;
mod messages;
mod outputs;
mod readable;
mod relayout;
mod sink;
pub mod stubs;
mod text;
pub mod thrift;

pub use outputs::{Format, Input, OutputKind, Refusal, write_one};
pub use readable::Style;
