//! Statements: dispatch, control flow, and going on after a mistake at the top level.

use super::machine::Machine;
use super::place::written_items;
use super::{lints, recover};
use crate::diagnostics::codes::eval::RAISED;
use crate::python::iterate;
use crate::syntax::ast::{Expr, Stmt, StmtKind, WithItem};
use crate::template::value::{Fault, Value, Vm};

/// How a statement ends.
#[derive(Debug)]
pub(super) enum Flow {
    /// The next statement follows.
    Next,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `return value`
    Return(Value),
}

impl Machine {
    /// Runs statements in order. At the top level of a file, a mistake ends its statement only.
    pub(super) fn block(&mut self, body: &[Stmt]) -> Result<Flow, Fault> {
        for stmt in body {
            match self.statement(stmt) {
                Ok(Flow::Next) => {
                    if !self.damaged.is_empty() && self.damaged.contains(&stmt.span) {
                        self.poison(stmt);
                    }
                }
                Ok(flow) => return Ok(flow),
                Err(fault) if self.recovers() && !recover::is_final(&fault) => {
                    self.record(fault);
                    if self.report.is_full() {
                        return Err(recover::enough());
                    }
                    self.poison(stmt);
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(Flow::Next)
    }

    fn statement(&mut self, stmt: &Stmt) -> Result<Flow, Fault> {
        self.charge(1).map_err(|f| f.at(stmt.span))?;
        self.dispatch(stmt).map_err(|f| f.at(stmt.span))
    }

    fn dispatch(&mut self, stmt: &Stmt) -> Result<Flow, Fault> {
        match &stmt.kind {
            StmtKind::Expr(value) => {
                let result = self.eval(value)?;
                lints::unused_result(self, value, &result);
            }
            StmtKind::Assign { targets, value } => self.assignment(targets, value)?,
            StmtKind::AugAssign { target, op, value, .. } => self.augmented(*op, target, value)?,
            StmtKind::AnnAssign { target, value } => {
                if let Some(value) = value {
                    self.assignment(std::slice::from_ref(target), value)?;
                }
            }
            StmtKind::If { test, body, orelse } => {
                let chosen = if self.condition(test)? { body } else { orelse };
                return self.block(chosen);
            }
            StmtKind::For { target, iter, body, orelse } => return self.for_loop(target, iter, body, orelse),
            StmtKind::While { test, body, orelse } => return self.while_loop(test, body, orelse),
            StmtKind::FunctionDef(function) => {
                let value = self.make_function(function)?;
                self.bind_name(&function.name.name, value, function.name.span);
            }
            StmtKind::ClassDef { name, bases, body } => self.define_class(stmt, name, bases, body)?,
            StmtKind::Return(value) => {
                let value = value.as_ref().map_or(Ok(Value::None), |e| self.eval(e))?;
                return Ok(Flow::Return(value));
            }
            StmtKind::Delete(targets) => targets.iter().try_for_each(|t| self.delete(t))?,
            StmtKind::Assert { test, message } => self.assertion(test, message.as_ref())?,
            StmtKind::Raise { value, .. } => return Err(self.raise(value.as_ref(), stmt.span)),
            StmtKind::Try { body, handlers, orelse, finally } => {
                return self.try_statement(body, handlers, orelse, finally);
            }
            StmtKind::With { items, body } => return self.with_statement(items, body),
            StmtKind::Import(names) => self.import(names)?,
            StmtKind::ImportFrom { module, names, star } => self.import_from(module, names, *star)?,
            StmtKind::Break => return Ok(Flow::Break),
            StmtKind::Continue => return Ok(Flow::Continue),
            StmtKind::Print(values) => {
                for value in values {
                    self.eval(value)?;
                }
            }
            StmtKind::Global(_) | StmtKind::Nonlocal(_) | StmtKind::Pass => {}
        }
        Ok(Flow::Next)
    }

    fn for_loop(
        &mut self,
        target: &Expr,
        iter: &Expr,
        body: &[Stmt],
        orelse: &[Stmt],
    ) -> Result<Flow, Fault> {
        let source = self.eval(iter)?;
        let mut walk = iterate::iterate(&source).map_err(|f| f.at(iter.span))?;
        self.order.place = iter.span;
        let written = written_items(Some(iter));
        let mut count = 0;
        while let Some(item) = walk.next(self).map_err(|f| f.at(iter.span))? {
            self.assign(target, item, written.and_then(|written| written.get(count)))?;
            count += 1;
            match self.block(body)? {
                Flow::Next | Flow::Continue => {}
                Flow::Break => return Ok(Flow::Next),
                Flow::Return(value) => return Ok(Flow::Return(value)),
            }
        }
        self.block(orelse)
    }

    /// A mistake inside ends the whole loop: what it tests may never change after one.
    fn while_loop(&mut self, test: &Expr, body: &[Stmt], orelse: &[Stmt]) -> Result<Flow, Fault> {
        self.guards += 1;
        let result = self.while_rounds(test, body);
        self.guards -= 1;
        match result? {
            Flow::Next => self.block(orelse),
            Flow::Break => Ok(Flow::Next),
            flow => Ok(flow),
        }
    }

    fn while_rounds(&mut self, test: &Expr, body: &[Stmt]) -> Result<Flow, Fault> {
        while self.condition(test)? {
            self.charge(1)?;
            match self.block(body)? {
                Flow::Next | Flow::Continue => {}
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }

    fn assertion(&mut self, test: &Expr, message: Option<&Expr>) -> Result<(), Fault> {
        if self.condition(test)? {
            return Ok(());
        }
        let mut words = String::new();
        let mut args = Vec::new();
        if let Some(message) = message {
            let value = self.eval(message)?;
            args.push(value.clone());
            words.push_str(crate::python::format::to_text(self, &value)?.as_str());
        }
        if words.trim().is_empty() {
            words = "an assertion does not hold".to_string();
        }
        let fault = Fault::new("AssertionError", &RAISED, words).args(args);
        Err(fault.at(test.span).map(|d| d.here("this does not hold")))
    }

    fn with_statement(&mut self, items: &[WithItem], body: &[Stmt]) -> Result<Flow, Fault> {
        for item in items {
            let context = self.eval(&item.context)?;
            let value = super::files::entered(&context).map_err(|f| f.at(item.context.span))?;
            if let Some(target) = &item.target {
                self.assign(target, value, None)?;
            }
        }
        self.block(body)
    }
}
