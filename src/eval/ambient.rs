//! The names that every file finds without importing them, and the modules they can be imported from.

use std::rc::Rc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::machine::Eval;
use super::pystachio;
use crate::python::Module;
use crate::schema::{self, Global, HelperFn, Member};
use crate::template::value::{Args, Native, Value, Vm};

pub(super) use pystachio::is_struct_base;

thread_local! {
    static NAMES: Rc<FxHashMap<&'static str, Value>> = Rc::new(build());
}

fn build() -> FxHashMap<&'static str, Value> {
    let (pystachio, schema) = (pystachio::names(), schema::globals());
    let mut names = FxHashMap::with_capacity_and_hasher(pystachio.len() + schema.len(), FxBuildHasher);
    names.extend(pystachio);
    for (name, global) in schema {
        let value = match global {
            Global::Value(value) => value,
            Global::Function(function) => Value::native(Helper { name, function }),
            Global::Namespace(members) => namespace(name, members),
        };
        names.insert(name, value);
    }
    names
}

fn namespace(name: &'static str, members: &'static [(&'static str, Member)]) -> Value {
    Module::value(
        name,
        members.iter().map(|(name, member)| {
            let value = match member {
                Member::Function(function) => Value::native(Helper { name, function: *function }),
                Member::Constant(constant) => constant.value(),
            };
            (*name, value)
        }),
    )
}

/// A function of the schema's helper library.
#[derive(Debug)]
struct Helper {
    name: &'static str,
    function: HelperFn,
}

impl Native for Helper {
    fn type_name(&self) -> &str {
        "function"
    }

    fn display(&self) -> String {
        format!("<function {}>", self.name)
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, vm: &mut dyn Vm, args: Args) -> Eval {
        vm.charge(args.positional.len() as u64 + 1)?;
        (self.function)(&args)
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "__name__").then(|| Value::str(self.name))
    }
}

/// The schema's meaning of a name.
pub(super) fn lookup(name: &str) -> Option<Value> {
    NAMES.with(|n| n.get(name).cloned())
}

/// Every name of the schema.
pub(super) fn all_names() -> Vec<&'static str> {
    NAMES.with(|n| n.keys().copied().collect())
}

/// A module that holds a part of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchemaModule {
    /// `pystachio` and its submodules.
    Pystachio,
    /// `apache.thermos.config.schema` and its parts.
    Thermos,
    /// `apache.aurora.config.schema.base`: everything.
    Aurora,
}

/// The names of Thermos's modules that are not Pystachio's.
const THERMOS: &[&str] = &[
    "BYTES",
    "KB",
    "MB",
    "GB",
    "TB",
    "ThermosContext",
    "Resources",
    "Constraint",
    "RotatePolicy",
    "LoggerDestination",
    "LoggerMode",
    "Logger",
    "Process",
    "Task",
    "order",
    "combine_tasks",
    "concat_tasks",
    "java_options",
    "python_options",
    "SequentialTask",
    "SimpleTask",
    "Options",
    "Processes",
    "Tasks",
    "Units",
];

/// The modules of the schema, and the part of it that each holds.
const MODULES: &[(&str, SchemaModule)] = &[
    ("pystachio", SchemaModule::Pystachio),
    ("pystachio.base", SchemaModule::Pystachio),
    ("pystachio.basic", SchemaModule::Pystachio),
    ("pystachio.choice", SchemaModule::Pystachio),
    ("pystachio.composite", SchemaModule::Pystachio),
    ("pystachio.container", SchemaModule::Pystachio),
    ("pystachio.naming", SchemaModule::Pystachio),
    ("pystachio.typing", SchemaModule::Pystachio),
    ("apache.thermos.config.schema", SchemaModule::Thermos),
    ("apache.thermos.config.schema_base", SchemaModule::Thermos),
    ("apache.thermos.config.schema_helpers", SchemaModule::Thermos),
    ("apache.aurora.config.schema.base", SchemaModule::Aurora),
    ("apache.aurora.config.schema", SchemaModule::Aurora),
];

/// The part of the schema that a module holds, if it holds one.
pub(super) fn part(module: &str) -> Option<SchemaModule> {
    MODULES.iter().find(|(name, _)| *name == module).map(|(_, part)| *part)
}

/// The names of the modules, for suggestions.
pub(super) fn module_names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().map(|(name, _)| *name)
}

/// The names that a part of the schema holds.
pub(super) fn names_of(part: SchemaModule) -> Vec<&'static str> {
    let pystachio = || pystachio::names().into_iter().map(|(n, _)| n);
    match part {
        SchemaModule::Pystachio => pystachio().collect(),
        SchemaModule::Thermos => pystachio()
            .filter(|n| !matches!(*n, "Choice" | "Environment"))
            .chain(THERMOS.iter().copied())
            .collect(),
        SchemaModule::Aurora => all_names(),
    }
}

/// A module of the schema as a value: `import pystachio`.
pub(super) fn module(name: &str) -> Option<Value> {
    let (name, part) = MODULES.iter().find(|(n, _)| *n == name)?;
    let members = names_of(*part).into_iter().filter_map(|n| lookup(n).map(|v| (n, v)));
    Some(Module::value(name, members))
}
