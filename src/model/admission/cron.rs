//! Cron schedules, underlined where they are wrong.

use super::check::{JobCheck, quoted};
use crate::diagnostics::codes::admission::{
    CRON_BOTH_DAYS, CRON_FIELD, CRON_NEVER_RUNS, CRON_OVERLAP, CRON_SHAPE, EMPTY_CRON, SERVICE_WITH_CRON,
};
use crate::diagnostics::{Code, Diagnostic};
use crate::lints::admission::CRON_WIDE_STEP;
use crate::model::cron::{Fault, FaultKind, Step, parse};
use crate::model::thrift::CronCollisionPolicy;
use crate::source::Span;

const FIELD: &str = "cron_schedule";

pub(super) fn check(check: &mut JobCheck<'_>) {
    let Some(schedule) = &check.job.configuration.cron_schedule else { return };
    if schedule.is_empty() {
        let message = "the cron schedule is '' (empty), and the scheduler wants times to run at".to_string();
        return check.refuse(&EMPTY_CRON, FIELD, message, |d| {
            d.help("leave cron_schedule out, or set it to Empty, for a job that is not a cron job")
        });
    }
    if check.task().is_service {
        service(check, schedule);
    }
    if check.job.configuration.cron_collision_policy == CronCollisionPolicy::RunOverlap {
        let message = "the scheduler refuses the collision policy `RUN_OVERLAP` of cron jobs".to_string();
        check.refuse(&CRON_OVERLAP, "cron_collision_policy", message, |d| {
            d.help("write 'CANCEL_NEW' to skip a run while the last one lasts, or 'KILL_EXISTING' to end that one")
        });
    }
    match parse(schedule) {
        Ok(read) => read.wide_steps.iter().for_each(|s| wide_step(check, schedule, s)),
        Err(faults) => faults.into_iter().for_each(|f| fault(check, schedule, f)),
    }
}

fn service(check: &mut JobCheck<'_>, schedule: &str) {
    let message =
        format!("a service runs all the time, so it cannot have the cron schedule {}", quoted(schedule));
    let place = check.job.places.exactly("service").unwrap_or(Span::NONE);
    check.refuse(&SERVICE_WITH_CRON, FIELD, message, |d| {
        d.label(place, "a service").help("use Job(...) for a cron job, or drop the schedule for a service")
    });
}

fn code(kind: FaultKind) -> &'static Code {
    match kind {
        FaultKind::Shape => &CRON_SHAPE,
        FaultKind::Field => &CRON_FIELD,
        FaultKind::BothDays => &CRON_BOTH_DAYS,
        FaultKind::NeverRuns => &CRON_NEVER_RUNS,
    }
}

fn fault(check: &mut JobCheck<'_>, schedule: &str, fault: Fault) {
    let (span, exact) = check.text_place(FIELD, schedule, fault.place);
    let mut problem = check.used_at(FIELD, Diagnostic::error(code(fault.kind), span, fault.message));
    if let Some(mend) = fault.mend {
        let words = format!("did you mean `{mend}`?");
        problem = if exact { problem.suggest(span, mend, words) } else { problem.help(words) };
    }
    problem = problem.help(fault.help);
    if fault.kind != FaultKind::Shape {
        problem = problem.note(format!("the schedule is {}", quoted(schedule)));
    }
    check.found.push(problem);
}

fn wide_step(check: &mut JobCheck<'_>, schedule: &str, step: &Step) {
    let (span, _) = check.text_place(FIELD, schedule, step.place.clone());
    let message = format!(
        "the {} {} steps over the whole field: it stands for {} alone",
        step.field.name(),
        quoted(&step.text),
        step.first
    );
    let doubt = Diagnostic::warning(&CRON_WIDE_STEP, span, message);
    check.found.push(
        doubt
            .help("a step starts anew with each hour, day, month or week")
            .note(format!("the schedule is {}", quoted(schedule))),
    );
}
