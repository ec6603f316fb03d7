//! The protobuf messages of an executors file: which fields there are, by include/mesos/v1/mesos.proto of Mesos 1.6.1,
//! with which the scheduler is built. A file with any other field stops it.

mod common;
mod container;
mod executor;
mod resource;

pub(super) use container::VOLUME;
pub(super) use executor::EXECUTOR_INFO;

/// A message.
#[derive(Debug)]
pub(super) struct Descriptor {
    /// What the message is, in words.
    pub(super) what: &'static str,
    /// Its fields.
    pub(super) fields: &'static [Field],
}

/// A field of a message.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name, which is also its key in JSON.
    pub(super) name: &'static str,
    /// How often it occurs.
    pub(super) label: Label,
    /// What it holds.
    pub(super) kind: FieldKind,
}

/// How often a field occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// Once.
    Required,
    /// At most once.
    Optional,
    /// Any number of times: an array.
    Repeated,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum FieldKind {
    /// `string`
    String,
    /// `bytes`, in JSON as base64
    Bytes,
    /// `bool`
    Bool,
    /// `double`
    Double,
    /// `uint32`, for which Java has an int of 32 bits
    Int32,
    /// `int64`, or `uint64`, for which Java has a long of 64 bits
    Int64,
    /// An enum: its words with their numbers
    Enum(&'static [(&'static str, i32)]),
    /// Another message
    Message(&'static Descriptor),
}

/// A field that must be set.
pub(super) const fn required(name: &'static str, kind: FieldKind) -> Field {
    Field { name, label: Label::Required, kind }
}

/// A field that may be set.
pub(super) const fn optional(name: &'static str, kind: FieldKind) -> Field {
    Field { name, label: Label::Optional, kind }
}

/// A field that is an array.
pub(super) const fn repeated(name: &'static str, kind: FieldKind) -> Field {
    Field { name, label: Label::Repeated, kind }
}
