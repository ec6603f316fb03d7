//! The gallery of diagnostics: for each code a folder `CODE-name` (or `CODE-name-variant`) with an input that gets it,
//! and the report.

use std::collections::BTreeSet;

use jobc::diagnostics::Code;
use jobc::lints::all_codes;
use libtest_mimic::Trial;

use crate::cases::{self, Case};
use crate::trial;

const SUITE: &str = "diagnostics";

pub(crate) fn trials() -> Vec<Trial> {
    let found = cases::find(SUITE);
    let shown: BTreeSet<&str> = found.cases.iter().filter_map(code_of).map(|code| code.id).collect();
    let mut trials = vec![
        trial(format!("{SUITE}/every-code"), move || every_code(&shown)),
        cases::orphans(SUITE, found.orphans),
    ];
    trials
        .extend(found.cases.into_iter().map(|case| trial(case.name.clone(), move || shows_its_code(&case))));
    trials
}

fn shows_its_code(case: &Case) -> Result<(), String> {
    let code = code_of(case).ok_or("the folder is not named CODE-name after any code")?;
    let report = case.run()?;
    let head = format!("[{} {}]", code.id, code.name);
    match [report, case.expected_stdout()].iter().any(|text| text.contains(&head)) {
        true => Ok(()),
        false => Err(format!("the report has no {}", code.id)),
    }
}

/// The code that a folder is named after.
fn code_of(case: &Case) -> Option<&'static Code> {
    let folder = case.name.strip_prefix(SUITE)?.strip_prefix('/')?;
    all_codes().into_iter().find(|code| {
        let rest = folder
            .strip_prefix(code.id)
            .and_then(|f| f.strip_prefix('-'))
            .and_then(|f| f.strip_prefix(code.name));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

fn every_code(shown: &BTreeSet<&str>) -> Result<(), String> {
    let missing: Vec<String> = all_codes()
        .into_iter()
        // To wait takes two runs: see tests/emit/owners.rs.
        .filter(|code| !shown.contains(code.id) && code.name != "waiting")
        .map(|code| format!("{} {} has no folder", code.id, code.name))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(missing.join("\n")) }
}
