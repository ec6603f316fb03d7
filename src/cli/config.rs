//! `jobc config`: which settings are in force, and from where.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use jobc::model::settings::Strictness;
use jobc::report::{Place, one_line};
use jobc::source::{Root, RootReason, SourceMap, Span};

use super::exit::{Exit, Failure};
use super::report_flags::{ReportFlags, Stream};
use super::schedulers::{By, Said, Schedulers};

/// Prints the settings that jobs are checked against, cluster by cluster, each with the file and line that gives it.
///
/// Settings come from --scheduler, or from the jobc.toml in the directory of the job file or above it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc config
  jobc config jobs/web.aurora
  jobc config --scheduler west.toml

A jobc.toml:
  [cluster.west]
  scheduler = \"west.toml\"")]
pub(crate) struct Config {
    /// The file or directory to ask for
    #[arg(value_name = "PATH", default_value = ".")]
    path: String,
    /// What the jobs are checked against: `none`, `default` (a scheduler as it comes), or a FILE of its settings
    #[arg(long, value_name = "none|default|FILE")]
    scheduler: Option<String>,
    #[command(flatten)]
    report: ReportFlags,
}

impl Config {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let sources = SourceMap::new();
        let schedulers = Schedulers::new(self.scheduler.clone(), sources.clone(), Arc::default());
        let root = described_root(&schedulers.root(Path::new(&self.path)));
        let finding = schedulers.in_force(Path::new(&self.path));
        match &*finding {
            Ok(in_force) => {
                let rest = if in_force.said.len() == 1 { "every cluster" } else { "every other cluster" };
                let texts: Vec<String> = in_force.said.iter().map(|s| described(s, rest, &sources)).collect();
                io::stdout().write_all(format!("{root}\n{}", texts.join("\n")).as_bytes())?;
                Ok(Exit::Clean)
            }
            Err(refusal) => {
                self.report.write(&refusal.diagnostics, &sources, Stream::Stderr)?;
                Ok(Exit::of(&refusal.diagnostics, refusal.unreadable))
            }
        }
    }
}

fn described_root(root: &Root) -> String {
    let directory = root.directory.display().to_string();
    let directory = if directory.is_empty() { "." } else { &directory };
    let why = match root.reason {
        RootReason::Project => "the nearest folder above that holds jobc.toml",
        RootReason::Repository => "the nearest folder above that holds .git",
        RootReason::Own => "the folder itself: none above holds jobc.toml or .git",
    };
    format!("# root: {} ({why})\n", one_line(directory))
}

fn described(said: &Said, rest: &str, sources: &SourceMap) -> String {
    let who = match &said.cluster {
        Some(cluster) => format!("cluster {}", one_line(cluster)),
        None => rest.to_string(),
    };
    let by = match said.by {
        By::Flag => "--scheduler".to_string(),
        By::Project(span) => place(span, sources),
        By::Default => "default".to_string(),
    };
    let mut text = format!("# {who}: scheduler = {} ({by})\n", one_line(&said.scheduler));
    match said.settings.strictness {
        Strictness::None => text.push_str("# nothing is checked but the client's own rules\n"),
        Strictness::Default => text.push_str("# features that a cluster must switch on are not checked\n"),
        Strictness::File => {}
    }
    if said.settings.strictness != Strictness::None {
        let entries = said.settings.entries();
        let width = entries.iter().map(|(line, _)| line.chars().count()).max().unwrap_or_default();
        for (line, span) in entries {
            text.push_str(&format!("{:width$}  # {}\n", one_line(&line), place(span, sources)));
        }
    }
    text
}

fn place(span: Span, sources: &SourceMap) -> String {
    match Place::of(span, sources) {
        Some(place) => format!("{}:{}", one_line(&place.file), place.start.line),
        None => "default".to_string(),
    }
}
