//! Codes of running and reading files (E06xx).

use super::codes;

codes! {
    TOO_DEEP_CALLS = "E0606" "calls-too-deep" {
        what: "Functions call each other deeper than the budget allows.",
        why: "A function that calls itself needs a case in which it does not.",
        bad: "def f(n): return f(n + 1)\nx = f(0)",
        good: "def f(n): return n if n > 9 else f(n + 1)\nx = f(0)"
    }
    CANCELLED = "E0607" "stopped" {
        what: "The evaluation was stopped from outside.",
        why: "The time or memory that one file may use is over. Look for loops that do more than they should, or raise the budget.",
        bad: "# checked with --max-seconds 0.1 --max-steps 900G\nwhile True:\n  pass",
        good: "# checked with --max-seconds 0.1 --max-steps 900G\nfor attempt in range(10):\n  pass"
    }
    INCLUDE_BUDGET = "E0608" "too-many-includes" {
        what: "Files include each other without end, or very many files are included.",
        why: "Two files may include each other only if a guard ends the circle.",
        bad: "include('job.aurora')  # in job.aurora itself",
        good: "include('shared.aurora')"
    }
    MISSING_FILE = "E0609" "missing-file" {
        what: "A file that is included or opened does not exist.",
        why: "include() is relative to the file that includes. open() looks beside the entry file and then at the root, never in the working directory. The help suggests a near name.",
        bad: "include('profils.aurora')",
        good: "include('profiles.aurora')"
    }
    OUTSIDE_ROOT = "E0610" "outside-root" {
        what: "A file outside the project is read.",
        why: "Files are read only below the root of the project, which is the nearest folder above the first file that holds jobc.toml or .git (without one, the file's own folder), or below --root. Links that leave it are not followed. The help names the smallest folder that would do.",
        bad: "include('../../etc/shared.aurora')",
        good: "include('shared.aurora')"
    }
    FILE_TOO_LARGE = "E0611" "file-too-large" {
        what: "A file is larger than the budget for source text.",
        why: "Source text is bounded so that a file from a stranger cannot exhaust memory.",
        bad: "# checked with --max-source-bytes 1000\ninclude('huge.aurora')",
        good: "# checked with --max-source-bytes 1000\ninclude('small.aurora')"
    }
    BAD_FILE = "E0612" "not-a-text-file" {
        what: "A file cannot be read as text.",
        why: "It is a directory or a device, it is not UTF-8, or the system does not let it be read.",
        bad: "include('image.png')",
        good: "include('shared.aurora')"
    }
}
