//! `operator`: the operators as functions, and makers of such functions.

use super::{Members, Table, functions};
use crate::python::ops::{binary, compare, contains, get_item, true_division, unary};
use crate::python::params::{positional_only, take, text};
use crate::syntax::ast::{BinOp, CompareOp, UnaryOp};
use crate::template::value::{Args, Fault, Native, Text, Value, Vm};

const TABLE: Table = &[
    ("add", |m, a| operated(m, "add", a, BinOp::Add)),
    ("concat", |m, a| operated(m, "concat", a, BinOp::Add)),
    ("sub", |m, a| operated(m, "sub", a, BinOp::Sub)),
    ("mul", |m, a| operated(m, "mul", a, BinOp::Mul)),
    ("div", |m, a| operated(m, "div", a, BinOp::Div)),
    ("floordiv", |m, a| operated(m, "floordiv", a, BinOp::FloorDiv)),
    ("mod", |m, a| operated(m, "mod", a, BinOp::Mod)),
    ("pow", |m, a| operated(m, "pow", a, BinOp::Pow)),
    ("lshift", |m, a| operated(m, "lshift", a, BinOp::Shl)),
    ("rshift", |m, a| operated(m, "rshift", a, BinOp::Shr)),
    ("and_", |m, a| operated(m, "and_", a, BinOp::BitAnd)),
    ("or_", |m, a| operated(m, "or_", a, BinOp::BitOr)),
    ("xor", |m, a| operated(m, "xor", a, BinOp::BitXor)),
    ("truediv", truediv),
    ("eq", |m, a| compared(m, "eq", a, CompareOp::Eq)),
    ("ne", |m, a| compared(m, "ne", a, CompareOp::NotEq)),
    ("lt", |m, a| compared(m, "lt", a, CompareOp::Lt)),
    ("le", |m, a| compared(m, "le", a, CompareOp::LtE)),
    ("gt", |m, a| compared(m, "gt", a, CompareOp::Gt)),
    ("ge", |m, a| compared(m, "ge", a, CompareOp::GtE)),
    ("is_", |m, a| compared(m, "is_", a, CompareOp::Is)),
    ("is_not", |m, a| compared(m, "is_not", a, CompareOp::IsNot)),
    ("neg", |_, a| signed("neg", a, UnaryOp::Neg)),
    ("pos", |_, a| signed("pos", a, UnaryOp::Pos)),
    ("invert", |_, a| signed("invert", a, UnaryOp::Invert)),
    ("not_", |_, a| signed("not_", a, UnaryOp::Not)),
    ("truth", truth),
    ("contains", contains_function),
    ("getitem", getitem),
    ("itemgetter", itemgetter),
    ("attrgetter", attrgetter),
    ("methodcaller", methodcaller),
];

/// The members of `operator`.
pub(super) fn members() -> Members {
    functions(TABLE)
}

fn operated(vm: &mut dyn Vm, name: &str, args: Args, op: BinOp) -> Result<Value, Fault> {
    let ([a, b], []) = take(name, args, ["a", "b"], [])?;
    binary(vm, op, &a, &b)
}

fn truediv(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([a, b], []) = take("truediv", args, ["a", "b"], [])?;
    true_division(&a, &b)
}

fn compared(vm: &mut dyn Vm, name: &str, args: Args, op: CompareOp) -> Result<Value, Fault> {
    let ([a, b], []) = take(name, args, ["a", "b"], [])?;
    compare(vm, op, &a, &b).map(Value::Bool)
}

fn signed(name: &str, args: Args, op: UnaryOp) -> Result<Value, Fault> {
    let ([a], []) = take(name, args, ["a"], [])?;
    unary(op, &a)
}

fn truth(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([a], []) = take("truth", args, ["a"], [])?;
    Ok(Value::Bool(a.truthy()))
}

fn contains_function(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([container, item], []) = take("contains", args, ["a", "b"], [])?;
    contains(vm, &container, &item).map(Value::Bool)
}

fn getitem(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([container, index], []) = take("getitem", args, ["a", "b"], [])?;
    get_item(vm, &container, &index)
}

/// A function that takes something out of its argument.
#[derive(Debug)]
enum Getter {
    /// `itemgetter(1, 'a')`
    Items(Vec<Value>),
    /// `attrgetter('a.b')`
    Attributes(Vec<Text>),
    /// `methodcaller('name', args)`
    Method(Text, Args),
}

fn itemgetter(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let items = positional_only("itemgetter", args)?;
    if items.is_empty() {
        return Err(Fault::bad_call("itemgetter() needs at least one index or key"));
    }
    Ok(Value::native(Getter::Items(items)))
}

fn attrgetter(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let names = positional_only("attrgetter", args)?;
    let names = names.iter().map(|n| text("attrgetter", n)).collect::<Result<Vec<Text>, Fault>>()?;
    if names.is_empty() {
        return Err(Fault::bad_call("attrgetter() needs at least one name"));
    }
    Ok(Value::native(Getter::Attributes(names)))
}

fn methodcaller(_: &mut dyn Vm, mut args: Args) -> Result<Value, Fault> {
    if args.positional.is_empty() {
        return Err(Fault::bad_call("methodcaller() needs the name of a method"));
    }
    let (name, _) = args.positional.remove(0);
    Ok(Value::native(Getter::Method(text("methodcaller", &name)?, args)))
}

fn one_or_all(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.swap_remove(0) } else { Value::tuple(values) }
}

fn dotted(vm: &mut dyn Vm, value: &Value, path: &str) -> Result<Value, Fault> {
    path.split('.').try_fold(value.clone(), |value, name| vm.attribute(&value, name))
}

impl Native for Getter {
    fn type_name(&self) -> &str {
        match self {
            Getter::Items(_) => "itemgetter",
            Getter::Attributes(_) => "attrgetter",
            Getter::Method(..) => "methodcaller",
        }
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        let span = args.span;
        let ([value], []) = take(self.type_name(), args, ["obj"], [])?;
        match self {
            Getter::Items(items) => {
                let got = items.iter().map(|i| get_item(vm, &value, i)).collect::<Result<_, Fault>>()?;
                Ok(one_or_all(got))
            }
            Getter::Attributes(names) => {
                let got =
                    names.iter().map(|n| dotted(vm, &value, n.as_str())).collect::<Result<_, Fault>>()?;
                Ok(one_or_all(got))
            }
            Getter::Method(name, given) => {
                let method = vm.attribute(&value, name.as_str())?;
                vm.call(&method, Args { span, ..given.clone() })
            }
        }
    }
}
