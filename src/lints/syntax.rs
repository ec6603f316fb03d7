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
    EATEN_REFERENCE = "W0005" "eaten-reference" warn {
        what: "An f-string or `.format()` makes single braces of a reference.",
        why: "In both, two braces stand for the character itself, so {{role}} becomes {role}, which is not a reference. Double each brace again, or join strings with +.",
        bad: "app = 'web'\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', f'./{app} {{thermos.ports[http]}}'))]",
        good: "app = 'web'\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', f'./{app} {{{{thermos.ports[http]}}}}'))]"
    }
    REPLACED_JOBS = "W0006" "replaced-jobs" warn {
        what: "A second list of jobs replaces the first one.",
        why: "Only what `jobs` holds at the end of the file is compiled. The jobs of the first list are lost.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='other',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]\njobs = jobs + [Service(\n    cluster='west', role='www', environment='prod', name='other',\n    task=SimpleTask('web', 'serve'))]"
    }
}
