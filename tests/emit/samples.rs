//! Models to emit: two written by hand, and any number of random ones.

use jobc::model::executor::{Command, CustomExecutor, Executor, ExecutorType, Uri, VolumeMount};
use jobc::model::thrift::*;
use jobc::model::{Bundle, CompiledExecutor, CompiledJob, Places};
use jobc::source::Span;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Places that know nothing.
fn nowhere() -> Places {
    Places::whole(Span::NONE)
}

pub(crate) fn compiled(
    cluster: &str,
    configuration: JobConfiguration,
    update: Option<JobUpdateSettings>,
) -> CompiledJob {
    CompiledJob { cluster: cluster.into(), configuration, update, places: nowhere() }
}

pub(crate) fn bundle(executors: Vec<CustomExecutor>, jobs: Vec<CompiledJob>) -> Bundle {
    let executors =
        executors.into_iter().map(|entry| CompiledExecutor { entry, places: nowhere() }).collect();
    Bundle { executors, jobs }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&t| t.to_owned()).collect()
}

/// A job with no optional field set.
pub(crate) fn small_job(role: &str, environment: &str, name: &str) -> JobConfiguration {
    let key = JobKey { role: role.into(), environment: environment.into(), name: name.into() };
    let owner = Identity { user: "oracle".into() };
    JobConfiguration {
        key: key.clone(),
        owner: owner.clone(),
        cron_schedule: None,
        cron_collision_policy: CronCollisionPolicy::KillExisting,
        task_config: TaskConfig {
            job: key,
            owner,
            is_service: false,
            priority: 0,
            max_task_failures: 1,
            production: None,
            tier: None,
            resources: vec![Resource::NumCpus(0.5), Resource::RamMb(64), Resource::DiskMb(128)],
            constraints: Vec::new(),
            mesos_fetcher_uris: None,
            task_links: Vec::new(),
            contact_email: None,
            executor_config: None,
            metadata: Vec::new(),
            partition_policy: None,
            sla_policy: None,
            container: Container::Mesos { image: None, volumes: None },
        },
        instance_count: 1,
    }
}

/// A job with every optional field set.
pub(crate) fn full_job() -> JobConfiguration {
    let mut job = small_job("www-data", "prod", "hello");
    job.cron_schedule = Some("*/5 * * * *".to_owned());
    job.cron_collision_policy = CronCollisionPolicy::CancelNew;
    job.instance_count = 7;
    let task = &mut job.task_config;
    task.is_service = true;
    task.priority = -3;
    task.production = Some(false);
    task.tier = Some("preferred".to_owned());
    task.resources.extend([Resource::NumGpus(2), Resource::NamedPort("http".into())]);
    task.constraints = vec![
        Constraint { name: "host".into(), constraint: TaskConstraint::Limit(1) },
        Constraint {
            name: "rack".into(),
            constraint: TaskConstraint::Value { negated: true, values: vec!["a".into(), "b".into()] },
        },
    ];
    task.mesos_fetcher_uris = Some(vec![MesosFetcherUri {
        value: "http://repo/a.tar.gz".to_owned(),
        extract: true,
        cache: false,
        output_file: Some("a.tgz".to_owned()),
    }]);
    task.task_links = vec![("log".to_owned(), "http://%host%".to_owned())];
    task.contact_email = Some("team@example.test".to_owned());
    task.executor_config =
        Some(ExecutorConfig { name: "myExecutor".to_owned(), data: "{\"a\": \"é\\n\"}".to_owned() });
    task.metadata = vec![Metadata { key: "owner".to_owned(), value: "shop".to_owned() }];
    task.partition_policy = Some(PartitionPolicy { reschedule: true, delay_secs: Some(30) });
    task.sla_policy = Some(SlaPolicy::Percentage { percentage: 95.0, duration_secs: 1800 });
    task.container = Container::Mesos {
        image: Some(Image::Docker { name: "busybox".to_owned(), tag: "1.36".to_owned() }),
        volumes: Some(vec![Volume {
            container_path: "/c".to_owned(),
            host_path: "/h".to_owned(),
            mode: Mode::Ro,
        }]),
    };
    job
}

