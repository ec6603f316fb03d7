//! Codes of what is written: calls of the scheduler's API, and the files of `-o DIR` (E071x to E079x).

use super::codes;

codes! {
    NUMBER_TOO_LARGE = "E0710" "number-too-large" {
        what: "A number does not fit the message that is sent to the scheduler.",
        why: "The scheduler's API has 32 bits for most whole numbers, so they must lie between -2147483648 and 2147483647. Nothing was written.",
        bad: "jobs = [Service(..., instances=3000000000)]",
        good: "jobs = [Service(..., instances=3000)]"
    }
}
