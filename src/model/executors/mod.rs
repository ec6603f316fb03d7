//! Template objects → custom executors, and what jobs and executors owe each other.
//!
//! | question | file |
//! |---|---|
//! | which objects are executors | `mod.rs` |
//! | how one of them becomes an entry | `entry.rs` |
//! | what makes an entry useless to Mesos | `checks.rs` |
//! | how Mesos would launch it | `launch.rs` |
//! | names: twice the same, reserved, unknown to jobs | `names.rs` |
//! | entries from an existing JSON file | `import/` |

mod checks;
mod entry;
pub mod import;
mod launch;
mod names;

use super::CompiledExecutor;
use super::convert::DataTypes;
use crate::diagnostics::codes::executor::NOT_AN_EXECUTOR;
use crate::diagnostics::{Diagnostic, with_article};
use crate::lints::executor::OTHER_EXECUTORS;
use crate::source::Span;
use crate::template::value::Value;
use crate::template::{Body, Object, Scope};

pub use names::{DeclaredNames, duplicate};

/// The custom executors of a file.
#[derive(Debug, Default)]
pub struct Declared {
    /// Those without errors, in order.
    pub executors: Vec<CompiledExecutor>,
    /// The types that they want the data of their jobs to have.
    pub data_types: DataTypes,
    /// Every name that could be read, also of executors with errors: jobs that use it name nothing unknown.
    pub names: Vec<String>,
    /// What is wrong or suspicious.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads what a file assigned to `executors`. `span` is the place of that; `bindings` are those of the command line.
///
/// A list of CustomExecutor objects declares executors. Other values that hold none are the file's own business, with a
/// lint; a value that mixes the two is an error.
pub fn from_globals(value: Option<&Value>, span: Span, bindings: &[Scope]) -> Declared {
    let mut declared = Declared::default();
    let Some(value) = value else { return declared };
    let elements = match elements_of(value) {
        Some(elements) if elements.iter().any(|e| custom_executor(e).is_some()) => elements,
        Some(elements) if elements.is_empty() => return declared,
        elements => {
            declared.diagnostics.push(other_use(value, elements.as_deref().unwrap_or_default(), span));
            return declared;
        }
    };
    for (index, element) in elements.iter().enumerate() {
        match custom_executor(element) {
            Some(object) => entry::read(object, bindings, &mut declared),
            None => declared.diagnostics.push(stranger(index, element, span)),
        }
    }
    names::check_declared(&mut declared);
    declared
}

/// The elements of a list, tuple or typed list.
fn elements_of(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(items) => Some(items.borrow().clone()),
        Value::Tuple(items) => Some(items.to_vec()),
        Value::Object(object) => {
            Some(object.elements()?.iter().map(|o| Value::Object(within(object, o))).collect())
        }
        _ => None,
    }
}

/// An element of a typed list, with the bindings of the list after its own.
fn within(list: &Object, element: &Object) -> Object {
    if list.scopes().is_empty() {
        return element.clone();
    }
    element.in_scopes(list.scopes()).unwrap_or_else(|_| element.clone())
}

/// The object, if it is a CustomExecutor of the schema (not a struct of the file's own with that name).
fn custom_executor(value: &Value) -> Option<&Object> {
    match value {
        Value::Object(object) if is_of(object, "CustomExecutor", "task_prefix") => Some(object),
        _ => None,
    }
}

fn is_of(object: &Object, name: &str, field: &'static str) -> bool {
    object.ty().name() == name && matches!(object.body(), Body::Struct(_)) && object.slot(field).is_some()
}

