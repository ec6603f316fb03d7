//! Resources: one of each, more than none, and GPUs only where the cluster offers them.

use super::check::{Check, counted};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::admission::{GPUS, REPEATED_RESOURCE, RESOURCE_NOT_POSITIVE};
use crate::model::thrift::Resource;

/// The kinds of which a task has one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Cpu,
    Ram,
    Disk,
    Gpu,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Cpu, Kind::Ram, Kind::Disk, Kind::Gpu];

    fn path(self) -> &'static str {
        match self {
            Kind::Cpu => "task.resources.cpu",
            Kind::Ram => "task.resources.ram",
            Kind::Disk => "task.resources.disk",
            Kind::Gpu => "task.resources.gpu",
        }
    }

    fn of(resource: &Resource) -> Option<(Kind, f64)> {
        match resource {
            Resource::NumCpus(n) => Some((Kind::Cpu, *n)),
            Resource::RamMb(n) => Some((Kind::Ram, *n as f64)),
            Resource::DiskMb(n) => Some((Kind::Disk, *n as f64)),
            Resource::NumGpus(n) => Some((Kind::Gpu, *n as f64)),
            Resource::NamedPort(_) => None,
        }
    }

    fn amount(self, amount: f64) -> String {
        match self {
            Kind::Cpu => format!("cpu `{amount:?}`"),
            Kind::Ram => format!("ram `{amount}` MB"),
            Kind::Disk => format!("disk `{amount}` MB"),
            Kind::Gpu => format!("gpu `{amount}`"),
        }
    }
}

pub(super) fn check(check: &mut Check<'_>) {
    for kind in Kind::ALL {
        let entries = check.task().resources.iter().filter_map(Kind::of).filter(|(k, _)| *k == kind);
        let (count, sum) = entries.fold((0, 0.0), |(count, sum), (_, n)| (count + 1, sum + n));
        if count > 1 {
            let message = format!("the task asks {count} times for {}", kind.amount(sum));
            check.refuse(&REPEATED_RESOURCE, kind.path(), message, |d| d.help("ask once for each resource"));
        }
        match kind {
            Kind::Gpu if count > 0 => gpus(check, sum as i64),
            Kind::Gpu => {}
            // Not "at most 0": what is no number at all is not accepted either.
            _ if sum > 0.0 => {}
            _ => not_positive(check, kind, sum),
        }
    }
}

fn not_positive(check: &mut Check<'_>, kind: Kind, sum: f64) {
    let message = format!("the task asks for {}, and the scheduler wants more than 0", kind.amount(sum));
    check.refuse(&RESOURCE_NOT_POSITIVE, kind.path(), message, |d| match kind {
        Kind::Ram | Kind::Disk => d.help("write a size of at least 1*MB"),
        Kind::Cpu | Kind::Gpu => d.help("write a number above 0, such as 0.1"),
    });
}

fn gpus(check: &mut Check<'_>, count: i64) {
    if check.settings.allow_gpu_resource || !check.settings.knows_cluster() {
        return;
    }
    let message = format!("the job asks for {}, and the cluster offers none", counted(count, "GPU"));
    let problem = Diagnostic::error(&GPUS, check.at(Kind::Gpu.path()), message)
        .help("leave `gpu` out, or ask for `allow_gpu_resource`");
    check.found.push(check.limited_by(problem, "allow_gpu_resource"));
}
