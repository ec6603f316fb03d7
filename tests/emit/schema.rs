//! The JSON Schemas that are shipped: documented, in step with the messages, and strict.
//!
//! That they take every accepted conformance case is shown beside the cases, in `tests/golden`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jobc::emit::{Style, json};
use jobc::model::CompiledJob;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json as value};

use crate::samples;
use crate::tree::Names;

static BUNDLE: LazyLock<Schema> =
    LazyLock::new(|| Schema::of(include_str!("../../schemas/bundle.schema.json")));
static EXECUTORS: LazyLock<Schema> =
    LazyLock::new(|| Schema::of(include_str!("../../schemas/executors.schema.json")));

static REPLY: LazyLock<Schema> =
    LazyLock::new(|| Schema::of(include_str!("../../schemas/reply.schema.json")));

static PROJECT: LazyLock<Schema> =
    LazyLock::new(|| Schema::of(include_str!("../../schemas/project.schema.json")));

/// A schema, compiled once: that takes far longer than to use it.
struct Schema {
    document: Value,
    validator: Validator,
}

impl Schema {
    fn of(text: &str) -> Schema {
        let document: Value = serde_json::from_str(text).unwrap();
        jsonschema::meta::validate(&document).unwrap();
        let validator = jsonschema::validator_for(&document).unwrap();
        Schema { document, validator }
    }

    fn complaints(&self, document: &Value) -> Vec<String> {
        self.validator.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect()
    }

    /// A schema inside this one, behind its reference.
    fn behind<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let Some(reference) = schema["$ref"].as_str() else { return schema };
        let name = reference.strip_prefix("#/$defs/").unwrap();
        self.document["$defs"].get(name).unwrap_or_else(|| panic!("no {reference}"))
    }
}

