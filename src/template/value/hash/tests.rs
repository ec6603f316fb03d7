//! Hashes that CPython 2.7.18 gave on a 64-bit machine.

use serde_json::Value as Json;

use super::*;
use crate::template::value::{Set, Text};

/// Each has a kind, the value, and its hash.
const VECTORS: &str = include_str!("vectors.json");

fn value(kind: &str, written: &str) -> Value {
    let items = || -> Vec<Value> {
        let Json::Array(items) = serde_json::from_str(written).unwrap() else { unreachable!() };
        items.iter().map(plain).collect()
    };
    match kind {
        "utf8" => Value::str(written),
        "unicode" => Value::Str(Text::from(written).into_kind(true)),
        "int" => Value::int(written.parse().unwrap()),
        "float" => Value::Float(written.parse().unwrap()),
        "tuple" => Value::tuple(items()),
        "frozenset" => {
            let mut set = Set::new();
            set.frozen = true;
            for item in items() {
                set.insert(Key::new(item).unwrap());
            }
            Value::set(set)
        }
        kind => unreachable!("{kind}"),
    }
}

fn plain(json: &Json) -> Value {
    match json {
        Json::Bool(b) => Value::Bool(*b),
        Json::Number(n) => n.as_i64().map_or_else(|| Value::Float(n.as_f64().unwrap()), Value::Int),
        Json::String(s) => Value::str(s.as_str()),
        Json::Array(items) => Value::tuple(items.iter().map(plain).collect()),
        _ => unreachable!(),
    }
}

#[test]
fn hashes_are_those_of_cpython() {
    let vectors: Vec<[String; 3]> = serde_json::from_str(VECTORS).unwrap();
    assert!(vectors.len() > 100);
    for [kind, written, expected] in vectors {
        let found = hash(&value(&kind, &written)).unwrap();
        assert_eq!(found.to_string(), expected, "{kind} {written:?}");
    }
}

#[test]
fn what_is_equal_has_one_hash() {
    let one = [Value::Bool(true), Value::Int(1), Value::Float(1.0)];
    assert!(one.iter().all(|value| hash(value).unwrap() == 1));
    let big = Value::int("1000000000000000000000".parse().unwrap());
    assert_eq!(hash(&big).unwrap(), hash(&Value::Float(1e21)).unwrap());
    assert_eq!(Key::new(Value::str("a")).unwrap().hash(), Key::text("a").hash());
}

#[test]
fn what_can_change_has_none() {
    assert!(hash(&Value::list(Vec::new())).is_err());
    assert!(hash(&Value::tuple(vec![Value::dict(Dict::new())])).is_err());
    assert!(hash(&Value::set(Set::new())).is_err());
}
