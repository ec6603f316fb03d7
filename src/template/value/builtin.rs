//! What a function or method written in Rust declares, once: calls, errors, completion and documents read it.

use super::{Args, Fault, Value, Vm};

/// A function or method written in Rust.
#[derive(Debug)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// Its parameters, in order. Those after a [`ParameterKind::Rest`] are given by name only.
    pub parameters: &'static [Parameter],
    /// What a call costs beside the call itself.
    pub charge: Charge,
    /// Brings arguments and parameters together and runs it. Faults without a place get that of the call.
    pub run: fn(&'static Builtin, &mut dyn Vm, Args) -> Result<Value, Fault>,
}

impl Builtin {
    /// Calls it. A method's first positional argument is its value.
    ///
    /// # Errors
    /// When the arguments do not fit the parameters; whatever the function raises.
    pub fn call(&'static self, vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        (self.run)(self, vm, args)
    }

    /// The function of a name in a table.
    pub fn find(table: &'static [Builtin], name: &str) -> Option<&'static Builtin> {
        table.iter().find(|builtin| builtin.name == name)
    }

    /// How it is written: `split(sep=None, maxsplit=-1)`, `getattr(x, name[, default])`.
    pub fn signature(&self) -> String {
        let mut parameters = String::new();
        for (kind, name, default) in self.parameters {
            let between = if parameters.is_empty() { "" } else { ", " };
            parameters.push_str(&match (kind, default) {
                (ParameterKind::Receiver, _) => continue,
                (ParameterKind::Rest, _) => format!("{between}*{name}"),
                (ParameterKind::Keywords, _) => format!("{between}**{name}"),
                (ParameterKind::Normal, Some(default)) if *default == NO_DEFAULT => {
                    format!("[{between}{name}]")
                }
                (ParameterKind::Normal, Some(default)) => format!("{between}{name}={default}"),
                (ParameterKind::Normal, None) => format!("{between}{name}"),
            });
        }
        format!("{}({parameters})", self.name)
    }
}

/// A parameter: how arguments reach it, its name, and what it is where no argument is given, as Python writes it (`None`
/// where one must be given, [`NO_DEFAULT`] where none need be).
pub type Parameter = (ParameterKind, &'static str, Option<&'static str>);

/// Stands for the default of a parameter that may be left out although no value is the same as leaving it out.
pub const NO_DEFAULT: &str = "";

/// How arguments reach a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// The value that a method is called on.
    Receiver,
    /// By position or name; after a [`ParameterKind::Rest`] by name only.
    Normal,
    /// `*name`: the other positional arguments.
    Rest,
    /// `**name`: the other named arguments.
    Keywords,
}

/// What a call costs beside the call itself. Parameters are meant by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// Nothing.
    Constant,
    /// Looks at each item or byte of an argument.
    Scan(usize),
    /// Makes something as large as an argument.
    Copy(usize),
    /// Depends on more than the size of an argument: the function counts while it works.
    Metered,
}

impl Charge {
    /// Counts what a call with these arguments costs.
    ///
    /// # Errors
    /// When a budget is used up.
    pub fn apply(self, vm: &mut dyn Vm, arguments: &[Option<Value>]) -> Result<(), Fault> {
        let size = |of: usize| arguments.get(of).and_then(Option::as_ref).map_or(0, Value::size);
        match self {
            Charge::Constant | Charge::Metered => Ok(()),
            Charge::Scan(of) => vm.charge(size(of) as u64 / 64),
            Charge::Copy(of) => match arguments.get(of) {
                Some(Some(Value::Str(text))) => vm.charge_text(text.as_str().len()),
                _ => vm.charge_items(size(of)),
            },
        }
    }
}
