//! Collections that more than one stage uses.

use std::hash::Hash;

use indexmap::{Equivalent, IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

/// A map in written order with a hash that is fast for short keys.
pub(crate) type FxIndexMap<K, V> = IndexMap<K, V, FxBuildHasher>;

/// A set in written order with the same hash.
pub(crate) type FxIndexSet<K> = IndexSet<K, FxBuildHasher>;

/// Entries that are compared one by one.
const FEW: usize = 8;

/// A map in written order that usually has few entries. Few entries need no hash table, and a single one no allocation.
#[derive(Debug, Clone)]
pub(crate) struct FewMap<K, V> {
    few: SmallVec<[(K, V); 1]>,
    /// All of them, as soon as there are more than a few.
    many: Option<Box<FxIndexMap<K, V>>>,
}

impl<K, V> Default for FewMap<K, V> {
    fn default() -> FewMap<K, V> {
        FewMap { few: SmallVec::new(), many: None }
    }
}

impl<K: Hash + Eq, V> FewMap<K, V> {
    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.many.as_ref().map_or(self.few.len(), |many| many.len())
    }

    /// The value of a key.
    pub(crate) fn get<Q: ?Sized + Hash + Equivalent<K>>(&self, key: &Q) -> Option<&V> {
        match &self.many {
            Some(many) => many.get(key),
            None => self.few.iter().find(|(k, _)| key.equivalent(k)).map(|(_, v)| v),
        }
    }

    /// Whether there is such a key.
    pub(crate) fn contains_key<Q: ?Sized + Hash + Equivalent<K>>(&self, key: &Q) -> bool {
        self.get(key).is_some()
    }

    /// Sets the value of a key, which stays at its place if it is there already; gives the value it had.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        if let Some(many) = &mut self.many {
            return many.insert(key, value);
        }
        if let Some((_, old)) = self.few.iter_mut().find(|(k, _)| *k == key) {
            return Some(std::mem::replace(old, value));
        }
        self.few.push((key, value));
        if self.few.len() > FEW {
            self.many = Some(Box::new(std::mem::take(&mut self.few).into_iter().collect()));
        }
        None
    }

    /// The value of a key, to be changed.
    pub(crate) fn get_mut<Q: ?Sized + Hash + Equivalent<K>>(&mut self, key: &Q) -> Option<&mut V> {
        match &mut self.many {
            Some(many) => many.get_mut(key),
            None => self.few.iter_mut().find(|(k, _)| key.equivalent(k)).map(|(_, v)| v),
        }
    }

    /// Keys and values, in written order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        let many = self.many.iter().flat_map(|many| many.iter());
        self.few.iter().map(|(k, v)| (k, v)).chain(many)
    }

    /// The keys, in written order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(k, _)| k)
    }

    /// The values, in written order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, v)| v)
    }
}

impl<K, V> IntoIterator for FewMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::iter::Chain<smallvec::IntoIter<[(K, V); 1]>, indexmap::map::IntoIter<K, V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.few.into_iter().chain(*self.many.unwrap_or_default())
    }
}

impl<K: Hash + Eq, V> FromIterator<(K, V)> for FewMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> FewMap<K, V> {
        let mut all = FewMap::default();
        for (key, value) in entries {
            all.insert(key, value);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_entries_are_kept_alike() {
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 100] {
            let name = |n: usize| format!("k{}", n * 7919 % 1000);
            let mut map: FewMap<String, usize> = (0..count).map(|n| (name(n), n)).collect();
            assert_eq!(map.len(), count);
            assert_eq!(map.get("other"), None);
            if count > 0 {
                assert_eq!(map.insert(name(0), 1000), Some(0));
                *map.get_mut(&*name(count - 1)).unwrap() += 5;
            }
            let expected = |n: usize| match (n, count) {
                (0, 1) => 1005,
                (0, _) => 1000,
                (n, count) if n == count - 1 => n + 5,
                (n, _) => n,
            };
            assert!(map.keys().cloned().eq((0..count).map(name)));
            assert!((0..count).all(|n| map.get(&*name(n)) == Some(&expected(n))));
            assert!(map.into_iter().eq((0..count).map(|n| (name(n), expected(n)))));
        }
    }
}
