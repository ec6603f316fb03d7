//! What an interpolation collects on its way.

use std::rc::Rc;

use super::text::Ref;
use super::value::Fault;
use crate::source::Span;

/// A reference that no scope knows.
#[derive(Debug, Clone)]
pub struct Unbound {
    /// The reference.
    pub reference: Rc<Ref>,
    /// Where it is written, as far as that is known.
    pub span: Span,
}

/// What an interpolation collects beside its result.
#[derive(Debug, Default)]
pub struct Walk {
    /// References that stayed open, with repetitions.
    pub unbound: Vec<Unbound>,
    /// Values that could not be coerced, where the caller wants all of them instead of the first.
    pub faults: Option<Vec<Fault>>,
}

impl Walk {
    /// A walk that goes on after errors and keeps them in `faults`.
    pub fn collecting() -> Walk {
        Walk { unbound: Vec::new(), faults: Some(Vec::new()) }
    }

    /// Keeps the fault and gives the fallback, or fails with it where the walk wants the first fault.
    pub(super) fn settle<T>(
        &mut self,
        result: Result<T, Fault>,
        fallback: impl FnOnce() -> T,
    ) -> Result<T, Fault> {
        match (result, &mut self.faults) {
            (Err(fault), Some(faults)) if !fault.diagnostic.ends_everything() => {
                faults.push(fault);
                Ok(fallback())
            }
            (result, _) => result,
        }
    }
}
