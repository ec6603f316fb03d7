//! Names of executors: unique, not reserved, and known to the jobs that use them.

use rustc_hash::FxHashMap;

use super::Declared;
use crate::diagnostics::codes::executor::{DUPLICATE_EXECUTOR, RESERVED_EXECUTOR, UNKNOWN_EXECUTOR};
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::lints::executor::UNDECLARED_EXECUTOR;
use crate::model::convert::AURORA_EXECUTOR;
use crate::model::{CompiledExecutor, ConvertedJob};
use crate::source::Span;
use crate::template::value::Value;

/// Names in a message.
const MAX_NAMES: usize = 8;

/// Reports names that are declared twice or reserved. The scheduler would not start with them.
pub(super) fn check_declared(declared: &mut Declared) {
    declared.diagnostics.extend(duplicates(&declared.executors));
    for executor in &declared.executors {
        if executor.entry.executor.name == AURORA_EXECUTOR {
            declared.diagnostics.push(
                Diagnostic::error(
                    &RESERVED_EXECUTOR,
                    name_span(executor),
                    format!("no custom executor can be called `{AURORA_EXECUTOR}`"),
                )
                .note("that is Thermos, which every scheduler has anyway")
                .help("give it another name, which jobs then choose with ExecutorConfig(name='...')"),
            );
        }
    }
}

/// The errors for executors whose name an earlier one has.
fn duplicates(executors: &[CompiledExecutor]) -> Vec<Diagnostic> {
    let mut first: FxHashMap<&str, &CompiledExecutor> = FxHashMap::default();
    let mut found = Vec::new();
    for executor in executors {
        let name = executor.entry.executor.name.as_str();
        match first.get(name) {
            Some(earlier) => found.push(duplicate(earlier, executor)),
            None => {
                first.insert(name, executor);
            }
        }
    }
    found
}

/// The error for an executor that has the name of an earlier one.
pub fn duplicate(earlier: &CompiledExecutor, executor: &CompiledExecutor) -> Diagnostic {
    let name = &executor.entry.executor.name;
    let (there, here) = (name_span(earlier), name_span(executor));
    // One object extended twice has its name at one place only; then the entries are distinguished by their own.
    let (there, here) = if there == here { (earlier.span(), executor.span()) } else { (there, here) };
    Diagnostic::error(&DUPLICATE_EXECUTOR, here, format!("two custom executors are called `{name}`"))
        .label(there, "the first one")
        .note("jobs choose their executor by its name, so the scheduler does not start with both")
}

fn name_span(executor: &CompiledExecutor) -> Span {
    executor.places.at("executor.name")
}

/// The names of all executors that are declared anywhere.
#[derive(Debug)]
pub struct DeclaredNames<'n>(Vec<&'n str>);

impl<'n> DeclaredNames<'n> {
    /// Those of a file's executors, and others: from files given with `--executors`, or of executors with mistakes.
    pub fn new(
        executors: &'n [CompiledExecutor],
        others: impl Iterator<Item = &'n str>,
    ) -> DeclaredNames<'n> {
        let declared = executors.iter().map(|e| e.entry.executor.name.as_str());
        let mut names: Vec<&str> = declared.chain(others).collect();
        names.sort_unstable();
        names.dedup();
        DeclaredNames(names)
    }

    /// Whether a job names an executor that is declared nowhere. Where no executor is known at all, its name may well
    /// be right, and is doubted only.
    pub fn check(&self, job: &ConvertedJob) -> Option<Diagnostic> {
        check_job(job, &self.0)
    }
}

fn check_job(job: &ConvertedJob, names: &[&str]) -> Option<Diagnostic> {
    let name = job.configuration.task_config.executor_config.as_ref()?.name.as_str();
    if name == AURORA_EXECUTOR || names.binary_search(&name).is_ok() {
        return None;
    }
    let span = job.places.at("executor_config.name");
    if names.is_empty() {
        let message = format!("whether there is an executor `{name}` cannot be checked");
        let d = Diagnostic::warning(&UNDECLARED_EXECUTOR, span, message)
            .help("give the scheduler's file with --executors FILE.json, or declare it in `executors`");
        return Some(match nearest(name, [AURORA_EXECUTOR]) {
            Some(near) => d.help(format!("Thermos is called `{near}`")),
            None => d,
        });
    }
    let d = Diagnostic::error(&UNKNOWN_EXECUTOR, span, format!("there is no executor `{name}`"));
    let d = d.note(format!(
        "declared are {}; `{AURORA_EXECUTOR}` is always there",
        quoted_list(names.iter().copied(), MAX_NAMES)
    ));
    let candidates = names.iter().copied().chain([AURORA_EXECUTOR]);
    Some(match nearest(name, candidates) {
        Some(near) => match written_name(job, name) {
            Some(place) => {
                d.here(format!("did you mean `{near}`?")).suggest(place, near, format!("write `{near}`"))
            }
            None => d.help(format!("did you mean `{near}`?")),
        },
        None => d.help("declare it in `executors`, or give the scheduler's file with --executors FILE.json"),
    })
}

/// Where the name is written out as it is, without templates or escapes.
fn written_name(job: &ConvertedJob, name: &str) -> Option<Span> {
    let config = job.places.object().field("executor_config")?;
    let Some(Value::Str(text)) = config.field("name")?.raw() else { return None };
    let span = text.span();
    let verbatim = text.as_str() == name && (span.end - span.start) as usize == name.len();
    (verbatim && !span.is_none()).then_some(span)
}
