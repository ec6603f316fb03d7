//! Lints of the language (W00xx).

use super::lints;

lints! {
    OCTAL_LITERAL = "W0003" "octal-literal" warn {
        what: "A number begins with a zero, so it is octal.",
        why: "Python 2 reads 0644 as octal, which is 420, and so does jobc. Python 3 refuses it, and most readers take it for decimal.",
        bad: "mode = 0644",
        good: "mode = 0o644"
    }
    PRINT_TO_FILE = "W0004" "print-to-file" warn {
        what: "`print >>file` prints to a file, which job files cannot do.",
        why: "What a job file prints goes nowhere, wherever it is sent. The values are still evaluated.",
        bad: "import sys\nprint >>sys.stderr, 'three jobs'",
        good: "print('three jobs')"
    }
}
