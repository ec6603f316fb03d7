//! Objects that are to be had once each.

use super::limits;
use super::value::{Fault, Key, Object, Set, Value};

/// What `list(set(objects))` gives of interpolated objects: of equal objects the first, in the order of the set.
///
/// # Errors
/// When an object cannot be read, or looking through them is more work than allowed.
pub fn distinct(objects: impl IntoIterator<Item = Object>) -> Result<Vec<Object>, Fault> {
    let mut set = Set::new();
    for object in objects {
        set.insert(Key::of_interpolated(object)?);
        limits::charge_steps(usize::try_from(set.take_probes()).unwrap_or(usize::MAX))?;
    }
    let object = |value: &Value| match value {
        Value::Object(object) => Some(object.clone()),
        _ => None,
    };
    Ok(set.iter().filter_map(object).collect())
}
