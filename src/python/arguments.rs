//! Bringing the arguments of a call and the parameters that a function declares together.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::diagnostics::nearest;
use crate::python::params::{float, int, text, wants};
use crate::source::Span;
use crate::template::value::{
    Args, Builtin, Dict, Fault, Keyword, Native, Parameter, ParameterKind, Set, Text, Value, Vm,
};

/// Declares functions, each as `name(parameters) charge => function`.
///
/// A parameter is written as in Python: `key`, `default = None`, `*iterables`, and `**kwargs` for all arguments that no
/// other parameter takes, which are passed on as [`Args`]. `default?` may be left out, and no value stands for that. `self` is the value that a method is called on. `@` is not a
/// parameter: it passes the place of the call. What values an argument may have is said by the types of the function's
/// own parameters, see [`Argument`].
macro_rules! builtins {
    ($($name:ident ($($parameters:tt)*) $charge:expr => $run:expr),* $(,)?) => {
        &[$({
            #[allow(unused_imports, reason = "each declaration needs some of the names")]
            use $crate::template::value::{Charge::*, ParameterKind::*};
            $crate::template::value::Builtin {
                name: stringify!($name),
                parameters: $crate::python::arguments::parameters!([] $($parameters)*),
                charge: $charge,
                run: |builtin, vm, args| {
                    #[allow(unused_mut, unused_variables, reason = "some functions have no parameters")]
                    let mut given = $crate::python::arguments::Given::bind(builtin, vm, args)?;
                    $crate::python::arguments::arguments!(given, $run, [vm,] $($parameters)*)
                },
            }
        }),*]
    };
}

/// The parameters of a declaration as data.
macro_rules! parameters {
    ([$($done:expr,)*]) => { &[$($done),*] };
    ([$($done:expr,)*] @ $(, $($more:tt)*)?) => {
        $crate::python::arguments::parameters!([$($done,)*] $($($more)*)?)
    };
    ([$($done:expr,)*] self $(, $($more:tt)*)?) => {
        $crate::python::arguments::parameters!([$($done,)* (Receiver, "self", None),] $($($more)*)?)
    };
    ([$($done:expr,)*] ** $rest:ident) => {
        $crate::python::arguments::parameters!(
            [$($done,)* (Rest, "args", None), (Keywords, stringify!($rest), None),])
    };
    ([$($done:expr,)*] * $rest:ident $(, $($more:tt)*)?) => {
        $crate::python::arguments::parameters!([$($done,)* (Rest, stringify!($rest), None),] $($($more)*)?)
    };
    ([$($done:expr,)*] $name:ident = $default:expr $(, $($more:tt)*)?) => {
        $crate::python::arguments::parameters!(
            [$($done,)* (Normal, stringify!($name), Some(stringify!($default))),] $($($more)*)?)
    };
    ([$($done:expr,)*] $name:ident ? $(, $($more:tt)*)?) => {
        $crate::python::arguments::parameters!(
            [$($done,)* (Normal, stringify!($name), Some($crate::template::value::NO_DEFAULT)),] $($($more)*)?)
    };
    ([$($done:expr,)*] $name:ident $(, $($more:tt)*)?) => {
        $crate::python::arguments::parameters!([$($done,)* (Normal, stringify!($name), None),] $($($more)*)?)
    };
}

