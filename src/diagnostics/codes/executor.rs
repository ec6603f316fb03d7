//! Codes of custom executors and the jobs that use them (E04xx).

use super::codes;

codes! {
    NOT_AN_EXECUTOR = "E0401" "not-an-executor" {
        what: "`executors` holds custom executors, but not as a list of nothing else.",
        why: "The scheduler reads an array of entries, so `executors` is a list, and every element of it a CustomExecutor.",
        bad: "base = Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB))\nexecutors = CustomExecutor(task_prefix='batch-', executor=base)",
        good: "base = Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB))\nexecutors = [CustomExecutor(task_prefix='batch-', executor=base)]"
    }
    DUPLICATE_EXECUTOR = "E0402" "duplicate-executor" {
        what: "Two custom executors have the same name.",
        why: "Jobs choose their executor by name; the scheduler does not start with two of one name.",
        bad: "base = Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB))\nexecutors = [CustomExecutor(task_prefix='a-', executor=base), CustomExecutor(task_prefix='b-', executor=base)]",
        good: "base = Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB))\nexecutors = [CustomExecutor(task_prefix='a-', executor=base), CustomExecutor(task_prefix='b-', executor=base(name='batch-2'))]"
    }
    RESERVED_EXECUTOR = "E0403" "reserved-executor-name" {
        what: "A custom executor is called AuroraExecutor.",
        why: "That is Thermos, which every scheduler has anyway; it does not start when a file declares it again.",
        bad: "executors = [CustomExecutor(task_prefix='t-', executor=Executor(name='AuroraExecutor', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='t-', executor=Executor(name='myExecutor', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    SHELL_ARGUMENTS = "E0404" "arguments-with-shell" {
        what: "A command has arguments, but runs under a shell, which ignores them.",
        why: "Mesos runs /bin/sh -c VALUE unless shell is False, and then never looks at the arguments. With shell=False the value is the file to run, and the arguments are all that it gets, the program's own name (argv[0]) first.",
        bad: "command = Command(value='./run', arguments=['-v'])\nexecutors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=command, resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "command = Command(value='./run', shell=False, arguments=['run', '-v'])\nexecutors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=command, resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    EXECUTOR_RESOURCES = "E0405" "bad-executor-resources" {
        what: "An executor would get no memory, or a negative amount of CPU.",
        why: "The resources of an executor are the overhead of each of its instances: cpu in cores, ram in bytes, rounded down to whole MB. Anything under 1 MB is nothing: write 64*MB, not 64.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    EMPTY_EXECUTOR_FIELD = "E0406" "empty-executor-field" {
        what: "A name, a command or a path of a custom executor is empty text.",
        why: "The scheduler would take it, but nothing could be run, fetched or chosen by it.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value=''), resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    UNKNOWN_EXECUTOR = "E0407" "unknown-executor" {
        what: "A job names an executor that is declared nowhere.",
        why: "The scheduler refuses a job whose executor it does not know. Known are AuroraExecutor, the `executors` of the file and its includes, and the entries of files given with --executors.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=ExecutorConfig(name='bacth'))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=ExecutorConfig(name='batch'))]"
    }
    EXECUTOR_DATA = "E0408" "bad-executor-data" {
        what: "The data for a custom executor has another shape than the executor wants, or is no data at all.",
        why: "Data is text, or a struct, dict, map or list that becomes JSON. Where the executor declares a data_type, the data of every job that names it must be of that type, or JSON text of that type.",
        bad: "class Batch(Struct):\n  script = Required(String)\n\nexecutors = [CustomExecutor(task_prefix='b-', data_type=Batch, executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=ExecutorConfig(name='batch', data='run.sh'))]",
        good: "class Batch(Struct):\n  script = Required(String)\n\nexecutors = [CustomExecutor(task_prefix='b-', data_type=Batch, executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]\njobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=ExecutorConfig(name='batch', data=Batch(script='run.sh')))]"
    }
    NO_EXECUTOR = "E0409" "no-executor" {
        what: "A job has no executor, and no Docker container that could do without one.",
        why: "Something must run the task: Thermos, a custom executor, or the entry point of a Docker image. Leave executor_config out to have Thermos.",
        bad: "jobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=Empty)]",
        good: "jobs = [Job(cluster='west', role='www', environment='test', name='a', task=Task(name='a', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)), executor_config=Empty, container=Docker(image='nginx:1.27'))]"
    }
    DATA_TYPE = "E0410" "bad-data-type" {
        what: "The data_type of a custom executor is not a type.",
        why: "data_type is the type itself, such as a class that extends Struct, not its name and not an object of it.",
        bad: "class Batch(Struct):\n  script = Default(String, 'run.sh')\n\nexecutors = [CustomExecutor(task_prefix='b-', data_type='Batch', executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "class Batch(Struct):\n  script = Default(String, 'run.sh')\n\nexecutors = [CustomExecutor(task_prefix='b-', data_type=Batch, executor=Executor(name='batch', command=Command(value='./run'), resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    GRACE_PERIOD = "E0411" "bad-grace-period" {
        what: "The shutdown grace period of an executor is negative, or longer than Mesos can count.",
        why: "It is in seconds; Mesos counts nanoseconds in 64 bits, which ends at about 292 years.",
        bad: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), shutdown_grace_period_secs=-5, resources=Resources(cpu=0.1, ram=64*MB)))]",
        good: "executors = [CustomExecutor(task_prefix='b-', executor=Executor(name='batch', command=Command(value='./run'), shutdown_grace_period_secs=5, resources=Resources(cpu=0.1, ram=64*MB)))]"
    }
    EXECUTORS_FILE = "E0412" "bad-executors-file" {
        what: "A JSON file is not an executors file that the scheduler would load.",
        why: "The file of -custom_executor_config is an array of entries with `executor`, `task_prefix` and perhaps `volume_mounts`; fields have Mesos's names, and an unknown or missing one, or a value that the scheduler cannot read, stops it from starting.",
        bad: "[{\"executor\": {\"name\": \"batch\"}}]",
        good: "[{\"task_prefix\": \"b-\", \"executor\": {\"name\": \"batch\", \"command\": {\"value\": \"./run\"}, \"resources\": [{\"name\": \"cpus\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 0.1}}, {\"name\": \"mem\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 64}}]}}]"
    }
    NO_LANGUAGE_FORM = "E0413" "no-language-form" {
        what: "An entry of an executors file holds something that cannot be written in a job file.",
        why: "Mesos's ExecutorInfo has more fields than a custom executor of a job file. Leaving one out would change what runs, so the entry is not imported; the other entries are.",
        bad: "[{\"task_prefix\": \"b-\", \"executor\": {\"container\": {\"type\": \"DOCKER\"}, \"name\": \"batch\", \"command\": {\"value\": \"./run\"}, \"resources\": [{\"name\": \"cpus\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 0.1}}, {\"name\": \"mem\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 64}}]}}]",
        good: "[{\"task_prefix\": \"b-\", \"executor\": {\"name\": \"batch\", \"command\": {\"value\": \"./run\"}, \"resources\": [{\"name\": \"cpus\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 0.1}}, {\"name\": \"mem\", \"type\": \"SCALAR\", \"scalar\": {\"value\": 64}}]}}]"
    }
    RAW_FOR_THERMOS = "E0414" "raw-for-thermos" {
        what: "A string with raw() braces is in a part of the job that Thermos interpolates.",
        why: "Thermos looks up every `{{…}}` of the task again when it starts, and the task fails on those that it does not know. raw() is for what Thermos never reads: the data of another executor, metadata, labels. In a command line, the shell can join two braces.",
        bad: "jobs = [Job(cluster='west', role='www', environment='prod', name='ps',\n    task=SimpleTask('ps', \"docker ps --format '\" + raw('{{.Names}}') + \"'\"))]",
        good: "jobs = [Job(cluster='west', role='www', environment='prod', name='ps',\n    task=SimpleTask('ps', \"docker ps --format '{''{.Names}}'\"))]"
    }
}
