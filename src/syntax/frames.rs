//! Where each name of a function lives: decided once per file, before anything runs.
//!
//! Python's rules: a name bound anywhere in a function is local to it, unless declared otherwise; a local that an inner
//! function reads lives in a shared cell; every other name is global. Comprehensions other than those of lists are functions of their own.

use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::ast::{Comprehension, Expr, ExprKind, Function, Module, Name, Stmt, StmtKind};
use super::visit::{self, Visitor};
use crate::source::Span;

/// Where a name lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a slot of the frame.
    Slot(usize),
    /// In a cell of the frame, shared with inner functions.
    Cell(usize),
    /// Among the names of a class body.
    Class,
    /// Among the globals.
    Global,
}

/// The names of one function, comprehension or class body.
#[derive(Debug, Default)]
pub struct FrameLayout {
    places: FxHashMap<Name, Place>,
    /// Number of slots.
    pub slots: usize,
    /// Number of cells that each call makes anew; captured ones follow them.
    pub own_cells: usize,
    /// Where the enclosing frame has the captured cells, in order.
    pub captured: Vec<usize>,
    /// Where the parameters live, in order.
    pub parameters: Vec<Place>,
}

impl FrameLayout {
    /// Where a name lives.
    pub fn place(&self, name: &str) -> Place {
        self.places.get(name).copied().unwrap_or(Place::Global)
    }

    /// The names that live in the frame, in no particular order.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.places.iter().filter(|(_, p)| **p != Place::Global).map(|(n, _)| n)
    }
}

/// The number of a layout among those of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayoutId(usize);

/// The number of a function among those of its file. Values refer to functions by number, through the file: threads that
/// run the same library would wait for each other if they counted the holders of each function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionId(usize);

/// The layouts of a file, by the place of what they belong to, and its functions.
#[derive(Debug)]
pub struct FrameLayouts {
    /// The first is that of nodes without names.
    layouts: Vec<FrameLayout>,
    by_place: FxHashMap<Span, LayoutId>,
    functions: Vec<(Arc<Function>, LayoutId)>,
    functions_by_place: FxHashMap<Span, FunctionId>,
}

impl Default for FrameLayouts {
    fn default() -> FrameLayouts {
        FrameLayouts {
            layouts: vec![FrameLayout::default()],
            by_place: FxHashMap::default(),
            functions: Vec::new(),
            functions_by_place: FxHashMap::default(),
        }
    }
}

impl FrameLayouts {
    /// The layout of the comprehension or class body at a place.
    pub fn at(&self, place: Span) -> LayoutId {
        self.by_place.get(&place).copied().unwrap_or(LayoutId(0))
    }

    /// The function that a `def` or `lambda` of the file defines.
    pub fn of_function(&self, definition: &Function) -> Option<FunctionId> {
        self.functions_by_place.get(&definition.span).copied()
    }

    /// A layout.
    pub fn layout(&self, id: LayoutId) -> &FrameLayout {
        &self.layouts[id.0]
    }

    /// The definition of a function, and its layout.
    pub fn function(&self, id: FunctionId) -> (&Function, LayoutId) {
        let (definition, layout) = &self.functions[id.0];
        (definition, *layout)
    }

    fn add(&mut self, scope: &Scope, layout: FrameLayout) {
        let id = LayoutId(self.layouts.len());
        self.layouts.push(layout);
        self.by_place.insert(scope.place, id);
        if let Some(definition) = &scope.definition {
            self.functions_by_place.insert(definition.span, FunctionId(self.functions.len()));
            self.functions.push((definition.clone(), id));
        }
    }

    fn capture(&mut self, place: Span, captured: Vec<usize>) {
        if let Some(id) = self.by_place.get(&place) {
            self.layouts[id.0].captured = captured;
        }
    }
}

