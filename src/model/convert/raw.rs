//! Raw strings in what Thermos interpolates.

use super::reader::Reader;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::executor::RAW_FOR_THERMOS;
use crate::source::Span;
use crate::template::value::{Text, Value};
use crate::template::{Body, Object, Template};

/// The fields of a job that Thermos interpolates again when a task starts (apache/aurora's executor/common/task_info.py).
const READ_BY_THERMOS: [&str; 6] =
    ["task", "role", "environment", "announce", "health_check_config", "lifecycle"];

/// Rejects raw braces of an interpolated job that Thermos would take for references: the task would fail when it starts.
pub(super) fn refuse_in_thermos(job: &Object, reader: &mut Reader) {
    for field in READ_BY_THERMOS {
        if let Some(value) = job.field(field) {
            in_object(value, job.field_span(field).or(job.origin()), reader);
        }
    }
}

fn in_object(object: &Object, outside: Span, reader: &mut Reader) {
    let place = object.origin().or(outside);
    match object.body() {
        Body::Simple(Value::Str(text)) => in_text(text, place, reader),
        Body::Simple(Value::Object(inner)) | Body::Choice(Value::Object(inner)) => {
            in_object(inner, place, reader);
        }
        Body::Simple(_) | Body::Choice(_) => {}
        Body::List(items) => items.iter().for_each(|item| in_object(item, place, reader)),
        Body::Map(entries) => entries.iter().for_each(|(key, value)| {
            in_object(key, place, reader);
            in_object(value, place, reader);
        }),
        Body::Struct(_) => object.set_fields().for_each(|(name, value)| {
            in_object(value, object.field_span(name).or(place), reader);
        }),
    }
}

fn in_text(text: &Text, place: Span, reader: &mut Reader) {
    for (range, _) in text.runs().into_iter().filter(|(_, raw)| *raw) {
        let braces = &text.as_str()[range.clone()];
        if Template::split(braces).is_none() {
            continue;
        }
        let message = format!("Thermos would look up `{braces}` when the task starts, and fail");
        let shell = braces.replace("{{", "{''{");
        reader.push(
            Diagnostic::error(&RAW_FOR_THERMOS, text.span_of(range).or(place), message)
                .help(format!("in a command line, let the shell join the braces: '{shell}'")),
        );
    }
}
