//! Values as text: `str()`, `repr()`, `%`, `str.format` and f-strings.
//!
//! | question | file |
//! |---|---|
//! | `str()` and `repr()` | `show.rs` |
//! | `'%5.2f' % x` | `percent.rs` |
//! | `'{0:>5}'.format(x)` | `fields.rs` |
//! | `format(x, '>5')`, the part after the colon | `value.rs`, `spec.rs`, `numeric.rs` |
//! | digits of floats | `digits.rs` |

mod digits;
mod fields;
mod numeric;
mod percent;
mod show;
mod spec;
mod value;

#[cfg(test)]
mod tests;

pub use fields::{convert, format_map, str_format};
pub use percent::percent;
pub use show::{repr, to_text};
pub use value::format_value;