/// A bundle with these jobs and the executors of the samples.
fn bundle(jobs: Vec<CompiledJob>) -> Value {
    let mut out = Vec::new();
    let bundle = samples::bundle(vec![samples::full_executor(), samples::sample_executor()], jobs);
    json::write_bundle(&bundle, Style::Compact, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn every_field_and_alternative_is_taken() {
    let bundle = bundle(samples::variants());
    assert_eq!(BUNDLE.complaints(&bundle), [""; 0]);
    assert_eq!(EXECUTORS.complaints(&bundle["executors"]), [""; 0]);
    assert_eq!(BUNDLE.complaints(&value!({"executors": [], "jobs": []})), [""; 0]);
}

/// What the schema of jobc.toml takes is what jobc reads, key by key.
#[test]
fn projects_are_taken_as_jobc_reads_them() {
    let cases = [
        ("", true),
        ("user = 'deploy'\nscheduler = 'none'\nexecutors = ['e.json']\nexclude = ['vendor/']\n", true),
        ("allow = ['W0203']\ndeny = ['warnings']\n[lints]\nW0201 = 'warn'\n", true),
        (
            "[bind]\na = 'x'\nb.c = 1\nb.d.e = 0.5\n[env]\nTAG = '1'\n[cluster.west]\nscheduler = 'w.toml'\n",
            true,
        ),
        ("user = ''", false),
        ("usr = 'deploy'", false),
        ("executors = 'e.json'", false),
        ("exclude = [1]", false),
        ("allow = 'W0203'", false),
        ("[lints]\nW0201 = 'error'", false),
        ("bind = { a = [1] }", false),
        ("env = { A = 1 }", false),
        ("[cluster]\nwest = 'none'", false),
        ("[cluster.west]\nschedulr = 'none'", false),
    ];
    for (text, taken) in cases {
        let read = jobc::model::settings::parse_project(text, jobc::source::FileId(0)).is_ok();
        let document: Value = toml::from_str(text).unwrap();
        assert_eq!((read, PROJECT.complaints(&document).is_empty()), (taken, taken), "{text}");
    }
}

proptest! {
    #[test]
    fn any_job_is_taken(job in samples::any_job(), update in proptest::option::of(samples::any_update())) {
        let mut document = bundle(vec![samples::compiled("west", job, update)]);
        // Slashes in the parts of a key are refused before anything is written.
        document["jobs"][0]["key"] = "a/b/c/d".into();
        prop_assert_eq!(BUNDLE.complaints(&document), [""; 0]);
    }
}

/// What `jobc reply --format json` prints in the cases is as its schema says, and the schema is strict.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads the files of cases")]
fn answers_are_taken() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/reply");
    let printed = std::fs::read_dir(folder).unwrap().filter_map(|case| {
        let text = std::fs::read_to_string(case.unwrap().path().join("expected.stdout")).ok()?;
        serde_json::from_str::<Value>(&text).ok().filter(Value::is_object)
    });
    let printed: Vec<Value> = printed.collect();
    assert!(printed.len() >= 3, "{printed:?}");
    for mut answer in printed {
        assert_eq!(REPLY.complaints(&answer), [""; 0]);
        answer["verdict"] = "maybe".into();
        answer["extra"] = true.into();
        assert_eq!(REPLY.complaints(&answer).len(), 2);
    }
}

/// The bundle's schema stands alone: it holds that of the executors.
#[test]
fn the_bundle_holds_the_schema_of_executors() {
    let mut executors = EXECUTORS.document.clone();
    executors.as_object_mut().unwrap().shift_remove("$schema");
    assert_eq!(BUNDLE.document["$defs"]["executors"], executors);
    for schema in [&*BUNDLE, &*EXECUTORS] {
        assert_eq!(schema.document["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema.document["$id"].as_str().unwrap().starts_with("urn:jobc:schema:"));
    }
}

#[test]
fn everything_is_described() {
    fn look(at: &str, schema: &Value, bare: &mut Vec<String>) {
        let parts = |keyword: &str| {
            let parts = schema[keyword].as_object().into_iter().flatten();
            parts.map(|(name, part)| (format!("{at}.{name}"), part)).collect::<Vec<_>>()
        };
        for (at, part) in parts("properties").into_iter().chain(parts("$defs")) {
            if part["description"].as_str().is_none_or(|words| !words.ends_with('.')) {
                bare.push(at.clone());
            }
            look(&at, part, bare);
        }
        if schema["items"].is_object() {
            look(&format!("{at}[]"), &schema["items"], bare);
        }
    }
    let mut bare = Vec::new();
    look("bundle", &BUNDLE.document, &mut bare);
    assert_eq!(bare, [""; 0]);
}

/// The schema of a message has the fields and types of api.thrift, all of them and no others.
#[test]
fn messages_are_those_of_the_wire() {
    let names = Names::load();
    let mut seen = BTreeSet::new();
    for ty in ["JobConfiguration", "JobUpdateSettings"] {
        same_message(&names, ty, &BUNDLE.document["$defs"][ty], &mut seen);
    }
    assert!(seen.len() > 25, "{seen:?}");
}

fn same_message(names: &Names, ty: &str, schema: &Value, seen: &mut BTreeSet<String>) {
    if !seen.insert(ty.to_owned()) {
        return;
    }
    let fields = names.fields_of(ty);
    let properties: BTreeMap<&str, &Value> =
        schema["properties"].as_object().unwrap().iter().map(|(name, part)| (name.as_str(), part)).collect();
    assert!(fields.keys().eq(properties.keys()), "{ty}: {fields:?} and {:?}", properties.keys());
    for (name, field_type) in fields {
        same_type(names, field_type, BUNDLE.behind(properties[name]), seen);
    }
}

fn same_type(names: &Names, ty: &str, schema: &Value, seen: &mut BTreeSet<String>) {
    let element = ["set<", "list<"].iter().find_map(|head| ty.strip_prefix(head)?.strip_suffix('>'));
    if let Some(element) = element {
        assert_eq!(schema["type"], "array", "{ty}");
        return same_type(names, element, BUNDLE.behind(&schema["items"]), seen);
    }
    let values = names.values_of(ty);
    if !values.is_empty() {
        return assert_eq!(schema["enum"], value!(values), "{ty}");
    }
    match ty {
        "bool" => assert_eq!(schema["type"], "boolean"),
        "double" => assert_eq!(schema["type"], "number"),
        "string" => assert_eq!(schema["type"], "string"),
        "i32" => assert_eq!((&schema["minimum"], &schema["maximum"]), (&i32::MIN.into(), &i32::MAX.into())),
        "i64" => assert_eq!((&schema["type"], schema.get("maximum")), (&"integer".into(), None)),
        "map<string>" => assert_eq!(schema["additionalProperties"]["type"], "string"),
        _ => same_message(names, ty, schema, seen),
    }
}

/// Every place of a document is spoilt in every way that the schema should notice, one at a time.
#[test]
fn what_is_spoilt_is_refused() {
    let mut spoiler = Spoiler::default();
    for job in samples::variants() {
        let document = bundle(vec![job]);
        spoiler.visit(&BUNDLE, &BUNDLE.document, "", &document, &mut Vec::new());
        spoiler.visit(&EXECUTORS, &EXECUTORS.document, "", &document["executors"], &mut Vec::new());
    }
    assert_eq!(spoiler.overlooked, [""; 0]);
    assert_eq!(
        spoiler.properties,
        all_properties(&BUNDLE).union(&all_properties(&EXECUTORS)).cloned().collect()
    );
    assert!(spoiler.refused > 400, "{} only", spoiler.refused);
}

/// The properties that a schema names, under what it is called here: the place of the innermost definition.
fn all_properties(schema: &Schema) -> BTreeSet<String> {
    fn look(at: &str, schema: &Value, found: &mut BTreeSet<String>) {
        for (name, part) in schema["properties"].as_object().into_iter().flatten() {
            found.insert(format!("{at}.{name}"));
            look(&format!("{at}.{name}"), part, found);
        }
        if schema["items"].is_object() {
            look(&format!("{at}[]"), &schema["items"], found);
        }
    }
    let mut found = BTreeSet::new();
    look("", &schema.document, &mut found);
    for (name, part) in schema.document["$defs"].as_object().unwrap() {
        if name != "executors" {
            look(name, part, &mut found);
        }
    }
    found
}

#[derive(Default)]
struct Spoiler {
    /// Places of the schemas that were spoilt already; the others of their kind would be refused alike.
    done: BTreeSet<String>,
    properties: BTreeSet<String>,
    refused: usize,
    overlooked: Vec<String>,
}

/// A step into a document.
#[derive(Clone)]
enum Step {
    Name(String),
    Index(usize),
}

impl Spoiler {
    /// Spoils a part of `whole`, which is at `path`, and everything inside. `at` names the part of the schema.
    fn visit(&mut self, root: &Schema, schema: &Value, at: &str, whole: &Value, path: &mut Vec<Step>) {
        if schema["$ref"] == "urn:jobc:schema:executors" {
            return; // Visited by itself.
        }
        let at = schema["$ref"].as_str().map_or(at, |r| r.trim_start_matches("#/$defs/")).to_owned();
        let schema = root.behind(schema);
        let here = inside(whole, path).clone();
        if self.done.insert(format!("{}{at} {}", root.document["$id"], kinds(&here))) {
            for spoilt in spoilt(schema, &here) {
                let mut document = whole.clone();
                *inside_mut(&mut document, path) = spoilt.clone();
                match root.validator.is_valid(&document) {
                    true => self.overlooked.push(format!("{at}: {spoilt}")),
                    false => self.refused += 1,
                }
            }
        }
        for (name, _) in here.as_object().into_iter().flatten() {
            let Some(part) = schema["properties"].get(name) else { continue };
            self.properties.insert(format!("{at}.{name}"));
            path.push(Step::Name(name.clone()));
            self.visit(root, part, &format!("{at}.{name}"), whole, path);
            path.pop();
        }
        for index in 0..here.as_array().map_or(0, Vec::len) {
            path.push(Step::Index(index));
            self.visit(root, &schema["items"], &format!("{at}[]"), whole, path);
            path.pop();
        }
    }
}

/// What tells one way of filling a part of the schema from another.
fn kinds(value: &Value) -> String {
    value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>().join(",")).unwrap_or_default()
}

fn inside<'v>(whole: &'v Value, path: &[Step]) -> &'v Value {
    path.iter().fold(whole, |value, step| match step {
        Step::Name(name) => &value[name],
        Step::Index(index) => &value[index],
    })
}

