//! Lints of the command line (W07xx).

use super::lints;

lints! {
    LOGIN_NAME = "W0704" "login-name" warn {
        what: "The owner of the jobs is whoever runs jobc.",
        why: "`owner.user` is a part of what the scheduler compares: when the same file is compiled by another user, on a laptop and in CI for example, an update restarts every instance. Name the user with --user, or with `user` in jobc.toml.",
        bad: "jobc compile web.aurora -o out",
        good: "jobc compile web.aurora -o out --user deploy"
    }
    UNUSED_VARIABLE = "W0705" "unused-variable" warn {
        what: "A variable that --env declares is read by no file.",
        why: "The name may be misspelt, and the default in the file stays in force.",
        bad: "# checked with --env TAG=5 --env TGA=5\nimport os\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve ' + os.environ['TAG']))]",
        good: "# checked with --env TAG=5\nimport os\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve ' + os.environ['TAG']))]"
    }
}
