//! Pystachio: values, types, objects, references, mustaches, scopes, interpolation, coercion and checks.
//!
//! Knows neither the syntax of the language nor Aurora's schema.
//!
//! | question | file |
//! |---|---|
//! | what a program can hold | `value/` |
//! | what types there are, when two are the same | `types.rs`, `fields.rs` |
//! | what an object is, the order of its fields | `object.rs`, `order.rs` |
//! | how objects and struct types are made | `construct.rs`, `coerce.rs`, `choice.rs`, `any.rs` |
//! | what `{{a.b[c]}}` means | `grammar.rs` (`grammar/template.pest`), `mustache.rs`, `reference.rs`, `scope.rs`, `bind.rs` |
//! | what to write instead of what does not fit | `advice.rs` |
//! | how objects are interpolated, and the references of a string replaced | `interpolate.rs`, `replace.rs`, `walk.rs` |
//! | reading, printing, comparing, checking objects | `inspect.rs`, `check.rs` |

mod advice;
mod any;
mod bind;
mod check;
mod choice;
mod coerce;
mod complaint;
mod construct;
mod distinct;
mod fields;
mod grammar;
mod inspect;
mod interpolate;
mod limits;
mod mustache;
mod object;
mod order;
mod reference;
mod replace;
mod scope;
mod types;
pub mod value;
mod walk;

pub use advice::unknown_field;
pub use bind::scopes_of;
pub use check::missing_field;
pub use coerce::{coerce, parse_float, parse_integer};
pub use construct::{construct, convert, define_struct, extend, signature};
pub use distinct::distinct;
pub use fields::Fields;
pub use limits::{Limits, cancelled, check_cancelled, install as install_limits, text_limit};
pub use mustache::{Segment, Template, unclosed};
pub use object::{Body, Object, Slot};
pub use order::ClassBody;
pub use reference::{Component, Ref};
pub use scope::{Bound, Chain, Environment, Scope};
pub use types::{Field, Kind, Signature, Type};
pub use walk::{Unbound, Walk};
