//! `jobc reply`: the scheduler's answer to a call, in words.

use std::io::{self, Read as _, Write};

use clap::{Args, ValueEnum};
use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::output::CANNOT_READ;
use jobc::diagnostics::codes::reply::{CALL_REFUSED, NO_REPLY};
use jobc::emit::thrift::{UpdateCall, Wire, update_call};
use jobc::model::CompiledJob;
use jobc::model::thrift::JobKey;
use jobc::reply::{self, Code, NoReply, Update, Verdict, field_of};
use jobc::report::{Place, one_line};
use jobc::source::{SourceMap, Span};
use serde::Serialize;

use super::exit::{Exit, Failure};
use super::files::{Compiled, compile_all};
use super::input::InputFlags;
use super::report_flags::{ReportFlags, Stream};
use super::stdin::DASH;
use super::terminal::{self, Shown};
use super::walk::InputFile;

/// Bytes that an answer may have.
const LIMIT: u64 = 64 << 20;

/// Says what the scheduler answered to a call: what happened, in words, and with the job file the line it is about.
///
/// Exit codes: 0 the scheduler did what was asked; 1 it refused the call, or failed on it; 2 this is not an answer, or a
/// file could not be read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc reply reply.json                      # what happened
  jobc reply reply.json web.aurora           # and the line that it is about
  jobc reply reply.json --format json        # for programs
  jobc reply reply.json --get update.id      # one value of that
  jobc reply reply.json --then details >ask  # the call that asks for progress")]
pub(crate) struct Reply {
    /// The answer, in Thrift JSON or binary; `-` is standard input
    #[arg(value_name = "REPLY")]
    reply: String,
    /// The job file that the call was made from
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// How the answer is told
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: ReplyFormat,
    /// Prints one value of the JSON form, or nothing where it is not set, such as update.progress
    #[arg(long, value_name = "PATH", conflicts_with_all = ["format", "then"])]
    get: Option<String>,
    /// Prints a call about the update that the answer is about, to be sent next
    #[arg(long, value_name = "CALL", value_enum, conflicts_with = "format")]
    then: Option<Then>,
    /// The message of that call, for the update's log
    #[arg(long, value_name = "TEXT", requires = "then")]
    message: Option<String>,
    /// The encoding of that call
    #[arg(long, value_name = "WIRE", value_enum, default_value_t, requires = "then")]
    wire: ThenWire,
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    report: ReportFlags,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum ReplyFormat {
    /// Sentences
    #[default]
    Human,
    /// One JSON object; `jobc schema reply` describes it
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Then {
    /// getJobUpdateDetails: how the update gets on
    Details,
    /// rollbackJobUpdate: takes it back
    Rollback,
    /// abortJobUpdate: ends it where it is
    Abort,
    /// pulseJobUpdate: lets it go on
    Pulse,
}

impl From<Then> for UpdateCall {
    fn from(then: Then) -> UpdateCall {
        match then {
            Then::Details => UpdateCall::Details,
            Then::Rollback => UpdateCall::Rollback,
            Then::Abort => UpdateCall::Abort,
            Then::Pulse => UpdateCall::Pulse,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum ThenWire {
    /// TJSONProtocol
    #[default]
    Json,
    /// TBinaryProtocol
    Binary,
}

impl From<ThenWire> for Wire {
    fn from(wire: ThenWire) -> Wire {
        match wire {
            ThenWire::Json => Wire::Json,
            ThenWire::Binary => Wire::Binary,
        }
    }
}

/// The JSON form of an answer.
#[derive(Debug, Serialize)]
struct Told<'r> {
    call: &'r str,
    verdict: Verdict,
    code: Option<Code>,
    summary: String,
    messages: Vec<Message<'r>>,
    update: Option<&'r Update>,
}

/// One message of the scheduler.
#[derive(Debug, Serialize)]
struct Message<'r> {
    text: &'r str,
    /// The path of the job's field that it is about.
    field: Option<&'static str>,
    /// Where that field is written.
    place: Option<Place>,
}

/// The job that a call was made from.
enum Subject {
    /// No job file was named.
    NotNamed,
    /// The job.
    Job(Box<CompiledJob>),
    /// Why there is none.
    Missing(String),
}

impl Subject {
    fn place(&self, field: &str) -> Span {
        match self {
            Subject::Job(job) => job.places.at(field),
            Subject::NotNamed | Subject::Missing(_) => Span::NONE,
        }
    }
}

impl Reply {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let bytes = match bytes(&self.reply) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("`{}` cannot be read: {error}", one_line(&self.reply));
                return self.trouble(Diagnostic::error(&CANNOT_READ, Span::NONE, message));
            }
        };
        match reply::read(&bytes) {
            Ok(answer) => self.tell(&answer),
            Err(NoReply(why)) => {
                let message = format!("this is not an answer of a scheduler: {why}");
                let help = "the scheduler may have taken the call all the same; ask it before you send the call again";
                self.trouble(Diagnostic::error(&NO_REPLY, Span::NONE, message).help(help))
            }
        }
    }

    fn trouble(&self, diagnostic: Diagnostic) -> Result<Exit, Failure> {
        self.report.write(&[diagnostic], &SourceMap::new(), Stream::Stderr)?;
        Ok(Exit::Trouble)
    }

