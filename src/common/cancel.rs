//! How a caller stops a compile that is under way.

use std::fmt;
use std::sync::Arc;

/// Asks the caller, again and again while a compile goes on, whether it is to stop: when its time is up, for example.
/// The library itself looks at no clock.
#[derive(Clone)]
pub struct Cancel(Arc<dyn Fn() -> bool + Send + Sync>);

impl Cancel {
    /// Stops the compile once `wanted` gives true. It is asked often, and should answer within a microsecond.
    pub fn new(wanted: impl Fn() -> bool + Send + Sync + 'static) -> Cancel {
        Cancel(Arc::new(wanted))
    }

    /// Whether the compile is to stop.
    pub fn is_wanted(&self) -> bool {
        (self.0)()
    }
}

impl fmt::Debug for Cancel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cancel")
    }
}
