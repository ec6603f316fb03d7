//! The whole compile, from files to a bundle: what the command line, tests, benchmarks and editors call.
//!
//! | question | file |
//! |---|---|
//! | what a compile is told, and what it gives | `mod.rs` |
//! | reading the entry file | `entry.rs` |
//! | what references become | `answers.rs` |
//! | several files at a time | `parallel.rs` |
//! | what several files come to together | `together.rs`, `duplicates.rs`, `included.rs` |
//! | which objects of a file are jobs | `listed.rs` |
//! | which jobs are selected, and their conversion | `jobs.rs` |
//! | what is asked of each job | `verdict.rs` |
//! | where the values of jobs come from | `origins.rs` |
//! | fields that no job reads | `profiles.rs` |
//! | what several jobs say about one place | `merge.rs` |
//! | what a project says for its files | `project.rs` |

mod answers;
mod duplicates;
mod entry;
mod included;
mod jobs;
mod listed;
mod merge;
mod origins;
mod parallel;
mod profiles;
mod project;
mod together;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::eval::{self, Budgets, EvalOptions, Evaluation, is_poison};
use crate::lints::template::UNUSED_BINDING;
use crate::model::convert::{Outside, Shared};
use crate::model::settings::Clusters;
use crate::model::{Bundle, executors};
use crate::schema::struct_type;
use crate::source::{Loader, Read, SourceMap, Span};
use crate::syntax::ModuleCache;
use crate::template::value::{Fault, Value};
use crate::template::{Environment, Limits, Ref, Scope, install_limits};

pub use crate::common::Cancel;
pub use answers::Answered;
pub use jobs::{KeyPattern, fits};
pub use parallel::in_parallel;
pub use project::{By, InForce, Refusal, SETTINGS, Said, load_project};
pub use together::put_together;

use origins::Origins;
use profiles::Profiles;
use verdict::Verdict;

/// What a compile may do and what it is told from outside.
#[derive(Debug, Clone)]
pub struct Options {
    /// `--bind NAME=VALUE`, in order.
    pub bindings: Vec<(String, String)>,
    /// `--user`: the submitting user, `owner.user` of every job.
    pub user: String,
    /// `--job` patterns; empty selects all jobs.
    pub select: Vec<KeyPattern>,
    /// `--env`: the variables a file may read.
    pub environment: BTreeMap<String, String>,
    /// Names of executors that the scheduler knows beside those of the file (`--executors`).
    pub known_executors: Vec<String>,
    /// What the schedulers of the jobs' clusters are set to; by default nothing is checked.
    pub clusters: Clusters,
    /// Whether what only an update would be rejected for is an error (`--scheduler` other than `none`).
    pub strict_updates: bool,
    /// What evaluation may use.
    pub budgets: Budgets,
    /// What templates may use.
    pub limits: Limits,
    /// Nesting of brackets, blocks and operators.
    pub max_nesting: usize,
    /// Asked whether to stop, when the time is up for example.
    pub cancel: Option<Cancel>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            bindings: Vec::new(),
            user: String::new(),
            select: Vec::new(),
            environment: BTreeMap::new(),
            known_executors: Vec::new(),
            clusters: Clusters::default(),
            strict_updates: true,
            budgets: Budgets::default(),
            limits: Limits::default(),
            max_nesting: 200,
            cancel: None,
        }
    }
}

/// What a compile reads from and writes its texts to. Cloning shares everything.
#[derive(Clone)]
pub struct Session {
    /// Gives the files, records the reads.
    pub loader: Arc<dyn Loader>,
    /// Keeps the texts, for rendering diagnostics.
    pub sources: SourceMap,
    /// The files parsed so far.
    pub modules: ModuleCache,
    /// What is told from outside.
    pub options: Arc<Options>,
}

/// What one of the files that are compiled together gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contribution {
    /// How many of the jobs are its own; they follow those of the files before it.
    pub jobs: usize,
    /// The positions of its executors, of which several files may have the same.
    pub executors: Vec<usize>,
}

