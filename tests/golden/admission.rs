//! What is asked of `tests/admission` as a whole, beside the reports of its cases.

use std::collections::BTreeSet;

use jobc::diagnostics::{Code, codes};
use jobc::lints;
use libtest_mimic::Trial;

use crate::cases::{self, Case};
use crate::trial;

/// Rules without a case here: no scheduler is asked, or they are about the settings of one. `tests/diagnostics` has them.
const ELSEWHERE: [&str; 5] = ["E0503", "W0503", "E0540", "E0541", "E0542"];

/// Mistakes in an update, of which jobc only warns where no scheduler is asked.
const WARNED_WITHOUT_SCHEDULER: &str = "E0320";

/// The scheduler's rules.
fn rules() -> impl Iterator<Item = &'static Code> {
    codes::admission::ALL.iter().chain(lints::admission::ALL).copied()
}

pub(crate) fn trials() -> Vec<Trial> {
    let cases = cases::find("admission").cases;
    let reports: Vec<String> = cases.iter().map(Case::expected_stderr).collect();
    let mut trials = vec![trial("admission/every-rule".to_string(), move || every_rule(&reports))];
    trials.extend(cases.into_iter().map(|case| {
        trial(format!("{}/without-scheduler", case.name), move || only_the_scheduler_refuses(&case))
    }));
    trials
}

fn every_rule(reports: &[String]) -> Result<(), String> {
    let shown = |id: &str| reports.iter().any(|report| report.contains(&format!("[{id} ")));
    let missing = rules().filter(|code| !ELSEWHERE.contains(&code.id) && !shown(code.id));
    match missing.map(|code| format!("{} {} has no case", code.id, code.name)).collect::<Vec<_>>() {
        missing if missing.is_empty() => Ok(()),
        missing => Err(missing.join("\n")),
    }
}

/// `--scheduler none` leaves out the errors that the scheduler alone is the reason of, and no others.
fn only_the_scheduler_refuses(case: &Case) -> Result<(), String> {
    let with = case.expected_stderr();
    let without = case.report_with("--scheduler", "none")?;
    let is_scheduler = |id: &str| id == WARNED_WITHOUT_SCHEDULER || rules().any(|c| c.id == id);
    let client: BTreeSet<&str> = codes(&with).into_iter().filter(|id| !is_scheduler(id)).collect();
    match codes(&without) == client {
        true => Ok(()),
        false => Err(format!("without a scheduler, only {client:?} should be left:\n{without}")),
    }
}

/// The codes of the errors in a report: `error[E0101 unknown-name]: ...`.
fn codes(report: &str) -> BTreeSet<&str> {
    report.lines().filter_map(|line| line.strip_prefix("error[")?.split(' ').next()).collect()
}
