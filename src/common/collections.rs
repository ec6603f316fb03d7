//! Collections that more than one stage uses.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

/// A map in written order with a hash that is fast for short keys.
pub(crate) type FxIndexMap<K, V> = IndexMap<K, V, FxBuildHasher>;