/// `executors` holds something other than a list with custom executors.
fn other_use(value: &Value, elements: &[Value], span: Span) -> Diagnostic {
    if custom_executor(value).is_some() {
        let message = "`executors` is one CustomExecutor, but must be a list of them";
        return Diagnostic::error(&NOT_AN_EXECUTOR, span, message)
            .help("put it in brackets: executors = [CustomExecutor(...)]");
    }
    if let Value::Dict(dict) = value
        && dict.borrow().iter().any(|(_, entry)| custom_executor(&entry.value).is_some())
    {
        let message = "`executors` is a dict with custom executors in it, but must be a list of them";
        return Diagnostic::error(&NOT_AN_EXECUTOR, span, message)
            .help("make a list of its values: executors = [...]");
    }
    if is_bare_executor(value) {
        let message = "`executors` is one Executor, but must be a list of CustomExecutor objects";
        return Diagnostic::error(&NOT_AN_EXECUTOR, span, message)
            .help("wrap it: executors = [CustomExecutor(task_prefix='...', executor=Executor(...))]");
    }
    if let Some(index) = elements.iter().position(is_bare_executor) {
        return stranger(index, &elements[index], span);
    }
    let d = Diagnostic::warning(
        &OTHER_EXECUTORS,
        span,
        format!("`executors` is {}, so it declares no custom executors", described(value)),
    );
    let d = d.help("give it another name, unless custom executors were meant");
    match elements.iter().any(looks_like_entry) {
        true => d.help("`jobc import FILE.json` turns JSON entries into CustomExecutor objects"),
        false => d,
    }
}

fn is_bare_executor(value: &Value) -> bool {
    matches!(value, Value::Object(object) if is_of(object, "Executor", "command"))
}

/// A dict with the properties of an entry of the scheduler's JSON.
fn looks_like_entry(value: &Value) -> bool {
    matches!(value, Value::Dict(dict) if dict.borrow().get_str("executor").is_some())
}

/// A value in words, such as "a list of something else".
fn described(value: &Value) -> String {
    match value {
        Value::Object(object) => format!("{} object", with_article(object.ty().title())),
        Value::None => "None".to_string(),
        Value::List(_) | Value::Tuple(_) => format!("a {} of something else", value.type_name()),
        other => with_article(other.type_name()),
    }
}

/// Something in the list that is no CustomExecutor. `span` is the place of the list.
fn stranger(index: usize, value: &Value, span: Span) -> Diagnostic {
    let place = match value {
        Value::Object(object) => object.origin(),
        Value::Str(text) => text.span(),
        Value::Dict(dict) => dict.borrow().as_added().next().map_or(Span::NONE, |(_, entry)| entry.key_span),
        _ => Span::NONE,
    };
    let kind = match value {
        Value::None => "None".to_string(),
        other => with_article(other.type_name()),
    };
    let message = format!("`executors[{index}]` is {kind}, not a CustomExecutor");
    let d = Diagnostic::error(&NOT_AN_EXECUTOR, place.or(span), message);
    let d = if place.is_none() { d } else { d.label(span, "the list of executors") };
    match value {
        _ if is_bare_executor(value) => {
            d.help("wrap it: CustomExecutor(task_prefix='...', executor=Executor(...))")
        }
        Value::Dict(_) => d.help("write CustomExecutor(**dict)"),
        Value::List(_) | Value::Tuple(_) => d.help("add lists with +: executors = first + second"),
        _ => d,
    }
}

/// The error for a custom executor that a name of the file holds, where the file assigns nothing to `executors`: the
/// scheduler would never hear of it. `value` is what the name holds, `span` the place of that.
pub fn unlisted(name: &str, value: &Value, span: Span) -> Option<Diagnostic> {
    let elements = elements_of(value);
    let single = std::slice::from_ref(value);
    let held = elements.as_deref().unwrap_or(single);
    held.iter().find_map(custom_executor)?;
    let message = format!("`{name}` holds a custom executor, but nothing is assigned to `executors`");
    let help = match elements {
        Some(_) => format!("write executors = {name}"),
        None => format!("write executors = [{name}]"),
    };
    Some(
        Diagnostic::error(&NOT_AN_EXECUTOR, span, message)
            .note("only the list `executors` declares custom executors")
            .help(help),
    )
}

#[cfg(test)]
mod tests;
