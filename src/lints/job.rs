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
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(primary_port='http', portmap={'admin': 'http'}),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]"
    }
    KEY_IN_TWO_FILES = "W0305" "key-in-two-files" warn {
        what: "Two files that were found in a folder have a job with the same key.",
        why: "Sent to one scheduler, the second would replace the first. Files of a folder may be meant for different schedulers, so this is a warning; for files that are named on the command line it is an error.",
        bad: "jobc check team    # team/web.aurora and team/copy.aurora both describe west/www/prod/web",
        good: "jobc check team/web.aurora"
    }
    UNUSED_PORT = "W0306" "unused-port" warn {
        what: "A port is mapped or listed, and no process uses it.",
        why: "The scheduler allocates the port on the host, and nothing listens on it: Thermos passes ports to processes only where they refer to {{thermos.ports[NAME]}}.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(portmap={'admin': 'adm'}),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(portmap={'admin': 'http'}),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]"
    }
    HEALTH_WITHOUT_PORT = "W0307" "health-check-without-port" warn {
        what: "A job sets an HTTP health check, and has no port `health`.",
        why: "The executor asks the port that is called `health`. Without one it checks nothing: \"No health-checks defined, will use a no-op health-checker\" (its health_checker.py).",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    health_check_config=HealthCheckConfig(interval_secs=5),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    health_check_config=HealthCheckConfig(interval_secs=5),\n    task=SimpleTask('web', 'serve {{thermos.ports[health]}}'))]"
    }
    LIFECYCLE_WITHOUT_PORT = "W0308" "lifecycle-without-port" warn {
        what: "A job sets lifecycle calls to a port that it does not have.",
        why: "Without the port, the executor makes none of the calls before it kills a task (its http_lifecycle.py), and does not say so.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    lifecycle=LifecycleConfig(http=HttpLifecycleConfig(port='admin')),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    lifecycle=LifecycleConfig(http=HttpLifecycleConfig(port='http')),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]"
    }
    NEVER_FILLED_IN = "W0309" "never-filled-in" warn {
        what: "A reference stands where nothing fills it in.",
        why: "{{thermos.ports[...]}}, {{thermos.task_id}} and {{mesos.instance}} get their values in the executor, which fills them into processes and the command of a health check. The scheduler and Mesos read containers, metadata and constraints as they are. In the endpoints of health checks and lifecycle calls and in zk_path the executor knows only the two references that begin with mesos.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Docker(image='web:1', parameters=[Parameter(name='env', value='I={{mesos.instance}}')]),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'export I={{mesos.instance}}; serve'))]"
    }
    MISWRITTEN_LIMIT = "W0310" "miswritten-limit" warn {
        what: "A constraint looks like a limit and is not one.",
        why: "Only a value that begins with `limit:` limits the instances on each value of an attribute. Anything else is a value that a host's attribute must have (Aurora's scheduling constraints): no host has the rack `limit=1`, so the job stays pending.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'rack': 'limit=1'},\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'rack': 'limit:1'},\n    task=SimpleTask('web', 'serve'))]"
    }
    IMPOSSIBLE_LIMIT = "W0311" "impossible-limit" warn {
        what: "A limit constraint lets no instance run.",
        why: "`limit:0` asks for hosts with less than 0 instances of the job (the scheduler's ConstraintMatcher), so the job stays pending.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'rack': 'limit:0'},\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'rack': 'limit:1'},\n    task=SimpleTask('web', 'serve'))]"
    }
    DATA_WITHOUT_EXECUTOR = "W0312" "data-without-executor" warn {
        what: "An ExecutorConfig has data, and names no custom executor.",
        why: "Without a name the executor is AuroraExecutor, which is Thermos. Its data is the job itself, and the data that is written here is dropped.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    executor_config=ExecutorConfig(data='{}'),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    executor_config=ExecutorConfig(name='AuroraExecutor'),\n    task=SimpleTask('web', 'serve'))]"
    }
    UPDATE_WITHOUT_SERVICE = "W0313" "update-config-without-service" warn {
        what: "A job that is not a service sets `update_config`.",
        why: "The scheduler updates services only (its SchedulerThriftInterface); other jobs are replaced when they are created again.",
        bad: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(batch_size=2),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(batch_size=2),\n    task=SimpleTask('web', 'serve'))]"
    }
    VOLUMES_WITHOUT_IMAGE = "W0314" "volumes-without-image" warn {
        what: "A Mesos container has volumes, and no image.",
        why: "The scheduler gives Mesos the volumes of a container only beside its image (its MesosTaskFactory), so nothing is mounted.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Mesos(volumes=[Volume(container_path='/data', host_path='/data', mode='RO')]),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Mesos(image=DockerImage(name='web', tag='1'), volumes=[Volume(container_path='/data', host_path='/data', mode='RO')]),\n    task=SimpleTask('web', 'serve'))]"
    }
    BAD_ENDPOINT = "W0315" "bad-endpoint" warn {
        what: "An endpoint is not the path of a URL.",
        why: "The executor asks http://localhost:PORT followed by the endpoint as it is. Without a slash at its start, or with spaces in it, that is not a URL, and every request fails.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    health_check_config=HealthCheckConfig(health_checker=HealthCheckerConfig(http=HttpHealthChecker(endpoint='health'))),\n    task=SimpleTask('web', 'serve {{thermos.ports[health]}}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    health_check_config=HealthCheckConfig(health_checker=HealthCheckerConfig(http=HttpHealthChecker(endpoint='/health'))),\n    task=SimpleTask('web', 'serve {{thermos.ports[health]}}'))]"
    }
    FAILING_HEALTH_CHECK = "W0316" "failing-health-check" warn {
        what: "A health check can never succeed.",
        why: "With interval_secs=0 the executor divides by zero, and with timeout_secs=0 every check times out. An answer is stripped before it is compared with expected_response.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    health_check_config=HealthCheckConfig(timeout_secs=0),\n    task=SimpleTask('web', 'serve {{thermos.ports[health]}}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    health_check_config=HealthCheckConfig(timeout_secs=1),\n    task=SimpleTask('web', 'serve {{thermos.ports[health]}}'))]"
    }
    HEALTH_PORT = "W0317" "port-of-health-command" warn {
        what: "The command of a health check refers to a port that the job does not request.",
        why: "The executor fills only allocated ports into the command, by their own names (its health_checker.py). Names of the portmap, and ports that no process uses, stay as they are written.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    health_check_config=HealthCheckConfig(health_checker=HealthCheckerConfig(shell=ShellHealthChecker(shell_command='curl localhost:{{thermos.ports[web]}}'))),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    health_check_config=HealthCheckConfig(health_checker=HealthCheckerConfig(shell=ShellHealthChecker(shell_command='curl localhost:{{thermos.ports[http]}}'))),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]"
    }
    SHORT_WATCH = "W0318" "short-watch" warn {
        what: "An update watches an instance for too short a time to see it fail.",
        why: "An instance counts as updated when it has been RUNNING for watch_secs. A health check fails an instance after max_consecutive_failures + 1 failed checks, each interval_secs apart. With watch_secs=0 the update relies on the health check alone, so there has to be one.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(watch_secs=0),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(watch_secs=0),\n    task=SimpleTask('web', 'serve {{thermos.ports[health]}}'))]"
    }
    NESTED_PORT = "W0319" "nested-port-reference" warn {
        what: "The name of a port holds another reference.",
        why: "The client finds the ports that a job needs before any instance runs, so the scheduler allocates none for this reference, and the executor ends the task: \"Unbound ports\".",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve {{thermos.ports[p{{mesos.instance}}]}}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]"
    }
    BAD_PORT_NAME = "W0320" "bad-port-name" warn {
        what: "A name of the portmap has a colon or a character outside ASCII.",
        why: "Thermos passes ports to its runner as --port=NAME:PORT, which it then cannot read: every task fails before its first process.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(portmap={'a:b': 'http'}),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    announce=Announcer(portmap={'a-b': 'http'}),\n    task=SimpleTask('web', 'serve {{thermos.ports[http]}}'))]"
    }
}
