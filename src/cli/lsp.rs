//! `jobc lsp`: the language server.

use std::any::Any;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use jobc::driver::{Options, Session};
use jobc::levels::Levels;
use jobc::lsp::{self, Connection, Disk, Host, Opened, Settings};

use super::exit::{Exit, Failure};
use super::input::{InputFlags, Setup};
use super::report_flags::ReportFlags;
use super::walk::InputFile;

/// Serves an editor: mistakes while they are made, completion, hover, and more.
///
/// It speaks the Language Server Protocol on standard input and output, and is started by the editor. The flags are those of
/// `jobc check`, and hold for every file. docs/editors.md says how to set editors up.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc lsp                          # what an editor starts
  jobc lsp --bind profile=prod      # with a name bound in every job")]
pub(crate) struct Lsp {
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    report: ReportFlags,
}

impl Lsp {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let levels = self.report.levels()?;
        let server = Server { setup: self.input.setup(&self.report)?, levels };
        let (connection, threads) = Connection::stdio();
        // An editor that goes without a word has nothing to be told.
        let ending = lsp::serve(connection, &server);
        let failure = |error| Failure::Io("the connection to the editor".to_string(), error);
        threads.join().map_err(failure)?;
        match ending {
            Ok(()) => Ok(Exit::Clean),
            Err(error) if error.channel_is_disconnected() => Ok(Exit::Clean),
            Err(error) => Err(Failure::Usage(error.to_string())),
        }
    }
}

/// What the server is run with.
struct Server<'f> {
    setup: Setup<'f>,
    levels: Levels,
}

impl Host for Server<'_> {
    fn look<'h>(&'h self, settings: &Settings) -> Box<dyn Disk + 'h> {
        Box::new(Look { setup: self.setup.anew(), settings: settings.clone() })
    }

    fn levels(&self) -> &Levels {
        &self.levels
    }
}

/// The disk at one moment.
struct Look<'f> {
    setup: Setup<'f>,
    settings: Settings,
}

impl Disk for Look<'_> {
    fn session(&self, file: &Path, below: Option<&Path>) -> Opened {
        let entry = InputFile { file: file.display().to_string(), below: below.map(Path::to_path_buf) };
        let finding = self.setup.settings(&entry);
        let (in_force, refused) = match &*finding {
            Ok(in_force) => (Some(in_force), Vec::new()),
            Err(refusal) => (None, refusal.diagnostics.clone()),
        };
        let reads = in_force.map(|settings| settings.reads.clone()).unwrap_or_default();
        let (session, time) = self.setup.file_session(&entry, in_force);
        Opened { session: self.set(session), refused, reads, time: Box::new(time) as Box<dyn Any> }
    }

    fn job_files(&self, directory: &Path) -> Vec<PathBuf> {
        let found = self.setup.searched(&[directory.display().to_string()]);
        found.entries.into_iter().map(|entry| PathBuf::from(entry.file)).collect()
    }
}

impl Look<'_> {
    /// The session with what the editor has set.
    fn set(&self, session: Session) -> Session {
        let mut options: Options = (*session.options).clone();
        options.bindings.extend(self.settings.bind.iter().cloned());
        options.user = self.settings.user.clone().unwrap_or(options.user);
        Session { options: Arc::new(options), ..session }
    }
}
