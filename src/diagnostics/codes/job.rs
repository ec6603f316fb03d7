//! Codes of jobs: what a JobConfiguration needs (E03xx, W03xx).

use super::codes;

codes! {
    MISSING_FIELD = "E0301" "missing-field" {
        what: "A required field has no value.",
        why: "The type declares the field as Required, and neither the call nor a template it extends sets it.",
        bad: "r = Resources(cpu=1, ram=64*MB)",
        good: "r = Resources(cpu=1, ram=64*MB, disk=64*MB)"
    }
}