pub(crate) fn full_update() -> JobUpdateSettings {
    JobUpdateSettings {
        update_group_size: 2,
        max_per_instance_failures: 1,
        max_failed_instances: 3,
        min_wait_in_instance_running_ms: 45000,
        rollback_on_failure: true,
        wait_for_batch_completion: false,
        block_if_no_pulses_after_ms: Some(60000),
        sla_aware: Some(true),
        update_strategy: Some(JobUpdateStrategy::VariableBatch {
            group_sizes: vec![1, 2, 4],
            autopause_after_batch: true,
        }),
    }
}

/// The sample of the document on custom executors.
pub(crate) fn sample_executor() -> CustomExecutor {
    let uri = |value: &str, executable, cache| Uri {
        value: value.to_owned(),
        executable: Some(executable),
        extract: Some(false),
        cache: Some(cache),
        output_file: None,
    };
    let volume = |mode, container: &str, host: &str| VolumeMount {
        mode,
        container_path: container.to_owned(),
        host_path: Some(host.to_owned()),
    };
    CustomExecutor {
        executor: Executor {
            name: "myExecutor".to_owned(),
            kind: None,
            command: Command {
                value: "myExecutor.a".to_owned(),
                shell: Some(false),
                arguments: owned(&["localhost:2181", "-verbose", "-config myConfiguration.config"]),
                uris: vec![
                    uri("/dist/myExecutor.a", true, true),
                    uri("/home/user/myConfiguration.config", false, false),
                ],
                user: None,
                environment: Vec::new(),
            },
            cpus: Some(1.0),
            mem: Some(512),
            labels: Vec::new(),
            shutdown_grace_period_secs: None,
            source: None,
        },
        volume_mounts: vec![
            volume(Mode::Ro, "/path/on/container", "/path/to/host/directory"),
            volume(Mode::Rw, "/container", "/host"),
        ],
        task_prefix: "my-executor-".to_owned(),
    }
}

/// An executor with every property set.
pub(crate) fn full_executor() -> CustomExecutor {
    let mut entry = sample_executor();
    let executor = &mut entry.executor;
    executor.kind = Some(ExecutorType::Custom);
    executor.labels = vec![("team".to_owned(), "shop".to_owned())];
    executor.shutdown_grace_period_secs = Some(5);
    executor.source = Some("hand".to_owned());
    executor.command.user = Some("nobody".to_owned());
    executor.command.environment = vec![("HOME".to_owned(), "/tmp".to_owned())];
    executor.command.uris[0].output_file = Some("a".to_owned());
    entry
}

