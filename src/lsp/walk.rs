//! Every node of a tree, in the order of the source.

use crate::syntax::ast::{Arg, Comprehension, Expr, ExprKind, FPart, Function, Stmt, StmtKind};

/// A node of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'t> {
    /// A statement.
    Stmt(&'t Stmt),
    /// An expression.
    Expr(&'t Expr),
    /// A `def` or a lambda.
    Function(&'t Function),
}

/// Calls `see` for every node, parents before their parts.
pub(super) fn walk<'t>(body: &'t [Stmt], see: &mut dyn FnMut(Node<'t>)) {
    body.iter().for_each(|stmt| statement(stmt, see));
}

fn all<'t>(exprs: impl IntoIterator<Item = &'t Expr>, see: &mut dyn FnMut(Node<'t>)) {
    exprs.into_iter().for_each(|expr| expression(expr, see));
}

/// The statement, its expressions and its blocks.
pub(super) fn statement<'t>(stmt: &'t Stmt, see: &mut dyn FnMut(Node<'t>)) {
    see(Node::Stmt(stmt));
    match &stmt.kind {
        StmtKind::Expr(value) => expression(value, see),
        StmtKind::Assign { targets, value } => all(targets.iter().chain([value]), see),
        StmtKind::AugAssign { target, value, .. } => all([target, value], see),
        StmtKind::AnnAssign { target, value } => all([target].into_iter().chain(value), see),
        StmtKind::If { test, body, orelse } | StmtKind::While { test, body, orelse } => {
            expression(test, see);
            walk(body, see);
            walk(orelse, see);
        }
        StmtKind::For { target, iter, body, orelse } => {
            all([target, iter], see);
            walk(body, see);
            walk(orelse, see);
        }
        StmtKind::FunctionDef(function) => self::function(function, see),
        StmtKind::ClassDef { bases, body, .. } => {
            arguments(bases, see);
            walk(body, see);
        }
        StmtKind::Return(value) => all(value, see),
        StmtKind::Delete(values) | StmtKind::Print(values) => all(values, see),
        StmtKind::Assert { test, message } => all([test].into_iter().chain(message), see),
        StmtKind::Raise { value, cause } => all(value.iter().chain(cause), see),
        StmtKind::Try { body, handlers, orelse, finally } => {
            walk(body, see);
            for handler in handlers {
                all(&handler.kind, see);
                walk(&handler.body, see);
            }
            walk(orelse, see);
            walk(finally, see);
        }
        StmtKind::With { items, body } => {
            items.iter().for_each(|item| all([&item.context].into_iter().chain(&item.target), see));
            walk(body, see);
        }
        StmtKind::Import(_)
        | StmtKind::ImportFrom { .. }
        | StmtKind::Global(_)
        | StmtKind::Nonlocal(_)
        | StmtKind::Pass
        | StmtKind::Break
        | StmtKind::Continue => {}
    }
}

fn function<'t>(function: &'t Function, see: &mut dyn FnMut(Node<'t>)) {
    see(Node::Function(function));
    for parameter in &function.parameters {
        all(parameter.default.iter().chain(&parameter.unpack), see);
    }
    walk(&function.body, see);
}

fn arguments<'t>(args: &'t [Arg], see: &mut dyn FnMut(Node<'t>)) {
    all(args.iter().map(|arg| &arg.value), see);
}

/// The expression and its parts.
pub(super) fn expression<'t>(expr: &'t Expr, see: &mut dyn FnMut(Node<'t>)) {
    see(Node::Expr(expr));
    match &expr.kind {
        ExprKind::Lambda(function) => self::function(function, see),
        _ => parts(expr, &mut |part| expression(part, see)),
    }
}

/// Calls `see` for the expressions directly inside one; not for those of a lambda.
pub(super) fn parts<'t>(expr: &'t Expr, see: &mut dyn FnMut(&'t Expr)) {
    match &expr.kind {
        ExprKind::None
        | ExprKind::Bool(_)
        | ExprKind::Int(_)
        | ExprKind::BigInt(_)
        | ExprKind::Float(_)
        | ExprKind::Str(_)
        | ExprKind::Name(_)
        | ExprKind::Ellipsis
        | ExprKind::Lambda(_) => {}
        ExprKind::FString(parts) => fstring(parts, see),
        ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => items.iter().for_each(see),
        ExprKind::Dict(items) => items.iter().for_each(|(k, v)| k.iter().chain([v]).for_each(&mut *see)),
        ExprKind::Starred(inner) | ExprKind::Repr(inner) => see(inner),
        ExprKind::ListComp { element, generators } | ExprKind::SetComp { element, generators } => {
            see(element);
            comprehension(generators, see);
        }
        ExprKind::DictComp { key, value, generators } => {
            [&**key, value].into_iter().for_each(&mut *see);
            comprehension(generators, see);
        }
        ExprKind::GeneratorExp(generator) => {
            see(&generator.element);
            comprehension(&generator.generators, see);
        }
        ExprKind::Unary { operand, .. } => see(operand),
        ExprKind::Binary { left, right, .. } | ExprKind::And(left, right) | ExprKind::Or(left, right) => {
            [&**left, right].into_iter().for_each(see);
        }
        ExprKind::Compare { left, rest } => {
            [&**left].into_iter().chain(rest.iter().map(|(_, right)| right)).for_each(see);
        }
        ExprKind::IfExp { test, body, orelse } => [&**body, test, orelse].into_iter().for_each(see),
        ExprKind::Call { function, args } => {
            [&**function].into_iter().chain(args.iter().map(|arg| &arg.value)).for_each(see);
        }
        ExprKind::Attribute { value, .. } => see(value),
        ExprKind::Subscript { value, index } => [&**value, index].into_iter().for_each(see),
        ExprKind::Slice { lower, upper, step } => {
            [lower, upper, step].into_iter().flatten().for_each(|part| see(part));
        }
        ExprKind::Walrus { value, .. } => see(value),
    }
}

fn comprehension<'t>(generators: &'t [Comprehension], see: &mut dyn FnMut(&'t Expr)) {
    for generator in generators {
        let targets = [&generator.target, &generator.iter];
        targets.into_iter().chain(&generator.ifs).for_each(&mut *see);
    }
}

fn fstring<'t>(parts: &'t [FPart], see: &mut dyn FnMut(&'t Expr)) {
    for part in parts {
        if let FPart::Field { value, spec, .. } = part {
            see(value);
            fstring(spec, see);
        }
    }
}
