//! Each rule at its boundary, over models built by hand; `tests/admission/` has whole files.

mod executors;
mod sla;

use self::sla::{count, sla};
use super::*;
use crate::model::executor::{Command, CustomExecutor, Executor};
use crate::model::settings;
use crate::model::thrift::*;
use crate::model::{CompiledExecutor, ObjectPlaces, Places};
use crate::schema::struct_type;
use crate::source::FileId;
use crate::template::construct;
use crate::template::value::{Args, Keyword, Origin, Text, Value};

/// A job's call as text, its fields one a line.
struct Written {
    text: String,
    places: ObjectPlaces,
}

/// Writes fields with their literals: strings in quotes, or whole numbers.
fn written(fields: &[(&str, &str)]) -> Written {
    let mut text = String::from("Job(\n");
    let mut keywords = Vec::new();
    for (name, literal) in fields {
        let start = text.len() + name.len() + 1;
        let span = Span::new(FileId(0), start, start + literal.len());
        let value = match literal.strip_prefix('\'').and_then(|l| l.strip_suffix('\'')) {
            Some(inner) => {
                let source = Span::new(FileId(0), start + 1, start + 1 + inner.len());
                Value::Str(Text::with_origins(
                    inner,
                    vec![Origin { at: 0, source, verbatim: true, raw: false }],
                ))
            }
            None => Value::Int(literal.parse().unwrap()),
        };
        keywords.push(Keyword { name: (*name).into(), name_span: span, value, span });
        text += &format!("{name}={literal}\n");
    }
    text.push(')');
    let span = Span::new(FileId(0), 0, text.len());
    let args = Args { keyword: keywords, ..Args::none(span) };
    let job = construct(&struct_type("Job").or_else(|| struct_type("MesosJob")).unwrap(), &args).unwrap();
    Written { text, places: ObjectPlaces::new(job) }
}

impl Written {
    fn under(&self, span: Span) -> &str {
        &self.text[span.start as usize..span.end as usize]
    }
}

/// A service that every scheduler takes.
fn service() -> ConvertedJob {
    let key = JobKey { role: "www".into(), environment: "prod".into(), name: "web".into() };
    let owner = Identity { user: "ann".into() };
    let task_config = TaskConfig {
        job: key.clone(),
        owner: owner.clone(),
        is_service: true,
        priority: 0,
        max_task_failures: 1,
        production: Some(false),
        tier: Some("preferred".into()),
        resources: vec![Resource::NumCpus(0.5), Resource::RamMb(64), Resource::DiskMb(128)],
        constraints: Vec::new(),
        mesos_fetcher_uris: None,
        task_links: Vec::new(),
        contact_email: None,
        executor_config: Some(ExecutorConfig { name: "AuroraExecutor".into(), data: "{}".into() }),
        metadata: Vec::new(),
        partition_policy: None,
        sla_policy: None,
        container: Container::Mesos { image: None, volumes: None },
    };
    ConvertedJob {
        cluster: "west".into(),
        configuration: JobConfiguration {
            key,
            owner,
            cron_schedule: None,
            cron_collision_policy: CronCollisionPolicy::KillExisting,
            task_config,
            instance_count: 20,
        },
        update: Some(JobUpdateSettings {
            update_group_size: 1,
            max_per_instance_failures: 0,
            max_failed_instances: 0,
            min_wait_in_instance_running_ms: 45_000,
            rollback_on_failure: true,
            wait_for_batch_completion: false,
            block_if_no_pulses_after_ms: None,
            sla_aware: Some(false),
            update_strategy: None,
        }),
        places: written(&[]).places,
    }
}

fn cron(schedule: &str) -> ConvertedJob {
    let mut job = service();
    job.configuration.task_config.is_service = false;
    job.configuration.cron_schedule = Some(schedule.into());
    job.update = None;
    job.places = written(&[("cron_schedule", &format!("'{schedule}'"))]).places;
    job
}

/// A service after a change.
fn with(change: impl FnOnce(&mut ConvertedJob)) -> ConvertedJob {
    let mut job = service();
    change(&mut job);
    job
}

fn task(change: impl FnOnce(&mut TaskConfig)) -> ConvertedJob {
    with(|j| change(&mut j.configuration.task_config))
}

fn update(change: impl FnOnce(&mut JobUpdateSettings)) -> ConvertedJob {
    with(|j| change(j.update.as_mut().unwrap()))
}

fn file(text: &str) -> Settings {
    settings::parse(text, FileId(1)).unwrap()
}

