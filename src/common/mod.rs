//! Tools that every stage may use, and that know none of them.

pub(crate) mod bytes;
mod cancel;
mod collections;

pub use cancel::Cancel;
pub(crate) use collections::{FewMap, FxIndexMap, FxIndexSet};
