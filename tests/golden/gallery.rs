//! The gallery of diagnostics: for each code a folder `CODE-name` (or `CODE-name-variant`) with an input that gets it,
//! and the report. `pending` lists the codes that have none yet; it may only shrink.

use std::collections::BTreeSet;

use jobc::diagnostics::{Code, all_codes};
use libtest_mimic::Trial;

use crate::cases::run;
use crate::{folders_with, lines, root, trial};

const PENDING: &str = "tests/diagnostics/pending";

pub(crate) fn trials() -> Vec<Trial> {
    let directory = root("tests/diagnostics");
    let names = ["job.aurora", "command", "expected.stdout", "expected.stderr", "expected.exit"];
    let folders = folders_with(&directory, &names);
    let shown: BTreeSet<&str> = folders.iter().filter_map(|f| code_of(f.to_str()?)).map(|c| c.id).collect();
    let pending: BTreeSet<String> = lines(&root(PENDING)).into_iter().collect();
    let mut trials = vec![trial("diagnostics/every-code".to_string(), move || every_code(&shown, &pending))];
    for folder in folders {
        let path = directory.join(&folder);
        let name = folder.display().to_string();
        trials.push(trial(format!("diagnostics/{name}"), move || {
            let code = code_of(&name).ok_or("the folder is not named CODE-name after any code")?;
            let report = run(&path)?;
            let stdout = std::fs::read_to_string(path.join("expected.stdout")).unwrap_or_default();
            if [report, stdout].iter().any(|text| text.contains(&format!("[{} {}]", code.id, code.name))) {
                Ok(())
            } else {
                Err(format!("the report has no {}", code.id))
            }
        }));
    }
    trials
}

/// The code that a folder is named after.
fn code_of(folder: &str) -> Option<&'static Code> {
    all_codes().into_iter().find(|code| {
        let rest = folder
            .strip_prefix(code.id)
            .and_then(|f| f.strip_prefix('-'))
            .and_then(|f| f.strip_prefix(code.name));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

fn every_code(shown: &BTreeSet<&str>, pending: &BTreeSet<String>) -> Result<(), String> {
    let mut wrong = Vec::new();
    for code in all_codes() {
        match (shown.contains(code.id), pending.contains(code.id)) {
            (false, false) => wrong.push(format!("{} {} has no folder", code.id, code.name)),
            (true, true) => wrong.push(format!("{} has a folder: take it off {PENDING}", code.id)),
            _ => {}
        }
    }
    let known: BTreeSet<&str> = all_codes().iter().map(|code| code.id).collect();
    let strangers = pending.iter().filter(|id| !known.contains(id.as_str()));
    wrong.extend(strangers.map(|id| format!("{PENDING} lists {id}, which is no code")));
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}
