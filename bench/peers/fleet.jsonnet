// The same jobs as workloads.fleet(n).
local aurora = import 'aurora.libsonnet';

local Profile = {
  cluster: error 'Profile.cluster is required',
  environment: 'prod',
  package: 'server',
  heap: 512,
};

local base = aurora.Service {
  local job = self,
  profile:: error 'a profile is needed',
  version:: error 'a version is needed',

  cluster: job.profile.cluster,
  role: 'service',
  environment: job.profile.environment,
  contact: '%s-oncall@example.test' % job.role,
  announce: aurora.Announcer,
  constraints: { host: 'limit:1', rack: '!old,broken' },
  ports: ['http'],
  update_config: aurora.UpdateConfig { batch_size: 2, watch_secs: 30 },
  task: aurora.SequentialTask {
    name: job.profile.package,
    processes: [
      aurora.Process {
        name: 'fetch',
        cmdline: 'curl -fsS http://packages.example.test/%s/%s.tar.gz | tar xz' % [job.profile.package, job.version],
      },
      aurora.Process {
        name: 'run',
        cmdline: 'exec java -Xmx%dm -jar %s.jar --name=%s --port={{thermos.ports[http]}} --shard={{mesos.instance}}' %
                 [job.profile.heap, job.profile.package, self.name],
        max_failures: 3,
      },
    ],
    resources: aurora.Resources { cpu: 1.5, ram: 1 * aurora.GB, disk: 2 * aurora.GB },
  },
};

local profile = Profile { cluster: 'west', heap: 768 };

function(n) aurora.bundle([
  base { profile: profile, name: 'job-%d' % i, instances: i % 7 + 1, version: '1.%d' % i }
  for i in std.range(0, n - 1)
])
