//! Compiling a file as `check` does, and turning what came of it into plain data.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gen_lsp_types::Location;

use super::findings::{Finding, Places};
use super::host::{Host, Opened, Settings};
use super::overlay::{Buffers, Overlay};
use super::text::Encoding;
use super::via;
use crate::diagnostics::Diagnostic;
use crate::driver::{Cancel, Compilation, Options, Part, Session, put_together};
use crate::levels::Control;
use crate::model::CompiledJob;
use crate::report;

/// What is compiled, and with what.
#[derive(Debug, Clone)]
pub(super) struct Task {
    /// The file.
    pub(super) path: PathBuf,
    /// The directory that files are read from, and nowhere else; by default that of the file.
    pub(super) below: Option<PathBuf>,
    /// The open buffers.
    pub(super) buffers: Buffers,
    /// What the client has set.
    pub(super) settings: Settings,
    /// What columns are counted in.
    pub(super) encoding: Encoding,
    /// Set when nobody wants the outcome any more.
    pub(super) stop: Arc<AtomicBool>,
    /// Tells this task from earlier ones for the file.
    pub(super) round: u64,
}

/// What came of a file.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The file.
    pub(super) path: PathBuf,
    /// The task's.
    pub(super) round: u64,
    /// What there is to report, in this file and in those it includes.
    pub(super) findings: Vec<Finding>,
    /// The files that were read, or looked for and not found.
    pub(super) reads: Vec<PathBuf>,
    /// The jobs.
    pub(super) jobs: Vec<Job>,
    /// Whether its time or its steps were used up.
    pub(super) ended: bool,
}

/// A job.
#[derive(Debug, Clone)]
pub(super) struct Job {
    /// `cluster/role/environment/name`
    pub(super) key: String,
    /// What it is and how much of it there is, in a line.
    pub(super) summary: String,
    /// Where it is made.
    pub(super) location: Location,
    /// The file it is made in.
    pub(super) path: PathBuf,
}

/// Compiles a file.
pub(super) fn analyse(task: &Task, host: &dyn Host) -> Outcome {
    let disk = host.look(&task.settings);
    let opened = disk.session(&task.path, task.below.as_deref());
    let Opened { session, refused, reads, time } = opened;
    let session = over_buffers(session, task);
    let mut compilation = match refused.is_empty() {
        true => session.compile_part(&task.path.to_string_lossy()),
        false => Compilation { diagnostics: refused, ..Compilation::default() },
    };
    drop(time);
    compilation.reads.extend(reads);
    // As a file that was found in a folder: it may be a part of others, without jobs of its own.
    let part = Part { path: task.path.clone(), found: true, compilation };
    let compilation = put_together(vec![part], &session.sources);
    outcome(task, host, &session, compilation)
}

/// The session with open buffers over the disk, which ends when the task is not wanted any more.
pub(super) fn over_buffers(session: Session, task: &Task) -> Session {
    let stop = Arc::clone(&task.stop);
    let time_is_up = session.options.cancel.clone();
    let wanted = move || stop.load(Ordering::Relaxed) || time_is_up.as_ref().is_some_and(Cancel::is_wanted);
    let options = Options { cancel: Some(Cancel::new(wanted)), ..(*session.options).clone() };
    let loader = Arc::new(Overlay { files: session.loader.clone(), buffers: task.buffers.clone() });
    Session { loader, options: Arc::new(options), ..session }
}

fn outcome(task: &Task, host: &dyn Host, session: &Session, compilation: Compilation) -> Outcome {
    let Compilation { bundle, diagnostics, reads, .. } = compilation;
    let ended = diagnostics.iter().any(Diagnostic::ends_everything);
    let sources = &session.sources;
    let judged = [task.path.display().to_string()];
    let levels = Arc::new(host.levels().clone());
    let settled = Control::new(sources, &|_| Arc::clone(&levels)).settle(diagnostics, judged);
    let settled = report::arrange(settled, sources);
    let places = Places { sources, buffers: &task.buffers, encoding: task.encoding };
    let mut findings: Vec<Finding> = settled.iter().map(|d| places.finding(d, &task.path)).collect();
    findings.extend(via::findings(&findings, &places, &task.path));
    let jobs = bundle.jobs.iter().filter_map(|job| fact(job, &places)).collect();
    Outcome { path: task.path.clone(), round: task.round, findings, reads, jobs, ended }
}

fn fact(job: &CompiledJob, places: &Places<'_>) -> Option<Job> {
    let (path, range) = places.of(job.places.span())?;
    let location = Location { uri: places.uri(&path), range };
    Some(Job { key: job.key(), summary: summary(job), location, path })
}

/// What a job is and how much of it there is.
fn summary(job: &CompiledJob) -> String {
    let configuration = &job.configuration;
    let task = &configuration.task_config;
    let kind = match &configuration.cron_schedule {
        Some(schedule) => format!("cron job `{schedule}`"),
        None if task.is_service => "service".to_string(),
        None => "job".to_string(),
    };
    let instances = match configuration.instance_count {
        1 => "1 instance".to_string(),
        n => format!("{n} instances"),
    };
    let resources: Vec<String> = task.resources.iter().map(super::words::resource).collect();
    let tier = task.tier.as_ref().map(|tier| format!(", tier {tier}")).unwrap_or_default();
    format!("{kind}{tier}, {instances} of {}", resources.join(", "))
}
