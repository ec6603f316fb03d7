//! The outline of a file: jobs by key with their task and processes, structs, functions, other names.

use std::sync::Arc;

use gen_lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location,
    SymbolInformation, SymbolKind,
};

use super::refusal::Refusal;
use super::state::State;
use super::structs::{self, Struct};
use super::unit::Unit;
use super::walk::{Node, walk};
use crate::source::Span;
use crate::syntax::ast::{Arg, ArgKind, Expr, ExprKind, Function, Name, Stmt, StmtKind};

/// The outline of a document: a tree, or a list for clients that know no trees.
pub(super) fn outline(
    state: &State<'_>,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>, Refusal> {
    let Some(document) = state.document(&params.text_document.uri) else { return Ok(None) };
    let unit = &document.unit;
    let view = View { unit, family: &state.closure(&unit.path), state };
    let tree: Vec<DocumentSymbol> =
        unit.parsed.module.body.iter().flat_map(|stmt| view.statement(stmt)).collect();
    if state.client.symbol_trees {
        return Ok(Some(tree.into()));
    }
    let mut list = Vec::new();
    tree.into_iter().for_each(|symbol| flatten(symbol, None, unit, &mut list));
    Ok(Some(list.into()))
}

fn flatten(symbol: DocumentSymbol, container: Option<&str>, unit: &Unit, list: &mut Vec<SymbolInformation>) {
    let location = Location { uri: unit.uri.clone(), range: symbol.selection_range };
    let base = BaseSymbolInformation {
        name: symbol.name.clone(),
        kind: symbol.kind,
        tags: None,
        container_name: container.map(str::to_string),
    };
    list.push(SymbolInformation::new(None, location, base));
    let children = symbol.children.into_iter().flatten();
    children.for_each(|child| flatten(child, Some(&symbol.name), unit, list));
}

struct View<'v> {
    unit: &'v Unit,
    family: &'v [Arc<Unit>],
    state: &'v State<'v>,
}

