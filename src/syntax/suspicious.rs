//! What a tree shows to be a mistake before it runs: references that an f-string or `.format()` takes the braces of, and
//! a list of jobs that replaces another one.

use super::ast::{Expr, ExprKind, FPart, Module, Stmt, StmtKind, StrLiteral};
use super::visit::{self, Visitor};
use crate::common::is_reference;
use crate::diagnostics::Diagnostic;
use crate::lints::syntax::{EATEN_REFERENCE, REPLACED_JOBS};
use crate::source::Span;

/// Lints of each kind that are kept for a file.
const MAX_LINTS: usize = 20;

/// The lints of a file's statements.
pub(super) fn lints(module: &Module) -> Vec<Diagnostic> {
    let mut finder = Finder::default();
    finder.statements(&module.body);
    finder.found.extend(replaced_jobs(&module.body));
    finder.found
}

#[derive(Default)]
struct Finder {
    found: Vec<Diagnostic>,
}

impl Visitor for Finder {
    fn statement(&mut self, stmt: &Stmt) {
        visit::statement(self, stmt);
    }

    fn expression(&mut self, expr: &Expr) {
        if self.found.len() < MAX_LINTS {
            match &expr.kind {
                ExprKind::FString(parts) => self.fstring(parts),
                ExprKind::Call { function, .. } => self.call(function),
                _ => {}
            }
        }
        visit::expression(self, expr);
    }
}

impl Finder {
    /// In an f-string, `{{` is the character `{`.
    fn fstring(&mut self, parts: &[FPart]) {
        for part in parts {
            let FPart::Text(literal) = part else { continue };
            if let Some(name) = braced(&literal.text, "{", "}") {
                self.tell("an f-string", name, place(literal));
            }
        }
    }

    /// `'...'.format()`, for which it is so, too.
    fn call(&mut self, function: &Expr) {
        if let ExprKind::Attribute { value, name } = &function.kind
            && &*name.name == "format"
            && let ExprKind::Str(literal) = &value.kind
            && let Some(name) = braced(&literal.text, "{{", "}}")
        {
            self.tell(".format()", name, place(literal));
        }
    }

    fn tell(&mut self, who: &str, name: &str, span: Span) {
        let message = format!("{who} makes `{{{name}}}` of `{{{{{name}}}}}`, which is then not a reference");
        let d = Diagnostic::warning(&EATEN_REFERENCE, span, message);
        self.found.push(d.help(format!("double each brace again: {{{{{{{{{name}}}}}}}}}")));
    }
}

fn place(literal: &StrLiteral) -> Span {
    let places = literal.runs.iter().map(|run| run.source);
    places.reduce(Span::to).unwrap_or(Span::NONE)
}

/// The first reference of the language that stands between exactly these braces.
fn braced<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    text.match_indices(open).find_map(|(at, _)| {
        let (before, rest) = (&text[..at], &text[at + open.len()..]);
        let end = rest.find(close)?;
        let alone = !before.ends_with(['{', '$']) && !rest[end + close.len()..].starts_with('}');
        Some(&rest[..end]).filter(|name| alone && is_reference(name))
    })
}

/// An assignment to `jobs` of a list that nothing has read when the next one replaces it.
fn replaced_jobs(body: &[Stmt]) -> Option<Diagnostic> {
    let mut first: Option<&Expr> = None;
    for stmt in body {
        if let StmtKind::Assign { targets, value } = &stmt.kind
            && let [target @ Expr { kind: ExprKind::Name(name), .. }] = &targets[..]
            && &**name == "jobs"
            && !Mentions::find(|m| m.expression(value))
        {
            if let Some(lost) = first {
                let message = "this list of jobs replaces the one before, whose jobs are lost";
                let d = Diagnostic::warning(&REPLACED_JOBS, target.span, message)
                    .label(lost.span, "the lost list");
                return Some(d.help("add to the list: jobs = jobs + [...]"));
            }
            // An empty list is only the beginning.
            let is_empty = matches!(&value.kind, ExprKind::List(items) if items.is_empty());
            first = (!is_empty).then_some(target);
        } else if Mentions::find(|m| m.statement(stmt)) {
            first = None;
        }
    }
    None
}

/// Whether something names `jobs`, or may reach it in another way.
#[derive(Default)]
struct Mentions(bool);

impl Mentions {
    fn find(look: impl FnOnce(&mut Mentions)) -> bool {
        let mut mentions = Mentions::default();
        look(&mut mentions);
        mentions.0
    }
}

impl Visitor for Mentions {
    fn statement(&mut self, stmt: &Stmt) {
        visit::statement(self, stmt);
    }

    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Name(name) = &expr.kind {
            self.0 |= matches!(&**name, "jobs" | "globals" | "locals" | "vars" | "include");
        }
        visit::expression(self, expr);
    }
}
