//! Codes of the command line, of files written, and of comments to jobc (E07xx, W07xx).

use super::codes;

codes! {
    CANNOT_READ = "E0701" "cannot-read" {
        what: "A file named on the command line cannot be read.",
        why: "It does not exist, is no regular file, may not be read, lies outside the root directory, is larger than the budget, or is not UTF-8.",
        bad: "jobc compile jobs/wbe.aurora",
        good: "jobc compile jobs/web.aurora"
    }
    STALE_ALLOW = "W0701" "stale-allow" {
        what: "A comment allows a lint that nothing on its line gives.",
        why: "The reason for the comment is gone, or it stands at the wrong line: behind the code that it speaks of, or on a line of its own above. A stale one would hide the next mistake.",
        bad: "a = Process(name='a', cmdline='true')\nb = Process(name='b', cmdline='true')\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    # jobc: allow(duplicate-process) both are meant\n    task=Task(processes=[a, b],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "a = Process(name='a', cmdline='true')\nb = Process(name='b', cmdline='true')\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[a, b],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    BAD_ALLOW = "W0702" "bad-allow" {
        what: "A comment to jobc is not understood, or names no lint.",
        why: "The form is `# jobc: allow(CODE) reason`. The code or name is that of a warning (`jobc explain` lists them all); errors cannot be allowed.",
        bad: "a = Process(name='a', cmdline='true')\ntask = Task(processes=[a, a])  # jobc: alow(duplicate-process) both are meant",
        good: "a = Process(name='a', cmdline='true')\ntask = Task(processes=[a, a])  # jobc: allow(duplicate-process) both are meant"
    }
    ALLOW_WITHOUT_REASON = "W0703" "allow-without-reason" {
        what: "A comment allows a lint without saying why.",
        why: "Whoever reads the line next must be able to tell whether the reason still holds.",
        bad: "a = Process(name='a', cmdline='true')\ntask = Task(processes=[a, a])  # jobc: allow(duplicate-process)",
        good: "a = Process(name='a', cmdline='true')\ntask = Task(processes=[a, a])  # jobc: allow(duplicate-process) the second one wins on purpose"
    }
    LOGIN_NAME = "W0704" "login-name" {
        what: "The owner of the jobs is whoever runs jobc.",
        why: "`owner.user` is a part of what the scheduler compares: when the same file is compiled by another user, on a laptop and in CI for example, an update restarts every instance. Name the user with --user, or with `user` in jobc.toml.",
        bad: "jobc compile web.aurora -o out",
        good: "jobc compile web.aurora -o out --user deploy"
    }
}
