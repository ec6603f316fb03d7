//! Lints of reading files (W06xx).

use super::lints;

lints! {
    TWO_FILES = "W0601" "two-files" warn {
        what: "A file that is opened is there twice: beside the entry file and at the root.",
        why: "The one beside the entry file is opened. The stock client opens the file in the working directory, which may have been the other one.",
        bad: "echo hi | tee motd.txt >jobs/motd.txt\necho \"motd = open('motd.txt').read()\" >jobs/a.aurora\njobc compile jobs/a.aurora --root .",
        good: "echo hi >jobs/motd.txt\necho \"motd = open('motd.txt').read()\" >jobs/a.aurora\njobc compile jobs/a.aurora --root ."
    }
    UNDECLARED_VARIABLE = "W0602" "undeclared-variable" warn {
        what: "The file asks for an environment variable that is not declared, and goes on without it.",
        why: "A job file sees only the variables that --env or jobc.toml declare. The stock client sees all of them, so where this one is set, it makes another job.",
        bad: "import os\ntag = os.environ.get('TAG', 'latest')",
        good: "tag = '{{tag}}'  # bound with --bind tag=VALUE"
    }
    IGNORE_FILE_SKIPPED = "W0603" "ignore-file-skipped" warn {
        what: "A `.gitignore` or `.ignore` is not read, because it is very large or not a regular file.",
        why: "What it should leave out is checked like everything else. It may have 1 MB, and all that hold at one place may have 20000 lines. Links are not followed: they may lead out of the project.",
        bad: "mkdir jobs/.gitignore\njobc check jobs",
        good: "echo build/ >jobs/.gitignore\njobc check jobs"
    }
}
