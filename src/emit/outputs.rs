//! The kinds of output, and what each consists of.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::json::{executors_bytes, job_bytes, request_bytes, write_bundle};
use super::thrift::{self, Wire};
use super::{Style, deps};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::emit::{NO_DATA, NO_EXECUTORS, NO_UPDATE, SEVERAL_JOBS};
use crate::model::{Bundle, CompiledJob};
use crate::source::Span;

/// A kind of output, as `--emit` and the manifest name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutputKind {
    /// Executors and jobs in one document.
    Bundle,
    /// The array that the scheduler's `-custom_executor_config` loads.
    Executors,
    /// Each JobConfiguration.
    Jobs,
    /// The call that brings each job to the scheduler.
    Create,
    /// The call that updates each service.
    Update,
    /// The JobUpdateRequest of each service, readable.
    Request,
    /// The data of each job's executor, alone.
    Data,
    /// The files that were read.
    Deps,
}

impl OutputKind {
    /// Every kind.
    pub const ALL: [OutputKind; 8] = [
        OutputKind::Bundle,
        OutputKind::Executors,
        OutputKind::Jobs,
        OutputKind::Create,
        OutputKind::Update,
        OutputKind::Request,
        OutputKind::Data,
        OutputKind::Deps,
    ];

    /// What `--emit` calls it.
    pub fn name(self) -> &'static str {
        match self {
            OutputKind::Bundle => "bundle",
            OutputKind::Executors => "executors",
            OutputKind::Jobs => "jobs",
            OutputKind::Create => "create",
            OutputKind::Update => "update",
            OutputKind::Request => "request",
            OutputKind::Data => "data",
            OutputKind::Deps => "deps",
        }
    }

    /// Whether it is a call, or the argument of one, which changes something when it is sent.
    pub fn is_call(self) -> bool {
        matches!(self, OutputKind::Create | OutputKind::Update | OutputKind::Request)
    }

    /// Whether there is one output for each job, rather than one for all.
    pub fn is_per_job(self) -> bool {
        matches!(
            self,
            OutputKind::Jobs
                | OutputKind::Create
                | OutputKind::Update
                | OutputKind::Request
                | OutputKind::Data
        )
    }
}

/// How outputs are written.
#[derive(Debug, Clone, Default)]
pub struct Format {
    /// The layout of readable JSON.
    pub style: Style,
    /// The encoding of calls.
    pub wire: Wire,
    /// The message of update calls, for the update's log.
    pub message: Option<String>,
}

/// What there is to write.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Executors and jobs.
    pub bundle: &'a Bundle,
    /// Every file that was read.
    pub reads: &'a [PathBuf],
}

/// Why an output could not be written.
#[derive(Debug)]
pub enum Refusal {
    /// The result of the compile cannot be written in the requested form.
    Input(Vec<Diagnostic>),
    /// The operating system reported an error.
    Io {
        /// What was tried, such as "`out/executors.json` cannot be written".
        what: String,
        /// The system's reason.
        error: io::Error,
    },
}

impl From<Vec<Diagnostic>> for Refusal {
    fn from(diagnostics: Vec<Diagnostic>) -> Refusal {
        Refusal::Input(diagnostics)
    }
}

impl From<Diagnostic> for Refusal {
    fn from(diagnostic: Diagnostic) -> Refusal {
        Refusal::Input(vec![diagnostic])
    }
}

/// Writes one kind of output to one writer. For the kinds that are per job, there must be one job.
///
/// # Errors
/// When there is not one job, when the job has no such output (an update of a job that is not a service), when a number does
/// not fit the call, or when the writer fails.
pub fn write_one(
    kind: OutputKind,
    input: Input<'_>,
    format: &Format,
    to: &mut dyn Write,
) -> Result<(), Refusal> {
    let failed = |error| Refusal::Io { what: "standard output cannot be written".to_owned(), error };
    if kind == OutputKind::Bundle {
        return write_bundle(input.bundle, format.style, to).map_err(failed);
    }
    if kind == OutputKind::Executors && input.bundle.executors.is_empty() {
        return Err(no_executors().into());
    }
    let mut out = Vec::new();
    if kind.is_per_job() {
        let job = only_job(kind, &input.bundle.jobs)?;
        if !of_job(kind, job, format, &mut out)? {
            return Err(has_none(kind, job).into());
        }
    } else {
        out = of_all(kind, input, format).map_err(failed)?;
    }
    to.write_all(&out).map_err(failed)
}

