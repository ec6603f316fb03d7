//! JSON text as values.

use num_bigint::BigInt;

use crate::source::Span;
use crate::template::value::{Args, Dict, Fault, Key, Value, Vm};

/// Arrays and objects inside each other.
const MOST_NESTED: usize = 200;
/// Digits of one integer.
const MOST_DIGITS: usize = 4300;

/// The value of a JSON text; the hooks get each object as a dict, or as a list of pairs.
pub(super) fn read(
    vm: &mut dyn Vm,
    text: &str,
    hook: Option<Value>,
    pairs_hook: Option<Value>,
    span: Span,
) -> Result<Value, Fault> {
    vm.charge_text(text.len())?;
    let mut reader = Reader { vm, text, at: 0, depth: 0, hook, pairs_hook, span };
    reader.blanks();
    let value = reader.value()?;
    reader.blanks();
    if reader.at < text.len() {
        return Err(reader.bad("more text follows the value"));
    }
    Ok(value)
}

struct Reader<'a> {
    vm: &'a mut dyn Vm,
    text: &'a str,
    at: usize,
    depth: usize,
    hook: Option<Value>,
    pairs_hook: Option<Value>,
    span: Span,
}

impl Reader<'_> {
    fn bad(&self, what: &str) -> Fault {
        let before = &self.text[..self.at.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Fault::value_error(format!("this is no JSON: {what}, in line {line}, column {column} of the text"))
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self) -> Result<Value, Fault> {
        self.vm.charge(1)?;
        const WORDS: &[(&str, Value)] = &[
            ("null", Value::None),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("NaN", Value::Float(f64::NAN)),
            ("Infinity", Value::Float(f64::INFINITY)),
            ("-Infinity", Value::Float(f64::NEG_INFINITY)),
        ];
        match self.peek() {
            Some(b'"') => self.string().map(Value::str),
            Some(b'[') => self.nested(Self::array),
            Some(b'{') => self.nested(Self::object),
            _ => {
                let word = WORDS.iter().find(|(word, _)| self.rest().starts_with(word));
                if let Some((word, value)) = word {
                    self.at += word.len();
                    return Ok(value.clone());
                }
                self.number()
            }
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Fault>) -> Result<Value, Fault> {
        if self.depth >= MOST_NESTED {
            return Err(self.bad("it is nested too deep"));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    /// Whether another item follows; `close` ends the items.
    fn more(&mut self, first: bool, close: &str) -> Result<bool, Fault> {
        self.blanks();
        if self.eat(close) {
            return Ok(false);
        }
        if !first {
            if !self.eat(",") {
                return Err(self.bad(&format!("a comma or {close} is missing")));
            }
            self.blanks();
        }
        Ok(true)
    }

    fn array(&mut self) -> Result<Value, Fault> {
        let mut items = Vec::new();
        while self.more(items.is_empty(), "]")? {
            items.push(self.value()?);
        }
        Ok(Value::list(items))
    }

    fn object(&mut self) -> Result<Value, Fault> {
        let mut pairs: Vec<(String, Value)> = Vec::new();
        while self.more(pairs.is_empty(), "}")? {
            if self.peek() != Some(b'"') {
                return Err(self.bad("a key in double quotes is missing"));
            }
            let key = self.string()?;
            self.blanks();
            if !self.eat(":") {
                return Err(self.bad("a colon is missing behind the key"));
            }
            self.blanks();
            pairs.push((key, self.value()?));
        }
        if let Some(hook) = self.pairs_hook.clone() {
            let pairs = pairs.into_iter().map(|(k, v)| Value::tuple(vec![Value::str(k), v])).collect();
            return self.vm.call(&hook, Args::of(self.span, vec![Value::list(pairs)]));
        }
        let mut dict = Dict::new();
        for (key, value) in pairs {
            dict.insert(Key::text(&key), value);
        }
        let dict = Value::dict(dict);
        match self.hook.clone() {
            Some(hook) => self.vm.call(&hook, Args::of(self.span, vec![dict])),
            None => Ok(dict),
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let Some(c) = self.rest().chars().next() else { return Err(self.bad("a text has no end")) };
            match c {
                '"' => {
                    self.at += 1;
                    return Ok(out);
                }
                '\\' => out.push(self.escape()?),
                c if (c as u32) < 0x20 => return Err(self.bad("a text has a control character in it")),
                c => {
                    out.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        self.at += 1;
        let Some(c) = self.peek() else { return Err(self.bad("a text has no end")) };
        let plain = match c {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(self.bad("there is no such escape")),
        };
        self.at += 1;
        Ok(plain)
    }

    fn unicode(&mut self) -> Result<char, Fault> {
        let unit = |r: &mut Self| {
            let digits = r.rest().get(1..5).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
            let unit = digits.and_then(|d| u16::from_str_radix(d, 16).ok());
            r.at += 5;
            unit.ok_or_else(|| r.bad("four hexadecimal digits must follow \\u"))
        };
        let first = unit(self)?;
        let mut units = vec![first];
        if (0xd800..0xdc00).contains(&first) && self.rest().starts_with("\\u") {
            self.at += 1;
            units.push(unit(self)?);
        }
        let mut decoded = char::decode_utf16(units);
        match (decoded.next(), decoded.next()) {
            (Some(Ok(c)), None) => Ok(c),
            _ => Err(self.bad("a surrogate stands alone")),
        }
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let rest = self.rest().as_bytes();
        let digits = |from: usize| rest[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let sign = usize::from(rest.first() == Some(&b'-'));
        let whole = match rest.get(sign) {
            Some(b'0') => 1,
            _ => digits(sign),
        };
        if whole == 0 {
            return Err(self.bad("a value is missing"));
        }
        let mut end = sign + whole;
        let mut float = false;
        if rest.get(end) == Some(&b'.') && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
            float = true;
        }
        if matches!(rest.get(end), Some(b'e' | b'E')) {
            let signed = end + 1 + usize::from(matches!(rest.get(end + 1), Some(b'+' | b'-')));
            if signed <= rest.len() && digits(signed) > 0 {
                end = signed + digits(signed);
                float = true;
            }
        }
        let text = &self.rest()[..end];
        let value = if float {
            text.parse().ok().map(Value::Float)
        } else if text.len() > MOST_DIGITS {
            None
        } else {
            text.parse::<BigInt>().ok().map(Value::int)
        };
        let value = value.ok_or_else(|| self.bad("a number is too long"))?;
        self.at += end;
        Ok(value)
    }
}
