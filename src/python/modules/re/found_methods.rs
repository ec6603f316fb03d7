//! Matches as values of Python: their methods and attributes.

use std::rc::Rc;

use super::expand::expand;
use super::found::Found;
use super::pattern;
use crate::python::arguments::{Table, builtins};
use crate::template::value::{Dict, Fault, Native, Text, Value, Vm};

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
