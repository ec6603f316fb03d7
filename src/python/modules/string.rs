//! `string`: constants, Python 2's functions of text, and `Template`.

use super::{Members, Table, functions};
use crate::python::builtins::{maketrans, new_dict};
use crate::python::format::to_text;
use crate::python::methods::{join_values, lookup};
use crate::python::ops::no_key;
use crate::python::params::{receiver, take, text};
use crate::template::value::{Args, BuiltinFn, Dict, Fault, Native, Text, TextBuilder, Value, Vm};

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";
const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
const BLANKS: &str = "\t\n\u{b}\u{c}\r ";

/// Python 2's functions that are methods of text by now.
macro_rules! methods {
    ($($name:literal),*) => { &[$(($name, |vm, args| method(vm, $name, args))),*] };
}

const METHODS: Table = methods![
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
    "translate"
];

const TABLE: Table = &[
    ("join", join),
    ("joinfields", join),
    ("capwords", capwords),
    ("maketrans", maketrans),
    ("atoi", |m, a| converted(m, "int", a)),
    ("atol", |m, a| converted(m, "int", a)),
    ("atof", |m, a| converted(m, "float", a)),
    ("Template", template),
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
    members.extend(functions(METHODS));
    members.extend(constants.map(|(name, text)| (name, Value::str(text))));
    members
}

fn method(vm: &mut dyn Vm, name: &str, args: Args) -> Result<Value, Fault> {
    match lookup(&Value::str(""), name) {
        Some((_, function)) => function(vm, args),
        None => Err(Fault::attribute_error(format!("text has no `{name}`"))),
    }
}

fn join(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([words], [separator]) = take("join", args, ["words"], ["sep"])?;
    let separator = separator.map_or(Ok(Text::from(" ")), |s| text("join", &s))?;
    join_values(vm, &separator, &words).map(Value::Str)
}

fn capwords(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let span = args.span;
    let ([source], [separator]) = take("capwords", args, ["s"], ["sep"])?;
    let separator = separator.filter(|s| !matches!(s, Value::None));
    let split: Vec<Value> = std::iter::once(source).chain(separator.clone()).collect();
    let words = method(vm, "split", Args::of(span, split))?;
    let mut capitalized = Vec::new();
    for word in crate::python::iterate::collect(vm, &words)? {
        capitalized.push(method(vm, "capitalize", Args::of(span, vec![word]))?);
    }
    let separator = separator.map_or(Ok(Text::from(" ")), |s| text("capwords", &s))?;
    join_values(vm, &separator, &Value::list(capitalized)).map(Value::Str)
}

fn converted(vm: &mut dyn Vm, name: &str, args: Args) -> Result<Value, Fault> {
    match crate::python::builtins::lookup(name) {
        Some(function) => vm.call(&function, args),
        None => Err(Fault::name_error(format!("there is no {name}()"))),
    }
}

/// `string.Template`
#[derive(Debug)]
struct Template(Text);

fn template(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([source], []) = take("Template", args, ["template"], [])?;
    Ok(Value::native(Template(text("Template", &source)?)))
}

const TEMPLATE_METHODS: &[(&str, BuiltinFn)] = &[
    ("substitute", |m, a| substituted(m, "substitute", a, true)),
    ("safe_substitute", |m, a| substituted(m, "safe_substitute", a, false)),
];

impl Native for Template {
    fn type_name(&self) -> &str {
        "Template"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "template").then(|| Value::Str(self.0.clone()))
    }

    fn method(&self, name: &str) -> Option<(&'static str, BuiltinFn)> {
        TEMPLATE_METHODS.iter().find(|(n, _)| *n == name).copied()
    }

    fn names(&self) -> Vec<&str> {
        vec!["substitute", "safe_substitute", "template"]
    }
}

fn substituted(vm: &mut dyn Vm, name: &str, args: Args, strict: bool) -> Result<Value, Fault> {
    let (value, args) = receiver(name, args)?;
    let Some(Template(source)) = value.downcast::<Template>() else {
        return Err(Fault::bad_call(format!("{name}() belongs to a Template")));
    };
    let values = new_dict(vm, name, args)?;
    substitute(vm, source, &values, strict).map(Value::Str)
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
