//! Structs and their fields: those of the schema, and those that files declare.

use std::sync::Arc;

use super::unit::Unit;
use super::walk::{Node, walk};
use crate::schema::spec::{DefaultSpec, EnumSpec, FieldSpec, Presence, StructSpec, TypeSpec};
use crate::schema::{enum_specs, struct_specs};
use crate::source::Span;
use crate::syntax::ast::{Arg, ArgKind, Expr, ExprKind, Stmt, StmtKind};

/// A struct type.
#[derive(Debug, Clone)]
pub(super) struct Struct {
    /// Its name, as the file writes it.
    pub(super) name: String,
    /// What it is for.
    pub(super) doc: String,
    /// Its fields, in declared order.
    pub(super) fields: Vec<Field>,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// Its type, as a file would write it.
    pub(super) ty: String,
    /// Whether it must be given.
    pub(super) required: bool,
    /// What it is otherwise, as a file would write it.
    pub(super) default: Option<String>,
    /// What it means.
    pub(super) doc: String,
    /// The type as the schema has it; nothing for fields of structs that files declare.
    pub(super) spec: Option<TypeSpec>,
}

impl Field {
    /// The line that a hover begins with.
    pub(super) fn title(&self) -> String {
        let presence = match &self.default {
            _ if self.required => ", required".to_string(),
            Some(default) => format!(" = {default}"),
            None => String::new(),
        };
        format!("{}: {}{presence}", self.name, self.ty)
    }
}

/// A struct of the schema. `Service` and `Job` are kinds of `MesosJob`.
pub(super) fn of_schema(name: &str) -> Option<Struct> {
    let declared = match name {
        "Job" | "Service" => "MesosJob",
        "SequentialTask" | "ConcurrentTask" => "Task",
        other => other,
    };
    let spec: &StructSpec = struct_specs().find(|spec| spec.name == declared)?;
    let fields = spec.fields.iter().map(field).collect();
    Some(Struct { name: name.to_string(), doc: spec.doc.to_string(), fields })
}

fn field(spec: &FieldSpec) -> Field {
    let default = match &spec.presence {
        Presence::Default(value) => Some(default(value)),
        Presence::Optional | Presence::Required => None,
    };
    Field {
        name: spec.name.to_string(),
        ty: ty(&spec.ty),
        required: matches!(spec.presence, Presence::Required),
        default,
        doc: spec.doc.to_string(),
        spec: Some(spec.ty),
    }
}

/// A type as a file would write it.
pub(super) fn ty(spec: &TypeSpec) -> String {
    match spec {
        TypeSpec::String => "String".to_string(),
        TypeSpec::Integer => "Integer".to_string(),
        TypeSpec::Float => "Float".to_string(),
        TypeSpec::Boolean => "Boolean".to_string(),
        TypeSpec::Any => "any".to_string(),
        TypeSpec::Named("MesosJob") => "Job".to_string(),
        TypeSpec::Named(name) => (*name).to_string(),
        TypeSpec::List(element) => format!("List({})", ty(element)),
        TypeSpec::StringMap => "Map(String, String)".to_string(),
        TypeSpec::IntegerMap => "Map(String, Integer)".to_string(),
        TypeSpec::Choice(names) => names.join(" or "),
    }
}

fn default(spec: &DefaultSpec) -> String {
    match spec {
        DefaultSpec::Int(n) => n.to_string(),
        DefaultSpec::Float(x) => x.to_string(),
        DefaultSpec::Bool(true) => "True".to_string(),
        DefaultSpec::Bool(false) => "False".to_string(),
        DefaultSpec::Str(text) => format!("'{text}'"),
        DefaultSpec::EmptyList => "[]".to_string(),
        DefaultSpec::Map(entries) => {
            let entries: Vec<_> = entries.iter().map(|(k, v)| format!("'{k}': '{v}'")).collect();
            format!("{{{}}}", entries.join(", "))
        }
        DefaultSpec::Struct(name, fields) => {
            let fields: Vec<_> = fields.iter().map(|(k, v)| format!("{k} = {}", default(v))).collect();
            format!("{name}({})", fields.join(", "))
        }
    }
}

/// The values of an enum, where a type is one.
pub(super) fn enum_values(ty: &TypeSpec) -> Option<&'static EnumSpec> {
    match ty {
        TypeSpec::Named(name) => enum_specs().find(|spec| spec.name == *name),
        _ => None,
    }
}

/// The struct that a name stands for: one that a file declares, one of the schema, or what a variable holds.
pub(super) fn named(name: &str, family: &[Arc<Unit>]) -> Option<Struct> {
    named_within(name, family, MAX_STEPS)
}

/// Variables that stand for one another.
const MAX_STEPS: usize = 8;

fn named_within(name: &str, family: &[Arc<Unit>], steps: usize) -> Option<Struct> {
    let declared = family.iter().rev().find_map(|unit| declared(name, unit, family, steps));
    declared.or_else(|| of_schema(name))
}

