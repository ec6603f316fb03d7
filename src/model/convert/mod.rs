//! Conversion of a Job object to its messages, with the checks of the stock client (its config/__init__.py,
//! config/thrift.py and client/config.py), all of them at once.
//!
//! | question | file |
//! |---|---|
//! | the order of things | `mod.rs` |
//! | role, environment, name; scalars of the task | `task.rs` |
//! | CPU, memory, disk, GPUs | `resources.rs` |
//! | host constraints | `constraints.rs` |
//! | containers, images, volumes | `container.rs` |
//! | which ports are requested | `ports.rs` |
//! | order of processes | `plan.rs` |
//! | open references; names that the job does not bind | `references.rs`, `missing.rs`, `run_time.rs` |
//! | SLA and partition policies, metadata | `policy.rs` |
//! | what a job without errors may not have meant | `lints/` |
//! | limits on failures, health checks | `limits.rs` |
//! | tier and production | `tier.rs` |
//! | update settings | `update.rs` |
//! | executor name, Thermos data | `executor_config.rs` |
//! | data of custom executors | `executor_data.rs`, `data_scope.rs` |
//! | braces that Thermos must not see | `raw.rs` |

mod constraints;
pub(super) mod container;
mod data_scope;
mod executor_config;
mod executor_data;
mod limits;
mod lints;
mod missing;
mod plan;
mod policy;
mod ports;
mod raw;
pub(super) mod reader;
pub(super) mod references;
mod resources;
mod run_time;
mod task;
mod tier;
mod update;

use std::rc::Rc;

use super::json_data::JsonWriter;
use super::settings::Clusters;
use super::{ConvertedJob, ObjectPlaces};
use crate::diagnostics::Diagnostic;
use crate::schema::struct_type;
use crate::source::Span;
use crate::template::value::{Args, Fault, Value};
use crate::template::{Environment, Object, Ref, Scope, Unbound, Walk, construct, missing_field};
use reader::{Outcome, Reader};
use tier::Filling;

pub use executor_data::DataTypes;

/// The name of the executor that is always there: Thermos (api.thrift's AURORA_EXECUTOR_NAME).
pub const AURORA_EXECUTOR: &str = "AuroraExecutor";

/// The options of a conversion.
#[derive(Clone)]
pub struct Outside<'a> {
    /// The submitting user.
    pub user: &'a str,
    /// `--bind` scopes, in the order given.
    pub bindings: &'a [Scope],
    /// The types that declared executors want their data to have.
    pub data_types: &'a DataTypes,
    /// The settings of the clusters, whose tiers jobs are filled in from.
    pub clusters: &'a Clusters,
    /// Whether a service whose update would be rejected is an error (otherwise a warning, as creating it works).
    pub strict_updates: bool,
    /// What the jobs of a file have in common.
    pub shared: &'a Shared,
}

impl Outside<'_> {
    /// A job with all that is bound to it from outside.
    ///
    /// # Errors
    /// When the objects get nested too deep.
    pub fn bound(&self, raw: &Object) -> Result<Object, Fault> {
        let mut scopes = self.bindings.to_vec();
        scopes.push(self.shared.standard.clone());
        raw.bind_scopes(scopes)
    }
}

/// What the conversions of a file's jobs share.
pub struct Shared {
    /// The deprecated names that the client still binds, nearest of a job's own bindings.
    standard: Scope,
    /// The instance number and host name with which types are checked.
    pretended: Scope,
    json: JsonWriter,
}

impl Default for Shared {
    fn default() -> Shared {
        Shared {
            standard: standard_bindings(),
            pretended: references::mesos_context(),
            json: JsonWriter::default(),
        }
    }
}

/// What converting a job gives.
#[derive(Debug)]
pub struct Converted {
    /// The job, unless there are errors.
    pub job: Option<ConvertedJob>,
    /// Where there are errors, what else there is of the job, for further checks. What could not be read has values
    /// that would be accepted.
    pub draft: Option<ConvertedJob>,
    /// Errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// Places of mistakes that are reported together at another place.
    pub covered: Vec<Span>,
}

/// Converts one job.
pub fn convert_job(raw: &Object, outside: &Outside<'_>) -> Converted {
    let mut reader = Reader::default();
    let (job, complete) = match convert(raw, outside, &mut reader) {
        Some((job, complete)) => (Some(job), complete),
        None => (None, false),
    };
    let (job, draft) = if complete && reader.is_clean() { (job, None) } else { (None, job) };
    let (diagnostics, covered) = reader.finish();
    Converted { job, draft, diagnostics, covered }
}

