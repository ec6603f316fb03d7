//! Flags about what comes out, and writing it.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use jobc::diagnostics::Diagnostic;
use jobc::driver::Contribution;
use jobc::emit::files::{self, Folder, Plan, Share};
use jobc::emit::thrift::Wire;
use jobc::emit::{Format, Input, OutputKind, Refusal, Style, write_one};

use super::depfile::{Depfile, from_here};
use super::destination::Destination;
use super::exit::Failure;
use super::terminal::{self, Shown};

/// What is written, how, and where to.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputFlags {
    /// Writes files below DIR: executors.json, jobs/CLUSTER/ROLE/ENV/NAME.json and whatever else --emit asks for
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// What to write [default: bundle; with -o: executors,jobs]
    #[arg(long, value_name = "LIST", value_enum, value_delimiter = ',')]
    emit: Vec<Emit>,
    /// How calls of the scheduler's API are encoded
    #[arg(long, value_name = "ENCODING", value_enum, default_value_t)]
    wire: Encoding,
    /// The message of update calls, for the update's log
    #[arg(long, value_name = "TEXT")]
    message: Option<String>,
    /// Writes JSON without white space
    #[arg(long)]
    compact: bool,
    /// Removes what belongs to entry files that no longer exist
    #[arg(long, requires = "output")]
    prune: bool,
    /// Replaces and removes files below DIR also if jobc did not write them, or they were changed since
    #[arg(long, requires = "output")]
    force: bool,
    /// How long to wait for another run that uses DIR
    #[arg(long, value_name = "SECONDS", requires = "output", default_value_t = 60)]
    lock_wait: u64,
    /// Does not wait until files are on the disk before they take their places
    #[arg(long, requires = "output")]
    no_sync: bool,
    /// Writes the names of all files that were read, for Make and Ninja
    #[arg(long, value_name = "FILE")]
    depfile: Option<PathBuf>,
    /// The target that depends on them in the depfile [default: the first file of -o]
    #[arg(long, value_name = "NAME", requires = "depfile")]
    depfile_target: Option<PathBuf>,
}

/// A kind of output on the command line.
#[derive(Debug, Clone, Copy)]
struct Emit(OutputKind);

impl ValueEnum for Emit {
    fn value_variants<'a>() -> &'a [Emit] {
        const ALL: [Emit; OutputKind::ALL.len()] = {
            let mut all = [Emit(OutputKind::Bundle); OutputKind::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = Emit(OutputKind::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self.0 {
            OutputKind::Bundle => "Executors and jobs in one document",
            OutputKind::Executors => "What the scheduler's -custom_executor_config loads",
            OutputKind::Jobs => "Each JobConfiguration",
            OutputKind::Create => "The call that creates each job, or schedules it if it is a cron job",
            OutputKind::Update => "The call that updates each service",
            OutputKind::Request => "The JobUpdateRequest of each service, as readable JSON",
            OutputKind::Data => "The data of each job's executor, alone",
            OutputKind::Deps => "The names of all files that were read",
        };
        Some(PossibleValue::new(self.0.name()).help(help))
    }
}

/// An encoding on the command line.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Encoding {
    /// Thrift's JSON, application/vnd.apache.thrift.json
    #[default]
    Json,
    /// Thrift's binary protocol, application/vnd.apache.thrift.binary
    Binary,
}

impl OutputFlags {
    /// Rejects flags that do not go together, before anything is compiled.
    ///
    /// # Errors
    /// When there are several kinds for standard output, or a depfile without a target.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.output.is_some() {
            return Ok(());
        }
        if self.emit.len() > 1 {
            let words =
                "standard output takes one kind of output; write files with `-o DIR`, or name one kind";
            return Err(Failure::Usage(words.to_string()));
        }
        if self.depfile.is_some() && self.depfile_target.is_none() {
            let words = "a depfile needs to know what depends on the files: name it with --depfile-target";
            return Err(Failure::Usage(words.to_string()));
        }
        Ok(())
    }

    /// Whether what is written goes to standard output.
    pub(crate) fn prints(&self) -> bool {
        self.output.is_none()
    }

    /// Opens and locks the directory of -o, if there is one, before anything is read. `tell` is called while another run
    /// is waited for.
    ///
    /// # Errors
    /// When it cannot be opened, or another run uses it for too long.
    pub(crate) fn destination(
        &self,
        tell: impl FnOnce(&Diagnostic) -> io::Result<()>,
    ) -> Result<Option<Destination>, Failure> {
        let wait = Duration::from_secs(self.lock_wait);
        self.output.as_deref().map(|directory| Destination::open(directory, wait, tell)).transpose()
    }

    /// Whether what is asked for is kept or sent, and has the owner of the jobs in it.
    pub(crate) fn keeps_jobs(&self) -> bool {
        let has_owner =
            |emit: &Emit| !matches!(emit.0, OutputKind::Executors | OutputKind::Data | OutputKind::Deps);
        match self.output {
            Some(_) => self.emit.is_empty() || self.emit.iter().any(has_owner),
            None => self.emit.iter().any(|emit| emit.0.is_call()),
        }
    }

