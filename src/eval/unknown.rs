//! What to say about a name that nothing defines.

use super::machine::Machine;
use super::{ambient, exception, imports, recover};
use crate::diagnostics::codes::eval::{NOT_AVAILABLE, UNKNOWN_NAME};
use crate::diagnostics::{Diagnostic, MAX_KEPT, meant, nearest};
use crate::python::builtins;
use crate::source::Span;
use crate::syntax::ast::{Comprehension, Expr, ExprKind, Stmt, StmtKind};
use crate::syntax::visit::{self, Visitor};
use crate::template::value::Fault;

/// Names of Python, or of other languages, and what to write instead.
const OTHER_WORDS: &[(&str, &str, &str)] = &[
    ("true", "", "write `True`"),
    ("false", "", "write `False`"),
    ("none", "", "write `None`"),
    ("null", "", "write `None`, or `Empty` for a field without a value"),
    ("nil", "", "write `None`, or `Empty` for a field without a value"),
    ("undefined", "", "write `Empty` for a field without a value"),
    (
        "Packer",
        "",
        "it belonged to Twitter's own Aurora: fetch the package in a process, with `curl` for example",
    ),
    ("JVMProcess", "", "it belonged to Twitter's own Aurora: write Process(name='...', cmdline='java ...')"),
    ("Stats", "", "it belonged to Twitter's own Aurora: leave it out"),
    ("jobs", "", "`jobs` is used before it exists: begin with jobs = []"),
    ("executors", "", "`executors` is used before it exists: begin with executors = []"),
    ("Str", "", "write `String`"),
    ("Int", "", "write `Integer`"),
    ("Bool", "", "write `Boolean`"),
    ("Number", "", "write `Integer` or `Float`"),
    ("Dict", "", "write `Map`, such as Map(String, String)"),
    (
        "__file__",
        "a job file does not know its own path",
        "include() is relative to the file it stands in already",
    ),
];

/// The fault for a name that nothing defines; silent where a file that could define it was not read as a whole.
pub(super) fn name(machine: &mut Machine, name: &str, span: Span) -> Fault {
    let is_later = bound_later(machine, name, span).is_some();
    let other = OTHER_WORDS.iter().find(|(word, ..)| *word == name && !is_later);
    if let Some((_, why, help)) = other {
        let fault = match *why {
            "" => Fault::name_error(format!("`{name}` is not defined")),
            why => Fault::new("NameError", &NOT_AVAILABLE, format!("there is no `{name}` here: {why}")),
        };
        return fault.map(|d| capital(d, name, span, help));
    }
    if machine.report.incomplete && machine.guards == 0 {
        return recover::poisoned();
    }
    let in_function = machine.frame.layout.is_some() && machine.frame.class.is_none();
    let global = if in_function { "global " } else { "" };
    let fault = Fault::new("NameError", &UNKNOWN_NAME, format!("`{name}` is not defined"))
        .python(format!("{global}name '{name}' is not defined"));
    if let Some(known) = machine.unknown_names.get(&span) {
        return fault.map(|_| known.clone());
    }
    // Each piece of advice looks through all that the files define, so what nobody would be shown goes without.
    if machine.unknown_names.len() >= MAX_KEPT {
        return fault;
    }
    let fault = fault.map(|d| advised(machine, d, name, span));
    machine.unknown_names.insert(span, (*fault.diagnostic).clone());
    fault
}

/// Adds what the name may have been meant to be.
fn advised(machine: &Machine, d: Diagnostic, name: &str, span: Span) -> Diagnostic {
    if let Some(place) = bound_later(machine, name, span) {
        return d
            .here("not defined yet")
            .label(place, "defined only here")
            .help("a file runs from top to bottom: move the definition above the first use");
    }
    if let Some(place) = included_later(machine, name, span) {
        return d
            .here("not defined yet")
            .label(place, "a file that is included only here defines it")
            .help("include that file before the first use");
    }
    if let Some(place) = comprehension_variable(machine, name) {
        return d
            .label(place, format!("this `{name}` is known inside the brackets only"))
            .note("only the variables of list comprehensions stay after them");
    }
    if imports::is_module(name) {
        return d
            .here("this is a module that is not imported")
            .help(format!("`{name}` is a module that has to be imported: write `import {name}`"));
    }
    match near(machine, name) {
        Some(near) => {
            d.here(format!("did you mean `{near}`?")).suggest(span, near.clone(), format!("write `{near}`"))
        }
        None => d.here("nothing defines this name"),
    }
}

