//! The data for custom executors: typed where the executor declares a type, and as JSON text.

use rustc_hash::FxHashMap;

use super::reader::{Reader, text_of};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::executor::EXECUTOR_DATA;
use crate::lints::executor::DATA_WITHOUT_EFFECT;
use crate::model::json_data::JsonWriter;
use crate::source::Span;
use crate::template::value::{Args, Dict, Fault, Key, Keyword, Text, Value};
use crate::template::{Body, Kind, Object, Type, convert, extend};

/// The types that declared executors want their data to have, by executor name.
pub type DataTypes = FxHashMap<String, Type>;

/// The job with its data as an object of the type that its executor wants, so that defaults and templates of that type
/// are resolved where the data stands. The same job where no type is wanted, or the data is of another shape.
pub(super) fn with_typed_data(job: Object, data_types: &DataTypes, reader: &mut Reader) -> Object {
    if data_types.is_empty() {
        return job;
    }
    let Some(config) = job.field("executor_config").cloned() else { return job };
    let Some((name, ty)) = wanted(&job, &config, data_types) else { return job };
    let place =
        config.field_span("data").or(config.origin()).or(job.field_span("executor_config")).or(job.origin());
    match typed(&job, &config, ty, place) {
        Ok(Some(data)) => replaced(&job, &config, data).unwrap_or(job),
        Ok(None) => job,
        Err(fault) => {
            let note = format!("{} is the data_type of the executor `{name}`", ty.written());
            reader.fault(fault.at(place).map(|d| d.note(note)));
            job
        }
    }
}

/// The name of the job's executor and the type it wants, if it wants one. Values that cannot be read are reported when
/// the whole job is.
fn wanted<'t>(job: &Object, config: &Object, data_types: &'t DataTypes) -> Option<(String, &'t Type)> {
    let raw = config.field("name")?;
    let name = if raw.is_closed() {
        text_of(raw)?
    } else {
        let config = job.access_named("executor_config").ok()??;
        text_of(&config.access_named("name").ok()??)?
    };
    let ty = data_types.get(&name)?;
    Some((name, ty))
}

/// The data as an object of the type; nothing where it is one already.
fn typed(job: &Object, config: &Object, ty: &Type, place: Span) -> Result<Option<Object>, Fault> {
    match config.field("data").and_then(Object::raw) {
        None => nothing(ty, place).map(Some),
        Some(Value::Object(object)) if object.is_a(ty) => Ok(None),
        Some(Value::Object(object)) => Err(mismatch(&format!("a {} object", object.ty().written()), ty)
            .map(|d| d.label(object.ty().span(), "the type of the data"))
            .at(object.origin())),
        Some(Value::Type(given)) => Err(Fault::new("ValueError", &EXECUTOR_DATA, not_an_object(given))
            .help(format!("write {}(...)", given.written()))),
        Some(Value::Str(written)) => {
            let Some(resolved) = resolved_text(job)? else { return Ok(None) };
            from_text(written, &resolved, ty, place).map(Some)
        }
        Some(value) => of_shape(ty, value, place).map(Some),
    }
}

/// The text of the data after templates in the job's scope.
fn resolved_text(job: &Object) -> Result<Option<String>, Fault> {
    let Some(config) = job.access_named("executor_config")? else { return Ok(None) };
    Ok(config.access_named("data")?.as_ref().and_then(text_of))
}

/// What no data stands for: an object with nothing but defaults, an empty list or map.
fn nothing(ty: &Type, place: Span) -> Result<Object, Fault> {
    match ty.kind() {
        Kind::Struct(_) | Kind::Map(..) => convert(ty, &Value::dict(Dict::new()), place),
        Kind::List(_) => convert(ty, &Value::list(Vec::new()), place),
        _ => Err(mismatch("not set", ty)),
    }
}

