//! `class X(Struct)`: struct types. Other classes are Python's plain ones.

use std::rc::Rc;

use super::frame::{ClassNames, Frame};
use super::machine::Machine;
use super::pystachio::template_type;
use super::{ambient, instance, lints, recover};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::eval::PLAIN_CLASS;
use crate::lints::eval::DROPPED_FIELD;
use crate::python::class::{PlainKind, PlainType};
use crate::source::Span;
use crate::syntax::ast::{Arg, ArgKind, Expr, ExprKind, Ident, Stmt, StmtKind};
use crate::template::value::{Fault, Value};
use crate::template::{ClassBody, Signature, Type, define_struct};

/// What a class is made from.
enum Base {
    Struct,
    Type(Type),
    /// A plain class, or `None` for `object`.
    Plain(Option<Value>),
}

impl Machine {
    /// Defines a struct type or a plain class.
    pub(super) fn define_class(
        &mut self,
        stmt: &Stmt,
        name: &Ident,
        bases: &[Arg],
        body: &[Stmt],
    ) -> Result<(), Fault> {
        let base = self.base(name, bases)?;
        let names = self.class_body(stmt, body)?;
        let value = match base {
            Base::Struct => {
                let own = names.keys().map(|name| Rc::from(&**name)).collect();
                let body = ClassBody { has_docstring: has_docstring(body), names: own };
                Value::Type(self.struct_type(name, names, body)?)
            }
            Base::Type(parent) => Value::Type(self.renamed(name, &parent, names)),
            Base::Plain(parent) => {
                if let Some((_, span)) = names.get("__metaclass__") {
                    return Err(metaclass(name).at(*span));
                }
                let members = names.into_iter().map(|(name, (value, _))| (name, value));
                instance::class(&name.name, parent, members)
            }
        };
        self.bind_name(&name.name, value, name.span);
        Ok(())
    }

    fn base(&mut self, name: &Ident, bases: &[Arg]) -> Result<Base, Fault> {
        let value = match bases {
            [] => return Ok(Base::Plain(None)),
            [Arg { kind: ArgKind::Positional, value }] => value,
            _ => return Err(bad_base(name)),
        };
        match self.eval(value)? {
            Value::Type(ty) if ty.fields().is_some() => Ok(Base::Type(ty)),
            other if ambient::is_struct_base(&other) => Ok(Base::Struct),
            other if is_object(&other) => Ok(Base::Plain(None)),
            other if instance::is_class(&other) => Ok(Base::Plain(Some(other))),
            _ => Err(bad_base(name).at(value.span)),
        }
    }

    /// Runs the body with names of its own.
    fn class_body(&mut self, stmt: &Stmt, body: &[Stmt]) -> Result<ClassNames, Fault> {
        let code = self.frame.code.clone();
        let layout = code.parsed.layouts.at(stmt.span);
        let captured = self.frame.capture(layout);
        let mut frame = Frame::new(code, layout, &captured);
        frame.class = Some(ClassNames::default());
        let outer = std::mem::replace(&mut self.frame, frame);
        let result = self.class_statements(body);
        let inner = std::mem::replace(&mut self.frame, outer);
        result.map(|()| inner.class.unwrap_or_default())
    }

    /// Runs the statements of a class. Of assignments, every one that fails is reported: they hardly ever depend on each
    /// other.
    fn class_statements(&mut self, body: &[Stmt]) -> Result<(), Fault> {
        let mut wrong: Option<Fault> = None;
        for stmt in body {
            match self.block(std::slice::from_ref(stmt)) {
                Ok(_) => {}
                Err(fault) if matches!(stmt.kind, StmtKind::Assign { .. }) && !recover::is_final(&fault) => {
                    wrong = Some(Fault::together(wrong, fault));
                }
                Err(fault) => return Err(fault),
            }
        }
        wrong.map_or(Ok(()), Err)
    }

