//! `string`: constants, Python 2's functions of text, and `Template`.

use std::rc::Rc;

use super::{Members, functions};
use crate::python::Function;
use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::builtins::lookup;
use crate::python::format::to_text;
use crate::python::iterate::collect;
use crate::python::types::dict::{new_dict, no_key};
use crate::python::types::str::{self, join_values};
use crate::source::Span;
use crate::template::value::{Args, Builtin, Dict, Fault, Native, Text, TextBuilder, Value, Vm};

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";
const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
const BLANKS: &str = "\t\n\u{b}\u{c}\r ";

/// Python 2's functions that are methods of strings by now.
const METHODS: &[&str] = &[
    "upper",
    "lower",
    "capitalize",
    "swapcase",
    "split",
    "rsplit",
    "strip",
    "lstrip",
    "rstrip",
    "replace",
    "find",
    "rfind",
    "index",
    "rindex",
    "count",
    "ljust",
    "rjust",
    "center",
    "zfill",
    "expandtabs",
    "translate",
];

const TABLE: Table = builtins![
    join(words, sep = " ") Metered => join,
    joinfields(words, sep = " ") Metered => join,
    capwords(@, s, sep = None) Metered => capwords,
    atoi(**kwargs) Metered => |vm, args: Args| converted(vm, "int", args),
    atol(**kwargs) Metered => |vm, args: Args| converted(vm, "int", args),
    atof(**kwargs) Metered => |vm, args: Args| converted(vm, "float", args),
    Template(template) Constant => |_, source: Text| Ok(Value::native(Template(source))),
];

/// The members of `string`.
pub(super) fn members() -> Members {
    let letters = format!("{LOWER}{UPPER}");
    let constants = [
        ("ascii_lowercase", LOWER.to_string()),
        ("ascii_uppercase", UPPER.to_string()),
        ("ascii_letters", letters.clone()),
        ("lowercase", LOWER.to_string()),
        ("uppercase", UPPER.to_string()),
        ("letters", letters.clone()),
        ("digits", DIGITS.to_string()),
        ("hexdigits", "0123456789abcdefABCDEF".to_string()),
        ("octdigits", "01234567".to_string()),
        ("punctuation", PUNCTUATION.to_string()),
        ("whitespace", BLANKS.to_string()),
        ("printable", format!("{DIGITS}{letters}{PUNCTUATION} \t\n\r\u{b}\u{c}")),
    ];
    let mut members = functions(TABLE);
    members.extend(functions(str::OF_TYPE));
    members.extend(METHODS.iter().filter_map(|name| Some((*name, Function::value(method(name)?)))));
    members.extend(constants.map(|(name, text)| (name, Value::str(text))));
    members
}

fn method(name: &str) -> Option<&'static Builtin> {
    str::METHODS.iter().find_map(|table| Builtin::find(table, name))
}

fn join(vm: &mut dyn Vm, words: Value, separator: Option<Text>) -> Result<Value, Fault> {
    join_values(vm, &separator.unwrap_or_else(|| Text::from(" ")), &words).map(Value::Str)
}

fn capwords(vm: &mut dyn Vm, span: Span, source: Value, separator: OrNone<Text>) -> Result<Value, Fault> {
    let by = separator.0.clone().map_or(Value::None, Value::Str);
    let split = vm.attribute(&source, "split")?;
    let words = vm.call(&split, Args::of(span, vec![by]))?;
    let mut capitalized = Vec::new();
    for word in collect(vm, &words)? {
        let capitalize = vm.attribute(&word, "capitalize")?;
        capitalized.push(vm.call(&capitalize, Args::none(span))?);
    }
    join(vm, Value::list(capitalized), separator.0)
}

fn converted(vm: &mut dyn Vm, name: &str, args: Args) -> Result<Value, Fault> {
    match lookup(name) {
        Some(function) => vm.call(&function, args),
        None => Err(Fault::name_error(format!("there is no {name}()"))),
    }
}

/// `string.Template`
#[derive(Debug)]
struct Template(Text);

const TEMPLATE_METHODS: Table = builtins![
    substitute(self, **kwargs) Metered => |vm: &mut dyn Vm, template: Rc<Template>, args| {
        let values = new_dict(vm, "substitute", args)?;
        substitute(vm, &template.0, &values, true).map(Value::Str)
    },
    safe_substitute(self, **kwargs) Metered => |vm: &mut dyn Vm, template: Rc<Template>, args| {
        let values = new_dict(vm, "safe_substitute", args)?;
        substitute(vm, &template.0, &values, false).map(Value::Str)
    },
];

impl Native for Template {
    fn type_name(&self) -> &str {
        "Template"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "template").then(|| Value::Str(self.0.clone()))
    }

    fn methods(&self) -> Table {
        TEMPLATE_METHODS
    }

    fn names(&self) -> Vec<&str> {
        vec!["template"]
    }
}

/// What follows a `$`: how many bytes it takes, and the name in it.
fn placeholder(rest: &str) -> Option<(usize, &str)> {
    let identifier = |s: &str| {
        let starts = s.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let end = s.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(s.len());
        if starts { end } else { 0 }
    };
    if let Some(inner) = rest.strip_prefix('{') {
        let end = identifier(inner);
        return (end > 0 && inner[end..].starts_with('}')).then(|| (end + 2, &inner[..end]));
    }
    let end = identifier(rest);
    (end > 0).then(|| (end, &rest[..end]))
}

fn substitute(vm: &mut dyn Vm, source: &Text, values: &Dict, strict: bool) -> Result<Text, Fault> {
    let all = source.as_str();
    let mut out = TextBuilder::new();
    let mut at = 0;
    while let Some(offset) = all[at..].find('$') {
        let dollar = at + offset;
        out.push_part(source, at..dollar);
        let rest = &all[dollar + 1..];
        if rest.starts_with('$') {
            out.push_part(source, dollar..dollar + 1);
            at = dollar + 2;
            continue;
        }
        let found = placeholder(rest);
        let Some((length, name)) = found else {
            if strict {
                return Err(Fault::value_error("the template has a `$` without a name behind it")
                    .help("write $$ for a dollar sign"));
            }
            out.push_part(source, dollar..dollar + 1);
            at = dollar + 1;
            continue;
        };
        at = dollar + 1 + length;
        match values.get_str(name) {
            Some(value) => {
                let text = to_text(vm, &value.clone())?;
                out.push(&text);
            }
            None if strict => return Err(no_key(values, &Value::str(name))),
            None => out.push_part(source, dollar..at),
        }
        vm.charge_text(out.len())?;
    }
    out.push_part(source, at..all.len());
    Ok(out.finish())
}
