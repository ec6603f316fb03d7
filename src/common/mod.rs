//! Tools that every stage may use, and that know none of them.

pub(crate) mod bytes;
mod collections;

pub(crate) use collections::{FxIndexMap, FxIndexSet};
