//! Every lint, one file per area: its code, name, level, explanation and example. The stage that finds the fact makes the
//! diagnostic, with the static that is declared here; [`levels`](crate::levels) decides whether it is reported.
//!
//! [`all_codes`] and [`find_code`] are over the lints and the errors together; `jobc explain` and docs/errors.md are made
//! from them.

mod lookup;
mod retired;

pub mod admission;
pub mod comments;
pub mod eval;
pub mod executor;
pub mod files;
pub mod job;
pub mod output;
pub mod syntax;
pub mod template;
pub mod thermos;

pub use lookup::{NotALint, all_codes, find_code, find_lint};
pub use retired::{RETIRED, Retired, find_retired};

use crate::diagnostics::Code;

/// The lints of every area.
pub const ALL: &[&[&Code]] = &[
    syntax::ALL,
    eval::ALL,
    template::ALL,
    job::ALL,
    thermos::ALL,
    executor::ALL,
    admission::ALL,
    files::ALL,
    comments::ALL,
    output::ALL,
];

/// Declares the lints of one area as statics, and `ALL` with every one of them. The level is `warn` or `off`: what holds
/// where neither the command line nor a comment says otherwise.
macro_rules! lints {
    (@level warn) => { crate::diagnostics::Level::Warn };
    (@level off) => { crate::diagnostics::Level::Off };
    ($($name:ident = $id:literal $slug:literal $level:ident { what: $what:literal, why: $why:literal, bad: $bad:literal, good: $good:literal })*) => {
        $(
            #[doc = concat!("`", $id, " ", $slug, "`: ", $what)]
            pub static $name: crate::diagnostics::Code = crate::diagnostics::Code {
                id: $id, name: $slug, level: lints!(@level $level), what: $what, why: $why, bad: $bad, good: $good,
            };
        )*
        /// Every lint of this area.
        pub const ALL: &[&crate::diagnostics::Code] = &[$(&$name),*];
    };
}
use lints;

#[cfg(test)]
mod tests;
