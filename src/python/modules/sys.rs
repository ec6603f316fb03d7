//! `sys`, of which job files use the streams that they print to and the version of Python.

use super::Members;
use crate::python::arguments::{Table, builtins};
use crate::template::value::{Native, Text, Value};

/// The members of `sys`. The version is that of the last Python 2, which the stock client runs on.
pub(super) fn members() -> Members {
    let version = [Value::Int(2), Value::Int(7), Value::Int(18), Value::str("final"), Value::Int(0)];
    vec![
        ("stderr", Value::native(Stream("stderr"))),
        ("stdout", Value::native(Stream("stdout"))),
        ("version_info", Value::tuple(version.to_vec())),
        ("maxint", Value::Int(i64::MAX)),
    ]
}

/// A stream that can be written to; nothing is printed.
#[derive(Debug)]
struct Stream(&'static str);

impl Native for Stream {
    fn type_name(&self) -> &str {
        "file"
    }

    fn display(&self) -> String {
        format!("<open file '<{}>', mode 'w'>", self.0)
    }

    fn methods(&self) -> Table {
        builtins![
            write(self, text) Constant => |_, _: Value, _: Text| Ok(Value::None),
            flush(self) Constant => |_, _: Value| Ok(Value::None),
        ]
    }
}
