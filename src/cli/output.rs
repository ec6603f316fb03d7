//! Flags about what comes out, and writing it.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use jobc::diagnostics::Diagnostic;
use jobc::emit::files::{self, Plan, Report};
use jobc::emit::thrift::Wire;
use jobc::emit::{Format, Input, Kind, Refusal, Style, deps, write_one};
use jobc::report::one_line;

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
    /// Removes the files that jobc wrote below DIR earlier and that are no longer asked for
    #[arg(long, requires = "output")]
    prune: bool,
    /// Does not wait until files are on the disk before they take their places
    #[arg(long, requires = "output")]
    no_sync: bool,
    /// Writes the names of all files that were read, as Make and Ninja take them
    #[arg(long, value_name = "FILE")]
    depfile: Option<PathBuf>,
    /// What the depfile says depends on them [default: the first file of -o]
    #[arg(long, value_name = "NAME", requires = "depfile")]
    depfile_target: Option<PathBuf>,
}

/// A kind of output on the command line.
#[derive(Debug, Clone, Copy)]
struct Emit(Kind);

impl ValueEnum for Emit {
    fn value_variants<'a>() -> &'a [Emit] {
        const ALL: [Emit; Kind::ALL.len()] = {
            let mut all = [Emit(Kind::Bundle); Kind::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = Emit(Kind::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self.0 {
            Kind::Bundle => "Executors and jobs in one document",
            Kind::Executors => "What the scheduler's -custom_executor_config loads",
            Kind::Jobs => "Each JobConfiguration",
            Kind::Create => "The call that creates each job, or schedules it if it is a cron job",
            Kind::Update => "The call that updates each service",
            Kind::Data => "The data of each job's executor, alone",
            Kind::Deps => "The names of all files that were read",
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
    /// Refuses flags that do not go together, before anything is compiled.
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

    /// Writes what is asked for. Gives what is wrong with the input for this kind of output.
    ///
    /// # Errors
    /// When something cannot be written.
    pub(crate) fn write(&self, input: Input<'_>) -> Result<Vec<Diagnostic>, Failure> {
        let written = match &self.output {
            Some(directory) => self.write_files(directory, input),
            None => self.print(input).map(|()| None),
        };
        match written {
            Ok(first) => self.write_depfile(first, input.reads).map(|()| Vec::new()),
            Err(Refusal::Input(all)) => Ok(all),
            Err(Refusal::Io { error, .. }) if self.output.is_none() => Err(Failure::Output(error)),
            Err(Refusal::Io { what, error }) => Err(Failure::Io(what, error)),
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

    fn print(&self, input: Input<'_>) -> Result<(), Refusal> {
        let kind = self.emit.first().map_or(Kind::Bundle, |emit| emit.0);
        if !io::stdout().is_terminal() {
            return write_one(kind, input, &self.format(), &mut io::stdout().lock());
        }
        let mut text = Vec::new();
        write_one(kind, input, &self.format(), &mut text)?;
        let shown = if kind == Kind::Data { Shown::Pictured } else { Shown::Escaped };
        terminal::print(&text, shown)
            .map_err(|error| Refusal::Io { what: "standard output".to_owned(), error })
    }

    /// Writes the files and tells about those that are left over. Gives the first file.
    fn write_files(&self, directory: &Path, input: Input<'_>) -> Result<Option<PathBuf>, Refusal> {
        let kinds = match self.emit.as_slice() {
            [] => vec![Kind::Executors, Kind::Jobs],
            kinds => kinds.iter().map(|emit| emit.0).collect(),
        };
        let plan = Plan {
            directory: directory.to_path_buf(),
            kinds,
            format: self.format(),
            prune: self.prune,
            sync: !self.no_sync,
        };
        let report = files::write(&plan, input)?;
        tell(directory, &report);
        Ok(report.first.map(|file| directory.join(file)))
    }

    fn write_depfile(&self, first: Option<PathBuf>, reads: &[PathBuf]) -> Result<(), Failure> {
        let Some(file) = &self.depfile else { return Ok(()) };
        let Some(target) = self.depfile_target.clone().or(first) else { return Ok(()) };
        let mut text = Vec::new();
        deps::write_depfile(&target, reads, &mut text)
            .and_then(|()| replace(file, &text))
            .map_err(|error| Failure::Io(format!("`{}` cannot be written", file.display()), error))
    }
}

/// Writes a file as a whole: its new content takes the place of the old in one step. Links are followed; what is no file,
/// such as a pipe or `/dev/stdout`, is written to as it is.
fn replace(file: &Path, text: &[u8]) -> io::Result<()> {
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    if fs::metadata(&file).is_ok_and(|meta| !meta.is_file()) {
        return fs::OpenOptions::new().write(true).open(&file)?.write_all(text);
    }
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = new_file().tempfile_in(folder)?;
    new.write_all(text)?;
    new.persist(file).map(drop).map_err(|error| error.error)
}

/// A file that others may read, as far as the umask lets them: temporary files are otherwise for their maker alone.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Says on standard error which files of earlier runs are still there.
fn tell(directory: &Path, report: &Report) {
    let groups = [
        (&report.stale, "is not asked for any more; --prune removes it"),
        (&report.edited, "is not asked for any more, but was changed by somebody else; it stays"),
    ];
    for (files, words) in groups {
        for file in files {
            let name = directory.join(file);
            // Nobody is left to tell when this cannot be written.
            let _ = writeln!(io::stderr(), "note: `{}` {words}", one_line(&name.to_string_lossy()));
        }
    }
}
