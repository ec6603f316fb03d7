//! TBinaryProtocol in its strict form: fields by type and number, everything big-endian.

use super::NoReply;
use super::value::{Bounds, Message, Value};

/// The version, in the upper half of the first word.
const VERSION: u32 = 0x8001_0000;

pub(super) fn read(bytes: &[u8]) -> Result<Message, NoReply> {
    let mut reader = Reader { rest: bytes, bounds: Bounds::default() };
    let word = u32::from_be_bytes(reader.array()?);
    if word & 0xffff_0000 != VERSION {
        return Err(NoReply::new("it is neither TJSONProtocol nor strict TBinaryProtocol"));
    }
    let name = reader.text()?;
    let _sequence: [u8; 4] = reader.array()?;
    let body = reader.structure()?;
    match reader.rest {
        [] => Ok(Message { kind: i64::from(word & 0xff), name, body }),
        rest => Err(NoReply::new(format!("after the answer, there are {} more bytes", rest.len()))),
    }
}

struct Reader<'b> {
    rest: &'b [u8],
    bounds: Bounds,
}

/// The numbers of the types.
const STOP: u8 = 0;
const BOOL: u8 = 2;
const BYTE: u8 = 3;
const DOUBLE: u8 = 4;
const I16: u8 = 6;
const I32: u8 = 8;
const I64: u8 = 10;
const TEXT: u8 = 11;
const STRUCT: u8 = 12;
const MAP: u8 = 13;
const SET: u8 = 14;
const LIST: u8 = 15;

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], NoReply> {
        let (taken, rest) =
            self.rest.split_at_checked(count).ok_or_else(|| NoReply::new("it ends in the middle"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], NoReply> {
        let (taken, rest) =
            self.rest.split_first_chunk::<N>().ok_or_else(|| NoReply::new("it ends in the middle"))?;
        self.rest = rest;
        Ok(*taken)
    }

    fn byte(&mut self) -> Result<u8, NoReply> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn size(&mut self) -> Result<usize, NoReply> {
        let size = i32::from_be_bytes(self.array()?);
        usize::try_from(size).map_err(|_| NoReply::new(format!("it has a length of {size}")))
    }

    fn text(&mut self) -> Result<String, NoReply> {
        let size = self.size()?;
        Ok(String::from_utf8_lossy(self.take(size)?).into_owned())
    }

    fn structure(&mut self) -> Result<Value, NoReply> {
        self.bounds.enter()?;
        let mut fields = Vec::new();
        loop {
            let kind = self.byte()?;
            if kind == STOP {
                break;
            }
            let number = i16::from_be_bytes(self.array()?);
            fields.push((i64::from(number), self.value(kind)?));
        }
        self.bounds.leave();
        Ok(Value::Struct(fields))
    }

    fn value(&mut self, kind: u8) -> Result<Value, NoReply> {
        Ok(match kind {
            BOOL | BYTE => Value::Int(i64::from(i8::from_be_bytes(self.array()?))),
            I16 => Value::Int(i64::from(i16::from_be_bytes(self.array()?))),
            I32 => Value::Int(i64::from(i32::from_be_bytes(self.array()?))),
            I64 => Value::Int(i64::from_be_bytes(self.array()?)),
            DOUBLE => {
                self.take(8)?;
                Value::Other
            }
            TEXT => Value::Text(self.text()?),
            STRUCT => self.structure()?,
            LIST | SET => {
                let kind = self.byte()?;
                self.items(kind)?
            }
            MAP => {
                self.skip_map()?;
                Value::Other
            }
            _ => return Err(NoReply::new(format!("there is no type {kind} in Thrift"))),
        })
    }

    fn items(&mut self, kind: u8) -> Result<Value, NoReply> {
        let count = self.size()?;
        self.bounds.enter()?;
        // Every value has at least one byte.
        let mut items = Vec::with_capacity(count.min(self.rest.len()).min(1024));
        for _ in 0..count {
            items.push(self.value(kind)?);
        }
        self.bounds.leave();
        Ok(Value::Items(items))
    }

    fn skip_map(&mut self) -> Result<(), NoReply> {
        let [key, value] = self.array()?;
        let count = self.size()?;
        self.bounds.enter()?;
        for _ in 0..count {
            self.value(key)?;
            self.value(value)?;
        }
        self.bounds.leave();
        Ok(())
    }
}
