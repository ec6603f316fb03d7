//! Who owns what: an entry file owns the outputs that are made from it, across runs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::folder::Folder;
use super::layout::about;
use super::manifest::{ExecutorEntry, JobRecord, Manifest, Record, hash};
use super::{Plan, Share};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::emit::{OTHER_OWNER, SAME_FILE};
use crate::emit::json;
use crate::emit::outputs::Input;
use crate::source::Span;

/// What an entry file is to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The run compiles it.
    Compiled,
    /// The run does not compile it.
    Other,
    /// It no longer exists.
    Gone,
}

/// A job of this run.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) owner: String,
    pub(super) record: JobRecord,
    pub(super) span: Span,
}

/// The entry files of a run and of the runs before it.
#[derive(Debug)]
pub(super) struct Owners {
    standing: BTreeMap<String, Standing>,
    /// The jobs of the run, in the order of the bundle.
    pub(super) jobs: Vec<Job>,
    by_key: HashMap<String, usize>,
}

impl Owners {
    pub(super) fn new(folder: &Folder, old: &Manifest, input: Input<'_>, shares: &[Share]) -> Owners {
        let known = old.outputs.values().flat_map(|record| &record.owners).chain(old.executors.keys());
        let mut standing: BTreeMap<String, Standing> = BTreeMap::new();
        for owner in known {
            standing.entry(owner.clone()).or_insert_with(|| match folder.has_entry(owner) {
                true => Standing::Other,
                false => Standing::Gone,
            });
        }
        standing.extend(shares.iter().map(|share| (share.owner.clone(), Standing::Compiled)));
        let of_share = |share: &Share| {
            let jobs = input.bundle.jobs.get(share.jobs.clone()).unwrap_or_default();
            let owner = share.owner.clone();
            let described = jobs.iter().map(move |job| Job {
                owner: owner.clone(),
                record: JobRecord { key: job.key(), sha256: hash(&json::job_text(job)) },
                span: job.places.span(),
            });
            described.collect::<Vec<_>>()
        };
        let jobs: Vec<Job> = shares.iter().flat_map(of_share).collect();
        let by_key = jobs.iter().enumerate().map(|(index, job)| (job.record.key.clone(), index)).collect();
        Owners { standing, jobs, by_key }
    }

    pub(super) fn standing(&self, owner: &str) -> Standing {
        self.standing.get(owner).copied().unwrap_or(Standing::Gone)
    }

    /// The entry files that the run compiles.
    pub(super) fn compiled(&self) -> Vec<String> {
        self.with(Standing::Compiled).cloned().collect()
    }

    /// The entry files that are known and have a standing, sorted.
    pub(super) fn with(&self, wanted: Standing) -> impl Iterator<Item = &String> {
        self.standing.iter().filter(move |(_, standing)| **standing == wanted).map(|(owner, _)| owner)
    }

