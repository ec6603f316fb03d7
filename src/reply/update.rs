//! How an update gets on: `JobUpdateDetails` and `StartJobUpdateResult` of api.thrift.

use std::collections::BTreeMap;

use serde::Serialize;

use super::value::Value;

/// `JobUpdateStatus` of api.thrift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// In progress.
    RollingForward,
    /// Failed, and being rolled back.
    RollingBack,
    /// Paused.
    RollForwardPaused,
    /// Paused while it is rolled back.
    RollBackPaused,
    /// Complete.
    RolledForward,
    /// Failed and rolled back.
    RolledBack,
    /// Given up by a user.
    Aborted,
    /// Ended by an error of the scheduler.
    Error,
    /// Failed, and not rolled back.
    Failed,
    /// Waits for a pulse.
    RollForwardAwaitingPulse,
    /// Waits for a pulse while it is rolled back.
    RollBackAwaitingPulse,
}

/// Where an update is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// The scheduler is at work.
    Running,
    /// It goes on only when somebody resumes it or sends a pulse.
    Waiting,
    /// The scheduler is taking it back.
    RollingBack,
    /// It succeeded.
    Done,
    /// It failed and was taken back: the old tasks run.
    RolledBack,
    /// It ended otherwise: old and new tasks may run.
    Failed,
}

impl Status {
    fn of(number: i64) -> Option<Status> {
        Some(match number {
            0 => Status::RollingForward,
            1 => Status::RollingBack,
            2 => Status::RollForwardPaused,
            3 => Status::RollBackPaused,
            4 => Status::RolledForward,
            5 => Status::RolledBack,
            6 => Status::Aborted,
            7 => Status::Error,
            8 => Status::Failed,
            9 => Status::RollForwardAwaitingPulse,
            10 => Status::RollBackAwaitingPulse,
            _ => return None,
        })
    }

    /// Where an update with this status is on its way.
    pub fn progress(self) -> Progress {
        match self {
            Status::RollingForward => Progress::Running,
            Status::RollForwardPaused | Status::RollBackPaused => Progress::Waiting,
            Status::RollForwardAwaitingPulse | Status::RollBackAwaitingPulse => Progress::Waiting,
            Status::RollingBack => Progress::RollingBack,
            Status::RolledForward => Progress::Done,
            Status::RolledBack => Progress::RolledBack,
            Status::Aborted | Status::Error | Status::Failed => Progress::Failed,
        }
    }
}

/// How many instances an update has dealt with. Each counts once, by the last that happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Instances {
    /// Those that the update changes, adds or removes.
    pub total: u64,
    /// Those that have the new configuration, or are removed as they should be.
    pub updated: u64,
    /// Those that have the old configuration again.
    pub rolled_back: u64,
    /// Those that failed.
    pub failed: u64,
}

/// An update of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Update {
    /// The role of its job.
    pub role: String,
    /// The environment of its job.
    pub environment: String,
    /// The name of its job.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its status, where the answer has it.
    pub status: Option<Status>,
    /// Where it is on its way, where the answer has it.
    pub progress: Option<Progress>,
    /// Its instances, where the answer has them.
    pub instances: Option<Instances>,
    /// What the scheduler or a user said about its latest change of status.
    pub message: Option<String>,
}

impl Update {
    /// The update in a `Result`, which is a union; none where the answer is about something else.
    pub(super) fn of_result(result: &Value) -> Option<Update> {
        if let started @ Value::Struct(_) = result.field(22) {
            let status = started.path(&[2, 4, 1]);
            return Update::new(started.field(1), status);
        }
        let found = result.field(24);
        // A question by key fills the first, one by query the second.
        let details = match found.field(1) {
            details if details.is_struct() => details,
            _ => found.field(2).items().first()?,
        };
        let summary = details.path(&[1, 1]);
        let update = Update::new(summary.field(5), summary.path(&[4, 1]))?;
        let message = details.field(2).items().iter().rev().find_map(|event| event.field(4).text());
        Some(Update {
            instances: Some(Instances::of(details)),
            message: message.map(str::to_owned),
            ..update
        })
    }

    /// From a `JobUpdateKey` and a status.
    fn new(key: &Value, status: &Value) -> Option<Update> {
        let text = |numbers: &[i64]| key.path(numbers).text().map(str::to_owned);
        let status = status.int().and_then(Status::of);
        Some(Update {
            role: text(&[1, 1])?,
            environment: text(&[1, 2])?,
            name: text(&[1, 3])?,
            id: text(&[2])?,
            status,
            progress: status.map(Status::progress),
            instances: None,
            message: None,
        })
    }

    /// The key of its job, without the cluster, which the scheduler does not know.
    pub fn job(&self) -> String {
        format!("{}/{}/{}", self.role, self.environment, self.name)
    }
}

/// The values of `JobUpdateAction` after which an instance needs no more work.
const UPDATED: i64 = 1;
const ROLLED_BACK: i64 = 2;
const UPDATE_FAILED: i64 = 5;
const ROLLBACK_FAILED: i64 = 6;

impl Instances {
    fn of(details: &Value) -> Instances {
        let mut last = BTreeMap::new();
        for event in details.field(3).items() {
            if let (Some(id), Some(time), Some(action)) =
                (event.field(1).int(), event.field(2).int(), event.field(3).int())
            {
                // Events come in any order, and several in the same millisecond in theirs.
                let entry = last.entry(id).or_insert((time, action));
                if time >= entry.0 {
                    *entry = (time, action);
                }
            }
        }
        let count =
            |wanted: &[i64]| last.values().filter(|(_, action)| wanted.contains(action)).count() as u64;
        Instances {
            total: total(details.path(&[1, 2])),
            updated: count(&[UPDATED]),
            rolled_back: count(&[ROLLED_BACK]),
            failed: count(&[UPDATE_FAILED, ROLLBACK_FAILED]),
        }
    }
}

/// The instances in `JobUpdateInstructions`: those that there were, and those that there will be.
fn total(instructions: &Value) -> u64 {
    let before = instructions.field(1).items().iter().flat_map(|config| config.field(2).items());
    let after = instructions.path(&[2, 2]).items();
    let bounds = |range: &Value| Some((range.field(1).int()?, range.field(2).int()?));
    let mut ranges: Vec<(i64, i64)> = before.chain(after).filter_map(bounds).collect();
    ranges.sort_unstable();
    let mut total = 0;
    let mut next = i64::MIN;
    for (first, last) in ranges {
        let first = first.max(next);
        if last >= first {
            total += last.abs_diff(first).saturating_add(1);
            next = last.saturating_add(1);
        }
    }
    total
}
