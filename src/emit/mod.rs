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
//! | escaping, numbers | `text.rs` |

mod executors;
pub mod json;
pub mod language;
mod messages;
mod readable;
mod sink;
mod text;
pub mod thrift;

pub use readable::Style;