/// The names of the codes found, with the messages.
fn found(job: &ConvertedJob, settings: &Settings) -> Vec<(&'static str, String)> {
    check(job, settings).into_iter().map(|d| (d.code.name, d.message)).collect()
}

#[track_caller]
fn refused(job: ConvertedJob, settings: &Settings, code: &str, value: &str) {
    let found = found(&job, settings);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, code);
    assert!(found[0].1.contains(value), "{value} in {}", found[0].1);
    assert!(check(&job, settings).iter().all(Diagnostic::is_error));
    assert!(!check(&job, &Settings::none()).iter().any(Diagnostic::is_error));
}

#[track_caller]
fn accepted(job: ConvertedJob, settings: &Settings) {
    assert_eq!(found(&job, settings), []);
}

fn default() -> Settings {
    Settings::default()
}

#[test]
fn a_sound_job_is_accepted() {
    accepted(service(), &default());
    accepted(service(), &file(""));
    accepted(cron("0 4 * * MON-FRI"), &default());
}

#[test]
fn identifiers() {
    let name = |n: &str| with(|j| j.configuration.key.name = n.into());
    refused(name(&"w".repeat(256)), &default(), "identifier-refused", "256");
    accepted(name(&"w".repeat(255)), &default());
    refused(name("web\n"), &default(), "identifier-refused", "`web\\n`");
    refused(name(""), &default(), "identifier-refused", "empty");
    refused(name("wéb"), &default(), "identifier-refused", "`é`");
    accepted(name("a-b_c.D9"), &default());
    refused(with(|j| j.configuration.key.role = "w w".into()), &default(), "identifier-refused", "`w w`");
    refused(
        with(|j| j.configuration.key.environment = "pr od".into()),
        &default(),
        "identifier-refused",
        "`pr od`",
    );
    refused(with(|j| j.configuration.owner.user = "a@b".into()), &default(), "identifier-refused", "`a@b`");
    refused(task(|t| t.tier = Some("a b".into())), &default(), "identifier-refused", "`a b`");
    refused(task(|t| t.tier = Some(String::new())), &default(), "identifier-refused", "empty");
}

#[test]
fn environments() {
    let of = |e: &str| with(|j| j.configuration.key.environment = e.into());
    refused(of("production"), &default(), "environment-not-allowed", "`production`");
    refused(of("staging1a"), &default(), "environment-not-allowed", "`staging1a`");
    for good in ["prod", "devel", "test", "staging", "staging42"] {
        accepted(of(good), &default());
    }
    let live = file("allowed_job_environments = 'live|qa[0-9]'");
    refused(of("prod"), &live, "environment-not-allowed", "`prod`");
    accepted(of("qa7"), &live);
}

#[test]
fn a_mend_is_put_where_the_text_is() {
    let source = written(&[("environment", "'production'"), ("tier", "'prefered'")]);
    let mut job = service();
    job.places = source.places.clone();
    job.configuration.key.environment = "production".into();
    job.configuration.task_config.tier = Some("prefered".into());
    let found = check(&job, &default());
    assert_eq!(found.len(), 2);
    assert_eq!(source.under(found[0].primary), "production");
    assert_eq!(
        (source.under(found[0].suggestions[0].span), &*found[0].suggestions[0].replacement),
        ("production", "prod")
    );
    assert_eq!(
        (source.under(found[1].suggestions[0].span), &*found[1].suggestions[0].replacement),
        ("prefered", "preferred")
    );
}

#[test]
fn numbers_of_instances() {
    let of = |n| with(|j| j.configuration.instance_count = n);
    refused(of(0), &default(), "no-instances", "0 instances");
    accepted(of(1), &default());
    accepted(of(4000), &default());
    refused(of(4001), &default(), "too-many-instances", "4001");
    let ten = file("max_tasks_per_job = 10");
    refused(of(11), &ten, "too-many-instances", "11");
    accepted(of(10), &ten);
    let label = &check(&of(11), &ten)[0].labels[0];
    assert_eq!(label.span.file, FileId(1));
}

#[test]
fn gpus_are_up_to_the_cluster() {
    let gpu = || task(|t| t.resources.push(Resource::NumGpus(2)));
    accepted(gpu(), &default());
    refused(gpu(), &file(""), "gpus", "2 GPUs");
    accepted(gpu(), &file("allow_gpu_resource = true"));
}

