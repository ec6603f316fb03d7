//! Executors, and what an instance takes.

use super::*;

fn custom(name: &str) -> CompiledExecutor {
    let command = Command {
        value: "run".into(),
        shell: None,
        arguments: Vec::new(),
        uris: Vec::new(),
        user: None,
        environment: Vec::new(),
    };
    let executor = Executor {
        name: name.into(),
        kind: None,
        command,
        cpus: Some(1.0),
        mem: Some(512),
        labels: Vec::new(),
        shutdown_grace_period_secs: None,
        source: None,
    };
    let entry = CustomExecutor { executor, volume_mounts: Vec::new(), task_prefix: "x-".into() };
    CompiledExecutor { entry, places: Places::whole(Span::NONE) }
}

fn on_executor(name: &str) -> ConvertedJob {
    task(|t| t.executor_config = Some(ExecutorConfig { name: name.into(), data: String::new() }))
}

/// What is said about jobs, and what is known beside the executors of their file.
fn judged(
    jobs: &[ConvertedJob],
    executors: &[CompiledExecutor],
    known: Option<&[String]>,
    clusters: &Clusters,
) -> Vec<Diagnostic> {
    let judge = Judge::new(clusters, executors, known);
    jobs.iter().flat_map(|job| judge.job(job)).collect()
}

#[test]
fn executors_of_the_cluster() {
    let jobs = [on_executor("sprak")];
    let told = |executors: &[CompiledExecutor], known: &[String], settings: &Settings| {
        judged(&jobs, executors, Some(known), &Clusters::all(settings.clone()))
            .into_iter()
            .map(|d| (d.code.name, d.message))
            .collect::<Vec<_>>()
    };
    assert!(told(&[], &[], &default()).is_empty());
    let found = told(&[], &[], &file("executors = ['spark']"));
    assert_eq!(found[0].0, "executor-not-in-cluster");
    assert!(found[0].1.contains("`sprak`"));
    assert!(told(&[], &[], &file("executors = ['sprak']")).is_empty());
    assert!(told(&[], &["sprak".to_string()], &file("")).is_empty());
    assert!(told(&[custom("sprak")], &[], &file("")).is_empty());
}

#[test]
fn each_job_is_checked_against_its_own_cluster() {
    let clusters = settings::Clusters::default().with("west", file("max_tasks_per_job = 10"));
    let far = with(|j| j.cluster = "east".into());
    let found = judged(&[service(), far], &[], None, &clusters);
    assert_eq!(found.len(), 1);
}

#[test]
fn an_instance_takes_its_task_and_its_executor() {
    let takes = |job: &ConvertedJob, executors: &[CompiledExecutor]| {
        let entries = executors.iter().map(|e| &e.entry);
        instance_resources(&job.configuration.task_config, entries, &default())
    };
    let thermos = takes(&service(), &[]).total();
    assert_eq!((thermos.cpus, thermos.ram_mb, thermos.disk_mb), (0.75, 192, 128));
    let spark = takes(&on_executor("spark"), &[custom("spark")]).total();
    assert_eq!((spark.cpus, spark.ram_mb, spark.disk_mb), (1.5, 576, 128));
    let unknown = takes(&on_executor("spark"), &[]);
    assert_eq!(unknown.executor, Overhead::Unknown("spark".into()));
    assert_eq!(unknown.total().ram_mb, 64);
    let alone = takes(&task(|t| t.executor_config = None), &[]);
    assert_eq!((alone.executor.clone(), alone.total().cpus), (Overhead::None, 0.5));
    let ports = task(|t| t.resources.extend([Resource::NamedPort("a".into()), Resource::NumGpus(2)]));
    let total = takes(&ports, &[]).total();
    assert_eq!((total.ports, total.gpus), (1, 2));
}
