//! `operator`: the operators as functions, and makers of such functions.

use super::{Members, functions};
use crate::python::arguments::{Table, builtins};
use crate::python::ops::{binary, compare, contains, get_item, true_division, unary};
use crate::python::params::{take, text};
use crate::syntax::ast::{BinOp, CompareOp, UnaryOp};
use crate::template::value::{Args, Fault, Native, Text, Value, Vm};

const TABLE: Table = builtins![
    add(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::Add, &a, &b),
    concat(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::Add, &a, &b),
    sub(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::Sub, &a, &b),
    mul(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::Mul, &a, &b),
    div(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::Div, &a, &b),
    floordiv(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::FloorDiv, &a, &b),
    mod(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::Mod, &a, &b),
    pow(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::Pow, &a, &b),
    lshift(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::Shl, &a, &b),
    rshift(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::Shr, &a, &b),
    and_(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::BitAnd, &a, &b),
    or_(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::BitOr, &a, &b),
    xor(a, b) Metered => |vm, a: Value, b: Value| binary(vm, BinOp::BitXor, &a, &b),
    truediv(a, b) Constant => |_, a: Value, b: Value| true_division(&a, &b),
    eq(a, b) Metered => |vm, a: Value, b: Value| compared(vm, CompareOp::Eq, &a, &b),
    ne(a, b) Metered => |vm, a: Value, b: Value| compared(vm, CompareOp::NotEq, &a, &b),
    lt(a, b) Metered => |vm, a: Value, b: Value| compared(vm, CompareOp::Lt, &a, &b),
    le(a, b) Metered => |vm, a: Value, b: Value| compared(vm, CompareOp::LtE, &a, &b),
    gt(a, b) Metered => |vm, a: Value, b: Value| compared(vm, CompareOp::Gt, &a, &b),
    ge(a, b) Metered => |vm, a: Value, b: Value| compared(vm, CompareOp::GtE, &a, &b),
    is_(a, b) Metered => |vm, a: Value, b: Value| compared(vm, CompareOp::Is, &a, &b),
    is_not(a, b) Metered => |vm, a: Value, b: Value| compared(vm, CompareOp::IsNot, &a, &b),
    neg(a) Constant => |_, a: Value| unary(UnaryOp::Neg, &a),
    pos(a) Constant => |_, a: Value| unary(UnaryOp::Pos, &a),
    invert(a) Constant => |_, a: Value| unary(UnaryOp::Invert, &a),
    not_(a) Constant => |_, a: Value| unary(UnaryOp::Not, &a),
    truth(a) Constant => |_, a: Value| Ok(Value::Bool(a.truthy())),
    contains(a, b) Metered => |vm, a: Value, b: Value| contains(vm, &a, &b).map(Value::Bool),
    getitem(a, b) Metered => |vm, a: Value, b: Value| get_item(vm, &a, &b),
    itemgetter(*items) Constant => itemgetter,
    attrgetter(*names) Constant => attrgetter,
    methodcaller(**kwargs) Constant => methodcaller,
];

/// The members of `operator`.
pub(super) fn members() -> Members {
    functions(TABLE)
}

fn compared(vm: &mut dyn Vm, op: CompareOp, a: &Value, b: &Value) -> Result<Value, Fault> {
    compare(vm, op, a, b).map(Value::Bool)
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

fn itemgetter(_: &mut dyn Vm, items: Vec<Value>) -> Result<Value, Fault> {
    if items.is_empty() {
        return Err(Fault::bad_call("itemgetter() needs at least one index or key"));
    }
    Ok(Value::native(Getter::Items(items)))
}

fn attrgetter(_: &mut dyn Vm, names: Vec<Value>) -> Result<Value, Fault> {
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
