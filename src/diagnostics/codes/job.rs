//! Codes of jobs: what a JobConfiguration needs (E03xx, W03xx).

use super::codes;

codes! {
    MISSING_FIELD = "E0301" "missing-field" {
        what: "A required field has no value.",
        why: "The type declares the field as Required, and neither the call nor a template it extends sets it.",
        bad: "r = Resources(cpu=1, ram=64*MB)",
        good: "r = Resources(cpu=1, ram=64*MB, disk=64*MB)"
    }
    BAD_IDENTIFIER = "E0302" "bad-identifier" {
        what: "A role, environment or job name has characters that a job key cannot have.",
        why: "Job keys are made of letters, digits, `_`, `-` and `.` only; the client and the scheduler both insist on it.",
        bad: "j = Job(role='web team', environment='prod', name='api')",
        good: "j = Job(role='web-team', environment='prod', name='api')"
    }
    BAD_RESOURCES = "E0303" "bad-resources" {
        what: "An instance would get no CPU, memory or disk.",
        why: "cpu, ram and disk must be positive. ram and disk are bytes and are rounded down to whole MB, so anything under 1 MB is nothing: write 512*MB, not 512.",
        bad: "r = Resources(cpu=1, ram=512, disk=1*GB)",
        good: "r = Resources(cpu=1, ram=512*MB, disk=1*GB)"
    }
    BAD_CONSTRAINT = "E0304" "bad-constraint" {
        what: "A limit constraint has no number.",
        why: "`limit:N` allows N instances on each value of the attribute; N is a whole number. Anything that does not begin with `limit:` is a list of values.",
        bad: "j = Job(constraints={'rack': 'limit:2 per rack'})",
        good: "j = Job(constraints={'rack': 'limit:2'})"
    }
    BAD_CONTAINER = "E0305" "bad-container" {
        what: "A container says neither which image nor which kind it is.",
        why: "A container is Docker(image=...), Mesos(image=...) or the older Container(docker=Docker(...)).",
        bad: "j = Job(container=Container())",
        good: "j = Job(container=Docker(image='ubuntu:22.04'))"
    }
    PORT_CYCLE = "E0306" "port-cycle" {
        what: "Names of the portmap refer to each other in a circle.",
        why: "Each name must lead to a port number or to a port that the scheduler allocates. A name that maps to itself is a circle too.",
        bad: "a = Announcer(portmap={'http': 'admin', 'admin': 'http'})",
        good: "a = Announcer(portmap={'admin': 'http'})"
    }
    STATIC_PORT = "E0307" "static-port" {
        what: "A job asks for a fixed port on hosts that it shares with others.",
        why: "A port number in the portmap is only safe on hosts of one's own: the job needs a `dedicated` constraint. Use a port name to have one allocated.",
        bad: "j = Job(announce=Announcer(portmap={'http': 80}))",
        good: "j = Job(announce=Announcer(portmap={'http': 80}), constraints={'dedicated': 'www/web'})"
    }
    BAD_PORT = "E0308" "bad-port" {
        what: "A port is referred to with a dot.",
        why: "Ports are named by an index: `{{thermos.ports[http]}}`.",
        bad: "p = Process(name='web', cmdline='serve {{thermos.ports.http}}')",
        good: "p = Process(name='web', cmdline='serve {{thermos.ports[http]}}')"
    }
    BAD_PROCESS_NAME = "E0309" "bad-process-name" {
        what: "A process has a name that cannot be a directory.",
        why: "Thermos keeps the logs of a process in a directory of its name: the name is not empty, holds no `/` and does not begin with `.`.",
        bad: "p = Process(name='db/migrate', cmdline='true')",
        good: "p = Process(name='db-migrate', cmdline='true')"
    }
    BAD_PLAN = "E0310" "bad-plan" {
        what: "The constraints of a task cannot be scheduled.",
        why: "Orders may not contradict each other, nothing may wait for a daemon, only ephemeral processes may wait for an ephemeral one, and one order may not mix final, regular and unknown processes.",
        bad: "t = Task(processes=[a, b], constraints=order(a, b) + order(b, a))",
        good: "t = Task(processes=[a, b], constraints=order(a, b))"
    }
    BAD_FAILURE_LIMIT = "E0311" "bad-failure-limit" {
        what: "max_total_failures of the update does not fit the number of instances.",
        why: "It must be less than the number of instances, and for dedicated jobs at least 2% of it (rounded down).",
        bad: "j = Job(instances=2, update_config=UpdateConfig(max_total_failures=2))",
        good: "j = Job(instances=2, update_config=UpdateConfig(max_total_failures=1))"
    }
    NEGATIVE = "E0312" "negative-value" {
        what: "A number of an update or health check is negative.",
        why: "Times and counts of updates and health checks are 0 or more.",
        bad: "u = UpdateConfig(watch_secs=-1)",
        good: "u = UpdateConfig(watch_secs=0)"
    }
    BAD_CHOICE_OF_WORD = "E0313" "unknown-policy" {
        what: "The cron collision policy is none that the scheduler has.",
        why: "It is KILL_EXISTING, CANCEL_NEW or RUN_OVERLAP, in any case.",
        bad: "j = Job(cron_collision_policy='SKIP_NEW')",
        good: "j = Job(cron_collision_policy='CANCEL_NEW')"
    }
    UNBOUND = "E0314" "unbound-reference" {
        what: "A template refers to something that nothing defines.",
        why: "References are looked up in the fields and bindings of the object and of everything around it, and on the command line with --bind. Only {{thermos.task_id}}, {{thermos.ports[name]}}, {{mesos.instance}} and {{mesos.hostname}} stay open until the task runs.",
        bad: "t = Task(name='{{app}}')",
        good: "t = Task(name='{{app}}').bind(app='web')"
    }
    NUMBER_RANGE = "E0315" "number-out-of-range" {
        what: "A number does not fit the message to the scheduler.",
        why: "Counts are 32-bit integers, sizes 64-bit ones, and infinity or NaN cannot be sent.",
        bad: "j = Job(priority=2**40)",
        good: "j = Job(priority=10)"
    }
    NOT_A_JOB = "E0316" "not-a-job" {
        what: "`jobs` is not a list of Job objects.",
        why: "The client takes every Job of the list named `jobs`. Dicts become jobs with Job(**dict).",
        bad: "jobs = Job(name='a')",
        good: "jobs = [Job(name='a')]"
    }
    NO_JOBS = "E0317" "nothing-defined" {
        what: "The file defines neither jobs nor executors.",
        why: "Assign the list of jobs to `jobs`, or the list of custom executors to `executors`.",
        bad: "job = Job(name='a')",
        good: "jobs = [Job(name='a')]"
    }
    DUPLICATE_JOB = "E0318" "duplicate-job" {
        what: "Two jobs have the same key.",
        why: "cluster/role/environment/name identifies a job; the second would replace the first.",
        bad: "jobs = [web, web]",
        good: "jobs = [web, web(name='web-canary')]"
    }
    NO_SUCH_JOB = "E0319" "no-such-job" {
        what: "--job selects no job.",
        why: "The key is CLUSTER/ROLE/ENVIRONMENT/NAME; each part may hold `*`.",
        bad: "jobc compile job.aurora --job west/www/prod/wbe",
        good: "jobc compile job.aurora --job 'west/www/prod/*'"
    }
    BAD_UPDATE = "E0320" "bad-update" {
        what: "The job could be created, but an update of it would be refused.",
        why: "Group sizes are at least 1, a pulse interval at least 60 seconds, and batch_size or wait_for_batch_completion cannot stand beside an explicit update_strategy.",
        bad: "u = UpdateConfig(batch_size=2, update_strategy=QueueUpdateStrategy(batch_size=2))",
        good: "u = UpdateConfig(update_strategy=QueueUpdateStrategy(batch_size=2))"
    }
    DEPRECATED_PRODUCTION = "W0301" "deprecated-production" {
        what: "`production` is deprecated.",
        why: "The tier says how a job is treated: tier='preferred' instead of production=True.",
        bad: "j = Job(production=True)",
        good: "j = Job(tier='preferred')"
    }
    UNKNOWN_CONSTRAINT_NAMES = "W0302" "order-of-unknown-processes" {
        what: "A constraint names only processes that the task does not have, so it does nothing.",
        why: "The client ignores such a constraint silently; a process was probably renamed.",
        bad: "t = Task(processes=[Process(name='a', cmdline='true')], constraints=order('x', 'y'))",
        good: "t = Task(processes=[Process(name='a', cmdline='true')])"
    }
    DUPLICATE_PROCESS = "W0303" "duplicate-process" {
        what: "Two processes of a task have the same name; the last one decides.",
        why: "Constraints and logs go by name, so one process hides the other.",
        bad: "t = Task(processes=[Process(name='a', cmdline='x'), Process(name='a', cmdline='y')])",
        good: "t = Task(processes=[Process(name='a', cmdline='x'), Process(name='b', cmdline='y')])"
    }
    UNBOUND_ANNOUNCE_PORT = "W0304" "unused-primary-port" {
        what: "The announced primary port is used by no process.",
        why: "Something should listen on {{thermos.ports[NAME]}}, or the announced endpoint leads nowhere.",
        bad: "j = Job(announce=Announcer(primary_port='htp', portmap={'admin': 'http'}))",
        good: "j = Job(announce=Announcer(primary_port='http', portmap={'admin': 'http'}))"
    }
}
