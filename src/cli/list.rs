//! `jobc list`: which jobs are where.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use jobc::diagnostics::Diagnostic;
use jobc::driver::Compilation;
use jobc::report::{Place, one_line};
use jobc::source::{SourceMap, Span};
use serde::Serialize;

use super::exit::{Exit, Failure};
use super::files::{Compiled, compile_all};
use super::input::InputFlags;
use super::report_flags::{ReportFlags, Stream};
use super::terminal::{self, Shown};
use super::walk::Walked;

/// Lists the jobs of files and directories: key, place, instances, executor.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc list .
  jobc list fleet.aurora --job 'west/*/devel/*'
  jobc list jobs/ --format json | jq -r '.[].key'")]
pub(crate) struct List {
    /// Files and directories; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<String>,
    /// How the list is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: ListFormat,
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    report: ReportFlags,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum ListFormat {
    /// Columns
    #[default]
    Human,
    /// A JSON array of objects
    Json,
}

/// One job of the list.
#[derive(Debug, Serialize)]
struct Row {
    key: String,
    file: Option<String>,
    line: Option<usize>,
    instances: i64,
    executor: Option<String>,
}

impl List {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let setup = self.input.setup(&self.report)?;
        let Walked { entries, refused, warnings } = setup.searched(&self.paths);
        let Compiled { compilation, mut unreadable } = compile_all(&entries, &setup)?;
        unreadable |= !refused.is_empty();
        let rows = rows(&compilation, &setup.sources);
        let useless = setup.flags_without_use(&compilation);
        let all = [refused, warnings, compilation.diagnostics, useless].concat();
        // Warnings about the jobs are for `check`; what keeps a job off the list is told here.
        let all = setup.settle(all, []);
        let errors: Vec<Diagnostic> = all.into_iter().filter(Diagnostic::is_error).collect();
        match self.format {
            ListFormat::Human => print_columns(&rows)?,
            ListFormat::Json => print_json(&rows)?,
        }
        self.report.write(&errors, &setup.sources, Stream::Stderr)?;
        Ok(Exit::of(&errors, unreadable))
    }
}

fn rows(compilation: &Compilation, sources: &SourceMap) -> Vec<Row> {
    let row = |job: &jobc::model::CompiledJob| {
        let span: Span = job.places.span();
        let place = Place::of(span, sources);
        Row {
            key: job.key(),
            line: place.as_ref().map(|p| p.start.line),
            file: place.map(|p| p.file),
            instances: job.configuration.instance_count,
            executor: job.configuration.task_config.executor_config.as_ref().map(|e| e.name.clone()),
        }
    };
    compilation.bundle.jobs.iter().map(row).collect()
}

fn print_json(rows: &[Row]) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(rows)?;
    text.push(b'\n');
    terminal::print(&text, Shown::Escaped)
}

fn print_columns(rows: &[Row]) -> io::Result<()> {
    let cells: Vec<[String; 4]> = rows.iter().map(cells).collect();
    let width = |column: usize| cells.iter().map(|c| c[column].chars().count()).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2)];
    let mut out = io::BufWriter::new(io::stdout().lock());
    for [key, place, instances, executor] in &cells {
        let [a, b, c] = widths;
        writeln!(out, "{key:a$}  {place:b$}  {instances:>c$}  {executor}")?;
    }
    out.flush()
}

fn cells(row: &Row) -> [String; 4] {
    let place = match (&row.file, row.line) {
        (Some(file), Some(line)) => format!("{}:{line}", one_line(file)),
        _ => String::new(),
    };
    let executor = row.executor.as_deref().unwrap_or("no executor");
    [one_line(&row.key).into_owned(), place, row.instances.to_string(), one_line(executor).into_owned()]
}
