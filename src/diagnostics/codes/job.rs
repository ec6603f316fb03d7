//! Codes of jobs: what a JobConfiguration needs (E03xx).

use super::codes;

codes! {
    MISSING_FIELD = "E0301" "missing-field" {
        what: "A required field has no value.",
        why: "The type declares the field as Required, and neither the call nor a template it extends sets it.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='web', cmdline='serve')],\n              resources=Resources(cpu=1, ram=64*MB)))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='web', cmdline='serve')],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    BAD_IDENTIFIER = "E0302" "bad-identifier" {
        what: "A role, environment or job name has characters that a job key cannot have.",
        why: "Job keys are made of letters, digits, `_`, `-` and `.` only; the client and the scheduler both insist on it.",
        bad: "jobs = [Service(\n    cluster='west', role='web team', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='web-team', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]"
    }
    BAD_RESOURCES = "E0303" "bad-resources" {
        what: "An instance would get no CPU, memory or disk.",
        why: "cpu, ram and disk must be positive. ram and disk are bytes and are rounded down to whole MB, so anything under 1 MB is nothing: write 512*MB, not 512.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='web', cmdline='serve')],\n              resources=Resources(cpu=1, ram=512, disk=1*GB)))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='web', cmdline='serve')],\n              resources=Resources(cpu=1, ram=512*MB, disk=1*GB)))]"
    }
    BAD_CONSTRAINT = "E0304" "bad-constraint" {
        what: "A limit constraint has no number.",
        why: "`limit:N` allows N instances on each value of the attribute; N is a whole number. Anything that does not begin with `limit:` is a list of values.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'rack': 'limit:2 per rack'},\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'rack': 'limit:2'},\n    task=SimpleTask('web', 'serve'))]"
    }
    BAD_CONTAINER = "E0305" "bad-container" {
        what: "A container says neither which image nor which kind it is.",
        why: "A container is Docker(image=...), Mesos(image=...) or the older Container(docker=Docker(...)).",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Container(),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Docker(image='ubuntu:22.04'),\n    task=SimpleTask('web', 'serve'))]"
    }
    PORT_CYCLE = "E0306" "port-cycle" {
        what: "Names of the portmap refer to each other in a circle.",
        why: "Each name must lead to a port number or to a port that the scheduler allocates. A name that maps to itself is a circle too.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(portmap={'http': 'admin', 'admin': 'http'}),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(portmap={'admin': 'http'}),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]"
    }
    STATIC_PORT = "E0307" "static-port" {
        what: "A job asks for a fixed port on hosts that it shares with others.",
        why: "A port number in the portmap is only safe on hosts of one's own: the job needs a `dedicated` constraint. Use a port name to have one allocated.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(portmap={'http': 80}),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(portmap={'http': 80}), constraints={'dedicated': 'www/web'},\n    task=SimpleTask('web', 'serve'))]"
    }
    BAD_PORT = "E0308" "bad-port" {
        what: "A port is referred to with a dot.",
        why: "Ports are named by an index: `{{thermos.ports[http]}}`.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve {{thermos.ports.http}}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]"
    }
    BAD_PROCESS_NAME = "E0309" "bad-process-name" {
        what: "A process has a name that cannot be a directory.",
        why: "Thermos keeps the logs of a process in a directory of its name: the name is not empty, holds no `/` and does not begin with `.`.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('db/migrate', 'true'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('db-migrate', 'true'))]"
    }
    BAD_PLAN = "E0310" "bad-plan" {
        what: "The constraints of a task cannot be scheduled.",
        why: "Orders may not contradict each other, nothing may wait for a daemon, only ephemeral processes may wait for an ephemeral one, and one order may not mix final, regular and unknown processes.",
        bad: "a = Process(name='a', cmdline='true')\nb = Process(name='b', cmdline='true')\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[a, b], constraints=order(a, b) + order(b, a),\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "a = Process(name='a', cmdline='true')\nb = Process(name='b', cmdline='true')\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[a, b], constraints=order(a, b),\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    BAD_FAILURE_LIMIT = "E0311" "bad-failure-limit" {
        what: "max_total_failures of the update does not fit the number of instances.",
        why: "It must be less than the number of instances, and for dedicated jobs at least 2% of it (rounded down).",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    instances=2, update_config=UpdateConfig(max_total_failures=2),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    instances=2, update_config=UpdateConfig(max_total_failures=1),\n    task=SimpleTask('web', 'serve'))]"
    }
    NEGATIVE = "E0312" "negative-value" {
        what: "A number of an update or health check is negative.",
        why: "Times and counts of updates and health checks are 0 or more.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(watch_secs=-1),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(watch_secs=10),\n    task=SimpleTask('web', 'serve'))]"
    }
    BAD_CHOICE_OF_WORD = "E0313" "unknown-policy" {
        what: "The cron collision policy is none that the scheduler has.",
        why: "It is KILL_EXISTING, CANCEL_NEW or RUN_OVERLAP, in any case.",
        bad: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 * * *', cron_collision_policy='SKIP_NEW',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 * * *', cron_collision_policy='CANCEL_NEW',\n    task=SimpleTask('web', 'serve'))]"
    }
    UNBOUND = "E0314" "unbound-reference" {
        what: "A template refers to something that nothing defines.",
        why: "References are looked up in the fields and bindings of the object and of everything around it, and on the command line with --bind. Only {{thermos.task_id}}, {{thermos.ports[name]}}, {{mesos.instance}} and {{mesos.hostname}} stay open until the task runs.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('{{app}}', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('{{app}}', 'serve').bind(app='web'))]"
    }
    NUMBER_RANGE = "E0315" "number-out-of-range" {
        what: "A number does not fit the message to the scheduler.",
        why: "Counts are 32-bit integers, sizes 64-bit ones, and infinity or NaN cannot be sent.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    priority=2**40,\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    priority=10,\n    task=SimpleTask('web', 'serve'))]"
    }
    NOT_A_JOB = "E0316" "not-a-job" {
        what: "`jobs` is not a list of Job objects.",
        why: "The client takes every Job of the list named `jobs`. Dicts become jobs with Job(**dict).",
        bad: "jobs = Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]"
    }
    NO_JOBS = "E0317" "nothing-defined" {
        what: "The file defines neither jobs nor executors.",
        why: "Assign the list of jobs to `jobs`, or the list of custom executors to `executors`.",
        bad: "job = Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]"
    }
    DUPLICATE_JOB = "E0318" "duplicate-job" {
        what: "Two jobs have the same key.",
        why: "cluster/role/environment/name identifies a job; the second would replace the first.",
        bad: "web = Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))\njobs = [web, web]",
        good: "web = Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))\njobs = [web, web(name='web-canary')]"
    }
    NO_SUCH_JOB = "E0319" "no-such-job" {
        what: "--job selects no job.",
        why: "The key is CLUSTER/ROLE/ENVIRONMENT/NAME; each part may hold `*`.",
        bad: "jobc compile web.aurora --job west/www/prod/wbe",
        good: "jobc compile web.aurora --job 'west/www/prod/*'"
    }
    BAD_UPDATE = "E0320" "bad-update" {
        what: "The job could be created, but an update of it would be refused.",
        why: "Group sizes are at least 1, a pulse interval at least 60 seconds, and batch_size or wait_for_batch_completion cannot stand beside an explicit update_strategy.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(batch_size=2, update_strategy=QueueUpdateStrategy(batch_size=2)),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(update_strategy=QueueUpdateStrategy(batch_size=2)),\n    task=SimpleTask('web', 'serve'))]"
    }
}
