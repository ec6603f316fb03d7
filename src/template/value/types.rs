//! Types: the four scalars, enums, lists, maps, choices and structs.

use std::fmt;
use std::rc::Rc;

use super::fields::Fields;
use super::order::{ClassBody, Order, Orders};
use super::{Fault, Field, Object};
use crate::diagnostics::codes::budget::TOO_LARGE;
use crate::diagnostics::with_article;
use crate::source::Span;

/// A type, shared. Two types are the same when name and structure agree, wherever they were declared.
#[derive(Clone)]
pub struct Type(Rc<Node>);

struct Node {
    name: Rc<str>,
    /// The name that files know it by, where that is another.
    alias: Option<Rc<str>>,
    /// The type as it was declared, where this one is a variant of it: another name, or a class made anew.
    declared: Option<Type>,
    /// Whether Pystachio makes the class anew, so that its fields have the order of such a class.
    made_anew: bool,
    kind: Kind,
    /// Of structs.
    orders: Rc<Orders>,
    span: Span,
    /// Types that it is made of, each counted as often as it occurs.
    size: usize,
}

/// Types that a type may be made of. Types share their parts, but names and comparisons go through all of them.
const MAX_PARTS: usize = 10_000;

/// The structure of a type.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `String`
    String,
    /// `Integer`
    Integer,
    /// `Float`
    Float,
    /// `Boolean`
    Boolean,
    /// Text, or any structure: plain values, objects, lists and dicts of them, types. Scalars become text, so that a
    /// field of this kind behaves as a `String` field as long as it holds no structure.
    Any,
    /// `Enum(name, values)`
    Enum(Vec<Box<str>>),
    /// `List(element)`
    List(Type),
    /// `Map(key, value)`
    Map(Type, Type),
    /// `Choice(name, alternatives)`
    Choice(Vec<Type>),
    /// `class Name(Struct)`: its fields in declared order.
    Struct(Rc<Fields>),
}

impl Kind {
    fn size(&self) -> usize {
        let inside =
            |types: &mut dyn Iterator<Item = &Type>| types.fold(1, |n: usize, t| n.saturating_add(t.0.size));
        match self {
            Kind::List(element) => inside(&mut [element].into_iter()),
            Kind::Map(key, value) => inside(&mut [key, value].into_iter()),
            Kind::Choice(alternatives) => inside(&mut alternatives.iter()),
            Kind::Struct(fields) => inside(&mut fields.values().map(|field| &field.ty)),
            Kind::String | Kind::Integer | Kind::Float | Kind::Boolean | Kind::Any | Kind::Enum(_) => 1,
        }
    }
}

/// What stands for a field in a class body: `T`, `Required(T)` or `Default(T, value)`.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The type of the field.
    pub ty: Type,
    /// Whether it is `Required(T)`.
    pub required: bool,
    /// The value of `Default(T, value)`, as given.
    pub default: Option<Object>,
}

thread_local! {
    static SCALARS: [Type; 5] = [
        Type::named("String", Kind::String, Span::NONE),
        Type::named("Integer", Kind::Integer, Span::NONE),
        Type::named("Float", Kind::Float, Span::NONE),
        Type::named("Boolean", Kind::Boolean, Span::NONE),
        Type::named("String", Kind::Any, Span::NONE),
    ];
}

impl Type {
    fn named(name: impl Into<Rc<str>>, kind: Kind, span: Span) -> Type {
        let size = kind.size();
        let orders = Rc::default();
        let name = name.into();
        Type(Rc::new(Node { name, alias: None, declared: None, made_anew: false, kind, orders, span, size }))
    }

    /// The same type under the name by which files know it; messages say that one, everything else the first.
    #[must_use]
    pub fn known_as(&self, alias: &str) -> Type {
        self.variant(Some(alias.into()), self.0.made_anew)
    }

    /// The same type as the type of a field, an element or an alternative, for which Pystachio makes a class anew.
    #[must_use]
    pub fn made_anew(&self) -> Type {
        match self.kind() {
            Kind::Struct(_) if !self.0.made_anew => self.variant(self.0.alias.clone(), true),
            // Objects of an enum are equal only if they are of one class.
            Kind::Enum(_) => self.variant(self.0.alias.clone(), true),
            _ => self.clone(),
        }
    }

    fn variant(&self, alias: Option<Rc<str>>, made_anew: bool) -> Type {
        Type(Rc::new(Node {
            name: self.0.name.clone(),
            alias,
            declared: Some(self.declared().clone()),
            made_anew,
            kind: self.0.kind.clone(),
            orders: self.0.orders.clone(),
            span: self.0.span,
            size: self.0.size,
        }))
    }

