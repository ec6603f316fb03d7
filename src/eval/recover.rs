//! How evaluation goes on after a mistake.
//!
//! A statement at the top level of a file that fails is reported, and the names it would have bound are poisoned:
//! whatever reads them fails silently, so that one mistake gives one diagnostic.

use super::frame::Placed;
use super::machine::Machine;
use crate::diagnostics::codes::budget::{OBJECT_DEPTH, TEMPLATE_SIZE};
use crate::diagnostics::codes::eval::UNKNOWN_NAME;
use crate::diagnostics::codes::files::CANCELLED;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Name, Stmt, StmtKind};
use crate::syntax::visit;
use crate::template::value::{Fault, Native, Value};

/// What a name is bound to after the statement that should have bound it failed.
#[derive(Debug)]
struct Poison;

impl Native for Poison {
    fn type_name(&self) -> &str {
        "poison"
    }

    fn display(&self) -> String {
        "<the result of a statement that failed>".to_string()
    }
}

/// Whether a value stands for the result of a statement that failed, which has been reported already.
pub fn is_poison(value: &Value) -> bool {
    value.downcast::<Poison>().is_some()
}

const SILENT: &str = "Poison";

/// The fault of touching the result of a statement that failed: it is not reported again.
pub(super) fn poisoned() -> Fault {
    Fault::new(SILENT, &UNKNOWN_NAME, "this depends on a statement that failed")
}

/// The fault that ends the run after the last mistake that is reported.
pub(super) fn enough() -> Fault {
    Fault::new(SILENT, &CANCELLED, "no more mistakes are reported")
}

/// Whether a fault is only the consequence of one that was reported.
pub(super) fn is_silent(fault: &Fault) -> bool {
    fault.exception == SILENT
}

/// Whether a fault ends the run: a budget is used up. The program cannot catch it.
pub(super) fn is_final(fault: &Fault) -> bool {
    let code: &'static Code = fault.diagnostic.code;
    fault.exception == "Budget" || [&OBJECT_DEPTH, &TEMPLATE_SIZE, &CANCELLED].iter().any(|c| c.id == code.id)
}

/// The number of mistakes that are kept of those found together. More would help nobody.
const MAX_TOGETHER: usize = 100;

/// Two faults as one; the one that says something comes first. A mistake that is known already is not kept again.
pub(super) fn together(first: Option<Fault>, second: Fault) -> Fault {
    let Some(mut first) = first else { return second };
    if is_silent(&first) && !is_silent(&second) {
        let mut second = second;
        second.others.extend(first.others);
        return second;
    }
    let says_something = !is_silent(&second);
    let found = says_something.then_some(*second.diagnostic).into_iter().chain(second.others);
    for diagnostic in found {
        let same = |d: &Diagnostic| d.code.id == diagnostic.code.id && d.primary == diagnostic.primary;
        let known = same(&first.diagnostic) || first.others.iter().any(same);
        if !known && first.others.len() < MAX_TOGETHER {
            first.others.push(diagnostic);
        }
    }
    first
}

/// The same fault with every diagnostic of it changed.
pub(super) fn annotated(mut fault: Fault, change: impl Fn(Diagnostic) -> Diagnostic) -> Fault {
    fault.others = fault.others.into_iter().map(&change).collect();
    fault.map(change)
}

/// Calls and includes shown as labels; the rest is counted in a note.
const MAX_STEPS_SHOWN: usize = 4;

/// Adds a step of the way that led to a mistake, such as a call.
pub(super) fn with_step(fault: Fault, span: Span, words: &str) -> Fault {
    annotated(fault, |d| {
        let known = d.primary == span || d.labels.iter().any(|l| l.span == span);
        if known || d.labels.len() >= MAX_STEPS_SHOWN { d } else { d.label(span, words) }
    })
}

impl Machine {
    /// Reports a fault.
    pub(super) fn record(&mut self, fault: Fault) {
        self.report.failed = true;
        let main = (!is_silent(&fault)).then_some(*fault.diagnostic);
        for diagnostic in main.into_iter().chain(fault.others) {
            let diagnostic = self.with_includes(diagnostic);
            self.report.add(diagnostic);
        }
    }

    /// Labels the includes that led to where the program is now.
    pub(super) fn with_includes(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        for step in self.executing.iter().rev().filter(|e| !e.included_at.is_none()) {
            let known = diagnostic.labels.iter().any(|l| l.span == step.included_at);
            if known || diagnostic.primary == step.included_at {
                continue;
            }
            if diagnostic.labels.len() >= MAX_STEPS_SHOWN {
                break;
            }
            diagnostic = diagnostic.label(step.included_at, "included here");
        }
        diagnostic
    }

    /// Whether the program may go on after a mistake in the current statement: it stands at the top level of a file,
    /// and no `try` waits for errors.
    pub(super) fn recovers(&self) -> bool {
        self.guards == 0 && self.frame.layout.is_none()
    }

    /// Poisons the names that a statement would have bound or changed.
    pub(super) fn poison(&mut self, stmt: &Stmt) {
        let value = Value::native(Poison);
        let mut names: Vec<Name> = Vec::new();
        changed_names(stmt, &mut names);
        for name in names {
            let held = Placed { value: value.clone(), place: Span::NONE };
            self.globals.set(&name, held, stmt.span);
        }
    }
}

/// The names that a statement, and those inside it, bind, or whose values they change.
fn changed_names(stmt: &Stmt, names: &mut Vec<Name>) {
    visit::bound_names(stmt, &mut |name| names.push(name.clone()));
    match &stmt.kind {
        StmtKind::Assign { targets, .. } => {
            // `a.b = c` changes nothing: it is always rejected.
            let changing = targets.iter().filter(|t| !matches!(t.kind, ExprKind::Attribute { .. }));
            changing.for_each(|t| base_name(t, names));
        }
        StmtKind::AugAssign { target, .. } => base_name(target, names),
        StmtKind::Expr(Expr { kind: ExprKind::Call { function, .. }, .. }) => {
            if let ExprKind::Attribute { value, .. } = &function.kind {
                base_name(value, names);
            }
        }
        _ => {}
    }
    for body in bodies(stmt) {
        body.iter().for_each(|s| changed_names(s, names));
    }
}

/// The name at the root of `a[i].b`.
fn base_name(expr: &Expr, names: &mut Vec<Name>) {
    match &expr.kind {
        ExprKind::Name(name) => names.push(name.clone()),
        ExprKind::Subscript { value, .. } | ExprKind::Attribute { value, .. } => base_name(value, names),
        _ => {}
    }
}

/// The statements inside a compound statement, other than functions and classes.
fn bodies(stmt: &Stmt) -> Vec<&[Stmt]> {
    match &stmt.kind {
        StmtKind::If { body, orelse, .. }
        | StmtKind::For { body, orelse, .. }
        | StmtKind::While { body, orelse, .. } => vec![body, orelse],
        StmtKind::With { body, .. } => vec![body],
        StmtKind::Try { body, handlers, orelse, finally } => {
            let mut all: Vec<&[Stmt]> = vec![body, orelse, finally];
            all.extend(handlers.iter().map(|h| h.body.as_slice()));
            all
        }
        _ => Vec::new(),
    }
}
