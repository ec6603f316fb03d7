//! Codes of scheduler admission: what the scheduler would reject (E050x to E053x), and of its settings files (E054x).

use super::codes;

codes! {
    IDENTIFIER_REFUSED = "E0501" "identifier-refused" {
        what: "A part of the job key, the submitting user or the tier has characters or a length that the scheduler refuses.",
        why: "Role, environment, name, user and tier are made of letters, digits, `_`, `-` and `.`, at least one and at most 255 of them. The stock client lets long names and a trailing newline pass; the scheduler does not.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='w' * 256,\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]"
    }
    ENVIRONMENT_NOT_ALLOWED = "E0502" "environment-not-allowed" {
        what: "The job's environment is not one that the cluster allows.",
        why: "The scheduler compares the environment with its flag -allowed_job_environments; unless a cluster says otherwise, only prod, devel, test, staging and staging with a number are allowed.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='production', name='web',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]"
    }
    NO_INSTANCES = "E0503" "no-instances" {
        what: "The job has no instances.",
        why: "A job has at least one instance. To stop a job, kill it.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=-1,\n    update_config=UpdateConfig(max_total_failures=-2),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=1,\n    task=SimpleTask('web', 'serve'))]"
    }
    TOO_MANY_INSTANCES = "E0504" "too-many-instances" {
        what: "The job has more instances than the cluster allows in one job.",
        why: "The scheduler's flag -max_tasks_per_job is 4000 unless a cluster says otherwise. Split the job, or ask for a higher limit.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=4001,\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=4000,\n    task=SimpleTask('web', 'serve'))]"
    }
    EXECUTOR_WITHOUT_NAME = "E0508" "executor-without-name" {
        what: "The executor's name is empty.",
        why: "The scheduler looks the executor up by its name; leave the name out for AuroraExecutor.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    executor_config=ExecutorConfig(name='', data=''),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    executor_config=ExecutorConfig(name='AuroraExecutor'),\n    task=SimpleTask('web', 'serve'))]"
    }
    EXECUTOR_NOT_IN_CLUSTER = "E0509" "executor-not-in-cluster" {
        what: "The job names an executor that the cluster does not have.",
        why: "The scheduler knows AuroraExecutor and those of its -custom_executor_config file. Declare the executor beside the job, or add its name to `executors` of the cluster's settings.",
        bad: "# checked with a settings file in which executors = ['spark']\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    executor_config=ExecutorConfig(name='sprak', data=''),\n    task=SimpleTask('web', 'serve'))]",
        good: "# checked with a settings file in which executors = ['spark']\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    executor_config=ExecutorConfig(name='spark', data=''),\n    task=Task(name='web', resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    DEDICATED_LIMIT = "E0510" "dedicated-limit" {
        what: "The `dedicated` constraint is a limit.",
        why: "Dedicated hosts are chosen by a value, such as 'www/web'; a limit per value makes no sense for them.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'dedicated': 'limit:1'},\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'dedicated': 'www/web'},\n    task=SimpleTask('web', 'serve'))]"
    }
    DEDICATED_VALUES = "E0511" "dedicated-values" {
        what: "The `dedicated` constraint has several values.",
        why: "A job runs on the hosts dedicated to one purpose: the constraint has exactly one value.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'dedicated': 'www/web,www/api'},\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'dedicated': 'www/web'},\n    task=SimpleTask('web', 'serve'))]"
    }
    DEDICATED_ROLE = "E0512" "dedicated-role" {
        what: "The `dedicated` constraint names another role.",
        why: "Hosts are dedicated to a role: the part before the slash is the job's own role, or * for hosts that every role may use.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'dedicated': 'ads/web'},\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'dedicated': 'www/web'},\n    task=SimpleTask('web', 'serve'))]"
    }
    SERVICE_WITH_CRON = "E0513" "service-with-cron" {
        what: "A service has a cron schedule.",
        why: "A service runs all the time, a cron job at its times; a job is one or the other. Use Job instead of Service for a cron job.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 * * *',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 * * *',\n    task=SimpleTask('web', 'serve'))]"
    }
    EMPTY_CRON = "E0514" "empty-cron" {
        what: "The cron schedule is empty.",
        why: "A schedule that is set makes the job a cron job, and the scheduler refuses one without times. Leave cron_schedule out, or set it to Empty.",
        bad: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]"
    }
    CRON_SHAPE = "E0515" "cron-shape" {
        what: "The cron schedule does not consist of five fields.",
        why: "The scheduler takes minute, hour, day of the month, month and day of the week with blanks between them, none around them, no seconds, no years and no @ forms.",
        bad: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='@daily',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 0 * * *',\n    task=SimpleTask('web', 'serve'))]"
    }
    CRON_FIELD = "E0516" "cron-field" {
        what: "A field of the cron schedule is not one that the scheduler can read.",
        why: "A field is a comma list of *, n, n-m, */s and n-m/s within its bounds: minute 0-59, hour 0-23, day of the month 1-31, month 1-12 or JAN-DEC, day of the week 0-6 or SUN-SAT. Sunday is 0, not 7; ranges do not wrap around; a step is less than the end of its range.",
        bad: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 * * 7',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 * * 0',\n    task=SimpleTask('web', 'serve'))]"
    }
    CRON_BOTH_DAYS = "E0517" "cron-both-days" {
        what: "The cron schedule restricts both the day of the month and the day of the week.",
        why: "Other crons run on either of the two; the scheduler refuses. Put * in one of them, or make two jobs.",
        bad: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 1 * MON',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 1 * *',\n    task=SimpleTask('web', 'serve'))]"
    }
    CRON_NEVER_RUNS = "E0518" "cron-never-runs" {
        what: "The cron schedule names a day that does not exist.",
        why: "None of the schedule's months has the day, so there is no time to run at, and the scheduler cannot schedule the job.",
        bad: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 30 FEB *',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 28 FEB *',\n    task=SimpleTask('web', 'serve'))]"
    }
    CRON_OVERLAP = "E0519" "cron-overlap" {
        what: "A cron job has the collision policy RUN_OVERLAP.",
        why: "The schema still has the policy, but the scheduler refuses it: overlapping runs are no longer supported. KILL_EXISTING ends the earlier run, CANCEL_NEW skips the later one.",
        bad: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 * * *', cron_collision_policy='RUN_OVERLAP',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 4 * * *', cron_collision_policy='CANCEL_NEW',\n    task=SimpleTask('web', 'serve'))]"
    }
    NO_DOCKER_IMAGE = "E0520" "no-docker-image" {
        what: "A Docker container has no image.",
        why: "The scheduler refuses a Docker container whose image is not set; an empty one would pass it, but nothing can start from it, so it is refused here too.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Docker(image=''),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Docker(image='web:1'),\n    task=SimpleTask('web', 'serve'))]"
    }
    UNKNOWN_TIER = "E0521" "unknown-tier" {
        what: "The job's tier is not one of the cluster's.",
        why: "The tiers are those of the scheduler's -tier_config file; unless a cluster has its own, they are preferred, preemptible and revocable.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    tier='prefered',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    tier='preferred',\n    task=SimpleTask('web', 'serve'))]"
    }
    SLA_TIER = "E0522" "sla-tier" {
        what: "The job has an SLA policy, but its tier does not support one.",
        why: "SLA policies are for tiers that are neither preemptible nor revocable, such as preferred. A job without a tier is in the default tier, preemptible. A cluster lifts the rule with -sla_aware_kill_non_prod.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=20,\n    sla_policy=CountSlaPolicy(count=10, duration_secs=60),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=20,\n    tier='preferred', sla_policy=CountSlaPolicy(count=10, duration_secs=60),\n    task=SimpleTask('web', 'serve'))]"
    }
    SLA_TOO_FEW_INSTANCES = "E0523" "sla-too-few-instances" {
        what: "The job has a count or percentage SLA policy, but too few instances for one.",
        why: "The scheduler's flag -min_required_instances_for_sla_check is 20 unless a cluster says otherwise. A CoordinatorSlaPolicy has no such limit.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=19,\n    tier='preferred', sla_policy=CountSlaPolicy(count=10, duration_secs=60),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=20,\n    tier='preferred', sla_policy=CountSlaPolicy(count=10, duration_secs=60),\n    task=SimpleTask('web', 'serve'))]"
    }
    SLA_COUNT = "E0524" "sla-count" {
        what: "The SLA policy's count leaves no instance that may be stopped.",
        why: "Maintenance and updates stop instances one after the other; a policy must leave at least one: the count is less than the number of instances.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=20,\n    tier='preferred', sla_policy=CountSlaPolicy(count=20, duration_secs=60),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=20,\n    tier='preferred', sla_policy=CountSlaPolicy(count=19, duration_secs=60),\n    task=SimpleTask('web', 'serve'))]"
    }
    SLA_PERCENTAGE = "E0525" "sla-percentage" {
        what: "The SLA policy's percentage leaves no instance that may be stopped.",
        why: "Maintenance and updates stop instances one after the other; the rest to 100 percent must be at least one whole instance.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=20,\n    tier='preferred', sla_policy=PercentageSlaPolicy(percentage=96, duration_secs=60),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=20,\n    tier='preferred', sla_policy=PercentageSlaPolicy(percentage=95, duration_secs=60),\n    task=SimpleTask('web', 'serve'))]"
    }
    SLA_DURATION = "E0526" "sla-duration" {
        what: "The SLA policy's duration is longer than the cluster allows.",
        why: "The scheduler's flag -max_sla_duration_secs is two hours (7200) unless a cluster says otherwise.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=20,\n    tier='preferred', sla_policy=CountSlaPolicy(count=10, duration_secs=7201),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=20,\n    tier='preferred', sla_policy=CountSlaPolicy(count=10, duration_secs=7200),\n    task=SimpleTask('web', 'serve'))]"
    }
    CONTAINER_TYPE = "E0527" "container-type" {
        what: "The job's container is of a type that the cluster does not allow.",
        why: "The scheduler's flag -allowed_container_types is MESOS alone unless a cluster says otherwise. A job without container counts as MESOS.",
        bad: "# checked with a settings file in which allowed_container_types = ['MESOS']\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Docker(image='web:1'),\n    task=SimpleTask('web', 'serve'))]",
        good: "# checked with a settings file in which allowed_container_types = ['MESOS', 'DOCKER']\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Docker(image='web:1'),\n    task=SimpleTask('web', 'serve'))]"
    }
    DOCKER_PARAMETERS = "E0528" "docker-parameters" {
        what: "A Docker container has parameters, which the cluster does not allow.",
        why: "Parameters of `docker run` can weaken a container; a cluster allows them with -allow_docker_parameters.",
        bad: "# checked with a settings file in which allowed_container_types = ['MESOS', 'DOCKER']\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Docker(image='web:1', parameters=[Parameter(name='cap-add', value='SYS_ADMIN')]),\n    task=SimpleTask('web', 'serve'))]",
        good: "# checked with a settings file in which allowed_container_types = ['MESOS', 'DOCKER']\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Docker(image='web:1'),\n    task=SimpleTask('web', 'serve'))]"
    }
    DOCKER_NEEDS_EXECUTOR = "E0529" "docker-needs-executor" {
        what: "A Docker container has no executor, which the cluster wants.",
        why: "Unless a cluster sets -require_docker_use_executor to false, Docker jobs too are started by an executor.",
        bad: "# checked with a settings file in which allowed_container_types = ['DOCKER']\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    executor_config=Empty, container=Docker(image='web:1'),\n    task=SimpleTask('web', 'serve'))]",
        good: "# checked with a settings file in which allowed_container_types = ['DOCKER']\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Docker(image='web:1'),\n    task=SimpleTask('web', 'serve'))]"
    }
    GPUS = "E0530" "gpus" {
        what: "The job asks for GPUs, which the cluster does not offer.",
        why: "A cluster offers GPUs with -allow_gpu_resource.",
        bad: "# checked with a settings file in which allow_gpu_resource = false\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(name='web', processes=[Process(name='web', cmdline='serve')], resources=Resources(cpu=1, ram=64*MB, disk=64*MB, gpu=1)))]",
        good: "# checked with a settings file in which allow_gpu_resource = true\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(name='web', processes=[Process(name='web', cmdline='serve')], resources=Resources(cpu=1, ram=64*MB, disk=64*MB, gpu=1)))]"
    }
    FETCHER_URIS = "E0531" "fetcher-uris" {
        what: "The job has URIs for the Mesos fetcher, which the cluster does not allow.",
        why: "A cluster allows them with -enable_mesos_fetcher. They are never made executable. Otherwise, let a process fetch the files.",
        bad: "# checked with a settings file in which enable_mesos_fetcher = false\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    mesos_fetcher_uris=[MesosFetcherUri(value='http://files/web.tar')],\n    task=SimpleTask('web', 'serve'))]",
        good: "# checked with a settings file in which enable_mesos_fetcher = true\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    mesos_fetcher_uris=[MesosFetcherUri(value='http://files/web.tar')],\n    task=SimpleTask('web', 'serve'))]"
    }
    CONTAINER_VOLUMES = "E0532" "container-volumes" {
        what: "A Mesos container has volumes, which the cluster does not allow.",
        why: "Volumes open the host's files to the task; a cluster allows them with -allow_container_volumes.",
        bad: "# checked with a settings file in which allow_container_volumes = false\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Mesos(image=DockerImage(name='web', tag='1'), volumes=[Volume(container_path='/data', host_path='/data', mode='RO')]),\n    task=SimpleTask('web', 'serve'))]",
        good: "# checked with a settings file in which allow_container_volumes = true\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Mesos(image=DockerImage(name='web', tag='1'), volumes=[Volume(container_path='/data', host_path='/data', mode='RO')]),\n    task=SimpleTask('web', 'serve'))]"
    }
    UPDATE_GROUP_SIZE = "E0534" "update-group-size" {
        what: "An update would change no instance at a time.",
        why: "Every batch of an update has at least one instance.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(update_strategy=VariableBatchUpdateStrategy(batch_sizes=[])),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(update_strategy=VariableBatchUpdateStrategy(batch_sizes=[1, 2])),\n    task=SimpleTask('web', 'serve'))]"
    }
    UPDATE_FAILURES_NEGATIVE = "E0535" "update-failures-negative" {
        what: "The number of failures that an update tolerates is negative.",
        why: "0 tolerates none.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(max_per_shard_failures=-1),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(max_per_shard_failures=0),\n    task=SimpleTask('web', 'serve'))]"
    }
    UPDATE_TOO_MANY_FAILURES = "E0536" "update-too-many-failures" {
        what: "An update could fail more often than the cluster wants to remember.",
        why: "max_per_shard_failures times the number of instances is at most -max_update_instance_failures, 20000 unless a cluster says otherwise.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=4000,\n    update_config=UpdateConfig(max_per_shard_failures=6),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web', instances=4000,\n    update_config=UpdateConfig(max_per_shard_failures=5),\n    task=SimpleTask('web', 'serve'))]"
    }
    UPDATE_WITHOUT_SLA = "E0539" "update-without-sla" {
        what: "An update is to respect the job's SLA policy, but there is none.",
        why: "sla_aware needs an sla_policy.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(sla_aware=True),\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(sla_aware=False),\n    task=SimpleTask('web', 'serve'))]"
    }
    SETTINGS_SYNTAX = "E0540" "settings-syntax" {
        what: "A settings file is not TOML.",
        why: "Settings files have lines of `key = value` and tables such as [tiers.preferred].",
        bad: "max_tasks_per_job: 100",
        good: "max_tasks_per_job = 100"
    }
    SETTINGS_UNKNOWN_KEY = "E0541" "settings-unknown-key" {
        what: "A settings file has a key that is no setting.",
        why: "Keys are named like the scheduler's flags, without the dash; a misspelt one would be lost silently.",
        bad: "max_task_per_job = 100",
        good: "max_tasks_per_job = 100"
    }
    SETTINGS_VALUE = "E0542" "settings-value" {
        what: "A setting has a value that it does not take.",
        why: "The message says what was given and what would be accepted.",
        bad: "allow_gpu_resource = 'yes'",
        good: "allow_gpu_resource = true"
    }
}