    fn declared(&self) -> &Type {
        self.0.declared.as_ref().unwrap_or(self)
    }

    /// Refuses to make a type of more parts than allowed.
    ///
    /// # Errors
    /// When these types are made of more.
    pub fn check_size<'t>(mut parts: impl Iterator<Item = &'t Type>) -> Result<(), Fault> {
        let sum = |sum: usize, part: &Type| {
            let sum = sum.saturating_add(part.0.size);
            (sum < MAX_PARTS).then_some(sum)
        };
        if parts.try_fold(0, sum).is_some() {
            return Ok(());
        }
        let message = format!("the type is made of more than the {MAX_PARTS} types that are allowed");
        Err(Fault::new("Budget", &TOO_LARGE, message).help("make one type of those that repeat themselves"))
    }

    /// `String`
    pub fn string() -> Type {
        SCALARS.with(|s| s[0].clone())
    }

    /// `Integer`
    pub fn integer() -> Type {
        SCALARS.with(|s| s[1].clone())
    }

    /// `Float`
    pub fn float() -> Type {
        SCALARS.with(|s| s[2].clone())
    }

    /// `Boolean`
    pub fn boolean() -> Type {
        SCALARS.with(|s| s[3].clone())
    }

    /// Text or any structure, see [`Kind::Any`].
    pub fn any() -> Type {
        SCALARS.with(|s| s[4].clone())
    }

    /// `Enum(name, values)`
    pub fn enumeration(name: &str, values: Vec<Box<str>>, span: Span) -> Type {
        Type::named(name, Kind::Enum(values), span)
    }

    /// `List(element)`; its name is the element's with `List` after it, as in Pystachio.
    pub fn list(element: Type) -> Type {
        Type::named(format!("{}List", element.name()), Kind::List(element.made_anew()), Span::NONE)
    }

    /// `Map(key, value)`
    pub fn map(key: Type, value: Type) -> Type {
        let name = format!("{}{}Map", key.name(), value.name());
        Type::named(name, Kind::Map(key.made_anew(), value.made_anew()), Span::NONE)
    }

    /// `Choice(name, alternatives)`; without a name, Pystachio's `Choice_A_B`.
    pub fn choice(name: Option<&str>, alternatives: Vec<Type>, span: Span) -> Type {
        let name = name.map_or_else(
            || format!("Choice_{}", alternatives.iter().map(Type::name).collect::<Vec<_>>().join("_")),
            str::to_string,
        );
        let alternatives = alternatives.iter().map(Type::made_anew).collect();
        Type::named(name, Kind::Choice(alternatives), span)
    }

    /// A struct with fields whose defaults hold no bindings (see `define_struct` for what a class body gives).
    pub fn structure(name: &str, fields: Fields, body: ClassBody, span: Span) -> Type {
        let made = Type::named(name, Kind::Struct(Rc::new(fields)), span);
        made.with_orders(Rc::new(Orders::new(body)))
    }

    /// The struct of a class that is made from this one: the same fields under another name.
    #[must_use]
    pub fn renamed(&self, name: &str, span: Span) -> Type {
        Type::named(name, self.0.kind.clone(), span).with_orders(self.0.orders.clone())
    }

    fn with_orders(mut self, orders: Rc<Orders>) -> Type {
        if let Some(node) = Rc::get_mut(&mut self.0) {
            node.orders = orders;
        }
        self
    }

    /// The fields of a struct, by index, in the order in which its objects keep them.
    pub(crate) fn slot_order(&self) -> &[u16] {
        match self.kind() {
            Kind::Struct(fields) => self.0.orders.slots(fields, self.0.made_anew),
            _ => &[],
        }
    }

    /// The fields of a struct that are set, by index, in the order in which they are written.
    pub(in crate::template) fn written_order(&self, is_set: impl Fn(usize) -> bool) -> Order {
        match self.kind() {
            Kind::Struct(fields) => self.0.orders.written(fields, self.0.made_anew, is_set),
            _ => Order::default(),
        }
    }

    /// The name, as `str(T.__name__)` in Pystachio.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The name to call it by in messages: [`Type::name`], or the one that files know it by.
    pub fn title(&self) -> &str {
        self.0.alias.as_ref().unwrap_or(&self.0.name)
    }

    /// The structure.
    pub fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// Where it was declared; [`Span::NONE`] for built-in types.
    pub fn span(&self) -> Span {
        self.0.span
    }

    /// The fields, if it is a struct.
    pub fn fields(&self) -> Option<&Fields> {
        match self.kind() {
            Kind::Struct(fields) => Some(fields),
            _ => None,
        }
    }

    /// Whether it is one of the scalars or an enum.
    pub fn is_simple(&self) -> bool {
        matches!(self.kind(), Kind::String | Kind::Integer | Kind::Float | Kind::Boolean | Kind::Enum(_))
    }

    /// Whether references can go into objects of this type.
    pub fn is_namable(&self) -> bool {
        matches!(self.kind(), Kind::List(_) | Kind::Map(..) | Kind::Struct(_))
    }

    /// Whether both are declared by the very same declaration.
    pub fn is(&self, other: &Type) -> bool {
        Rc::ptr_eq(&self.declared().0, &other.declared().0)
    }

    /// Whether both are the very same class in Pystachio.
    pub fn is_same_class(&self, other: &Type) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Pystachio's `isinstance`: same name and same structure, fields in any order.
    pub fn same(&self, other: &Type) -> bool {
        self.is(other) || (self.0.name == other.0.name && self.same_structure(other))
    }

    fn same_structure(&self, other: &Type) -> bool {
        match (self.kind(), other.kind()) {
            // A user's own copy of a stock struct says String where the schema takes any structure.
            (Kind::String | Kind::Any, Kind::String | Kind::Any)
            | (Kind::Integer, Kind::Integer)
            | (Kind::Float, Kind::Float)
            | (Kind::Boolean, Kind::Boolean) => true,
            (Kind::Enum(a), Kind::Enum(b)) => a == b,
            (Kind::List(a), Kind::List(b)) => a.same(b),
            (Kind::Map(a, x), Kind::Map(b, y)) => a.same(b) && x.same(y),
            (Kind::Choice(a), Kind::Choice(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.same(y))
            }
            (Kind::Struct(a), Kind::Struct(b)) => same_fields(a, b),
            _ => false,
        }
    }

    /// Whether two choices have the same alternatives in the same order, whatever their names.
    pub(in crate::template) fn same_alternatives(&self, other: &Type) -> bool {
        match (self.kind(), other.kind()) {
            (Kind::Choice(a), Kind::Choice(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.same(y))
            }
            _ => false,
        }
    }

    /// Whether two struct types have the same fields, whatever their names (Pystachio's comparison of type maps).
    pub fn same_schema(&self, other: &Type) -> bool {
        match (self.fields(), other.fields()) {
            (Some(a), Some(b)) => self.is(other) || same_fields(a, b),
            _ => false,
        }
    }

    /// How the user would write the type: `List(String)`, `Map(String, Integer)`, `Process`.
    pub fn written(&self) -> String {
        match self.kind() {
            _ if self.0.alias.is_some() => self.title().to_string(),
            Kind::Any => "String or a structure".to_string(),
            Kind::List(e) => format!("List({})", e.written()),
            Kind::Map(k, v) => format!("Map({}, {})", k.written(), v.written()),
            Kind::Choice(a) if self.name().starts_with("Choice_") => {
                format!("Choice([{}])", a.iter().map(Type::written).collect::<Vec<_>>().join(", "))
            }
            Kind::Enum(v) if self.name().starts_with("Enum_") => {
                format!("Enum({})", v.iter().map(|v| format!("'{v}'")).collect::<Vec<_>>().join(", "))
            }
            _ => self.name().to_string(),
        }
    }
}

