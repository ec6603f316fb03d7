//! Tools that every stage may use, and that depend on none of them.

mod cancel;
mod collections;
pub(crate) mod json_string;
mod mustache;

pub use cancel::Cancel;
pub(crate) use collections::{FewMap, FxIndexMap, FxIndexSet};
pub(crate) use mustache::is_reference;