    /// An owner of an output that the run does not compile and that still exists.
    pub(super) fn other<'r>(&self, record: &'r Record) -> Option<&'r String> {
        record.owners.iter().find(|owner| self.standing(owner) == Standing::Other)
    }

    /// The job of the run with this key.
    pub(super) fn job(&self, key: &str) -> Option<&Job> {
        self.by_key.get(key).and_then(|index| self.jobs.get(*index))
    }

    /// Whether an output about a job, which this run does not write, is to be removed.
    pub(super) fn is_left_over(&self, record: &Record, plan: &Plan) -> bool {
        let Some(old) = &record.job else { return false };
        if self.other(record).is_some() {
            return false;
        }
        let is_gone = record.owners.iter().all(|owner| self.standing(owner) == Standing::Gone);
        match self.job(&old.key) {
            Some(job) => {
                plan.kinds.contains(&record.kind)
                    || (record.kind.is_call() && job.record.sha256 != old.sha256)
            }
            // What --job leaves out is left alone.
            None if is_gone => plan.prune,
            None => !plan.selected,
        }
    }

    /// Errors about jobs that other entry files own, once for each job.
    pub(super) fn jobs_of_others(&self, folder: &Folder, old: &Manifest) -> Vec<Diagnostic> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for (path, record) in &old.outputs {
            let (Some(theirs), Some(other)) = (&record.job, self.other(record)) else { continue };
            let Some(job) = self.job(&theirs.key).filter(|_| seen.insert(&theirs.key)) else { continue };
            let message = format!(
                "job {} of `{}` belongs to `{}`, another entry file",
                theirs.key,
                shown(folder, &job.owner),
                shown(folder, other)
            );
            let note = format!("`{}` was made from that one", folder.shown(path).display());
            let help = "give one of the two jobs another name; or, if the job has moved, compile both files \
                        in one run";
            found.push(Diagnostic::error(&OTHER_OWNER, job.span, message).note(note).help(help));
        }
        found
    }

    /// The error for an output whose path another output has that stays.
    pub(super) fn taken(
        &self,
        (path, span): (&str, Span),
        (new, old): (&Record, &Record),
        plan: &Plan,
    ) -> Option<Diagnostic> {
        let (new_job, old_job) = (new.job.as_ref()?, old.job.as_ref()?);
        let same = new.kind == old.kind && new_job.key == old_job.key;
        if same || self.is_left_over(old, plan) {
            return None;
        }
        let (new_kind, old_kind) = (about(new.kind), about(old.kind));
        let message = format!(
            "{new_kind} job {} would be written to `{path}`, which holds {old_kind} job {}",
            new_job.key, old_job.key
        );
        Some(Diagnostic::error(&SAME_FILE, span, message))
    }
}

/// An entry file in messages: its path as the user would write it, from the folder.
pub(super) fn shown(folder: &Folder, owner: &str) -> String {
    let joined = folder.name().join(owner);
    let mut out = std::path::PathBuf::new();
    for part in joined.components() {
        let can_leave = matches!(out.components().next_back(), Some(std::path::Component::Normal(_)));
        match part {
            std::path::Component::ParentDir if can_leave => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out.to_string_lossy().into_owned()
}

/// The entries of `executors.json`, by owner, after this run.
pub(super) fn executors(
    folder: &Folder,
    owners: &Owners,
    plan: &Plan,
    old: &Manifest,
    (input, shares): (Input<'_>, &[Share]),
) -> Result<BTreeMap<String, Vec<ExecutorEntry>>, Vec<Diagnostic>> {
    let mut table = old.executors.clone();
    if plan.prune {
        table.retain(|owner, _| owners.standing(owner) != Standing::Gone);
    }
    let mut refusals = Vec::new();
    for share in shares {
        let mut entries = Vec::new();
        for executor in share.executors.iter().filter_map(|index| input.bundle.executors.get(*index)) {
            let Some(entry) = ExecutorEntry::new(json::executor_text(executor)) else { continue };
            refusals.extend(of_another(folder, owners, &mut table, (&share.owner, &entry), executor.span()));
            entries.push(entry);
        }
        table.remove(&share.owner);
        if !entries.is_empty() {
            table.insert(share.owner.clone(), entries);
        }
    }
    if refusals.is_empty() { Ok(table) } else { Err(refusals) }
}

/// The error for an executor that another entry file declares otherwise. What a file declared that no longer exists gives
/// way.
fn of_another(
    folder: &Folder,
    owners: &Owners,
    table: &mut BTreeMap<String, Vec<ExecutorEntry>>,
    (owner, entry): (&str, &ExecutorEntry),
    span: Span,
) -> Option<Diagnostic> {
    let name = entry.name()?;
    let differs = |theirs: &ExecutorEntry| theirs != entry && theirs.name().as_ref() == Some(&name);
    for (other, entries) in table.iter_mut().filter(|(other, _)| *other != owner) {
        match owners.standing(other) {
            Standing::Compiled => {}
            Standing::Gone => entries.retain(|theirs| !differs(theirs)),
            Standing::Other if entries.iter().any(differs) => {
                let message = format!(
                    "executor {name} of `{}` is declared otherwise by `{}`, another entry file",
                    shown(folder, owner),
                    shown(folder, other)
                );
                let help = "the scheduler loads one file, in which a name has one meaning: include one \
                            declaration in both files, or compile both in one run";
                return Some(Diagnostic::error(&OTHER_OWNER, span, message).help(help));
            }
            Standing::Other => {}
        }
    }
    None
}
