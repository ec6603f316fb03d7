//! Pystachio: values, types, objects, references, mustaches, scopes, interpolation, coercion and checks.
//!
//! Knows neither the syntax of the language nor Aurora's schema.
//!
//! | question | file |
//! |---|---|
//! | strings: their places, what `{{a.b[c]}}` in them means | `text/` |
//! | what a program can hold; types, objects and what they are bound to | `value/` |
//! | how objects and struct types are made | `construct.rs`, `coerce.rs`, `choice.rs`, `any.rs` |
//! | where references are looked up | `scope.rs`, `bind.rs` |
//! | what to write instead of what does not fit | `advice.rs` |
//! | how objects are interpolated, and the references of a string replaced | `interpolate.rs`, `replace.rs`, `walk.rs` |
//! | reading, printing, comparing, checking objects | `inspect.rs`, `check.rs` |
//! | the parts of an object, each where it stands | `parts.rs` |

mod advice;
mod any;
mod bind;
mod check;
mod choice;
mod coerce;
mod complaint;
mod construct;
mod distinct;
mod inspect;
mod interpolate;
mod limits;
mod parts;
mod replace;
mod scope;
mod text;
pub mod value;
mod walk;

pub use advice::unknown_field;
pub use bind::scopes_of;
pub use check::missing_field;
pub use coerce::{coerce, parse_float, parse_integer};
pub use construct::{construct, convert, define_struct, extend, signature};
pub use distinct::distinct;
pub use limits::{
    Limits, cancelled, check_cancelled, counted_apart, install as install_limits, is_half_spent, text_limit,
};
pub use parts::Part;
pub use scope::Chain;
pub use text::{Component, Malformed, Name, Ref, Segment, Template, unclosed};
pub use value::{
    Binding, Body, Bound, ClassBody, Environment, Field, Fields, Kind, Object, Scope, Signature, Slot, Type,
};
pub use walk::{Answer, Source, Unbound, Walk};
