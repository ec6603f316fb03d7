//! The messages of api.thrift (Aurora 0.22): for each struct and union the number, name and type of its fields.
//!
//! Fields are in the order of api.thrift, which is the order of the readable JSON; in Thrift's own encodings the order
//! does not matter.
//!
//! | question | file |
//! |---|---|
//! | jobs and tasks | `job.rs` |
//! | containers and images | `container.rs` |
//! | update settings | `update.rs` |
//! | arguments of the scheduler's calls | `calls.rs` |

pub(super) mod calls;
mod container;
mod job;
mod update;
