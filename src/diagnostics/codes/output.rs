//! Codes of the command line (E070x).

use super::codes;

codes! {
    CANNOT_READ = "E0701" "cannot-read" {
        what: "A file named on the command line cannot be read.",
        why: "It does not exist, is no regular file, may not be read, lies outside the root directory, is larger than the budget, or is not UTF-8.",
        bad: "jobc compile jobs/wbe.aurora",
        good: "jobc compile jobs/web.aurora"
    }
}
