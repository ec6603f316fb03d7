//! Built-in functions of Python that a job file cannot have, with the reason.

use crate::diagnostics::codes::eval::NOT_AVAILABLE;
use crate::template::value::{Args, Fault, Native, Value, Vm};

const REFUSED: &[(&str, &str, &str)] = &[
    ("id", "it gives a memory address, which differs from run to run", "compare objects with `is`"),
    (
        "hash",
        "its result differs between Python versions and machines",
        "use hashlib, as in hashlib.md5(text).hexdigest()",
    ),
    ("input", "a job file is compiled without anybody to ask", "pass the value with --bind name=value"),
    ("raw_input", "a job file is compiled without anybody to ask", "pass the value with --bind name=value"),
    (
        "eval",
        "code made from text cannot be checked",
        "write the expression itself, or read data with json.loads(...)",
    ),
    ("exec", "code made from text cannot be checked", "put the code in a file of its own and include() it"),
    ("execfile", "it runs a file outside the compiler's sight", "use include('file.aurora')"),
    (
        "compile",
        "code made from text cannot be checked",
        "put the code in a file of its own and include() it",
    ),
    ("__import__", "imports must be visible in the file", "write an import statement"),
    ("reload", "modules do not change while a file is compiled", "leave it out"),
    ("dir", "names are not looked up by text", "use hasattr(value, 'name')"),
    ("setattr", "objects do not change", "make a new object by calling it: object(field=value)"),
    ("delattr", "objects do not change", "make a new object by calling it: object(field=value)"),
    ("memoryview", "there are no bytes in the language", "work with text"),
    ("bytearray", "there are no bytes in the language", "work with text"),
    ("complex", "there are no complex numbers in the language", "work with two floats"),
    ("property", "an attribute never runs a function", "write a method and call it"),
    ("staticmethod", "every function of a class is a method", "write a function outside the class"),
    ("classmethod", "every function of a class is a method", "write a function outside the class"),
    ("exit", "a job file cannot end the compiler", "write raise ValueError('why')"),
    ("quit", "a job file cannot end the compiler", "write raise ValueError('why')"),
    ("breakpoint", "there is no debugger", "leave it out"),
    ("help", "there is nobody to read it", "leave it out"),
];

#[derive(Debug)]
struct Refused {
    name: &'static str,
    why: &'static str,
    instead: &'static str,
}

impl Native for Refused {
    fn type_name(&self) -> &str {
        "builtin_function_or_method"
    }

    fn display(&self) -> String {
        format!("<built-in function {}>", self.name)
    }

    fn call(&self, _: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        let message = format!("{}() is not available: {}", self.name, self.why);
        Err(Fault::new("NameError", &NOT_AVAILABLE, message).at(args.span).help(self.instead))
    }

    fn is_callable(&self) -> bool {
        true
    }
}

/// A rejected function of a module.
pub(super) fn refused(name: &'static str, why: &'static str, instead: &'static str) -> Value {
    Value::native(Refused { name, why, instead })
}

/// The rejected functions as values; the refusal comes with the call.
pub(super) fn all() -> Vec<(&'static str, Value)> {
    REFUSED.iter().map(|(name, why, instead)| (*name, refused(name, why, instead))).collect()
}
