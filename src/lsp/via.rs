//! An error in an included file, said at the `include` that leads to it: there is nothing to see in the file that is
//! being edited otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Code, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Message, Range,
};

use super::findings::{Finding, Places, SOURCE};
use super::includes::{Include, includes};
use crate::source::{FileId, SourceFile, Span, resolved};
use crate::syntax;

/// How deep brackets, blocks and operators may nest.
const MAX_NESTING: usize = 200;

/// What there is to say at the includes of the entry file: for each, the first error in the files that it leads to.
pub(super) fn findings(found: &[Finding], places: &Places<'_>, entry: &Path) -> Vec<Finding> {
    let is_error = |f: &&Finding| f.shown.severity == Some(DiagnosticSeverity::Error) && f.path != entry;
    let mut elsewhere: BTreeMap<&Path, &Finding> = BTreeMap::new();
    for finding in found.iter().filter(is_error) {
        elsewhere.entry(&finding.path).or_insert(finding);
    }
    if elsewhere.is_empty() {
        return Vec::new();
    }
    let graph = Graph::of(places);
    let lines = graph.0.get(entry).map(Vec::as_slice).unwrap_or_default();
    lines.iter().filter_map(|line| at(line, &graph, &elsewhere, places, entry)).collect()
}

/// Who includes whom, among the files that were read.
struct Graph(BTreeMap<PathBuf, Vec<Line>>);

/// An include, and the file that it leads to.
struct Line {
    place: Span,
    target: PathBuf,
}

impl Graph {
    fn of(places: &Places<'_>) -> Graph {
        let sources = (0..).map(FileId).map_while(|id| Some((id, places.sources.get(id)?)));
        Graph(sources.filter_map(|(id, file)| Some((file.path.clone()?, lines(id, &file)))).collect())
    }

    /// The first of the files in question that an include leads to.
    fn reached<'e>(&self, from: &Path, elsewhere: &BTreeMap<&'e Path, &'e Finding>) -> Option<&'e Finding> {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![from.to_path_buf()];
        while let Some(path) = waiting.pop() {
            if let Some(finding) = elsewhere.get(&*path) {
                return Some(finding);
            }
            if seen.insert(path.clone()) {
                let next = self.0.get(&path).into_iter().flatten();
                waiting.extend(next.rev().map(|line| line.target.clone()));
            }
        }
        None
    }
}

fn lines(id: FileId, file: &SourceFile) -> Vec<Line> {
    if !file.text.contains("include") {
        return Vec::new();
    }
    let parsed = syntax::parse(id, &file.text, MAX_NESTING);
    let line =
        |Include { name, span, .. }| Line { place: span, target: resolved(file.path.as_deref(), &name) };
    includes(&parsed.module).into_iter().map(line).collect()
}

fn at(
    line: &Line,
    graph: &Graph,
    elsewhere: &BTreeMap<&Path, &Finding>,
    places: &Places<'_>,
    entry: &Path,
) -> Option<Finding> {
    let error = graph.reached(&line.target, elsewhere)?;
    let (_, range) = places.of(line.place)?;
    let name = error.path.file_name().unwrap_or_default().to_string_lossy();
    let Message::String(words) = &error.shown.message else { return None };
    let first = words.lines().next().unwrap_or_default();
    let place = Location { uri: places.uri(&error.path), range: error.shown.range };
    let number = error.shown.range.start.line + 1;
    let shown = Diagnostic {
        related_information: Some(vec![DiagnosticRelatedInformation {
            location: place,
            message: first.to_string(),
        }]),
        ..said_here(range, error.shown.code.clone(), format!("{name}:{number}: {first}"))
    };
    Some(Finding { path: entry.to_path_buf(), shown, fixes: Vec::new(), is_lint: false })
}

fn said_here(range: Range, code: Option<Code>, words: String) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(DiagnosticSeverity::Error),
        code,
        source: Some(format!("{SOURCE} include")),
        message: Message::String(words),
        ..Diagnostic::default()
    }
}
