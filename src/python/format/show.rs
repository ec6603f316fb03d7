//! `str()` and `repr()` with bounded work: a value can contain itself, or share parts so that its text explodes.

use std::rc::Rc;

use crate::python::compare::{MAX_NESTED, too_deep};
use crate::template::value::{Dict, DictKind, Entry, Fault, Missing, Text, Value, Vm, quote};

/// `str(value)`, with places where the value is text.
///
/// # Errors
/// When the text would be larger than allowed, or a template object cannot be interpolated.
pub fn to_text(vm: &mut dyn Vm, value: &Value) -> Result<Text, Fault> {
    match value {
        Value::Str(text) => Ok(text.clone()),
        Value::Object(object) => object.text(),
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::Range(_) => {
            repr(vm, value).map(Text::from)
        }
        other => Ok(other.to_text().into()),
    }
}

/// `repr(value)`.
///
/// # Errors
/// As for [`to_text`].
pub fn repr(vm: &mut dyn Vm, value: &Value) -> Result<String, Fault> {
    let mut writer = Writer { vm, out: String::new(), inside: Vec::new(), charged: 0 };
    writer.value(value)?;
    Ok(writer.out)
}

struct Writer<'a> {
    vm: &'a mut dyn Vm,
    out: String,
    /// The containers being written, to notice one inside itself.
    inside: Vec<*const ()>,
    charged: usize,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) -> Result<(), Fault> {
        if let Value::Dict(_) | Value::Set(_) = value {
            self.vm.walked(value, true);
        }
        match value {
            Value::List(list) => {
                self.container(Rc::as_ptr(list).cast(), "[...]", |w| w.items("[", &list.borrow(), "]"))
            }
            Value::Tuple(items) => self.container(Rc::as_ptr(items).cast(), "(...)", |w| {
                w.items("(", items, if items.len() == 1 { ",)" } else { ")" })
            }),
            Value::Dict(dict) => self.container(Rc::as_ptr(dict).cast(), "{...}", |w| w.dict(&dict.borrow())),
            Value::Set(set) => {
                let items: Vec<Value> = set.borrow().iter().cloned().collect();
                let open = if set.borrow().frozen { "frozenset([" } else { "set([" };
                self.container(Rc::as_ptr(set).cast(), "set(...)", |w| w.items(open, &items, "])"))
            }
            Value::Range(range) => {
                self.vm.charge_items(range.len())?;
                let items: Vec<Value> = (0..range.len()).map(|i| Value::Int(range.at(i))).collect();
                self.items("[", &items, "]")
            }
            Value::Str(text) => self.push(&python_quote(text)),
            Value::Object(object) => self.push(&object.repr()?),
            // Python 2 marks integers beyond its machine's.
            Value::Big(number) => self.push(&format!("{number}L")),
            other => self.push(&other.repr()),
        }
    }

    fn push(&mut self, text: &str) -> Result<(), Fault> {
        self.out.push_str(text);
        // Checked in strides: the counting itself would be slow for many small items.
        if self.out.len() >= self.charged + 4096 {
            self.vm.charge_text(self.out.len())?;
            self.charged = self.out.len();
        }
        Ok(())
    }

    fn container(
        &mut self,
        address: *const (),
        again: &str,
        write: impl FnOnce(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        if self.inside.contains(&address) {
            return self.push(again);
        }
        if self.inside.len() >= MAX_NESTED {
            return Err(too_deep());
        }
        self.inside.push(address);
        write(self)?;
        self.inside.pop();
        Ok(())
    }

    fn items(&mut self, open: &str, items: &[Value], close: &str) -> Result<(), Fault> {
        self.push(open)?;
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(", ")?;
            }
            self.value(item)?;
        }
        self.push(close)
    }

    fn dict(&mut self, dict: &Dict) -> Result<(), Fault> {
        if dict.kind() == DictKind::Ordered && dict.is_empty() {
            return self.push("OrderedDict()");
        }
        if dict.kind() == DictKind::Ordered {
            let pairs: Vec<Value> =
                dict.iter().map(|(k, e)| Value::tuple(vec![k.clone(), e.value.clone()])).collect();
            return self.items("OrderedDict([", &pairs, "])");
        }
        let mut entries: Vec<(&Value, &Entry)> = dict.iter().collect();
        let (open, close) = match &dict.missing {
            Missing::Refused if dict.is_frozen() => ("frozendict({".to_string(), "})"),
            Missing::Refused => ("{".to_string(), "}"),
            Missing::Zero if dict.is_empty() => ("Counter(".to_string(), ")"),
            Missing::Zero => {
                // The most common first.
                let count = |entry: &Entry| entry.value.as_f64().unwrap_or(0.0);
                entries.sort_by(|(_, a), (_, b)| count(b).total_cmp(&count(a)));
                ("Counter({".to_string(), "})")
            }
            Missing::Made(factory) => (format!("defaultdict({}, {{", factory.repr()), "})"),
        };
        self.push(&open)?;
        for (index, (key, entry)) in entries.into_iter().enumerate() {
            if index > 0 {
                self.push(", ")?;
            }
            self.value(key)?;
            self.push(": ")?;
            self.value(&entry.value)?;
        }
        self.push(close)
    }
}

/// A string as Python 2's `repr` writes it: only in ASCII, a byte string byte by byte.
fn python_quote(text: &Text) -> String {
    let quoted = quote(text.as_str());
    let mark = if text.is_unicode() { "u" } else { "" };
    if quoted.is_ascii() {
        return format!("{mark}{quoted}");
    }
    let mut out = mark.to_string();
    for c in quoted.chars() {
        match u32::from(c) {
            0..0x80 => out.push(c),
            _ if !text.is_unicode() => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes);
                bytes[..c.len_utf8()].iter().for_each(|byte| out.push_str(&format!("\\x{byte:02x}")));
            }
            code @ 0..0x100 => out.push_str(&format!("\\x{code:02x}")),
            code @ 0..0x10000 => out.push_str(&format!("\\u{code:04x}")),
            code => out.push_str(&format!("\\U{code:08x}")),
        }
    }
    out
}