/// The call of a declared function with its arguments.
macro_rules! arguments {
    ($given:ident, $run:expr, [$($done:expr,)*]) => { ($run)($($done),*) };
    ($given:ident, $run:expr, [$($done:expr,)*] @ $(, $($more:tt)*)?) => {
        $crate::python::arguments::arguments!($given, $run, [$($done,)* $given.span,] $($($more)*)?)
    };
    ($given:ident, $run:expr, [$($done:expr,)*] ** $rest:ident) => {
        ($run)($($done,)* $given.others())
    };
    ($given:ident, $run:expr, [$($done:expr,)*] * $rest:ident $(, $($more:tt)*)?) => {
        $crate::python::arguments::arguments!($given, $run, [$($done,)* $given.rest(),] $($($more)*)?)
    };
    ($given:ident, $run:expr, [$($done:expr,)*] $name:ident ? $(, $($more:tt)*)?) => {
        $crate::python::arguments::arguments!($given, $run, [$($done,)* $given.take()?,] $($($more)*)?)
    };
    ($given:ident, $run:expr, [$($done:expr,)*] $name:ident $(= $default:expr)? $(, $($more:tt)*)?) => {
        $crate::python::arguments::arguments!($given, $run, [$($done,)* $given.take()?,] $($($more)*)?)
    };
}

pub(crate) use {arguments, builtins, parameters};

/// Functions that belong together, as declared with [`builtins`].
pub type Table = &'static [Builtin];

/// The arguments of a call by parameter.
#[derive(Debug)]
pub struct Given {
    function: &'static str,
    /// The place of the call.
    pub span: Span,
    values: std::vec::IntoIter<Option<Value>>,
    rest: Vec<(Value, Span)>,
    keywords: Vec<Keyword>,
    spread: Option<usize>,
}

impl Given {
    /// Brings arguments and parameters together, and charges for the call.
    ///
    /// # Errors
    /// For too many or missing arguments, unknown or repeated keywords, and when a budget is used up.
    pub fn bind(builtin: &'static Builtin, vm: &mut dyn Vm, args: Args) -> Result<Given, Fault> {
        let function = builtin.name;
        let single = |p: &&Parameter| matches!(p.0, ParameterKind::Receiver | ParameterKind::Normal);
        let has = |kind| builtin.parameters.iter().any(|p| p.0 == kind);
        let names: Vec<&Parameter> = builtin.parameters.iter().filter(single).collect();
        let before = builtin.parameters.iter().take_while(single).count();
        let mut positional = args.positional;
        let rest = positional.split_off(before.min(positional.len()));
        if !rest.is_empty() && !has(ParameterKind::Rest) {
            return Err(too_many(builtin, before + rest.len()).at(args.span));
        }
        let mut values: Vec<Option<Value>> = positional.into_iter().map(|(value, _)| Some(value)).collect();
        values.resize(names.len(), None);
        let mut keywords = Vec::new();
        for keyword in args.keyword {
            let found = names
                .iter()
                .position(|(kind, name, _)| *name == &*keyword.name && *kind == ParameterKind::Normal);
            match found {
                Some(index) if values[index].is_some() => {
                    let message = format!("{function}() gets `{}` twice", keyword.name);
                    return Err(Fault::bad_call(message).at(keyword.name_span));
                }
                Some(index) => values[index] = Some(keyword.value),
                None if has(ParameterKind::Keywords) => keywords.push(keyword),
                None => return Err(unknown(builtin, &keyword)),
            }
        }
        let missing =
            names.iter().zip(&values).find(|((_, _, default), value)| default.is_none() && value.is_none());
        if let Some(((kind, name, _), _)) = missing {
            let message = match kind {
                ParameterKind::Receiver => format!("{function}() needs a value to work on"),
                _ => format!("{function}() needs the argument `{name}`"),
            };
            return Err(Fault::bad_call(message).at(args.span));
        }
        builtin.charge.apply(vm, &values)?;
        Ok(Given {
            function,
            span: args.span,
            values: values.into_iter(),
            rest,
            keywords,
            spread: args.spread,
        })
    }

    /// The argument for the next parameter.
    ///
    /// # Errors
    /// When it is of a wrong type.
    pub fn take<T: Argument>(&mut self) -> Result<T, Fault> {
        match self.values.next().flatten() {
            Some(value) => T::given(self.function, value),
            None => T::missing(self.function),
        }
    }

    /// The other positional arguments.
    pub fn rest(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.rest).into_iter().map(|(value, _)| value).collect()
    }

    /// All other arguments.
    pub fn others(self) -> Args {
        Args { span: self.span, positional: self.rest, keyword: self.keywords, spread: self.spread }
    }
}