fn from_text(written: &Text, resolved: &str, ty: &Type, place: Span) -> Result<Object, Fault> {
    let span = written.span().or(place);
    if resolved.trim().is_empty() {
        return nothing(ty, span);
    }
    match serde_json::from_str::<serde_json::Value>(resolved) {
        Ok(json) => of_shape(ty, &plain(json), span).map_err(|f| f.at(span)),
        Err(error) if matches!(ty.kind(), Kind::String) => {
            let _ = error;
            convert(ty, &Value::str(resolved), span)
        }
        Err(error) => Err(mismatch("text that is not JSON", ty)
            .map(|d| d.note(format!("JSON: {error}")))
            .at(json_place(written, resolved, &error).or(span))),
    }
}

/// The place of a mistake in JSON text, where the text was written without templates.
fn json_place(written: &Text, resolved: &str, error: &serde_json::Error) -> Span {
    if written.as_str() != resolved {
        return Span::NONE;
    }
    let before: usize =
        resolved.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = (before + error.column().saturating_sub(1)).min(resolved.len().saturating_sub(1));
    written.span_of(at..at + 1)
}

/// A plain value as an object of the type.
fn of_shape(ty: &Type, value: &Value, place: Span) -> Result<Object, Fault> {
    let fits = match (ty.kind(), value) {
        (Kind::Struct(_) | Kind::Map(..), Value::Dict(_)) => true,
        (Kind::List(_), Value::List(_) | Value::Tuple(_)) => true,
        (Kind::Struct(_) | Kind::Map(..) | Kind::List(_), _) => false,
        (_, Value::Dict(_) | Value::List(_) | Value::Tuple(_)) => matches!(ty.kind(), Kind::Choice(_)),
        _ => true,
    };
    if !fits {
        return Err(mismatch(&format!("a {}", value.type_name()), ty));
    }
    convert(ty, value, place)
}

fn not_an_object(ty: &Type) -> String {
    format!("the data is the type {}, not an object of it", ty.written())
}

fn mismatch(given: &str, ty: &Type) -> Fault {
    let message = format!("the data is {given}, but must be of the type {}", ty.written());
    let fault = Fault::new("ValueError", &EXECUTOR_DATA, message);
    fault.map(|d| d.label(ty.span(), "the type is declared here"))
}

/// JSON as plain values. A `null` entry of an object is an entry that is not there.
fn plain(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::None,
        serde_json::Value::Bool(b) => Value::Bool(b),
        serde_json::Value::Number(n) => match (n.as_i64(), n.as_u64()) {
            (Some(n), _) => Value::Int(n),
            (None, Some(n)) => Value::int(n.into()),
            _ => Value::Float(n.as_f64().unwrap_or(f64::NAN)),
        },
        serde_json::Value::String(text) => Value::str(text),
        serde_json::Value::Array(items) => Value::list(items.into_iter().map(plain).collect()),
        serde_json::Value::Object(entries) => {
            let mut dict = Dict::new();
            let set = entries.into_iter().filter(|(_, value)| !value.is_null());
            set.for_each(|(key, value)| dict.insert(Key::text(&key), plain(value)));
            Value::dict(dict)
        }
    }
}

/// The job with other data for its executor, everything else and every place unchanged.
pub(super) fn replaced(job: &Object, config: &Object, data: Object) -> Option<Object> {
    let config = with_field(config, "data", data)?;
    with_field(job, "executor_config", config)
}

/// The object with another value in a field.
pub(super) fn with_field(object: &Object, field: &'static str, value: Object) -> Option<Object> {
    with_value(object, field, Value::Object(value))
}

/// The object without a field.
pub(super) fn unset(object: &Object, field: &'static str) -> Option<Object> {
    with_value(object, field, Value::Empty)
}

fn with_value(object: &Object, field: &'static str, value: Value) -> Option<Object> {
    let place = object.slot(field).map_or(Span::NONE, |slot| slot.span);
    let keyword = Keyword { name: field.into(), name_span: place, value, span: place };
    let args = Args { keyword: vec![keyword], ..Args::none(object.origin()) };
    extend(object, &args).ok()
}

