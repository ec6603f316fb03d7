//! `jobc config`: what is in force, and from where.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use jobc::driver::{By, InForce, Said};
use jobc::model::settings::{LintLevel, LintSetting, Project, Setting, Strictness};
use jobc::report::{Place, one_line};
use jobc::source::{Root, RootReason, SourceMap, Span};

use super::exit::{Exit, Failure};
use super::projects::Projects;
use super::report_flags::{ReportFlags, Stream};

/// Prints the project of a file, what its jobc.toml says, and the settings that jobs are checked against, cluster by
/// cluster, each with the file and line that gives it.
///
/// The project is the nearest folder above the file that holds jobc.toml or .git. What flags say wins over it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc config
  jobc config jobs/web.aurora
  jobc config --scheduler west.toml

A jobc.toml:
  user = \"deploy\"
  bind.profile = \"prod\"
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
        let projects = Projects::new(self.scheduler.as_deref(), sources.clone(), Arc::default());
        let root = projects.root(Path::new(&self.path));
        let finding = projects.in_force(&root);
        match &*finding {
            Ok(in_force) => {
                let text = described_root(&root) + &described(in_force, &sources);
                io::stdout().write_all(text.as_bytes())?;
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

fn described(in_force: &InForce, sources: &SourceMap) -> String {
    let mut text = project_lines(&in_force.project, sources);
    let rest = if in_force.said.len() == 1 { "every cluster" } else { "every other cluster" };
    for said in &in_force.said {
        text.push('\n');
        text.push_str(&described_cluster(said, rest, sources));
    }
    text
}

/// What `jobc.toml` says beside clusters, a line each.
fn project_lines(project: &Project, sources: &SourceMap) -> String {
    let mut lines: Vec<(String, Span)> = Vec::new();
    let quoted = |setting: &Setting| serde_json::Value::from(setting.value.as_str()).to_string();
    lines.extend(project.user.iter().map(|user| (format!("user = {}", quoted(user)), user.span)));
    let lists = [("executors", &project.executors), ("exclude", &project.exclude)];
    for (name, settings) in lists {
        lines.extend(settings.iter().map(|setting| (format!("{name} += {}", quoted(setting)), setting.span)));
    }
    for (table, settings) in [("bind", &project.bind), ("env", &project.env)] {
        let line = |(name, setting): &(String, Setting)| {
            (format!("{table}.{name} = {}", quoted(setting)), setting.span)
        };
        lines.extend(settings.iter().map(line));
    }
    lines.extend(project.lints.iter().map(|lint| (lint_line(lint), lint.span)));
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or_default();
    lines
        .iter()
        .map(|(line, span)| format!("{:width$}  # {}\n", one_line(line), place(*span, sources)))
        .collect()
}

fn lint_line(setting: &LintSetting) -> String {
    let level = match setting.level {
        LintLevel::Allow => "allow",
        LintLevel::Warn => "warn",
        LintLevel::Deny => "deny",
    };
    match setting.lint {
        Some(code) => format!("lints.{} = \"{level}\"", code.name),
        None => format!("{level} += \"warnings\""),
    }
}

fn described_cluster(said: &Said, rest: &str, sources: &SourceMap) -> String {
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
