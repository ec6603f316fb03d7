//! `open()`: text files beside the job file, read through the loader.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

use super::machine::{Eval, Machine};
use crate::diagnostics::codes::eval::NOT_AVAILABLE;
use crate::lints::files::TWO_FILES;
use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::params::{take, wants};
use crate::source::{LoadError, Read, SourceFile, Span};
use crate::template::value::{Args, Fault, Native, Origin, Text, Value, Vm};

/// An open file: its text, and how far it is read.
#[derive(Debug)]
struct File {
    name: Text,
    text: Text,
    at: Cell<usize>,
    closed: Cell<bool>,
}

/// The built-in `open(name, mode='r')`. The name is looked for beside the entry file and then at the root, never in the
/// working directory, which is not the same for everybody who compiles the file.
pub(super) fn open(machine: &mut Machine, args: Args) -> Eval {
    let span = args.span;
    let place = args.positional.first().map_or(span, |(_, s)| *s);
    let ([name], [mode, ..]) =
        take("open", args, ["name"], ["mode", "buffering", "encoding", "errors", "newline"])?;
    let Value::Str(name) = &name else {
        return Err(wants("open", "the name of a file as text", &name).at(place));
    };
    if let Some(mode) = &mode
        && !mode.as_str().is_some_and(|m| matches!(m, "r" | "rt" | "rU" | "U" | "rb" | "br"))
    {
        let message = format!("a file cannot be opened in the mode {}", mode.repr());
        return Err(
            Fault::new("IOError", &NOT_AVAILABLE, message).help("job files only read; leave the mode out")
        );
    }
    let entry = machine.executing.first().map(|file| file.code.path.clone());
    let read = match load(machine, entry.as_deref(), name.as_str(), place) {
        Ok(read) => read,
        Err(error) => {
            machine.report.incomplete |= machine.guards == 0;
            return Err(machine.cannot_load(&error, name.as_str(), entry.as_deref()).at(place));
        }
    };
    machine.charge_text(read.text.len())?;
    let text = text_of(machine, read);
    Ok(Value::native(File { name: name.clone(), text, at: Cell::new(0), closed: Cell::new(false) }))
}

/// The text of a file, which is a source, so that what is wrong with the data is shown in it. A file is one source, however
/// often it is opened.
fn text_of(machine: &mut Machine, read: Read) -> Text {
    let Read { name, path, text } = read;
    let file = *machine
        .opened
        .entry(path)
        .or_insert_with_key(|path| machine.host.sources.add(SourceFile::new(name, Some(path), text.clone())));
    let source = Span::new(file, 0, text.len());
    Text::with_origins(text, [Origin { at: 0, source, verbatim: true, raw: false }])
}

/// Reads the file that a name means; warns where there are two.
fn load(machine: &mut Machine, entry: Option<&Path>, name: &str, place: Span) -> Result<Read, LoadError> {
    let loader = machine.host.loader.clone();
    let name_at_root = loader.root().join(name);
    let at_root = loader.find(None, &name_at_root.to_string_lossy());
    match (loader.find(entry, name), at_root) {
        (Err(LoadError::NotFound), at_root) => loader.read(at_root?),
        (beside, at_root) => {
            let beside = beside?;
            if let Some(other) = at_root.ok().filter(|other| other.path != beside.path) {
                let (used, other) = (beside.path.display(), other.path.display());
                let message = format!("`{used}` is opened, but there is also `{other}`");
                let help = "open() looks beside the entry file first, and then at the root";
                machine.warn(&TWO_FILES, place, message, help);
            }
            loader.read(beside)
        }
    }
}

/// What `with context as name` binds.
pub(super) fn entered(context: &Value) -> Eval {
    if context.downcast::<File>().is_some() {
        return Ok(context.clone());
    }
    let message = format!("`with` works with open(...) only, not with {}", crate::python::params::a(context));
    Err(Fault::new("AttributeError", &NOT_AVAILABLE, message))
}

impl File {
    fn check_open(&self) -> Result<(), Fault> {
        if self.closed.get() { Err(Fault::value_error("the file is closed")) } else { Ok(()) }
    }

    /// The rest of the text.
    fn rest(&self) -> &str {
        self.text.as_str().get(self.at.get()..).unwrap_or_default()
    }

    /// At most this number of bytes, ending at a character boundary.
    fn read(&self, most: usize) -> Text {
        let start = self.at.get();
        let mut end = start + self.rest().len().min(most);
        while !self.text.as_str().is_char_boundary(end) {
            end += 1;
        }
        self.at.set(end);
        self.text.slice(start..end)
    }

    /// The next line with its end.
    fn line(&self) -> Option<Text> {
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        let length = rest.find('\n').map_or(rest.len(), |i| i + 1);
        Some(self.read(length))
    }
}

impl Native for File {
    fn type_name(&self) -> &str {
        "file"
    }

    fn display(&self) -> String {
        format!("<open file '{}'>", self.name.as_str())
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self, _vm: &mut dyn Vm) -> Option<Result<Option<Value>, Fault>> {
        Some(self.check_open().map(|()| self.line().map(Value::Str)))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "name" => Some(Value::Str(self.name.clone())),
            "closed" => Some(Value::Bool(self.closed.get())),
            _ => None,
        }
    }

    fn methods(&self) -> Table {
        METHODS
    }

    fn names(&self) -> Vec<&str> {
        vec!["name"]
    }
}

const METHODS: Table = builtins![
    read(self, size = -1) Scan(0) => read,
    readline(self) Constant => |_, file: Rc<File>| {
        file.check_open()?;
        Ok(file.line().map_or_else(|| Value::str(""), Value::Str))
    },
    readlines(self) Metered => read_lines,
    close(self) Constant => |_, file: Rc<File>| {
        file.check_open()?;
        file.closed.set(true);
        Ok(Value::None)
    },
];

fn read(_: &mut dyn Vm, file: Rc<File>, size: OrNone<i64>) -> Eval {
    file.check_open()?;
    Ok(Value::Str(file.read(usize::try_from(size.0.unwrap_or(-1)).unwrap_or(usize::MAX))))
}

fn read_lines(vm: &mut dyn Vm, file: Rc<File>) -> Eval {
    file.check_open()?;
    let mut lines = Vec::new();
    while let Some(line) = file.line() {
        lines.push(Value::Str(line));
        if lines.len() > vm.budgets().items {
            break;
        }
    }
    vm.charge_items(lines.len())?;
    Ok(Value::list(lines))
}
