//! What a run has loaded of Python's library.

use rustc_hash::FxHashMap;

use super::Value;

/// What a run has loaded so far.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The modules, so that each is one value.
    pub modules: FxHashMap<&'static str, Value>,
    /// The compiled patterns of `re`, by their source and flags.
    pub patterns: FxHashMap<(String, i64), Value>,
}
