  aurora.Job {
    cluster: 'west', role: 'service', environment: 'prod', name: 'job-@NUMBER@',
    task: aurora.Task {
      name: 'work',
      processes: [aurora.Process { name: 'run', cmdline: @'@LINES@' }],
      resources: aurora.Resources { cpu: 1, ram: 1 * aurora.GB, disk: 1 * aurora.GB },
    },
  },
