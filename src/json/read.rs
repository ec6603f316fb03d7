//! How values nest, and what a caller makes of them.

use std::ops::Range;

use super::scan::Scanner;
use super::{Dialect, Error, Number, Text, Word};

/// A key of an object with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<K, V> {
    /// The key.
    pub key: K,
    /// Where the key is written, quotes included.
    pub key_at: Range<usize>,
    /// The value.
    pub value: V,
}

/// What a caller makes of the values of a string. Ranges are bytes of the text.
pub trait Build {
    /// What a value becomes.
    type Value;
    /// Why reading stops.
    type Error: From<Error>;

    /// Called before each value, with the number of values that its array or object has already: the place to count what
    /// reading costs.
    ///
    /// # Errors
    /// When it costs too much.
    fn begin(&mut self, before: usize, at: usize) -> Result<(), Self::Error>;

    /// Called when an array or object opens; every `Ok` is followed by a [`Build::leave`], unless reading stops.
    ///
    /// # Errors
    /// When they nest too deep.
    fn enter(&mut self, at: usize) -> Result<(), Self::Error>;

    /// Called when an array or object is complete.
    fn leave(&mut self);

    /// `null`, `true`, `false`, and Python's words for floats.
    ///
    /// # Errors
    /// The caller's own.
    fn word(&mut self, word: Word, at: Range<usize>) -> Result<Self::Value, Self::Error>;

    /// A number.
    ///
    /// # Errors
    /// The caller's own.
    fn number(&mut self, number: Number<'_>, at: Range<usize>) -> Result<Self::Value, Self::Error>;

    /// A string.
    ///
    /// # Errors
    /// The caller's own.
    fn string(&mut self, text: Text<'_>, at: Range<usize>) -> Result<Self::Value, Self::Error>;

    /// An array.
    ///
    /// # Errors
    /// The caller's own.
    fn array(&mut self, items: Vec<Self::Value>, at: Range<usize>) -> Result<Self::Value, Self::Error>;

    /// An object; a key may occur more than once.
    ///
    /// # Errors
    /// The caller's own.
    fn object(
        &mut self,
        members: Vec<Member<Text<'_>, Self::Value>>,
        at: Range<usize>,
    ) -> Result<Self::Value, Self::Error>;
}

/// Reads a string that is one value.
///
/// # Errors
/// When it is not JSON of this dialect, and when `build` stops.
pub fn read<B: Build>(text: &str, dialect: Dialect, build: &mut B) -> Result<B::Value, B::Error> {
    let mut reader = Reader { scan: Scanner::new(text), dialect, build };
    reader.scan.spaces();
    let value = reader.value(0)?;
    reader.scan.spaces();
    if !dialect.trailing_text && reader.scan.at < text.len() {
        return Err(Error::new("more text follows the value", reader.scan.next_word()).into());
    }
    Ok(value)
}

struct Reader<'t, 'b, B> {
    scan: Scanner<'t>,
    dialect: Dialect,
    build: &'b mut B,
}

impl<'t, B: Build> Reader<'t, '_, B> {
    fn value(&mut self, before: usize) -> Result<B::Value, B::Error> {
        let start = self.scan.at;
        self.build.begin(before, start)?;
        match self.scan.peek() {
            Some(b'"') => {
                let text = self.scan.string(self.dialect)?;
                self.build.string(text, start..self.scan.at)
            }
            Some(b'[') => self.array(),
            Some(b'{') => self.object(),
            _ => self.scalar(),
        }
    }

    fn scalar(&mut self) -> Result<B::Value, B::Error> {
        let start = self.scan.at;
        if let Some(word) = self.scan.word(self.dialect) {
            return self.build.word(word, start..self.scan.at);
        }
        match self.scan.number() {
            Some(number) => self.build.number(number, start..self.scan.at),
            None => Err(self.scan.expected("a value").into()),
        }
    }

    fn array(&mut self) -> Result<B::Value, B::Error> {
        let start = self.open()?;
        let mut items = Vec::new();
        while self.another(items.len(), b']', "a value")? {
            items.push(self.value(items.len())?);
        }
        self.build.leave();
        self.build.array(items, start..self.scan.at)
    }

    fn object(&mut self) -> Result<B::Value, B::Error> {
        let start = self.open()?;
        let mut members: Vec<Member<Text<'t>, B::Value>> = Vec::new();
        while self.another(members.len(), b'}', "a key in double quotes")? {
            if self.scan.peek() != Some(b'"') {
                return Err(self.scan.expected("a key in double quotes").into());
            }
            let key_start = self.scan.at;
            let key = self.scan.string(self.dialect)?;
            let key_at = key_start..self.scan.at;
            self.scan.spaces();
            if !self.scan.eat(b':') {
                return Err(self.scan.expected("`:` after the key").into());
            }
            self.scan.spaces();
            let value = self.value(members.len())?;
            members.push(Member { key, key_at, value });
        }
        self.build.leave();
        self.build.object(members, start..self.scan.at)
    }

    fn open(&mut self) -> Result<usize, B::Error> {
        let start = self.scan.at;
        self.build.enter(start)?;
        self.scan.at += 1;
        Ok(start)
    }

    /// Whether another item follows, where there are `before` of them already; takes the comma, or what closes them.
    fn another(&mut self, before: usize, close: u8, item: &str) -> Result<bool, B::Error> {
        self.scan.spaces();
        if self.scan.eat(close) {
            return Ok(false);
        }
        if before == 0 {
            return Ok(true);
        }
        let comma = self.scan.at;
        if !self.scan.eat(b',') {
            return Err(self.scan.expected(&format!("`,` or `{}`", char::from(close))).into());
        }
        self.scan.spaces();
        if self.scan.peek() == Some(close) {
            let message = format!("expected {item} after this comma");
            return Err(Error::new(message, comma..comma + 1).into());
        }
        Ok(true)
    }
}
