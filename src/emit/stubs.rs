//! The schema as a Python stub, so that editors for Python know what job files find.

use std::io::{self, Write};

use crate::schema::spec::{EnumSpec, FieldSpec, StructSpec, TypeSpec};
use crate::schema::{Global, Member, enum_specs, globals, struct_specs};
use crate::template::value::Value;

/// Names of Pystachio, which make types.
const PYSTACHIO: &str = "\
class Struct(_Object): ...
class String(_Object): ...
class Integer(_Object): ...
class Float(_Object): ...
class Boolean(_Object): ...
class Map(_Object): ...
class List(_Object): ...
class Empty: ...

def Required(ty: Any) -> Any: ...
def Default(ty: Any, value: Any) -> Any: ...
def Enum(*args: Any) -> Any: ...
def Choice(*args: Any) -> Any: ...
def include(fn: str) -> None: ...

class Ref:
    @staticmethod
    def from_address(address: str) -> Ref: ...
";

/// What every template object can do.
const OBJECT: &str = "\
# Made by `jobc stubs`: what job files find, for editors that know Python.
from typing import Any, Mapping, Sequence, Union
from typing_extensions import Self

class _Object:
    def __init__(self, *args: Any, **fields: Any) -> None: ...
    def __call__(self, *args: Any, **fields: Any) -> Self: ...
    def bind(self, *args: Any, **names: Any) -> Self: ...
    def check(self) -> Any: ...
    def get(self) -> Any: ...
    def interpolate(self) -> Any: ...
    def json_dumps(self) -> str: ...

";

/// Writes the stub: a `__builtins__.pyi`, as Pyright looks for it.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{OBJECT}{PYSTACHIO}")?;
    enum_specs().try_for_each(|spec| enumeration(spec, out))?;
    struct_specs().try_for_each(|spec| structure(spec, out))?;
    writeln!(out, "\nJob = MesosJob\n")?;
    globals().iter().try_for_each(|(name, global)| other(name, global, out))
}

/// The settings of ruff for job files: which files they are, and which names they find.
///
/// # Errors
/// When the writer fails.
pub fn write_ruff(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Made by `jobc stubs`: job files for ruff.")?;
    writeln!(out, "extend-include = [\"*.aurora\", \"*.aur\"]")?;
    writeln!(out, "builtins = [")?;
    let pystachio = PYSTACHIO.lines().filter_map(|line| {
        let declared = line.strip_prefix("class ").or_else(|| line.strip_prefix("def "))?;
        declared.split(['(', ':']).next()
    });
    let known = globals();
    for name in pystachio.chain(known.iter().map(|(name, _)| *name)) {
        writeln!(out, "  \"{name}\",")?;
    }
    writeln!(out, "]\n\n[lint.per-file-ignores]\n# Each of these is how job files are written.")?;
    writeln!(out, "\"*.aurora\" = [\"F403\", \"F405\", \"F821\"]")
}

fn enumeration(spec: &EnumSpec, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nclass {}(_Object):\n    \"\"\"{}\"\"\"", spec.name, spec.doc)
}

fn structure(spec: &StructSpec, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nclass {}(Struct):\n    \"\"\"{}\"\"\"", spec.name, spec.doc)?;
    for (method, gives) in [("__init__", "None"), ("__call__", "Self")] {
        writeln!(out, "    def {method}(")?;
        writeln!(out, "        self,\n        *args: Any,")?;
        spec.fields.iter().try_for_each(|field| parameter(field, out))?;
        writeln!(out, "    ) -> {gives}:")?;
        writeln!(out, "        \"\"\"")?;
        for field in spec.fields {
            writeln!(out, "        {}: {}", field.name, field.doc)?;
        }
        writeln!(out, "        \"\"\"")?;
    }
    for field in spec.fields {
        writeln!(out, "    def {}(self) -> Any: ...", field.name)?;
    }
    Ok(())
}

/// A field; it may be given later, too, so that none must be given.
fn parameter(field: &FieldSpec, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "        {}: {} = ...,", field.name, ty(&field.ty))
}

/// What a field takes: any template in place of a value.
fn ty(spec: &TypeSpec) -> String {
    let inner = match spec {
        TypeSpec::String => return "Union[str, String]".to_string(),
        TypeSpec::Integer => "int, Integer".to_string(),
        TypeSpec::Float => "float, Float".to_string(),
        TypeSpec::Boolean => "bool, Boolean".to_string(),
        TypeSpec::Any => return "Any".to_string(),
        TypeSpec::Named(name) => format!("{name}, Mapping[str, Any]"),
        TypeSpec::List(_) => "Sequence[Any], List".to_string(),
        TypeSpec::StringMap | TypeSpec::IntegerMap => "Mapping[str, Any], Map".to_string(),
        TypeSpec::Choice(names) => format!("{}, Mapping[str, Any]", names.join(", ")),
    };
    format!("Union[{inner}, str]")
}

/// A name that is neither a struct nor an enum.
fn other(name: &str, global: &Global, out: &mut dyn Write) -> io::Result<()> {
    match global {
        Global::Value(Value::Type(_)) => Ok(()),
        Global::Value(Value::Object(object)) => writeln!(out, "{name}: {}", declared(object.ty().name())),
        Global::Value(Value::Int(_)) => writeln!(out, "{name}: int"),
        Global::Value(_) => writeln!(out, "{name}: str"),
        Global::Function(_) => writeln!(out, "def {name}(*args: Any, **options: Any) -> Any: ..."),
        Global::Namespace(members) => {
            writeln!(out, "class {name}:")?;
            members.iter().try_for_each(|(member, kind)| match kind {
                Member::Function(_) => {
                    writeln!(
                        out,
                        "    @staticmethod\n    def {member}(*args: Any, **options: Any) -> Any: ..."
                    )
                }
                Member::Constant(_) => writeln!(out, "    {member}: float"),
            })
        }
    }
}

/// The class of an object with a name of its own.
fn declared(ty: &str) -> &str {
    match struct_specs().any(|spec| spec.name == ty) {
        true => ty,
        false => "MesosJob",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: fn(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_name_of_the_schema_is_declared() {
        let (stub, ruff) = (written(super::write), written(write_ruff));
        for (name, _) in globals() {
            let declared = [
                format!("class {name}"),
                format!("def {name}("),
                format!("\n{name}: "),
                format!("\n{name} = "),
            ];
            assert!(declared.iter().any(|line| stub.contains(line)), "{name}");
            assert!(ruff.contains(&format!("\"{name}\"")), "{name}");
        }
    }
}