fn inside_mut<'v>(whole: &'v mut Value, path: &[Step]) -> &'v mut Value {
    path.iter().fold(whole, |value, step| match step {
        Step::Name(name) => &mut value[name],
        Step::Index(index) => &mut value[index],
    })
}

/// Wrong values for one that is right.
fn spoilt(schema: &Value, right: &Value) -> Vec<Value> {
    let mut wrong = vec![Value::Null, value!([[]])];
    match right {
        Value::Object(fields) => {
            for name in schema["required"].as_array().into_iter().flatten() {
                let mut fewer = fields.clone();
                fewer.shift_remove(name.as_str().unwrap());
                wrong.push(fewer.into());
            }
            let mut more = fields.clone();
            more.insert("extra".to_owned(), value!({}));
            wrong.push(more.into());
            if schema["maxProperties"] == 1 {
                wrong.push(value!({}));
                let mut two = fields.clone();
                let mut others = schema["properties"].as_object().unwrap().keys();
                let other = others.find(|name| !fields.contains_key(*name)).unwrap();
                two.insert(other.clone(), fields.values().next().unwrap().clone());
                wrong.push(two.into());
            }
        }
        Value::Array(_) => wrong.extend([value!({}), value!("x")]),
        Value::String(_) => {
            wrong.extend([value!(7), value!({})]);
            if ["enum", "const", "pattern"].iter().any(|keyword| schema.get(keyword).is_some()) {
                wrong.push(value!("NO_SUCH_VALUE"));
            }
        }
        Value::Number(_) => {
            wrong.extend([value!("7"), value!(true)]);
            if schema["type"] == "integer" {
                wrong.push(value!(1.5));
            }
            if schema.get("maximum").is_some() {
                wrong.extend([value!(1_i64 << 31), value!(-(1_i64 << 31) - 1)]);
            }
        }
        Value::Bool(_) => wrong.extend([value!("true"), value!(1)]),
        Value::Null => panic!("no null is ever written"),
    }
    wrong
}
