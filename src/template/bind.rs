//! Binding: objects with more scopes.

use std::rc::Rc;

use super::limits;
use super::text::{Origin, Ref, Text};
use super::value::{Args, Binding, Bound, Dict, Environment, Fault, Keyword, Object, Scope, Value};
use super::walk::Walk;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::template::BAD_BINDING;
use crate::source::Span;

/// The scopes that the arguments of `bind()` or `in_scope()` make, in written order.
///
/// # Errors
/// When an argument is something that references cannot name.
pub fn scopes_of(args: &Args) -> Result<Vec<Scope>, Fault> {
    let mut scopes = Vec::with_capacity(args.positional.len() + 1);
    for (value, span) in &args.positional {
        scopes.push(Scope::of_argument(value).map_err(|f| f.at(*span))?);
    }
    if !args.keyword.is_empty() {
        let mut environment = Environment::default();
        for keyword in &args.keyword {
            let address = Ref::parse(&keyword.name).map_err(|f| f.at(keyword.name_span))?;
            let bound = environment.bind_at(&address, &keyword.value, keyword.name_span, keyword.span);
            bound.map_err(|f| f.at(keyword.span).map(|d| bound_in(d, keyword, args.span)))?;
        }
        scopes.push(Scope::Environment(Rc::new(environment)));
    }
    Ok(scopes)
}

/// Says where a value is bound that was written elsewhere.
fn bound_in(d: Diagnostic, keyword: &Keyword, call: Span) -> Diagnostic {
    if call.encloses(d.primary) { d } else { d.label(keyword.name_span, "bound here") }
}

impl Object {
    /// Pystachio's `bind()`: the object with bindings nearer than those it has; later arguments are nearer.
    ///
    /// # Errors
    /// When an argument is something that references cannot name.
    pub fn bind(&self, args: &Args) -> Result<Object, Fault> {
        self.bind_scopes(scopes_of(args)?)
    }

    /// [`Object::bind`] with scopes that are made already, in written order.
    ///
    /// # Errors
    /// When the objects get nested too deep.
    pub fn bind_scopes(&self, scopes: Vec<Scope>) -> Result<Object, Fault> {
        let all = scopes.into_iter().rev().chain(self.scopes().iter().cloned()).collect();
        self.bound_more(all).within_depth()
    }

    /// Pystachio's `in_scope()`: the object with bindings farther than those it has.
    ///
    /// # Errors
    /// When an argument is something that references cannot name.
    pub fn in_scope(&self, args: &Args) -> Result<Object, Fault> {
        self.in_scopes(&scopes_of(args)?)
    }

    /// [`Object::in_scope`] with scopes that are made already, nearest first.
    ///
    /// # Errors
    /// When the objects get nested too deep.
    pub fn in_scopes(&self, scopes: &[Scope]) -> Result<Object, Fault> {
        let all = self.scopes().iter().chain(scopes).cloned().collect();
        self.bound_more(all).within_depth()
    }

    /// `object % {...}`: bound and interpolated.
    ///
    /// # Errors
    /// As for [`Object::bind`] and [`Object::interpolate`].
    pub fn modulo(&self, bindings: &Value) -> Result<Object, Fault> {
        let bound = self.bind_scopes(vec![Scope::of_argument(bindings)?])?;
        bound.interpolate(&mut Walk::default())
    }
}

impl Environment {
    /// Bindings from a dict, whose values may be dicts again.
    ///
    /// # Errors
    /// When a key is not an address, or a value is neither text, number, dict nor template object.
    pub fn from_dict(dict: &Dict) -> Result<Environment, Fault> {
        Environment::from_nested(dict, 0)
    }

    /// [`Environment::from_dict`] of a dict inside so many others, which may hold itself.
    fn from_nested(dict: &Dict, depth: usize) -> Result<Environment, Fault> {
        limits::check_depth(depth)?;
        let mut environment = Environment::default();
        for (key, entry) in dict.iter() {
            let Some(address) = key.as_str() else {
                return Err(bad_binding(format!("a binding's name must be text, not {}", key.repr())));
            };
            let address = address_of(address)?;
            let places = (entry.key_span, entry.span);
            environment.bind_nested(&address, &entry.value, places, depth).map_err(|f| f.at(entry.span))?;
        }
        Ok(environment)
    }

    /// Binds one name to something that no file writes.
    ///
    /// # Errors
    /// When the value is neither text, number, dict nor template object.
    pub fn bind(&mut self, address: &Ref, value: &Value) -> Result<(), Fault> {
        self.bind_at(address, value, Span::NONE, Span::NONE)
    }

    /// Binds one name, which is written at `name`, to a value, which is written at `span`.
    ///
    /// # Errors
    /// When the value is neither text, number, dict nor template object.
    pub fn bind_at(&mut self, address: &Ref, value: &Value, name: Span, span: Span) -> Result<(), Fault> {
        self.bind_nested(address, value, (name, span), 0)
    }

    fn bind_nested(
        &mut self,
        address: &Ref,
        value: &Value,
        (name, span): (Span, Span),
        depth: usize,
    ) -> Result<(), Fault> {
        limits::charge_steps(1)?;
        let value = match value {
            Value::Dict(dict) => {
                let inner = Environment::from_nested(&dict.borrow(), depth + 1)?;
                for (head, entries) in inner.table {
                    for (rest, binding) in entries {
                        let tail = Ref::from_components(vec![head.clone()]).join(&rest);
                        self.insert(address.join(&tail), binding);
                    }
                }
                return Ok(());
            }
            Value::Object(object) => Bound::Object(object.clone()),
            Value::Str(text) => Bound::Text(text.clone()),
            number if number.is_number() => Bound::Text(written_at(number.to_text(), span)),
            other => return Err(unbindable(&address.address(), other)),
        };
        self.insert(address.clone(), Binding { value, name, span });
        Ok(())
    }
}

/// Text of a value that is written at a place.
fn written_at(text: String, source: Span) -> Text {
    match source.is_none() {
        true => text.into(),
        false => Text::with_origins(text, [Origin { at: 0, source, verbatim: false, raw: false }]),
    }
}

impl Scope {
    /// The scope that one positional argument of `bind()` makes.
    ///
    /// # Errors
    /// When the argument is neither a dict nor a struct, list or map object.
    pub fn of_argument(value: &Value) -> Result<Scope, Fault> {
        match value {
            Value::Dict(dict) => Ok(Scope::Environment(Rc::new(Environment::from_dict(&dict.borrow())?))),
            Value::Object(object) if object.ty().is_namable() => Ok(Scope::Object(object.clone())),
            other => Err(bad_binding(format!(
                "bind() takes dicts, structs and keywords, not {}",
                described(other)
            ))
            .help("give the value a name: bind(name=value)")),
        }
    }
}

/// A name of a binding as a reference.
fn address_of(address: &str) -> Result<Ref, Fault> {
    Ref::parse(address)
        .map_err(|_| bad_binding(format!("`{address}` is not a name that a reference could have")))
}

fn bad_binding(message: String) -> Fault {
    Fault::new("ValueError", &BAD_BINDING, message)
}

fn unbindable(name: &str, value: &Value) -> Fault {
    let fault = bad_binding(format!("`{name}` cannot be bound to {}", described(value)));
    match value {
        Value::List(_) | Value::Tuple(_) => fault.help("wrap it: List(String)([...])"),
        _ => fault.help("bind text, a number, a dict of these, or a template object"),
    }
}

fn described(value: &Value) -> String {
    match value {
        Value::None | Value::Empty => value.repr(),
        other => format!("a {}", other.type_name()),
    }
}