fn unknown(builtin: &Builtin, keyword: &Keyword) -> Fault {
    let fault = Fault::bad_call(format!("{}() has no parameter `{}`", builtin.name, keyword.name));
    let normal = builtin.parameters.iter().filter(|p| p.0 == ParameterKind::Normal);
    let fault = fault.at(keyword.name_span);
    match nearest(&keyword.name, normal.map(|p| p.1)) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault,
    }
}

fn too_many(builtin: &Builtin, given: usize) -> Fault {
    let normal = builtin.parameters.iter().filter(|p| p.0 == ParameterKind::Normal);
    let most = normal.clone().count();
    let given = given - (builtin.parameters.len() - most);
    let bound = if normal.clone().all(|p| p.2.is_none()) { "" } else { "at most " };
    let takes = match most {
        0 => "no arguments".to_string(),
        1 => format!("{bound}1 argument"),
        n => format!("{bound}{n} arguments"),
    };
    Fault::bad_call(format!("{}() takes {takes}, but {given} are given", builtin.name))
}

/// A type that a function's parameter may have.
pub trait Argument: Sized {
    /// The argument from the value that is given.
    ///
    /// # Errors
    /// When the value is of a wrong type; `function` is the name of the function, for the message.
    fn given(function: &str, value: Value) -> Result<Self, Fault>;

    /// The argument where none is given.
    ///
    /// # Errors
    /// When there must be one.
    fn missing(function: &str) -> Result<Self, Fault> {
        Err(Fault::bad_call(format!("{function}() needs another argument")))
    }
}

impl<T: Argument> Argument for Option<T> {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        T::given(function, value).map(Some)
    }

    fn missing(_: &str) -> Result<Self, Fault> {
        Ok(None)
    }
}

/// An argument that may also be `None`, which is the same as leaving it out.
#[derive(Debug, Clone)]
pub struct OrNone<T>(pub Option<T>);

impl<T: Argument> Argument for OrNone<T> {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        match value {
            Value::None => Ok(OrNone(None)),
            value => T::given(function, value).map(|argument| OrNone(Some(argument))),
        }
    }

    fn missing(_: &str) -> Result<Self, Fault> {
        Ok(OrNone(None))
    }
}

impl Argument for Value {
    fn given(_: &str, value: Value) -> Result<Self, Fault> {
        Ok(value)
    }
}

/// A flag that has to be a whole number, as functions written in C have it.
#[derive(Debug, Clone, Copy)]
pub struct Flag(pub bool);

impl Argument for Flag {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        int(function, &value).map(|number| Flag(number != 0))
    }
}

/// Any value, by its truth.
impl Argument for bool {
    fn given(_: &str, value: Value) -> Result<Self, Fault> {
        Ok(value.truthy())
    }
}

impl Argument for Text {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        text(function, &value)
    }
}

impl Argument for i64 {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        int(function, &value)
    }
}

impl Argument for f64 {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        float(function, &value)
    }
}

impl Argument for Rc<RefCell<Dict>> {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        match value {
            Value::Dict(dict) => Ok(dict),
            other => Err(wants(function, "a dict", &other)),
        }
    }
}

impl Argument for Rc<RefCell<Set>> {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        match value {
            Value::Set(set) => Ok(set),
            other => Err(wants(function, "a set", &other)),
        }
    }
}

impl Argument for Rc<RefCell<Vec<Value>>> {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        match value {
            Value::List(items) => Ok(items),
            other => Err(wants(function, "a list", &other)),
        }
    }
}

impl<T: Native> Argument for Rc<T> {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        let found = match &value {
            Value::Native(native) => Rc::downcast::<T>(native.clone() as Rc<dyn Any>).ok(),
            _ => None,
        };
        found.ok_or_else(|| wants(function, "the value that it belongs to", &value))
    }
}
