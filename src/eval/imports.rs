//! `import`: the schema's own modules, and the pure modules of the language. A name imported from any other module cannot be used.

use super::ambient;
use super::machine::Machine;
use crate::diagnostics::codes::eval::{NO_SUCH_IMPORT, NOT_IN_MODULE};
use crate::diagnostics::{nearest, quoted_list};
use crate::lints::eval::UNKNOWN_MODULE;
use crate::python::{Module, modules};
use crate::syntax::ast::{Ident, ImportAlias, Name};
use crate::syntax::visit;
use crate::template::value::{Fault, Loaded, Native, Value};

/// Whether a name is that of a module that can be imported.
pub(super) fn is_module(name: &str) -> bool {
    modules::names().any(|known| known == name)
}

impl Machine {
    /// `import a.b as c, d`
    pub(super) fn import(&mut self, names: &[ImportAlias]) -> Result<(), Fault> {
        for import in names {
            let Some(module) = self.module_or_absent(&import.name)? else {
                let name = visit::import_binding(import);
                let module = import.name.clone();
                self.bind_name(&name, Value::native(Absent(module)), import.name.span);
                continue;
            };
            let dotted = &*import.name.name;
            let first = dotted.split('.').next().unwrap_or(dotted);
            let value = match (&import.alias, dotted == first) {
                (Some(_), _) | (None, true) => module,
                (None, false) => package(&mut self.loaded, first, dotted, module),
            };
            self.bind_name(&visit::import_binding(import), value, import.name.span);
        }
        Ok(())
    }

    /// `from module import a as b, c`
    pub(super) fn import_from(
        &mut self,
        module: &Ident,
        names: &[ImportAlias],
        star: bool,
    ) -> Result<(), Fault> {
        if &*module.name == "__future__" {
            return Ok(());
        }
        if let (true, Some(part)) = (star, ambient::part(&module.name)) {
            for name in ambient::names_of(part) {
                self.globals.restore(name);
            }
            return Ok(());
        }
        let value = match star {
            true => Some(import_module(&mut self.loaded, module)?),
            false => self.module_or_absent(module)?,
        };
        let Some(value) = value else {
            for import in names {
                let bound = import.alias.as_ref().unwrap_or(&import.name);
                self.bind_name(&bound.name, Value::native(Absent(module.clone())), bound.span);
            }
            return Ok(());
        };
        if star {
            for (name, value) in public_members(&value) {
                self.bind_name(&Name::from(name), value, module.span);
            }
            return Ok(());
        }
        for import in names {
            let member = match self.attribute(&value, &import.name.name) {
                Ok(member) => member,
                Err(_) => submodule(&mut self.loaded, module, &import.name)
                    .ok_or_else(|| not_in_module(module, &import.name, &value))?,
            };
            let bound = import.alias.as_ref().unwrap_or(&import.name);
            self.bind_name(&bound.name, member, bound.span);
        }
        Ok(())
    }
}