fn capital(d: Diagnostic, name: &str, span: Span, help: &str) -> Diagnostic {
    match name {
        "true" => d.at(span).meant(name, "True"),
        "false" => d.at(span).meant(name, "False"),
        "none" => d.at(span).meant(name, "None"),
        "Str" => d.at(span).meant(name, "String"),
        "Int" => d.at(span).meant(name, "Integer"),
        "Bool" => d.at(span).meant(name, "Boolean"),
        _ => d.help(help),
    }
}

fn near(machine: &Machine, name: &str) -> Option<String> {
    // Names that are always present come first, since only a bounded number is compared.
    let mut names = ambient::all_names();
    names.extend(builtins::names());
    names.extend(exception::class_names());
    names.extend(["True", "False", "None"]);
    let locals = machine.frame.layout().into_iter().flat_map(|layout| layout.names());
    let bound = locals.chain(machine.globals.iter().map(|(name, _)| name)).map(|name| &**name);
    let names: Vec<&str> = names.into_iter().chain(bound).collect();
    let capital = name.starts_with(|c: char| c.is_ascii_uppercase());
    // A type may be called by a part of its name, or as another tool calls it.
    let types = names.iter().copied().filter(|_| capital);
    nearest(name, names.iter().copied()).or_else(|| meant(name, types)).map(str::to_string)
}

/// Where a later statement of the files that run now defines the name at the top level.
fn bound_later(machine: &Machine, name: &str, span: Span) -> Option<Span> {
    for file in machine.executing.iter().rev() {
        let module = file.code.module();
        for stmt in &module.body {
            let mut found = false;
            visit::bound_names(stmt, &mut |n| found |= **n == *name);
            let after = stmt.span.file != span.file || stmt.span.start > span.start;
            if found && after {
                return Some(stmt.span);
            }
        }
    }
    None
}

/// The later include() of a file that defines the name at its top level.
fn included_later(machine: &Machine, name: &str, span: Span) -> Option<Span> {
    for file in machine.executing.iter().rev() {
        let later = |s: &&Stmt| s.span.file != span.file || s.span.start > span.start;
        for stmt in file.code.module().body.iter().filter(later) {
            let Some(target) = included_name(stmt) else { continue };
            let loaded = machine.load(Some(&file.code.path), target);
            if loaded.is_ok_and(|code| defines(&code.module().body, name)) {
                return Some(stmt.span);
            }
        }
    }
    None
}

/// The file that a statement `include('name')` names.
fn included_name(stmt: &Stmt) -> Option<&str> {
    let StmtKind::Expr(Expr { kind: ExprKind::Call { function, args }, .. }) = &stmt.kind else {
        return None;
    };
    let is_include = matches!(&function.kind, ExprKind::Name(n) if &**n == "include");
    match args.first().map(|a| &a.value.kind) {
        Some(ExprKind::Str(literal)) if is_include => Some(&literal.text),
        _ => None,
    }
}

fn defines(body: &[Stmt], name: &str) -> bool {
    let mut found = false;
    for stmt in body {
        visit::bound_names(stmt, &mut |n| found |= **n == *name);
    }
    found
}

/// Where a comprehension of the current file has a variable of this name.
fn comprehension_variable(machine: &Machine, name: &str) -> Option<Span> {
    let mut finder = Finder { name, found: None };
    finder.statements(&machine.frame.code.module().body);
    finder.found
}

struct Finder<'a> {
    name: &'a str,
    found: Option<Span>,
}

impl Finder<'_> {
    fn look(&mut self, generators: &[Comprehension]) {
        for generator in generators {
            let mut found = false;
            visit::target_names(&generator.target, &mut |n| found |= **n == *self.name);
            if found && self.found.is_none() {
                self.found = Some(generator.target.span);
            }
        }
    }
}

impl Visitor for Finder<'_> {
    fn statement(&mut self, stmt: &Stmt) {
        visit::statement(self, stmt);
    }

    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::SetComp { generators, .. } | ExprKind::DictComp { generators, .. } => {
                self.look(generators)
            }
            ExprKind::GeneratorExp(node) => self.look(&node.generators),
            _ => {}
        }
        visit::expression(self, expr);
    }
}
