//! CPython 2.7's hash table, under dicts and sets.
//!
//! What can be seen of it is the order of the slots, so probing, growth and deletion are exactly CPython's. The entries
//! themselves are kept apart from the slots, in the order in which they were added: a small table costs little, and
//! what keeps its written order (an `OrderedDict`) walks over the entries instead of the slots.

use std::cell::Cell;

use super::Key;
use super::hash::is_hashed_by_address;

/// Slots of a new table.
const FEWEST: usize = 8;

/// A slot that never held an entry, and one whose entry was removed.
const EMPTY: u32 = u32::MAX;
const DUMMY: u32 = u32::MAX - 1;

/// The same in small tables.
const FEW_EMPTY: u8 = u8::MAX;
const FEW_DUMMY: u8 = u8::MAX - 1;

/// Entries from which on a table grows twofold instead of fourfold.
const MANY: usize = 50_000;

/// For each slot the index of its entry.
#[derive(Debug, Clone)]
enum Slots {
    Few([u8; FEWEST]),
    Many(Box<[u32]>),
}

impl Slots {
    fn new(count: usize) -> Slots {
        if count <= FEWEST { Slots::Few([FEW_EMPTY; FEWEST]) } else { Slots::Many(vec![EMPTY; count].into()) }
    }

    fn len(&self) -> usize {
        match self {
            Slots::Few(_) => FEWEST,
            Slots::Many(slots) => slots.len(),
        }
    }

    fn get(&self, slot: usize) -> u32 {
        match self {
            Slots::Few(slots) => match slots[slot] {
                FEW_EMPTY => EMPTY,
                FEW_DUMMY => DUMMY,
                index => u32::from(index),
            },
            Slots::Many(slots) => slots[slot],
        }
    }

    fn set(&mut self, slot: usize, index: u32) {
        match self {
            Slots::Few(slots) => {
                slots[slot] = match index {
                    EMPTY => FEW_EMPTY,
                    DUMMY => FEW_DUMMY,
                    index => index as u8,
                }
            }
            Slots::Many(slots) => slots[slot] = index,
        }
    }
}

/// Where a key is, or would be put.
enum Place {
    /// In this slot, with the entry of this index.
    Taken(usize, usize),
    /// In this slot, which is empty or a dummy.
    Free(usize),
}

/// A hash table from keys to `T`.
#[derive(Debug, Clone)]
pub(super) struct Table<T> {
    slots: Slots,
    /// In the order in which they were added; `None` where one was removed.
    entries: Vec<Option<(Key, T)>>,
    used: usize,
    /// Slots that are not empty.
    fill: usize,
    /// Where [`Table::pop`] goes on.
    finger: i64,
    /// Whether a key that CPython hashes by its address has been added.
    addresses: bool,
    /// What looking for keys has cost since it was last asked for.
    probes: Cell<u64>,
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table {
            slots: Slots::new(FEWEST),
            entries: Vec::new(),
            used: 0,
            fill: 0,
            finger: 0,
            addresses: false,
            probes: Cell::new(0),
        }
    }
}

/// The slots that are probed for a hash, in order.
struct Probing {
    mask: u64,
    at: u64,
    perturb: u64,
}

impl Probing {
    fn new(hash: i64, slots: usize) -> Probing {
        let hash = hash.cast_unsigned();
        Probing { mask: slots as u64 - 1, at: hash, perturb: hash }
    }

    fn slot(&self) -> usize {
        (self.at & self.mask) as usize
    }

    fn step(&mut self) {
        self.at = self.at.wrapping_mul(5).wrapping_add(self.perturb).wrapping_add(1);
        self.perturb >>= 5;
    }
}

impl<T> Table<T> {
    /// Number of entries.
    pub(super) fn len(&self) -> usize {
        self.used
    }

    /// What looking for keys has cost since it was last asked for: one for each slot that was looked at beyond the
    /// first, and more for comparing long keys.
    pub(super) fn take_probes(&self) -> u64 {
        self.probes.take()
    }

    fn count(&self, probes: u64) {
        self.probes.set(self.probes.get().saturating_add(probes));
    }

    /// The place of the key that has this hash and is `same`.
    fn place(&self, hash: i64, same: impl Fn(&Key, &Cell<u64>) -> bool) -> Place {
        let mut probing = Probing::new(hash, self.slots.len());
        let mut free = None;
        loop {
            let slot = probing.slot();
            match self.slots.get(slot) {
                EMPTY => return Place::Free(free.unwrap_or(slot)),
                DUMMY => free = free.or(Some(slot)),
                index => {
                    let index = index as usize;
                    if let Some(Some((key, _))) = self.entries.get(index)
                        && key.hash() == hash
                        && same(key, &self.probes)
                    {
                        return Place::Taken(slot, index);
                    }
                }
            }
            self.count(1);
            probing.step();
        }
    }

