//! Walking a syntax tree, for what must be known before it runs.

use super::ast::{Comprehension, Expr, ExprKind, FPart, Function, ImportAlias, Name, Stmt, StmtKind};

/// Something that looks at every statement and expression. The free functions of this module go on to the children.
pub trait Visitor {
    /// Looks at a statement.
    fn statement(&mut self, stmt: &Stmt);
    /// Looks at an expression.
    fn expression(&mut self, expr: &Expr);

    /// Looks at statements in order.
    fn statements(&mut self, body: &[Stmt]) {
        body.iter().for_each(|s| self.statement(s));
    }
}

/// Looks at the parts of a statement.
pub fn statement<V: Visitor>(v: &mut V, stmt: &Stmt) {
    match &stmt.kind {
        StmtKind::Expr(value) => v.expression(value),
        StmtKind::Assign { targets, value } => {
            v.expression(value);
            targets.iter().for_each(|t| v.expression(t));
        }
        StmtKind::AugAssign { target, value, .. } => {
            v.expression(target);
            v.expression(value);
        }
        StmtKind::AnnAssign { target, value } => {
            value.iter().for_each(|e| v.expression(e));
            v.expression(target);
        }
        StmtKind::If { test, body, orelse } | StmtKind::While { test, body, orelse } => {
            v.expression(test);
            v.statements(body);
            v.statements(orelse);
        }
        StmtKind::For { target, iter, body, orelse } => {
            v.expression(iter);
            v.expression(target);
            v.statements(body);
            v.statements(orelse);
        }
        StmtKind::FunctionDef(function) => self::function(v, function),
        StmtKind::ClassDef { bases, body, .. } => {
            bases.iter().for_each(|b| v.expression(&b.value));
            v.statements(body);
        }
        StmtKind::Return(value) => value.iter().for_each(|e| v.expression(e)),
        StmtKind::Delete(targets) => targets.iter().for_each(|t| v.expression(t)),
        StmtKind::Assert { test, message } => {
            v.expression(test);
            message.iter().for_each(|e| v.expression(e));
        }
        StmtKind::Raise { value, cause } => value.iter().chain(cause).for_each(|e| v.expression(e)),
        StmtKind::Try { body, handlers, orelse, finally } => {
            v.statements(body);
            for handler in handlers {
                handler.kind.iter().for_each(|e| v.expression(e));
                v.statements(&handler.body);
            }
            v.statements(orelse);
            v.statements(finally);
        }
        StmtKind::With { items, body } => {
            for item in items {
                v.expression(&item.context);
                item.target.iter().for_each(|t| v.expression(t));
            }
            v.statements(body);
        }
        StmtKind::Print(values) => values.iter().for_each(|e| v.expression(e)),
        StmtKind::Import(_)
        | StmtKind::ImportFrom { .. }
        | StmtKind::Global(_)
        | StmtKind::Nonlocal(_)
        | StmtKind::Pass
        | StmtKind::Break
        | StmtKind::Continue => {}
    }
}

fn function<V: Visitor>(v: &mut V, function: &Function) {
    for parameter in &function.parameters {
        parameter.default.iter().for_each(|d| v.expression(d));
        parameter.unpack.iter().for_each(|p| v.expression(p));
    }
    v.statements(&function.body);
}

