//! Matches: where a pattern and its groups are in a string.

use std::ops::Range;
use std::rc::Rc;

use super::pattern::Pattern;
use crate::python::params::a;
use crate::template::value::{Fault, Text, Value};

/// A match: where the groups are in the text.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) pattern: Rc<Pattern>,
    pub(super) subject: Text,
    /// The byte ranges of the whole match and its groups; `None` for groups that took no part.
    pub(super) spans: Vec<Option<Range<usize>>>,
}

impl Found {
    /// The byte range of the whole match.
    pub(super) fn whole(&self) -> Range<usize> {
        self.spans.first().cloned().flatten().unwrap_or(0..0)
    }

    /// The text of a group.
    pub(super) fn group(&self, index: usize) -> Option<Text> {
        self.spans.get(index)?.clone().map(|range| self.subject.slice(range))
    }

    /// The group of a number or name.
    pub(super) fn index(&self, group: &Value) -> Result<usize, Fault> {
        let found = match group {
            Value::Str(name) => self.pattern.names().find(|(_, n)| *n == name.as_str()).map(|(i, _)| i),
            other => match other.as_i64() {
                Some(number) => usize::try_from(number).ok().filter(|n| *n < self.spans.len()),
                None => {
                    return Err(Fault::type_error(format!(
                        "a group is a number or a name, not {}",
                        a(other)
                    )));
                }
            },
        };
        found.ok_or_else(|| {
            let message = format!("the pattern has no group {}", group.repr());
            Fault::index_error(message).help(match self.pattern.groups() {
                0 => "it has no groups; put parentheses around the part that is wanted".to_string(),
                1 => "it has one group".to_string(),
                n => format!("it has {n} groups"),
            })
        })
    }

    /// The position of a byte, in characters.
    pub(super) fn position(&self, byte: usize) -> i64 {
        self.subject.as_str()[..byte].chars().count() as i64
    }

    /// Where a group starts and ends, in characters; -1 where it took no part.
    pub(super) fn place(&self, group: Option<Value>) -> Result<(i64, i64), Fault> {
        let index = group.map_or(Ok(0), |group| self.index(&group))?;
        let place = self.spans[index].as_ref();
        Ok(place.map_or((-1, -1), |range| (self.position(range.start), self.position(range.end))))
    }

    /// The text of a group, or the default where it took no part.
    pub(super) fn value_of(&self, index: usize, default: &Value) -> Value {
        self.group(index).map_or_else(|| default.clone(), Value::Str)
    }
}

/// A match as a value.
pub(super) fn value(found: Found) -> Value {
    Value::native(found)
}
