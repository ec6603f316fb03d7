//! Iteration: what `for`, comprehensions and the built-in functions walk over.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::python::params::a;
use crate::template::value::{Dict, Fault, Native, Range, Set, Text, Value, Vm};
use crate::template::{Body, Object, Walk};

/// A source of items that runs code, such as a generator expression.
pub trait Iterate: std::fmt::Debug {
    /// The next item, `None` at the end.
    ///
    /// # Errors
    /// Whatever making the item raises.
    fn next(&mut self, vm: &mut dyn Vm) -> Result<Option<Value>, Fault>;
}

/// A walk over an iterable value. Lists, dicts and sets are seen live, as in Python.
#[derive(Debug)]
pub enum ValueIter {
    /// Over a list.
    List(Rc<RefCell<Vec<Value>>>, usize),
    /// Over a tuple.
    Tuple(Rc<[Value]>, usize),
    /// Over the characters of text, by byte offset.
    Chars(Text, usize),
    /// Over a range.
    Range(Range, usize),
    /// Over the keys of a dict that had this number of entries.
    Keys(Rc<RefCell<Dict>>, usize, usize),
    /// Over the items of a set that had this number of items.
    Set(Rc<RefCell<Set>>, usize, usize),
    /// Over the elements or keys of a template object, or of a container made for the walk.
    Made(std::vec::IntoIter<Value>),
    /// Over an iterator value, which is used up by it.
    Iterator(Value),
    /// Over a generator expression, which the evaluator goes on with.
    Generator(Value),
    /// Over a source of items.
    Source(Box<dyn Iterate>),
}

impl ValueIter {
    /// The next item, `None` at the end. Costs a step.
    ///
    /// # Errors
    /// When the budget is used up, a dict or set changes size meanwhile, or making the item raises.
    pub fn next(&mut self, vm: &mut dyn Vm) -> Result<Option<Value>, Fault> {
        vm.charge(1)?;
        match self {
            ValueIter::List(list, index) => Ok(step(index, |i| list.borrow().get(i).cloned())),
            ValueIter::Tuple(items, index) => Ok(step(index, |i| items.get(i).cloned())),
            ValueIter::Range(range, index) => {
                Ok(step(index, |i| (i < range.len()).then(|| Value::Int(range.at(i)))))
            }
            ValueIter::Chars(text, offset) => Ok(next_char(text, offset)),
            ValueIter::Keys(dict, cursor, size) => {
                if *cursor == 0 {
                    vm.walked(&Value::Dict(dict.clone()), false);
                }
                unchanged("dict", dict.borrow().len(), *size)?;
                Ok(dict.borrow().next(cursor).map(|(key, _)| key.value().clone()))
            }
            ValueIter::Set(set, cursor, size) => {
                if *cursor == 0 {
                    vm.walked(&Value::Set(set.clone()), false);
                }
                unchanged("set", set.borrow().len(), *size)?;
                Ok(set.borrow().next(cursor).cloned())
            }
            ValueIter::Made(items) => Ok(items.next()),
            ValueIter::Iterator(value) => match value.as_native().and_then(|b| b.next(vm)) {
                Some(item) => item,
                None => Ok(None),
            },
            ValueIter::Generator(generator) => vm.resume(generator),
            ValueIter::Source(source) => source.next(vm),
        }
    }

    /// The remaining items.
    ///
    /// # Errors
    /// As for [`ValueIter::next`], and when they are more than a container may hold.
    pub fn collect(mut self, vm: &mut dyn Vm) -> Result<Vec<Value>, Fault> {
        let mut items = Vec::new();
        while let Some(item) = self.next(vm)? {
            items.push(item);
            if items.len() > vm.budgets().items {
                vm.charge_items(items.len())?;
            }
        }
        Ok(items)
    }
}

fn step(index: &mut usize, item: impl FnOnce(usize) -> Option<Value>) -> Option<Value> {
    let item = item(*index);
    if item.is_some() {
        *index += 1;
    }
    item
}

fn next_char(text: &Text, offset: &mut usize) -> Option<Value> {
    let c = text.as_str()[*offset..].chars().next()?;
    *offset += c.len_utf8();
    Some(Value::Str(Text::from(c.to_string()).into_kind(text.is_unicode())))
}

fn unchanged(what: &str, now: usize, then: usize) -> Result<(), Fault> {
    if now == then {
        return Ok(());
    }
    let message = format!("the {what} changed its size while a loop went over it");
    let fault = Fault { exception: "RuntimeError", ..Fault::value_error(message) };
    Err(fault.help(format!("loop over a copy: list(the_{what})")))
}

