//! Operators, compared with what Python gives.

use super::*;
use crate::python::compare::{Sorting, key, sort_values};
use crate::python::tests::TestVm;
use crate::python::types::set::set_of;
use crate::template::value::{Dict, Set};

fn vm() -> TestVm {
    TestVm::default()
}

fn int(n: i64) -> Value {
    Value::Int(n)
}

fn float(x: f64) -> Value {
    Value::Float(x)
}

fn text(s: &str) -> Value {
    Value::str(s)
}

fn list(items: &[i64]) -> Value {
    Value::list(items.iter().map(|n| int(*n)).collect())
}

fn shown(value: &Value) -> String {
    value.repr()
}

#[test]
fn arithmetic_is_pythons() {
    use BinOp::*;
    let cases = [
        (int(7), FloorDiv, int(2), "3"),
        (int(-7), FloorDiv, int(2), "-4"),
        (int(7), FloorDiv, int(-2), "-4"),
        (int(-7), Mod, int(3), "2"),
        (int(7), Mod, int(-3), "-2"),
        (float(-7.5), Mod, int(2), "0.5"),
        (float(7.5), FloorDiv, int(-2), "-4.0"),
        (float(-0.0), Add, float(-0.0), "-0.0"),
        (int(6), Div, int(3), "2"),
        (int(5), Div, int(2), "2"),
        (int(-5), Div, int(2), "-3"),
        (int(5), Div, float(2.0), "2.5"),
        (int(2), Pow, int(-1), "0.5"),
        (int(2), Pow, int(70), "1180591620717411303424"),
        (int(-1), Pow, int(i64::MAX), "-1"),
        (int(0), Pow, int(0), "1"),
        (int(i64::MAX), Add, int(1), "9223372036854775808"),
        (int(i64::MIN), FloorDiv, int(-1), "9223372036854775808"),
        (int(i64::MIN), Sub, int(1), "-9223372036854775809"),
        (int(1 << 40), Mul, int(1 << 40), "1208925819614629174706176"),
        (int(1), Shl, int(70), "1180591620717411303424"),
        (int(-5), Shr, int(1), "-3"),
        (int(-5), Shr, int(1 << 40), "-1"),
        (int(12), BitAnd, int(10), "8"),
        (Value::Bool(true), BitXor, Value::Bool(false), "True"),
        (Value::Bool(true), Add, Value::Bool(true), "2"),
        (text("ab"), Mul, int(2), "'abab'"),
        (int(-1), Mul, text("ab"), "''"),
        (list(&[1]), Add, list(&[2]), "[1, 2]"),
        (list(&[1, 2]), Mul, int(2), "[1, 2, 1, 2]"),
        (text("%s-%d"), Mod, Value::tuple(vec![int(1), int(2)]), "'1-2'"),
    ];
    for (a, op, b, expected) in cases {
        let result = binary(&mut vm(), op, &a, &b).unwrap();
        assert_eq!(shown(&result), expected, "{a:?} {op:?} {b:?}");
    }
    assert_eq!(shown(&true_division(&int(7), &int(2)).unwrap()), "3.5");
    let huge = binary(&mut vm(), Pow, &int(10), &int(400)).unwrap();
    let ratio = binary(&mut vm(), Mul, &huge, &int(3)).unwrap();
    assert_eq!(shown(&true_division(&ratio, &huge).unwrap()), "3.0");
}

#[test]
fn what_cannot_be_combined_is_refused() {
    use BinOp::*;
    let cases = [
        (int(5), Div, int(0), "ZeroDivisionError"),
        (float(5.0), Mod, int(0), "ZeroDivisionError"),
        (text("a"), Add, int(1), "TypeError"),
        (Value::None, Add, int(1), "TypeError"),
        (list(&[1]), Add, Value::tuple(vec![]), "TypeError"),
        (float(1.0), BitOr, int(1), "TypeError"),
        (int(1), Shl, int(-1), "ValueError"),
        (float(-8.0), Pow, float(0.5), "ValueError"),
        (float(10.0), Pow, int(400), "OverflowError"),
        (float(0.0), Pow, int(-1), "ZeroDivisionError"),
        (Value::dict(Dict::new()), Add, Value::dict(Dict::new()), "TypeError"),
    ];
    for (a, op, b, exception) in cases {
        let fault = binary(&mut vm(), op, &a, &b).unwrap_err();
        assert_eq!(fault.exception, exception, "{a:?} {op:?} {b:?}");
    }
}