/// Looks at the parts of an expression.
pub fn expression<V: Visitor>(v: &mut V, expr: &Expr) {
    match &expr.kind {
        ExprKind::None
        | ExprKind::Bool(_)
        | ExprKind::Int(_)
        | ExprKind::BigInt(_)
        | ExprKind::Float(_)
        | ExprKind::Str(_)
        | ExprKind::Name(_)
        | ExprKind::Ellipsis => {}
        ExprKind::FString(parts) => fstring(v, parts),
        ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => {
            items.iter().for_each(|e| v.expression(e));
        }
        ExprKind::Dict(items) => {
            for (key, value) in items {
                key.iter().for_each(|e| v.expression(e));
                v.expression(value);
            }
        }
        ExprKind::Starred(inner) | ExprKind::Repr(inner) => v.expression(inner),
        ExprKind::ListComp { element, generators } | ExprKind::SetComp { element, generators } => {
            comprehension(v, generators);
            v.expression(element);
        }
        ExprKind::GeneratorExp(node) => {
            comprehension(v, &node.generators);
            v.expression(&node.element);
        }
        ExprKind::DictComp { key, value, generators } => {
            comprehension(v, generators);
            v.expression(key);
            v.expression(value);
        }
        ExprKind::Unary { operand, .. } => v.expression(operand),
        ExprKind::Binary { left, right, .. } | ExprKind::And(left, right) | ExprKind::Or(left, right) => {
            v.expression(left);
            v.expression(right);
        }
        ExprKind::Compare { left, rest } => {
            v.expression(left);
            rest.iter().for_each(|(_, e)| v.expression(e));
        }
        ExprKind::IfExp { test, body, orelse } => {
            [test, body, orelse].into_iter().for_each(|e| v.expression(e));
        }
        ExprKind::Lambda(function) => self::function(v, function),
        ExprKind::Call { function, args } => {
            v.expression(function);
            args.iter().for_each(|a| v.expression(&a.value));
        }
        ExprKind::Attribute { value, .. } => v.expression(value),
        ExprKind::Subscript { value, index } => {
            v.expression(value);
            v.expression(index);
        }
        ExprKind::Slice { lower, upper, step } => {
            [lower, upper, step].into_iter().flatten().for_each(|e| v.expression(e));
        }
        ExprKind::Walrus { value, .. } => v.expression(value),
    }
}

fn comprehension<V: Visitor>(v: &mut V, generators: &[Comprehension]) {
    for generator in generators {
        v.expression(&generator.iter);
        v.expression(&generator.target);
        generator.ifs.iter().for_each(|e| v.expression(e));
    }
}

fn fstring<V: Visitor>(v: &mut V, parts: &[FPart]) {
    for part in parts {
        if let FPart::Field { value, spec, .. } = part {
            v.expression(value);
            fstring(v, spec);
        }
    }
}

/// The names that a statement itself binds: not those of statements inside it, nor of functions.
pub fn bound_names(stmt: &Stmt, found: &mut impl FnMut(&Name)) {
    match &stmt.kind {
        StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => {
            targets.iter().for_each(|t| target_names(t, found));
        }
        StmtKind::AugAssign { target, .. }
        | StmtKind::AnnAssign { target, .. }
        | StmtKind::For { target, .. } => target_names(target, found),
        StmtKind::FunctionDef(function) => found(&function.name.name),
        StmtKind::ClassDef { name, .. } => found(&name.name),
        StmtKind::With { items, .. } => {
            items.iter().filter_map(|i| i.target.as_ref()).for_each(|t| target_names(t, found));
        }
        StmtKind::Try { handlers, .. } => {
            handlers.iter().filter_map(|h| h.name.as_ref()).for_each(|n| found(&n.name));
        }
        StmtKind::Import(names) => {
            for name in names {
                found(&import_binding(name));
            }
        }
        StmtKind::ImportFrom { names, .. } => {
            names.iter().for_each(|n| found(&n.alias.as_ref().unwrap_or(&n.name).name));
        }
        _ => {}
    }
}

/// The name that one part of an `import` statement binds: the alias, or the first part of the dotted name.
pub fn import_binding(import: &ImportAlias) -> Name {
    match &import.alias {
        Some(alias) => alias.name.clone(),
        None => import.name.name.split('.').next().unwrap_or_default().into(),
    }
}

/// The names in an assignment target.
pub fn target_names(target: &Expr, found: &mut impl FnMut(&Name)) {
    match &target.kind {
        ExprKind::Name(name) => found(name),
        ExprKind::Tuple(items) | ExprKind::List(items) => {
            items.iter().for_each(|t| target_names(t, found));
        }
        ExprKind::Starred(inner) => target_names(inner, found),
        _ => {}
    }
}