/// What one or more files describe. It may go to another thread.
#[derive(Debug, Default)]
pub struct Compilation {
    /// Executors and jobs; incomplete where there are errors.
    pub bundle: Bundle,
    /// What each file gives, in their order.
    pub contributions: Vec<Contribution>,
    /// Errors and warnings, in source order.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was read, or looked for and not found, sorted.
    pub reads: Vec<PathBuf>,
    /// Where some jobs are selected, the keys of all jobs.
    pub candidates: Vec<String>,
    /// How many jobs were found that have errors, and so are not in the bundle.
    pub failed_jobs: usize,
    /// The `--bind` names that some template used, by position.
    pub used_bindings: Vec<bool>,
    /// The declared environment variables that some file read.
    pub used_variables: BTreeSet<String>,
    /// Whether a file was rejected, even where nothing is said of it: then there may be more jobs and more uses of names.
    pub refused: bool,
}

/// One of the files that are compiled together.
#[derive(Debug)]
pub struct Part {
    /// Its path.
    pub path: PathBuf,
    /// Whether it was found by searching a folder, rather than named.
    pub found: bool,
    /// What it describes.
    pub compilation: Compilation,
}

impl Compilation {
    /// Whether the input is rejected.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

impl Session {
    /// A session with nothing parsed yet.
    pub fn new(loader: Arc<dyn Loader>, options: Options) -> Session {
        Session { loader, sources: SourceMap::new(), modules: ModuleCache::new(), options: Arc::new(options) }
    }

    /// Compiles one file, named relative to the working directory. Never panics, prints or exits on input. To be
    /// called inside [`eval::with_stack`], as the evaluator recurses.
    pub fn compile(&self, file: &str) -> Compilation {
        let compilation = self.compile_part(file);
        put_together(vec![Part { path: PathBuf::from(file), found: false, compilation }], &self.sources)
    }

    /// Compiles one file of several, with all checks but those that need to know the others: [`put_together`] makes
    /// them.
    pub fn compile_part(&self, file: &str) -> Compilation {
        match self.loader.load(None, file) {
            Ok(read) => {
                let path = read.path.clone();
                let mut compilation = self.compile_text(read);
                if let Err(at) = compilation.reads.binary_search(&path) {
                    compilation.reads.insert(at, path);
                }
                compilation
            }
            Err(error) => {
                let diagnostics = vec![entry::unreadable(&*self.loader, &self.sources, file, error)];
                Compilation { diagnostics, ..Compilation::default() }
            }
        }
    }

    fn compile_text(&self, read: Read) -> Compilation {
        install_limits(self.options.limits, self.options.cancel.clone());
        let recorder = Arc::new(entry::Recorder::new(self.loader.clone()));
        let loader: Arc<dyn Loader> = recorder.clone();
        let entry = Read { path: read.path.clone(), name: read.name.clone(), text: String::new() };
        let path = read.path.clone();
        let mut evaluation = eval::evaluate(read, &self.evaluation(), &loader, &self.sources, &self.modules);
        let mut compilation = Compilation {
            diagnostics: std::mem::take(&mut evaluation.diagnostics),
            used_variables: std::mem::take(&mut evaluation.variables_read),
            ..Compilation::default()
        };
        match command_line_scopes(&self.options.bindings) {
            // Whatever is tried after the end of a budget would only say so again.
            Ok(_) if compilation.diagnostics.iter().any(Diagnostic::ends_everything) => {}
            Ok(bindings) => {
                let origins = Origins::new(self, loader.clone(), entry, &evaluation);
                self.convert(&mut evaluation, &origins, &bindings, &mut compilation);
                compilation.used_bindings = bindings.iter().map(was_used).collect();
            }
            Err(fault) => compilation.diagnostics.push(*fault.diagnostic),
        }
        merge::settle(&mut compilation.diagnostics, &self.sources);
        compilation.reads = recorder.take_reads();
        // A file with jobs is hardly ever part of another; what has none may be a library.
        if !compilation.bundle.jobs.is_empty() {
            self.modules.release(&path);
        }
        compilation
    }

