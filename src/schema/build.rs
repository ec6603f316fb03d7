//! Types and objects made from the tables, once per thread.

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::spec::{DefaultSpec, FieldSpec, Presence, StructSpec, TypeSpec};
use super::{aurora, enum_specs, struct_specs};
use crate::source::Span;
use crate::template::value::{Args, Dict, Fault, Key, Keyword, Value};
use crate::template::{ClassBody, Field, Fields, Object, Type, construct, convert};

/// The schema of this thread.
pub struct Schema {
    types: IndexMap<&'static str, Type, FxBuildHasher>,
    objects: IndexMap<&'static str, Object, FxBuildHasher>,
}

thread_local! {
    static SCHEMA: Schema = Schema::build();
}

/// Calls `f` with the schema of this thread.
pub fn with_schema<T>(f: impl FnOnce(&Schema) -> T) -> T {
    SCHEMA.with(f)
}

/// A struct or enum type of the schema by name.
pub fn struct_type(name: &str) -> Option<Type> {
    with_schema(|s| s.types.get(name).cloned())
}

impl Schema {
    /// The types by name; `Job` and `MesosJob` are the same.
    pub fn types(&self) -> impl Iterator<Item = (&'static str, &Type)> {
        self.types.iter().map(|(n, t)| (*n, t))
    }

    /// The named objects, such as `Service`.
    pub fn objects(&self) -> impl Iterator<Item = (&'static str, &Object)> {
        self.objects.iter().map(|(n, o)| (*n, o))
    }

    fn build() -> Schema {
        // One more for `Job`, which is another name.
        let types = enum_specs().count() + struct_specs().count() + 1;
        let mut schema = Schema {
            types: IndexMap::with_capacity_and_hasher(types, FxBuildHasher),
            objects: IndexMap::with_capacity_and_hasher(aurora::OBJECTS.len(), FxBuildHasher),
        };
        for spec in enum_specs() {
            let values = spec.values.iter().map(|v| Box::from(*v)).collect();
            schema.types.insert(spec.name, Type::enumeration(spec.type_name, values, Span::NONE));
        }
        for spec in struct_specs() {
            let ty = schema.structure(spec);
            schema.types.insert(spec.name, ty);
        }
        if let Some(job) = schema.types.get("MesosJob").cloned() {
            schema.types.insert("Job", job.known_as("Job"));
        }
        for (name, spec) in aurora::OBJECTS {
            if let Some(object) = schema.named_object(name, spec) {
                schema.objects.insert(*name, object);
            }
        }
        schema
    }

    fn structure(&self, spec: &StructSpec) -> Type {
        let fields: Fields = spec.fields.iter().map(|f| (Rc::from(f.name), self.field(f))).collect();
        let stock = spec.fields.iter().filter(|field| !field.is_extension);
        let names = stock.map(|field| Rc::from(field.name)).collect();
        Type::structure(spec.name, fields, ClassBody { has_docstring: false, names }, Span::NONE)
    }

    fn field(&self, spec: &FieldSpec) -> Field {
        let ty = self.resolve(&spec.ty).made_anew();
        let default = match spec.presence {
            Presence::Default(value) => self.converted(&ty, &value),
            Presence::Optional | Presence::Required => None,
        };
        Field { ty, required: matches!(spec.presence, Presence::Required), default, span: Span::NONE }
    }

    /// The type that a table means. A name that no table declares would be a mistake in the tables, which a test finds.
    fn resolve(&self, spec: &TypeSpec) -> Type {
        match spec {
            TypeSpec::String => Type::string(),
            TypeSpec::Integer => Type::integer(),
            TypeSpec::Float => Type::float(),
            TypeSpec::Boolean => Type::boolean(),
            TypeSpec::Any => Type::any(),
            TypeSpec::Named(name) => self.named(name),
            TypeSpec::List(element) => Type::list(self.resolve(element)),
            TypeSpec::StringMap => Type::map(Type::string(), Type::string()),
            TypeSpec::IntegerMap => Type::map(Type::string(), Type::integer()),
            TypeSpec::Choice(names) => {
                Type::choice(None, names.iter().map(|n| self.named(n)).collect(), Span::NONE)
            }
        }
    }

    fn named(&self, name: &str) -> Type {
        self.types.get(name).cloned().unwrap_or_else(Type::string)
    }

