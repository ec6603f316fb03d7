//! `include()`: another file, run in the same namespace.

use std::path::Path;
use std::rc::Rc;

use super::frame::{Code, Frame};
use super::host::{Executing, Included};
use super::machine::{Eval, Machine};
use super::recover;
use super::stmt::Flow;
use crate::diagnostics::codes::files::{
    BAD_FILE, FILE_TOO_LARGE, INCLUDE_BUDGET, MISSING_FILE, OUTSIDE_ROOT,
};
use crate::diagnostics::{Diagnostic, nearest};
use crate::python::params::take;
use crate::source::{LoadError, Span};
use crate::syntax::ParsedFile;
use crate::syntax::ast::StmtKind;
use crate::template::value::{Args, Fault, Text, Value};

/// The built-in `include(fn)`.
pub(super) fn include(machine: &mut Machine, args: Args) -> Eval {
    let span = args.span;
    let place = args.positional.first().map(|(_, s)| *s).or_else(|| args.keyword.first().map(|k| k.span));
    let place = place.unwrap_or(span);
    let ([name], []) = take("include", args, ["fn"], [])?;
    let Value::Str(name) = &name else {
        return Err(crate::python::params::wants("include", "the name of a file as text", &name).at(place));
    };
    machine.include(name, span, place)?;
    Ok(Value::None)
}

/// Names for which room is made before a file runs.
const MAX_RESERVED: usize = 256;

impl Machine {
    fn include(&mut self, name: &Text, call: Span, place: Span) -> Result<(), Fault> {
        self.check_include_budget(call)?;
        self.includes += 1;
        let from = self.executing.last().map(|e| e.code.clone());
        let from = from.as_ref().map(|code| &*code.path);
        match self.load(from, name.as_str()) {
            Ok(code) => self.execute(code, call),
            Err(error) => {
                self.report.incomplete |= self.guards == 0;
                Err(self.cannot_load(&error, name.as_str(), from).at(place))
            }
        }
    }

    /// The file that a name means. It is found again each time, so that the loader checks and records the read for every
    /// entry file.
    pub(super) fn load(&self, from: Option<&Path>, name: &str) -> Result<Rc<Code>, LoadError> {
        let host = &self.host;
        let found = host.loader.find(from, name)?;
        let path = found.path.clone();
        let parsed = host.cache.load(found, &*host.loader, &host.sources, host.max_nesting)?;
        Ok(Rc::new(Code { parsed, path }))
    }

    /// Runs a file's statements at the top level.
    pub(super) fn execute(&mut self, code: Rc<Code>, included_at: Span) -> Result<(), Fault> {
        self.executing.push(Executing { code: code.clone(), included_at });
        self.executed.push(Included { file: code.parsed.module.file, at: included_at });
        let outer = std::mem::replace(&mut self.frame, Frame::of_file(code.clone()));
        let result = self.run_file(&code.parsed);
        self.frame = outer;
        self.executing.pop();
        result.map_err(|fault| recover::with_step(fault, included_at, "included here"))
    }

    fn run_file(&mut self, parsed: &ParsedFile) -> Result<(), Fault> {
        let mut broken = false;
        for diagnostic in &parsed.diagnostics {
            broken |= diagnostic.is_error();
            let diagnostic = self.with_includes(diagnostic.clone());
            self.report.add(diagnostic);
        }
        self.report.incomplete |= broken;
        if broken {
            self.damaged.extend(self.damaged_by(parsed));
        }
        // Most statements at the top level bind a name.
        self.globals.reserve(parsed.module.body.len().min(MAX_RESERVED));
        match self.block(&parsed.module.body)? {
            Flow::Next | Flow::Break | Flow::Continue | Flow::Return(_) => Ok(()),
        }
    }

    /// The functions and classes at the top level of a file of which a line could not be read: what they would be or do
    /// nobody can tell.
    fn damaged_by(&self, parsed: &ParsedFile) -> Vec<Span> {
        let body = &parsed.module.body;
        let Some(source) = self.host.sources.get(parsed.module.file) else { return Vec::new() };
        let errors =
            parsed.diagnostics.iter().filter(|d| d.is_error() && d.primary.file == parsed.module.file);
        let around = errors.filter_map(|error| {
            let line = source.line_start(source.line_index(error.primary.start as usize));
            let is_indented = source.text[line..].starts_with([' ', '\t']);
            let next = body.partition_point(|stmt| stmt.span.start <= error.primary.start);
            let stmt = body.get(next.checked_sub(1)?).filter(|_| is_indented)?;
            matches!(stmt.kind, StmtKind::FunctionDef(_) | StmtKind::ClassDef { .. }).then_some(stmt.span)
        });
        around.collect()
    }