/// The layouts of every function, comprehension and class body of a file.
pub fn layouts(module: &Module) -> FrameLayouts {
    let mut collector = Collector { scopes: vec![Scope::new(ScopeKind::Module, Span::NONE)] };
    collector.statements(&module.body);
    let mut layouts = FrameLayouts::default();
    for scope in collector.scopes.into_iter().flat_map(|s| s.children) {
        resolve(scope, &FxHashSet::default(), &mut layouts);
    }
    layouts
}

/// Names without repetition, in the order they were met.
type Names = IndexSet<Name, FxBuildHasher>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum ScopeKind {
    Module,
    Function,
    Comprehension,
    Class,
}

/// What is known of a scope after looking at its own statements.
struct Scope {
    kind: ScopeKind,
    place: Span,
    /// Of a function.
    definition: Option<Arc<Function>>,
    parameters: Vec<Name>,
    bound: Names,
    used: FxHashSet<Name>,
    global: FxHashSet<Name>,
    nonlocal: FxHashSet<Name>,
    children: Vec<Scope>,
}

impl Scope {
    fn new(kind: ScopeKind, place: Span) -> Scope {
        Scope {
            kind,
            place,
            definition: None,
            parameters: Vec::new(),
            bound: Names::default(),
            used: FxHashSet::default(),
            global: FxHashSet::default(),
            nonlocal: FxHashSet::default(),
            children: Vec::new(),
        }
    }

    fn bind(&mut self, name: &Name) {
        if self.kind != ScopeKind::Module {
            self.bound.insert(name.clone());
        }
    }
}

struct Collector {
    /// The scopes being looked at, innermost last. Never empty.
    scopes: Vec<Scope>,
}

impl Collector {
    fn top(&mut self) -> &mut Scope {
        let last = self.scopes.len() - 1;
        &mut self.scopes[last]
    }

    fn inside(&mut self, kind: ScopeKind, place: Span, look: impl FnOnce(&mut Collector)) {
        self.scopes.push(Scope::new(kind, place));
        look(self);
        if let Some(scope) = self.scopes.pop() {
            self.top().children.push(scope);
        }
    }

    fn function(&mut self, function: &Arc<Function>) {
        for parameter in &function.parameters {
            parameter.default.iter().for_each(|d| self.expression(d));
        }
        self.inside(ScopeKind::Function, function.span, |c| {
            c.top().definition = Some(function.clone());
            for parameter in &function.parameters {
                c.top().parameters.push(parameter.name.name.clone());
                c.top().bind(&parameter.name.name);
            }
            for pattern in function.parameters.iter().filter_map(|p| p.unpack.as_ref()) {
                c.expression(pattern);
                c.target(pattern);
            }
            c.statements(&function.body);
        });
    }

    /// The first iterable belongs to the scope around, the rest to the comprehension.
    fn comprehension(&mut self, place: Span, parts: &[&Expr], generators: &[Comprehension]) {
        if let Some(first) = generators.first() {
            self.expression(&first.iter);
        }
        self.inside(ScopeKind::Comprehension, place, |c| {
            for (index, generator) in generators.iter().enumerate() {
                c.target(&generator.target);
                if index > 0 {
                    c.expression(&generator.iter);
                }
                generator.ifs.iter().for_each(|e| c.expression(e));
            }
            parts.iter().for_each(|e| c.expression(e));
        });
    }

    /// In Python 2, the variables of a list comprehension are those of the scope around it.
    fn list_comprehension(&mut self, element: &Expr, generators: &[Comprehension]) {
        for generator in generators {
            self.expression(&generator.iter);
            self.target(&generator.target);
            generator.ifs.iter().for_each(|e| self.expression(e));
        }
        self.expression(element);
    }

    /// Binds the names of an assignment target.
    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => self.top().bind(name),
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|t| self.target(t)),
            ExprKind::Starred(inner) => self.target(inner),
            _ => self.expression(target),
        }
    }

    /// `name := value` binds in the function around the comprehensions it stands in.
    fn walrus(&mut self, name: &Name) {
        for scope in self.scopes.iter_mut().rev() {
            if scope.kind != ScopeKind::Comprehension {
                scope.bind(name);
                break;
            }
            scope.used.insert(name.clone());
        }
    }
}

