//! Mustaches and references: splitting and printing agree, and interpolation ends.
#![no_main]

use jobc::source::Span;
use jobc::template::value::{Args, Keyword, Text, Value};
use jobc::template::{Ref, Type, Walk, construct};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|parts: (&str, &str, &str)| {
    let (template, first, second) = parts;
    if let Ok(reference) = Ref::parse(first) {
        assert_eq!(Ref::parse(&reference.address()).ok(), Some(reference));
    }
    let text = Value::Str(Text::from(template));
    let Ok(object) = construct(&Type::string(), &Args::of(Span::NONE, vec![text])) else { return };
    let keyword = |name: &str, value: &str| Keyword {
        name: name.into(),
        name_span: Span::NONE,
        value: Value::str(value),
        span: Span::NONE,
    };
    let keyword = vec![keyword("a", first), keyword("b", second)];
    let bindings = Args { span: Span::NONE, positional: Vec::new(), keyword };
    if let Ok(bound) = object.bind(&bindings) {
        let _ = bound.interpolate(&mut Walk::default());
    }
});
