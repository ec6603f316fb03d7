//! CPython 2.7's hashes of strings.

/// -1 means an error inside CPython, so no hash is -1.
pub(in crate::template) fn sound(hash: u64) -> i64 {
    let hash = hash.cast_signed();
    if hash == -1 { -2 } else { hash }
}

/// The hash of a string: a byte string is hashed byte by byte, a unicode string by its code points. Both are the same
/// for ASCII.
pub(in crate::template) fn of_str(text: &str, unicode: bool) -> i64 {
    if unicode && !text.is_ascii() {
        of_units(text.chars().map(u64::from))
    } else {
        of_units(text.bytes().map(u64::from))
    }
}

fn of_units(units: impl Iterator<Item = u64> + Clone) -> i64 {
    let Some(first) = units.clone().next() else { return 0 };
    let (hash, length) = units
        .fold((first << 7, 0u64), |(hash, length), unit| (hash.wrapping_mul(1_000_003) ^ unit, length + 1));
    sound(hash ^ length)
}
