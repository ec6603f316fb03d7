//! The pure modules, under their Python names.
//!
//! | question | file |
//! |---|---|
//! | `os`, `os.path`, `getpass` | `os.rs`, `os_path.rs`, `environ.rs` |
//! | `json` | `json.rs`, `json_write.rs`, `json_read.rs` |
//! | `re` | `re/` |
//! | `hashlib`, `base64` | `hashlib.rs`, `base64.rs` |
//! | `pipes`, `sys` | `pipes.rs`, `sys.rs` |
//! | `textwrap` | `textwrap.rs` |
//! | `string` | `string.rs` |
//! | `math` | `math.rs` |
//! | `itertools`, `functools` | `itertools.rs`, `combinatorics.rs`, `functools.rs` |
//! | `collections` | `collections.rs`, `namedtuple.rs`, `deque.rs` |
//! | `copy`, `operator` | `copy.rs`, `operator.rs` |

mod base64;
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
mod pipes;
mod re;
mod string;
mod sys;
mod textwrap;

use super::arguments::Table;
use super::{Function, Module};
use crate::template::value::{Loaded, Value};

/// The members of a module.
type Members = Vec<(&'static str, Value)>;

/// What gives the members of a module.
type MembersOf = fn(&mut Loaded) -> Members;

const MODULES: &[(&str, MembersOf)] = &[
    ("base64", |_| base64::members()),
    ("collections", |_| collections::members()),
    ("copy", |_| copy::members()),
    ("functools", |_| functools::members()),
    ("getpass", |_| os::getpass_members()),
    ("hashlib", |_| hashlib::members()),
    ("itertools", |_| itertools::members()),
    ("json", |_| json::members()),
    ("math", |_| math::members()),
    ("operator", |_| operator::members()),
    ("os", os::members),
    ("os.path", |_| os_path::members()),
    ("pipes", |_| pipes::members()),
    ("posixpath", |_| os_path::members()),
    ("re", |_| re::members()),
    ("string", |_| string::members()),
    ("sys", |_| sys::members()),
    ("textwrap", |_| textwrap::members()),
];

/// The module of a dotted name.
pub fn import(loaded: &mut Loaded, name: &str) -> Option<Value> {
    if let Some(module) = loaded.modules.get(name) {
        return Some(module.clone());
    }
    let (name, members) = MODULES.iter().find(|(n, _)| *n == name)?;
    let module = Module::value(name, members(loaded));
    loaded.modules.insert(name, module.clone());
    Some(module)
}

/// The names of the modules, for suggestions.
pub fn names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().map(|(name, _)| *name)
}

fn functions(table: Table) -> Members {
    table.iter().map(|builtin| (builtin.name, Function::value(builtin))).collect()
}