/// The members of a module that do not begin with `_`, sorted.
fn public_members(module: &Value) -> Vec<(&'static str, Value)> {
    let Some(module) = module.downcast::<Module>() else { return Vec::new() };
    let mut members: Vec<(&'static str, Value)> =
        module.members.iter().filter(|(n, _)| !n.starts_with('_')).map(|(n, v)| (*n, v.clone())).collect();
    members.sort_by_key(|(name, _)| *name);
    members
}

fn not_in_module(module: &Ident, name: &Ident, value: &Value) -> Fault {
    let message = format!("the module `{}` has no `{}` here", module.name, name.name);
    let fault = Fault::new("ImportError", &NOT_IN_MODULE, message).at(name.span);
    let members = public_members(value);
    let names = || members.iter().map(|(n, _)| *n);
    match nearest(&name.name, names()) {
        Some(near) => fault.map(|d| d.here(format!("did you mean `{near}`?"))),
        None => fault.help(format!("it has {}", quoted_list(names(), 40))),
    }
}

fn submodule(loaded: &mut Loaded, module: &Ident, name: &Ident) -> Option<Value> {
    let dotted = format!("{}.{}", module.name, name.name);
    ambient::module(&dotted).or_else(|| modules::import(loaded, &dotted))
}

fn import_module(loaded: &mut Loaded, name: &Ident) -> Result<Value, Fault> {
    ambient::module(&name.name)
        .or_else(|| modules::import(loaded, &name.name))
        .ok_or_else(|| no_such_import(name))
}

/// What `import a.b` binds to `a`: a module that holds `b`.
fn package(loaded: &mut Loaded, first: &str, dotted: &str, module: Value) -> Value {
    if let Some(whole) = modules::import(loaded, first).or_else(|| ambient::module(first)) {
        return whole;
    }
    let Some(name) = ambient::module_names().find(|n| *n == dotted) else { return module };
    let parts: Vec<&'static str> = name.split('.').collect();
    parts.windows(2).rev().fold(module, |value, pair| Module::value(pair[0], [(pair[1], value)]))
}

/// A name that an import of a module that is not there has bound.
#[derive(Debug)]
struct Absent(Ident);

impl Native for Absent {
    fn type_name(&self) -> &str {
        "module"
    }
}

/// The refusal to use a module that is not there, if the value stands for one.
pub(super) fn absent(value: &Value) -> Option<Fault> {
    let Absent(module) = value.downcast()?;
    let message = format!("the module `{}` is not in the language", module.name);
    let fault = Fault::new("ImportError", &NO_SUCH_IMPORT, message).help(advice(module));
    Some(fault.map(|d| d.label(module.span, "imported here")))
}

impl Machine {
    /// The module of a dotted name, or `None` after a warning where there is none.
    fn module_or_absent(&mut self, name: &Ident) -> Result<Option<Value>, Fault> {
        let refusal = match import_module(&mut self.loaded, name) {
            Ok(module) => return Ok(Some(module)),
            Err(fault) => fault,
        };
        // `try: import simplejson` asks whether a module is there; those of Python itself are.
        if self.guards > 0 && outside(&name.name).is_none() {
            return Err(refusal);
        }
        self.missing_modules = true;
        let message = format!("the module `{}` is not in the language; nothing may use it", name.name);
        self.warn(&UNKNOWN_MODULE, name.span, message, &advice(name));
        Ok(None)
    }
}

fn no_such_import(name: &Ident) -> Fault {
    let message = format!("the module `{}` is not in the language", name.name);
    Fault::new("ImportError", &NO_SUCH_IMPORT, message).at(name.span).help(advice(name))
}

/// What to write instead of an import.
fn advice(name: &Ident) -> String {
    let module = &*name.name;
    let known = ambient::module_names().chain(modules::names());
    if let Some(words) = outside(module) {
        return words.to_string();
    }
    match nearest(module, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "share code between job files with include('file.aurora')".to_string(),
    }
}

/// What to write instead of a module of Python, or of Aurora, that reaches outside the job files.
fn outside(module: &str) -> Option<&'static str> {
    let words = match module.split('.').next().unwrap_or(module) {
        "platform" => {
            "a job file knows nothing of the machine it is compiled on; give what it needs with --bind or --env"
        }
        "random" | "uuid" | "secrets" => {
            "a job file gives the same result every time; give what should differ with --bind"
        }
        "time" | "datetime" | "calendar" => "a job file knows no clock; give the date with --bind or --env",
        "subprocess" | "socket" | "urllib" | "urllib2" | "requests" | "shutil" | "glob" | "tempfile" => {
            "a job file runs no programs and reads only files, with include() and open(); give what a program would say, such as a version, with --bind or --env"
        }
        "dataclasses" | "attr" | "attrs" | "pydantic" => {
            "make a class from Struct instead: class Name(Struct), with fields such as cpu = Default(Float, 1.0)"
        }
        "apache" | "gen" | "twitter" => "the schema is there without importing it; leave the line out",
        _ => return None,
    };
    Some(words)
}
