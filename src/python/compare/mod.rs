//! Comparing values: `==`, `<`, sorting, keys of dicts and sets.

mod equality;
mod order;
mod sort;

pub use equality::{MAX_NESTED, equal, is_same, key, too_deep};
pub use order::{Relation, compare, less_than, three_way};
pub use sort::{Sorting, sort_pairs, sort_values};
