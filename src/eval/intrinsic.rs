//! Built-in functions that need the evaluator itself: they run or read files.

use super::machine::{Eval, Machine};
use crate::template::value::{Args, Native, Value};

/// A built-in function that works on the evaluator.
#[derive(Debug)]
pub(super) struct Intrinsic {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub function: fn(&mut Machine, Args) -> Eval,
}

impl Intrinsic {
    /// The function as a value.
    pub(super) fn value(name: &'static str, function: fn(&mut Machine, Args) -> Eval) -> Value {
        Value::native(Intrinsic { name, function })
    }
}

impl Native for Intrinsic {
    fn type_name(&self) -> &str {
        "builtin_function_or_method"
    }

    fn display(&self) -> String {
        format!("<built-in function {}>", self.name)
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        matches!(name, "__name__" | "func_name").then(|| Value::str(self.name))
    }
}
