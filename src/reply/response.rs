//! What the scheduler answers: `Response` and `ResponseCode` of api.thrift.

use serde::Serialize;

use super::NoReply;
use super::update::Update;
use super::value::Value;

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The scheduler did what was asked.
    Ok,
    /// The scheduler refused the call; nothing was changed.
    Refused,
    /// The scheduler failed on the call; something may have been changed.
    Failed,
}

/// `ResponseCode` of api.thrift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// The call is at fault.
    InvalidRequest,
    /// All is well.
    Ok,
    /// The scheduler failed.
    Error,
    /// All is well, but for what the messages say. No scheduler sends it today.
    Warning,
    /// The user may not do this.
    AuthFailed,
    /// The job is being updated.
    JobUpdatingError,
    /// The scheduler is not ready; a later try may succeed.
    ErrorTransient,
}

impl Code {
    fn of(number: i64) -> Option<Code> {
        Some(match number {
            0 => Code::InvalidRequest,
            1 => Code::Ok,
            2 => Code::Error,
            3 => Code::Warning,
            4 => Code::AuthFailed,
            5 => Code::JobUpdatingError,
            6 => Code::ErrorTransient,
            _ => return None,
        })
    }

    fn verdict(self) -> Verdict {
        match self {
            Code::Ok | Code::Warning => Verdict::Ok,
            Code::Error => Verdict::Failed,
            Code::InvalidRequest | Code::AuthFailed | Code::JobUpdatingError | Code::ErrorTransient => {
                Verdict::Refused
            }
        }
    }
}

/// The answer to one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The name of the call, such as `createJob`.
    pub call: String,
    /// What became of it.
    pub verdict: Verdict,
    /// The scheduler's response code; `None` where Thrift itself reports that the call failed.
    pub code: Option<Code>,
    /// What the scheduler says, in its own words.
    pub messages: Vec<String>,
    /// The update that the answer is about: the one that was started, the one in the way, or the one that was asked after.
    pub update: Option<Update>,
}

impl Reply {
    /// Reads the result struct of a call, whose field 0 is a `Response`.
    pub(super) fn of_result(call: String, result: &Value) -> Result<Reply, NoReply> {
        let response = result.field(0);
        let number = response
            .field(1)
            .int()
            .ok_or_else(|| NoReply::new(format!("the answer to `{call}` has no response code")))?;
        let code = Code::of(number).ok_or_else(|| {
            NoReply::new(format!(
                "the answer to `{call}` has the response code {number}, which Aurora does not have"
            ))
        })?;
        let messages = response.field(6).items().iter().filter_map(|detail| detail.field(1).text());
        Ok(Reply {
            verdict: code.verdict(),
            code: Some(code),
            messages: messages.map(str::to_owned).collect(),
            update: Update::of_result(response.field(3)),
            call,
        })
    }

    /// Reads a `TApplicationException`: the scheduler's Thrift library could not read the call, or has no such call.
    pub(super) fn of_exception(call: String, exception: &Value) -> Reply {
        let message = exception.field(1).text().map(str::to_owned);
        Reply {
            call,
            verdict: Verdict::Failed,
            code: None,
            messages: message.into_iter().collect(),
            update: None,
        }
    }
}
