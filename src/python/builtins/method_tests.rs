//! Methods, compared with what Python gives.

use crate::python::tests::TestVm;
use crate::python::types::set::set_of;
use crate::source::Span;
use crate::template::value::{Args, Dict, Fault, Value, Vm};

fn call(receiver: &Value, name: &str, args: Vec<Value>) -> Result<String, Fault> {
    let mut vm = TestVm::default();
    let method = vm.attribute(receiver, name)?;
    vm.call(&method, Args::of(Span::NONE, args)).map(|v| v.repr())
}

fn text(s: &str) -> Value {
    Value::str(s)
}

fn int(n: i64) -> Value {
    Value::Int(n)
}

fn list(items: &[i64]) -> Value {
    Value::list(items.iter().map(|n| int(*n)).collect())
}

#[test]
fn methods_of_text() {
    let cases: Vec<(&str, &str, Vec<Value>, &str)> = vec![
        ("a,b,,c", "split", vec![text(",")], "['a', 'b', '', 'c']"),
        ("a,b,c", "split", vec![text(","), int(1)], "['a', 'b,c']"),
        ("  a  b ", "split", vec![], "['a', 'b']"),
        ("  a  b  c ", "split", vec![Value::None, int(1)], "['a', 'b  c ']"),
        ("  a  b  c ", "rsplit", vec![Value::None, int(1)], "['  a  b', 'c']"),
        ("a.b.c", "rsplit", vec![text("."), int(1)], "['a.b', 'c']"),
        ("", "split", vec![], "[]"),
        ("", "split", vec![text(",")], "['']"),
        ("a\nb\r\nc\n", "splitlines", vec![], "['a', 'b', 'c']"),
        ("a\nb\r\n", "splitlines", vec![Value::Bool(true)], "['a\\n', 'b\\r\\n']"),
        ("  x ", "strip", vec![], "'x'"),
        ("xxaxx", "lstrip", vec![text("x")], "'axx'"),
        ("xyaxy", "rstrip", vec![text("yx")], "'xya'"),
        ("aXbX", "replace", vec![text("X"), text("--")], "'a--b--'"),
        ("aXbX", "replace", vec![text("X"), text("-"), int(1)], "'a-bX'"),
        ("ab", "replace", vec![text(""), text("-")], "'-a-b-'"),
        ("hello world-wide", "title", vec![], "'Hello World-Wide'"),
        ("hELLO", "capitalize", vec![], "'Hello'"),
        ("aBc", "swapcase", vec![], "'AbC'"),
        ("hello", "startswith", vec![Value::tuple(vec![text("x"), text("he")])], "True"),
        ("hello", "startswith", vec![text("ll"), int(2)], "True"),
        ("hello", "endswith", vec![text("ll"), int(0), int(-1)], "True"),
        ("hello", "find", vec![text("l")], "2"),
        ("hello", "rfind", vec![text("l")], "3"),
        ("hello", "find", vec![text("l"), int(-2)], "3"),
        ("hello", "find", vec![text(""), int(9)], "-1"),
        ("ééx", "index", vec![text("x")], "2"),
        ("banana", "count", vec![text("an")], "2"),
        ("ab", "count", vec![text("")], "3"),
        ("ab", "center", vec![int(5)], "'  ab '"),
        ("abc", "center", vec![int(6), text("*")], "'*abc**'"),
        ("ab", "ljust", vec![int(4), text(".")], "'ab..'"),
        ("-42", "zfill", vec![int(5)], "'-0042'"),
        ("a.b.c", "partition", vec![text(".")], "('a', '.', 'b.c')"),
        ("abc", "rpartition", vec![text(".")], "('', '', 'abc')"),
        ("a\tb", "expandtabs", vec![int(4)], "'a   b'"),
        ("12", "isdigit", vec![], "True"),
        ("", "isalpha", vec![], "False"),
        ("A1", "isupper", vec![], "True"),
        ("Hello World", "istitle", vec![], "True"),
        ("-", "join", vec![Value::list(vec![text("a"), text("b")])], "'a-b'"),
        ("{0}-{1}", "format", vec![int(1), text("x")], "'1-x'"),
        ("x", "encode", vec![text("UTF-8")], "'x'"),
        ("a-b", "translate", vec![Value::None, text("-")], "'ab'"),
    ];
    for (receiver, name, args, expected) in cases {
        let shown = format!("{receiver:?}.{name}({args:?})");
        assert_eq!(call(&text(receiver), name, args).unwrap(), expected, "{shown}");
    }
}

