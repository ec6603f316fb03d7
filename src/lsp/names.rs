//! Which uses of a name mean the same variable, as far as the text tells.

use std::collections::HashSet;

use crate::source::Span;
use crate::syntax::ast::{
    Arg, ArgKind, Comprehension, Expr, ExprKind, FPart, Function, ImportAlias, Module, Name, Parameter, Stmt,
    StmtKind,
};

/// What is done with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It gets a value: an assignment, a `def`, a parameter, an import.
    Bind,
    /// It is read.
    Use,
}

/// A place where a name is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// The name.
    pub(super) name: Name,
    /// Where it is written.
    pub(super) span: Span,
    /// What is done with it.
    pub(super) role: Role,
    /// The scope that its variable is in; 0 is the one that a file and its includes share.
    pub(super) scope: usize,
}

/// A scope: the file, a function, a class or a comprehension.
#[derive(Debug, Default)]
struct Scope {
    parent: usize,
    is_class: bool,
    bound: HashSet<Name>,
    globals: HashSet<Name>,
    outer: HashSet<Name>,
}

/// Every name of a file, in no particular order.
pub(super) fn occurrences(module: &Module) -> Vec<Occurrence> {
    let mut names = Names { scopes: vec![Scope::default()], found: Vec::new(), scope: 0 };
    names.block(&module.body);
    let Names { scopes, mut found, .. } = names;
    for one in &mut found {
        one.scope = home(&scopes, one);
    }
    found
}

/// The scope of the variable that a name means.
fn home(scopes: &[Scope], one: &Occurrence) -> usize {
    let name = &one.name;
    let mut at = one.scope;
    let mut is_first = true;
    while at != 0 {
        let scope = &scopes[at];
        if scope.globals.contains(name) {
            return 0;
        }
        // Functions inside a class do not see its names.
        let sees = is_first || !scope.is_class;
        if sees && scope.bound.contains(name) && !scope.outer.contains(name) {
            return at;
        }
        is_first = false;
        at = scope.parent;
    }
    0
}

struct Names {
    scopes: Vec<Scope>,
    found: Vec<Occurrence>,
    scope: usize,
}

impl Names {
    fn add(&mut self, name: &Name, span: Span, role: Role) {
        if role == Role::Bind {
            self.scopes[self.scope].bound.insert(name.clone());
        }
        self.found.push(Occurrence { name: name.clone(), span, role, scope: self.scope });
    }

    fn inside(&mut self, is_class: bool, look: impl FnOnce(&mut Names)) {
        let outer = self.scope;
        self.scopes.push(Scope { parent: outer, is_class, ..Scope::default() });
        self.scope = self.scopes.len() - 1;
        look(self);
        self.scope = outer;
    }

    fn block(&mut self, body: &[Stmt]) {
        body.iter().for_each(|stmt| self.statement(stmt));
    }