#[test]
fn executors_and_docker() {
    let docker = || Container::Docker { image: "web:1".into(), parameters: Some(Vec::new()) };
    let alone = || {
        task(|t| {
            t.executor_config = None;
            t.container = docker();
        })
    };
    accepted(alone(), &default());
    let docker_too = "allowed_container_types = ['MESOS', 'DOCKER']\n";
    refused(alone(), &file(docker_too), "docker-needs-executor", "`web:1`");
    accepted(alone(), &file(&format!("{docker_too}require_docker_use_executor = false")));
    let nameless =
        task(|t| t.executor_config = Some(ExecutorConfig { name: String::new(), data: String::new() }));
    refused(nameless, &default(), "executor-without-name", "empty");
    let imageless =
        |image: &str| task(|t| t.container = Container::Docker { image: image.into(), parameters: None });
    refused(imageless(" "), &default(), "no-docker-image", "` `");
    accepted(imageless("web"), &default());
}

#[test]
fn containers_are_up_to_the_cluster() {
    let docker =
        || task(|t| t.container = Container::Docker { image: "web:1".into(), parameters: Some(Vec::new()) });
    accepted(docker(), &default());
    refused(docker(), &file(""), "container-type", "`DOCKER`");
    accepted(docker(), &file("allowed_container_types = ['DOCKER']"));
    refused(service(), &file("allowed_container_types = ['DOCKER']"), "container-type", "`MESOS`");
    let parameter = || {
        let parameters = Some(vec![DockerParameter { name: "cap-add".into(), value: "ALL".into() }]);
        task(|t| t.container = Container::Docker { image: "web:1".into(), parameters })
    };
    accepted(parameter(), &default());
    refused(parameter(), &file("allowed_container_types = ['DOCKER']"), "docker-parameters", "cap-add=ALL");
    accepted(parameter(), &file("allowed_container_types = ['DOCKER']\nallow_docker_parameters = true"));
    let volume = || {
        let volume = Volume {
            container_path: "/in".into(),
            host_path: "/out".into(),
            mode: crate::model::thrift::Mode::Ro,
        };
        task(|t| t.container = Container::Mesos { image: None, volumes: Some(vec![volume]) })
    };
    accepted(volume(), &default());
    refused(volume(), &file(""), "container-volumes", "/out:/in");
    accepted(volume(), &file("allow_container_volumes = true"));
    accepted(task(|t| t.container = Container::Mesos { image: None, volumes: Some(Vec::new()) }), &file(""));
}

#[test]
fn fetcher_uris_are_up_to_the_cluster() {
    let uri = || {
        let uri =
            MesosFetcherUri { value: "http://f/x".into(), extract: false, cache: false, output_file: None };
        task(|t| t.mesos_fetcher_uris = Some(vec![uri]))
    };
    accepted(uri(), &default());
    refused(uri(), &file(""), "fetcher-uris", "http://f/x");
    accepted(uri(), &file("enable_mesos_fetcher = true"));
    accepted(task(|t| t.mesos_fetcher_uris = Some(Vec::new())), &file(""));
}

#[test]
fn dedicated_hosts() {
    let dedicated = |constraint| {
        task(|t| {
            t.constraints = vec![Constraint { name: "dedicated".into(), constraint }];
        })
    };
    let values = |values: &[&str]| {
        let values = values.iter().map(|v| (*v).into()).collect();
        dedicated(TaskConstraint::Value { negated: false, values })
    };
    for good in [&["www/web"][..], &["www"], &["*/web"], &["*"], &["www/web", "www/web"]] {
        accepted(values(good), &default());
    }
    refused(dedicated(TaskConstraint::Limit(1)), &default(), "dedicated-limit", "limit:1");
    refused(values(&["www/a", "www/b"]), &default(), "dedicated-values", "www/a,www/b");
    refused(values(&["ads/web"]), &default(), "dedicated-role", "`ads/web`");
    refused(values(&["/web"]), &default(), "dedicated-role", "`/web`");
    refused(values(&[""]), &default(), "dedicated-role", "``");
    let not = dedicated(TaskConstraint::Value { negated: true, values: vec!["www/web".into()] });
    let doubts = check(&not, &default());
    assert_eq!((doubts.len(), doubts[0].code.name, doubts[0].is_error()), (1, "dedicated-negated", false));
}

#[test]
fn tiers() {
    let of = |t: &str| task(|c| c.tier = Some(t.into()));
    for good in ["preferred", "preemptible", "revocable"] {
        accepted(of(good), &default());
    }
    accepted(task(|t| t.tier = None), &default());
    refused(of("Preferred"), &default(), "unknown-tier", "`Preferred`");
    let own = file("[tiers.gold]\npreemptible = false");
    refused(of("preferred"), &own, "unknown-tier", "`preferred`");
    accepted(of("gold"), &own);
}

