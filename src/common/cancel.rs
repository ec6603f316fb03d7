//! How a caller stops a running compile.

use std::fmt;
use std::sync::Arc;

/// Asks the caller repeatedly whether the compile should stop, for example because its time is up. The library itself
/// reads no clock.
#[derive(Clone)]
pub struct Cancel(Arc<dyn Fn() -> bool + Send + Sync>);

impl Cancel {
    /// Stops the compile once `wanted` gives true. It is called often, and should return within a microsecond.
    pub fn new(wanted: impl Fn() -> bool + Send + Sync + 'static) -> Cancel {
        Cancel(Arc::new(wanted))
    }

    /// Whether the compile should stop.
    pub fn is_wanted(&self) -> bool {
        (self.0)()
    }
}

impl fmt::Debug for Cancel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cancel")
    }
}
