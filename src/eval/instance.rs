//! Classes that are not made from Struct, and their instances: namespaces of constants, `__init__`, methods, single
//! inheritance. Python's rules, without metaclasses and descriptors.

use std::cell::RefCell;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::function::Function;
use super::machine::{Eval, Machine};
use crate::diagnostics::{nearest, quoted_list};
use crate::syntax::ast::Name;
use crate::template::value::{Args, Dict, DictKind, Fault, Native, Value, Vm};

/// Attributes in the order of their first assignment.
type Attributes = IndexMap<Name, Value, FxBuildHasher>;

/// A class that is not made from Struct.
#[derive(Debug)]
struct Class {
    name: Name,
    /// The class it inherits from, if it is not `object`.
    base: Option<Value>,
    members: RefCell<Attributes>,
}

/// An instance of a [`Class`].
#[derive(Debug)]
struct Instance {
    class: Value,
    attributes: RefCell<Attributes>,
}

/// A function of a class, taken from an instance.
#[derive(Debug)]
struct Method {
    receiver: Value,
    function: Value,
}

/// What `super(Class, self)` gives: `self`, seen as an instance of the class that `Class` inherits from.
#[derive(Debug)]
struct Super {
    base: Option<Value>,
    receiver: Value,
}

/// A class as a value.
pub(super) fn class(name: &Name, base: Option<Value>, members: impl Iterator<Item = (Name, Value)>) -> Value {
    Value::native(Class { name: name.clone(), base, members: RefCell::new(members.collect()) })
}

/// Whether a value is a class that is not made from Struct.
pub(super) fn is_class(value: &Value) -> bool {
    value.downcast::<Class>().is_some()
}

/// A class and those it inherits from, nearest first.
fn line(class: &Value) -> impl Iterator<Item = &Class> {
    std::iter::successors(class.downcast::<Class>(), |class| class.base.as_ref()?.downcast::<Class>())
}

/// What a class, or one it inherits from, binds to a name.
fn member(class: &Value, name: &str) -> Option<Value> {
    line(class).find_map(|class| class.members.borrow().get(name).cloned())
}

/// What `__dict__` gives. It is frozen: what is written to it would be no attribute.
fn as_dict(attributes: &Attributes) -> Value {
    let mut dict = Dict::of_kind(DictKind::Frozen);
    for (name, value) in attributes {
        dict.insert_str(name, value.clone());
    }
    Value::dict(dict)
}

/// A member of a class as its instance gives it: functions become methods.
fn bound(receiver: &Value, member: Value) -> Value {
    match member.downcast::<Function>() {
        Some(_) => Value::native(Method { receiver: receiver.clone(), function: member }),
        None => member,
    }
}

impl Native for Class {
    fn type_name(&self) -> &str {
        "type"
    }

    fn display(&self) -> String {
        format!("<class '{}'>", self.name)
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn is_instance(&self, value: &Value) -> Option<bool> {
        let instance = value.downcast::<Instance>();
        Some(instance.is_some_and(|i| line(&i.class).any(|class| std::ptr::eq(class, self))))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "__name__" => Some(Value::str(self.name.as_str())),
            "__dict__" => Some(as_dict(&self.members.borrow())),
            _ => None,
        }
    }
}

impl Native for Instance {
    fn type_name(&self) -> &str {
        self.class.downcast::<Class>().map_or("instance", |class| &class.name)
    }

    fn is_callable(&self) -> bool {
        member(&self.class, "__call__").is_some()
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "__class__" => Some(self.class.clone()),
            "__dict__" => Some(as_dict(&self.attributes.borrow())),
            _ => None,
        }
    }
}

impl Native for Method {
    fn type_name(&self) -> &str {
        "instancemethod"
    }

    fn display(&self) -> String {
        let name = self.function.downcast::<Function>().map_or("", Function::name);
        format!("<bound method {}.{name}>", self.receiver.type_name())
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, vm: &mut dyn Vm, mut args: Args) -> Eval {
        args.positional.insert(0, (self.receiver.clone(), args.span));
        vm.call(&self.function, args)
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        self.function.as_native()?.attribute(name)
    }
}

impl Native for Super {
    fn type_name(&self) -> &str {
        "super"
    }
}

