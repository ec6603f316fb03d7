//! Lints of what Thermos makes of a task (W033x).

use super::lints;

lints! {
    FINAL_NEVER_RUNS = "W0331" "final-never-runs" warn {
        what: "A task has final processes, and gives them no time.",
        why: "With finalization_wait=0 Thermos skips them: \"Exceeded finalization wait, skipping finalization.\"",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true'), Process(name='b', cmdline='true', final=True)],\n              finalization_wait=0, resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true'), Process(name='b', cmdline='true', final=True)],\n              finalization_wait=10, resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    NOTHING_TO_RUN = "W0332" "nothing-to-run" warn {
        what: "A task has no process that it waits for.",
        why: "A task ends when its regular processes that are not ephemeral have ended. If there is none, it ends at once and ephemeral processes are killed as they start. A service is then started again and again.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true', ephemeral=True)],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true')],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    KEPT_ALIVE = "W0333" "daemon-keeps-task-alive" warn {
        what: "A daemon keeps a task running that should end.",
        why: "Thermos starts a daemon again whenever it ends, and a task runs as long as any process that is not ephemeral. So a job that is not a service never ends.",
        bad: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true'), Process(name='b', cmdline='true', daemon=True)],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true'), Process(name='b', cmdline='true', daemon=True, ephemeral=True)],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    ROTATE_POLICY = "W0334" "rotate-nothing" warn {
        what: "A RotatePolicy has a size or a number of backups below 1.",
        why: "Thermos refuses it when the process starts: \"Log size cannot be less than one byte.\" The task is lost, and scheduled again without end.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true', logger=Logger(mode='rotate', rotate=RotatePolicy(backups=0)))],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true', logger=Logger(mode='rotate', rotate=RotatePolicy(backups=1)))],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    NEGATIVE_LIMIT = "W0335" "negative-limit" warn {
        what: "A limit of a task is negative.",
        why: "With a negative max_concurrency Thermos never starts a process; with a negative max_failures the task fails as soon as it starts. No limit is 0.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true')],\n              max_concurrency=-1, resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true')],\n              max_concurrency=0, resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    TOO_LONG = "W0336" "too-long-to-start" warn {
        what: "A command line or the name of a process is too long.",
        why: "Linux starts no program with an argument of 128 KiB or more, and Thermos passes the whole command line as one. The name of a process is part of a file name, coordinator.NAME, which has at most 255 bytes.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('n' * 244, 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('n' * 200, 'serve'))]"
    }
    NUL_BYTE = "W0337" "nul-byte" warn {
        what: "A command line or the name of a process holds a NUL byte.",
        why: "Neither a file name nor an argument of a program can hold one, so the process is lost and tried again.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve\\0'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]"
    }
}
