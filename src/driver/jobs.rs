//! The jobs of a file: finding them, selecting by key, converting.

use super::profiles::Profiles;
use super::verdict::Verdict;
use super::{Compilation, Options, merge};
use crate::diagnostics::codes::job::{NO_JOBS, NOT_A_JOB};
use crate::diagnostics::{Diagnostic, with_article};
use crate::eval::{Globals, is_poison};
use crate::model::ConvertedJob;
use crate::model::admission::Draft;
use crate::model::convert::{Outside, convert_job};
use crate::schema::struct_type;
use crate::source::{FileId, Span};
use crate::template::value::Value;
use crate::template::{Object, Walk, check_cancelled};

/// A pattern for job keys: four parts, each of which may hold `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPattern {
    parts: Vec<String>,
}

impl KeyPattern {
    /// Reads `CLUSTER/ROLE/ENVIRONMENT/NAME`; `None` unless it has four parts.
    pub fn parse(text: &str) -> Option<KeyPattern> {
        let parts: Vec<String> = text.split('/').map(str::to_string).collect();
        (parts.len() == 4 && parts.iter().all(|p| !p.is_empty())).then_some(KeyPattern { parts })
    }

    /// Whether a job key has this form.
    pub fn matches(&self, key: &str) -> bool {
        let parts: Vec<&str> = key.split('/').collect();
        parts.len() == self.parts.len()
            && self.parts.iter().zip(parts).all(|(p, k)| glob(p.as_bytes(), k.as_bytes()))
    }
}

impl std::fmt::Display for KeyPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.parts.join("/"))
    }
}

