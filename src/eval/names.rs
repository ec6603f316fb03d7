//! Reading and binding names, and what to say about a name that nothing defines.

use super::frame::Placed;
use super::intrinsic::Intrinsic;
use super::machine::{Eval, Machine};
use super::{ambient, exception, files, imports, include, instance, recover, scope, unknown};
use crate::diagnostics::codes::eval::UNBOUND_LOCAL;
use crate::python::builtins;
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::syntax::frames::Place;
use crate::template::value::{Fault, Value};

impl Machine {
    /// The value of a name.
    pub(super) fn read_name(&mut self, name: &Name, span: Span) -> Eval {
        self.read_placed(name, span).map(|held| held.value)
    }

    /// The value of a name, and where it was written.
    pub(super) fn read_placed(&mut self, name: &Name, span: Span) -> Result<Placed, Fault> {
        let held = match self.frame.layout() {
            None => self.read_global(name, span),
            Some(layout) => match layout.place(name) {
                Place::Slot(index) => {
                    let held = self.frame.slots[index].clone().ok_or_else(|| self.unbound(name, span))?;
                    self.doubt_local(name, span);
                    return self.present(held, span);
                }
                Place::Cell(index) => {
                    let held = self.frame.cells[index].borrow().clone();
                    self.doubt_local(name, span);
                    return held.ok_or_else(|| self.unbound(name, span));
                }
                Place::Class => {
                    let own = self.frame.class.as_ref().and_then(|c| c.get(name));
                    let own = own.map(|(value, _)| Placed { value: value.clone(), place: Span::NONE });
                    self.doubt_local(name, span);
                    own.or_else(|| self.read_global(name, span))
                }
                Place::Global => self.read_global(name, span),
            },
        };
        match held {
            Some(held) if self.report.failed && recover::is_poison(&held.value) => Err(recover::poisoned()),
            Some(held) => self.present(held, span),
            None => Err(unknown::name(self, name, span).at(span)),
        }
    }

    /// A value that is read, unless it stands for a module that is not there.
    fn present(&mut self, held: Placed, span: Span) -> Result<Placed, Fault> {
        match self.missing_modules.then(|| imports::absent(&held.value)).flatten() {
            Some(fault) => Err(self.blame_import(fault.at(span))),
            None => Ok(held),
        }
    }

    /// The fault for a module that is not there; silent where a use of the same import has been reported.
    #[cold]
    fn blame_import(&mut self, fault: Fault) -> Fault {
        let import = fault.diagnostic.labels.first().map_or(Span::NONE, |label| label.span);
        match self.guards > 0 || self.blamed_imports.insert(import) {
            true => fault,
            false => recover::poisoned(),
        }
    }

    fn global_placed(&self, name: &str) -> Option<Placed> {
        let own = self.globals.placed(name);
        own.or_else(|| self.global(name).map(|value| Placed { value, place: Span::NONE }))
    }

    /// The value of a global name: the files' own, the schema's, or a built-in function.
    pub(super) fn global(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.globals.get(name) {
            return Some(value.clone());
        }
        if !self.globals.hides(name)
            && let Some(value) = ambient::lookup(name)
        {
            return Some(value);
        }
        core(name).or_else(|| builtins::lookup(name)).or_else(|| exception::class(name))
    }

    fn read_global(&mut self, name: &Name, span: Span) -> Option<Placed> {
        if let Some(global) = self.globals.find(name).filter(|global| global.leaked) {
            let variable = global.span;
            self.doubt_leaked(name, span, variable);
        }
        self.global_placed(name)
    }

    fn doubt_local(&mut self, name: &Name, span: Span) {
        let found =
            self.frame.leaked.iter().find(|(leaked, _)| leaked == name).map(|(_, variable)| *variable);
        if let Some(variable) = found {
            self.doubt_leaked(name, span, variable);
        }
    }

    /// Notes that the variable of a list comprehension keeps its last value, although the comprehension is over.
    pub(super) fn mark_leaked(&mut self, name: &Name, span: Span) {
        match self.frame.layout().map_or(Place::Global, |l| l.place(name)) {
            Place::Global => self.globals.mark_leaked(name),
            _ => self.frame.leaked.push((name.clone(), span)),
        }
    }

    fn unbound(&self, name: &str, span: Span) -> Fault {
        if self.report.failed && self.guards == 0 && self.report.incomplete {
            return recover::poisoned();
        }
        let message = format!("`{name}` is used before it has a value");
        let fault = Fault::new("UnboundLocalError", &UNBOUND_LOCAL, message)
            .python(format!("local variable '{name}' referenced before assignment"))
            .at(span);
        let fault = fault.map(|d| d.here("no value yet")).map(|d| {
            d.note(format!(
                "the function assigns `{name}` somewhere, so the name is local to the whole function"
            ))
        });
        if self.global(name).is_none() {
            return fault;
        }
        fault
            .map(|d| d.label(self.globals.span(name), "this is another, global name"))
            .help(format!("give the local another name, or declare `global {name}` in the function"))
    }

    /// Binds a name where its scope has it.
    pub(super) fn bind_name(&mut self, name: &Name, value: Value, span: Span) {
        self.bind_placed(name, Placed { value, place: Span::NONE }, span);
    }

    /// [`Machine::bind_name`] for a value of which it is known where it was written.
    pub(super) fn bind_placed(&mut self, name: &Name, held: Placed, span: Span) {
        let place = self.frame.layout().map_or(Place::Global, |l| l.place(name));
        if !self.frame.leaked.is_empty() && place != Place::Global {
            self.frame.leaked.retain(|(leaked, _)| leaked != name);
        }
        match place {
            Place::Slot(index) => self.frame.slots[index] = Some(held),
            Place::Cell(index) => *self.frame.cells[index].borrow_mut() = Some(held),
            Place::Class => {
                if let Some(class) = &mut self.frame.class {
                    class.insert(name.clone(), (held.value, span));
                }
            }
            Place::Global => self.globals.set(name, held, span),
        }
    }

    /// `del name`.
    pub(super) fn delete_name(&mut self, name: &Name, span: Span) -> Result<(), Fault> {
        let place = self.frame.layout().map_or(Place::Global, |l| l.place(name));
        let found = match place {
            Place::Slot(index) => self.frame.slots[index].take().is_some(),
            Place::Cell(index) => self.frame.cells[index].borrow_mut().take().is_some(),
            Place::Class => self.frame.class.as_mut().is_some_and(|c| c.shift_remove(name).is_some()),
            Place::Global => {
                let known = !self.globals.hides(name) && ambient::lookup(name).is_some();
                self.globals.remove(name) || known
            }
        };
        if found { Ok(()) } else { Err(unknown::name(self, name, span).at(span)) }
    }
}

/// The built-in functions that reach files, and what `__name__` is.
fn core(name: &str) -> Option<Value> {
    match name {
        "include" => Some(Intrinsic::value("include", include::include)),
        "open" => Some(Intrinsic::value("open", files::open)),
        "file" => Some(Intrinsic::value("file", files::open)),
        "globals" => Some(Intrinsic::value("globals", scope::globals)),
        "locals" => Some(Intrinsic::value("locals", scope::locals)),
        "vars" => Some(Intrinsic::value("vars", scope::vars)),
        "super" => Some(Intrinsic::value("super", instance::super_of)),
        "__name__" => Some(Value::str("__builtin__")),
        _ => None,
    }
}
