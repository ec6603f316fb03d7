//! The fields of a struct type: a table that is small, never changes once a type has it, and is asked all the time.

use std::cell::{Cell, OnceCell};
use std::hash::{BuildHasher, Hash};
use std::rc::Rc;

use rustc_hash::FxBuildHasher;
use smol_str::{SmolStr, SmolStrBuilder};

use super::types::Field;
use crate::common::bytes::plain_prefix;

/// The fields of a struct type by name, in declared order.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    entries: Vec<Entry>,
    /// For each hash, the number of a field behind which the search begins, counted from 1; 0 is free. Twice as many
    /// as fields at least, a power of two.
    table: Vec<u32>,
    /// A bit for each hash of a name: most names that a type does not have are told by it alone.
    present: u64,
    /// Bytes of all names.
    name_bytes: usize,
    /// Where the names that the program itself has are, by their addresses.
    literals: OnceCell<Box<[Cell<Literal>; LITERALS]>>,
}

/// Literals that are remembered for each type.
const LITERALS: usize = 64;

/// A name of the program that was looked up: the address and length of a text that never changes.
#[derive(Debug, Clone, Copy)]
struct Literal {
    address: usize,
    length: u32,
    /// The number of the field, counted from 1; 0 where there is none.
    index: u32,
}

#[derive(Debug, Clone)]
struct Entry {
    name: Rc<str>,
    /// `"name":`, which the JSON of every object repeats; empty where the name needs escapes.
    property: SmolStr,
    field: Field,
}

impl Literal {
    const NONE: Literal = Literal { address: 0, length: 0, index: 0 };
}

impl Fields {
    /// No fields yet, with room for so many.
    fn with_capacity(fields: usize) -> Fields {
        let table = vec![0; (fields * 2).next_power_of_two()];
        Fields {
            entries: Vec::with_capacity(fields),
            table,
            present: 0,
            name_bytes: 0,
            literals: OnceCell::new(),
        }
    }

    /// Number of fields.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes of all names.
    pub(crate) fn name_bytes(&self) -> usize {
        self.name_bytes
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

    /// The properties that the fields are in JSON, `"name":`, in declared order; empty for a name that needs escapes.
    pub(crate) fn properties(&self) -> impl ExactSizeIterator<Item = &str> {
        self.entries.iter().map(|e| &*e.property)
    }

    /// The place of a field in the order.
    pub fn get_index_of(&self, name: &str) -> Option<usize> {
        self.find(name, hash(name))
    }

    /// [`Fields::get_index_of`] for a name of the program itself: it is compared once, and then known by its address.
    pub(super) fn index_of_literal(&self, name: &'static str) -> Option<usize> {
        let (address, length) = (name.as_ptr() as usize, name.len() as u32);
        let all = self.literals.get_or_init(|| Box::new([const { Cell::new(Literal::NONE) }; LITERALS]));
        let spread = (address as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let slot = &all[(spread >> (u64::BITS - LITERALS.ilog2())) as usize];
        let mut known = slot.get();
        if (known.address, known.length) != (address, length) {
            let index = self.get_index_of(name).map_or(0, |index| index as u32 + 1);
            known = Literal { address, length, index };
            slot.set(known);
        }
        (known.index as usize).checked_sub(1)
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

    /// Adds a field behind the others, or replaces the one of this name at its place.
    pub fn insert(&mut self, name: Rc<str>, field: Field) {
        self.literals.take();
        let hash = hash(&name);
        if let Some(index) = self.find(&name, hash) {
            self.entries[index].field = field;
            return;
        }
        self.name_bytes += name.len();
        self.entries.push(Entry { property: property(&name), name, field });
        self.present |= bit(hash);
        if self.entries.len() * 2 > self.table.len() {
            self.table = vec![0; (self.entries.len() * 4).next_power_of_two()];
            for index in 0..self.entries.len() {
                self.enter(index, self::hash(&self.entries[index].name));
            }
        } else {
            self.enter(self.entries.len() - 1, hash);
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

/// `"name":`, unless the name needs escapes.
fn property(name: &str) -> SmolStr {
    let mut property = SmolStrBuilder::new();
    if plain_prefix(name.as_bytes()) == name.len() {
        property.push('"');
        property.push_str(name);
        property.push_str("\":");
    }
    property.finish()
}

/// The hash of a name.
pub(super) fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(Bytes(name))
}

/// Text that hashes as its bytes alone.
struct Bytes<'n>(&'n str);

impl Hash for Bytes<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        state.write(self.0.as_bytes());
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
        for literal in ["field_0", "field_7919", "field_15838", "field_1", ""] {
            for _ in 0..2 {
                assert_eq!(fields.index_of_literal(literal), fields.get_index_of(literal), "{literal}");
            }
        }
        fields.insert("field_1".into(), field(false));
        assert_eq!(fields.index_of_literal("field_1"), Some(500));
        fields.insert(names[3].clone(), field(true));
        assert_eq!(
            (fields.len(), fields.name_bytes()),
            (501, "field_1".len() + names.iter().map(|n| n.len()).sum::<usize>())
        );
        assert!(fields.get_index(3).is_some_and(|(name, f)| *name == names[3] && f.required));
        assert!(fields.keys().take(500).eq(names.iter()));
    }
}