/// The data of an interpolated configuration as text: JSON where it is a structure.
pub(super) fn text(config: &Object, json: &JsonWriter, reader: &mut Reader) -> Option<String> {
    let Some(data) = reader.read(config, "data").ok()? else { return Some(String::new()) };
    let place = config.field_span("data").or(config.origin());
    if let Some(Value::Type(ty)) = data.raw() {
        let d = Diagnostic::error(&EXECUTOR_DATA, place, not_an_object(ty));
        reader.push(d.help(format!("write {}(...)", ty.written())));
        return None;
    }
    if !is_structure(&data) {
        return text_of(&data);
    }
    let json = json.object(&data).map_err(|fault| reader.fault(fault.at(place))).ok()?;
    if let Some(number) = unwritable(&data) {
        let message = format!("the data holds {number}, which JSON cannot express");
        reader.push(Diagnostic::error(&EXECUTOR_DATA, place, message));
        return None;
    }
    Some(json)
}

/// Reports data for Thermos, which reads the job itself. A structure is rejected, as the stock client does; a string has no
/// effect.
pub(super) fn without_effect(config: &Object, reader: &mut Reader) {
    let Some(data) = config.field("data") else { return };
    if text_of(data).is_some_and(|text| text.is_empty()) {
        return;
    }
    let place = config.field_span("data").or(config.origin());
    let message = "AuroraExecutor takes no data of its own: it reads the job";
    let diagnostic = match is_structure(data) {
        true => Diagnostic::error(&EXECUTOR_DATA, place, message),
        false => Diagnostic::warning(&DATA_WITHOUT_EFFECT, place, message).here("this has no effect"),
    };
    reader.push(
        diagnostic.help("name the custom executor that this is for: ExecutorConfig(name='...', data=...)"),
    );
}

pub(super) fn is_structure(data: &Object) -> bool {
    match data.body() {
        Body::Simple(Value::Object(inner)) => !inner.ty().is_simple(),
        Body::Simple(value) => {
            matches!(value, Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Type(_))
        }
        _ => true,
    }
}

/// A number inside that is infinite or not a number.
fn unwritable(object: &Object) -> Option<f64> {
    match object.body() {
        Body::Simple(value) | Body::Choice(value) => unwritable_value(value),
        Body::List(items) => items.iter().find_map(unwritable),
        Body::Map(entries) => entries.iter().find_map(|(_, value)| unwritable(value)),
        Body::Struct(slots) => slots.iter().filter_map(|s| s.value.as_ref()).find_map(unwritable),
    }
}

