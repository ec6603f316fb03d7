//! `raw`: strings with braces for other programs (an extension of jobc).

use crate::template::value::{Args, Fault, Value};

/// `raw('{{.Name}}')`: the string, in which braces are no references.
pub(super) fn raw(args: &Args) -> Result<Value, Fault> {
    match (args.positional.as_slice(), args.keyword.is_empty()) {
        ([(Value::Str(text), place)], true) => Ok(Value::Str(text.raw(*place))),
        ([(other, place)], true) => {
            let message = format!("raw() takes a string, not a {}", other.type_name());
            Err(Fault::bad_call(message).at(*place))
        }
        _ => Err(Fault::bad_call("raw() takes one string")),
    }
}