/// Whether a string fits a pattern in which `*` stands for any characters.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            retry = Some((p + 1, t));
            p += 1;
        } else if pattern.get(p) == Some(&text[t]) {
            p += 1;
            t += 1;
        } else if let Some((after_star, from)) = retry {
            retry = Some((after_star, from + 1));
            p = after_star;
            t = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

/// The Job objects of the list named `jobs`.
pub(super) fn find(
    globals: &Globals,
    has_executors: bool,
    failed: bool,
    file: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Object> {
    let span = globals.span("jobs");
    let Some(value) = globals.get("jobs") else {
        if !has_executors && !failed {
            diagnostics.push(unlisted(globals, file));
        }
        return Vec::new();
    };
    let items: Vec<Value> = match value {
        Value::List(items) => items.borrow().clone(),
        Value::Tuple(items) => items.to_vec(),
        Value::Object(list) if list.elements().is_some() => match list.interpolate(&mut Walk::default()) {
            Ok(list) => list.elements().unwrap_or_default().iter().cloned().map(Value::Object).collect(),
            Err(fault) => {
                diagnostics.push(*fault.at(span).diagnostic);
                return Vec::new();
            }
        },
        // The list could not be made; the jobs of it that could have mistakes of their own.
        poison if is_poison(poison) => return globals.spared("jobs").iter().filter_map(job).collect(),
        other => {
            diagnostics.push(not_a_list(other, span));
            return Vec::new();
        }
    };
    if items.is_empty() && !has_executors && !failed {
        diagnostics.push(nothing_defined(span, "the list of jobs is empty"));
    }
    items.iter().enumerate().filter_map(|(index, item)| job_of(item, index, span, diagnostics)).collect()
}

/// Nothing is called `jobs`; perhaps something else holds the jobs.
fn unlisted(globals: &Globals, file: FileId) -> Diagnostic {
    let Some((name, list)) = globals.iter().find_map(|(name, value)| Some((name, holds_jobs(value)?))) else {
        return nothing_defined(Span::new(file, 0, 0), "the file defines neither `jobs` nor `executors`");
    };
    let (what, help) = match list {
        true => ("a list of jobs", format!("jobs = {name}")),
        false => ("a job", format!("jobs = [{name}]")),
    };
    let message = format!("`{name}` holds {what}, but nothing is assigned to `jobs`");
    Diagnostic::error(&NO_JOBS, globals.span(name), message)
        .note("only the jobs of the list `jobs` are compiled")
        .help(format!("write {help}"))
}

/// Whether a value is a list of jobs, or a job.
fn holds_jobs(value: &Value) -> Option<bool> {
    let is_job = |value: &Value| job(value).is_some();
    match value {
        Value::List(items) if items.borrow().iter().any(is_job) => Some(true),
        one if is_job(one) => Some(false),
        _ => None,
    }
}

fn nothing_defined(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(&NO_JOBS, span, message).help("assign a list of jobs: jobs = [Job(...)]")
}

fn not_a_list(value: &Value, span: Span) -> Diagnostic {
    let d =
        Diagnostic::error(&NOT_A_JOB, span, format!("`jobs` is {}, but must be a list of jobs", kind(value)));
    match value {
        Value::Object(_) => d.help("put it in brackets: jobs = [...]"),
        Value::Dict(_) => d.help("write a list: jobs = [...], or make one with list(DICT.values())"),
        _ => d,
    }
}

/// What a value is, in a word.
fn kind(value: &Value) -> String {
    match value {
        Value::Object(object) => with_article(&object.ty().written()),
        other => other.described(),
    }
}

/// The job that a value is.
fn job(item: &Value) -> Option<Object> {
    match item {
        Value::Object(object) if object.is_a(&struct_type("MesosJob")?) => Some(object.clone()),
        _ => None,
    }
}

fn job_of(item: &Value, index: usize, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Object> {
    if let Some(job) = job(item) {
        return Some(job);
    }
    let (place, name) = match item {
        Value::Object(object) => (object.origin().or(span), kind(item)),
        poison if is_poison(poison) => return None,
        other => (span, kind(other)),
    };
    let message = format!("`jobs[{index}]` is {name}, not a Job");
    let d = Diagnostic::error(&NOT_A_JOB, place, message).label(span, "the list of jobs");
    diagnostics.push(match item {
        Value::Dict(_) => d.help("make it a job: Job(**{...})"),
        Value::Object(task) if task.ty().name() == "Task" => {
            d.help("put the task into a job: Job(task=..., ...)")
        }
        Value::List(_) | Value::Tuple(_) => d.help("add lists with +: jobs = first + second"),
        _ => d,
    });
    None
}

/// Converts the selected jobs, and has each of them judged. An object is dropped when its job is converted. Gives what
/// could be read of jobs with mistakes.
pub(super) fn convert(
    jobs: Vec<Object>,
    outside: &Outside<'_>,
    options: &Options,
    (verdict, profiles): (&mut Verdict<'_>, &mut Profiles),
    out: &mut Compilation,
) -> Vec<Draft> {
    let mut said = merge::ByPlace::default();
    let mut drafts = Vec::new();
    let select = &options.select;
    if select.is_empty() {
        out.bundle.jobs.reserve_exact(jobs.len());
    }
    for job in jobs {
        let job = &job;
        profiles.look_at(job);
        if said.is_full() {
            break;
        }
        if let Err(fault) = check_cancelled() {
            said.stop(*fault.at(job.origin()).diagnostic);
            break;
        }
        if !select.is_empty() {
            let key = key_of(job, outside);
            let wanted = select.iter().any(|p| p.matches(&key));
            out.candidates.push(key);
            if !wanted {
                continue;
            }
        }
        let converted = convert_job(job, outside);
        if let Some(last) = converted.diagnostics.iter().find(|d| d.ends_everything()) {
            said.stop(last.clone());
            break;
        }
        if !converted.diagnostics.is_empty() {
            let key = converted.job.as_ref().map_or_else(|| key_of(job, outside), ConvertedJob::key);
            said.add(&converted.diagnostics, &key);
        }
        match (converted.job, converted.draft) {
            (Some(job), _) => {
                verdict.job(&job);
                let job = job.compiled(out.bundle.jobs.last());
                out.bundle.jobs.push(job);
            }
            (None, Some(job)) => drafts.push(Draft::new(job, &converted.diagnostics)),
            (None, None) => {}
        }
    }
    out.diagnostics.extend(said.finish());
    drafts
}

/// The key of a job as far as it can be read.
fn key_of(job: &Object, outside: &Outside<'_>) -> String {
    let bound = job.bind_scopes(outside.bindings.to_vec());
    let job = bound.as_ref().unwrap_or(job);
    let part = |field: &'static str| match job.access_named(field) {
        Ok(Some(value)) => value.text().map_or_else(|_| "?".to_string(), |t| t.as_str().to_string()),
        Ok(None) => "{MISSING}".to_string(),
        Err(_) => "?".to_string(),
    };
    format!("{}/{}/{}/{}", part("cluster"), part("role"), part("environment"), part("name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_part_by_part() {
        let matches = |pattern: &str, key: &str| KeyPattern::parse(pattern).unwrap().matches(key);
        assert!(matches("west/www/prod/web", "west/www/prod/web"));
        assert!(matches("*/www/*/w*b", "west/www/prod/web"));
        assert!(matches("*/*/*/*", "a/b/c/d"));
        assert!(!matches("west/www/prod/we", "west/www/prod/web"));
        assert!(!matches("*/*/*/*a", "a/b/c/d"));
        assert!(KeyPattern::parse("a/b/c").is_none());
        assert!(KeyPattern::parse("a//c/d").is_none());
    }
}
