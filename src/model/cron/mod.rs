//! Cron schedules in the scheduler's own dialect (its `CrontabEntry`), and when they run.
//!
//! Five fields: minute 0-59, hour 0-23, day of the month 1-31, month 1-12 or JAN-DEC, day of the week 0-6 or SUN-SAT.
//! A field is a comma list of `*`, `n`, `n-m`, `*/s` and `n-m/s`. A day of the month and a day of the week cannot both
//! be restricted.
//!
//! | question | file |
//! |---|---|
//! | what a schedule is, how it is read | `parse.rs` |
//! | what a field takes, what is wrong with one | `field.rs` |
//! | when a schedule runs | `runs.rs` |
//! | days, months and instants | `moment.rs` |

mod field;
mod moment;
mod parse;
mod runs;

pub use field::Field;
pub use moment::{Moment, parse_moment};
pub use parse::{Fault, FaultKind, Schedule, Step, parse};
pub use runs::{Runs, next_runs};
