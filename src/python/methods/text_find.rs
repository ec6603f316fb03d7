//! Methods of text that look for a part of it.

use super::Table;
use crate::python::ops::short;
use crate::python::params::{a, int, int_or, take, text, text_receiver};
use crate::template::value::{Args, Fault, Text, TextBuilder, Value, Vm};

pub(super) const TABLE: Table = &[
    ("startswith", |_, a| affix("startswith", a, |s, p| s.starts_with(p))),
    ("endswith", |_, a| affix("endswith", a, |s, p| s.ends_with(p))),
    ("find", |m, a| find(m, "find", a, Side::First).map(|at| Value::Int(at.unwrap_or(-1)))),
    ("rfind", |m, a| find(m, "rfind", a, Side::Last).map(|at| Value::Int(at.unwrap_or(-1)))),
    ("index", |m, a| index(m, "index", a, Side::First)),
    ("rindex", |m, a| index(m, "rindex", a, Side::Last)),
    ("count", count),
    ("replace", replace),
    ("removeprefix", |_, a| {
        removed("removeprefix", a, |s, p| s.strip_prefix(p).map(|r| s.len() - r.len()..s.len()))
    }),
    ("removesuffix", |_, a| removed("removesuffix", a, |s, p| s.strip_suffix(p).map(|r| 0..r.len()))),
];

/// The part of the text between two character positions, which count as in slices, and where it begins.
fn window<'a>(
    name: &str,
    text: &'a str,
    start: Option<&Value>,
    end: Option<&Value>,
) -> Result<Option<(&'a str, usize)>, Fault> {
    let missing = |v: Option<&Value>| matches!(v, None | Some(Value::None));
    if missing(start) && missing(end) {
        return Ok(Some((text, 0)));
    }
    let len = if text.is_ascii() { text.len() } else { text.chars().count() } as i64;
    let clamp = |n: i64| if n < 0 { n.saturating_add(len).max(0) } else { n };
    let from = clamp(int_or(name, start, 0)?);
    let to = clamp(int_or(name, end, len)?).min(len);
    if from > to || from > len {
        return Ok(None);
    }
    let byte = |n: i64| match text.is_ascii() {
        true => n as usize,
        false => text.char_indices().nth(n as usize).map_or(text.len(), |(at, _)| at),
    };
    Ok(Some((&text[byte(from)..byte(to)], from as usize)))
}

fn affix(name: &str, args: Args, test: fn(&str, &str) -> bool) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver(name, args)?;
    let ([affix], [start, end]) = take(name, args, ["prefix"], ["start", "end"])?;
    let Some((part, _)) = window(name, receiver.as_str(), start.as_ref(), end.as_ref())? else {
        return Ok(Value::Bool(false));
    };
    let matches = |affix: &Value| match affix {
        Value::Str(affix) => Ok(test(part, affix.as_str())),
        other => Err(Fault::type_error(format!("{name}() needs text or a tuple of texts, not {}", a(other)))),
    };
    match &affix {
        Value::Tuple(affixes) => {
            for affix in affixes.iter() {
                if matches(affix)? {
                    return Ok(Value::Bool(true));
                }
            }
            Ok(Value::Bool(false))
        }
        one => matches(one).map(Value::Bool),
    }
}

#[derive(Clone, Copy)]
enum Side {
    First,
    Last,
}

fn find(vm: &mut dyn Vm, name: &str, args: Args, side: Side) -> Result<Option<i64>, Fault> {
    let (receiver, args) = text_receiver(name, args)?;
    let ([part], [start, end]) = take(name, args, ["sub"], ["start", "end"])?;
    let part = text(name, &part)?;
    vm.charge(receiver.as_str().len() as u64 / 64)?;
    let Some((whole, offset)) = window(name, receiver.as_str(), start.as_ref(), end.as_ref())? else {
        return Ok(None);
    };
    let found = match side {
        Side::First => whole.find(part.as_str()),
        Side::Last => whole.rfind(part.as_str()),
    };
    Ok(found.map(|at| (offset + whole[..at].chars().count()) as i64))
}

fn index(vm: &mut dyn Vm, name: &str, args: Args, side: Side) -> Result<Value, Fault> {
    let wanted = args.positional.get(1).map_or_else(String::new, |(v, _)| short(v));
    match find(vm, name, args, side)? {
        Some(at) => Ok(Value::Int(at)),
        None => {
            let fault = Fault::value_error(format!("{wanted} is not in the text"));
            Err(fault.help(format!(
                "{} gives -1 in this case",
                if name == "index" { ".find()" } else { ".rfind()" }
            )))
        }
    }
}

fn count(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver("count", args)?;
    let ([part], [start, end]) = take("count", args, ["sub"], ["start", "end"])?;
    let part = text("count", &part)?;
    vm.charge(receiver.as_str().len() as u64 / 64)?;
    let Some((whole, _)) = window("count", receiver.as_str(), start.as_ref(), end.as_ref())? else {
        return Ok(Value::Int(0));
    };
    let found = match part.as_str() {
        "" => whole.chars().count() + 1,
        part => whole.matches(part).count(),
    };
    Ok(Value::Int(found as i64))
}

fn replace(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver("replace", args)?;
    let ([old, new], [count]) = take("replace", args, ["old", "new"], ["count"])?;
    let (old, new) = (text("replace", &old)?, text("replace", &new)?);
    let most = match count {
        Some(count) => usize::try_from(int("replace", &count)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    replaced(vm, &receiver, old.as_str(), &new, most).map(Value::Str)
}

/// The text with the first `most` occurrences of `old` replaced.
fn replaced(vm: &mut dyn Vm, whole: &Text, old: &str, new: &Text, most: usize) -> Result<Text, Fault> {
    let source = whole.as_str();
    vm.charge(source.len() as u64 / 64)?;
    // They are found twice: a list of them could be much larger than the text.
    let places = || -> Box<dyn Iterator<Item = usize>> {
        match old {
            // Nothing is found before every character and at the end.
            "" => Box::new(source.char_indices().map(|(at, _)| at).chain([source.len()]).take(most)),
            old => Box::new(source.match_indices(old).map(|(at, _)| at).take(most)),
        }
    };
    let found = places().count();
    if found == 0 {
        return Ok(whole.clone());
    }
    let grown = found.saturating_mul(new.as_str().len());
    vm.charge_text(source.len().saturating_add(grown).saturating_sub(found * old.len()))?;
    let mut out = TextBuilder::new();
    let mut at = 0;
    for next in places() {
        out.push_part(whole, at..next);
        out.push(new);
        at = next + old.len();
    }
    out.push_part(whole, at..source.len());
    Ok(out.finish())
}

fn removed(
    name: &str,
    args: Args,
    rest: fn(&str, &str) -> Option<std::ops::Range<usize>>,
) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver(name, args)?;
    let ([affix], []) = take(name, args, ["affix"], [])?;
    let affix = text(name, &affix)?;
    Ok(Value::Str(match rest(receiver.as_str(), affix.as_str()) {
        Some(range) => receiver.slice(range),
        None => receiver,
    }))
}