    /// A default as the field's type has it; written values of the tables always convert, which a test checks.
    fn converted(&self, ty: &Type, spec: &DefaultSpec) -> Option<Object> {
        match spec {
            DefaultSpec::Struct(..) => self.object(spec),
            plain => convert(ty, &self.plain(plain).ok()?, Span::NONE).ok(),
        }
    }

    fn object(&self, spec: &DefaultSpec) -> Option<Object> {
        let DefaultSpec::Struct(name, _) = spec else { return None };
        convert(&self.named(name).made_anew(), &self.plain(spec).ok()?, Span::NONE).ok()
    }

    /// An object with a name of its own, such as `Service`; messages about what is made from it say that name.
    fn named_object(&self, name: &str, spec: &DefaultSpec) -> Option<Object> {
        let DefaultSpec::Struct(ty, fields) = spec else { return None };
        self.called(&self.named(ty).known_as(name), fields)
    }

    /// What a call of the type with these fields gives, and of the types of the structs in them.
    fn called(&self, ty: &Type, fields: &[(&str, DefaultSpec)]) -> Option<Object> {
        let mut args = Args::none(Span::NONE);
        for (name, value) in fields {
            let value = match value {
                DefaultSpec::Struct(ty, fields) => Value::Object(self.called(&self.named(ty), fields)?),
                plain => self.plain(plain).ok()?,
            };
            let (name, name_span) = (Rc::from(*name), Span::NONE);
            args.keyword.push(Keyword { name, name_span, value, span: Span::NONE });
        }
        construct(ty, &args).ok()
    }

    fn plain(&self, spec: &DefaultSpec) -> Result<Value, Fault> {
        Ok(match spec {
            DefaultSpec::Int(n) => Value::Int(*n),
            DefaultSpec::Float(x) => Value::Float(*x),
            DefaultSpec::Bool(b) => Value::Bool(*b),
            DefaultSpec::Str(t) => Value::str(*t),
            DefaultSpec::EmptyList => Value::list(Vec::new()),
            DefaultSpec::Map(entries) => {
                let mut dict = Dict::new();
                entries.iter().for_each(|(k, v)| dict.insert(Key::text(k), Value::str(*v)));
                Value::dict(dict)
            }
            DefaultSpec::Struct(_, fields) => {
                let mut dict = Dict::new();
                for (name, value) in *fields {
                    dict.insert(Key::text(name), self.plain(value)?);
                }
                Value::dict(dict)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every name a table uses is declared before, and every default converts and passes its check.
    #[test]
    fn the_tables_are_sound() {
        let mut known: Vec<&str> = enum_specs().map(|e| e.name).collect();
        for spec in struct_specs() {
            for field in spec.fields {
                names_of(&field.ty)
                    .into_iter()
                    .for_each(|n| assert!(known.contains(&n), "{} uses {n}", spec.name));
                let built = with_schema(|s| s.field(field));
                let wants_default = matches!(field.presence, Presence::Default(_));
                assert_eq!(built.default.is_some(), wants_default, "{}.{}", spec.name, field.name);
                assert!(field.doc.ends_with('.'), "{}.{}", spec.name, field.name);
            }
            known.push(spec.name);
        }
        assert_eq!(with_schema(|s| s.objects().count()), aurora::OBJECTS.len());
    }

    /// The slots of a class's table: as it is declared, and as Pystachio makes it anew.
    #[test]
    fn fields_are_in_the_order_of_the_stock_classes() {
        let order = |ty: &Type| {
            let fields = ty.fields().unwrap();
            let name = |index: &u16| fields.get_index(usize::from(*index)).unwrap().0.to_string();
            ty.slot_order().iter().map(name).collect::<Vec<_>>().join(" ")
        };
        for line in include_str!("orders.txt").lines() {
            let (name, expected) = line.split_once(": ").unwrap();
            let ty = struct_type(name.trim_end_matches(" made anew")).unwrap();
            let ty = if name.ends_with(" made anew") { ty.made_anew() } else { ty };
            assert_eq!(order(&ty), expected, "{name}");
        }
    }

    fn names_of(ty: &TypeSpec) -> Vec<&'static str> {
        match ty {
            TypeSpec::Named(name) => vec![name],
            TypeSpec::List(element) => names_of(element),
            TypeSpec::Choice(names) => names.to_vec(),
            _ => Vec::new(),
        }
    }
}
