//! The helper library of Thermos: orders, task combinators, option rendering (facts of its schema_helpers.py); and `raw`,
//! which is an extension.

mod arguments;
mod combine;
mod options;
mod raw;
mod sequence;
mod units;

use super::{Constant, HelperFn, Member};

/// Memory and disk of a simple task, in bytes.
const GB: i64 = 1 << 30;

/// The functions that files call by name.
pub(super) static FUNCTIONS: &[(&str, HelperFn)] = &[
    ("order", sequence::order),
    ("SequentialTask", sequence::sequential_task),
    ("SimpleTask", sequence::simple_task),
    ("combine_tasks", combine::combine),
    ("concat_tasks", combine::concat),
    ("java_options", options::java),
    ("python_options", options::python),
    ("raw", raw::raw),
];

/// The classes whose functions files call.
pub(super) static NAMESPACES: &[(&str, &[(&str, Member)])] = &[
    (
        "Units",
        &[
            ("safe_get", Member::Function(units::safe_get)),
            ("optional_resources", Member::Function(units::optional_resources)),
            ("resources_sum", Member::Function(units::resources_sum)),
            ("resources_max", Member::Function(units::resources_max)),
            ("finalization_wait_sum", Member::Function(units::finalization_wait_sum)),
            ("finalization_wait_max", Member::Function(units::finalization_wait_max)),
            ("processes_merge", Member::Function(combine::processes_merge)),
            ("constraints_merge", Member::Function(combine::constraints_merge)),
        ],
    ),
    ("Processes", &[("order", Member::Function(sequence::order))]),
    (
        "Tasks",
        &[
            ("SIMPLE_CPU", Member::Constant(Constant::Float(1.0))),
            ("SIMPLE_RAM", Member::Constant(Constant::Int(GB))),
            ("SIMPLE_DISK", Member::Constant(Constant::Int(GB))),
            ("simple", Member::Function(sequence::simple_task)),
            ("sequential", Member::Function(sequence::sequential)),
            ("combine", Member::Function(combine::combine)),
            ("concat", Member::Function(combine::concat)),
        ],
    ),
    (
        "Options",
        &[
            ("java", Member::Function(options::java)),
            ("python", Member::Function(options::python)),
            ("render_option", Member::Function(options::render_option)),
            ("render_options", Member::Function(options::render_options)),
        ],
    ),
];
