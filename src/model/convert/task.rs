//! The JobConfiguration and its TaskConfig.

use std::rc::Rc;

use indexmap::IndexSet;
use smol_str::SmolStr;

use super::reader::Reader;
use super::references::Checked;
use super::run_time::stays_open;
use super::{Outside, constraints, container, executor_config, policy, ports, resources};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::job::BAD_IDENTIFIER;
use crate::model::thrift::{
    Container, CronCollisionPolicy, Identity, JobConfiguration, JobKey, MesosFetcherUri, Resource, TaskConfig,
};
use crate::template::value::Value;
use crate::template::{Object, Ref, Segment};

/// Instances of a job whose own number could not be read: enough for every policy.
const INSTANCES_OF_A_DRAFT: i64 = 1000;

/// The message for createJob, and whether every part of it could be read. The parts that could not are such as nobody
/// rejects.
pub(super) fn configuration(
    job: &Object,
    checked: &Checked,
    outside: &Outside<'_>,
    reader: &mut Reader,
) -> Option<(JobConfiguration, bool)> {
    let key = job_key(job, reader);
    let task = reader.structure(job, "task")?;
    let mut resources = resources::of_task(&task, reader);
    resources.extend(ports::requested(job, reader).into_iter().map(Resource::NamedPort));
    let owner = Identity { user: outside.user.into() };
    let is_service = reader.boolean(job, "service");
    let priority = reader.integer32(job, "priority");
    let max_task_failures = reader.integer32(job, "max_task_failures");
    let production = reader.boolean(job, "production");
    let container = container::of_job(job, reader);
    let executor_config =
        executor_config::of_job(job, checked, container.as_ref(), &outside.shared.json, reader);
    let cron_collision_policy = policy::cron_collision(job, reader);
    let instance_count = reader.integer32(job, "instances");
    let complete = key.is_some()
        && is_service.is_some()
        && priority.is_some()
        && max_task_failures.is_some()
        && production.is_some()
        && container.is_some()
        && cron_collision_policy.is_some()
        && instance_count.is_some();
    let key = key.unwrap_or_else(|| key_of_a_draft(job));
    let task_config = TaskConfig {
        tier: reader.optional_text(job, "tier"),
        contact_email: reader.optional_text(job, "contact"),
        constraints: constraints::of_job(job, reader),
        mesos_fetcher_uris: fetcher_uris(job, reader),
        metadata: policy::metadata(job, reader),
        partition_policy: policy::partition(job, reader),
        sla_policy: policy::sla(job, reader),
        task_links: Vec::new(),
        resources,
        executor_config,
        job: key.clone(),
        owner: owner.clone(),
        is_service: is_service.unwrap_or_default(),
        priority: priority.unwrap_or_default(),
        max_task_failures: max_task_failures.unwrap_or(1),
        production: Some(production.unwrap_or_default()),
        container: container.unwrap_or(Container::Mesos { image: None, volumes: None }),
    };
    let configuration = JobConfiguration {
        cron_schedule: reader.optional_text(job, "cron_schedule"),
        key,
        owner,
        cron_collision_policy: cron_collision_policy.unwrap_or(CronCollisionPolicy::KillExisting),
        task_config,
        instance_count: instance_count.unwrap_or(INSTANCES_OF_A_DRAFT),
    };
    Some((configuration, complete))
}

/// The parts of a job's key that can be read, and names that pass for the others.
fn key_of_a_draft(job: &Object) -> JobKey {
    let mut unheard = Reader::default();
    let mut part =
        |field: &'static str, other: &str| identifier(job, field, &mut unheard).unwrap_or(other.into());
    JobKey { role: part("role", "role"), environment: part("environment", "prod"), name: part("name", "job") }
}

fn job_key(job: &Object, reader: &mut Reader) -> Option<JobKey> {
    let role = identifier(job, "role", reader);
    let environment = identifier(job, "environment", reader);
    let name = identifier(job, "name", reader);
    Some(JobKey { role: role?, environment: environment?, name: name? })
}

/// What keeps a text open.
enum Open {
    /// A reference that nothing binds.
    Unbound,
    /// Only references that get their values when the task runs, such as this one.
    AtRunTime(Rc<Ref>),
}

/// What keeps the text of a field open; `None` where it has its final value.
fn open_references(job: &Object, field: &'static str) -> Option<Open> {
    let Some(Value::Str(text)) = job.field(field).and_then(Object::raw) else { return None };
    let references = text.template()?.segments.iter().filter_map(|segment| match segment {
        Segment::Ref { target: Ok(reference), .. } => Some(reference),
        _ => None,
    });
    let (at_run_time, unbound): (Vec<_>, Vec<_>) = references.partition(|r| stays_open(r));
    match (unbound.is_empty(), at_run_time.first()) {
        (false, _) => Some(Open::Unbound),
        (true, first) => first.map(|reference| Open::AtRunTime((*reference).clone())),
    }
}

/// Text of letters, digits, `_`, `-` and `.` (api.thrift's GOOD_IDENTIFIER_PATTERN; a trailing newline passes).
fn identifier(job: &Object, field: &'static str, reader: &mut Reader) -> Option<SmolStr> {
    let text = reader.word(job, field)?;
    let body = text.strip_suffix('\n').unwrap_or(&text);
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !body.is_empty() && body.chars().all(allowed) {
        return Some(text);
    }
    let span = job.field_span(field).or(job.origin());
    match open_references(job, field) {
        Some(Open::AtRunTime(reference)) => {
            let message = format!("the {field} of a job cannot hold `{{{{{reference}}}}}`");
            let d = Diagnostic::error(&BAD_IDENTIFIER, span, message);
            reader.push(d.note(format!(
                "`{{{{{reference}}}}}` is known only when an instance runs, and all instances have one {field}"
            )));
            return None;
        }
        // The checks of references have said so.
        Some(Open::Unbound) => return None,
        None => {}
    }
    let d = Diagnostic::error(&BAD_IDENTIFIER, span, format!("`{text}` cannot be the {field} of a job"));
    let d = d.note("it is made of letters, digits, `_`, `-` and `.`");
    let mended: String = body.trim().chars().map(|c| if allowed(c) { c } else { '-' }).collect();
    reader.push(if text.contains('{') {
        let words = "a reference has two braces on each side; in an f-string and with .format(), each brace is doubled again";
        d.help(format!("{words}: {{{{{{{{role}}}}}}}}"))
    } else if mended.is_empty() {
        d
    } else { d.help(format!("`{mended}` would do")) });
    None
}

/// The files that the Mesos fetcher brings into the sandbox (our extension).
fn fetcher_uris(job: &Object, reader: &mut Reader) -> Option<Vec<MesosFetcherUri>> {
    let uris = reader.optional_list(job, "mesos_fetcher_uris")?;
    let mut out: IndexSet<MesosFetcherUri> = IndexSet::with_capacity(uris.len());
    for uri in uris.iter() {
        let Some(value) = reader.text(uri, "value") else { continue };
        let read = MesosFetcherUri {
            value,
            extract: reader.optional_boolean(uri, "extract").unwrap_or(false),
            cache: reader.optional_boolean(uri, "cache").unwrap_or(false),
            output_file: reader.optional_text(uri, "output_file"),
        };
        out.insert(read);
    }
    (!out.is_empty()).then(|| out.into_iter().collect())
}