    fn tell(&self, answer: &reply::Reply) -> Result<Exit, Failure> {
        let setup = self.input.setup(&self.report)?;
        let subject = match &self.file {
            None => Subject::NotNamed,
            Some(file) => subject(compile_all(&[InputFile::named(file)], &setup)?, answer),
        };
        let exit = if answer.verdict == Verdict::Ok { Exit::Clean } else { Exit::Problems };
        if self.format == ReplyFormat::Json {
            let mut text = serde_json::to_vec_pretty(&told(answer, &subject, &setup.sources))
                .map_err(io::Error::from)?;
            text.push(b'\n');
            terminal::print(&text, Shown::Escaped)?;
            return Ok(exit);
        }
        if let Some(path) = &self.get {
            let told =
                serde_json::to_value(told(answer, &subject, &setup.sources)).map_err(io::Error::from)?;
            terminal::print(value_at(&told, path).as_bytes(), Shown::Pictured)?;
        }
        if let Some(then) = self.then {
            self.write_call(then, answer)?;
        }
        if answer.verdict == Verdict::Ok {
            if self.get.is_none() {
                self.write_words(answer)?;
            }
        } else {
            self.report.write(&refusals(answer, &subject), &setup.sources, Stream::Stderr)?;
        }
        Ok(exit)
    }

    /// The call that is sent next.
    fn write_call(&self, then: Then, answer: &reply::Reply) -> Result<(), Failure> {
        let Some(update) = &answer.update else {
            return Err(Failure::Usage(format!(
                "the answer to `{}` is not about an update, so nothing can be called about one",
                one_line(&answer.call)
            )));
        };
        let job = JobKey {
            role: update.role.as_str().into(),
            environment: update.environment.as_str().into(),
            name: update.name.as_str().into(),
        };
        let mut call = Vec::new();
        update_call(then.into(), &job, &update.id, self.message.as_deref(), self.wire.into(), &mut call);
        Ok(io::stdout().lock().write_all(&call)?)
    }

    /// What happened, and what the scheduler says about it; beside a call, on standard error.
    fn write_words(&self, answer: &reply::Reply) -> io::Result<()> {
        let mut words = format!("{}\n", one_line(&answer.summary()));
        let of_update = answer.update.as_ref().and_then(|update| update.message.as_deref());
        for message in answer.messages.iter().map(String::as_str).chain(of_update) {
            words.push_str(&format!("  the scheduler says: {}\n", one_line(message)));
        }
        match self.then {
            None => terminal::print(words.as_bytes(), Shown::Pictured),
            Some(_) => io::stderr().lock().write_all(words.as_bytes()),
        }
    }
}

fn bytes(file: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match file {
        DASH => io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes)?,
        file => std::fs::File::open(file)?.take(LIMIT + 1).read_to_end(&mut bytes)?,
    };
    match bytes.len() as u64 > LIMIT {
        true => Err(io::Error::other(format!("it has more than {} MB", LIMIT >> 20))),
        false => Ok(bytes),
    }
}

/// The job of a file that an answer is about.
fn subject(compiled: Compiled, answer: &reply::Reply) -> Subject {
    let Compiled { compilation, .. } = compiled;
    let mut jobs = compilation.bundle.jobs;
    if let Some(update) = &answer.update {
        jobs.retain(|job| job.key().split_once('/').is_some_and(|(_, key)| key == update.job()));
    }
    match jobs.len() {
        1 => jobs.pop().map_or(Subject::NotNamed, |job| Subject::Job(Box::new(job))),
        0 if compilation.diagnostics.iter().any(Diagnostic::is_error) => {
            Subject::Missing("the job file has errors of its own, so the field is not shown".to_owned())
        }
        0 => Subject::Missing("the job file does not have that job".to_owned()),
        count => Subject::Missing(format!(
            "the job file has {count} jobs; with --job KEY, the field that this is about is shown"
        )),
    }
}

fn told<'r>(answer: &'r reply::Reply, subject: &Subject, sources: &SourceMap) -> Told<'r> {
    let message = |text: &'r String| {
        let field = field_of(text);
        Message { text, field, place: field.and_then(|field| Place::of(subject.place(field), sources)) }
    };
    Told {
        call: &answer.call,
        verdict: answer.verdict,
        code: answer.code,
        summary: answer.summary(),
        messages: answer.messages.iter().map(message).collect(),
        update: answer.update.as_ref(),
    }
}

/// A value by the names on its path, as a line; nothing where it is null or not there.
fn value_at(told: &serde_json::Value, path: &str) -> String {
    match told.pointer(&format!("/{}", path.replace('.', "/"))) {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => format!("{}\n", one_line(text)),
        Some(value) => format!("{value}\n"),
    }
}

/// A call that was refused or failed, an error for each message of the scheduler.
fn refusals(answer: &reply::Reply, subject: &Subject) -> Vec<Diagnostic> {
    let summary = answer.summary();
    if answer.messages.is_empty() {
        return vec![advised(Diagnostic::error(&CALL_REFUSED, Span::NONE, summary), answer)];
    }
    let refusal = |message: &String| {
        let field = field_of(message);
        let span = field.map_or(Span::NONE, |field| subject.place(field));
        let mut refusal = Diagnostic::error(&CALL_REFUSED, span, format!("{summary}: {message}"));
        if let (Subject::Missing(why), Some(_)) = (subject, field) {
            refusal = refusal.note(why.clone());
        }
        if message.starts_with("Job ") && message.ends_with(" already exists") {
            refusal = refusal.help("a service that exists is changed by the call of `--emit update`");
        }
        advised(refusal, answer)
    };
    answer.messages.iter().map(refusal).collect()
}

/// What to do about a response code.
fn advised(refusal: Diagnostic, answer: &reply::Reply) -> Diagnostic {
    match answer.code {
        None | Some(Code::Error) => refusal.help(
            "part of what was asked may have been done; ask the scheduler before you send the call again",
        ),
        Some(Code::JobUpdatingError) => refusal.help("wait for the update to end, or abort it"),
        Some(Code::ErrorTransient) => refusal.help("nothing was changed; the same call can be sent again"),
        Some(Code::Ok | Code::Warning | Code::InvalidRequest | Code::AuthFailed) => refusal,
    }
}