/// An attribute of a class, an instance, or what `super()` gives; `None` for any other value.
pub(super) fn attribute(value: &Value, name: &str) -> Option<Eval> {
    let found = if let Some(instance) = value.downcast::<Instance>() {
        let own = instance.attributes.borrow().get(name).cloned();
        own.or_else(|| member(&instance.class, name).map(|member| bound(value, member)))
    } else if is_class(value) {
        member(value, name)
    } else {
        let seen = value.downcast::<Super>()?;
        let inherited = seen.base.as_ref().and_then(|base| member(base, name));
        // Every object has an `__init__`, which does nothing.
        let inherited = inherited.map(|member| bound(&seen.receiver, member));
        inherited.or_else(|| (name == "__init__").then(|| Value::native(Nothing)))
    };
    let found = found.or_else(|| value.as_native()?.attribute(name));
    Some(found.ok_or_else(|| unknown(value, name)))
}

/// `object.__init__`, which does nothing.
#[derive(Debug)]
struct Nothing;

impl Native for Nothing {
    fn type_name(&self) -> &str {
        "method-wrapper"
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, _: &mut dyn Vm, _: Args) -> Eval {
        Ok(Value::None)
    }
}

fn unknown(value: &Value, name: &str) -> Fault {
    let own = value.downcast::<Instance>();
    let what = match value.downcast::<Class>() {
        Some(class) => format!("the class {}", class.name),
        None => value.described(),
    };
    let fault = Fault::attribute_error(format!("{what} has no attribute `{name}`")).python(
        match value.downcast::<Class>() {
            Some(class) => format!("type object '{}' has no attribute '{name}'", class.name),
            None => format!("'{}' object has no attribute '{name}'", value.type_name()),
        },
    );
    let class = own.map_or(value, |instance| &instance.class);
    let mut names: Vec<Name> =
        own.into_iter().flat_map(|i| i.attributes.borrow().keys().cloned().collect::<Vec<_>>()).collect();
    names.extend(line(class).flat_map(|class| class.members.borrow().keys().cloned().collect::<Vec<_>>()));
    let mut names: Vec<&str> = names.iter().map(Name::as_str).filter(|n| !n.starts_with("__")).collect();
    names.sort_unstable();
    names.dedup();
    match nearest(name, names.iter().copied()) {
        Some(near) => fault.near(near),
        None if names.is_empty() => fault,
        None => fault.help(format!("it has {}", quoted_list(names, 30))),
    }
}

/// Whether attributes of a value can be assigned.
pub(super) fn takes_attributes(value: &Value) -> bool {
    is_class(value) || value.downcast::<Instance>().is_some()
}

/// Assigns or, without a value, deletes an attribute of a class or an instance; whether the value is one of them.
pub(super) fn set_attribute(holder: &Value, name: &Name, value: Option<Value>) -> Result<bool, Fault> {
    let attributes = match (holder.downcast::<Instance>(), holder.downcast::<Class>()) {
        (Some(instance), _) => &instance.attributes,
        (None, Some(class)) => &class.members,
        (None, None) => return Ok(false),
    };
    let removed = match value {
        Some(value) => {
            attributes.borrow_mut().insert(name.clone(), value);
            true
        }
        None => attributes.borrow_mut().shift_remove(name).is_some(),
    };
    if removed { Ok(true) } else { Err(unknown(holder, name)) }
}

/// `super(Class, self)`
pub(super) fn super_of(_: &mut Machine, args: Args) -> Eval {
    match args.positional.as_slice() {
        [(class, _), (receiver, _)] if is_class(class) && receiver.downcast::<Instance>().is_some() => {
            let base = class.downcast::<Class>().and_then(|class| class.base.clone());
            Ok(Value::native(Super { base, receiver: receiver.clone() }))
        }
        _ => {
            Err(Fault::bad_call("super() needs a class and an object of it")
                .help("write super(TheClass, self)"))
        }
    }
}

impl Machine {
    /// Calls a class or an instance of one; `None` for any other value.
    pub(super) fn call_class(&mut self, value: &Value, args: &Args) -> Option<Eval> {
        if let Some(class) = value.downcast::<Class>() {
            return Some(self.instantiate(value, class, args.clone()));
        }
        let instance = value.downcast::<Instance>()?;
        let called = member(&instance.class, "__call__")?;
        Some(self.call(&bound(value, called), args.clone()))
    }

    fn instantiate(&mut self, value: &Value, class: &Class, args: Args) -> Eval {
        self.charge_items(1)?;
        let made = Value::native(Instance { class: value.clone(), attributes: RefCell::default() });
        match member(value, "__init__") {
            Some(init) => {
                self.call(&bound(&made, init), args)?;
            }
            None if args.positional.is_empty() && args.keyword.is_empty() => {}
            None => {
                let message = format!("{}() takes no arguments: the class has no __init__", class.name);
                return Err(Fault::bad_call(message));
            }
        }
        Ok(made)
    }
}
