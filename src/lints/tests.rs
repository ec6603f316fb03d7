use std::collections::BTreeSet;

use super::comments::STALE_ALLOW;
use super::*;
use crate::diagnostics::codes::eval::UNKNOWN_NAME;

#[test]
fn the_nearest_lint_is_found() {
    assert_eq!(find_lint("stale-alow"), Err(NotALint::Unknown(Some("stale-allow"))));
    assert_eq!(find_lint("e0101"), Err(NotALint::Error(&UNKNOWN_NAME)));
    assert_eq!(find_lint("w0701"), Ok(&STALE_ALLOW));
    assert!(matches!(find_lint("e0505"), Err(NotALint::Retired(retired)) if retired.id == "E0505"));
}

#[test]
fn the_registry_has_the_lints_and_nothing_else_has() {
    assert!(ALL.iter().flat_map(|area| area.iter()).all(|code| code.is_lint() && code.id.starts_with('W')));
    let errors = crate::diagnostics::codes::ALL.iter().flat_map(|area| area.iter());
    assert!({ errors }.all(|code| !code.is_lint() && !code.id.starts_with('W')));
}

#[test]
fn a_retired_code_is_not_in_use_and_points_to_one_that_is() {
    let used: BTreeSet<&str> = all_codes().iter().map(|code| code.id).collect();
    assert!(RETIRED.is_sorted_by(|a, b| a.id < b.id));
    for retired in RETIRED {
        assert!(!used.contains(retired.id), "{} is retired, but in use", retired.id);
        assert!(retired.successor.is_none_or(|id| used.contains(id)), "{:?}", retired.successor);
        assert!(!retired.why.is_empty());
    }
}
