//! The plain types, each with its constructor, methods, items and operators in one place.
//!
//! Their display, comparison and hash are part of the values themselves, in `template/value`.

pub(super) mod arithmetic;
pub mod dict;
pub mod list;
pub(super) mod number;
pub mod set;
pub mod str;