    fn place_of(&self, key: &Key) -> Place {
        let place = self.place(key.hash(), |other, work| key.matches(other, work));
        match (place, key.other_hash()) {
            // Byte strings and unicode strings are one kind of text here, but hash differently beyond ASCII.
            (Place::Free(slot), Some(hash)) => match self.place(hash, |other, work| key.matches(other, work))
            {
                Place::Free(_) => Place::Free(slot),
                taken @ Place::Taken(..) => taken,
            },
            (place, _) => place,
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &Key) -> Option<&T> {
        match self.place_of(key) {
            Place::Taken(_, index) => self.entry(index).map(|(_, value)| value),
            Place::Free(_) => None,
        }
    }

    /// The value of the key that has this hash and is `same`.
    pub(super) fn find(&self, hash: i64, same: impl Fn(&Key) -> bool) -> Option<&T> {
        match self.place(hash, |key, _| same(key)) {
            Place::Taken(_, index) => self.entry(index).map(|(_, value)| value),
            Place::Free(_) => None,
        }
    }

    fn entry(&self, index: usize) -> Option<(&Key, &T)> {
        self.entries.get(index)?.as_ref().map(|(key, value)| (key, value))
    }

    /// Sets the value of a key, and grows once two thirds of the slots are taken. A key that is there stays, and its
    /// value is given back.
    pub(super) fn add(&mut self, key: Key, value: T) -> Option<T> {
        let before = self.used;
        let old = self.put(key, value);
        if self.used > before && self.fill * 3 >= self.slots.len() * 2 {
            self.resize(self.used * if self.used > MANY { 2 } else { 4 });
        }
        old
    }

    /// [`Table::add`] without growing: there must be a slot left.
    pub(super) fn put(&mut self, key: Key, value: T) -> Option<T> {
        match self.place_of(&key) {
            Place::Taken(_, index) => {
                let (_, old) = self.entries.get_mut(index)?.as_mut()?;
                Some(std::mem::replace(old, value))
            }
            Place::Free(slot) => {
                if self.slots.get(slot) == EMPTY {
                    self.fill += 1;
                }
                self.used += 1;
                self.addresses |= is_hashed_by_address(key.value());
                self.slots.set(slot, self.entries.len() as u32);
                self.entries.push(Some((key, value)));
                None
            }
        }
    }

    /// Gives the table as many slots as it takes for more than `count` entries, and puts the entries into them in the
    /// order of the old slots.
    pub(super) fn resize(&mut self, count: usize) {
        let mut slots = FEWEST;
        while slots <= count {
            slots <<= 1;
        }
        let old = std::mem::replace(&mut self.slots, Slots::new(slots));
        self.fill = self.used;
        self.finger = 0;
        for slot in 0..old.len() {
            let index = old.get(slot);
            if let Some((key, _)) = self.entry(index as usize) {
                let free = self.free_slot(key.hash());
                self.slots.set(free, index);
            }
        }
        self.close_gaps();
    }

    /// The first slot for a hash, in a table without dummies.
    fn free_slot(&self, hash: i64) -> usize {
        let mut probing = Probing::new(hash, self.slots.len());
        while self.slots.get(probing.slot()) != EMPTY {
            self.count(1);
            probing.step();
        }
        probing.slot()
    }

    /// Drops the gaps that removed entries left.
    fn close_gaps(&mut self) {
        if self.entries.len() == self.used {
            return;
        }
        let mut moved = Vec::with_capacity(self.entries.len());
        let mut next = 0u32;
        for entry in &self.entries {
            moved.push(next);
            next += u32::from(entry.is_some());
        }
        for slot in 0..self.slots.len() {
            if let Some(new) = moved.get(self.slots.get(slot) as usize) {
                self.slots.set(slot, *new);
            }
        }
        self.entries.retain(Option::is_some);
    }

    /// Makes room for `more` entries that are put without growing.
    pub(super) fn room(&mut self, more: usize) {
        if (self.fill + more) * 3 >= self.slots.len() * 2 {
            self.resize((self.used + more) * 2);
        }
    }

    /// Removes a key.
    pub(super) fn remove(&mut self, key: &Key) -> Option<T> {
        match self.place_of(key) {
            Place::Taken(slot, index) => self.take(slot, index).map(|(_, value)| value),
            Place::Free(_) => None,
        }
    }

    fn take(&mut self, slot: usize, index: usize) -> Option<(Key, T)> {
        let entry = self.entries.get_mut(index)?.take()?;
        self.slots.set(slot, DUMMY);
        self.used -= 1;
        if slot == 0 {
            self.finger = entry.0.hash();
        }
        while matches!(self.entries.last(), Some(None)) {
            self.entries.pop();
        }
        // A small table can name no more than so many entries, gaps included.
        if self.entries.len() >= 2 * self.used + FEWEST {
            self.close_gaps();
        }
        Some(entry)
    }

    /// Removes the entry that `popitem` gives: that of the first slot, or else the next one from where the last call
    /// ended.
    pub(super) fn pop(&mut self) -> Option<(Key, T)> {
        if self.used == 0 {
            return None;
        }
        let live = |slot: usize| self.slots.get(slot) < DUMMY;
        let mut slot = 0;
        if !live(0) {
            let mask = self.slots.len() - 1;
            slot = usize::try_from(self.finger).ok().filter(|f| (1..=mask).contains(f)).unwrap_or(1);
            while !live(slot) {
                self.count(1);
                slot = if slot == mask { 1 } else { slot + 1 };
            }
        }
        let entry = self.take(slot, self.slots.get(slot) as usize);
        self.finger = slot as i64 + 1;
        entry
    }

    /// Removes the entry that was added last.
    pub(super) fn pop_last(&mut self) -> Option<(Key, T)> {
        let index = self.entries.len().checked_sub(1)?;
        let hash = self.entry(index)?.0.hash();
        let mut probing = Probing::new(hash, self.slots.len());
        while self.slots.get(probing.slot()) as usize != index {
            probing.step();
        }
        self.take(probing.slot(), index)
    }

    /// Slots that are taken by removed entries.
    pub(super) fn dummies(&self) -> usize {
        self.fill - self.used
    }

    /// Number of slots, less one.
    pub(super) fn mask(&self) -> usize {
        self.slots.len() - 1
    }

    /// Makes room for entries in memory; what can be seen stays as it is.
    pub(super) fn reserve(&mut self, more: usize) {
        self.entries.reserve(more);
    }

    /// The entry in the slot that `cursor` stands before, or in the next one that has any; moves the cursor past it.
    pub(super) fn next_by_slot(&self, cursor: &mut usize) -> Option<(&Key, &T)> {
        while *cursor < self.slots.len() {
            let index = self.slots.get(*cursor);
            *cursor += 1;
            if index < DUMMY {
                return self.entry(index as usize);
            }
        }
        None
    }

    /// The same in the order in which entries were added.
    pub(super) fn next_as_added(&self, cursor: &mut usize) -> Option<(&Key, &T)> {
        while *cursor < self.entries.len() {
            let entry = self.entry(*cursor);
            *cursor += 1;
            if entry.is_some() {
                return entry;
            }
        }
        None
    }

    /// Whether a key is hashed by its address in CPython, so that the order of the slots differs from run to run.
    pub(super) fn has_addresses(&self) -> bool {
        self.addresses && self.entries.iter().flatten().any(|(key, _)| is_hashed_by_address(key.value()))
    }

    /// Whether the order of the slots is that in which the entries were added.
    pub(super) fn is_as_added(&self) -> bool {
        let live = (0..self.slots.len()).map(|slot| self.slots.get(slot)).filter(|index| *index < DUMMY);
        live.is_sorted()
    }

    /// The same table with other values.
    pub(super) fn map<U, E>(&self, mut value: impl FnMut(&Key, &T) -> Result<U, E>) -> Result<Table<U>, E> {
        let entry = |entry: &Option<(Key, T)>| match entry {
            Some((key, old)) => value(key, old).map(|new| Some((key.clone(), new))),
            None => Ok(None),
        };
        Ok(Table {
            slots: self.slots.clone(),
            entries: self.entries.iter().map(entry).collect::<Result<_, E>>()?,
            used: self.used,
            fill: self.fill,
            finger: self.finger,
            addresses: self.addresses,
            probes: Cell::new(0),
        })
    }
}

impl<T: Clone> Table<T> {
    /// Adds the entries of another table as `update()` does: room for all of them is made first.
    pub(super) fn merge(&mut self, other: &Table<T>) {
        if other.used == 0 {
            return;
        }
        self.room(other.used);
        self.reserve(other.used);
        let mut cursor = 0;
        while let Some((key, value)) = other.next_by_slot(&mut cursor) {
            self.put(key.clone(), value.clone());
        }
    }
}
