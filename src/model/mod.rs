//! Template objects → jobs and executors, as plain Rust structs, with the client's own checks.
//!
//! | question | file |
//! |---|---|
//! | how a job becomes its messages | `convert/` |
//! | what a job becomes | `thrift.rs` |
//! | what a reference could have meant | `in_scope.rs` |
//! | objects as JSON text | `json_data.rs` |
//! | what an executor entry is | `executor.rs` |
//! | how custom executors are read and checked | `executors/` |
//! | where a value of a job was written | `places.rs` |
//! | what the scheduler would reject | `admission/` |
//! | what a cluster's scheduler allows | `settings/` |
//! | when a cron job runs | `cron/` |

pub mod admission;
pub mod convert;
pub mod cron;
pub mod executor;
pub mod executors;
mod in_scope;
mod json_data;
mod places;
pub mod settings;
#[cfg(test)]
mod testing;
pub mod thrift;

pub use places::{ObjectPlaces, Places};

use smol_str::SmolStr;

use crate::source::Span;

/// Everything that one or more files describe.
#[derive(Debug, Default)]
pub struct Bundle {
    /// The custom executors, in order.
    pub executors: Vec<CompiledExecutor>,
    /// The jobs, in order.
    pub jobs: Vec<CompiledJob>,
}

/// A job as it was converted, for the checks that need the object it was made from.
#[derive(Debug)]
pub struct ConvertedJob {
    /// The cluster it is for.
    pub cluster: SmolStr,
    /// The message for createJob or scheduleCronJob.
    pub configuration: thrift::JobConfiguration,
    /// The settings of an update; services only.
    pub update: Option<thrift::JobUpdateSettings>,
    /// Where its values were written.
    pub places: ObjectPlaces,
}

impl ConvertedJob {
    /// The job key, `cluster/role/environment/name`.
    pub fn key(&self) -> String {
        self.configuration.key.within(&self.cluster)
    }

    /// The job without the object. `earlier` is the job before it.
    pub fn compiled(self, earlier: Option<&CompiledJob>) -> CompiledJob {
        let places = self.places.kept(earlier.map(|job| &job.places));
        let ConvertedJob { cluster, configuration, update, .. } = self;
        CompiledJob { cluster, configuration, update, places }
    }
}

/// A job, with what its messages do not hold.
#[derive(Debug)]
pub struct CompiledJob {
    /// The cluster it is for.
    pub cluster: SmolStr,
    /// The message for createJob or scheduleCronJob.
    pub configuration: thrift::JobConfiguration,
    /// The settings of an update; services only.
    pub update: Option<thrift::JobUpdateSettings>,
    /// Where its values were written.
    pub places: Places,
}

impl CompiledJob {
    /// The job key, `cluster/role/environment/name`.
    pub fn key(&self) -> String {
        self.configuration.key.within(&self.cluster)
    }
}

/// A custom executor and where it was written.
#[derive(Debug)]
pub struct CompiledExecutor {
    /// The entry.
    pub entry: executor::CustomExecutor,
    /// Where it was written.
    pub places: Places,
}

impl CompiledExecutor {
    /// Where the entry was made.
    pub fn span(&self) -> Span {
        self.places.span()
    }
}
