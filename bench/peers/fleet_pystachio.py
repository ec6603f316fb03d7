"""Compiles jobs/fleet.aurora with the pystachio package alone: the templates that the stock client is built on.

The schema holds what the fleet uses, and each job is interpolated and checked once; the stock client does both several
times, with a larger schema. So this is a lower bound of what any client on pystachio takes.

    python fleet_pystachio.py FILE
"""
import json
import sys

from pystachio import Boolean, Default, Float, Integer, List, Map, Required, String, Struct

MB = 1024 * 1024
GB = 1024 * MB
USER = 'bench'


class Process(Struct):
    name = Required(String)
    cmdline = Required(String)
    max_failures = Default(Integer, 1)
    daemon = Default(Boolean, False)
    ephemeral = Default(Boolean, False)
    min_duration = Default(Integer, 5)
    final = Default(Boolean, False)


class Resources(Struct):
    cpu = Required(Float)
    ram = Required(Integer)
    disk = Required(Integer)
    gpu = Default(Integer, 0)


class Order(Struct):
    order = List(String)


class Task(Struct):
    name = Required(String)
    processes = Required(List(Process))
    constraints = Default(List(Order), [])
    resources = Required(Resources)
    max_failures = Default(Integer, 1)
    max_concurrency = Default(Integer, 0)
    finalization_wait = Default(Integer, 30)


class Announcer(Struct):
    primary_port = Default(String, 'http')
    portmap = Default(Map(String, String), {'aurora': '{{primary_port}}'})


class UpdateConfig(Struct):
    batch_size = Default(Integer, 1)
    watch_secs = Default(Integer, 45)
    max_per_shard_failures = Default(Integer, 0)
    max_total_failures = Default(Integer, 0)
    rollback_on_failure = Default(Boolean, True)
    wait_for_batch_completion = Default(Boolean, False)
    sla_aware = Default(Boolean, False)


class HttpCheck(Struct):
    endpoint = Default(String, '/health')
    expected_response = Default(String, 'ok')
    expected_response_code = Default(Integer, 0)


class HealthChecker(Struct):
    http = Default(HttpCheck, HttpCheck())


class HealthCheck(Struct):
    health_checker = Default(HealthChecker, HealthChecker())
    initial_interval_secs = Default(Float, 15.0)
    interval_secs = Default(Float, 10.0)
    max_consecutive_failures = Default(Integer, 0)
    min_consecutive_successes = Default(Integer, 1)
    timeout_secs = Default(Float, 1.0)


class HttpLifecycle(Struct):
    port = Default(String, 'health')
    graceful_shutdown_endpoint = Default(String, '/quitquitquit')
    shutdown_endpoint = Default(String, '/abortabortabort')
    graceful_shutdown_wait_secs = Default(Integer, 5)
    shutdown_wait_secs = Default(Integer, 5)


class Lifecycle(Struct):
    http = Default(HttpLifecycle, HttpLifecycle())


class Executor(Struct):
    name = Default(String, 'AuroraExecutor')
    data = Default(String, '')


class Job(Struct):
    name = Required(String)
    role = Required(String)
    cluster = Required(String)
    environment = Required(String)
    contact = String
    task = Required(Task)
    instances = Default(Integer, 1)
    announce = Announcer
    cron_collision_policy = Default(String, 'KILL_EXISTING')
    constraints = Map(String, String)
    metadata = Default(List(String), [])
    service = Default(Boolean, False)
    max_task_failures = Default(Integer, 1)
    production = Default(Boolean, False)
    tier = String
    priority = Default(Integer, 0)
    update_config = Default(UpdateConfig, UpdateConfig())
    health_check_config = Default(HealthCheck, HealthCheck())
    lifecycle = Default(Lifecycle, Lifecycle())
    executor_config = Default(Executor, Executor())
    enable_hooks = Default(Boolean, False)


Service = Job(service=True)


def SequentialTask(processes, **fields):
    return Task(processes=processes, constraints=[Order(order=[p.name() for p in processes])], **fields)


def constraint(text):
    if text.startswith('limit:'):
        return {'limit': {'limit': int(text[len('limit:'):])}}
    return {'value': {'negated': text.startswith('!'), 'values': text.lstrip('!').split(',')}}


def compile_job(declared):
    verdict = declared.check()
    if not verdict.ok():
        sys.exit('%s: %s' % (declared.name(), verdict.message()))
    interpolated, unbound = declared.interpolate()
    # What the executor fills in.
    if {ref.address().split('.')[0] for ref in unbound} - {'thermos', 'mesos'}:
        sys.exit('unbound: %s' % unbound)
    job = interpolated.get()
    job.setdefault('tier', 'preferred' if job['production'] else 'preemptible')
    instances, update = job['instances'], job['update_config']
    data = json.dumps({k: v for k, v in job.items() if k not in ('instances', 'update_config')}, separators=(',', ':'))
    key = {'role': job['role'], 'environment': job['environment'], 'name': job['name']}
    resources = job['task']['resources']
    return {
        'key': '/'.join((job['cluster'], job['role'], job['environment'], job['name'])),
        'configuration': {
            'key': key,
            'owner': {'user': USER},
            'cronCollisionPolicy': job['cron_collision_policy'],
            'taskConfig': {
                'job': key,
                'owner': {'user': USER},
                'isService': job['service'],
                'priority': job['priority'],
                'maxTaskFailures': job['max_task_failures'],
                'production': job['production'],
                'tier': job['tier'],
                'resources': [
                    {'numCpus': resources['cpu']},
                    {'ramMb': resources['ram'] // MB},
                    {'diskMb': resources['disk'] // MB},
                    {'namedPort': job['announce']['primary_port']},
                ],
                'constraints': [
                    {'name': name, 'constraint': constraint(text)} for name, text in sorted(job['constraints'].items())
                ],
                'taskLinks': {},
                'contactEmail': job['contact'],
                'executorConfig': {'name': job['executor_config']['name'], 'data': data},
                'metadata': job['metadata'],
                'container': {'mesos': {}},
            },
            'instanceCount': instances,
        },
        'update': {
            'updateGroupSize': update['batch_size'],
            'maxPerInstanceFailures': update['max_per_shard_failures'],
            'maxFailedInstances': update['max_total_failures'],
            'minWaitInInstanceRunningMs': update['watch_secs'] * 1000,
            'rollbackOnFailure': update['rollback_on_failure'],
            'waitForBatchCompletion': update['wait_for_batch_completion'],
            'slaAware': update['sla_aware'],
            'updateStrategy': {'queueStrategy': {'groupSize': update['batch_size']}},
        },
    }


def main():
    names = dict(globals())
    with open(sys.argv[1]) as f:
        exec(compile(f.read(), sys.argv[1], 'exec'), names)
    json.dump({'executors': [], 'jobs': [compile_job(job) for job in names['jobs']]}, sys.stdout, indent=2)


if __name__ == '__main__':
    main()