/// What a field of a struct takes, for a label at its value.
pub(in crate::template) fn field_words(owner: &Type, name: &str, ty: &Type) -> String {
    let owner = owner.title();
    match ty.kind() {
        Kind::Choice(alternatives) if ty.name().starts_with("Choice_") => {
            let names: Vec<String> = alternatives.iter().map(Type::written).collect();
            format!("`{name}` of {owner} takes {}", one_of(&names))
        }
        Kind::Enum(values) if ty.name().starts_with("Enum_") => {
            let names: Vec<String> = values.iter().map(|v| format!("'{v}'")).collect();
            format!("`{name}` of {owner} takes {}", one_of(&names))
        }
        _ => {
            format!("`{name}` of {owner} is {}", with_article(&ty.written()))
        }
    }
}

fn one_of(names: &[String]) -> String {
    match names {
        [heads @ .., last] if !heads.is_empty() => format!("{} or {last}", heads.join(", ")),
        names => names.concat(),
    }
}

fn same_fields(a: &Fields, b: &Fields) -> bool {
    a.len() == b.len()
        && a.iter().all(|(name, field)| b.get(name).is_some_and(|other| same_field(field, other)))
}

fn same_field(a: &Field, b: &Field) -> bool {
    let same_default = match (&a.default, &b.default) {
        (None, None) => true,
        (Some(x), Some(y)) => x.is(y) || x.same_raw(y),
        _ => false,
    };
    a.required == b.required && same_default && a.ty.same(&b.ty)
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}
