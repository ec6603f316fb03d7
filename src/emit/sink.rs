//! Encodings, to which messages are described.

use smol_str::SmolStr;

/// The types of Thrift that Aurora's messages use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ThriftType {
    /// `bool`
    Bool,
    /// `double`
    Double,
    /// `i32`; enums are sent as such
    I32,
    /// `i64`
    I64,
    /// `string`
    Text,
    /// A struct or union
    Struct,
    /// `map`
    Map,
    /// `set`
    Set,
    /// `list`
    List,
}

/// An encoding, which receives a message piece by piece, in order.
pub(super) trait Sink {
    /// A struct or union begins; its fields follow.
    fn begin_struct(&mut self);
    /// The struct has no more fields.
    fn end_struct(&mut self);
    /// A field begins; its value follows.
    fn begin_field(&mut self, number: i16, name: &'static str, kind: ThriftType);
    /// The field's value is complete.
    fn end_field(&mut self);
    /// A list or set of `count` values of one kind begins.
    fn begin_items(&mut self, kind: ThriftType, item: ThriftType, count: usize);
    /// The next value of the list or set follows.
    fn next_item(&mut self);
    /// The list or set has no more values.
    fn end_items(&mut self);
    /// A whole map of strings.
    fn text_map(&mut self, entries: &[(String, String)]);
    /// A `bool`.
    fn boolean(&mut self, value: bool);
    /// A `double`.
    fn double(&mut self, value: f64);
    /// An `i32`, in the model's type.
    fn int32(&mut self, value: i64);
    /// An `i64`.
    fn int64(&mut self, value: i64);
    /// A `string`.
    fn text(&mut self, value: &str);
    /// A value of an enum.
    fn enumeration(&mut self, number: i32, name: &'static str);

    /// A field that is set.
    fn field<V: Value + ?Sized>(&mut self, number: i16, name: &'static str, value: &V)
    where
        Self: Sized,
    {
        self.begin_field(number, name, V::KIND);
        value.put(self);
        self.end_field();
    }

    /// A field that may be set.
    fn optional<V: Value + ?Sized>(&mut self, number: i16, name: &'static str, value: Option<&V>)
    where
        Self: Sized,
    {
        if let Some(value) = value {
            self.field(number, name, value);
        }
    }
}

/// A value in a message.
pub(super) trait Value {
    /// Its type on the wire.
    const KIND: ThriftType;
    /// Describes it to the encoding.
    fn put<S: Sink>(&self, to: &mut S);
}

/// A struct or union of api.thrift.
pub(super) trait Message {
    /// Describes every field that is set to the encoding.
    fn fields<S: Sink>(&self, to: &mut S);
}

impl<M: Message> Value for M {
    const KIND: ThriftType = ThriftType::Struct;

    fn put<S: Sink>(&self, to: &mut S) {
        to.begin_struct();
        self.fields(to);
        to.end_struct();
    }
}

/// Implements [`Value`] for the types that stand for one type of Thrift.
macro_rules! values {
    ($($type:ty, $kind:ident, |$value:ident, $to:ident| $put:expr;)*) => {$(
        impl Value for $type {
            const KIND: ThriftType = ThriftType::$kind;

            fn put<S: Sink>(&self, $to: &mut S) {
                let $value = self;
                $put;
            }
        }
    )*};
}

/// An `i32`, in the model's type.
pub(super) struct I32(pub(super) i64);

/// An `i64`.
pub(super) struct I64(pub(super) i64);

/// A map of strings.
pub(super) struct TextMap<'a>(pub(super) &'a [(String, String)]);

values! {
    bool, Bool, |value, to| to.boolean(*value);
    f64, Double, |value, to| to.double(*value);
    I32, I32, |value, to| to.int32(value.0);
    I64, I64, |value, to| to.int64(value.0);
    str, Text, |value, to| to.text(value);
    String, Text, |value, to| to.text(value);
    SmolStr, Text, |value, to| to.text(value);
    TextMap<'_>, Map, |value, to| to.text_map(value.0);
}

/// A set, in the model's order.
pub(super) struct Set<'a, V>(pub(super) &'a [V]);

impl<V: Value> Value for Set<'_, V> {
    const KIND: ThriftType = ThriftType::Set;

    fn put<S: Sink>(&self, to: &mut S) {
        items(to, ThriftType::Set, self.0);
    }
}

/// A list.
pub(super) struct List<'a, V>(pub(super) &'a [V]);

impl<V: Value> Value for List<'_, V> {
    const KIND: ThriftType = ThriftType::List;

    fn put<S: Sink>(&self, to: &mut S) {
        items(to, ThriftType::List, self.0);
    }
}

fn items<S: Sink, V: Value>(to: &mut S, kind: ThriftType, values: &[V]) {
    to.begin_items(kind, V::KIND, values.len());
    for value in values {
        to.next_item();
        value.put(to);
    }
    to.end_items();
}

/// A list of `i32`.
pub(super) struct I32List<'a>(pub(super) &'a [i64]);

impl Value for I32List<'_> {
    const KIND: ThriftType = ThriftType::List;

    fn put<S: Sink>(&self, to: &mut S) {
        to.begin_items(ThriftType::List, ThriftType::I32, self.0.len());
        for &value in self.0 {
            to.next_item();
            to.int32(value);
        }
        to.end_items();
    }
}