    fn check_include_budget(&self, call: Span) -> Result<(), Fault> {
        let deep = self.executing.len() > self.budgets.include_depth;
        if !deep && self.includes < self.budgets.includes {
            return Ok(());
        }
        let message = if deep {
            format!("includes are nested more than {} deep", self.budgets.include_depth)
        } else {
            format!("more than {} files are included", self.budgets.includes)
        };
        let fault =
            Fault::new("Budget", &INCLUDE_BUDGET, message).at(call).map(|d| d.note(self.include_chain()));
        Err(match deep {
            true => fault.help(match self.include_circle() {
                Some(circle) => {
                    format!("these files include each other without end: {circle}; drop one of the includes")
                }
                None => "include fewer files through others".to_string(),
            }),
            false => fault.help("raise the budget with --max-includes if this is meant"),
        })
    }

    /// The circle in which the innermost file includes itself, if it does.
    fn include_circle(&self) -> Option<String> {
        let names: Vec<&str> = self.executing.iter().map(|e| e.code.parsed.name.as_str()).collect();
        let (last, before) = names.split_last()?;
        let start = before.iter().rposition(|name| name == last)?;
        Some(names[start..].join(" → "))
    }

    /// The files that include each other now, as text.
    fn include_chain(&self) -> String {
        const SHOWN: usize = 6;
        let names: Vec<&str> = self.executing.iter().map(|e| e.code.parsed.name.as_str()).collect();
        let tail = names.len().saturating_sub(SHOWN);
        let start = if tail > 0 { format!("{} → … → ", names[0]) } else { String::new() };
        format!("the chain of includes: {start}{}", names[tail..].join(" → "))
    }

    /// Why a file cannot be read, in the user's words.
    pub(super) fn cannot_load(&self, error: &LoadError, name: &str, from: Option<&Path>) -> Fault {
        let code = match error {
            LoadError::NotFound => &MISSING_FILE,
            LoadError::OutsideRoot { .. } => &OUTSIDE_ROOT,
            LoadError::TooLarge { .. } => &FILE_TOO_LARGE,
            LoadError::NotUtf8 { .. } | LoadError::NotAFile | LoadError::Io(_) => &BAD_FILE,
        };
        let message = match error {
            LoadError::NotFound => format!("there is no file `{name}`"),
            other => format!("`{name}` cannot be read: {other}"),
        };
        let fault = Fault::new("IOError", code, message);
        if let LoadError::NotAFile = error {
            let inside = self.host.loader.siblings(from, &format!("{name}/_"));
            if let Some(file) = inside.iter().find(|file| file.ends_with(".aurora")).or(inside.first()) {
                let fault = fault.map(|d| Diagnostic { message: format!("`{name}` is a directory"), ..d });
                return fault.help(format!("include its files by name, such as `{file}`"));
            }
        }
        match (error, error.advice()) {
            (LoadError::NotFound, _) => self.suggest_file(fault, name, from),
            (_, Some(advice)) => fault.help(advice),
            (_, None) => fault,
        }
    }

    fn suggest_file(&self, fault: Fault, name: &str, from: Option<&Path>) -> Fault {
        let own = from.and_then(Path::file_name);
        let mut siblings = self.host.loader.siblings(from, name);
        siblings.retain(|s| Path::new(s).file_name() != own);
        let with_extension = format!("{name}.aurora");
        if siblings.contains(&with_extension) {
            return fault.help(format!("did you mean `{with_extension}`?"));
        }
        if let Some(near) = nearest(name, siblings.iter().map(String::as_str)) {
            return fault.help(format!("did you mean `{near}`?"));
        }
        let entry = self.executing.first().map(|e| e.code.path.clone());
        let from_entry = self.host.loader.siblings(entry.as_deref(), name);
        let file = name.rsplit('/').next().unwrap_or(name);
        match from_entry.iter().any(|s| s.rsplit('/').next() == Some(file)) && entry.as_deref() != from {
            true => fault.help("the name is relative to the file that includes it, not to the first file"),
            false => fault,
        }
    }
}