#[test]
fn cron_schedules() {
    refused(cron(""), &default(), "empty-cron", "''");
    refused(cron("@daily"), &default(), "cron-shape", "`@daily`");
    refused(cron("0 4 * * 7"), &default(), "cron-field", "`7`");
    accepted(cron("0 4 * * 6"), &default());
    refused(cron("0 4 1 * MON"), &default(), "cron-both-days", "`MON`");
    refused(cron("0 4 30 2 *"), &default(), "cron-never-runs", "`30`");
    accepted(cron("0 4 29 2 *"), &default());
    let mut overlap = cron("0 4 * * *");
    overlap.configuration.cron_collision_policy = CronCollisionPolicy::RunOverlap;
    refused(overlap, &default(), "cron-overlap", "RUN_OVERLAP");
    let overlap = with(|j| j.configuration.cron_collision_policy = CronCollisionPolicy::RunOverlap);
    accepted(overlap, &default());
    let both = with(|j| j.configuration.cron_schedule = Some("0 4 * * *".into()));
    refused(both, &default(), "service-with-cron", "`0 4 * * *`");
    let wide = check(&cron("*/90 * * * *"), &default());
    assert_eq!((wide.len(), wide[0].code.name, wide[0].is_error()), (1, "cron-wide-step", false));
}

#[test]
fn the_wrong_part_of_a_schedule_is_underlined() {
    let source = written(&[("cron_schedule", "'0 4 * JAN 5-8'")]);
    let mut job = cron("0 4 * JAN 5-8");
    job.places = source.places.clone();
    let found = check(&job, &default());
    assert_eq!(source.under(found[0].primary), "5-8");
    let source = written(&[("cron_schedule", "'0 4 * * 7'")]);
    let mut job = cron("0 4 * * 7");
    job.places = source.places.clone();
    let mend = check(&job, &default()).remove(0).suggestions.remove(0);
    assert_eq!((source.under(mend.span), &*mend.replacement), ("7", "0"));
}

#[test]
fn update_requests() {
    refused(update(|u| u.update_group_size = 0), &default(), "update-group-size", "`0`");
    let strategy = |s| update(|u| u.update_strategy = Some(s));
    use JobUpdateStrategy::*;
    refused(strategy(Queue { group_size: 0 }), &default(), "update-group-size", "`0`");
    let batch = |group_size| strategy(Batch { group_size, autopause_after_batch: false });
    refused(batch(-1), &default(), "update-group-size", "`-1`");
    accepted(batch(1), &default());
    let variable = |group_sizes: &[i64]| {
        strategy(VariableBatch { group_sizes: group_sizes.to_vec(), autopause_after_batch: false })
    };
    refused(variable(&[1, 0]), &default(), "update-group-size", "`0`");
    refused(variable(&[]), &default(), "update-group-size", "[]");
    accepted(variable(&[1, 2]), &default());
    refused(update(|u| u.max_per_instance_failures = -1), &default(), "update-failures-negative", "`-1`");
    refused(update(|u| u.max_failed_instances = -2), &default(), "update-failures-negative", "`-2`");
    refused(update(|u| u.sla_aware = Some(true)), &default(), "update-without-sla", "sla_aware");
    let mut aware = sla(Some("preferred"), 20, count(1));
    aware.update.as_mut().unwrap().sla_aware = Some(true);
    accepted(aware, &default());
}

#[test]
fn failures_of_an_update() {
    let of = |instances, failures| {
        with(|j| {
            j.configuration.instance_count = instances;
            j.update.as_mut().unwrap().max_per_instance_failures = failures;
        })
    };
    accepted(of(4000, 5), &default());
    refused(of(4000, 6), &default(), "update-too-many-failures", "`6`");
    refused(of(1, 20_001), &default(), "update-too-many-failures", "20001");
    let few = file("max_update_instance_failures = 100");
    accepted(of(10, 10), &few);
    refused(of(10, 11), &few, "update-too-many-failures", "110");
}

#[test]
fn the_documentation_lists_every_code_and_every_setting() {
    let table = include_str!("../../../../docs/admission.md");
    for code in crate::diagnostics::codes::admission::ALL.iter().chain(crate::lints::admission::ALL) {
        assert!(table.contains(code.id), "{} {}", code.id, code.name);
    }
    for (line, _) in default().entries() {
        let key = line.split([' ', '.']).next().unwrap_or_default();
        assert!(table.contains(key), "{key}");
    }
}