fn standard_bindings() -> Scope {
    let mut environment = Environment::default();
    for (name, value) in
        [("mesos.role", "{{role}}"), ("mesos.cluster", "{{cluster}}"), ("thermos.user", "{{role}}")]
    {
        let bound = Ref::parse(name).and_then(|address| environment.bind(&address, &Value::str(value)));
        debug_assert!(bound.is_ok());
    }
    // The client also binds an empty context, which `{{mesos}}` alone shows.
    let context = struct_type("MesosContext").map(|ty| construct(&ty, &Args::none(Span::NONE)));
    if let Some(Ok(context)) = context {
        let bound = environment.bind(&Ref::name("mesos"), &Value::Object(context));
        debug_assert!(bound.is_ok());
    }
    Scope::Environment(Rc::new(environment))
}

/// A job, and whether all of it could be read.
fn convert(raw: &Object, outside: &Outside<'_>, reader: &mut Reader) -> Option<(ConvertedJob, bool)> {
    let bound = outside.bound(raw).map_err(|f| reader.fault(f.at(raw.origin()))).ok()?;
    let bound = executor_data::with_typed_data(bound, outside.data_types, reader);
    let bound = data_scope::in_scope_of_job(bound, reader);
    let bound = executor_config::without_default_name(bound);
    let first = Pass::over(bound, reader)?;
    if first.outcome == Outcome::Failed {
        return first.converted(raw, outside, reader);
    }
    let filling = Filling::of(&first.job, outside.clusters, reader);
    let second = if filling.may_show_in(&first.bound) {
        // The client, too, converts such a job twice: as it is, and with what is filled in.
        let (converted, outcome) = reader.stage(|reader| first.converted(raw, outside, reader));
        if outcome == Outcome::Failed {
            return converted;
        }
        let filled = filling.apply(&first.bound).map_err(|f| reader.fault(f)).ok()?;
        Pass::over(filled, reader)?
    } else {
        let job = filling.apply(&first.job).map_err(|f| reader.fault(f)).ok()?;
        Pass { job, bound: first.bound, open: first.open, outcome: first.outcome }
    };
    tier::check(&first.job, &second.job, reader);
    second.converted(raw, outside, reader)
}

/// A job, and what interpolating it once gives.
struct Pass {
    /// The job with its bindings.
    bound: Object,
    /// The same, interpolated; what is wrong stays as it is.
    job: Object,
    /// References that stayed open.
    open: Vec<Unbound>,
    /// Whether all of it could be interpolated.
    outcome: Outcome,
}

impl Pass {
    /// Interpolates the whole job once, keeping every fault.
    fn over(bound: Object, reader: &mut Reader) -> Option<Pass> {
        let mut walk = Walk::collecting();
        let (job, outcome) = reader.stage(|reader| {
            let job = bound.interpolate(&mut walk).map_err(|fault| reader.fault(fault.at(bound.origin())));
            let faults = walk.faults.take().unwrap_or_default();
            faults.into_iter().for_each(|f| reader.fault(f.at(bound.origin())));
            job.ok()
        });
        Some(Pass { job: job?, bound, open: walk.unbound, outcome })
    }

    /// The messages of the job, and whether all of it could be read.
    fn converted(
        &self,
        raw: &Object,
        outside: &Outside<'_>,
        reader: &mut Reader,
    ) -> Option<(ConvertedJob, bool)> {
        let job = &self.job;
        let custom = executor_config::is_custom(job);
        require_basics(job, custom, reader);
        let checked = references::check(self, custom, &outside.shared.pretended, reader);
        let (configuration, complete) = task::configuration(job, &checked, outside, reader)?;
        limits::check(job, reader);
        let update = update::settings(job, outside.strict_updates, reader);
        let cluster = reader.word(job, "cluster")?;
        if complete && reader.is_clean() {
            let subject = lints::Subject { job, open: &self.open, custom, configuration: &configuration };
            lints::check(&subject, reader);
        }
        Some((
            ConvertedJob { cluster, configuration, update, places: ObjectPlaces::new(raw.clone()) },
            complete,
        ))
    }
}

/// The fields without which nothing else makes sense: cluster, task, role, environment, and processes for Thermos.
fn require_basics(job: &Object, custom: bool, reader: &mut Reader) {
    for name in ["cluster", "role", "environment", "task"] {
        if job.field(name).is_none() {
            reader.fault(missing_field(job, &name.into(), job.field_span(name).or(job.origin())));
        }
    }
    let Some(task) = job.field("task") else { return };
    if !custom && task.field("processes").is_none() {
        reader.fault(missing_field(
            task,
            &"processes".into(),
            task.field_span("processes").or(task.origin()),
        ));
    }
    if task.field("resources").is_none() {
        reader.fault(missing_field(
            task,
            &"resources".into(),
            task.field_span("resources").or(task.origin()),
        ));
    }
}
