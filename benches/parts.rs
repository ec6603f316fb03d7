//! How long the parts of a compile take: `cargo bench`, or `cargo bench -- parse` for one of them.

use std::sync::Arc;

use criterion::{Criterion, Throughput};
use jobc::driver::{Options, Session};
use jobc::emit::{Style, json};
use jobc::eval::{self, Budgets, EvalOptions, Evaluation};
use jobc::source::{FileId, Loader, MemoryLoader, SourceMap};
use jobc::syntax;
use jobc::syntax::ModuleCache;
use jobc::template::value::Value;
use jobc::template::{Object, Walk};

/// Jobs of each workload.
const JOBS: usize = 100;
/// The default of `--max-nesting`.
const MAX_NESTING: usize = 200;
const NAME: &str = "job.aurora";

fn main() {
    // All on the one thread that has the stack for it, as values cannot leave their thread.
    eval::with_stack(|| {
        let mut criterion = Criterion::default().configure_from_args();
        parse(&mut criterion);
        evaluate(&mut criterion);
        interpolate(&mut criterion);
        emit(&mut criterion);
        compile(&mut criterion);
        criterion.final_summary();
    });
}

fn fleet() -> String {
    include_str!("../bench/jobs/fleet.aurora").replace("@JOBS@", &JOBS.to_string())
}

fn templates() -> String {
    include_str!("../bench/jobs/templates.aurora").replace("@JOBS@", &JOBS.to_string())
}

fn flat() -> String {
    let job = include_str!("../bench/jobs/flat.aurora");
    let jobs = (0..JOBS)
        .map(|i| job.replace("@NUMBER@", &i.to_string()).replace("@INSTANCES@", &(i % 7 + 1).to_string()));
    format!("jobs = [\n{}]\n", jobs.collect::<String>())
}

/// Text → syntax tree.
fn parse(criterion: &mut Criterion) {
    let text = flat();
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("flat", |b| b.iter(|| syntax::parse(FileId(0), &text, MAX_NESTING)));
}

/// What the evaluation of one file needs; the file is parsed the first time only.
struct Evaluator {
    loader: Arc<dyn Loader>,
    options: EvalOptions,
    sources: SourceMap,
    modules: ModuleCache,
}

impl Evaluator {
    fn new(text: &str) -> Evaluator {
        let options = EvalOptions {
            budgets: Budgets::default(),
            user: "bench".to_owned(),
            environment: Default::default(),
            max_nesting: MAX_NESTING,
            cancel: None,
            record: false,
        };
        Evaluator {
            loader: Arc::new(MemoryLoader::new([(NAME, text)])),
            options,
            sources: SourceMap::new(),
            modules: ModuleCache::new(),
        }
    }

    fn run(&self) -> Evaluation {
        let read = self.loader.load(None, NAME).expect("the file is in memory");
        let evaluation = eval::evaluate(read, &self.options, &self.loader, &self.sources, &self.modules);
        assert!(evaluation.diagnostics.is_empty());
        evaluation
    }
}

/// Syntax tree → values.
fn evaluate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("evaluate");
    group.throughput(Throughput::Elements(JOBS as u64));
    for (name, text) in [("fleet", fleet()), ("flat", flat()), ("templates", templates())] {
        let evaluator = Evaluator::new(&text);
        group.bench_function(name, |b| b.iter(|| evaluator.run()));
    }
}

/// Job objects → the same with their references replaced.
fn interpolate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("interpolate");
    group.throughput(Throughput::Elements(JOBS as u64));
    for (name, text) in [("fleet", fleet()), ("templates", templates())] {
        let evaluation = Evaluator::new(&text).run();
        let Some(Value::List(jobs)) = evaluation.globals.get("jobs") else { panic!("no list of jobs") };
        let jobs = jobs.borrow();
        group.bench_function(name, |b| b.iter(|| jobs.iter().map(interpolated).collect::<Vec<_>>()));
    }
}

fn interpolated(job: &Value) -> Object {
    let Value::Object(job) = job else { panic!("no job") };
    job.interpolate(&mut Walk::default()).expect("the workloads have no mistakes")
}

/// Bundle → JSON.
fn emit(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("emit");
    let session = session(&fleet());
    let bundle = session.compile(NAME).bundle;
    let mut out = Vec::new();
    json::write_bundle(&bundle, Style::default(), &mut out).expect("memory can be written");
    group.throughput(Throughput::Bytes(out.len() as u64));
    group.bench_function("fleet", |b| {
        b.iter(|| {
            out.clear();
            json::write_bundle(&bundle, Style::default(), &mut out)
        })
    });
}

fn session(text: &str) -> Session {
    let options = Options { user: "bench".to_owned(), ..Options::default() };
    Session::new(Arc::new(MemoryLoader::new([(NAME, text)])), options)
}

/// Text → bundle.
fn compile(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compile");
    group.throughput(Throughput::Elements(JOBS as u64));
    for (name, text) in [("fleet", fleet()), ("flat", flat()), ("templates", templates())] {
        group.bench_function(name, |b| {
            b.iter(|| {
                let compilation = session(&text).compile(NAME);
                assert_eq!(compilation.bundle.jobs.len(), JOBS);
                compilation
            })
        });
    }
}