/// Starts a walk over a value.
///
/// # Errors
/// A TypeError where the value cannot be walked over.
pub fn iterate(value: &Value) -> Result<ValueIter, Fault> {
    Ok(match value {
        Value::List(list) => ValueIter::List(list.clone(), 0),
        Value::Tuple(items) => ValueIter::Tuple(items.clone(), 0),
        Value::Str(text) => ValueIter::Chars(text.clone(), 0),
        Value::Range(range) => ValueIter::Range(**range, 0),
        Value::Dict(dict) => ValueIter::Keys(dict.clone(), 0, dict.borrow().len()),
        Value::Set(set) => ValueIter::Set(set.clone(), 0, set.borrow().len()),
        Value::Object(object) => ValueIter::Made(object_items(object)?.into_iter()),
        Value::Native(native) => match (native.iter(), native.items()) {
            (Some(iterator), _) => ValueIter::Iterator(iterator),
            (None, Some(items)) => ValueIter::Made(items.into_iter()),
            (None, None) if native.is_iterator() => ValueIter::Iterator(value.clone()),
            (None, None) => return Err(not_iterable(value)),
        },
        _ => return Err(not_iterable(value)),
    })
}

/// Every item of a value.
///
/// # Errors
/// As for [`iterate`] and [`ValueIter::collect`].
pub fn collect(vm: &mut dyn Vm, value: &Value) -> Result<Vec<Value>, Fault> {
    match value {
        Value::List(list) => {
            let items = list.borrow();
            vm.charge_items(items.len())?;
            Ok(items.clone())
        }
        Value::Tuple(items) => {
            vm.charge_items(items.len())?;
            Ok(items.to_vec())
        }
        Value::Range(range) => {
            vm.charge_items(range.len())?;
            Ok((0..range.len()).map(|i| Value::Int(range.at(i))).collect())
        }
        other => iterate(other)?.collect(vm),
    }
}

/// The elements of a template list or the keys of a template map, interpolated.
fn object_items(object: &Object) -> Result<Vec<Value>, Fault> {
    if !matches!(object.body(), Body::List(_) | Body::Map(_)) {
        return Err(not_iterable(&Value::Object(object.clone())));
    }
    let interpolated = object.interpolate(&mut Walk::default())?;
    if let Some(elements) = interpolated.elements() {
        return Ok(elements.iter().cloned().map(Value::Object).collect());
    }
    if let Some(entries) = interpolated.entries() {
        return Ok(entries.iter().map(|(k, _)| Value::Object(k.clone())).collect());
    }
    Err(not_iterable(&Value::Object(object.clone())))
}

fn not_iterable(value: &Value) -> Fault {
    let fault = Fault::type_error(format!("a loop cannot go over {}", a(value)));
    match value {
        Value::Object(o) if o.ty().is_simple() => fault.help("take the plain value with .get()"),
        Value::Object(o) if matches!(o.body(), Body::Choice(_)) => {
            fault.help("take the value that it holds with .unwrap()")
        }
        Value::Int(_) => fault.help("to count, loop over range(n)"),
        _ => fault,
    }
}

/// An iterator as a value: what `iter()` and generator expressions give.
#[derive(Debug)]
pub struct Iterator {
    name: &'static str,
    walk: RefCell<ValueIter>,
    done: Cell<bool>,
}

impl Iterator {
    /// An iterator value over a walk; `name` is its Python type, such as `generator`.
    pub fn value(name: &'static str, walk: ValueIter) -> Value {
        Value::native(Iterator { name, walk: RefCell::new(walk), done: Cell::new(false) })
    }
}

impl Native for Iterator {
    fn type_name(&self) -> &str {
        self.name
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self, vm: &mut dyn Vm) -> Option<Result<Option<Value>, Fault>> {
        if self.done.get() {
            return Some(Ok(None));
        }
        let Ok(mut walk) = self.walk.try_borrow_mut() else {
            return Some(Err(Fault::value_error(format!("the {} is running already", self.name))));
        };
        let item = walk.next(vm);
        self.done.set(!matches!(item, Ok(Some(_))));
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::tests::TestVm;
    use crate::template::value::Budgets;

    #[test]
    fn a_list_is_seen_live_and_a_dict_must_not_grow() {
        let mut vm = TestVm::default();
        let list = Value::list(vec![Value::Int(1), Value::Int(2)]);
        let mut walk = iterate(&list).unwrap();
        assert!(walk.next(&mut vm).unwrap().unwrap().equals(&Value::Int(1)));
        if let Value::List(items) = &list {
            items.borrow_mut().push(Value::Int(3));
        }
        assert_eq!(walk.collect(&mut vm).unwrap().len(), 2);
        let dict = Value::dict(Dict::new());
        let mut walk = iterate(&dict).unwrap();
        if let Value::Dict(d) = &dict {
            d.borrow_mut().insert_str("a", Value::None);
        }
        assert_eq!(walk.next(&mut vm).unwrap_err().exception, "RuntimeError");
    }

    #[test]
    fn endless_iterators_hit_the_budget() {
        #[derive(Debug)]
        struct Ones;
        impl Iterate for Ones {
            fn next(&mut self, _: &mut dyn Vm) -> Result<Option<Value>, Fault> {
                Ok(Some(Value::Int(1)))
            }
        }
        let mut vm = TestVm { budgets: Budgets { items: 1000, ..Budgets::default() }, ..TestVm::default() };
        let ones = Iterator::value("ones", ValueIter::Source(Box::new(Ones)));
        assert!(collect(&mut vm, &ones).is_err());
    }
}
