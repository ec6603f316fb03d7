//! Mustaches and references: splitting loses nothing, printing and reading agree, and what interpolation gives is what
//! the rules say, written down here once more without any regard to speed.
//!
//! The first line of the text is the template, each other line `name=value` a binding.
#![no_main]

use jobc::source::Span;
use jobc::template::value::{Args, Dict, Fault, Key, Text, Value};
use jobc::template::{Limits, Object, Ref, Segment, Template, Type, Walk, construct, install_limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut lines = text.split('\n');
    let template = lines.next().unwrap_or_default();
    let bindings: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once('=')).collect();
    assert_split(template);
    bindings.iter().for_each(|(name, _)| assert_read(name));
    let types = [Type::string(), Type::integer(), Type::float(), Type::boolean(), Type::list(Type::string())];
    for ty in types {
        let kept = interpolated(&ty, template, &bindings);
        let again = interpolated(&ty, template, &bindings);
        assert_eq!(kept.as_ref().ok(), again.as_ref().ok());
        if let (Ok(kept), true) = (kept, ty.name() == "String")
            && let Some(expected) = expected(template, &bindings)
        {
            assert_eq!(kept, expected);
        }
    }
});

/// The segments of a template are the template, piece by piece.
fn assert_split(text: &str) {
    let Some(template) = Template::split(text) else { return };
    let mut at = 0;
    for segment in &template.segments {
        let range = match segment {
            Segment::Literal(range) => range,
            Segment::Ref { range, target } => {
                if let Ok(reference) = target {
                    assert_read(&reference.address());
                }
                range
            }
            Segment::Postponed { range, name } => {
                assert!(range.start < name.start && name.end < range.end);
                range
            }
        };
        assert_eq!(range.start, at);
        assert!(text.get(range.clone()).is_some_and(|part| !part.is_empty()));
        at = range.end;
    }
    assert_eq!(at, text.len());
}

/// A reference that can be read is read as the same one after it is printed.
fn assert_read(address: &str) {
    if let Ok(reference) = Ref::parse(address) {
        assert_eq!(Ref::parse(&reference.address()).ok(), Some(reference));
    }
}

fn interpolated(ty: &Type, template: &str, bindings: &[(&str, &str)]) -> Result<String, Fault> {
    let limits = Limits { text_size: 1 << 16, expanded: 1 << 22, references: 100_000, ..Limits::default() };
    install_limits(limits, None);
    let of = |values: Vec<Value>| Args::of(Span::NONE, values);
    let text = Value::Str(Text::from(template));
    let value = match ty.is_simple() {
        true => text,
        false => Value::list(template.split(',').map(Value::str).collect()),
    };
    let object: Object = construct(ty, &of(vec![value]))?;
    let mut dict = Dict::new();
    bindings.iter().for_each(|(name, value)| dict.insert(Key::text(name), Value::str(*value)));
    let bound = object.bind(&of(vec![Value::dict(dict)]))?;
    let mut walk = Walk::default();
    let result = bound.interpolate(&mut walk)?;
    // A postponed reference has come alive and may be any.
    let alive = Template::split(&result.repr()?).is_some();
    if walk.unbound.is_empty() && !alive {
        assert!(result.check().is_empty(), "{result:?}");
    }
    result.text()?;
    // What `text` gives has gone through one more pass, in which postponed references are alive.
    match result.raw() {
        Some(Value::Str(text)) => Ok(text.as_str().to_string()),
        _ => result.repr(),
    }
}

/// What a text becomes by the rules: references to plain names that are bound are replaced, again and again; then
/// postponed ones lose their mark. Nothing where the rules have more to say, as for paths.
fn expected(template: &str, bindings: &[(&str, &str)]) -> Option<String> {
    let plain = |name: &str| {
        let mut chars = name.chars();
        let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
        first && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    if bindings.iter().any(|(name, _)| !plain(name)) {
        return None;
    }
    let mut text = template.to_string();
    for _ in 0..100 {
        let mut replaced = false;
        let next = each_mustache(&text, |inner| {
            if inner.len() > 1 && inner.starts_with('&') {
                return Some(None);
            }
            if !plain(inner) {
                return None;
            }
            let found = bindings.iter().rev().find(|(name, _)| *name == inner);
            replaced |= found.is_some();
            Some(found.map(|(_, value)| value.to_string()))
        })?;
        if !replaced {
            return each_mustache(&text, |inner| {
                let name = inner.strip_prefix('&').filter(|name| !name.is_empty());
                Some(name.map(|name| {
                    format!("{{{{{}}}}}", name.strip_suffix('&').filter(|n| !n.is_empty()).unwrap_or(name))
                }))
            });
        }
        text = next;
    }
    None
}

/// The text with the inside of each mustache looked up: `Some(None)` keeps it, `None` gives up.
fn each_mustache(text: &str, mut look_up: impl FnMut(&str) -> Option<Option<String>>) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let inner = rest.strip_prefix("{{").and_then(|tail| {
            let end = tail.find(['{', '}'])?;
            (end > 0 && tail[end..].starts_with("}}")).then(|| &tail[..end])
        });
        match inner {
            Some(inner) => {
                let whole = &rest[..inner.len() + 4];
                out.push_str(&look_up(inner)?.unwrap_or_else(|| whole.to_string()));
                rest = &rest[whole.len()..];
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    Some(out)
}
