//! The names that every file finds: Aurora's, Thermos's and the executor types, constants, and the helper library.
//!
//! | question | file |
//! |---|---|
//! | how types are written down | `spec.rs` |
//! | which fields a type has | `thermos.rs`, `aurora.rs`, `executors.rs` |
//! | how data becomes types | `build.rs` |
//! | `order`, `SequentialTask` and the like | `helpers/` |

mod aurora;
mod build;
mod executors;
mod helpers;
pub mod spec;
mod thermos;

use crate::template::value::{Args, Fault, Value};

pub use build::{struct_type, with_schema};

/// A helper function of the schema. Faults without a place get that of the call.
pub type HelperFn = fn(&Args) -> Result<Value, Fault>;

/// A name that every file finds.
#[derive(Debug, Clone)]
pub enum Global {
    /// A type, an object or a constant.
    Value(Value),
    /// A helper function.
    Function(HelperFn),
    /// A class of helper functions, such as `Tasks`.
    Namespace(&'static [(&'static str, Member)]),
}

/// A member of a class of helpers.
#[derive(Debug, Clone, Copy)]
pub enum Member {
    /// A function.
    Function(HelperFn),
    /// A number.
    Constant(Constant),
}

/// A number of a class of helpers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Constant {
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
}

impl Constant {
    /// The number as a value.
    pub fn value(self) -> Value {
        match self {
            Constant::Int(n) => Value::Int(n),
            Constant::Float(x) => Value::Float(x),
        }
    }
}

/// Bytes in the units that files use.
const UNITS: [(&str, i64); 5] =
    [("BYTES", 1), ("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30), ("TB", 1 << 40)];

/// Every name of the schema, with what it stands for.
pub fn globals() -> Vec<(&'static str, Global)> {
    let mut all: Vec<(&'static str, Global)> = with_schema(|s| {
        let types = s.types().map(|(name, ty)| (name, Value::Type(ty.clone())));
        let objects = s.objects().map(|(name, object)| (name, Value::Object(object.clone())));
        types.chain(objects).map(|(name, value)| (name, Global::Value(value))).collect()
    });
    all.extend(UNITS.map(|(name, n)| (name, Global::Value(Value::Int(n)))));
    all.push(("AURORA_EXECUTOR_NAME", Global::Value(Value::str("AuroraExecutor"))));
    all.extend(helpers::FUNCTIONS.iter().map(|(name, f)| (*name, Global::Function(*f))));
    all.extend(helpers::NAMESPACES.iter().map(|(name, m)| (*name, Global::Namespace(m))));
    all
}

/// Every struct type as it is written down, for documentation.
pub fn struct_specs() -> impl Iterator<Item = &'static spec::StructSpec> {
    thermos::STRUCTS.iter().chain(aurora::STRUCTS).chain(executors::STRUCTS)
}

/// Every enum type as it is written down, for documentation.
pub fn enum_specs() -> impl Iterator<Item = &'static spec::EnumSpec> {
    thermos::ENUMS.iter().chain(aurora::ENUMS).chain(executors::ENUMS)
}
