//! Values as JSON text.

use crate::common::json_string;
use crate::python::compare::{MAX_NESTED, less_than, too_deep};
use crate::python::params::a;
use crate::source::Span;
use crate::template::value::{Args, Dict, Fault, Value, Vm, float_repr};

/// How to write.
pub(super) struct Style {
    /// What a level is indented by; without it everything goes on one line.
    pub(super) indent: Option<String>,
    /// Between items.
    pub(super) comma: String,
    /// Between key and value.
    pub(super) colon: String,
    /// Whether characters beyond ASCII are escaped.
    pub(super) ascii: bool,
    /// Whether NaN and infinity are written, though JSON has no word for them.
    pub(super) nan: bool,
    /// Whether the keys of dicts are sorted.
    pub(super) sort: bool,
    /// Whether keys that JSON cannot have are left out.
    pub(super) skip: bool,
    /// Makes something else of a value that JSON cannot have.
    pub(super) default: Option<Value>,
    /// The place of the call.
    pub(super) span: Span,
}

/// The JSON text of a value.
pub(super) fn write(vm: &mut dyn Vm, value: &Value, style: &Style) -> Result<String, Fault> {
    let mut writer = Writer { vm, style, out: Vec::new(), depth: 0, charged: 0 };
    writer.value(value)?;
    let size = writer.out.len();
    writer.vm.charge_text(size)?;
    Ok(String::from_utf8_lossy(&writer.out).into_owned())
}

struct Writer<'a> {
    vm: &'a mut dyn Vm,
    style: &'a Style,
    /// UTF-8.
    out: Vec<u8>,
    depth: usize,
    charged: usize,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) -> Result<(), Fault> {
        if self.out.len() >= self.charged + 4096 {
            self.vm.charge_text(self.out.len())?;
            self.charged = self.out.len();
        }
        match value {
            Value::None => self.push("null"),
            Value::Bool(b) => self.push(if *b { "true" } else { "false" }),
            Value::Int(_) | Value::Big(_) => self.push(&value.repr()),
            Value::Float(x) => self.push(&float(self.style, *x)?),
            Value::Str(text) => self.string(text.as_str()),
            Value::List(items) => {
                let items = items.borrow().clone();
                self.list(&items)?;
            }
            Value::Tuple(items) => self.list(items)?,
            Value::Range(range) => {
                self.vm.charge_items(range.len())?;
                let items: Vec<Value> = (0..range.len()).map(|i| Value::Int(range.at(i))).collect();
                self.list(&items)?;
            }
            Value::Dict(dict) => {
                let dict = dict.borrow().clone();
                self.dict(&dict)?;
            }
            other => self.special(other)?,
        }
        Ok(())
    }

    fn push(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn string(&mut self, string: &str) {
        let write = if self.style.ascii { json_string::ascii } else { json_string::utf8 };
        write(&mut self.out, string);
    }

    fn special(&mut self, value: &Value) -> Result<(), Fault> {
        if let Some(items) = value.tuple_items() {
            return self.list(&items);
        }
        if let Some(default) = &self.style.default {
            let made = self.vm.call(default, Args::of(self.style.span, vec![value.clone()]))?;
            self.deeper()?;
            self.value(&made)?;
            self.depth -= 1;
            return Ok(());
        }
        let fault = Fault::type_error(format!("{} cannot be written as JSON", a(value)));
        Err(match value {
            Value::Object(_) => fault.help("take the plain value with .get()"),
            Value::Set(_) => fault.help("make a list of it, with sorted(...)"),
            _ => fault,
        })
    }

    fn deeper(&mut self) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > MAX_NESTED { Err(too_deep()) } else { Ok(()) }
    }

    /// A new line with the indentation of the current level.
    fn line(&mut self) {
        if let Some(indent) = &self.style.indent {
            self.push(&format!("\n{}", indent.repeat(self.depth)));
        }
    }

    fn list(&mut self, items: &[Value]) -> Result<(), Fault> {
        let style = self.style;
        if items.is_empty() {
            self.push("[]");
            return Ok(());
        }
        self.push("[");
        self.deeper()?;
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(&style.comma);
            }
            self.line();
            self.value(item)?;
        }
        self.depth -= 1;
        self.line();
        self.push("]");
        Ok(())
    }

    fn dict(&mut self, dict: &Dict) -> Result<(), Fault> {
        let style = self.style;
        let mut entries: Vec<(&Value, &Value)> = dict.iter().map(|(k, e)| (k, &e.value)).collect();
        if style.sort {
            self.sort(&mut entries)?;
        }
        let mut written = 0;
        self.deeper()?;
        for (key, value) in entries {
            let Some(key) = self.key(key)? else { continue };
            self.push(if written == 0 { "{" } else { &style.comma });
            written += 1;
            self.line();
            self.string(&key);
            self.push(&style.colon);
            self.value(value)?;
        }
        self.depth -= 1;
        if written == 0 {
            self.push("{");
        } else {
            self.line();
        }
        self.push("}");
        Ok(())
    }

    fn sort(&mut self, entries: &mut [(&Value, &Value)]) -> Result<(), Fault> {
        if entries.iter().all(|(k, _)| matches!(k, Value::Str(_))) {
            entries.sort_by(|a, b| a.0.as_str().cmp(&b.0.as_str()));
            return Ok(());
        }
        // Keys of other kinds are rare and few; insertion keeps the comparison's errors.
        for end in 1..entries.len() {
            let mut at = end;
            while at > 0 && less_than(self.vm, entries[at].0, entries[at - 1].0)? {
                self.vm.charge(1)?;
                entries.swap(at, at - 1);
                at -= 1;
            }
        }
        Ok(())
    }

    fn key(&self, key: &Value) -> Result<Option<String>, Fault> {
        Ok(Some(match key {
            Value::Str(text) => text.as_str().to_string(),
            Value::Bool(b) => if *b { "true" } else { "false" }.to_string(),
            Value::None => "null".to_string(),
            Value::Int(_) | Value::Big(_) => key.repr(),
            Value::Float(x) => float(self.style, *x)?,
            _ if self.style.skip => return Ok(None),
            other => {
                let message = format!("the keys of JSON are text, not {}", a(other));
                return Err(Fault::type_error(message));
            }
        }))
    }
}

fn float(style: &Style, x: f64) -> Result<String, Fault> {
    if !x.is_finite() && !style.nan {
        return Err(Fault::value_error("JSON has no NaN and no infinity"));
    }
    Ok(match (x.is_nan(), x.is_infinite(), x > 0.0) {
        (true, ..) => "NaN".to_string(),
        (_, true, true) => "Infinity".to_string(),
        (_, true, false) => "-Infinity".to_string(),
        _ => float_repr(x),
    })
}
