//! Lints of the comments that allow lints (W07xx).

use super::lints;

lints! {
    STALE_ALLOW = "W0701" "stale-allow" warn {
        what: "A comment allows a lint that nothing on its line gives.",
        why: "The reason for the comment is gone, or it stands at the wrong line: behind the code that it speaks of, or on a line of its own above. A stale one would hide the next mistake.",
        bad: "a = Process(name='a', cmdline='true')\nb = Process(name='b', cmdline='true')\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    # jobc: allow(duplicate-process) both are meant\n    task=Task(processes=[a, b],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "a = Process(name='a', cmdline='true')\nb = Process(name='b', cmdline='true')\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[a, b],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    BAD_ALLOW = "W0702" "bad-allow" warn {
        what: "A comment to jobc is not understood, or names no lint.",
        why: "The form is `# jobc: allow(CODE) reason`. The code or name is that of a warning (`jobc explain` lists them all); errors cannot be allowed.",
        bad: "a = Process(name='a', cmdline='true')\ntask = Task(processes=[a, a])  # jobc: alow(duplicate-process) both are meant",
        good: "a = Process(name='a', cmdline='true')\ntask = Task(processes=[a, a])  # jobc: allow(duplicate-process) both are meant"
    }
    ALLOW_WITHOUT_REASON = "W0703" "allow-without-reason" warn {
        what: "A comment allows a lint without saying why.",
        why: "Whoever reads the line next must be able to tell whether the reason still holds.",
        bad: "a = Process(name='a', cmdline='true')\ntask = Task(processes=[a, a])  # jobc: allow(duplicate-process)",
        good: "a = Process(name='a', cmdline='true')\ntask = Task(processes=[a, a])  # jobc: allow(duplicate-process) the second one wins on purpose"
    }
}
