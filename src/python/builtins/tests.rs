//! Built-in functions, compared with what Python 2.7 gives.

use super::*;
use crate::python::class::type_of;
use crate::python::tests::TestVm;
use crate::source::Span;
use crate::template::value::{Args, Fault, Vm};

fn call(name: &str, args: Vec<Value>) -> Result<String, Fault> {
    let mut vm = TestVm::default();
    let function = lookup(name).unwrap();
    vm.call(&function, Args::of(Span::NONE, args)).map(|v| v.repr())
}

fn text(s: &str) -> Value {
    Value::str(s)
}

fn list(items: &[i64]) -> Value {
    Value::list(items.iter().map(|n| Value::Int(*n)).collect())
}

#[test]
fn results_are_pythons() {
    let cases: Vec<(&str, Vec<Value>, &str)> = vec![
        ("int", vec![text(" -12 ")], "-12"),
        ("int", vec![text("ff"), Value::Int(16)], "255"),
        ("int", vec![text("0xff"), Value::Int(0)], "255"),
        ("int", vec![text("017"), Value::Int(0)], "15"),
        ("int", vec![Value::Float(-3.9)], "-3"),
        ("int", vec![Value::Float(1e20)], "100000000000000000000"),
        ("float", vec![text("1e3")], "1000.0"),
        ("bool", vec![text("")], "False"),
        ("str", vec![Value::Float(0.1 + 0.2)], "'0.3'"),
        ("repr", vec![Value::Float(0.1 + 0.2)], "'0.30000000000000004'"),
        ("list", vec![text("ab")], "['a', 'b']"),
        ("tuple", vec![list(&[1])], "(1,)"),
        ("dict", vec![Value::list(vec![Value::tuple(vec![text("a"), Value::Int(1)])])], "{'a': 1}"),
        ("set", vec![list(&[2, 1, 2])], "set([1, 2])"),
        ("range", vec![Value::Int(5), Value::Int(0), Value::Int(-2)], "[5, 3, 1]"),
        ("len", vec![text("é")], "1"),
        ("zip", vec![list(&[1, 2]), text("ab")], "[(1, 'a'), (2, 'b')]"),
        ("map", vec![Value::None, list(&[1, 2]), list(&[3])], "[(1, 3), (2, None)]"),
        ("map", vec![lookup("str").unwrap(), list(&[1, 2])], "['1', '2']"),
        ("filter", vec![Value::None, list(&[0, 1])], "[1]"),
        ("sorted", vec![list(&[3, 1, 2])], "[1, 2, 3]"),
        ("sum", vec![list(&[1, 2])], "3"),
        ("max", vec![list(&[1, 3, 2])], "3"),
        ("min", vec![text("b"), text("a")], "'a'"),
        ("abs", vec![Value::Int(i64::MIN)], "9223372036854775808"),
        ("divmod", vec![Value::Int(-7), Value::Int(2)], "(-4, 1)"),
        ("pow", vec![Value::Int(3), Value::Int(100), Value::Int(7)], "4"),
        ("round", vec![Value::Float(2.5)], "3.0"),
        ("round", vec![Value::Float(-0.5)], "-1.0"),
        ("round", vec![Value::Float(2.675), Value::Int(2)], "2.67"),
        ("round", vec![Value::Float(0.125), Value::Int(2)], "0.13"),
        ("round", vec![Value::Float(1234.5), Value::Int(-2)], "1200.0"),
        ("hex", vec![Value::Int(-255)], "'-0xff'"),
        ("oct", vec![Value::Int(8)], "'010'"),
        ("bin", vec![Value::Int(5)], "'0b101'"),
        ("chr", vec![Value::Int(65)], "'A'"),
        ("ord", vec![text("A")], "65"),
        ("any", vec![list(&[0, 1])], "True"),
        ("all", vec![list(&[])], "True"),
        ("cmp", vec![Value::Int(2), Value::Int(1)], "1"),
        ("isinstance", vec![text("a"), lookup("basestring").unwrap()], "True"),
        ("isinstance", vec![Value::Bool(true), lookup("int").unwrap()], "True"),
        (
            "isinstance",
            vec![Value::Int(1), Value::tuple(vec![lookup("str").unwrap(), lookup("float").unwrap()])],
            "False",
        ),
        ("type", vec![Value::Int(1)], "<type 'int'>"),
        ("format", vec![Value::Int(5), text("03d")], "'005'"),
    ];
    for (name, args, expected) in cases {
        let shown = format!("{name}({args:?})");
        assert_eq!(call(name, args).unwrap(), expected, "{shown}");
    }
}

#[test]
fn mistakes_have_pythons_exceptions() {
    let cases: Vec<(&str, Vec<Value>, &str)> = vec![
        ("int", vec![text("ten")], "ValueError"),
        ("int", vec![text("1.5")], "ValueError"),
        ("int", vec![Value::None], "TypeError"),
        ("int", vec![Value::Float(f64::NAN)], "OverflowError"),
        ("float", vec![text("x")], "ValueError"),
        ("len", vec![Value::Int(1)], "TypeError"),
        ("range", vec![Value::Int(1), Value::Int(2), Value::Int(0)], "ValueError"),
        ("range", vec![Value::Float(1.0)], "TypeError"),
        ("max", vec![list(&[])], "ValueError"),
        ("max", vec![], "TypeError"),
        ("sum", vec![list(&[1]), text("")], "TypeError"),
        ("dict", vec![list(&[1])], "TypeError"),
        ("set", vec![Value::list(vec![list(&[1])])], "TypeError"),
        ("id", vec![Value::Int(1)], "NameError"),
        ("basestring", vec![], "TypeError"),
        ("isinstance", vec![Value::Int(1), Value::Int(1)], "TypeError"),
        ("chr", vec![Value::Int(-1)], "ValueError"),
        ("next", vec![list(&[1])], "TypeError"),
    ];
    for (name, args, exception) in cases {
        let shown = format!("{name}({args:?})");
        assert_eq!(call(name, args).unwrap_err().exception, exception, "{shown}");
    }
}

#[test]
fn a_large_range_costs_nothing_until_it_is_used() {
    assert_eq!(
        call(
            "len",
            vec![Value::Range(crate::template::value::Range { start: 0, stop: 1 << 40, step: 1 }.into())]
        )
        .unwrap(),
        (1i64 << 40).to_string()
    );
    let mut vm = TestVm::default();
    let args = Args::of(Span::NONE, vec![Value::Int(1 << 40)]);
    let range = vm.call(&lookup("range").unwrap(), args).unwrap();
    let list = vm.call(&lookup("list").unwrap(), Args::of(Span::NONE, vec![range]));
    assert_eq!(list.unwrap_err().exception, "Budget");
}

#[test]
fn types_are_the_same_value_each_time() {
    let mut vm = TestVm::default();
    let str_type = lookup("str").unwrap();
    assert!(type_of(&text("a")).equals(&str_type) && !lookup("unicode").unwrap().equals(&str_type));
    let upper = vm.attribute(&str_type, "upper").unwrap();
    let result = vm.call(&upper, Args::of(Span::NONE, vec![text("a")])).unwrap();
    assert_eq!(result.repr(), "'A'");
}
