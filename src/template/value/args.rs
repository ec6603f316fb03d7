//! The arguments of a call, with their places.

use std::rc::Rc;

use super::Value;
use crate::source::Span;

/// The arguments of one call, `*` and `**` already spread out.
#[derive(Debug, Clone)]
pub struct Args {
    /// The whole call.
    pub span: Span,
    /// Positional arguments, each with its place.
    pub positional: Vec<(Value, Span)>,
    /// Keyword arguments in written order.
    pub keyword: Vec<Keyword>,
}

/// One keyword argument.
#[derive(Debug, Clone)]
pub struct Keyword {
    /// The name.
    pub name: Rc<str>,
    /// Where the name is written.
    pub name_span: Span,
    /// The value.
    pub value: Value,
    /// Where the value is written.
    pub span: Span,
}

impl Args {
    /// No arguments.
    pub fn none(span: Span) -> Args {
        Args { span, positional: Vec::new(), keyword: Vec::new() }
    }

    /// Positional arguments only, all at the call's place.
    pub fn of(span: Span, values: Vec<Value>) -> Args {
        Args { span, positional: values.into_iter().map(|v| (v, span)).collect(), keyword: Vec::new() }
    }
}
