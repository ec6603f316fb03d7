//! The form in which types are written down: plain data, from which types, documentation and checks are made.

/// A struct type.
#[derive(Debug)]
pub struct StructSpec {
    /// Its name in the language.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub doc: &'static str,
    /// Its fields, in declared order.
    pub fields: &'static [FieldSpec],
}

/// A field of a struct type.
#[derive(Debug)]
pub struct FieldSpec {
    /// Its name.
    pub name: &'static str,
    /// The type of its value.
    pub ty: TypeSpec,
    /// Whether it must be given, and what it is otherwise.
    pub presence: Presence,
    /// What it means, with its unit.
    pub doc: &'static str,
    /// Whether it is an extension of jobc: the stock client's class has no such field.
    pub is_extension: bool,
}

/// A type, by what it is made of.
#[derive(Debug, Clone, Copy)]
pub enum TypeSpec {
    /// `String`
    String,
    /// `Integer`
    Integer,
    /// `Float`
    Float,
    /// `Boolean`
    Boolean,
    /// A string, or any structure.
    Any,
    /// A struct or enum declared elsewhere in the schema, by name.
    Named(&'static str),
    /// `List(element)`
    List(&'static TypeSpec),
    /// `Map(String, String)`
    StringMap,
    /// `Map(String, Integer)`
    IntegerMap,
    /// `Choice([...])` of named structs.
    Choice(&'static [&'static str]),
}

/// Whether a field must be given, and what it is otherwise.
#[derive(Debug, Clone, Copy)]
pub enum Presence {
    /// `T`: unset unless given.
    Optional,
    /// `Required(T)`
    Required,
    /// `Default(T, value)`
    Default(DefaultSpec),
}

/// A default value.
#[derive(Debug, Clone, Copy)]
pub enum DefaultSpec {
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A boolean.
    Bool(bool),
    /// Text.
    Str(&'static str),
    /// `[]`
    EmptyList,
    /// A dict of strings.
    Map(&'static [(&'static str, &'static str)]),
    /// A named struct, with some fields given.
    Struct(&'static str, &'static [(&'static str, DefaultSpec)]),
}

/// An enum type.
#[derive(Debug)]
pub struct EnumSpec {
    /// Its name in the language.
    pub name: &'static str,
    /// The name of the type, which Pystachio makes of the values.
    pub type_name: &'static str,
    /// Its values.
    pub values: &'static [&'static str],
    /// What it is for.
    pub doc: &'static str,
}

/// A required field.
pub(super) const fn required(name: &'static str, ty: TypeSpec, doc: &'static str) -> FieldSpec {
    FieldSpec { name, ty, presence: Presence::Required, doc, is_extension: false }
}

/// A field that may stay unset.
pub(super) const fn optional(name: &'static str, ty: TypeSpec, doc: &'static str) -> FieldSpec {
    FieldSpec { name, ty, presence: Presence::Optional, doc, is_extension: false }
}

/// A field with a default.
pub(super) const fn default(
    name: &'static str,
    ty: TypeSpec,
    value: DefaultSpec,
    doc: &'static str,
) -> FieldSpec {
    FieldSpec { name, ty, presence: Presence::Default(value), doc, is_extension: false }
}

/// A field that may stay unset, and that the stock client does not have.
pub(super) const fn extension(name: &'static str, ty: TypeSpec, doc: &'static str) -> FieldSpec {
    FieldSpec { is_extension: true, ..optional(name, ty, doc) }
}
