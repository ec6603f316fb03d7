//! `'{0.name[key]!r:>{width}}'.format(…)`.

use super::show::{repr, to_text};
use super::value::format_value;
use crate::diagnostics::nearest;
use crate::template::value::{Args, Fault, Text, TextBuilder, Value, Vm};

/// Fields inside the specifications of fields.
const MAX_NESTED: usize = 2;

/// `text.format(*args, **kwargs)`.
///
/// # Errors
/// For malformed fields, missing arguments, and specifications that do not fit.
pub fn str_format(vm: &mut dyn Vm, format: &Text, args: &Args) -> Result<Text, Fault> {
    let lookup = |name: &str| args.keyword.iter().find(|k| *k.name == *name).map(|k| k.value.clone());
    let mut formatter = Formatter {
        vm,
        positional: &args.positional,
        named: &lookup,
        names: args.keyword.iter().map(|k| &*k.name).collect(),
        numbering: Numbering::Open,
    };
    formatter.expand(format, MAX_NESTED)
}

/// `text.format_map(dict)`.
///
/// # Errors
/// As for [`str_format`].
pub fn format_map(vm: &mut dyn Vm, format: &Text, values: &[(String, Value)]) -> Result<Text, Fault> {
    let lookup = |name: &str| values.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    let mut formatter = Formatter {
        vm,
        positional: &[],
        named: &lookup,
        names: values.iter().map(|(n, _)| n.as_str()).collect(),
        numbering: Numbering::Open,
    };
    formatter.expand(format, MAX_NESTED)
}

/// The conversion `!s`, `!r` or `!a` of a value.
///
/// # Errors
/// For other letters, and values that cannot be shown.
pub fn convert(vm: &mut dyn Vm, value: &Value, conversion: char) -> Result<Value, Fault> {
    match conversion {
        's' => to_text(vm, value).map(Value::Str),
        'r' | 'a' => repr(vm, value).map(Value::str),
        other => Err(Fault::value_error(format!("`!{other}` is no conversion; there are !s and !r"))),
    }
}

/// Whether fields count for themselves (`{}`) or carry numbers (`{0}`).
#[derive(Clone, Copy)]
enum Numbering {
    Open,
    Automatic(usize),
    Manual,
}

struct Formatter<'a> {
    vm: &'a mut dyn Vm,
    positional: &'a [(Value, crate::source::Span)],
    named: &'a dyn Fn(&str) -> Option<Value>,
    names: Vec<&'a str>,
    numbering: Numbering,
}

