//! The order of a struct's fields in Python's tables, which its JSON, its text and the dict that it gives show.
//!
//! Pystachio keeps the fields of a class in one dict and those of an object in another, so the order follows from the
//! hashes of their names and from the order in which they came into the tables. A class has two of them: one as it is
//! declared, and one as Pystachio makes it anew wherever it is the type of a field, of an element or of an alternative.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::fields::Fields;
use super::{Key, Set};

/// What the body of a class binds before any field.
const MODULE: &str = "__module__";
const DOC: &str = "__doc__";

/// The names that the body of a class binds, which the order of the class comes from.
#[derive(Debug, Clone, Default)]
pub struct ClassBody {
    /// Whether it begins with a docstring.
    pub has_docstring: bool,
    /// The names, in order of first binding, whether or not they are fields.
    pub names: Vec<Rc<str>>,
}

/// Indices of fields, in some order.
pub(crate) type Order = Rc<[u16]>;

/// The orders of one class.
#[derive(Debug, Default)]
pub(in crate::template) struct Orders {
    body: ClassBody,
    declared: OrderOfClass,
    made_anew: OrderOfClass,
}

#[derive(Debug, Default)]
struct OrderOfClass {
    /// All fields, as the objects of the class keep them.
    slots: OnceCell<Order>,
    /// The fields that are set, as they are written, by the bits of their indices.
    written: RefCell<HashMap<u64, Order>>,
}

/// Orders of one class that are kept.
const MAX_KEPT: usize = 1024;

impl Orders {
    pub(in crate::template) fn new(body: ClassBody) -> Orders {
        Orders { body, ..Orders::default() }
    }

    /// All fields, in the order in which the objects of the class keep them.
    pub(in crate::template) fn slots(&self, fields: &Fields, made_anew: bool) -> &Order {
        self.of(made_anew).slots.get_or_init(|| {
            let parameters = if made_anew { self.sorted(fields) } else { self.as_bound() };
            let types = in_table_order(parameters.into_iter().filter(|name| fields.contains_key(name)));
            let data = in_table_order(types.iter().map(|name| &**name));
            let known: Vec<u16> = data.iter().filter_map(|name| index_of(fields, name)).collect();
            // The extensions of the schema, which no stock class has, come last.
            let more = (0..fields.len() as u16).filter(|index| !known.contains(index));
            known.iter().copied().chain(more).collect()
        })
    }

    /// The fields that are set, in the order in which they are written: that of a dict of them.
    pub(in crate::template) fn written(
        &self,
        fields: &Fields,
        made_anew: bool,
        is_set: impl Fn(usize) -> bool,
    ) -> Order {
        let slots = self.slots(fields, made_anew);
        let set = slots.iter().copied().filter(|index| is_set(usize::from(*index)));
        if fields.len() > u64::BITS as usize {
            return written(fields, set);
        }
        let bits = set.clone().fold(0, |bits, index| bits | 1 << index);
        let known = &self.of(made_anew).written;
        if let Some(order) = known.borrow().get(&bits) {
            return order.clone();
        }
        let order = written(fields, set);
        let mut known = known.borrow_mut();
        if known.len() < MAX_KEPT {
            known.insert(bits, order.clone());
        }
        order
    }

    fn of(&self, made_anew: bool) -> &OrderOfClass {
        if made_anew { &self.made_anew } else { &self.declared }
    }

    /// The names of the body in the order of its namespace.
    fn as_bound(&self) -> Vec<Rc<str>> {
        let own = self.body.names.iter().map(|name| &**name);
        let doc = self.body.has_docstring.then_some(DOC);
        in_table_order([MODULE].into_iter().chain(doc).chain(own))
    }

    fn sorted(&self, fields: &Fields) -> Vec<Rc<str>> {
        let bound = |name: &&Rc<str>| fields.contains_key(name);
        let mut names: Vec<Rc<str>> = self.body.names.iter().filter(bound).cloned().collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

fn written(fields: &Fields, set: impl Iterator<Item = u16>) -> Order {
    let names = set.filter_map(|index| fields.get_index(usize::from(index)).map(|(name, _)| name));
    let ordered = in_table_order(names.map(|name| &**name));
    ordered.iter().filter_map(|name| index_of(fields, name)).collect()
}

fn index_of(fields: &Fields, name: &str) -> Option<u16> {
    fields.get_index_of(name).and_then(|index| u16::try_from(index).ok())
}

/// The names in the order of the slots of a table that they are added to one by one.
fn in_table_order<N: AsRef<str>>(names: impl Iterator<Item = N>) -> Vec<Rc<str>> {
    let mut table = Set::new();
    for name in names {
        table.insert(Key::text(name.as_ref()));
    }
    table.iter().filter_map(|name| name.as_str().map(Rc::from)).collect()
}
