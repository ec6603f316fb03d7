//! `locals()`, `globals()` and `vars()`: names and values as dicts.

use super::machine::{Eval, Machine};
use super::{ambient, imports, recover};
use crate::python::params::take;
use crate::syntax::frames::Place;
use crate::template::value::{Args, Dict, DictKind, Fault, Value, Vm};

/// `globals()`: every global name. The dict is frozen: what is written to it would be no global.
pub(super) fn globals(machine: &mut Machine, args: Args) -> Eval {
    take::<0, 0>("globals", args, [], [])?;
    all_globals(machine)
}

/// `locals()`: the names of the function that runs now; at the top level of a file the globals.
pub(super) fn locals(machine: &mut Machine, args: Args) -> Eval {
    take::<0, 0>("locals", args, [], [])?;
    own_names(machine)
}

/// `vars()` is `locals()`, and `vars(object)` is the dict of its attributes.
pub(super) fn vars(machine: &mut Machine, args: Args) -> Eval {
    let ([], [object]) = take("vars", args, [], ["object"])?;
    match object {
        Some(object) => machine.attribute(&object, "__dict__"),
        None => own_names(machine),
    }
}

fn all_globals(machine: &mut Machine) -> Eval {
    let schema = ambient::all_names();
    machine.charge_items(schema.len() + machine.globals.iter().count())?;
    let mut names = Dict::of_kind(DictKind::Frozen);
    for name in schema {
        if let Some(value) = ambient::lookup(name).filter(|_| !machine.globals.hides(name)) {
            names.insert_str(name, value);
        }
    }
    for (name, value) in machine.globals.iter().filter(|(_, value)| is_sound(value)) {
        names.insert_str(name, value.clone());
    }
    Ok(Value::dict(names))
}

fn own_names(machine: &mut Machine) -> Result<Value, Fault> {
    let Some(layout) = machine.frame.layout() else { return all_globals(machine) };
    let mut names: Vec<_> = layout.names().map(|name| (name.clone(), layout.place(name))).collect();
    names.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut all = Dict::new();
    for (name, place) in names {
        let value = match place {
            Place::Slot(index) => machine.frame.slots[index].as_ref().map(|held| held.value.clone()),
            Place::Cell(index) => machine.frame.cells[index].borrow().as_ref().map(|held| held.value.clone()),
            Place::Class => machine.frame.class.as_ref().and_then(|c| c.get(&name)).map(|(v, _)| v.clone()),
            Place::Global => None,
        };
        if let Some(value) = value.filter(is_sound) {
            all.insert_str(&name, value);
        }
    }
    machine.charge_items(all.len())?;
    Ok(Value::dict(all))
}

/// Whether a value is one that a name could be read as.
fn is_sound(value: &Value) -> bool {
    !recover::is_poison(value) && imports::absent(value).is_none()
}
