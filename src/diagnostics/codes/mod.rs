//! The codes of errors, one file per area; those of lints are in [`lints`](crate::lints). Numbers are never reused.
//!
//! | area | codes |
//! |---|---|
//! | syntax | E00xx, W00xx |
//! | evaluation | E01xx, W01xx |
//! | templates | E02xx, W02xx |
//! | jobs | E03xx, W03xx |
//! | executors | E04xx, W04xx |
//! | scheduler admission | E05xx, W05xx |
//! | budgets and files | E06xx, W06xx |
//! | output and command line | E07xx, W07xx |
//! | what is written (`emit`) | E071x and E072x, W071x, N071x |
//! | what the scheduler answers | E073x |

use super::Code;

pub mod admission;
pub mod budget;
pub mod emit;
pub mod eval;
pub mod executor;
pub mod files;
pub mod job;
pub mod output;
pub mod reply;
pub mod syntax;
pub mod template;

/// The errors of every area.
pub const ALL: &[&[&Code]] = &[
    syntax::ALL,
    eval::ALL,
    template::ALL,
    job::ALL,
    executor::ALL,
    admission::ALL,
    budget::ALL,
    files::ALL,
    output::ALL,
    emit::ALL,
    reply::ALL,
];

/// Declares the errors of one area as statics, and `ALL` with every one of them.
macro_rules! codes {
    ($($name:ident = $id:literal $slug:literal { what: $what:literal, why: $why:literal, bad: $bad:literal, good: $good:literal })*) => {
        $(
            #[doc = concat!("`", $id, " ", $slug, "`: ", $what)]
            pub static $name: crate::diagnostics::Code = crate::diagnostics::Code {
                id: $id, name: $slug, level: crate::diagnostics::Level::Error, what: $what, why: $why, bad: $bad, good: $good,
            };
        )*
        /// Every error of this area.
        pub const ALL: &[&crate::diagnostics::Code] = &[$(&$name),*];
    };
}
pub(crate) use codes;
