//! Flags that come to nothing: a --job that selects no job, a --bind that no template uses. Both are known only when
//! every file is compiled.

use jobc::diagnostics::codes::job::NO_SUCH_JOB;
use jobc::diagnostics::{Diagnostic, nearest};
use jobc::driver::{Compilation, KeyPattern, unused_bindings};
use jobc::lints::output::UNUSED_VARIABLE;
use jobc::report::one_line;
use jobc::source::Span;

use super::environment::Declared;

/// Candidates that are listed before the rest is counted.
const MAX_NAMED: usize = 10;

/// The flags that came to nothing. Nothing is said where a file was rejected: its jobs may be what the flags are for.
pub(crate) fn without_use(
    select: &[KeyPattern],
    bindings: &[(String, String)],
    variables: &[Declared],
    compilation: &Compilation,
) -> Vec<Diagnostic> {
    if (select.is_empty() && bindings.is_empty() && variables.is_empty()) || compilation.refused {
        return Vec::new();
    }
    let mut all = unused_bindings(bindings, compilation);
    let is_read =
        |declared: &&Declared| declared.names.iter().any(|n| compilation.used_variables.contains(n));
    all.extend(variables.iter().filter(|declared| !is_read(declared)).map(unused_variable));
    let mut keys: Vec<&str> = compilation.candidates.iter().map(String::as_str).collect();
    keys.sort_unstable();
    keys.dedup();
    all.extend(
        select.iter().filter(|p| !keys.iter().any(|key| p.matches(key))).map(|p| no_such_job(p, &keys)),
    );
    all
}

fn unused_variable(declared: &Declared) -> Diagnostic {
    let message = format!("no file reads the variable of --env {}", one_line(&declared.flag));
    Diagnostic::warning(&UNUSED_VARIABLE, Span::NONE, message)
}

fn no_such_job(pattern: &KeyPattern, keys: &[&str]) -> Diagnostic {
    let text = pattern.to_string();
    let refusal = Diagnostic::error(&NO_SUCH_JOB, Span::NONE, format!("--job {text} selects no job"));
    if keys.is_empty() {
        return refusal.note("there are no jobs to select from");
    }
    let mut list: String = keys.iter().take(MAX_NAMED).map(|key| format!("\n  {}", one_line(key))).collect();
    if keys.len() > MAX_NAMED {
        list.push_str(&format!("\n  and {} more", keys.len() - MAX_NAMED));
    }
    let refusal = refusal.note(format!("candidates are:{list}"));
    match nearest(&text, keys.iter().copied()) {
        Some(near) => refusal.help(format!("did you mean {}?", one_line(near))),
        None => refusal,
    }
}