#[test]
fn large_results_are_refused_before_they_are_made() {
    use BinOp::*;
    let trillion = int(1_000_000_000_000);
    let power = binary(&mut vm(), Pow, &int(10), &int(10_000)).unwrap();
    let cases = [
        (text("x"), Mul, trillion.clone()),
        (list(&[0]), Mul, trillion.clone()),
        (Value::tuple(vec![int(0)]), Mul, trillion.clone()),
        (int(1), Shl, trillion.clone()),
        (int(10), Pow, int(100_000)),
        (int(10), Pow, power.clone()),
        (power.clone(), Mul, power),
        (text("x"), Mul, binary(&mut vm(), Pow, &int(10), &int(30)).unwrap()),
    ];
    for (a, op, b) in cases {
        assert_eq!(binary(&mut vm(), op, &a, &b).unwrap_err().exception, "Budget");
    }
    let mut shared = Value::tuple(vec![]);
    let mut twin = Value::tuple(vec![]);
    for _ in 0..60 {
        shared = Value::tuple(vec![shared.clone(), shared]);
        twin = Value::tuple(vec![twin.clone(), twin]);
    }
    assert!(equal(&mut vm(), &shared, &twin).is_err());
    assert!(key(&mut vm(), &shared).is_err());
}

#[test]
fn values_of_different_types_have_an_order_too() {
    let less = |a: &Value, b: &Value| compare(&mut vm(), CompareOp::Lt, a, b);
    assert!(less(&int(1), &float(1.5)).unwrap());
    assert!(less(&text("a"), &text("b")).unwrap());
    assert!(less(&list(&[1, 2]), &list(&[1, 3])).unwrap());
    assert!(less(&list(&[1]), &list(&[1, 0])).unwrap());
    assert!(!less(&float(f64::NAN), &int(1)).unwrap());
    assert!(less(&int((1 << 53) + 1), &float(9007199254740994.0)).unwrap());
    let dict = |value: i64| {
        let mut dict = Dict::new();
        dict.insert_str("a", int(value));
        Value::dict(dict)
    };
    for (a, b) in [
        (int(100), text("1")),
        (Value::None, int(-1)),
        (list(&[1]), Value::tuple(vec![])),
        (Value::dict(Dict::new()), list(&[])),
        (Value::dict(Dict::new()), dict(1)),
        (dict(1), dict(2)),
        (list(&[]), Value::set(Set::new())),
    ] {
        assert!(less(&a, &b).unwrap(), "{a:?} < {b:?}");
        assert!(!less(&b, &a).unwrap(), "{b:?} < {a:?}");
    }
    let mut counting = vm();
    let mixed = vec![text("a"), int(1), Value::None];
    let how = Sorting { cmp: None, key: None, reverse: false, span: crate::source::Span::NONE };
    let sorted = sort_values(&mut counting, mixed, &how).unwrap();
    assert_eq!(shown(&Value::list(sorted)), "[None, 1, 'a']");
    assert!(counting.by_type > 0);
    let pairs = vec![
        Value::tuple(vec![int(2), text("b")]),
        Value::tuple(vec![int(1), text("z")]),
        Value::tuple(vec![int(1), text("a")]),
    ];
    let sorted = sort_values(&mut vm(), pairs, &Sorting { reverse: true, ..how }).unwrap();
    assert_eq!(shown(&Value::list(sorted)), "[(2, 'b'), (1, 'z'), (1, 'a')]");
}