impl Formatter<'_> {
    fn expand(&mut self, format: &Text, levels: usize) -> Result<Text, Fault> {
        let mut out = TextBuilder::new();
        let source = format.as_str();
        let mut at = 0;
        while let Some(offset) = source[at..].find(['{', '}']) {
            let brace = at + offset;
            out.push_part(format, at..brace);
            let doubled = source.as_bytes().get(brace + 1) == source.as_bytes().get(brace);
            if doubled {
                out.push_part(format, brace..brace + 1);
                at = brace + 2;
                continue;
            }
            if source.as_bytes()[brace] == b'}' {
                return Err(stray("}"));
            }
            let end = closing(source, brace).ok_or_else(|| stray("{"))?;
            let field = format.slice(brace + 1..end);
            let value = self.field(&field, levels)?;
            let place = format.span_of(brace..end + 1);
            if value.span().is_none() {
                out.push_made(value.as_str(), place)
            } else {
                out.push(&value)
            }
            self.vm.charge_text(out.len())?;
            at = end + 1;
        }
        out.push_part(format, at..source.len());
        self.vm.charge_text(out.len())?;
        Ok(out.finish())
    }

    /// What a field, without its braces, is replaced by.
    fn field(&mut self, field: &Text, levels: usize) -> Result<Text, Fault> {
        let source = field.as_str();
        if levels == 0 {
            return Err(Fault::value_error("the fields of a format are nested too deep"));
        }
        let name_end = name_end(source);
        let (name, rest) = source.split_at(name_end);
        let mut value = self.value(name)?;
        let mut spec_start = name_end;
        if let Some(conversion) = rest.strip_prefix('!') {
            let mut chars = conversion.chars();
            let Some(letter) = chars.next() else {
                return Err(Fault::value_error("a letter must follow the `!` of a field: !s or !r"));
            };
            if !matches!(chars.next(), None | Some(':')) {
                return Err(Fault::value_error(format!(
                    "`!{conversion}` is no conversion; there are !s and !r"
                )));
            }
            value = convert(self.vm, &value, letter)?;
            spec_start += 1 + letter.len_utf8();
        }
        let spec = match source.get(spec_start..).unwrap_or_default().strip_prefix(':') {
            None | Some("") => return to_text(self.vm, &value),
            Some(spec) if spec.contains(['{', '}']) => {
                self.expand(&field.slice(spec_start + 1..source.len()), levels - 1)?
            }
            Some(spec) => spec.into(),
        };
        format_value(self.vm, &value, spec.as_str())
    }

    /// The value of `0.name[key]`.
    fn value(&mut self, name: &str) -> Result<Value, Fault> {
        let first_end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut path) = name.split_at(first_end);
        let mut value = self.argument(first)?;
        while !path.is_empty() {
            if let Some(rest) = path.strip_prefix('.') {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                if end == 0 {
                    return Err(Fault::value_error(format!("a name is missing in the field {{{name}}}")));
                }
                value = self.vm.attribute(&value, &rest[..end])?;
                path = &rest[end..];
            } else {
                let close = path.find(']').filter(|close| *close > 1).ok_or_else(|| {
                    Fault::value_error(format!("an index is missing or not closed in the field {{{name}}}"))
                })?;
                let index = &path[1..close];
                let index = position(index).map_or_else(|| Value::str(index), |i| Value::Int(i as i64));
                value = self.vm.item(&value, &index)?;
                path = &path[close + 1..];
                if !path.is_empty() && !path.starts_with(['.', '[']) {
                    return Err(Fault::value_error(format!(
                        "only . or [ may follow ] in the field {{{name}}}"
                    )));
                }
            }
        }
        Ok(value)
    }

    fn argument(&mut self, name: &str) -> Result<Value, Fault> {
        let index = match (name.is_empty(), position(name), self.numbering) {
            (true, _, Numbering::Manual) | (false, Some(_), Numbering::Automatic(_)) => {
                let message = "a format uses either {} or {0}, not both";
                return Err(Fault::value_error(message));
            }
            (true, _, Numbering::Open) => {
                self.numbering = Numbering::Automatic(1);
                0
            }
            (true, _, Numbering::Automatic(next)) => {
                self.numbering = Numbering::Automatic(next + 1);
                next
            }
            (false, Some(index), _) => {
                self.numbering = Numbering::Manual;
                index
            }
            (false, None, _) => return (self.named)(name).ok_or_else(|| self.unknown(name)),
        };
        let given = self.positional.len();
        self.positional.get(index).map(|(v, _)| v.clone()).ok_or_else(|| {
            let what = if name.is_empty() { "{}".to_string() } else { format!("{{{name}}}") };
            let fault = Fault::index_error(format!(
                "format() gets {given} values, but `{what}` needs number {}",
                index + 1
            ))
            .python("tuple index out of range");
            if name.is_empty() { fault.help("literal braces are written {{ and }}") } else { fault }
        })
    }

    fn unknown(&self, name: &str) -> Fault {
        let fault =
            Fault::key_error(format!("format() gets no value for `{{{name}}}`")).args(vec![Value::str(name)]);
        match nearest(name, self.names.iter().copied()) {
            Some(near) => fault.help(format!("did you mean {{{near}}}?")),
            None => fault.help(format!(
                "pass {name}=..., or double the braces if they are meant literally: {{{{{name}}}}}"
            )),
        }
    }
}

/// A number of digits only; anything else is a name or a string key.
fn position(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

fn stray(brace: &str) -> Fault {
    Fault::value_error(format!("the format has a single `{brace}`"))
        .help(format!("a literal brace is written `{brace}{brace}`; a mustache for later needs four braces"))
}

/// Where the field that opens at `open` closes.
fn closing(source: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in source.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where the name of a field ends: at `!` or `:` outside brackets.
fn name_end(source: &str) -> usize {
    let mut inside = false;
    for (at, byte) in source.bytes().enumerate() {
        match byte {
            b'[' => inside = true,
            b']' => inside = false,
            b'!' | b':' if !inside => return at,
            _ => {}
        }
    }
    source.len()
}
