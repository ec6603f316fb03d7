//! `java_options` and `python_options`: command-line options from values.

use crate::source::Span;
use crate::template::value::{Args, Fault, Value};

/// `java_options('a', b=1)`: `-a -b 1`.
pub(super) fn java(args: &Args) -> Result<Value, Fault> {
    render_all("-", "-", &handed_on(args))
}

/// `python_options('a', 'boo', foo='x')`: `-a --boo --foo x`.
pub(super) fn python(args: &Args) -> Result<Value, Fault> {
    render_all("-", "--", &handed_on(args))
}

/// `Options.render_option('-', '--', 'name', value)`: one option.
pub(super) fn render_option(args: &Args) -> Result<Value, Fault> {
    let [short, long, rest @ ..] = args.positional.as_slice() else { return Err(no_prefixes()) };
    let keyword = |name: &str| args.keyword.iter().find(|k| &*k.name == name).map(|k| &k.value);
    let option = rest.first().map(|(v, _)| v).or_else(|| keyword("option"));
    let value = rest.get(1).map(|(v, _)| v).or_else(|| keyword("value"));
    match (short.0.as_str(), long.0.as_str(), option.and_then(Value::as_str)) {
        (Some(short), Some(long), Some(option)) => Ok(Value::str(render(short, long, option, value))),
        _ => Err(no_prefixes()),
    }
}

/// `Options.render_options('-', '--', 'a', b=1)`: a list of options.
pub(super) fn render_options(args: &Args) -> Result<Value, Fault> {
    let [short, long, options @ ..] = args.positional.as_slice() else { return Err(no_prefixes()) };
    match (short.0.as_str(), long.0.as_str()) {
        (Some(short), Some(long)) => {
            let rendered = render_each(short, long, options, args)?;
            Ok(Value::list(rendered.into_iter().map(Value::str).collect()))
        }
        _ => Err(no_prefixes()),
    }
}

fn no_prefixes() -> Fault {
    Fault::bad_call("the prefix of short options, that of long ones, and options as text are needed")
}

/// The arguments as a function of the stock client gets them that hands its own `*options, **kw_options` on.
fn handed_on(args: &Args) -> Args {
    let keyword = args.clone().into_kw_items();
    Args { spread: Some(keyword.len()), keyword, ..args.clone() }
}

fn render_all(short: &str, long: &str, args: &Args) -> Result<Value, Fault> {
    Ok(Value::str(render_each(short, long, &args.positional, args)?.join(" ")))
}

fn render_each(
    short: &str,
    long: &str,
    options: &[(Value, Span)],
    args: &Args,
) -> Result<Vec<String>, Fault> {
    let mut out: Vec<String> = Vec::new();
    for (option, span) in options {
        match option {
            Value::Str(text) => out.push(render(short, long, text.as_str(), None)),
            Value::Dict(dict) => {
                out.extend(
                    dict.borrow().iter().map(|(k, e)| render(short, long, &k.to_text(), Some(&e.value))),
                );
            }
            other => {
                let message = format!("an option is text or a dict of options, not {}", other.described());
                return Err(Fault::value_error(message).at(*span));
            }
        }
    }
    out.extend(args.clone().into_kw_items().iter().map(|k| render(short, long, &k.name, Some(&k.value))));
    Ok(out)
}

/// One option; a value that counts as false is left out.
fn render(short: &str, long: &str, name: &str, value: Option<&Value>) -> String {
    let prefix = if name.chars().count() == 1 { short } else { long };
    match value.filter(|v| v.truthy()) {
        Some(value) => format!("{prefix}{name} {}", value.to_text()),
        None => format!("{prefix}{name}"),
    }
}
