//! GPUs only where the cluster offers them. That there is one of each other resource, and more than none of it, the
//! conversion has seen to.

use super::check::{JobCheck, counted};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::admission::GPUS;
use crate::model::thrift::Resource;

pub(super) fn check(check: &mut JobCheck<'_>) {
    let gpus = check.task().resources.iter().find_map(|resource| match resource {
        Resource::NumGpus(count) => Some(*count),
        _ => None,
    });
    if check.settings.allow_gpu_resource || !check.settings.knows_cluster() {
        return;
    }
    let Some(count) = gpus else { return };
    let message = format!("the job asks for {}, and the cluster offers none", counted(count, "GPU"));
    let problem = Diagnostic::error(&GPUS, check.at("task.resources.gpu"), message)
        .help("leave `gpu` out, or ask for `allow_gpu_resource`");
    check.found.push(check.limited_by(problem, "allow_gpu_resource"));
}
