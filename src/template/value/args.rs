//! The arguments of a call, with their places.

use std::rc::Rc;

use super::table::Table;
use super::{Key, Value};
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
    /// How many of the keywords, the last ones, come from a dict after `**`; `None` for a call without `*` and `**`,
    /// which CPython makes in a simpler way.
    pub spread: Option<usize>,
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
        Args { span, positional: Vec::new(), keyword: Vec::new(), spread: None }
    }

    /// Positional arguments only, all at the call's place.
    pub fn of(span: Span, values: Vec<Value>) -> Args {
        Args { positional: values.into_iter().map(|v| (v, span)).collect(), ..Args::none(span) }
    }

    /// The keywords in the order in which they are added to the `**kw` of a function.
    pub fn into_function_keywords(self) -> Vec<Keyword> {
        if self.spread.is_some() { self.into_builtin_keywords() } else { self.keyword }
    }

    /// The items of the dict that a function gets as `**kw`, in its order.
    pub fn into_kw_items(self) -> Vec<Keyword> {
        let mut keywords = Keywords::default();
        self.into_function_keywords().into_iter().for_each(|keyword| keywords.add(keyword));
        keywords.into_ordered()
    }

    /// The arguments as `__init__` of a class that is written in Python hands them on to another method.
    #[must_use]
    pub fn through_init(mut self) -> Args {
        let positional = std::mem::take(&mut self.positional);
        let span = self.span;
        let keyword = self.into_builtin_keywords();
        let init = Args { spread: Some(keyword.len()), keyword, ..Args::none(span) };
        let keyword = init.into_kw_items();
        Args { span, positional, spread: Some(keyword.len()), keyword }
    }

    /// The arguments of a `functools.partial` followed by those of its call, which replace keywords given before.
    #[must_use]
    pub fn followed_by(mut self, call: Args) -> Args {
        let span = call.span;
        let mut positional = std::mem::take(&mut self.positional);
        positional.extend(call.positional.iter().cloned());
        let call = call.into_builtin_keywords();
        if self.keyword.is_empty() {
            return Args { span, positional, spread: Some(call.len()), keyword: call };
        }
        let mut keywords = Keywords::default();
        // `partial` keeps a copy of the dict it gets, and each call begins with a copy of that.
        keywords.merge(self.into_builtin_keywords());
        let mut keywords = keywords.again();
        keywords.merge(call);
        let keyword = keywords.into_ordered();
        Args { span, positional, spread: Some(keyword.len()), keyword }
    }

    /// The keywords in the order of the dict that CPython makes of them for a built-in function: a copy of the dict
    /// after `**`, to which the written ones are added from last to first.
    pub fn into_builtin_keywords(self) -> Vec<Keyword> {
        let written = self.keyword.len().saturating_sub(self.spread.unwrap_or(0));
        if written == 0 || self.keyword.len() == 1 {
            return self.keyword;
        }
        let mut given = self.keyword;
        let spread = given.split_off(written);
        let mut keywords = Keywords::default();
        keywords.merge(spread);
        given.into_iter().rev().for_each(|keyword| keywords.add(keyword));
        keywords.into_ordered()
    }
}

/// A dict of keywords, whose order is wanted.
#[derive(Default)]
struct Keywords {
    table: Table<Keyword>,
}

impl Keywords {
    fn add(&mut self, keyword: Keyword) {
        self.table.add(Key::text(&keyword.name), keyword);
    }

    /// Adds what a dict with these entries holds.
    fn merge(&mut self, keywords: Vec<Keyword>) {
        self.table.room(keywords.len());
        for keyword in keywords {
            self.table.put(Key::text(&keyword.name), keyword);
        }
    }

    /// A copy of the dict.
    fn again(&self) -> Keywords {
        let mut copy = Keywords::default();
        copy.table.merge(&self.table);
        copy
    }

    fn into_ordered(self) -> Vec<Keyword> {
        let mut cursor = 0;
        std::iter::from_fn(|| self.table.next_by_slot(&mut cursor).map(|(_, k)| k.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(names: &[&str], spread: Option<usize>) -> Args {
        let keyword = |name: &&str| Keyword {
            name: Rc::from(*name),
            name_span: Span::NONE,
            value: Value::None,
            span: Span::NONE,
        };
        Args { keyword: names.iter().map(keyword).collect(), spread, ..Args::none(Span::NONE) }
    }

    fn names(keywords: Vec<Keyword>) -> String {
        keywords.iter().map(|k| &*k.name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_plain_call_keeps_the_written_order_and_others_that_of_a_dict() {
        // What CPython 2.7.18 gives: `def f(**kw)` called directly, with `*()`, with `**d`, and `dict(...)`.
        let written = ["kill", "q", "host", "i", "y", "a"];
        assert_eq!(names(call(&written, None).into_function_keywords()), "kill q host i y a");
    }
}