#[test]
fn mistakes_with_text() {
    let cases: Vec<(&str, Vec<Value>, &str)> = vec![
        ("split", vec![text("")], "ValueError"),
        ("join", vec![list(&[1])], "TypeError"),
        ("index", vec![text("z")], "ValueError"),
        ("replace", vec![text("a")], "TypeError"),
        ("startswith", vec![list(&[1])], "TypeError"),
        ("center", vec![int(5), text("ab")], "TypeError"),
        ("ljust", vec![int(1 << 40)], "Budget"),
        ("zfill", vec![int(1 << 40)], "Budget"),
        ("encode", vec![text("nope")], "LookupError"),
    ];
    for (name, args, exception) in cases {
        assert_eq!(call(&text("abc"), name, args).unwrap_err().exception, exception, "{name}");
    }
    let fault = call(&text("abc"), "starswith", vec![]).unwrap_err();
    assert_eq!(fault.exception, "AttributeError");
    assert_eq!(fault.near.as_deref(), Some("startswith"));
}

#[test]
fn lists_change_in_place() {
    let items = list(&[3, 1, 2]);
    for (name, args, result, after) in [
        ("append", vec![int(5)], "None", "[3, 1, 2, 5]"),
        ("insert", vec![int(-1), int(9)], "None", "[3, 1, 2, 9, 5]"),
        ("pop", vec![], "5", "[3, 1, 2, 9]"),
        ("pop", vec![int(0)], "3", "[1, 2, 9]"),
        ("extend", vec![list(&[2])], "None", "[1, 2, 9, 2]"),
        ("remove", vec![int(2)], "None", "[1, 9, 2]"),
        ("index", vec![int(2)], "2", "[1, 9, 2]"),
        ("count", vec![int(9)], "1", "[1, 9, 2]"),
        ("sort", vec![], "None", "[1, 2, 9]"),
        ("reverse", vec![], "None", "[9, 2, 1]"),
    ] {
        assert_eq!(call(&items, name, args).unwrap(), result, "{name}");
        assert_eq!(items.repr(), after, "{name}");
    }
    let items = list(&[]);
    assert_eq!(call(&items, "pop", vec![]).unwrap_err().exception, "IndexError");
    assert_eq!(call(&items, "remove", vec![int(1)]).unwrap_err().exception, "ValueError");
}

#[test]
fn dicts_have_pythons_order() {
    let dict = Value::dict(Dict::new());
    for (name, args, result) in [
        ("setdefault", vec![text("b"), int(1)], "1"),
        ("setdefault", vec![text("b"), int(7)], "1"),
        ("setdefault", vec![text("a")], "None"),
        ("keys", vec![], "['a', 'b']"),
        ("items", vec![], "[('a', None), ('b', 1)]"),
        ("get", vec![text("z"), int(0)], "0"),
        ("has_key", vec![text("a")], "True"),
        ("pop", vec![text("z"), int(3)], "3"),
        ("popitem", vec![], "('a', None)"),
        ("copy", vec![], "{'b': 1}"),
    ] {
        assert_eq!(call(&dict, name, args).unwrap(), result, "{name}");
    }
    let fault = call(&dict, "pop", vec![text("B")]).unwrap_err();
    assert_eq!((fault.exception, fault.diagnostic.help[0].as_str()), ("KeyError", "did you mean 'b'?"));
    let other = Value::dict(Dict::new());
    call(&other, "update", vec![dict.clone()]).unwrap();
    call(&other, "update", vec![Value::list(vec![Value::list(vec![text("c"), int(2)])])]).unwrap();
    assert_eq!(other.repr(), "{'c': 2, 'b': 1}");
}

#[test]
fn sets_and_numbers() {
    let mut vm = TestVm::default();
    let set = Value::set(set_of(&mut vm, &list(&[1, 2])).unwrap());
    for (name, args, result) in [
        ("add", vec![int(3)], "None"),
        ("union", vec![list(&[9])], "set([1, 2, 3, 9])"),
        ("difference", vec![list(&[1]), list(&[2])], "set([3])"),
        ("discard", vec![int(42)], "None"),
        ("issuperset", vec![list(&[1])], "True"),
        ("isdisjoint", vec![list(&[1])], "False"),
        ("pop", vec![], "1"),
        ("update", vec![list(&[7])], "None"),
        ("copy", vec![], "set([2, 3, 7])"),
    ] {
        assert_eq!(call(&set, name, args).unwrap(), result, "{name}");
    }
    assert_eq!(call(&set, "remove", vec![int(42)]).unwrap_err().exception, "KeyError");
    assert_eq!(call(&int(-255), "bit_length", vec![]).unwrap(), "8");
    assert_eq!(call(&Value::Float(2.0), "is_integer", vec![]).unwrap(), "True");
}
