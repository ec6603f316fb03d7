//! The pure modules, under their Python names.
//!
//! | question | file |
//! |---|---|
//! | `os`, `os.path`, `getpass` | `os.rs`, `os_path.rs`, `environ.rs` |
//! | `json` | `json.rs`, `json_write.rs`, `json_read.rs` |
//! | `re` | `re/` |
//! | `hashlib` | `hashlib.rs` |
//! | `textwrap` | `textwrap.rs` |
//! | `string` | `string.rs` |
//! | `math` | `math.rs` |
//! | `itertools`, `functools` | `itertools.rs`, `combinatorics.rs`, `functools.rs` |
//! | `collections` | `collections.rs`, `namedtuple.rs`, `deque.rs` |
//! | `copy`, `operator` | `copy.rs`, `operator.rs` |

mod collections;
mod combinatorics;
mod copy;
mod deque;
mod environ;
mod functools;
mod hashlib;
mod itertools;
mod json;
mod json_read;
mod json_write;
mod math;
mod namedtuple;
mod operator;
mod os;
mod os_path;
mod re;
mod string;
mod textwrap;

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::{Builtin, Module};
use crate::template::value::{BuiltinFn, Value};

/// Functions with their names.
type Table = &'static [(&'static str, BuiltinFn)];

/// The members of a module.
type Members = Vec<(&'static str, Value)>;

/// What gives the members of a module.
type MembersOf = fn() -> Members;

const MODULES: &[(&str, MembersOf)] = &[
    ("collections", collections::members),
    ("copy", copy::members),
    ("functools", functools::members),
    ("getpass", os::getpass_members),
    ("hashlib", hashlib::members),
    ("itertools", itertools::members),
    ("json", json::members),
    ("math", math::members),
    ("operator", operator::members),
    ("os", os::members),
    ("os.path", os_path::members),
    ("posixpath", os_path::members),
    ("re", re::members),
    ("string", string::members),
    ("textwrap", textwrap::members),
];

thread_local! {
    /// The modules imported so far, so that each is one value.
    static LOADED: RefCell<FxHashMap<&'static str, Value>> = RefCell::default();
}

/// The module of a dotted name.
pub fn import(name: &str) -> Option<Value> {
    if let Some(module) = LOADED.with(|l| l.borrow().get(name).cloned()) {
        return Some(module);
    }
    let (name, members) = MODULES.iter().find(|(n, _)| *n == name)?;
    let module = Module::value(name, members());
    LOADED.with(|l| l.borrow_mut().insert(name, module.clone()));
    Some(module)
}

/// The names of the modules, for suggestions.
pub fn names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().map(|(name, _)| *name)
}

fn functions(table: Table) -> Members {
    table.iter().map(|(name, function)| (*name, Builtin::value(name, *function))).collect()
}