/// A small job and one for every field and every alternative of every union and enum.
pub(crate) fn variants() -> Vec<CompiledJob> {
    let mut full = full_job();
    full.cron_schedule = None;
    let mut jobs = vec![small_job("a", "b", "c"), full_job(), full.clone()];
    let mut variant = |change: &dyn Fn(&mut JobConfiguration)| {
        let mut job = full.clone();
        change(&mut job);
        jobs.push(job);
    };
    variant(&|j| j.cron_schedule = Some(String::new()));
    for policy in CronCollisionPolicy::ALL {
        variant(&|j| j.cron_collision_policy = policy);
    }
    let (coordinator_url, status_key) = ("http://c".to_owned(), "drain".to_owned());
    let policy = SlaPolicy::Coordinator { coordinator_url, status_key };
    variant(&|j| j.task_config.sla_policy = Some(policy.clone()));
    variant(&|j| j.task_config.sla_policy = Some(SlaPolicy::Count { count: 3, duration_secs: 1800 }));
    let image = Image::Appc { name: "app".to_owned(), image_id: "sha512-1".to_owned() };
    let volume = |mode| Volume { container_path: "/c".to_owned(), host_path: "/h".to_owned(), mode };
    variant(&|j| {
        let volumes = Some(vec![volume(Mode::Rw), volume(Mode::Ro)]);
        j.task_config.container = Container::Mesos { image: Some(image.clone()), volumes };
    });
    let parameter = DockerParameter { name: "volume".to_owned(), value: "/a:/b".to_owned() };
    for parameters in [None, Some(Vec::new()), Some(vec![parameter])] {
        variant(&|j| {
            j.task_config.container =
                Container::Docker { image: "busybox:1".to_owned(), parameters: parameters.clone() };
        });
    }
    let update = |strategy| JobUpdateSettings { update_strategy: strategy, ..full_update() };
    let strategies = [
        None,
        Some(JobUpdateStrategy::Queue { group_size: 2 }),
        Some(JobUpdateStrategy::Batch { group_size: 2, autopause_after_batch: true }),
        full_update().update_strategy,
    ];
    let mut all: Vec<CompiledJob> = jobs.into_iter().map(|j| compiled("west", j, None)).collect();
    all.extend(strategies.map(|s| compiled("west", full.clone(), Some(update(s)))));
    all
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-z.\\-]{1,8}", any::<String>()]
}

fn int() -> impl Strategy<Value = i64> {
    any::<i32>().prop_map(i64::from)
}

/// Floats of few digits: `serde_json` reads others only nearly.
fn float() -> impl Strategy<Value = f64> {
    any::<i32>().prop_map(|n| f64::from(n) / 64.0)
}

fn resource() -> impl Strategy<Value = Resource> {
    prop_oneof![
        float().prop_map(Resource::NumCpus),
        any::<i64>().prop_map(Resource::RamMb),
        any::<i64>().prop_map(Resource::DiskMb),
        text().prop_map(|name| Resource::NamedPort(name.into())),
        any::<i64>().prop_map(Resource::NumGpus),
    ]
}

fn constraint() -> impl Strategy<Value = Constraint> {
    let kind = prop_oneof![
        int().prop_map(TaskConstraint::Limit),
        (any::<bool>(), vec(text(), 0..3)).prop_map(|(negated, values)| {
            let values = values.into_iter().map(Into::into).collect();
            TaskConstraint::Value { negated, values }
        }),
    ];
    (text(), kind).prop_map(|(name, constraint)| Constraint { name: name.into(), constraint })
}

fn fetcher_uri() -> impl Strategy<Value = MesosFetcherUri> {
    let flag = || any::<bool>();
    (text(), flag(), flag(), option::of(text())).prop_map(|(value, extract, cache, output_file)| {
        MesosFetcherUri { value, extract, cache, output_file }
    })
}

fn sla_policy() -> impl Strategy<Value = SlaPolicy> {
    prop_oneof![
        (float(), any::<i64>())
            .prop_map(|(percentage, duration_secs)| SlaPolicy::Percentage { percentage, duration_secs }),
        (any::<i64>(), any::<i64>())
            .prop_map(|(count, duration_secs)| SlaPolicy::Count { count, duration_secs }),
        (text(), text())
            .prop_map(|(coordinator_url, status_key)| SlaPolicy::Coordinator { coordinator_url, status_key }),
    ]
}

fn container() -> impl Strategy<Value = Container> {
    let image = prop_oneof![
        (text(), text()).prop_map(|(name, tag)| Image::Docker { name, tag }),
        (text(), text()).prop_map(|(name, image_id)| Image::Appc { name, image_id }),
    ];
    let volume = (text(), text(), prop_oneof![Just(Mode::Rw), Just(Mode::Ro)])
        .prop_map(|(container_path, host_path, mode)| Volume { container_path, host_path, mode });
    let parameter = (text(), text()).prop_map(|(name, value)| DockerParameter { name, value });
    prop_oneof![
        (option::of(image), option::of(vec(volume, 0..3)))
            .prop_map(|(image, volumes)| Container::Mesos { image, volumes }),
        (text(), option::of(vec(parameter, 0..3)))
            .prop_map(|(image, parameters)| Container::Docker { image, parameters }),
    ]
}

