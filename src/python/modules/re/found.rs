//! Matches as values.

use std::ops::Range;
use std::rc::Rc;

use super::pattern::{self, Pattern};
use super::replace::expand;
use crate::python::arguments::{Table, builtins};
use crate::python::params::a;
use crate::template::value::{Dict, Fault, Native, Text, Value, Vm};

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
    fn position(&self, byte: usize) -> i64 {
        self.subject.as_str()[..byte].chars().count() as i64
    }

    /// Where a group starts and ends, in characters; -1 where it took no part.
    fn place(&self, group: Option<Value>) -> Result<(i64, i64), Fault> {
        let index = group.map_or(Ok(0), |group| self.index(&group))?;
        let place = self.spans[index].as_ref();
        Ok(place.map_or((-1, -1), |range| (self.position(range.start), self.position(range.end))))
    }

    fn value_of(&self, index: usize, default: &Value) -> Value {
        self.group(index).map_or_else(|| default.clone(), Value::Str)
    }
}

/// A match as a value.
pub(super) fn value(found: Found) -> Value {
    Value::native(found)
}

const METHODS: Table = builtins![
    group(self, *groups) Metered => group,
    groups(self, default = None) Metered => |_, found: Rc<Found>, default: Option<Value>| {
        let default = default.unwrap_or(Value::None);
        Ok(Value::tuple((1..found.spans.len()).map(|i| found.value_of(i, &default)).collect()))
    },
    groupdict(self, default = None) Metered => groupdict,
    start(self, group = 0) Metered => |_, found: Rc<Found>, group| Ok(Value::Int(found.place(group)?.0)),
    end(self, group = 0) Metered => |_, found: Rc<Found>, group| Ok(Value::Int(found.place(group)?.1)),
    span(self, group = 0) Metered => |_, found: Rc<Found>, group| {
        let (start, end) = found.place(group)?;
        Ok(Value::tuple(vec![Value::Int(start), Value::Int(end)]))
    },
    expand(self, template) Metered => |vm, found: Rc<Found>, template: Text| {
        expand(vm, &found, &template).map(Value::Str)
    },
];

fn group(_: &mut dyn Vm, found: Rc<Found>, wanted: Vec<Value>) -> Result<Value, Fault> {
    let mut values = Vec::with_capacity(wanted.len().max(1));
    for each in &wanted {
        values.push(found.value_of(found.index(each)?, &Value::None));
    }
    Ok(match values.len() {
        0 => found.value_of(0, &Value::None),
        1 => values.swap_remove(0),
        _ => Value::tuple(values),
    })
}

fn groupdict(_: &mut dyn Vm, found: Rc<Found>, default: Option<Value>) -> Result<Value, Fault> {
    let default = default.unwrap_or(Value::None);
    let mut dict = Dict::new();
    for (name, entry) in found.pattern.group_index().entries() {
        let index = entry.value.as_i64().and_then(|i| usize::try_from(i).ok()).unwrap_or(0);
        dict.insert(name.clone(), found.value_of(index, &default));
    }
    Ok(Value::dict(dict))
}

impl Native for Found {
    fn type_name(&self) -> &str {
        "SRE_Match"
    }

    fn get_item(&self, _: &mut dyn Vm, index: &Value) -> Option<Result<Value, Fault>> {
        Some(self.index(index).map(|i| self.value_of(i, &Value::None)))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        let last = || {
            (1..self.spans.len())
                .filter(|i| self.spans[*i].is_some())
                .max_by_key(|i| self.spans[*i].clone().map(|r| (r.end, usize::MAX - i)))
        };
        match name {
            "string" => Some(Value::Str(self.subject.clone())),
            "re" => Some(pattern::value(&self.pattern)),
            "pos" => Some(Value::Int(0)),
            "endpos" => Some(Value::Int(self.position(self.subject.as_str().len()))),
            "lastindex" => Some(last().map_or(Value::None, |i| Value::Int(i as i64))),
            "lastgroup" => {
                let name = last().and_then(|i| self.pattern.names().find(|(n, _)| *n == i));
                Some(name.map_or(Value::None, |(_, n)| Value::str(n)))
            }
            _ => None,
        }
    }

    fn methods(&self) -> Table {
        METHODS
    }

    fn names(&self) -> Vec<&str> {
        vec!["string", "re", "lastindex", "lastgroup"]
    }
}
