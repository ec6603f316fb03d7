  aurora.Service {
    cluster: 'west', role: 'service', environment: 'prod', name: 'job-@NUMBER@', instances: @INSTANCES@,
    contact: 'service-oncall@example.test',
    constraints: { host: 'limit:1' },
    task: aurora.Task {
      name: 'server',
      processes: [
        aurora.Process { name: 'fetch', cmdline: 'curl -fsS http://packages.example.test/server/1.@NUMBER@.tar.gz | tar xz' },
        aurora.Process { name: 'run', cmdline: 'exec java -Xmx768m -jar server.jar --name=job-@NUMBER@', max_failures: 3 },
      ],
      constraints: aurora.order(['fetch', 'run']),
      resources: aurora.Resources { cpu: 1.5, ram: 1 * aurora.GB, disk: 2 * aurora.GB },
    },
  },
