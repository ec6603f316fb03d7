//! Names, environment, and number of instances.

use super::check::{JobCheck, quoted};
use crate::diagnostics::codes::admission::{
    ENVIRONMENT_NOT_ALLOWED, IDENTIFIER_REFUSED, NO_INSTANCES, TOO_MANY_INSTANCES,
};
use crate::diagnostics::{Diagnostic, quoted_list};
use crate::lints::admission::TRAILING_NEWLINE;

/// The most characters of an identifier.
const LONGEST: usize = 255;

pub(super) fn check(check: &mut JobCheck<'_>) {
    let key = &check.job.configuration.key;
    identifier(check, "role", &key.role);
    let environment_is_good = identifier(check, "environment", &key.environment);
    identifier(check, "name", &key.name);
    if environment_is_good {
        environment(check, &key.environment);
    }
    owner(check);
    instances(check);
}

/// A line break at the end of an identifier, which the client lets pass. Without a scheduler, no other rule reports it.
pub(super) fn doubt_line_breaks(check: &mut JobCheck<'_>) {
    let key = &check.job.configuration.key;
    for (field, value) in [("role", &key.role), ("environment", &key.environment), ("name", &key.name)] {
        if value.ends_with('\n') {
            let message = format!("the {field} {} ends with a line break", quoted(value));
            let doubt = Diagnostic::warning(&TRAILING_NEWLINE, check.at(field), message);
            check.found.push(
                doubt.help("the scheduler refuses it: take the line break off, with .strip() for example"),
            );
        }
    }
}

/// What is wrong with an identifier.
pub(super) fn wrong_identifier(value: &str) -> Option<String> {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if value.is_empty() {
        return Some("is empty".to_string());
    }
    if let Some(bad) = value.chars().find(|c| !good(*c)) {
        return Some(format!("has the character {}, which the scheduler refuses", quoted(&bad.to_string())));
    }
    let length = value.len();
    (length > LONGEST).then(|| format!("has {length} characters, and the scheduler takes at most {LONGEST}"))
}

pub(super) const GOOD_IDENTIFIER: &str = "letters, digits, `_`, `-` and `.` make a name, at most 255 of them";

fn identifier(check: &mut JobCheck<'_>, field: &'static str, value: &str) -> bool {
    let Some(wrong) = wrong_identifier(value) else { return true };
    let mended = meant(value);
    let message = format!("the {field} {} {wrong}", quoted(value));
    let mut problem = check.text_error(&IDENTIFIER_REFUSED, field, value, message).help(GOOD_IDENTIFIER);
    if let Some(mended) = mended {
        problem = check.mended(problem, field, value, &mended);
    }
    check.found.push(problem);
    false
}

/// The identifier without spaces around it, and with dashes for those inside.
fn meant(value: &str) -> Option<String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let joined = words.join("-");
    (joined != value && wrong_identifier(&joined).is_none()).then_some(joined)
}

fn environment(check: &mut JobCheck<'_>, value: &str) {
    let allowed = &check.settings.environments;
    if allowed.allow(value) {
        return;
    }
    let message = format!("the environment {} is not one that the cluster allows", quoted(value));
    let mut problem = check.text_error(&ENVIRONMENT_NOT_ALLOWED, "environment", value, message);
    if let Some(meant) = allowed.likely(value) {
        problem = check.mended(problem, "environment", value, meant);
    }
    let words = quoted_list(allowed.words(), 10);
    let pattern = quoted(allowed.pattern());
    problem = match words.is_empty() {
        true => problem.help(format!("it must match {pattern}")),
        false => problem.help(format!("it must match {pattern}, such as {words}")),
    };
    check.found.push(check.limited_by(problem, "allowed_job_environments"));
}

/// The submitting user comes from the command line; where none was given yet there is nothing to judge.
fn owner(check: &mut JobCheck<'_>) {
    let user = &check.job.configuration.owner.user;
    if user.is_empty() {
        return;
    }
    if let Some(wrong) = wrong_identifier(user) {
        let message = format!("the submitting user {} {wrong}", quoted(user));
        let place = check.job.places.span();
        check.refuse_at(&IDENTIFIER_REFUSED, place, message, |d| {
            d.help(GOOD_IDENTIFIER).help("give another user with --user NAME")
        });
    }
}

fn instances(check: &mut JobCheck<'_>) {
    let count = check.instances();
    let most = check.settings.max_tasks_per_job;
    if count <= 0 {
        let message = format!("the job has {count} instances, and the scheduler wants at least 1");
        check.refuse(&NO_INSTANCES, "instances", message, |d| {
            d.help(format!("write a number from 1 to {most}"))
        });
    } else if count > most {
        let message =
            format!("{count} instances are more than the {most} that the cluster allows in one job");
        let problem = Diagnostic::error(&TOO_MANY_INSTANCES, check.at("instances"), message)
            .help(format!("write a number from 1 to {most}, or split the job"));
        check.found.push(check.limited_by(problem, "max_tasks_per_job"));
    }
}
