//! Pystachio: values, types, objects, references, mustaches, scopes, interpolation, coercion and checks.
//!
//! Knows neither the syntax of the language nor Aurora's schema.

pub mod value;
