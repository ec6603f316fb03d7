//! `java_options` and `python_options`: command-line options from values.

use crate::template::value::{Args, Fault, Value};

/// `java_options('a', b=1)`: `-a -b 1`.
pub(super) fn java(args: &Args) -> Result<Value, Fault> {
    render_all("-", "-", args)
}

/// `python_options('a', 'boo', foo='x')`: `-a --boo --foo x`.
pub(super) fn python(args: &Args) -> Result<Value, Fault> {
    render_all("-", "--", args)
}

fn render_all(short: &str, long: &str, args: &Args) -> Result<Value, Fault> {
    let mut out: Vec<String> = Vec::new();
    for (option, span) in &args.positional {
        match option {
            Value::Str(text) => out.push(render(short, long, text.as_str(), None)),
            Value::Dict(dict) => {
                out.extend(
                    dict.borrow().iter().map(|(k, e)| render(short, long, &k.to_text(), Some(&e.value))),
                );
            }
            other => {
                let message = format!("an option is text or a dict of options, not a {}", other.type_name());
                return Err(Fault::value_error(message).at(*span));
            }
        }
    }
    out.extend(args.keyword.iter().map(|k| render(short, long, &k.name, Some(&k.value))));
    Ok(Value::str(out.join(" ")))
}

/// One option; a value that counts as false is left out.
fn render(short: &str, long: &str, name: &str, value: Option<&Value>) -> String {
    let prefix = if name.chars().count() == 1 { short } else { long };
    match value.filter(|v| v.truthy()) {
        Some(value) => format!("{prefix}{name} {}", value.to_text()),
        None => format!("{prefix}{name}"),
    }
}