#[test]
fn membership_and_sets() {
    let has = |c: &Value, i: &Value| contains(&mut vm(), c, i);
    assert!(has(&text("hello"), &text("ell")).unwrap());
    assert!(has(&text("hello"), &int(1)).is_err());
    assert!(has(&list(&[1, 2]), &float(2.0)).unwrap());
    assert!(has(&int(5), &int(5)).is_err());
    let set = |items: &[i64]| Value::set(set_of(&mut vm(), &list(items)).unwrap());
    assert!(has(&set(&[1, 2]), &int(2)).unwrap());
    assert!(has(&set(&[1]), &list(&[1])).is_err());
    let (a, b) = (set(&[1, 2, 3]), set(&[2, 3, 4]));
    for (op, expected) in [
        (BinOp::BitOr, "set([1, 2, 3, 4])"),
        (BinOp::BitAnd, "set([2, 3])"),
        (BinOp::Sub, "set([1])"),
        (BinOp::BitXor, "set([1, 4])"),
    ] {
        assert_eq!(shown(&binary(&mut vm(), op, &a, &b).unwrap()), expected);
    }
    assert!(compare(&mut vm(), CompareOp::LtE, &set(&[1]), &a).unwrap());
    assert!(!compare(&mut vm(), CompareOp::Lt, &a, &a).unwrap());
    assert!(Value::set(Set::new()).equals(&set(&[])));
}

#[test]
fn items_and_slices() {
    let m = &mut vm();
    let word = text("héllo");
    assert_eq!(shown(&get_item(m, &word, &int(-4)).unwrap()), "'é'");
    let part = |m: &mut dyn Vm, v: &Value, [i, j, k]: [Option<i64>; 3]| {
        let bound = |n: Option<i64>| n.map_or(Value::None, int);
        get_slice(m, v, &bound(i), &bound(j), &bound(k)).map(|v| shown(&v))
    };
    let cases = [
        ([None, None, Some(-1)], "'olléh'", "[4, 3, 2, 1, 0]"),
        ([Some(1), Some(3), None], "'él'", "[1, 2]"),
        ([Some(-2), None, None], "'lo'", "[3, 4]"),
        ([None, Some(-2), None], "'hél'", "[0, 1, 2]"),
        ([Some(10), None, None], "''", "[]"),
        ([Some(3), Some(0), Some(-2)], "'lé'", "[3, 1]"),
        ([None, None, Some(i64::MIN)], "'o'", "[4]"),
        ([Some(i64::MIN), Some(i64::MAX), Some(2)], "'hlo'", "[0, 2, 4]"),
    ];
    for (bounds, of_text, of_list) in cases {
        assert_eq!(part(m, &word, bounds).unwrap(), of_text, "{bounds:?}");
        assert_eq!(part(m, &list(&[0, 1, 2, 3, 4]), bounds).unwrap(), of_list, "{bounds:?}");
    }
    assert!(part(m, &word, [None, None, Some(0)]).is_err());
    assert_eq!(get_item(m, &list(&[1]), &int(1)).unwrap_err().exception, "IndexError");
    assert_eq!(get_item(m, &list(&[1]), &text("a")).unwrap_err().exception, "TypeError");
    assert_eq!(get_item(m, &Value::dict(Dict::new()), &text("a")).unwrap_err().exception, "KeyError");
    let target = list(&[0, 1, 2, 3]);
    set_slice(m, &target, &int(1), &int(3), &Value::None, &list(&[7, 8, 9])).unwrap();
    assert_eq!(shown(&target), "[0, 7, 8, 9, 3]");
    set_slice(m, &target, &Value::None, &Value::None, &int(2), &list(&[4, 5, 6])).unwrap();
    assert_eq!(shown(&target), "[4, 7, 5, 9, 6]");
    del_slice(m, &target, &Value::None, &Value::None, &int(2)).unwrap();
    assert_eq!(shown(&target), "[7, 9]");
    del_item(m, &target, &int(0)).unwrap();
    assert_eq!(shown(&target), "[9]");
    assert!(
        set_item(
            m,
            &text("abc"),
            (&int(0), crate::source::Span::NONE),
            (text("x"), crate::source::Span::NONE)
        )
        .is_err()
    );
}
