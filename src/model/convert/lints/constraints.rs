//! Host constraints that no host can meet.

use super::{Subject, place};
use crate::diagnostics::Diagnostic;
use crate::lints::job::{IMPOSSIBLE_LIMIT, MISWRITTEN_LIMIT};
use crate::model::convert::reader::{Reader, text_in};
use crate::source::Span;
use crate::template::parse_integer;
use crate::template::value::Value;

pub(super) fn check(subject: &Subject<'_>, reader: &mut Reader) {
    let entries = subject.job.field("constraints").and_then(|map| map.entries()).unwrap_or_default();
    for (name, value) in entries {
        let (Some(name), Some(text)) = (text_in(name), text_in(value)) else { continue };
        let span = value.origin().or(place(subject.job, "constraints"));
        let is_string = matches!(value.raw(), Some(Value::Str(text)) if !text.span().is_none());
        if let Some(limit) = text.strip_prefix("limit:") {
            check_limit(&name, limit, span, reader);
        } else if let Some(limit) = limit_meant(&name, &text, is_string) {
            let message = format!(
                "the constraint `{name}` asks for hosts whose `{name}` is '{text}'; it limits nothing"
            );
            let d = Diagnostic::warning(&MISWRITTEN_LIMIT, span, message);
            reader.push(d.help(format!("for at most {limit} on each {name}, write 'limit:{limit}'")));
        }
    }
}

fn check_limit(name: &str, limit: &str, span: Span, reader: &mut Reader) {
    if let Some(Value::Int(n @ ..=0)) = parse_integer(limit) {
        let message = format!("`limit:{n}` lets no instance run on any host, so the job stays pending");
        let d = Diagnostic::warning(&IMPOSSIBLE_LIMIT, span, message);
        reader.push(d.help(format!("write limit:1 or more: so many instances on each {name}")));
    }
}

/// The number of a limit, where a value is probably a miswritten one: `limit=1`, `Limit: 1`, `limit`, or a number.
fn limit_meant<'t>(name: &str, text: &'t str, is_string: bool) -> Option<&'t str> {
    let is_number = |t: &str| !t.is_empty() && t.len() < 10 && t.bytes().all(|b| b.is_ascii_digit());
    if is_number(text) {
        return (!is_string || name == "host").then_some(text);
    }
    let trimmed = text.trim();
    let head = trimmed.get(..5).filter(|head| head.eq_ignore_ascii_case("limit"))?;
    let rest =
        trimmed[head.len()..].trim_start_matches([':', '=', ' ', '-', '_', '(', '/']).trim_end_matches(')');
    match rest {
        "" => Some("1"),
        number if is_number(number) => Some(number),
        _ => None,
    }
}
