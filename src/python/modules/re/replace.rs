//! Replacing matches.

use std::rc::Rc;

use super::expand::expand;
use super::found::{self, Found};
use super::pattern::{Anchor, Pattern};
use super::search::{after, next};
use crate::python::arguments::OrNone;
use crate::python::params::a;
use crate::source::Span;
use crate::template::value::{Args, Fault, Text, TextBuilder, Value, Vm};

/// What `pattern.subn(repl, string, count)` gives: the new string, and how often something was replaced.
pub(super) fn replace(
    vm: &mut dyn Vm,
    span: Span,
    name: &str,
    pattern: &Rc<Pattern>,
    replacement: Value,
    text: Text,
    most: OrNone<i64>,
) -> Result<(Value, Value), Fault> {
    let most = most.0.unwrap_or(0);
    let mut out = TextBuilder::new();
    let (mut at, mut last, mut count) = (0, 0, 0);
    while most <= 0 || count < most {
        let Some(found) = next(vm, pattern, &text, at, Anchor::Anywhere)? else { break };
        at = after(&found);
        let whole = found.whole();
        // As in Python 2, an empty match right after the one before is passed over.
        if whole.is_empty() && whole.start == last && count > 0 {
            continue;
        }
        out.push_part(&text, last..whole.start);
        last = whole.end;
        count += 1;
        out.push(&replacement_of(vm, name, &replacement, found, span)?);
        vm.charge(out.len() as u64 / 4096)?;
        if out.len() > vm.budgets().text {
            vm.charge_text(out.len())?;
        }
    }
    out.push_part(&text, last..text.as_str().len());
    vm.charge_text(out.len())?;
    Ok((Value::Str(out.finish()), Value::Int(count)))
}

fn replacement_of(
    vm: &mut dyn Vm,
    name: &str,
    replacement: &Value,
    found: Found,
    span: Span,
) -> Result<Text, Fault> {
    match replacement {
        Value::Str(template) => expand(vm, &found, template),
        Value::Native(_) => match vm.call(replacement, Args::of(span, vec![found::value(found)]))? {
            Value::Str(text) => Ok(text),
            Value::None => Ok(Text::from("")),
            other => {
                let message = format!("the function for {name}() must give text, not {}", a(&other));
                Err(Fault::type_error(message))
            }
        },
        other => {
            Err(Fault::type_error(format!("{name}() replaces by text or a function, not by {}", a(other))))
        }
    }
}
