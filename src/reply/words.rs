//! What happened, in a sentence.

use super::response::{Code, Reply, Verdict};
use super::update::{Instances, Progress, Status, Update};

impl Reply {
    /// What happened, in a sentence without a full stop.
    pub fn summary(&self) -> String {
        match self.verdict {
            Verdict::Ok => done(self),
            Verdict::Refused => refused(self),
            Verdict::Failed => failed(self),
        }
    }
}

fn done(reply: &Reply) -> String {
    let call = reply.call.as_str();
    match (call, &reply.update) {
        ("startJobUpdate", None) => "there is nothing to update: the job is as the call wants it".to_owned(),
        ("startJobUpdate", Some(update)) => format!("update {} of {} has started", update.id, update.job()),
        (_, Some(update)) => progress(update),
        ("createJob", None) => "the job was created".to_owned(),
        ("scheduleCronJob", None) => "the job is in the cron schedule".to_owned(),
        ("rollbackJobUpdate", None) => "the update is being rolled back".to_owned(),
        ("pulseJobUpdate", None) => "the update has its pulse".to_owned(),
        ("getJobUpdateDetails", None) => "there is no such update".to_owned(),
        _ => format!("`{call}` succeeded"),
    }
}

fn refused(reply: &Reply) -> String {
    let call = reply.call.as_str();
    match reply.code {
        Some(Code::AuthFailed) => format!("the scheduler does not let this user call `{call}`"),
        Some(Code::JobUpdatingError) => format!("the scheduler refused `{call}`: the job is being updated"),
        Some(Code::ErrorTransient) => format!("the scheduler is not ready for `{call}`; try again later"),
        _ => match &reply.update {
            Some(update) => {
                format!(
                    "the scheduler refused `{call}`: update {} of {} is in the way",
                    update.id,
                    update.job()
                )
            }
            None => format!("the scheduler refused `{call}`"),
        },
    }
}

fn failed(reply: &Reply) -> String {
    match reply.code {
        Some(_) => format!("the scheduler failed on `{}`", reply.call),
        None => {
            format!("the scheduler could not carry out `{}`: its Thrift library reports an error", reply.call)
        }
    }
}

/// How an update gets on.
fn progress(update: &Update) -> String {
    let what = match update.status {
        None => "has a status that jobc does not know",
        Some(Status::RollingForward) => "is in progress",
        Some(Status::RollingBack) => "failed and is being rolled back",
        Some(Status::RollForwardPaused) => "is paused",
        Some(Status::RollBackPaused) => "failed, and its rollback is paused",
        Some(Status::RolledForward) => "succeeded",
        Some(Status::RolledBack) => "failed and was rolled back",
        Some(Status::Aborted) => "was aborted",
        Some(Status::Error) => "ended by an error of the scheduler",
        Some(Status::Failed) => "failed and was not rolled back",
        Some(Status::RollForwardAwaitingPulse) => "waits for a pulse",
        Some(Status::RollBackAwaitingPulse) => "failed, and its rollback waits for a pulse",
    };
    let mut words = format!("update {} of {} {what}", update.id, update.job());
    if let Some(instances) = update.instances {
        words.push_str(&counts(instances, update.progress));
    }
    words
}

fn counts(instances: Instances, progress: Option<Progress>) -> String {
    let Instances { total, updated, rolled_back, failed } = instances;
    let plural = if total == 1 { "" } else { "s" };
    let mut words = format!(": {updated} of {total} instance{plural} updated");
    let back = matches!(progress, Some(Progress::RollingBack | Progress::RolledBack));
    if back || rolled_back > 0 {
        words.push_str(&format!(", {rolled_back} rolled back"));
    }
    if failed > 0 {
        words.push_str(&format!(", {failed} failed"));
    }
    words
}
