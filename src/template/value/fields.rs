//! The fields of a struct type: a small table that never changes once a type has it, and that is read all the time.

use std::rc::Rc;

use super::Field;
use crate::template::text::hash;

/// The fields of a struct type by name, in declared order.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    entries: Vec<Entry>,
    /// For each hash, the number of the field with which the search begins, counted from 1; 0 is free. Twice as many
    /// as fields at least, a power of two.
    table: Vec<u32>,
    /// A bit for each hash of a name: it alone rules out most names that a type does not have.
    present: u64,
}

#[derive(Debug, Clone)]
struct Entry {
    name: Rc<str>,
    field: Field,
}

impl Fields {
    /// No fields yet, with room for so many.
    fn with_capacity(fields: usize) -> Fields {
        let table = vec![0; (fields * 2).next_power_of_two()];
        Fields { entries: Vec::with_capacity(fields), table, present: 0 }
    }

    /// Number of fields.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The names, in declared order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Rc<str>> {
        self.entries.iter().map(|e| &e.name)
    }

    /// The fields, in declared order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Field> {
        self.entries.iter().map(|e| &e.field)
    }

    /// Names and fields, in declared order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Rc<str>, &Field)> {
        self.entries.iter().map(|e| (&e.name, &e.field))
    }

    /// A field by name.
    pub fn get(&self, name: &str) -> Option<&Field> {
        self.get_index_of(name).map(|index| &self.entries[index].field)
    }

    /// Whether there is a field of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get_index_of(name).is_some()
    }

    /// A field by its place in the order.
    pub fn get_index(&self, index: usize) -> Option<(&Rc<str>, &Field)> {
        self.entries.get(index).map(|e| (&e.name, &e.field))
    }

    /// The place of a field in the order.
    pub fn get_index_of(&self, name: &str) -> Option<usize> {
        self.find(name, hash(name))
    }

    /// [`Fields::get_index_of`] where the hash of the name is known.
    pub(super) fn find(&self, name: &str, hash: u64) -> Option<usize> {
        if self.present & bit(hash) == 0 {
            return None;
        }
        let mask = self.table.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let index = (self.table[at] as usize).checked_sub(1)?;
            if *self.entries[index].name == *name {
                return Some(index);
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a field after the others, or replaces the one of this name at its place.
    pub fn insert(&mut self, name: Rc<str>, field: Field) {
        let hashed = hash(&name);
        if let Some(index) = self.find(&name, hashed) {
            self.entries[index].field = field;
            return;
        }
        self.entries.push(Entry { name, field });
        self.present |= bit(hashed);
        if self.entries.len() * 2 > self.table.len() {
            self.table = vec![0; (self.entries.len() * 4).next_power_of_two()];
            for index in 0..self.entries.len() {
                self.enter(index, hash(&self.entries[index].name));
            }
        } else {
            self.enter(self.entries.len() - 1, hashed);
        }
    }

    fn enter(&mut self, index: usize, hash: u64) {
        let mask = self.table.len() - 1;
        let mut at = hash as usize & mask;
        while self.table[at] != 0 {
            at = (at + 1) & mask;
        }
        self.table[at] = index as u32 + 1;
    }
}

impl FromIterator<(Rc<str>, Field)> for Fields {
    fn from_iter<I: IntoIterator<Item = (Rc<str>, Field)>>(fields: I) -> Fields {
        let fields = fields.into_iter();
        let mut all = Fields::with_capacity(fields.size_hint().0);
        fields.for_each(|(name, field)| all.insert(name, field));
        all
    }
}

fn bit(hash: u64) -> u64 {
    1 << (hash >> 58)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::template::Type;

    fn field(required: bool) -> Field {
        Field { ty: Type::string(), required, default: None, span: Span::NONE }
    }

    #[test]
    fn fields_are_found_and_keep_their_order() {
        assert_eq!(Fields::default().get_index_of("x"), None);
        let names: Vec<Rc<str>> = (0..500).map(|i| Rc::from(format!("field_{}", i * 7919))).collect();
        let mut fields: Fields = names.iter().map(|n| (n.clone(), field(false))).collect();
        for (index, name) in names.iter().enumerate() {
            assert_eq!(fields.get_index_of(name), Some(index));
            assert_eq!(fields.get_index_of(&format!("{name}_")), None);
        }
        fields.insert("field_1".into(), field(false));
        assert_eq!(fields.get_index_of("field_1"), Some(500));
        fields.insert(names[3].clone(), field(true));
        assert_eq!(fields.len(), 501);
        assert!(fields.get_index(3).is_some_and(|(name, f)| *name == names[3] && f.required));
        assert!(fields.keys().take(500).eq(names.iter()));
    }
}
