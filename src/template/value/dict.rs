//! Dicts, in the order of CPython 2.7.

use super::args::Keyword;
use super::table::Table;
use super::{Dict, DictKind, Entry, Key, Missing, Value};
use crate::source::Span;
use crate::template::text::of_str;

impl Dict {
    /// An empty dict.
    pub fn new() -> Dict {
        Dict::default()
    }

    /// An empty dict of a kind.
    pub fn of_kind(kind: DictKind) -> Dict {
        Dict { kind, ..Dict::default() }
    }

    /// An empty dict for a display, `{k: v, …}`, of so many written entries.
    pub fn for_display(entries: usize) -> Dict {
        let mut dict = Dict::new();
        // CPython counts the entries in an argument of two bytes, and has room for a few anyway.
        let entries = entries.min(0xffff);
        if entries > 5 {
            dict.table.resize(entries);
        }
        dict.table.reserve(entries);
        dict
    }

    /// What `dict.fromkeys` makes of the keys of a dict or set.
    pub fn from_keys<'k>(keys: impl ExactSizeIterator<Item = &'k Key>, value: &Value) -> Dict {
        let mut dict = Dict::new();
        dict.table.resize(keys.len() / 2 * 3);
        for key in keys {
            let entry = Entry { value: value.clone(), key_span: Span::NONE, span: Span::NONE };
            dict.table.put(key.clone(), entry);
        }
        dict
    }

    /// Which of Python's kinds of dict it is.
    pub fn kind(&self) -> DictKind {
        self.kind
    }

    /// Whether its class is `dict` itself and not one made from it, for which CPython has shorter ways.
    pub fn is_exact(&self) -> bool {
        self.kind == DictKind::Plain && matches!(self.missing, Missing::Refused)
    }

    /// Whether it is the frozendict that `.get()` gives.
    pub fn is_frozen(&self) -> bool {
        self.kind == DictKind::Frozen
    }

    /// Sets a key; one that is there keeps its position (and, as in Python, its first key).
    pub fn insert(&mut self, key: Key, value: Value) {
        self.insert_at(key, value, Span::NONE, Span::NONE);
    }

    /// Sets a key, with the places of key and value.
    pub fn insert_at(&mut self, key: Key, value: Value, key_span: Span, span: Span) {
        self.table.add(key, Entry { value, key_span, span });
    }

    /// Sets a string key.
    pub fn insert_str(&mut self, key: &str, value: Value) {
        self.insert(Key::text(key), value);
    }

    /// Adds the entries of another dict as `update()` does: in the order of its slots, whatever its kind.
    pub fn merge(&mut self, other: &Dict) {
        self.table.merge(&other.table);
    }

    /// Adds keywords as `update()` adds those of a dict that has them in this order.
    pub fn merge_keywords(&mut self, keywords: Vec<Keyword>) {
        self.table.room(keywords.len());
        for Keyword { name, name_span, value, span } in keywords {
            self.table.put(Key::text(&name), Entry { value, key_span: name_span, span });
        }
    }

    /// What `self.copy()` gives: a dict of the same kind, except that the copy of a frozendict is a plain dict.
    #[must_use]
    pub fn copy(&self) -> Dict {
        let mut copy = Dict { missing: self.missing.clone(), ..Dict::default() };
        if self.kind == DictKind::Ordered {
            copy.kind = DictKind::Ordered;
            for (key, entry) in self.entries() {
                copy.table.add(key.clone(), entry.clone());
            }
        } else {
            copy.merge(self);
        }
        copy
    }

    /// The same dict, in the same order, with other values.
    ///
    /// # Errors
    /// The first error that `value` gives.
    pub fn map<E>(&self, mut value: impl FnMut(&Key, &Entry) -> Result<Value, E>) -> Result<Dict, E> {
        let table = self.table.map(|key, entry| Ok(Entry { value: value(key, entry)?, ..*entry }))?;
        Ok(Dict { missing: self.missing.clone(), kind: self.kind, table })
    }

    /// The entry of a key.
    pub fn get(&self, key: &Key) -> Option<&Entry> {
        self.table.get(key)
    }

    /// The value of a string key.
    pub fn get_str(&self, key: &str) -> Option<&Value> {
        let find = |unicode| {
            let is_it = |other: &Key| other.value().as_str() == Some(key);
            self.table.find(of_str(key, unicode), is_it)
        };
        let found = find(false);
        let found = if found.is_none() && !key.is_ascii() { find(true) } else { found };
        found.map(|entry| &entry.value)
    }

    /// Removes a key and gives its value.
    pub fn remove(&mut self, key: &Key) -> Option<Value> {
        self.table.remove(key).map(|entry| entry.value)
    }

    /// Removes and gives the entry that `popitem()` gives: of an OrderedDict the last one.
    pub fn pop_item(&mut self) -> Option<(Value, Value)> {
        let popped = if self.kind == DictKind::Ordered { self.table.pop_last() } else { self.table.pop() };
        popped.map(|(key, entry)| (key.value().clone(), entry.value))
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.table = Table::default();
    }

    /// The entries in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Value, &Entry)> {
        self.entries().map(|(key, entry)| (key.value(), entry))
    }

    /// The entries in order, with their keys.
    pub fn entries(&self) -> Entries<'_> {
        Entries { dict: self, cursor: 0, left: self.len() }
    }

    /// The keys in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Key> {
        self.entries().map(|(key, _)| key)
    }

    /// The entries in the order of the slots, also of an OrderedDict: what CPython's own functions walk over.
    pub fn entries_by_slot(&self) -> impl Iterator<Item = (&Key, &Entry)> {
        let mut cursor = 0;
        std::iter::from_fn(move || self.table.next_by_slot(&mut cursor))
    }

    /// The entries in the order in which they were added, which is mostly that in which they are written.
    pub fn as_added(&self) -> impl Iterator<Item = (&Key, &Entry)> {
        let mut cursor = 0;
        std::iter::from_fn(move || self.table.next_as_added(&mut cursor))
    }

    /// The entry at the cursor of a walk, which begins at 0; moves the cursor to the next one.
    pub fn next(&self, cursor: &mut usize) -> Option<(&Key, &Entry)> {
        match self.kind {
            DictKind::Ordered => self.table.next_as_added(cursor),
            DictKind::Plain | DictKind::Frozen => self.table.next_by_slot(cursor),
        }
    }

    /// Whether the order of the entries lets both be equal: it counts only between two OrderedDicts.
    pub fn same_order(&self, other: &Dict) -> bool {
        let ordered = self.kind == DictKind::Ordered && other.kind == DictKind::Ordered;
        !ordered || self.keys().zip(other.keys()).all(|(a, b)| a.value().equals(b.value()))
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the entries come in the order in which they were added.
    pub fn is_as_added(&self) -> bool {
        self.kind == DictKind::Ordered || self.table.is_as_added()
    }

    /// Whether CPython hashes a key by its address, so that the order differs from run to run.
    pub fn has_addresses(&self) -> bool {
        self.kind != DictKind::Ordered && self.table.has_addresses()
    }

    /// What looking for keys has cost since it was last asked for, in steps.
    pub fn take_probes(&self) -> u64 {
        self.table.take_probes()
    }
}

/// The entries of a dict.
#[derive(Debug, Clone)]
pub struct Entries<'d> {
    dict: &'d Dict,
    cursor: usize,
    left: usize,
}

impl<'d> Iterator for Entries<'d> {
    type Item = (&'d Key, &'d Entry);

    fn next(&mut self) -> Option<(&'d Key, &'d Entry)> {
        let entry = self.dict.next(&mut self.cursor)?;
        self.left -= 1;
        Some(entry)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Entries<'_> {}
