//! Lints of the language (W00xx).

use super::lints;

lints! {
    MIXED_INDENTATION = "W0001" "mixed-indentation" warn {
        what: "Lines of one block are indented with tabs here and spaces there.",
        why: "It is accepted, because tabs go to the next multiple of 8 columns, but editors and newer Pythons disagree. Indent with spaces only.",
        bad: "if True:\n        name = 'a'\n\trole = 'b'",
        good: "if True:\n  name = 'a'\n  role = 'b'"
    }
    UNDECODED_ESCAPE = "W0002" "undecoded-escape" warn {
        what: "A string without the prefix u contains \\u, \\U or \\N{...}, which stays as it is written.",
        why: "In Python 2 these escapes name a character only in strings with the prefix u. Write u'...', or the character itself.",
        bad: "name = 'snow\\u2603'",
        good: "name = u'snow\\u2603'"
    }
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
