//! Which references get their values only when the task runs.

use crate::template::{Component, Ref};

/// Whether the reference is filled in when the task runs.
pub(super) fn stays_open(reference: &Ref) -> bool {
    let name = |c: &Component, n: &str| matches!(c, Component::Name(v) if &**v == n);
    match reference.components() {
        [a, b] if name(a, "thermos") && name(b, "task_id") => true,
        [a, b] if name(a, "mesos") => name(b, "instance") || name(b, "hostname"),
        [a, b, _, ..] => name(a, "thermos") && name(b, "ports"),
        _ => false,
    }
}

/// Whether the reference, as it is, is one that the executor fills in: of ports `thermos.ports[x]` alone.
pub(super) fn is_filled_in(reference: &Ref) -> bool {
    match reference.components() {
        [_, _, last, rest @ ..] => {
            stays_open(reference) && rest.is_empty() && matches!(last, Component::Index(_))
        }
        _ => stays_open(reference),
    }
}