fn unwritable_value(value: &Value) -> Option<f64> {
    match value {
        Value::Float(x) => (!x.is_finite()).then_some(*x),
        Value::Object(object) => unwritable(object),
        Value::List(items) => items.borrow().iter().find_map(unwritable_value),
        Value::Tuple(items) => items.iter().find_map(unwritable_value),
        Value::Dict(dict) => dict.borrow().iter().find_map(|(_, entry)| unwritable_value(&entry.value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Converted, Outside, Shared, convert_job};
    use super::*;
    use crate::model::settings::Clusters;
    use crate::model::testing::{MB, dict, make, texts};
    use crate::template::{ClassBody, define_struct, signature};
    use std::rc::Rc;

    fn compose() -> Type {
        let field = |name: &str, ty: Type, required, default: Option<Value>| {
            let signature = signature(&ty, required, default.as_ref(), Span::NONE).unwrap();
            (name.into(), signature, Span::NONE)
        };
        let fields = vec![
            field("file", Type::string(), true, None),
            field("project", Type::string(), false, Some(Value::str("{{role}}-{{environment}}"))),
            field("services", Type::list(Type::string()), false, Some(Value::list(Vec::new()))),
            field("retries", Type::integer(), false, Some(Value::Int(3))),
        ];
        let names = fields.iter().map(|(name, ..)| Rc::clone(name)).collect();
        let body = ClassBody { has_docstring: false, names };
        define_struct("Compose", fields, body, Span::NONE).unwrap()
    }

    /// The data that a job gets, or the codes of what is wrong with it. `None` for no data.
    fn converted(data: Option<Value>, ty: Option<Type>) -> Result<String, Vec<&'static str>> {
        let mut config = vec![("name", Value::str("compose"))];
        config.extend(data.map(|d| ("data", d)));
        let resources = make(
            "Resources",
            50,
            &[("cpu", Value::Int(1)), ("ram", Value::Int(MB)), ("disk", Value::Int(MB))],
        );
        let job = make(
            "Job",
            10,
            &[
                ("cluster", Value::str("west")),
                ("role", Value::str("shop")),
                ("environment", Value::str("test")),
                ("name", Value::str("cart")),
                ("task", make("Task", 40, &[("name", Value::str("t")), ("resources", resources)])),
                ("executor_config", make("ExecutorConfig", 70, &config)),
            ],
        );
        let Value::Object(job) = job else { unreachable!() };
        let data_types: DataTypes = ty.into_iter().map(|t| ("compose".to_string(), t)).collect();
        let outside = Outside {
            user: "me",
            bindings: &[],
            data_types: &data_types,
            clusters: &Clusters::default(),
            strict_updates: false,
            shared: &Shared::default(),
        };
        let Converted { job, diagnostics, .. } = convert_job(&job, &outside);
        match job {
            Some(job) => Ok(job.configuration.task_config.executor_config.unwrap().data),
            None => Err(diagnostics.iter().map(|d| d.code.id).collect()),
        }
    }

    #[test]
    fn untyped_data_becomes_text() {
        assert_eq!(converted(None, None).unwrap(), "");
        assert_eq!(converted(Some(Value::str("run {{role}}")), None).unwrap(), "run shop");
        assert_eq!(converted(Some(Value::Int(5)), None).unwrap(), "5");
        let list = Value::list(vec![Value::Int(5), Value::None, dict(&[("a", "{{cluster}}")])]);
        assert_eq!(converted(Some(list), None).unwrap(), r#"[5, null, {"a": "west"}]"#);
        assert_eq!(converted(Some(Value::list(vec![Value::Float(f64::NAN)])), None), Err(vec!["E0408"]));
        assert_eq!(converted(Some(Value::Type(compose())), None), Err(vec!["E0408"]));
        assert_eq!(converted(Some(texts(&["{{nobody}}"])), None), Err(vec!["E0314"]));
    }

    #[test]
    fn typed_data_is_completed_in_the_scope_of_the_job() {
        let full = r#"{"project": "shop-test", "services": ["west"], "file": "a.yml", "retries": 3}"#;
        let object = |fields: &[(&str, Value)]| {
            let mut given = Dict::new();
            fields.iter().for_each(|(k, v)| given.insert(Key::text(k), v.clone()));
            Value::Object(convert(&compose(), &Value::dict(given), Span::NONE).unwrap())
        };
        let file = ("file", Value::str("a.yml"));
        let services = ("services", texts(&["{{cluster}}"]));
        assert_eq!(converted(Some(object(&[file.clone(), services])), Some(compose())).unwrap(), full);
        let json = r#"{"services": ["{{cluster}}"], "file": "a.yml", "retries": null}"#;
        assert_eq!(converted(Some(Value::str(json)), Some(compose())).unwrap(), full);
        let defaults = full.replace(r#"["west"]"#, "[]");
        assert_eq!(converted(Some(dict(&[("file", "a.yml")])), Some(compose())).unwrap(), defaults);
    }

    #[test]
    fn data_of_another_shape_is_refused() {
        let refused = |data: Value| converted(Some(data), Some(compose())).unwrap_err();
        assert_eq!(refused(Value::str("run.sh")), ["E0408"]);
        assert_eq!(refused(Value::str("[1]")), ["E0408"]);
        assert_eq!(refused(Value::Int(5)), ["E0408"]);
        assert_eq!(refused(texts(&["a"])), ["E0408"]);
        assert_eq!(refused(make("UpdateConfig", 90, &[])), ["E0408"]);
        assert_eq!(refused(dict(&[("file", "a"), ("fiel", "b")])), ["E0104"]);
        assert_eq!(refused(dict(&[("file", "a"), ("retries", "many")])), ["E0202"]);
        assert_eq!(refused(dict(&[])), ["E0301"]);
        assert_eq!(converted(None, Some(compose())), Err(vec!["E0301"]));
    }
}
