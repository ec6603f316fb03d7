//! Binding: objects with more scopes.

use std::rc::Rc;

use super::object::Object;
use super::reference::Ref;
use super::scope::{Environment, Scope};
use super::value::{Args, Fault, Value};

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
            environment.bind(&address, &keyword.value).map_err(|f| f.at(keyword.span))?;
        }
        scopes.push(Scope::Environment(Rc::new(environment)));
    }
    Ok(scopes)
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
        bound.interpolate(&mut super::walk::Walk::default())
    }
}