/// The output of a kind that is not per job.
pub(super) fn of_all(kind: OutputKind, input: Input<'_>, format: &Format) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    match kind {
        OutputKind::Executors => out = executors_bytes(&input.bundle.executors, format.style),
        OutputKind::Deps => deps::write_json(input.reads, format.style, &mut out)?,
        _ => write_bundle(input.bundle, format.style, &mut out)?,
    }
    Ok(out)
}

/// Appends a job's output of a kind; `false` where the job has none.
pub(super) fn of_job(
    kind: OutputKind,
    job: &CompiledJob,
    format: &Format,
    out: &mut Vec<u8>,
) -> Result<bool, Vec<Diagnostic>> {
    match kind {
        OutputKind::Create => thrift::create(job, format.wire, out)?,
        OutputKind::Update => return thrift::update(job, format.message.as_deref(), format.wire, out),
        OutputKind::Request => match request_bytes(job, format.style)? {
            Some(request) => out.extend_from_slice(&request),
            None => return Ok(false),
        },
        OutputKind::Data => match &job.configuration.task_config.executor_config {
            Some(config) => out.extend_from_slice(config.data.as_bytes()),
            None => return Ok(false),
        },
        _ => out.extend_from_slice(&job_bytes(&job.configuration, format.style)),
    }
    Ok(true)
}

/// The number of jobs that a message names.
const NAMED: usize = 5;

fn only_job(kind: OutputKind, jobs: &[CompiledJob]) -> Result<&CompiledJob, Refusal> {
    if let [job] = jobs {
        return Ok(job);
    }
    let count = jobs.len();
    let message = format!("`--emit {}` without `-o DIR` writes one job, but there are {count}", kind.name());
    let span = jobs.get(1).map_or(Span::NONE, |job| job.places.span());
    let mut refusal = Diagnostic::error(&SEVERAL_JOBS, span, message);
    for job in jobs.iter().take(NAMED) {
        refusal = refusal.note(job.key());
    }
    if count > NAMED {
        refusal = refusal.note(format!("and {} more", count - NAMED));
    }
    Err(refusal.help("choose one with `--job CLUSTER/ROLE/ENV/NAME`, or write files with `-o DIR`").into())
}

/// A scheduler that loads an empty array has no custom executor left.
fn no_executors() -> Diagnostic {
    let message = "`--emit executors` is asked for, but these files declare no executors";
    Diagnostic::error(&NO_EXECUTORS, Span::NONE, message).help(
        "name the file that assigns `executors`; with `-o DIR`, those of other files stay in executors.json",
    )
}

/// The error for a job that does not have the output that was asked for.
pub(super) fn has_none(kind: OutputKind, job: &CompiledJob) -> Diagnostic {
    let (key, span) = (job.key(), job.places.span());
    let update = matches!(kind, OutputKind::Update | OutputKind::Request);
    if update && job.configuration.task_config.is_service {
        let message =
            format!("the update_config of job {key} asks for the impossible, so there is no update to send");
        return Diagnostic::error(&NO_UPDATE, job.places.at("update_config"), message)
            .help("without `--scheduler none`, the report says what is impossible");
    }
    if update {
        let message = format!("job {key} is not a service, so there is no update to send");
        return Diagnostic::error(&NO_UPDATE, span, message)
            .help("`--emit create` gives the call that creates or schedules it");
    }
    Diagnostic::error(&NO_DATA, span, format!("job {key} has no executor, so there is no data for one"))
}
