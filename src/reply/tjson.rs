//! TJSONProtocol: `[1, "NAME", KIND, SEQUENCE, {"NUMBER": {"TAG": value}, …}]`.

use super::NoReply;
use super::value::{Bounds, MAX_DEPTH, MAX_VALUES, Message, Value};
use crate::json::{self, Dialect, Limits, Node};

/// A TJSONProtocol value is up to three JSON values inside each other.
const LIMITS: Limits = Limits { depth: 3 * MAX_DEPTH, values: 3 * MAX_VALUES };

pub(super) fn read(text: &str) -> Result<Message, NoReply> {
    let node = json::parse(text, Dialect::RFC, LIMITS).map_err(|error| {
        NoReply::new(format!("it is not valid JSON: {} (byte {})", error.message, error.at.start))
    })?;
    let json::Value::Array(parts) = &node.value else { return Err(not_an_answer()) };
    let [version, name, kind, _sequence, body] = parts.as_slice() else { return Err(not_an_answer()) };
    if int(version) != Some(1) {
        return Err(not_an_answer());
    }
    let (Some(name), Some(kind)) = (text_of(name), int(kind)) else { return Err(not_an_answer()) };
    let body = structure(body, &mut Bounds::default())?;
    Ok(Message { kind, name: name.to_owned(), body })
}

fn not_an_answer() -> NoReply {
    NoReply::new("it is JSON, but not a message of Thrift's TJSONProtocol")
}

fn int(node: &Node) -> Option<i64> {
    match &node.value {
        json::Value::Number { text, whole: true } => text.parse().ok(),
        _ => None,
    }
}

fn text_of(node: &Node) -> Option<&str> {
    match &node.value {
        json::Value::String(text) => Some(&text.value),
        _ => None,
    }
}

fn structure(node: &Node, bounds: &mut Bounds) -> Result<Value, NoReply> {
    let json::Value::Object(members) = &node.value else { return Err(not_an_answer()) };
    bounds.enter()?;
    let mut fields = Vec::with_capacity(members.len());
    for member in members {
        let number = member.key.value.parse().map_err(|_| not_an_answer())?;
        let json::Value::Object(tagged) = &member.value.value else { return Err(not_an_answer()) };
        let [tagged] = tagged.as_slice() else { return Err(not_an_answer()) };
        fields.push((number, value(&tagged.key.value, &tagged.value, bounds)?));
    }
    bounds.leave();
    Ok(Value::Struct(fields))
}

/// The value under a type's tag.
fn value(tag: &str, node: &Node, bounds: &mut Bounds) -> Result<Value, NoReply> {
    Ok(match tag {
        "rec" => structure(node, bounds)?,
        "lst" | "set" => items(node, bounds)?,
        "str" => Value::Text(text_of(node).ok_or_else(not_an_answer)?.to_owned()),
        "tf" | "i8" | "i16" | "i32" | "i64" => Value::Int(int(node).ok_or_else(not_an_answer)?),
        "dbl" | "map" => Value::Other,
        _ => return Err(not_an_answer()),
    })
}

/// `["TAG", COUNT, value, …]`
fn items(node: &Node, bounds: &mut Bounds) -> Result<Value, NoReply> {
    let json::Value::Array(parts) = &node.value else { return Err(not_an_answer()) };
    let [tag, count, items @ ..] = parts.as_slice() else { return Err(not_an_answer()) };
    let tag = text_of(tag).ok_or_else(not_an_answer)?;
    if int(count).and_then(|count| usize::try_from(count).ok()) != Some(items.len()) {
        return Err(not_an_answer());
    }
    bounds.enter()?;
    let items = items.iter().map(|item| value(tag, item, bounds)).collect::<Result<_, _>>()?;
    bounds.leave();
    Ok(Value::Items(items))
}
