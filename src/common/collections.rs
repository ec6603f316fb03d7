//! Collections that more than one stage uses.

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

/// A map in written order with a hash that is fast for short keys.
pub(crate) type FxIndexMap<K, V> = IndexMap<K, V, FxBuildHasher>;

/// A set in written order with the same hash.
pub(crate) type FxIndexSet<K> = IndexSet<K, FxBuildHasher>;