impl Visitor for Collector {
    fn statement(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::FunctionDef(function) => {
                self.top().bind(&function.name.name);
                self.function(function);
                return;
            }
            StmtKind::ClassDef { name, bases, body } => {
                self.top().bind(&name.name);
                bases.iter().for_each(|b| self.expression(&b.value));
                self.inside(ScopeKind::Class, stmt.span, |c| c.statements(body));
                return;
            }
            StmtKind::Global(names) => {
                let names: Vec<_> = names.iter().map(|n| n.name.clone()).collect();
                self.top().global.extend(names);
            }
            StmtKind::Nonlocal(names) => {
                let names: Vec<_> = names.iter().map(|n| n.name.clone()).collect();
                self.top().nonlocal.extend(names);
            }
            _ => visit::bound_names(stmt, &mut |name| self.top().bind(name)),
        }
        visit::statement(self, stmt);
    }

    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) => {
                let top = self.top();
                if top.kind != ScopeKind::Module && !top.used.contains(name) {
                    top.used.insert(name.clone());
                }
            }
            ExprKind::Lambda(function) => self.function(function),
            ExprKind::ListComp { element, generators } => self.list_comprehension(element, generators),
            ExprKind::SetComp { element, generators } => {
                self.comprehension(expr.span, &[element], generators);
            }
            ExprKind::GeneratorExp(node) => {
                self.comprehension(expr.span, &[&node.element], &node.generators);
            }
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension(expr.span, &[key, value], generators);
            }
            ExprKind::Walrus { name, value } => {
                self.walrus(&name.name);
                self.expression(value);
            }
            _ => visit::expression(self, expr),
        }
    }
}

/// Decides the places of a scope and those inside it. Gives the names it needs from the functions around.
fn resolve(mut scope: Scope, around: &FxHashSet<Name>, layouts: &mut FrameLayouts) -> Names {
    let class = scope.kind == ScopeKind::Class;
    let is_local = |n: &Name| !scope.global.contains(n) && !scope.nonlocal.contains(n);
    let locals: Vec<Name> = scope.bound.iter().filter(|n| is_local(n)).cloned().collect();
    let mut visible = around.clone();
    visible.retain(|n| !scope.global.contains(n));
    if !class {
        visible.extend(locals.iter().cloned());
    }
    let mut wanted = Names::default();
    let mut children = Vec::new();
    for child in std::mem::take(&mut scope.children) {
        let place = child.place;
        let needs = resolve(child, &visible, layouts);
        wanted.extend(needs.iter().cloned());
        children.push((place, needs));
    }
    let mut layout = FrameLayout::default();
    let mut own_cells: Vec<Name> = Vec::new();
    for name in &locals {
        let place = if class {
            Place::Class
        } else if wanted.contains(name) {
            own_cells.push(name.clone());
            Place::Cell(own_cells.len() - 1)
        } else {
            layout.slots += 1;
            Place::Slot(layout.slots - 1)
        };
        layout.places.insert(name.clone(), place);
    }
    layout.own_cells = own_cells.len();
    let mut free = Names::default();
    let own_use = scope.used.iter().chain(&scope.nonlocal).chain(&scope.bound);
    for name in own_use.chain(&wanted) {
        let local = layout.places.contains_key(name) && !class;
        if !local && around.contains(name) && !scope.global.contains(name) {
            free.insert(name.clone());
        }
    }
    free.sort();
    let cells: Names = own_cells.into_iter().chain(free.iter().cloned()).collect();
    for (index, name) in cells.iter().enumerate().skip(layout.own_cells) {
        layout.places.entry(name.clone()).or_insert(Place::Cell(index));
    }
    layout.parameters = scope.parameters.iter().map(|n| layout.place(n)).collect();
    for (place, needs) in children {
        let captured = needs.iter().filter_map(|n| cells.get_index_of(n)).collect();
        layouts.capture(place, captured);
    }
    layouts.add(&scope, layout);
    free
}