    fn struct_type(&mut self, name: &Ident, names: ClassNames, body: ClassBody) -> Result<Type, Fault> {
        let mut fields = Vec::with_capacity(names.len());
        for (field, (value, span)) in names {
            match value {
                Value::Type(ty) => {
                    let signature = Signature { ty, required: false, default: None };
                    fields.push((Rc::from(&*field), signature, span));
                }
                Value::Signature(signature) => fields.push((Rc::from(&*field), (*signature).clone(), span)),
                other => {
                    self.report.add(dropped(&name.name, &field, &other, span));
                }
            }
        }
        let ty = define_struct(&name.name, fields, body, name.span)?;
        for (field, declared) in ty.fields().into_iter().flat_map(|f| f.iter()) {
            if let Some(default) = declared.default.as_ref().and_then(|d| d.raw()) {
                lints::unusable(self, &ty, field, default, declared.span);
            }
        }
        Ok(ty)
    }

    /// `class Y(X)` where X is a struct: the same fields under another name. Pystachio ignores what the body adds.
    fn renamed(&mut self, name: &Ident, parent: &Type, names: ClassNames) -> Type {
        for (field, (_, span)) in names {
            let message = format!("`{field}` of {} is dropped", name.name);
            let lint = Diagnostic::warning(&DROPPED_FIELD, span, message)
                .note(format!("a class made from {} has exactly its fields", parent.written()))
                .help("make the class from Struct and list all the fields");
            self.report.add(lint);
        }
        parent.renamed(&name.name, name.span)
    }
}

/// The lint for something in the body of a struct that is not a field, with the field that was probably meant.
fn dropped(owner: &str, field: &str, value: &Value, span: Span) -> Diagnostic {
    let message = format!("`{field}` of {owner} is dropped: it is not a template type");
    let lint = Diagnostic::warning(&DROPPED_FIELD, span, message);
    let lint = lint.here(format!("this is {}", crate::python::params::a(value)));
    let plain = match value {
        Value::Str(_) => Some("String"),
        Value::Int(_) | Value::Big(_) => Some("Integer"),
        Value::Float(_) => Some("Float"),
        Value::Bool(_) => Some("Boolean"),
        Value::List(_) | Value::Tuple(_) => Some("List(String)"),
        Value::Dict(_) => Some("Map(String, String)"),
        _ => None,
    };
    if let Some(ty) = plain {
        return lint.help(format!("write {field} = Default({ty}, {})", value.repr_within(80)));
    }
    if let Some((python, ty)) = template_type(value) {
        return lint.help(format!("write {field} = {ty}: `{python}` is a type of Python"));
    }
    match value.as_native().map(|native| native.type_name().to_string()).as_deref() {
        Some("function") => lint.help("structs have no methods: define a function outside the class"),
        Some("builtin_function_or_method") => lint.help("give the type its parameters, such as List(String)"),
        _ => lint.help(format!("a field is declared as {field} = String, or Required(...), or Default(...)")),
    }
}

fn has_docstring(body: &[Stmt]) -> bool {
    let first = body.first().map(|stmt| &stmt.kind);
    matches!(first, Some(StmtKind::Expr(Expr { kind: ExprKind::Str(_), .. })))
}

fn is_object(value: &Value) -> bool {
    value.downcast::<PlainType>().is_some_and(|plain| plain.kind == PlainKind::Object)
}

fn bad_base(name: &Ident) -> Fault {
    let message = format!("the class `{}` cannot be made from this", name.name);
    Fault::new("TypeError", &PLAIN_CLASS, message)
        .at(name.span)
        .help("a class has one base: Struct, a struct type, `object`, or another class of the file")
}

fn metaclass(name: &Ident) -> Fault {
    let message = format!("the class `{}` cannot have a metaclass", name.name);
    Fault::new("TypeError", &PLAIN_CLASS, message)
        .help("write what the metaclass would add into the class itself")
}