    /// Writes what is asked for. Gives what is wrong with the input for this kind of output, or what is to be told
    /// about what was done.
    ///
    /// # Errors
    /// When something cannot be written.
    pub(crate) fn write(
        &self,
        destination: Option<&Destination>,
        what: &Described<'_>,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let written = match destination {
            Some(destination) => self.write_files(destination, what),
            None => self.print(what).map(|()| Vec::new()),
        };
        match written {
            Ok(told) => Ok(told),
            Err(Unwritten::Refused(Refusal::Input(all))) => Ok(all),
            Err(Unwritten::Refused(Refusal::Io { error, .. })) if destination.is_none() => {
                Err(Failure::Output(error))
            }
            Err(Unwritten::Refused(Refusal::Io { what, error })) => Err(Failure::Io(what, error)),
            Err(Unwritten::Failed(failure)) => Err(failure),
        }
    }

    fn format(&self) -> Format {
        Format {
            style: if self.compact { Style::Compact } else { Style::Pretty },
            wire: match self.wire {
                Encoding::Json => Wire::Json,
                Encoding::Binary => Wire::Binary,
            },
            message: self.message.clone(),
        }
    }

    fn print(&self, what: &Described<'_>) -> Result<(), Unwritten> {
        let depfile = self.depfile.as_ref().zip(self.depfile_target.as_ref());
        let depfile = depfile.map(|(file, target)| Depfile::new(file, target, what.input.reads, |_| false));
        let depfile = depfile.transpose()?;
        let kind = self.emit.first().map_or(OutputKind::Bundle, |emit| emit.0);
        if io::stdout().is_terminal() {
            let mut text = Vec::new();
            write_one(kind, what.input, &self.format(), &mut text)?;
            let shown = if kind == OutputKind::Data { Shown::Pictured } else { Shown::Escaped };
            terminal::print(&text, shown).map_err(Failure::Output)?;
        } else {
            let mut out = io::stdout().lock();
            write_one(kind, what.input, &self.format(), &mut out)?;
            out.flush().map_err(Failure::Output)?;
        }
        depfile.map_or(Ok(()), |depfile| Ok(depfile.put_in_place()?))
    }

    /// Writes the files. Gives what is to be told.
    fn write_files(
        &self,
        destination: &Destination,
        what: &Described<'_>,
    ) -> Result<Vec<Diagnostic>, Unwritten> {
        let kinds = match self.emit.as_slice() {
            [] if what.selected => vec![OutputKind::Jobs],
            [] => vec![OutputKind::Executors, OutputKind::Jobs],
            kinds => kinds.iter().map(|emit| emit.0).collect(),
        };
        let plan = Plan {
            kinds,
            empty_executors: !self.emit.is_empty(),
            format: self.format(),
            selected: what.selected,
            prune: self.prune,
            force: self.force,
            sync: !self.no_sync,
        };
        let folder = &destination.folder;
        let shares = what.shares(folder);
        let prepared = files::prepare(folder, &plan, what.input, &shares)?;
        let depfile = self.depfile.as_ref().map(|file| {
            let default = || from_here(&folder.shown(prepared.first()));
            let target = self.depfile_target.clone().unwrap_or_else(default);
            Depfile::new(file, &target, what.input.reads, |file| prepared.owns(file))
        });
        // A depfile beside old outputs only means that they are made again.
        depfile.transpose()?.map(Depfile::put_in_place).transpose()?;
        let (_, notices) = prepared.commit()?;
        Ok(destination.told.iter().cloned().chain(notices).collect())
    }
}

/// What is to be written.
#[derive(Debug)]
pub(crate) struct Described<'a> {
    pub(crate) input: Input<'a>,
    /// What the entry files are called, in their order.
    pub(crate) names: Vec<&'a str>,
    /// What each of them gives.
    pub(crate) contributions: &'a [Contribution],
    /// Whether the jobs are a selection.
    pub(crate) selected: bool,
}

impl Described<'_> {
    fn shares(&self, folder: &Folder) -> Vec<Share> {
        let mut end = 0;
        let share = |(name, given): (&&str, &Contribution)| {
            let start = end;
            end += given.jobs;
            let owner = folder.relative(Path::new(name));
            Share { owner, jobs: start..end, executors: given.executors.clone() }
        };
        self.names.iter().zip(self.contributions).map(share).collect()
    }
}

/// Why an output was not written.
enum Unwritten {
    Refused(Refusal),
    Failed(Failure),
}

impl From<Refusal> for Unwritten {
    fn from(refusal: Refusal) -> Unwritten {
        Unwritten::Refused(refusal)
    }
}

impl From<Failure> for Unwritten {
    fn from(failure: Failure) -> Unwritten {
        Unwritten::Failed(failure)
    }
}
