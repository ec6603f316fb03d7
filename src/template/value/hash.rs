//! CPython 2.7's hashes, as it computes them on 64-bit machines. They decide the order of dicts and sets, and with that
//! the bytes of a job's executor data, so every value must hash as it does there.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_traits::FromPrimitive;

use super::{Dict, Fault, Key, Value};
use crate::template::text::{of_str, sound};

/// The hash of a value.
///
/// # Errors
/// When the value can change (lists, dicts and sets), or is an object that cannot be read.
pub fn hash(value: &Value) -> Result<i64, Fault> {
    Ok(match value {
        Value::Str(text) => text.hash(),
        Value::Bool(b) => i64::from(*b),
        Value::Int(n) => of_int(*n),
        Value::Big(n) => of_big(n),
        Value::Float(x) => of_float(*x),
        Value::Tuple(items) => {
            of_tuple(&items.iter().map(hash).collect::<Result<smallvec::SmallVec<[i64; 8]>, _>>()?)
        }
        Value::Set(set) if set.borrow().frozen => of_frozenset(set.borrow().keys()),
        Value::Dict(dict) if dict.borrow().is_frozen() => of_frozendict(&dict.borrow())?,
        Value::Object(object) => hash(&object.get()?)?,
        Value::List(_) | Value::Dict(_) | Value::Set(_) => {
            let message = format!("{} cannot be a key, because it can change", value.described());
            return Err(Fault::type_error(message));
        }
        // CPython hashes these by their address, which differs from run to run. Here every run is the same.
        Value::Type(ty) => of_str(ty.name(), false),
        Value::Native(native) => of_str(native.type_name(), false),
        Value::Range(range) => of_int(if range.is_empty() { 0 } else { range.start }),
        Value::None | Value::Empty | Value::Signature(_) => 1,
    })
}

/// Whether CPython hashes the value, or something in it, by its address, so that the order of a dict or set with such a
/// key differs from one run of the stock client to the next.
pub(super) fn is_hashed_by_address(value: &Value) -> bool {
    match value {
        Value::None | Value::Empty | Value::Type(_) | Value::Signature(_) | Value::Native(_) => true,
        Value::Tuple(items) => items.iter().any(is_hashed_by_address),
        Value::Set(set) => set.borrow().iter().any(is_hashed_by_address),
        _ => false,
    }
}

fn of_int(n: i64) -> i64 {
    sound(n.cast_unsigned())
}

/// Bits of a digit of CPython's long integers.
const DIGIT_BITS: u64 = 30;

fn of_big(n: &BigInt) -> i64 {
    let magnitude = n.magnitude();
    let digits = magnitude.bits().div_ceil(DIGIT_BITS);
    let words = magnitude.to_u64_digits();
    let digit = |index: u64| {
        let (word, bit) = ((index * DIGIT_BITS / 64) as usize, index * DIGIT_BITS % 64);
        let low = words.get(word).map_or(0, |w| w >> bit);
        let high = if bit == 0 { 0 } else { words.get(word + 1).map_or(0, |w| w << (64 - bit)) };
        (low | high) & ((1 << DIGIT_BITS) - 1)
    };
    let hash = (0..digits).rev().fold(0u64, |hash, index| {
        let (sum, carried) = hash.rotate_left(DIGIT_BITS as u32).overflowing_add(digit(index));
        sum.wrapping_add(u64::from(carried))
    });
    sound(if n.sign() == Sign::Minus { hash.wrapping_neg() } else { hash })
}

fn of_float(x: f64) -> i64 {
    if x.is_nan() {
        return 0;
    }
    if x.is_infinite() {
        return if x > 0.0 { 314_159 } else { -271_828 };
    }
    if x.fract() == 0.0 {
        let whole = BigInt::from_f64(x).unwrap_or_default();
        return i64::try_from(&whole).map_or_else(|_| of_big(&whole), of_int);
    }
    let (mantissa, exponent) = mantissa_and_exponent(x);
    let scaled = mantissa * 2f64.powi(31);
    let high = scaled.trunc();
    let low = ((scaled - high) * 2f64.powi(31)).trunc();
    let hash = (high as i64).wrapping_add(low as i64).wrapping_add(i64::from(exponent) << 15);
    sound(hash.cast_unsigned())
}

/// C's `frexp`: `x` is the mantissa, which is at least a half and below one, times two to the exponent.
fn mantissa_and_exponent(x: f64) -> (f64, i32) {
    const EXPONENT: u64 = 0x7ff << 52;
    let bits = x.to_bits();
    let exponent = ((bits & EXPONENT) >> 52) as i32;
    if exponent == 0 {
        let (mantissa, exponent) = mantissa_and_exponent(x * 2f64.powi(54));
        return (mantissa, exponent - 54);
    }
    (f64::from_bits(bits & !EXPONENT | 1022 << 52), exponent - 1022)
}

fn of_tuple(items: &[i64]) -> i64 {
    let mut hash = 0x0034_5678u64;
    let mut factor = 1_000_003u64;
    for (index, item) in items.iter().enumerate() {
        hash = (hash ^ item.cast_unsigned()).wrapping_mul(factor);
        factor = factor.wrapping_add(82_520 + 2 * (items.len() - 1 - index) as u64);
    }
    sound(hash.wrapping_add(97_531))
}

fn of_frozenset<'k>(items: impl ExactSizeIterator<Item = &'k Key>) -> i64 {
    let mut hash = 1_927_868_237u64.wrapping_mul(items.len() as u64 + 1);
    for item in items {
        let item = item.hash().cast_unsigned();
        hash ^= (item ^ (item << 16) ^ 89_869_747).wrapping_mul(3_644_798_167);
    }
    let hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923).cast_signed();
    if hash == -1 { 590_923_713 } else { hash }
}

/// Pystachio's frozendict hashes as the tuple of its entries in the order of their keys.
fn of_frozendict(dict: &Dict) -> Result<i64, Fault> {
    let mut entries: Vec<(&Key, &Value)> = dict.keys().zip(dict.iter().map(|(_, e)| &e.value)).collect();
    entries.sort_by(|(a, _), (b, _)| order_of_keys(a.value(), b.value()));
    let hashes: Vec<i64> = entries
        .into_iter()
        .map(|(key, value)| Ok(of_tuple(&[key.hash(), hash(value)?])))
        .collect::<Result<_, Fault>>()?;
    Ok(of_tuple(&hashes))
}

/// Numbers come before text, as in Python 2; other keys do not occur.
fn order_of_keys(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => a.as_str().cmp(b.as_str()),
        (Value::Str(_), _) => Ordering::Greater,
        (_, Value::Str(_)) => Ordering::Less,
        _ => a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Equal),
    }
}

#[cfg(test)]
mod tests;
