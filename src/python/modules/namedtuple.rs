//! `collections.namedtuple`.

use std::rc::Rc;

use crate::common::FxIndexSet;
use crate::diagnostics::nearest;
use crate::python::arguments::{Table, builtins};
use crate::python::iterate::collect;
use crate::python::params::text;
use crate::source::Span;
use crate::template::value::{Args, Dict, DictKind, Fault, Native, Repr, Text, Value, Vm};

/// What `namedtuple(…)` makes.
#[derive(Debug)]
struct Class(Rc<Shape>);

/// The name and fields of a class of named tuples.
#[derive(Debug)]
struct Shape {
    name: String,
    fields: FxIndexSet<String>,
}

/// A named tuple.
#[derive(Debug)]
struct Named {
    shape: Rc<Shape>,
    items: Vec<Value>,
}

/// `namedtuple`
pub(super) const TABLE: Table =
    builtins![namedtuple(typename, field_names, verbose = False, rename = False) Metered => namedtuple];

fn namedtuple(
    vm: &mut dyn Vm,
    name: Text,
    fields: Value,
    _: Option<Value>,
    _: Option<Value>,
) -> Result<Value, Fault> {
    let name = name.as_str().to_string();
    let fields: Vec<String> = match &fields {
        Value::Str(text) => text.as_str().replace(',', " ").split_whitespace().map(str::to_string).collect(),
        other => collect(vm, other)?
            .iter()
            .map(|f| text("namedtuple", f).map(|t| t.as_str().to_string()))
            .collect::<Result<_, Fault>>()?,
    };
    let mut names = FxIndexSet::default();
    for field in fields {
        let proper =
            field.starts_with(char::is_alphabetic) && field.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !proper || names.contains(&field) {
            let message = format!("`{field}` cannot be a field of {name}: fields are names, each once");
            return Err(Fault::value_error(message));
        }
        names.insert(field);
    }
    Ok(Value::native(Class(Rc::new(Shape { name, fields: names }))))
}

impl Shape {
    fn make(self: &Rc<Shape>, items: Vec<Value>) -> Value {
        Value::native(Named { shape: self.clone(), items })
    }

    fn build(self: &Rc<Shape>, args: Args) -> Result<Value, Fault> {
        let given = args.positional.len();
        if given > self.fields.len() {
            let message =
                format!("{} has {} fields, but {given} values are given", self.name, self.fields.len());
            return Err(Fault::bad_call(message));
        }
        let mut items: Vec<Option<Value>> = args.positional.into_iter().map(|(v, _)| Some(v)).collect();
        items.resize(self.fields.len(), None);
        for keyword in args.keyword {
            let at = self.index(&keyword.name).map_err(|f| f.at(keyword.name_span))?;
            if items[at].is_some() {
                let message = format!("{} gets `{}` twice", self.name, keyword.name);
                return Err(Fault::bad_call(message).at(keyword.name_span));
            }
            items[at] = Some(keyword.value);
        }
        if let Some(missing) = items.iter().position(Option::is_none) {
            return Err(Fault::bad_call(format!(
                "{} needs a value for `{}`",
                self.name, self.fields[missing]
            )));
        }
        Ok(self.make(items.into_iter().flatten().collect()))
    }

    fn index(&self, name: &str) -> Result<usize, Fault> {
        self.fields.get_index_of(name).ok_or_else(|| {
            let fault = Fault::bad_call(format!("{} has no field `{name}`", self.name));
            match nearest(name, self.fields.iter().map(String::as_str)) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault,
            }
        })
    }

    fn field_names(&self) -> Value {
        Value::tuple(self.fields.iter().map(|f| Value::str(f.as_str())).collect())
    }
}

const MAKE: Table = builtins![
    _make(@, self, iterable) Metered => |vm, span, class: Rc<Class>, items: Value| {
        let items = collect(vm, &items)?;
        class.0.build(Args::of(span, items))
    },
];

impl Native for Class {
    fn type_name(&self) -> &str {
        "type"
    }

    fn display(&self) -> String {
        format!("<class '{}'>", self.0.name)
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, _: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        self.0.build(args)
    }

    fn is_instance(&self, value: &Value) -> Option<bool> {
        Some(value.downcast::<Named>().is_some_and(|n| Rc::ptr_eq(&n.shape, &self.0)))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "__name__" => Some(Value::str(self.0.name.as_str())),
            "_fields" => Some(self.0.field_names()),
            _ => None,
        }
    }

    fn methods(&self) -> Table {
        MAKE
    }
}

const METHODS: Table = builtins![
    _asdict(self) Constant => asdict,
    _replace(self, **kwargs) Constant => replace,
    index(@, self, **kwargs) Metered => |vm, span, named: Rc<Named>, args| of_tuple(vm, "index", span, &named, args),
    count(@, self, **kwargs) Metered => |vm, span, named: Rc<Named>, args| of_tuple(vm, "count", span, &named, args),
];

fn asdict(_: &mut dyn Vm, named: Rc<Named>) -> Result<Value, Fault> {
    let mut dict = Dict::of_kind(DictKind::Ordered);
    for (field, item) in named.shape.fields.iter().zip(&named.items) {
        dict.insert_str(field, item.clone());
    }
    Ok(Value::dict(dict))
}

fn replace(_: &mut dyn Vm, named: Rc<Named>, args: Args) -> Result<Value, Fault> {
    if !args.positional.is_empty() {
        return Err(Fault::bad_call("_replace() takes field=value only"));
    }
    let mut items = named.items.clone();
    for keyword in args.keyword {
        items[named.shape.index(&keyword.name)?] = keyword.value;
    }
    Ok(named.shape.make(items))
}

fn of_tuple(vm: &mut dyn Vm, name: &str, span: Span, named: &Named, args: Args) -> Result<Value, Fault> {
    let method = vm.attribute(&Value::tuple(named.items.clone()), name)?;
    vm.call(&method, Args { span, ..args })
}

impl Native for Named {
    fn type_name(&self) -> &str {
        &self.shape.name
    }

    fn write_repr(&self, repr: &mut Repr) {
        repr.push(&format!("{}(", self.shape.name));
        for (index, (field, value)) in self.shape.fields.iter().zip(&self.items).enumerate() {
            repr.push(if index > 0 { ", " } else { "" });
            repr.push(&format!("{field}="));
            repr.value(value);
        }
        repr.push(")");
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.items.clone())
    }

    fn is_tuple(&self) -> bool {
        true
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "_fields" => Some(self.shape.field_names()),
            "__class__" => Some(Value::native(Class(self.shape.clone()))),
            _ => self.shape.fields.iter().position(|f| f == name).map(|at| self.items[at].clone()),
        }
    }

    fn methods(&self) -> Table {
        METHODS
    }

    fn names(&self) -> Vec<&str> {
        self.shape.fields.iter().map(String::as_str).collect()
    }
}
