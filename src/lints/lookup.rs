//! Finding codes by id or name.

use super::retired::{Retired, find_retired};
use crate::diagnostics::{Code, codes, nearest};

/// Every code, errors and lints, sorted by id.
pub fn all_codes() -> Vec<&'static Code> {
    let areas = codes::ALL.iter().chain(super::ALL);
    let mut all: Vec<&'static Code> = areas.flat_map(|area| area.iter().copied()).collect();
    all.sort_by_key(|code| code.id);
    all
}

/// The code with this id or name, in any case.
pub fn find_code(text: &str) -> Option<&'static Code> {
    all_codes().into_iter().find(|c| c.id.eq_ignore_ascii_case(text) || c.name.eq_ignore_ascii_case(text))
}

/// Why a string does not name a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotALint {
    /// It names nothing. Holds the nearest id or name of a lint.
    Unknown(Option<&'static str>),
    /// It names an error; only warnings can be allowed.
    Error(&'static Code),
    /// It names a code that no longer occurs.
    Retired(&'static Retired),
}

/// The lint with this id or name, in any case.
///
/// # Errors
/// When the string names nothing, an error, or a retired code.
pub fn find_lint(text: &str) -> Result<&'static Code, NotALint> {
    if let Some(code) = find_code(text) {
        return if code.is_lint() { Ok(code) } else { Err(NotALint::Error(code)) };
    }
    if let Some(retired) = find_retired(text) {
        return Err(NotALint::Retired(retired));
    }
    let lints = super::ALL.iter().flat_map(|area| area.iter());
    Err(NotALint::Unknown(nearest(text, lints.flat_map(|code| [code.name, code.id]))))
}
