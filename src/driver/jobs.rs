//! The jobs of a file: selecting by key, converting.

use super::origins::Origins;
use super::profiles::Profiles;
use super::verdict::Verdict;
use super::{Compilation, Options, merge};
use crate::model::ConvertedJob;
use crate::model::admission::Draft;
use crate::model::convert::{Outside, convert_job};
use crate::template::{Object, check_cancelled};

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
        parts.len() == self.parts.len() && self.parts.iter().zip(parts).all(|(p, k)| fits(p, k))
    }
}

impl std::fmt::Display for KeyPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.parts.join("/"))
    }
}

/// Whether a string fits a pattern in which `*` stands for any characters.
pub fn fits(pattern: &str, text: &str) -> bool {
    glob(pattern.as_bytes(), text.as_bytes())
}

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

/// A job with mistakes, of which some can be read.
struct Unsound {
    index: usize,
    raw: Object,
    key: String,
    draft: Draft,
}

/// Converts the selected jobs, and has each of them judged. An object is dropped when its job is converted.
pub(super) fn convert(
    jobs: Vec<Object>,
    outside: &Outside<'_>,
    options: &Options,
    (verdict, profiles, origins): (&Verdict<'_>, &mut Profiles, &Origins<'_>),
    out: &mut Compilation,
) {
    let mut said = merge::ByPlace::default();
    let mut unsound = Vec::new();
    let select = &options.select;
    if select.is_empty() {
        out.bundle.jobs.reserve_exact(jobs.len());
    }
    for (index, job) in jobs.into_iter().enumerate() {
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
        let mut found = converted.diagnostics;
        found.extend(converted.job.iter().flat_map(|job| verdict.job(job)));
        if !found.is_empty() {
            let key = converted.job.as_ref().map_or_else(|| key_of(job, outside), ConvertedJob::key);
            said.add(&origins.explain((index, job), &key, &found, outside));
            if let Some(draft) = converted.draft {
                unsound.push(Unsound {
                    index,
                    raw: job.clone(),
                    key,
                    draft: Draft::new(draft, &found, &converted.covered),
                });
            }
        }
        match converted.job {
            Some(job) => {
                let job = job.compiled(out.bundle.jobs.last());
                out.bundle.jobs.push(job);
            }
            None => out.failed_jobs += 1,
        }
    }
    // Of several jobs with one mistake a sound one speaks, if there is one.
    for Unsound { index, raw, key, draft } in &unsound {
        said.add(&origins.explain((*index, raw), key, &verdict.draft(draft), outside));
    }
    out.diagnostics.extend(said.finish());
}

/// The key of a job as far as it can be read.
pub(super) fn key_of(job: &Object, outside: &Outside<'_>) -> String {
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
