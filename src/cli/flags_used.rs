//! Flags that come to nothing: a --job that selects no job, a --bind that no template uses. Both are known only when
//! every file is compiled.

use jobc::diagnostics::codes::job::NO_SUCH_JOB;
use jobc::diagnostics::{Diagnostic, nearest};
use jobc::driver::{Compilation, KeyPattern, unused_bindings};
use jobc::report::one_line;
use jobc::source::Span;

/// Candidates that are listed before the rest is counted.
const MOST_NAMED: usize = 10;

/// What the flags came to in one file.
#[derive(Debug, Default)]
pub(crate) struct FlagUse {
    /// The keys of all jobs, selected or not.
    candidates: Vec<String>,
    /// Whether each --bind was used.
    bindings: Vec<bool>,
    /// Whether the file was refused, so that the rest may not be the whole truth.
    refused: bool,
}

impl FlagUse {
    /// What the flags came to in a compilation.
    pub(crate) fn of(compilation: &Compilation) -> FlagUse {
        FlagUse {
            candidates: compilation.candidates.clone(),
            bindings: compilation.used_bindings.clone(),
            refused: compilation.has_errors(),
        }
    }
}

/// The flags that came to nothing in all files. Nothing is said where a file was refused: its jobs may be what the flags
/// are for.
pub(crate) fn without_use(
    select: &[KeyPattern],
    bindings: &[(String, String)],
    files: &[&FlagUse],
) -> Vec<Diagnostic> {
    if (select.is_empty() && bindings.is_empty()) || files.iter().any(|file| file.refused) {
        return Vec::new();
    }
    let used: Vec<Compilation> = files
        .iter()
        .map(|file| Compilation { used_bindings: file.bindings.clone(), ..Compilation::default() })
        .collect();
    let mut all = unused_bindings(bindings, &used);
    let mut keys: Vec<&str> = files.iter().flat_map(|f| &f.candidates).map(String::as_str).collect();
    keys.sort_unstable();
    keys.dedup();
    all.extend(
        select.iter().filter(|p| !keys.iter().any(|key| p.matches(key))).map(|p| no_such_job(p, &keys)),
    );
    all
}

fn no_such_job(pattern: &KeyPattern, keys: &[&str]) -> Diagnostic {
    let text = pattern.to_string();
    let refusal = Diagnostic::error(&NO_SUCH_JOB, Span::NONE, format!("--job {text} selects no job"));
    if keys.is_empty() {
        return refusal.note("there are no jobs to select from");
    }
    let mut list: String = keys.iter().take(MOST_NAMED).map(|key| format!("\n  {}", one_line(key))).collect();
    if keys.len() > MOST_NAMED {
        list.push_str(&format!("\n  and {} more", keys.len() - MOST_NAMED));
    }
    let refusal = refusal.note(format!("candidates are:{list}"));
    match nearest(&text, keys.iter().copied()) {
        Some(near) => refusal.help(format!("did you mean {}?", one_line(near))),
        None => refusal,
    }
}
