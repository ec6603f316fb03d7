//! Strings: the places where they were written, and the references in them.
//!
//! | question | file |
//! |---|---|
//! | strings and their places | `string.rs`, `builder.rs` |
//! | their hashes | `hash.rs` |
//! | the references of a string | `grammar.rs` (`grammar/template.pest`), `mustache.rs`, `reference.rs` |

mod builder;
mod grammar;
mod hash;
mod mustache;
mod reference;
mod string;

pub use builder::TextBuilder;
pub(super) use hash::{of_str, sound};
pub(super) use mustache::has_brace;
pub use mustache::{Segment, Template, unclosed};
pub(super) use reference::hash;
pub use reference::{Component, Malformed, Name, Ref};
pub use string::{Origin, Origins, Text};
