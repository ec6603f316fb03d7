//! The scheduler's answer to a call, in words.
//!
//! The scheduler answers inside HTTP 200 whether it took a call or refused it, so a client has to read the answer. It is a
//! `Response` of api.thrift in the encoding of the call.
//!
//! | question | file |
//! |---|---|
//! | values of Thrift, whichever the encoding | `value.rs` |
//! | TJSONProtocol | `tjson.rs` |
//! | TBinaryProtocol | `binary.rs` |
//! | what the scheduler answers | `response.rs` |
//! | how an update gets on | `update.rs` |
//! | which field of a job a message is about | `subject.rs` |
//! | what happened, in a sentence | `words.rs` |

mod binary;
mod response;
mod subject;
#[cfg(test)]
mod tests;
mod tjson;
mod update;
mod value;
mod words;

pub use response::{Code, Reply, Verdict};
pub use subject::field_of;
pub use update::{Instances, Progress, Status, Update};

use value::Message;

/// Why bytes are not an answer of the scheduler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoReply(pub String);

impl NoReply {
    fn new(why: impl Into<String>) -> NoReply {
        NoReply(why.into())
    }
}

/// Reads an answer in TJSONProtocol or TBinaryProtocol; the first byte tells which it is.
///
/// # Errors
/// When the bytes are not the complete answer to a call.
pub fn read(bytes: &[u8]) -> Result<Reply, NoReply> {
    let message = match bytes {
        [] => return Err(NoReply::new("there is nothing in it")),
        [0x80, ..] => binary::read(bytes)?,
        _ => tjson::read(not_html(bytes)?)?,
    };
    match message {
        Message { kind: REPLY, name, body } => Reply::of_result(name, &body),
        Message { kind: EXCEPTION, name, body } => Ok(Reply::of_exception(name, &body)),
        Message { kind: CALL | ONEWAY, name, .. } => {
            Err(NoReply::new(format!("it is the call `{name}` itself, not the answer to it")))
        }
        Message { kind, .. } => Err(NoReply::new(format!("there is no kind of Thrift message {kind}"))),
    }
}

/// The kinds of Thrift messages.
const CALL: i64 = 1;
const REPLY: i64 = 2;
const EXCEPTION: i64 = 3;
const ONEWAY: i64 = 4;

/// A proxy, or Jetty on an error of its own, answers with a page.
fn not_html(bytes: &[u8]) -> Result<&str, NoReply> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| NoReply::new("it is neither TJSONProtocol nor TBinaryProtocol"))?;
    match text.trim_start().starts_with('<') {
        true => Err(NoReply::new(
            "it is a page of HTML: the server, or a proxy, failed before the scheduler answered",
        )),
        false => Ok(text),
    }
}
