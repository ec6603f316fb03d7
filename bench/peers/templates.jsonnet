// The same jobs as jobs/templates.aurora.
local aurora = import 'aurora.libsonnet';

local base = aurora.Job {
  local job = self,
  n:: error 'a number is needed',
  local leaf = {
    a: 'alpha-%d' % job.n,
    b: 'beta-%d' % job.n,
    c: 'gamma-%d' % job.n,
    d: 'delta-%d' % job.n,
    e: 'epsilon-%d' % job.n,
  },
  local middle = { [k]: '%s' % leaf[k] for k in std.objectFields(leaf) },
  local outer = { [k]: '<%s>' % middle[k] for k in std.objectFields(leaf) },
  local text = '%(a)s %(b)s %(c)s %(d)s %(e)s' % outer,

  cluster: 'west',
  role: 'service',
  environment: 'prod',
  contact: text,
  metadata: [{ key: 'k%d' % i, value: text } for i in std.range(0, 3)],
  task: aurora.Task {
    name: 'work',
    processes: [aurora.Process { name: 'p%d' % i, cmdline: 'echo ' + text } for i in std.range(0, 3)],
    resources: aurora.Resources { cpu: 1, ram: 1 * aurora.GB, disk: 1 * aurora.GB },
  },
};

function(n) aurora.bundle([base { name: 'job-%d' % i, n: i } for i in std.range(0, n - 1)])
