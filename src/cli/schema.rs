//! `jobc schema`: the JSON Schemas of what is written, and of jobc.toml.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::exit::{Exit, Failure};

/// Prints the JSON Schema (draft 2020-12) of what jobc writes, or reads from jobc.toml, for other programs to check by.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc schema bundle >bundle.schema.json
  jobc schema executors >executors.schema.json")]
pub(crate) struct Schema {
    /// What the schema describes
    #[arg(value_name = "DOCUMENT", value_enum)]
    document: Document,
}

/// A document that there is a schema of.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Document {
    /// What `jobc compile` prints
    Bundle,
    /// What the scheduler's -custom_executor_config loads
    Executors,
    /// What jobc.toml says
    Project,
    /// What `jobc reply --format json` prints
    Reply,
}

impl Schema {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let text = match self.document {
            Document::Bundle => include_str!("../../schemas/bundle.schema.json"),
            Document::Executors => include_str!("../../schemas/executors.schema.json"),
            Document::Project => include_str!("../../schemas/project.schema.json"),
            Document::Reply => include_str!("../../schemas/reply.schema.json"),
        };
        io::stdout().write_all(text.as_bytes())?;
        Ok(Exit::Clean)
    }
}
