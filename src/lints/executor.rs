//! Lints of executors (W04xx).

use super::lints;

lints! {
    OTHER_EXECUTORS = "W0401" "executors-of-another-kind" warn {
        what: "The file assigns `executors`, but not to custom executors.",
        why: "A list of CustomExecutor objects in `executors` declares custom executors for the scheduler. Anything else under that name is the file's own business and declares none; another name would be clearer.",
        bad: "executors = 4",
        good: "executor_count = 4"
    }
    SMALL_EXECUTOR = "W0402" "small-executor" warn {
        what: "An executor gets less CPU or memory than Mesos thinks it needs.",
        why: "Mesos warns of executors with under 0.01 cores or 32 MB: they often die before they start.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.001, ram=16*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.01, ram=32*MB)))]"
    }
    UNDECLARED_EXECUTOR = "W0403" "undeclared-executor" warn {
        what: "A job names an executor, and nothing says which executors the scheduler has.",
        why: "The name cannot be checked. Give the scheduler's file with --executors FILE.json, or declare the executors beside the job.",
        bad: "jobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=ExecutorConfig(name='batch'))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=ExecutorConfig(name='batch'))]"
    }
    IGNORED_RESOURCE = "W0404" "ignored-executor-resource" warn {
        what: "The resources of an executor name disk or GPUs, which are left out.",
        why: "The overhead of an executor is CPU and memory; disk and GPUs belong to the task.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB, disk=1*GB)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    DEFAULT_EXECUTOR_TYPE = "W0405" "default-executor-with-command" warn {
        what: "An executor is of type DEFAULT, yet has a command.",
        why: "DEFAULT asks Mesos for its built-in executor, and Mesos refuses tasks whose DEFAULT executor has a command. An executor of one's own is CUSTOM, or has no type.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', type='DEFAULT', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', type='CUSTOM', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    TASK_PREFIX = "W0406" "bad-task-prefix" warn {
        what: "A task prefix holds characters that no Mesos id may have.",
        why: "The prefix becomes part of the executor's id, and Mesos refuses ids with slashes, backslashes and control characters: every task would be lost.",
        bad: "executors = [CustomExecutor(task_prefix='batch/', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='batch-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    IGNORED_EXECUTOR_ID = "W0407" "ignored-executor-id" warn {
        what: "An executors file gives an executor_id, which is left out.",
        why: "The scheduler makes the ids of executors itself, whatever the file says.",
        bad: "[{\"task_prefix\": \"b-\", \"executor\": {\"executor_id\": {\"value\": \"batch\"}, \"name\": \"batch\", \"command\": {\"value\": \"./run\"}, \"resources\": [{\"name\": \"cpus\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 0.1}}, {\"name\": \"mem\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 64}}]}}]",
        good: "[{\"task_prefix\": \"b-\", \"executor\": {\"name\": \"batch\", \"command\": {\"value\": \"./run\"}, \"resources\": [{\"name\": \"cpus\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 0.1}}, {\"name\": \"mem\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 64}}]}}]"
    }
    WITHOUT_EFFECT = "W0408" "without-effect" warn {
        what: "A part of an executors file has no effect on the scheduler.",
        why: "The scheduler reads the file leniently: of a key that occurs twice it takes the last value, it takes some strings for null, reads nothing after the array, and Mesos ignores the arguments of a command under a shell. `import` does the same, and says so.",
        bad: "[{\"task_prefix\": \"a-\", \"task_prefix\": \"b-\", \"executor\": {\"name\": \"batch\", \"command\": {\"value\": \"./run\"}, \"resources\": [{\"name\": \"cpus\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 0.1}}, {\"name\": \"mem\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 64}}]}}]",
        good: "[{\"task_prefix\": \"b-\", \"executor\": {\"name\": \"batch\", \"command\": {\"value\": \"./run\"}, \"resources\": [{\"name\": \"cpus\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 0.1}}, {\"name\": \"mem\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 64}}]}}]"
    }
    FIRST_ARGUMENT = "W0409" "first-argument" warn {
        what: "The first argument of an executor without a shell is not the name of its program.",
        why: "With shell=False Mesos calls execvp(value, arguments): the first of the arguments is argv[0], the program's own name, and not its first option. Without arguments the program has no name at all.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run', shell=False, arguments=['-v']), resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run', shell=False, arguments=['run', '-v']), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    SPACES_WITHOUT_SHELL = "W0410" "spaces-without-shell" warn {
        what: "The command of an executor without a shell has spaces.",
        why: "With shell=False the value is the name of the file to run, and nothing splits it into words.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run -v', shell=False), resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run -v'), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    NOT_EXECUTABLE = "W0411" "fetched-not-executable" warn {
        what: "An executor runs a file that is fetched and not made executable.",
        why: "The Mesos fetcher sets the executable bit only where the Uri says so. Without it, starting the executor fails with \"Permission denied\", and every task is lost.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run', uris=[Uri(value='http://repo/run', extract=False)]), resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run', uris=[Uri(value='http://repo/run', executable=True)]), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    ARCHIVE_NOT_EXTRACTED = "W0412" "archive-not-extracted" warn {
        what: "An executor fetches an archive that is not extracted.",
        why: "The Mesos fetcher extracts an archive unless extract is False or the file is made executable, and it tells an archive by the end of its file name: with a query string in the address it needs an output_file.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./pkg/run', uris=[Uri(value='http://repo/pkg.tgz?v=1')]), resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./pkg/run', uris=[Uri(value='http://repo/pkg.tgz?v=1', output_file='pkg.tgz')]), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    OVERWRITTEN = "W0413" "overwritten-by-scheduler" warn {
        what: "An executor sets `labels` or `source`, which the scheduler overwrites.",
        why: "The scheduler sets both for each task from the job (its MesosTaskFactory), so what the entry says never reaches Mesos.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', source='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    DROPPED_BY_EXECUTOR = "W0414" "dropped-by-executor" warn {
        what: "A job on a custom executor sets something that only Thermos reads.",
        why: "A custom executor gets the `data` of its ExecutorConfig and nothing else of the job: processes, health checks, announcements and lifecycle calls are part of the data for Thermos.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB), processes=[Process(name='a', cmdline='true')]), executor_config=ExecutorConfig(name='batch', data='{}'))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=ExecutorConfig(name='batch', data='{}'))]"
    }
    DATA_PORT = "W0415" "data-port-not-requested" warn {
        what: "The data for a custom executor refers to a port that the job does not request.",
        why: "The scheduler allocates the ports that a job requests. It does not look into the data for a custom executor, so the port has to be listed in `ports`.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=ExecutorConfig(name='batch', data='{\"port\": \"{{thermos.ports[http]}}\"}'))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='test', name='a', ports=['http'], task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=ExecutorConfig(name='batch', data='{\"port\": \"{{thermos.ports[http]}}\"}'))]"
    }
    DATA_WITHOUT_EFFECT = "W0416" "data-without-effect" warn {
        what: "A job gives data to AuroraExecutor.",
        why: "AuroraExecutor, Thermos, reads the job itself, and the stock client drops any other data. Data is for a custom executor, which the job has to name.",
        bad: "jobs = [Job(cluster='west', role='www', environment='prod', name='web', task=SimpleTask('web', 'serve'),\n    executor_config=ExecutorConfig(data='x=1'))]",
        good: "jobs = [Job(cluster='west', role='www', environment='prod', name='web', task=SimpleTask('web', 'serve'))]"
    }
    EXECUTOR_NAME = "W0417" "executor-name-in-data" warn {
        what: "The data of an executor is a string that refers to `{{name}}`.",
        why: "The string is a field of ExecutorConfig, whose own name, that of the executor, is nearer than the job's. Structured data sees the job's name.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='prod', name='cart', task=Task(resources=Resources(cpu=1, ram=64*MB, disk=64*MB)),\n    executor_config=ExecutorConfig(name='batch', data='image={{name}}'))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='prod', name='cart', task=Task(resources=Resources(cpu=1, ram=64*MB, disk=64*MB)),\n    executor_config=ExecutorConfig(name='batch', data={'image': '{{name}}'}))]"
    }
}
