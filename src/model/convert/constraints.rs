//! Host constraints.

use std::borrow::Cow;

use smol_str::SmolStr;

use super::reader::{Reader, text_in};
use crate::common::FewMap;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::job::BAD_CONSTRAINT;
use crate::model::thrift::{Constraint, TaskConstraint};
use crate::source::Span;
use crate::template::value::Value;
use crate::template::{Object, parse_integer};

const LIMIT: &str = "limit:";

/// The constraints of a job, one for each attribute, in written order.
pub(super) fn of_job(job: &Object, reader: &mut Reader) -> Vec<Constraint> {
    let Some(map) = reader.field(job, "constraints") else { return Vec::new() };
    // Of entries with one key, the last counts, as in a dict.
    let entries: FewMap<Cow<'_, str>, &Object> =
        map.entries().unwrap_or_default().iter().filter_map(|(k, v)| Some((text_in(k)?, v))).collect();
    let place = job.field_span("constraints");
    entries
        .into_iter()
        .filter_map(|(name, value)| {
            let text = text_in(value)?;
            let constraint = read(&name, &text, value.origin().or(place), reader)?;
            Some(Constraint { name: name.into(), constraint })
        })
        .collect()
}

/// `limit:N`, or values separated by commas, with one `!` before them to negate.
fn read(name: &str, text: &str, span: Span, reader: &mut Reader) -> Option<TaskConstraint> {
    if let Some(limit) = text.strip_prefix(LIMIT) {
        return match parse_integer(limit) {
            Some(Value::Int(n)) if i32::try_from(n).is_ok() => Some(TaskConstraint::Limit(n)),
            _ => {
                let message = format!("`{}` is not a whole number, in the constraint `{name}`", limit.trim());
                let d = Diagnostic::error(&BAD_CONSTRAINT, span, message);
                reader.push(
                    d.note(format!("the constraint is `{text}`"))
                        .help(format!("write `limit:2` for two on each {name}")),
                );
                None
            }
        };
    }
    let (negated, list) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
    let values: FewMap<&str, ()> = list.split(',').map(|value| (value, ())).collect();
    let values = values.keys().map(|value| SmolStr::from(*value)).collect();
    Some(TaskConstraint::Value { negated, values })
}
