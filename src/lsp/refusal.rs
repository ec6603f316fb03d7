//! Answers that a thread makes, and why a request has no answer.

use lsp_server::ErrorCode;
use serde_json::Value;

use super::host::Host;

/// Why a request has no answer.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The protocol's code.
    pub(super) code: ErrorCode,
    /// For people.
    pub(super) words: String,
}

impl Refusal {
    /// A request that cannot be done, which the client shows.
    pub(super) fn because(words: impl Into<String>) -> Refusal {
        Refusal { code: ErrorCode::RequestFailed, words: words.into() }
    }

    /// A bug of ours.
    pub(super) fn of_panic(words: &str) -> Refusal {
        let words = format!("this is a bug in jobc: {words}");
        Refusal { code: ErrorCode::InternalError, words }
    }
}

/// What a thread does for an answer.
pub(super) type Later = Box<dyn FnOnce(&dyn Host) -> Result<Value, Refusal> + Send>;
