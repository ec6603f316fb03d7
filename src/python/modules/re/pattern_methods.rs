//! Compiled patterns as values of Python: their methods and attributes.

use std::rc::Rc;

use super::pattern::{Anchor, Compiled};
use super::replace::replace;
use super::search::{findall, finditer, once, split};
use crate::python::arguments::{Table, builtins};
use crate::template::value::{Native, Value};

const METHODS: Table = builtins![
    search(self, string, pos = 0, endpos = None) Metered => |vm, pattern: Rc<Compiled>, text, from, to| {
        once(vm, &pattern.0, text, from, to, Anchor::Anywhere)
    },
    match(self, string, pos = 0, endpos = None) Metered => |vm, pattern: Rc<Compiled>, text, from, to| {
        once(vm, &pattern.0, text, from, to, Anchor::Start)
    },
    fullmatch(self, string, pos = 0, endpos = None) Metered => |vm, pattern: Rc<Compiled>, text, from, to| {
        once(vm, &pattern.0, text, from, to, Anchor::Whole)
    },
    findall(self, string, pos = 0, endpos = None) Metered => |vm, pattern: Rc<Compiled>, text, from, to| {
        findall(vm, &pattern.0, text, from, to)
    },
    finditer(self, string, pos = 0, endpos = None) Metered => |vm, pattern: Rc<Compiled>, text, from, to| {
        finditer(vm, &pattern.0, text, from, to)
    },
    split(self, string, maxsplit = 0) Metered => |vm, pattern: Rc<Compiled>, text, most| {
        split(vm, &pattern.0, text, most)
    },
    sub(@, self, repl, string, count = 0) Metered => |vm, span, pattern: Rc<Compiled>, new, text, most| {
        replace(vm, span, "sub", &pattern.0, new, text, most).map(|(text, _)| text)
    },
    subn(@, self, repl, string, count = 0) Metered => |vm, span, pattern: Rc<Compiled>, new, text, most| {
        replace(vm, span, "subn", &pattern.0, new, text, most).map(|(text, count)| Value::tuple(vec![text, count]))
    },
];

impl Native for Compiled {
    fn type_name(&self) -> &str {
        "SRE_Pattern"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "pattern" => Some(Value::Str(self.0.source.clone())),
            "flags" => Some(Value::Int(self.0.flags)),
            "groups" => Some(Value::Int(self.0.groups() as i64)),
            "groupindex" => Some(Value::dict(self.0.group_index())),
            _ => None,
        }
    }

    fn methods(&self) -> Table {
        METHODS
    }

    fn names(&self) -> Vec<&str> {
        vec!["pattern", "flags", "groups"]
    }
}
