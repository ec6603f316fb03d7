// As much of Aurora's jobs as the workloads use, the way Jsonnet libraries are written: objects to be extended, and a
// function that renders the bundle. A job's visible fields are the executor's data.
local MB = 1024 * 1024;

// Fields that nobody can leave out.
local required(type, field) = error '%s.%s is required' % [type, field];

// A constraint of the scheduler, from `limit:N` or a list of values that may be negated.
local constraint(text) =
  if std.startsWith(text, 'limit:') then
    { limit: { limit: std.parseInt(text[std.length('limit:'):]) } }
  else
    local negated = std.startsWith(text, '!');
    { value: { negated: negated, values: std.split(if negated then text[1:] else text, ',') } };

local configuration(job, user) =
  local key = { role: job.role, environment: job.environment, name: job.name };
  local owner = { user: user };
  {
    key: key,
    owner: owner,
    cronCollisionPolicy: job.cron_collision_policy,
    taskConfig: {
      job: key,
      owner: owner,
      isService: job.service,
      priority: job.priority,
      maxTaskFailures: job.max_task_failures,
      production: job.production,
      tier: job.tier,
      resources: [
        { numCpus: job.task.resources.cpu },
        { ramMb: std.floor(job.task.resources.ram / MB) },
        { diskMb: std.floor(job.task.resources.disk / MB) },
      ] + [{ namedPort: port } for port in job.ports],
      constraints:
        if 'constraints' in job then
          [{ name: name, constraint: constraint(job.constraints[name]) } for name in std.objectFields(job.constraints)]
        else [],
      taskLinks: {},
      [if 'contact' in job then 'contactEmail']: job.contact,
      executorConfig: { name: job.executor_config.name, data: std.manifestJsonMinified(job) },
      metadata: job.metadata,
      container: { mesos: {} },
    },
    instanceCount: job.instances,
  };

local update(config) = {
  updateGroupSize: config.batch_size,
  maxPerInstanceFailures: config.max_per_shard_failures,
  maxFailedInstances: config.max_total_failures,
  minWaitInInstanceRunningMs: config.watch_secs * 1000,
  rollbackOnFailure: config.rollback_on_failure,
  waitForBatchCompletion: config.wait_for_batch_completion,
  slaAware: config.sla_aware,
  updateStrategy: { queueStrategy: { groupSize: config.batch_size } },
};

{
  MB: MB,
  GB: 1024 * MB,

  Process: {
    name: required('Process', 'name'),
    cmdline: required('Process', 'cmdline'),
    max_failures: 1,
    daemon: false,
    ephemeral: false,
    min_duration: 5,
    final: false,
  },

  Resources: {
    cpu: required('Resources', 'cpu'),
    ram: required('Resources', 'ram'),
    disk: required('Resources', 'disk'),
    gpu: 0,
  },

  Task: {
    name: required('Task', 'name'),
    processes: required('Task', 'processes'),
    constraints: [],
    resources: required('Task', 'resources'),
    max_failures: 1,
    max_concurrency: 0,
    finalization_wait: 30,
  },

  // The constraint that runs processes one after the other.
  order(names): [{ order: names }],

  SequentialTask: self.Task {
    local task = self,
    constraints: $.order([process.name for process in task.processes]),
  },

  Announcer: {
    primary_port: 'http',
    portmap: { aurora: 'http' },
  },

  UpdateConfig: {
    batch_size: 1,
    watch_secs: 45,
    max_per_shard_failures: 0,
    max_total_failures: 0,
    rollback_on_failure: true,
    wait_for_batch_completion: false,
    sla_aware: false,
  },

  Job: {
    name: required('Job', 'name'),
    role: required('Job', 'role'),
    cluster: required('Job', 'cluster'),
    environment: required('Job', 'environment'),
    task: required('Job', 'task'),
    cron_collision_policy: 'KILL_EXISTING',
    metadata: [],
    service: false,
    max_task_failures: 1,
    production: false,
    // What the client fills in from the cluster's tiers.
    tier: if self.production then 'preferred' else 'preemptible',
    priority: 0,
    health_check_config: {
      health_checker: { http: { endpoint: '/health', expected_response: 'ok', expected_response_code: 0 } },
      initial_interval_secs: 15.0,
      interval_secs: 10.0,
      max_consecutive_failures: 0,
      min_consecutive_successes: 1,
      timeout_secs: 1.0,
    },
    lifecycle: {
      http: {
        port: 'health',
        graceful_shutdown_endpoint: '/quitquitquit',
        shutdown_endpoint: '/abortabortabort',
        graceful_shutdown_wait_secs: 5,
        shutdown_wait_secs: 5,
      },
    },
    executor_config: { name: 'AuroraExecutor', data: '' },
    enable_hooks: false,
    instances:: 1,
    ports:: [],
    update_config:: $.UpdateConfig,
  },

  Service: self.Job { service: true },

  // What `jobc compile --user USER` prints.
  bundle(jobs, user='bench'): {
    executors: [],
    jobs: [
      {
        key: '%s/%s/%s/%s' % [job.cluster, job.role, job.environment, job.name],
        configuration: configuration(job, user),
        [if job.service then 'update']: update(job.update_config),
      }
      for job in jobs
    ],
  },
}