    fn all<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        exprs.into_iter().for_each(|expr| self.expression(expr));
    }

    fn statement(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Expr(value) => self.expression(value),
            StmtKind::Assign { targets, value } => {
                self.expression(value);
                targets.iter().for_each(|target| self.target(target));
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expression(value);
                self.target(target);
            }
            StmtKind::AnnAssign { target, value } => {
                self.all(value);
                self.target(target);
            }
            StmtKind::If { test, body, orelse } | StmtKind::While { test, body, orelse } => {
                self.expression(test);
                self.block(body);
                self.block(orelse);
            }
            StmtKind::For { target, iter, body, orelse } => {
                self.expression(iter);
                self.target(target);
                self.block(body);
                self.block(orelse);
            }
            StmtKind::FunctionDef(function) => {
                self.add(&function.name.name, function.name.span, Role::Bind);
                self.function(function);
            }
            StmtKind::ClassDef { name, bases, body } => {
                self.add(&name.name, name.span, Role::Bind);
                self.arguments(bases);
                self.inside(true, |names| names.block(body));
            }
            StmtKind::Return(value) => self.all(value),
            StmtKind::Delete(values) | StmtKind::Print(values) => self.all(values),
            StmtKind::Assert { test, message } => self.all([test].into_iter().chain(message)),
            StmtKind::Raise { value, cause } => self.all(value.iter().chain(cause)),
            StmtKind::Try { body, handlers, orelse, finally } => {
                self.block(body);
                for handler in handlers {
                    self.all(&handler.kind);
                    handler.name.iter().for_each(|name| self.add(&name.name, name.span, Role::Bind));
                    self.block(&handler.body);
                }
                self.block(orelse);
                self.block(finally);
            }
            StmtKind::With { items, body } => {
                for item in items {
                    self.expression(&item.context);
                    item.target.iter().for_each(|target| self.target(target));
                }
                self.block(body);
            }
            StmtKind::Import(names) | StmtKind::ImportFrom { names, .. } => {
                names.iter().for_each(|name| self.import(name));
            }
            StmtKind::Global(names) => {
                for name in names {
                    self.scopes[self.scope].globals.insert(name.name.clone());
                    self.add(&name.name, name.span, Role::Use);
                }
            }
            StmtKind::Nonlocal(names) => {
                for name in names {
                    self.scopes[self.scope].outer.insert(name.name.clone());
                    self.add(&name.name, name.span, Role::Use);
                }
            }
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => {}
        }
    }

    fn import(&mut self, import: &ImportAlias) {
        let name = import.alias.as_ref().unwrap_or(&import.name);
        // `import a.b` binds `a`, which is not written on its own.
        if !name.name.contains('.') {
            self.add(&name.name, name.span, Role::Bind);
        }
    }

    fn function(&mut self, function: &Function) {
        self.all(function.parameters.iter().filter_map(|parameter| parameter.default.as_ref()));
        self.inside(false, |names| {
            function.parameters.iter().for_each(|parameter| names.parameter(parameter));
            names.block(&function.body);
        });
    }

    fn parameter(&mut self, parameter: &Parameter) {
        match &parameter.unpack {
            Some(pattern) => self.target(pattern),
            None => self.add(&parameter.name.name, parameter.name.span, Role::Bind),
        }
    }

    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => self.add(name, target.span, Role::Bind),
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().for_each(|item| self.target(item));
            }
            ExprKind::Starred(inner) => self.target(inner),
            _ => self.expression(target),
        }
    }

    fn arguments(&mut self, args: &[Arg]) {
        self.all(args.iter().map(|arg| &arg.value));
    }

    fn generators(&mut self, generators: &[Comprehension]) {
        for generator in generators {
            self.expression(&generator.iter);
            self.target(&generator.target);
            self.all(&generator.ifs);
        }
    }

    fn fstring(&mut self, parts: &[FPart]) {
        for part in parts {
            if let FPart::Field { value, spec, .. } = part {
                self.expression(value);
                self.fstring(spec);
            }
        }
    }

    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) => self.add(name, expr.span, Role::Use),
            ExprKind::Walrus { name, value } => {
                self.expression(value);
                self.add(&name.name, name.span, Role::Bind);
            }
            ExprKind::Lambda(function) => self.function(function),
            ExprKind::FString(parts) => self.fstring(parts),
            // As in Python 2, the variables of a list comprehension are those of the code around it.
            ExprKind::ListComp { element, generators } => {
                self.generators(generators);
                self.expression(element);
            }
            ExprKind::SetComp { element, generators } => self.inside(false, |names| {
                names.generators(generators);
                names.expression(element);
            }),
            ExprKind::DictComp { key, value, generators } => self.inside(false, |names| {
                names.generators(generators);
                names.all([&**key, value]);
            }),
            ExprKind::GeneratorExp(generator) => self.inside(false, |names| {
                names.generators(&generator.generators);
                names.expression(&generator.element);
            }),
            _ => super::walk::parts(expr, &mut |part| self.expression(part)),
        }
    }
}

/// A keyword argument of a call by name, such as `ram` in `server(ram=1)`: the function's name and the keyword.
pub(super) fn keywords(module: &Module) -> Vec<(Name, Name, Span)> {
    let mut found = Vec::new();
    super::walk::walk(&module.body, &mut |node| {
        let super::walk::Node::Expr(Expr { kind: ExprKind::Call { function, args }, .. }) = node else {
            return;
        };
        let ExprKind::Name(callee) = &function.kind else { return };
        for arg in args {
            if let ArgKind::Keyword(keyword) = &arg.kind {
                found.push((callee.clone(), keyword.name.clone(), keyword.span));
            }
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::syntax::parse;

    /// The places of a name that mean the same variable as its place at `nth`, as offsets.
    fn same(text: &str, name: &str, nth: usize) -> Vec<u32> {
        let all = occurrences(&parse(FileId(0), text, 100).module);
        let mut places: Vec<_> = all.iter().filter(|one| one.name == name).collect();
        places.sort_by_key(|one| one.span.start);
        let scope = places[nth].scope;
        places.iter().filter(|one| one.scope == scope).map(|one| one.span.start).collect()
    }

    #[test]
    fn names_belong_to_the_innermost_scope_that_binds_them() {
        let text = "x = 1\ndef f(x, y=x):\n  return x\nz = x\n";
        assert_eq!(same(text, "x", 0), [0, 17, 36]);
        assert_eq!(same(text, "x", 1), [12, 30]);
    }

    #[test]
    fn a_function_may_set_what_is_outside() {
        let text = "x = 1\ndef f():\n  global x\n  x = 2\n";
        assert_eq!(same(text, "x", 0).len(), 3);
    }

    #[test]
    fn functions_do_not_see_the_names_of_their_class() {
        let text = "x = 1\nclass A(Struct):\n  x = 2\n  def f(self):\n    return x\n";
        assert_eq!(same(text, "x", 0).len(), 2);
    }

    #[test]
    fn comprehensions_but_those_of_lists_have_their_own_variables() {
        assert_eq!(same("x = 1\ny = {x for x in z}\n", "x", 0).len(), 1);
        assert_eq!(same("x = 1\ny = [x for x in z]\n", "x", 0).len(), 3);
    }
}