    fn evaluation(&self) -> EvalOptions {
        EvalOptions {
            budgets: self.options.budgets,
            user: self.options.user.clone(),
            environment: self.options.environment.clone(),
            max_nesting: self.options.max_nesting,
            cancel: self.options.cancel.clone(),
            record: false,
        }
    }

    fn convert(
        &self,
        evaluation: &mut Evaluation,
        origins: &Origins<'_>,
        bindings: &[Scope],
        out: &mut Compilation,
    ) {
        let globals = &mut evaluation.globals;
        let assigned = globals.get("executors");
        let poisoned = assigned.is_some_and(is_poison);
        let assigned = assigned.filter(|_| !poisoned);
        let declared = executors::from_globals(assigned, globals.span("executors"), bindings);
        out.diagnostics.extend(declared.diagnostics);
        if globals.get("executors").is_none() && globals.get("jobs").is_some() {
            for (name, value) in globals.iter() {
                out.diagnostics.extend(executors::unlisted(name, value, globals.span(name)));
            }
        }
        let has_executors = !declared.executors.is_empty();
        let failed = out.has_errors();
        let found = listed::find(globals, has_executors, failed, evaluation.file, &mut out.diagnostics);
        let shared = Shared::default();
        let outside = Outside {
            user: &self.options.user,
            bindings,
            data_types: &declared.data_types,
            clusters: &self.options.clusters,
            strict_updates: self.options.strict_updates,
            shared: &shared,
        };
        let known: Vec<String> = self.options.known_executors.iter().cloned().chain(declared.names).collect();
        // Where the statement that assigns `executors` failed, nobody can tell which names it would have declared.
        let known = (!poisoned).then_some(&*known);
        let verdict = Verdict::new(&self.options.clusters, &declared.executors, known);
        // Nobody else needs them: the memory of one job can serve the next.
        globals.let_go("jobs");
        let mut profiles = Profiles::new(evaluation.file);
        jobs::convert(found, &outside, &self.options, (&verdict, &mut profiles, origins), out);
        if !out.has_errors() {
            out.diagnostics.extend(profiles.unused_fields(&evaluation.files, &self.sources));
        }
        out.bundle.executors = declared.executors;
    }
}

/// One scope for each `--bind`.
fn command_line_scopes(bindings: &[(String, String)]) -> Result<Vec<Scope>, Fault> {
    bindings
        .iter()
        .map(|(name, value)| {
            let mut environment = Environment::default();
            let address = Ref::parse(name)
                .map_err(|f| f.map(|d| d.note(format!("it is the name in --bind {name}={value}"))))?;
            environment.bind(&address, &Value::str(value.as_str()))?;
            Ok(Scope::Environment(Rc::new(environment)))
        })
        .collect()
}

fn was_used(scope: &Scope) -> bool {
    match scope {
        Scope::Environment(environment) => environment.was_used(),
        _ => true,
    }
}

/// Whether a job has a field of this name.
fn is_field(name: &str) -> bool {
    struct_type("Job").is_some_and(|job| job.fields().is_some_and(|fields| fields.contains_key(name)))
}

/// A warning for each `--bind` that the compilation did not use.
pub fn unused_bindings(bindings: &[(String, String)], compilation: &Compilation) -> Vec<Diagnostic> {
    let used = |index: usize| compilation.used_bindings.get(index).copied().unwrap_or(false);
    bindings
        .iter()
        .enumerate()
        .filter(|(index, _)| !used(*index))
        .map(|(_, (name, value))| {
            let message =
                format!("nothing refers to `{{{{{name}}}}}`, so --bind {name}={value} changes nothing");
            let d = Diagnostic::warning(&UNUSED_BINDING, Span::NONE, message);
            match is_field(name) {
                true => d.help("--bind gives values to references; fields are set in the file"),
                false => d,
            }
        })
        .collect()
}