fn declared(name: &str, unit: &Unit, family: &[Arc<Unit>], steps: usize) -> Option<Struct> {
    let statements = &unit.parsed.module.body;
    statements.iter().rev().find_map(|stmt| match &stmt.kind {
        StmtKind::ClassDef { name: class, bases, body } if class.name == name => {
            Some(of_class(name, bases, body, unit, family, steps))
        }
        StmtKind::Assign { targets, value } => {
            let is_it = |target: &Expr| matches!(&target.kind, ExprKind::Name(target) if target == name);
            let made =
                targets.iter().any(is_it).then(|| made_within(value, family, steps.checked_sub(1)?))?;
            made.map(|made| Struct { name: name.to_string(), ..made })
        }
        _ => None,
    })
}

fn of_class(
    name: &str,
    bases: &[Arg],
    body: &[Stmt],
    unit: &Unit,
    family: &[Arc<Unit>],
    steps: usize,
) -> Struct {
    let parent = bases.first().and_then(|base| match &base.value.kind {
        ExprKind::Name(parent) if parent != "Struct" && parent != name => {
            named_within(parent, family, steps.checked_sub(1)?)
        }
        _ => None,
    });
    let mut fields = parent.map(|parent| parent.fields).unwrap_or_default();
    let mut doc = String::new();
    for stmt in body {
        match &stmt.kind {
            StmtKind::Expr(Expr { kind: ExprKind::Str(text), .. }) => doc = text.text.trim().to_string(),
            StmtKind::Assign { targets, value } => {
                for target in targets {
                    if let ExprKind::Name(field) = &target.kind {
                        fields.retain(|known: &Field| known.name != *field);
                        fields.push(of_assignment(field, value, unit));
                    }
                }
            }
            _ => {}
        }
    }
    Struct { name: name.to_string(), doc, fields }
}

/// `ram = Default(Integer, 128*MB)` of a class.
fn of_assignment(name: &str, value: &Expr, unit: &Unit) -> Field {
    let plain = |ty: &str| Field {
        name: name.to_string(),
        ty: ty.to_string(),
        required: false,
        default: None,
        doc: String::new(),
        spec: None,
    };
    let ExprKind::Call { function, args } = &value.kind else { return plain(unit.snippet(value.span)) };
    let text = |at: usize| args.get(at).map(|arg| unit.snippet(arg.value.span)).unwrap_or_default();
    match &function.kind {
        ExprKind::Name(wrapper) if wrapper == "Required" => Field { required: true, ..plain(text(0)) },
        ExprKind::Name(wrapper) if wrapper == "Default" => {
            Field { default: Some(text(1).to_string()), ..plain(text(0)) }
        }
        _ => plain(unit.snippet(value.span)),
    }
}

/// The struct that an expression makes: a call of a type, a call of an object, or an object with names bound.
pub(super) fn made(expr: &Expr, family: &[Arc<Unit>]) -> Option<Struct> {
    made_within(expr, family, MAX_STEPS)
}

fn made_within(expr: &Expr, family: &[Arc<Unit>], steps: usize) -> Option<Struct> {
    let steps = steps.checked_sub(1)?;
    match &expr.kind {
        ExprKind::Name(name) => named_within(name, family, steps),
        ExprKind::Call { function, .. } => match &function.kind {
            ExprKind::Attribute { value, name } if name.name == "bind" => made_within(value, family, steps),
            _ => made_within(function, family, steps),
        },
        _ => None,
    }
}

/// A call that makes a struct.
#[derive(Debug)]
pub(super) struct Made<'t> {
    /// The struct.
    pub(super) structure: Struct,
    /// The arguments.
    pub(super) args: &'t [Arg],
    /// The whole call.
    pub(super) span: Span,
}

/// The calls of a file that make structs, outer ones before those inside.
pub(super) fn calls<'t>(unit: &'t Unit, family: &[Arc<Unit>]) -> Vec<Made<'t>> {
    let mut found = Vec::new();
    walk(&unit.parsed.module.body, &mut |node| {
        let Node::Expr(expr) = node else { return };
        let ExprKind::Call { function, args } = &expr.kind else { return };
        if let Some(structure) = made(function, family) {
            found.push(Made { structure, args, span: expr.span });
        }
    });
    found
}

impl<'t> Made<'t> {
    /// The arguments that give fields, each with its field.
    pub(super) fn given(&self) -> impl Iterator<Item = (&Field, Span, &'t Expr)> {
        let args: &'t [Arg] = self.args;
        args.iter().filter_map(|arg| {
            let ArgKind::Keyword(keyword) = &arg.kind else { return None };
            let field = self.structure.fields.iter().find(|field| field.name == *keyword.name)?;
            Some((field, keyword.span, &arg.value))
        })
    }
}
