//! Comparing JSON documents as messages: sets without order, executor data as what it says.

use serde_json::Value;

/// Fields of the messages that are sets.
const SETS: [&str; 6] =
    ["resources", "constraints", "metadata", "mesosFetcherUris", "values", "updateOnlyTheseInstances"];

/// Brings the sets of a message into one order; the executor's data is left as it is.
pub(crate) fn sort_sets(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut().filter(|(name, _)| *name != "data") {
                sort_sets(field);
                if SETS.contains(&name.as_str()) {
                    sort(field);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(sort_sets),
        _ => {}
    }
}

/// Brings a list into one order.
fn sort(value: &mut Value) {
    if let Value::Array(items) = value {
        items.sort_by_cached_key(canonical);
    }
}

/// A text that is the same for equal values.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut parts: Vec<String> =
                fields.iter().map(|(n, v)| format!("{n:?}:{}", canonical(v))).collect();
            parts.sort();
            format!("{{{}}}", parts.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// Puts what executor data says in the place of its text.
pub(crate) fn open_data(configuration: &mut Value) {
    if let Some(data) = configuration.pointer_mut("/taskConfig/executorConfig/data")
        && let Some(parsed) = data.as_str().and_then(|text| serde_json::from_str(text).ok())
    {
        *data = parsed;
    }
}

/// Where two documents differ first, in words.
pub(crate) fn first_difference(expected: &Value, actual: &Value) -> Option<String> {
    differ("", expected, actual)
}

fn differ(at: &str, expected: &Value, actual: &Value) -> Option<String> {
    match (expected, actual) {
        (Value::Object(a), Value::Object(b)) => {
            let missing = a.iter().find(|(name, _)| !b.contains_key(*name));
            if let Some((name, value)) = missing {
                return Some(format!("{at}.{name}: missing, expected {}", short(value)));
            }
            if let Some((name, value)) = b.iter().find(|(name, _)| !a.contains_key(*name)) {
                return Some(format!("{at}.{name}: unexpected: {}", short(value)));
            }
            a.iter().find_map(|(name, value)| differ(&format!("{at}.{name}"), value, b.get(name)?))
        }
        (Value::Array(a), Value::Array(b)) => {
            let inside = a.iter().zip(b).enumerate();
            inside
                .map(|(index, (a, b))| differ(&format!("{at}[{index}]"), a, b))
                .find(Option::is_some)
                .unwrap_or_else(|| {
                    (a.len() != b.len()).then(|| format!("{at}: expected {} items, got {}", a.len(), b.len()))
                })
        }
        (a, b) => (a != b).then(|| format!("{at}: expected {}, got {}", short(a), short(b))),
    }
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(160).collect()
}
