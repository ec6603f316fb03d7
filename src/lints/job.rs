//! Lints of jobs (W03xx).

use super::lints;

lints! {
    DEPRECATED_PRODUCTION = "W0301" "deprecated-production" warn {
        what: "`production` is deprecated.",
        why: "The tier says how a job is treated: tier='preferred' instead of production=True.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    production=True,\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    tier='preferred',\n    task=SimpleTask('web', 'serve'))]"
    }
    UNKNOWN_CONSTRAINT_NAMES = "W0302" "order-of-unknown-processes" warn {
        what: "A constraint names only processes that the task does not have, so it does nothing.",
        why: "The client ignores such a constraint silently; a process was probably renamed.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true')], constraints=order('x', 'y'),\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='true')],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    DUPLICATE_PROCESS = "W0303" "duplicate-process" warn {
        what: "Two processes of a task have the same name; the last one decides.",
        why: "Constraints and logs go by name, so one process hides the other.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='x'), Process(name='a', cmdline='y')],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='a', cmdline='x'), Process(name='b', cmdline='y')],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    UNBOUND_ANNOUNCE_PORT = "W0304" "unused-primary-port" warn {
        what: "The announced primary port is used by no process.",
        why: "Something should listen on {{thermos.ports[NAME]}}, or the announced endpoint leads nowhere.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(primary_port='htp', portmap={'admin': 'http'}),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(primary_port='http', portmap={'admin': 'http'}),\n    task=SimpleTask('web', 'serve'))]"
    }
    KEY_IN_TWO_FILES = "W0305" "key-in-two-files" warn {
        what: "Two files that were found in a folder have a job with the same key.",
        why: "Sent to one scheduler, the second would replace the first. Files of a folder may be meant for different schedulers, so this is a warning; for files that are named on the command line it is an error.",
        bad: "jobc check team    # team/web.aurora and team/copy.aurora both describe west/www/prod/web",
        good: "jobc check team/web.aurora"
    }
}
