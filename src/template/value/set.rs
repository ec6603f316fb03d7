//! Sets, in the order of CPython 2.7.

use super::table::Table;
use super::{Dict, Key, Set, Value};

impl Set {
    /// An empty set.
    pub fn new() -> Set {
        Set::default()
    }

    /// An empty set, which is frozen if this one is.
    #[must_use]
    pub fn emptied(&self) -> Set {
        Set { frozen: self.frozen, ..Set::default() }
    }

    /// Adds an item; whether it is new.
    pub fn insert(&mut self, key: Key) -> bool {
        let before = self.table.len();
        self.table.add(key, ());
        self.table.len() > before
    }

    /// Whether the item is in the set.
    pub fn contains(&self, key: &Key) -> bool {
        self.table.get(key).is_some()
    }

    /// Removes an item; whether it was there.
    pub fn remove(&mut self, key: &Key) -> bool {
        self.table.remove(key).is_some()
    }

    /// Removes and gives the item that `set.pop()` gives.
    pub fn pop(&mut self) -> Option<Value> {
        self.table.pop().map(|(key, ())| key.value().clone())
    }

    /// The set that `set(other)` and `other.copy()` make.
    #[must_use]
    pub fn copy(&self) -> Set {
        let mut copy = self.emptied();
        copy.merge(self);
        copy
    }

    /// Adds the items of another set.
    pub fn merge(&mut self, other: &Set) {
        self.table.merge(&other.table);
    }

    /// Adds the keys of a dict.
    pub fn add_keys(&mut self, dict: &Dict) {
        self.table.room(dict.len());
        for (key, _) in dict.entries_by_slot() {
            self.insert(key.clone());
        }
    }

    /// `self & other`: the items of the one with fewer that the other has.
    #[must_use]
    pub fn intersection(&self, other: &Set) -> Set {
        let (fewer, more) = if other.len() > self.len() { (self, other) } else { (other, self) };
        self.like(fewer.keys().filter(|key| more.contains(key)))
    }

    /// Those of the keys that are in the set, in their order, as `self.intersection(list)` has them.
    #[must_use]
    pub fn common<'k>(&self, keys: impl Iterator<Item = &'k Key>) -> Set {
        self.like(keys.filter(|key| self.contains(key)))
    }

    /// `self - other`
    #[must_use]
    pub fn difference(&self, other: &Set) -> Set {
        self.like(self.keys().filter(|key| !other.contains(key)))
    }

    /// The items that a dict does not have as keys.
    #[must_use]
    pub fn difference_of_dict(&self, dict: &Dict) -> Set {
        self.like(self.keys().filter(|key| dict.get(key).is_none()))
    }

    /// `self ^= keys`: removes those of the keys that are here, and adds those that are not.
    pub fn toggle<'k>(&mut self, keys: impl Iterator<Item = &'k Key>) {
        for key in keys {
            if !self.remove(key) {
                self.insert(key.clone());
            }
        }
    }

    /// `self -= keys`. At the end, the places of many removed items are given up.
    pub fn remove_all<'k>(&mut self, keys: impl Iterator<Item = &'k Key>) {
        for key in keys {
            self.remove(key);
        }
        if self.table.dummies() * 5 >= self.table.mask() {
            self.table.resize(self.len() * if self.len() > 50_000 { 2 } else { 4 });
        }
    }

    /// A set of these items, which is frozen if this one is.
    fn like<'k>(&self, keys: impl Iterator<Item = &'k Key>) -> Set {
        let mut result = self.emptied();
        keys.for_each(|key| {
            result.insert(key.clone());
        });
        result
    }

    /// The items in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.keys().map(Key::value)
    }

    /// The items as keys, in order.
    pub fn keys(&self) -> Items<'_> {
        Items { table: &self.table, cursor: 0, left: self.table.len() }
    }

    /// The item at the cursor of a walk, which begins at 0; moves the cursor to the next one.
    pub fn next(&self, cursor: &mut usize) -> Option<&Value> {
        self.table.next_by_slot(cursor).map(|(key, ())| key.value())
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the items come in the order in which they were added.
    pub fn is_as_added(&self) -> bool {
        self.table.is_as_added()
    }

    /// Whether CPython hashes an item by its address, so that the order differs from run to run.
    pub fn has_addresses(&self) -> bool {
        self.table.has_addresses()
    }

    /// What looking for items has cost since it was last asked for, in steps.
    pub fn take_probes(&self) -> u64 {
        self.table.take_probes()
    }
}

impl PartialEq for Set {
    fn eq(&self, other: &Set) -> bool {
        self.len() == other.len() && self.keys().all(|key| other.contains(key))
    }
}

/// The items of a set as keys.
#[derive(Debug, Clone)]
pub struct Items<'s> {
    table: &'s Table<()>,
    cursor: usize,
    left: usize,
}

impl<'s> Iterator for Items<'s> {
    type Item = &'s Key;

    fn next(&mut self) -> Option<&'s Key> {
        let (key, ()) = self.table.next_by_slot(&mut self.cursor)?;
        self.left -= 1;
        Some(key)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Items<'_> {}
