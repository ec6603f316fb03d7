//! The gallery of diagnostics: for each code a folder `CODE-name` (or `CODE-name-variant`) with an input that gets it,
//! and the report.

use std::collections::BTreeSet;

use jobc::diagnostics::{Code, all_codes};
use libtest_mimic::Trial;

use crate::cases::run;
use crate::{folders_with, root, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let directory = root("tests/diagnostics");
    let names = ["job.aurora", "command", "expected.stdout", "expected.stderr", "expected.exit"];
    let folders = folders_with(&directory, &names);
    let shown: BTreeSet<&str> = folders.iter().filter_map(|f| code_of(f.to_str()?)).map(|c| c.id).collect();
    let mut trials = vec![trial("diagnostics/every-code".to_string(), move || every_code(&shown))];
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

fn every_code(shown: &BTreeSet<&str>) -> Result<(), String> {
    let missing: Vec<String> = all_codes()
        .into_iter()
        // To wait takes two runs: see tests/emit/owners.rs.
        .filter(|code| !shown.contains(code.id) && code.name != "waiting")
        .map(|code| format!("{} {} has no folder", code.id, code.name))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(missing.join("\n")) }
}