fn task() -> impl Strategy<Value = TaskConfig> {
    let named = || vec((text(), text()), 0..3);
    let plain =
        (any::<bool>(), int(), int(), option::of(any::<bool>()), option::of(text()), option::of(text()));
    let sets =
        (vec(resource(), 0..5), vec(constraint(), 0..3), option::of(vec(fetcher_uri(), 0..3)), named());
    let rest = (
        named(),
        option::of((text(), text()).prop_map(|(name, data)| ExecutorConfig { name, data })),
        option::of(
            (any::<bool>(), option::of(any::<i64>()))
                .prop_map(|(reschedule, delay_secs)| PartitionPolicy { reschedule, delay_secs }),
        ),
        option::of(sla_policy()),
        container(),
    );
    let key = (text(), text(), text()).prop_map(|(role, environment, name)| JobKey {
        role: role.into(),
        environment: environment.into(),
        name: name.into(),
    });
    (key, text(), plain, sets, rest).prop_map(|(job, user, plain, sets, rest)| TaskConfig {
        job,
        owner: Identity { user: user.into() },
        is_service: plain.0,
        priority: plain.1,
        max_task_failures: plain.2,
        production: plain.3,
        tier: plain.4,
        contact_email: plain.5,
        resources: sets.0,
        constraints: sets.1,
        mesos_fetcher_uris: sets.2,
        task_links: unique(sets.3),
        metadata: rest.0.into_iter().map(|(key, value)| Metadata { key, value }).collect(),
        executor_config: rest.1,
        partition_policy: rest.2,
        sla_policy: rest.3,
        container: rest.4,
    })
}

/// The keys of a map are unique.
fn unique(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.sort();
    pairs.dedup_by(|a, b| a.0 == b.0);
    pairs
}

/// Any JobConfiguration, valid for a scheduler or not.
pub(crate) fn any_job() -> impl Strategy<Value = JobConfiguration> {
    (task(), option::of(text()), 0..3usize, int()).prop_map(
        |(task, cron_schedule, policy, instance_count)| JobConfiguration {
            key: task.job.clone(),
            owner: task.owner.clone(),
            cron_schedule,
            cron_collision_policy: CronCollisionPolicy::ALL[policy],
            task_config: task,
            instance_count,
        },
    )
}

/// Any JobUpdateSettings.
pub(crate) fn any_update() -> impl Strategy<Value = JobUpdateSettings> {
    let strategy = prop_oneof![
        int().prop_map(|group_size| JobUpdateStrategy::Queue { group_size }),
        (int(), any::<bool>()).prop_map(|(group_size, autopause_after_batch)| JobUpdateStrategy::Batch {
            group_size,
            autopause_after_batch
        }),
        (vec(int(), 0..4), any::<bool>()).prop_map(|(group_sizes, autopause_after_batch)| {
            JobUpdateStrategy::VariableBatch { group_sizes, autopause_after_batch }
        }),
    ];
    let numbers = (int(), int(), int(), int(), option::of(int()));
    let flags = (any::<bool>(), any::<bool>(), option::of(any::<bool>()));
    (numbers, flags, option::of(strategy)).prop_map(|(n, f, update_strategy)| JobUpdateSettings {
        update_group_size: n.0,
        max_per_instance_failures: n.1,
        max_failed_instances: n.2,
        min_wait_in_instance_running_ms: n.3,
        rollback_on_failure: f.0,
        wait_for_batch_completion: f.1,
        block_if_no_pulses_after_ms: n.4,
        sla_aware: f.2,
        update_strategy,
    })
}