impl View<'_> {
    fn symbol(&self, name: &str, kind: SymbolKind, span: Span, name_span: Span) -> DocumentSymbol {
        let encoding = self.state.client.encoding;
        let range = self.unit.range(span.to(name_span), encoding);
        let selection = self.unit.range(name_span, encoding);
        DocumentSymbol::new(name.to_string(), None, kind, None, None, range, selection, None)
    }

    fn statement(&self, stmt: &Stmt) -> Vec<DocumentSymbol> {
        match &stmt.kind {
            StmtKind::FunctionDef(function) => {
                let span = function.body.last().map_or(stmt.span, |last| stmt.span.to(last.span));
                let mut symbol =
                    self.symbol(&function.name.name, SymbolKind::Function, span, function.name.span);
                let names: Vec<&str> = function.parameters.iter().map(|p| &*p.name.name).collect();
                symbol.detail = Some(format!("({})", names.join(", ")));
                vec![symbol]
            }
            StmtKind::ClassDef { name, body, .. } => {
                let span = body.last().map_or(stmt.span, |last| stmt.span.to(last.span));
                let mut symbol = self.symbol(&name.name, SymbolKind::Struct, span, name.span);
                let fields = body.iter().filter_map(|stmt| match &stmt.kind {
                    StmtKind::Assign { targets, value } => {
                        let target = targets.first()?;
                        let ExprKind::Name(field) = &target.kind else { return None };
                        let mut child = self.symbol(field, SymbolKind::Field, stmt.span, target.span);
                        child.detail = Some(self.unit.snippet(value.span).to_string());
                        Some(child)
                    }
                    _ => None,
                });
                symbol.children = Some(fields.collect());
                vec![symbol]
            }
            StmtKind::Assign { targets, value } => {
                targets.iter().filter_map(|target| self.assignment(target, value, stmt.span)).collect()
            }
            StmtKind::AugAssign { value, .. } | StmtKind::Expr(value) => self.jobs_in(value),
            StmtKind::If { body, orelse, .. }
            | StmtKind::For { body, orelse, .. }
            | StmtKind::While { body, orelse, .. } => {
                body.iter().chain(orelse).flat_map(|stmt| self.statement(stmt)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn assignment(&self, target: &Expr, value: &Expr, span: Span) -> Option<DocumentSymbol> {
        let ExprKind::Name(name) = &target.kind else { return None };
        let made = structs::made(value, self.family);
        let kind = if made.is_some() { SymbolKind::Object } else { SymbolKind::Variable };
        let mut symbol = self.symbol(name, kind, span, target.span);
        match &made {
            Some(made) => {
                symbol.detail = Some(made.name.clone());
                symbol.children = Some(self.inside(value));
            }
            None => symbol.children = Some(self.jobs_in(value)),
        }
        Some(symbol)
    }

    /// The jobs, tasks and processes that an expression makes, but for itself.
    fn inside(&self, expr: &Expr) -> Vec<DocumentSymbol> {
        let mut found = Vec::new();
        super::walk::parts(expr, &mut |part| found.extend(self.jobs_in(part)));
        found
    }

    /// The jobs, tasks and processes that an expression makes.
    fn jobs_in(&self, expr: &Expr) -> Vec<DocumentSymbol> {
        let ExprKind::Call { function, args } = &expr.kind else { return self.inside(expr) };
        let called = match &function.kind {
            ExprKind::Name(name) => name.as_str(),
            _ => "",
        };
        let made = structs::made(expr, self.family);
        let Some((name, kind)) =
            made.as_ref().and_then(|made| self.called(called, function.span, made, args))
        else {
            return self.inside(expr);
        };
        let mut symbol = self.symbol(&name, kind, expr.span, function.span);
        symbol.detail = Some(called.to_string());
        symbol.children = Some(self.inside(expr));
        vec![symbol]
    }

    /// What a job, a task or a process is called, and how it is shown.
    fn called(
        &self,
        called: &str,
        function: Span,
        made: &Struct,
        args: &[Arg],
    ) -> Option<(String, SymbolKind)> {
        let text = |field: &str| {
            args.iter().find_map(|arg| match &arg.kind {
                ArgKind::Keyword(keyword) if keyword.name == field => Some(match &arg.value.kind {
                    ExprKind::Str(literal) => literal.text.clone(),
                    _ => format!("{{{}}}", self.unit.snippet(arg.value.span)),
                }),
                _ => None,
            })
        };
        let has = |field: &str| made.fields.iter().any(|known| known.name == field);
        match () {
            () if has("cluster") && has("task") => {
                let parts = ["cluster", "role", "environment", "name"];
                let key: Vec<String> =
                    parts.iter().map(|part| text(part).unwrap_or_else(|| "?".to_string())).collect();
                // One that is made from another has only what differs.
                let is_named = key.iter().any(|part| part != "?");
                let name =
                    if is_named { key.join("/") } else { super::words::clipped(self.unit.snippet(function)) };
                Some((name, SymbolKind::Event))
            }
            () if has("processes") => {
                Some((text("name").unwrap_or_else(|| called.to_string()), SymbolKind::Module))
            }
            () if has("cmdline") => {
                Some((text("name").unwrap_or_else(|| called.to_string()), SymbolKind::Method))
            }
            () => None,
        }
    }
}

/// The function that has a parameter at a place.
pub(super) fn function_with_parameter(unit: &Unit, parameter: Span) -> Option<Name> {
    let mut found = None;
    walk(&unit.parsed.module.body, &mut |node| {
        let Node::Function(function) = node else { return };
        if binds(function, parameter, unit) {
            found = Some(function.name.name.clone());
        }
    });
    found
}

/// Whether a name at a place means a parameter of a function.
fn binds(function: &Function, at: Span, unit: &Unit) -> bool {
    let name = unit.snippet(at);
    let is_parameter = function.parameters.iter().any(|parameter| parameter.name.name == name);
    let last = function.body.last().map_or(function.span, |last| last.span);
    let whole = function.span.to(last);
    is_parameter && whole.start <= at.start && at.end <= whole.end
}
