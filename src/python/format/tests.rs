//! Formatting compared with what Python 2.7 gives. The tables were made by running it.

use super::*;
use crate::python::tests::TestVm;
use crate::source::Span;
use crate::template::value::{Args, Dict, Keyword, Text, Value};

type Make = fn() -> Value;
type MakeAll = fn() -> Vec<Value>;
type MakeNamed = fn() -> Vec<(&'static str, Value)>;

fn big(digits: &str) -> Value {
    Value::int(digits.parse().unwrap())
}

fn dict(entries: &[(&str, Value)]) -> Value {
    let mut dict = Dict::new();
    entries.iter().for_each(|(k, v)| dict.insert_str(k, v.clone()));
    Value::dict(dict)
}

fn vm() -> TestVm {
    TestVm::default()
}

fn given(positional: Vec<Value>, named: Vec<(&str, Value)>) -> Args {
    let keyword = |(name, value): (&str, Value)| Keyword {
        name: name.into(),
        name_span: Span::NONE,
        value,
        span: Span::NONE,
    };
    Args { keyword: named.into_iter().map(keyword).collect(), ..Args::of(Span::NONE, positional) }
}

#[test]
fn percent_gives_what_python_gives() {
    for (format, value, expected) in PERCENT {
        let text = percent(&mut vm(), &Text::from(*format), &value()).unwrap();
        assert_eq!(text.as_str(), *expected, "{format:?} % {:?}", value());
    }
    for (format, value) in PERCENT_REFUSED {
        assert!(percent(&mut vm(), &Text::from(*format), &value()).is_err(), "{format:?} % {:?}", value());
    }
}

#[test]
fn specifications_give_what_python_gives() {
    for (value, spec, expected) in SPECS {
        let text = format_value(&mut vm(), &value(), spec).unwrap();
        assert_eq!(text.as_str(), *expected, "format({:?}, {spec:?})", value());
    }
    for (value, spec) in SPECS_REFUSED {
        assert!(format_value(&mut vm(), &value(), spec).is_err(), "format({:?}, {spec:?})", value());
    }
}

#[test]
fn fields_give_what_python_gives() {
    for (format, positional, named, expected) in FIELDS {
        let text = str_format(&mut vm(), &Text::from(*format), &given(positional(), named())).unwrap();
        assert_eq!(text.as_str(), *expected, "{format:?}");
    }
    for (format, positional, named) in FIELDS_REFUSED {
        let args = given(positional(), named());
        assert!(str_format(&mut vm(), &Text::from(*format), &args).is_err(), "{format:?}");
    }
}

#[test]
fn sizes_are_checked_before_anything_is_made() {
    let one = Value::Int(1);
    for format in ["%1000000000d", "%.1000000000f", "%-99999999999999999999s|"] {
        assert!(percent(&mut vm(), &Text::from(format), &one).is_err(), "{format}");
    }
    for spec in ["1000000000", ".1000000000f", "0999999999999999999999,d"] {
        assert!(format_value(&mut vm(), &one, spec).is_err(), "{spec}");
    }
    let mut nested = Value::list(vec![Value::Int(0)]);
    for _ in 0..60 {
        nested = Value::list(vec![nested.clone(), nested]);
    }
    assert!(repr(&mut vm(), &nested).is_err());
}

#[test]
fn a_container_inside_itself_is_shown_once() {
    let list = Value::list(vec![Value::Int(1)]);
    if let Value::List(items) = &list {
        items.borrow_mut().push(list.clone());
    }
    assert_eq!(repr(&mut vm(), &list).unwrap(), "[1, [...]]");
    if let Value::List(items) = &list {
        items.borrow_mut().clear();
    }
}

const PERCENT: &[(&str, Make, &str)] = &[
    ("%d", || Value::Int(5), "5"),
    ("%5d|", || Value::Int(5), "    5|"),
    ("%-5d|", || Value::Int(5), "5    |"),
    ("%05d", || Value::Int(-42), "-0042"),
    ("%+d", || Value::Int(5), "+5"),
    ("% d", || Value::Int(5), " 5"),
    ("%.3d", || Value::Int(5), "005"),
    ("%8.3d|", || Value::Int(-5), "    -005|"),
    ("%x", || Value::Int(255), "ff"),
    ("%#x", || Value::Int(255), "0xff"),
    ("%#X", || Value::Int(255), "0XFF"),
    ("%X", || Value::Int(255), "FF"),
    ("%o", || Value::Int(8), "10"),
    ("%#o", || Value::Int(8), "010"),
    ("%#o", || Value::Int(0), "0"),
    ("%i", || Value::Float(3.99), "3"),
    ("%d", || Value::Float(-3.99), "-3"),
    ("%u", || Value::Int(-3), "-3"),
    ("%s", || Value::Float(1.0), "1.0"),
    ("%s", || Value::Float(0.30000000000000004), "0.3"),
    ("%r", || Value::Float(0.30000000000000004), "0.30000000000000004"),
    ("%s", || Value::Float(100000000000.0), "1e+11"),
    ("%s", || Value::list(vec![Value::Float(1.5), Value::str("a")]), "[1.5, 'a']"),
    ("%s", || Value::None, "None"),
    ("%s", || Value::Bool(true), "True"),
    ("%d", || Value::Bool(true), "1"),
    ("%5.1f|", || Value::Float(3.71251), "  3.7|"),
    ("%.0f", || Value::Float(0.5), "0"),
    ("%.0f", || Value::Float(1.5), "2"),
    ("%.0f", || Value::Float(2.5), "2"),
    ("%#.0f", || Value::Float(2.5), "2."),
    ("%f", || Value::Float(1e+22), "10000000000000000000000.000000"),
    ("%e", || Value::Float(12345.678), "1.234568e+04"),
    ("%.0e", || Value::Float(12345.678), "1e+04"),
    ("%#.0e", || Value::Float(12345.678), "1.e+04"),
    ("%E", || Value::Float(0.000123), "1.230000E-04"),
    ("%g", || Value::Float(0.0001), "0.0001"),
    ("%g", || Value::Float(1e-05), "1e-05"),
    ("%g", || Value::Float(100000.0), "100000"),
    ("%g", || Value::Float(1000000.0), "1e+06"),
    ("%g", || Value::Float(1e+16), "1e+16"),
    ("%G", || Value::Float(1e-10), "1E-10"),
    ("%#g", || Value::Float(1.0), "1.00000"),
    ("%.3g", || Value::Float(1234.5), "1.23e+03"),
    ("%.10g", || Value::Float(0.1), "0.1"),
    ("%.17g", || Value::Float(0.1), "0.10000000000000001"),
    ("%g", || Value::Float(0.0), "0"),
    ("%g", || Value::Float(-0.0), "-0"),
    ("%f", || Value::Float(f64::NAN), "nan"),
    ("%f", || Value::Float(f64::INFINITY), "inf"),
    ("%5.1F", || Value::Float(f64::NEG_INFINITY), " -INF"),
    ("%+f", || Value::Float(f64::INFINITY), "+inf"),
    ("%010.2f", || Value::Float(-3.71251), "-000003.71"),
    ("%-10.2f|", || Value::Float(3.71251), "3.71      |"),
    ("%c", || Value::str("x"), "x"),
    ("%c", || Value::Int(65), "A"),
    ("%5c|", || Value::str("x"), "    x|"),
    ("%%", || Value::tuple(vec![]), "%"),
    ("%5s|", || Value::str("ab"), "   ab|"),
    ("%-5s|", || Value::str("ab"), "ab   |"),
    ("%.1s|", || Value::str("ab"), "a|"),
    ("%5.1s|", || Value::str("ab"), "    a|"),
    ("%05s|", || Value::str("ab"), "   ab|"),
    ("%*d|", || Value::tuple(vec![Value::Int(5), Value::Int(3)]), "    3|"),
    ("%-*d|", || Value::tuple(vec![Value::Int(5), Value::Int(3)]), "3    |"),
    ("%*d|", || Value::tuple(vec![Value::Int(-5), Value::Int(3)]), "3    |"),
    ("%.*f", || Value::tuple(vec![Value::Int(2), Value::Float(3.71251)]), "3.71"),
    ("%*.*f|", || Value::tuple(vec![Value::Int(8), Value::Int(2), Value::Float(3.71251)]), "    3.71|"),
    ("%(a)s-%(b)03d", || dict(&[("a", Value::str("x")), ("b", Value::Int(7))]), "x-007"),
    ("%(a)s", || dict(&[("a", Value::str("x")), ("b", Value::Int(7))]), "x"),
    ("abc", || dict(&[]), "abc"),
    ("abc", || Value::list(vec![]), "abc"),
    ("abc", || Value::list(vec![Value::Int(1)]), "abc"),
    ("%s", || dict(&[]), "{}"),
    ("%s %s", || Value::tuple(vec![Value::Int(1), Value::str("b")]), "1 b"),
    ("%s", || Value::tuple(vec![Value::tuple(vec![Value::Int(1), Value::Int(2)])]), "(1, 2)"),
    ("%s", || Value::tuple(vec![Value::Int(1)]), "1"),
    ("%d%%", || Value::Int(50), "50%"),
    ("%ld", || Value::Int(5), "5"),
    ("%hd", || Value::Int(5), "5"),
    ("%d", || big("1180591620717411303424"), "1180591620717411303424"),
    ("%x", || big("1180591620717411303424"), "400000000000000000"),
    ("%s", || big("1180591620717411303424"), "1180591620717411303424"),
    ("%.2f", || Value::Float(2.675), "2.67"),
    ("%.1f", || Value::Float(0.25), "0.2"),
    ("%.1f", || Value::Float(0.35), "0.3"),
    ("%.20f", || Value::Float(0.1), "0.10000000000000000555"),
    ("%.3f", || Value::Float(1e-10), "0.000"),
    ("%s", || Value::str(""), ""),
    ("%r", || Value::str("a'b"), "\"a'b\""),
    ("%10.3r|", || Value::str("abcdef"), "       'ab|"),
    ("%g", || Value::Float(123456789.0), "1.23457e+08"),
    (
        "%.0f",
        || Value::Float(1e+300),
        "1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160",
    ),
    ("%x", || Value::Int(-255), "-ff"),
    ("%#x", || Value::Int(-255), "-0xff"),
    ("%#010x", || Value::Int(255), "0x000000ff"),
    ("%-#10x|", || Value::Int(255), "0xff      |"),
    ("%+x", || Value::Int(255), "+ff"),
    ("%06.1f", || Value::Float(2.25), "0002.2"),
    ("% f", || Value::Float(1.5), " 1.500000"),
    ("%+05d", || Value::Int(3), "+0003"),
    ("%(a)d%%", || dict(&[("a", Value::Int(5))]), "5%"),
];

const PERCENT_REFUSED: &[(&str, Make)] = &[
    ("%d", || Value::str("5")),
    ("%d", || Value::None),
    ("%f", || Value::str("x")),
    ("%s %s", || Value::Int(1)),
    ("%s", || Value::tuple(vec![Value::Int(1), Value::Int(2)])),
    ("%s", || Value::tuple(vec![])),
    ("abc", || Value::Int(5)),
    ("abc", || Value::str("x")),
    ("%(a)s", || Value::Int(5)),
    ("%(a)s", || dict(&[])),
    ("%(a)s %s", || dict(&[("a", Value::Int(1))])),
    ("%y", || Value::Int(1)),
    ("%", || Value::Int(1)),
    ("%(a", || dict(&[])),
    ("%c", || Value::str("ab")),
    ("%*d", || Value::tuple(vec![Value::str("a"), Value::Int(1)])),
    ("%d", || Value::Float(f64::NAN)),
    ("%d", || Value::list(vec![Value::Int(1)])),
];

const SPECS: &[(Make, &str, &str)] = &[
    (|| Value::Int(5), "", "5"),
    (|| Value::Int(5), "5", "    5"),
    (|| Value::Int(5), "<5", "5    "),
    (|| Value::Int(5), "^5", "  5  "),
    (|| Value::Int(5), "*^5", "**5**"),
    (|| Value::Int(5), "05", "00005"),
    (|| Value::Int(-5), "05", "-0005"),
    (|| Value::Int(5), "+", "+5"),
    (|| Value::Int(5), " ", " 5"),
    (|| Value::Int(5), "-", "5"),
    (|| Value::Int(255), "x", "ff"),
    (|| Value::Int(255), "#x", "0xff"),
    (|| Value::Int(255), "#X", "0XFF"),
    (|| Value::Int(255), "#010x", "0x000000ff"),
    (|| Value::Int(255), "o", "377"),
    (|| Value::Int(255), "#o", "0o377"),
    (|| Value::Int(255), "b", "11111111"),
    (|| Value::Int(5), "#b", "0b101"),
    (|| Value::Int(1234567), ",", "1,234,567"),
    (|| Value::Int(1234567), "012,", "0,001,234,567"),
    (|| Value::Int(1234567), "<12,", "1,234,567   "),
    (|| Value::Int(-1234567), ",d", "-1,234,567"),
    (|| Value::Int(5), "f", "5.000000"),
    (|| Value::Int(5), ".2f", "5.00"),
    (|| Value::Int(5), "e", "5.000000e+00"),
    (|| Value::Int(5), "%", "500.000000%"),
    (|| Value::Int(5), "g", "5"),
    (|| Value::Int(65), "c", "A"),
    (|| Value::Bool(true), "", "True"),
    (|| Value::Bool(true), "d", "1"),
    (|| Value::Bool(true), "5", "    1"),
    (|| Value::Bool(true), ">6", "     1"),
    (|| Value::Int(5), "n", "5"),
    (|| Value::Float(3.71251), "", "3.71251"),
    (|| Value::Float(3.71251), ".2f", "3.71"),
    (|| Value::Float(3.71251), ".2", "3.7"),
    (|| Value::Float(3.71251), "8.3f", "   3.713"),
    (|| Value::Float(3.71251), "<8.3f", "3.713   "),
    (|| Value::Float(3.71251), "08.3f", "0003.713"),
    (|| Value::Float(-3.71251), "08.3f", "-003.713"),
    (|| Value::Float(3.71251), "+.1f", "+3.7"),
    (|| Value::Float(0.30000000000000004), "", "0.3"),
    (|| Value::Float(0.30000000000000004), "5", "  0.3"),
    (|| Value::Float(0.30000000000000004), "20", "                 0.3"),
    (|| Value::Float(1.0), "", "1.0"),
    (|| Value::Float(1.0), "5", "  1.0"),
    (|| Value::Float(100000000000.0), "", "1e+11"),
    (|| Value::Float(100000000000.0), "15", "          1e+11"),
    (|| Value::Float(1000000000000.0), "15", "          1e+12"),
    (|| Value::Float(1000000000000000.0), "20", "               1e+15"),
    (|| Value::Float(1e+16), "20", "               1e+16"),
    (|| Value::Float(100.0), ".3", "1e+02"),
    (|| Value::Float(100.0), ".4", "100.0"),
    (|| Value::Float(1000.0), ".3", "1e+03"),
    (|| Value::Float(99.99), ".3", "1e+02"),
    (|| Value::Float(12345.678), ".4", "1.235e+04"),
    (|| Value::Float(1e-05), ".3", "1e-05"),
    (|| Value::Float(0.0001), ".3", "0.0001"),
    (|| Value::Float(1234567.891), ",.2f", "1,234,567.89"),
    (|| Value::Float(1234567.891), ",", "1,234,567.891"),
    (|| Value::Float(0.5), "%", "50.000000%"),
    (|| Value::Float(0.256), ".1%", "25.6%"),
    (|| Value::Float(2.5), ".0f", "2"),
    (|| Value::Float(3.5), ".0f", "4"),
    (|| Value::Float(1e+22), "f", "10000000000000000000000.000000"),
    (|| Value::Float(1e-07), "g", "1e-07"),
    (|| Value::Float(123456789.0), "g", "1.23457e+08"),
    (|| Value::Float(1.5), "e", "1.500000e+00"),
    (|| Value::Float(1.5), "E", "1.500000E+00"),
    (|| Value::Float(1.5), "n", "1.5"),
    (|| Value::Float(f64::NAN), "", "nan"),
    (|| Value::Float(f64::INFINITY), "8", "     inf"),
    (|| Value::Float(f64::INFINITY), "08", "00000inf"),
    (|| Value::Float(f64::NEG_INFINITY), "08.2f", "-0000inf"),
    (|| Value::Float(f64::NAN), "+", "+nan"),
    (|| Value::Float(-0.0), "", "-0.0"),
    (|| Value::Float(-0.0), ".1f", "-0.0"),
    (|| Value::Float(1.5), "=+10", "+      1.5"),
    (|| Value::Float(1.5), "*=+10", "+******1.5"),
    (|| Value::Float(1234.5), "010,.1f", "0,001,234.5"),
    (|| Value::Float(10000000000.0), ".1f", "10000000000.0"),
    (|| Value::Float(0.0), ".3", "0.0"),
    (|| Value::Float(0.0), "g", "0"),
    (|| Value::Float(5.0), ".0f", "5"),
    (|| Value::Float(1e-05), "", "1e-05"),
    (|| Value::Float(1e+100), ".5", "1e+100"),
    (|| Value::str("ab"), "", "ab"),
    (|| Value::str("ab"), "5", "ab   "),
    (|| Value::str("ab"), "<5", "ab   "),
    (|| Value::str("ab"), ">5", "   ab"),
    (|| Value::str("ab"), "^5", " ab  "),
    (|| Value::str("ab"), "^6", "  ab  "),
    (|| Value::str("ab"), "*^7", "**ab***"),
    (|| Value::str("ab"), ".1", "a"),
    (|| Value::str("ab"), "5.1", "a    "),
    (|| Value::str("ab"), "s", "ab"),
    (|| Value::str("ab"), "x<5", "abxxx"),
    (|| Value::None, "", "None"),
    (|| Value::None, ">6", "  None"),
    (|| Value::list(vec![Value::Int(1), Value::Int(2)]), "", "[1, 2]"),
    (|| Value::tuple(vec![Value::Int(1), Value::str("a")]), "", "(1, 'a')"),
    (|| big("1180591620717411303424"), "", "1180591620717411303424"),
    (|| big("1180591620717411303424"), ",", "1,180,591,620,717,411,303,424"),
    (|| big("1180591620717411303424"), "x", "400000000000000000"),
    (|| Value::Int(12345678), "015,", "000,012,345,678"),
    (|| Value::Int(123), "07,", "000,123"),
    (|| Value::Int(1234), "05,", "1,234"),
    (|| Value::Int(5), "{<5", "5{{{{"),
    (|| Value::Int(5), "=5", "    5"),
    (|| Value::Int(-5), "=5", "-   5"),
    (|| Value::Int(-5), "x=5", "-xxx5"),
];

const SPECS_REFUSED: &[(Make, &str)] = &[
    (|| Value::Int(5), ".2"),
    (|| Value::Int(5), "s"),
    (|| Value::Int(5), "y"),
    (|| Value::Float(3.5), "d"),
    (|| Value::Float(3.5), "x"),
    (|| Value::str("ab"), "d"),
    (|| Value::str("ab"), "+"),
    (|| Value::str("ab"), "="),
    (|| Value::str("ab"), "05"),
    (|| Value::str("ab"), "#"),
    (|| Value::str("ab"), ","),
    (|| Value::Int(5), ",x"),
    (|| Value::Int(5), "."),
    (|| Value::Int(5), "5.x"),
    (|| Value::str("ab"), "f"),
    (|| Value::Int(5), "+c"),
    (|| Value::Int(-1), "c"),
    (|| Value::Float(3.5), "s"),
    (|| Value::Int(5), "5 5"),
];

const FIELDS: &[(&str, MakeAll, MakeNamed, &str)] = &[
    ("{}", || vec![Value::Int(1)], || vec![], "1"),
    ("{} {}", || vec![Value::Int(1), Value::str("a")], || vec![], "1 a"),
    ("{0}{1}{0}", || vec![Value::str("a"), Value::str("b")], || vec![], "aba"),
    ("{a}", || vec![], || vec![("a", Value::Int(1))], "1"),
    ("{{}}", || vec![], || vec![], "{}"),
    ("{{{0}}}", || vec![Value::Int(1)], || vec![], "{1}"),
    ("{0[1]}", || vec![Value::list(vec![Value::Int(1), Value::Int(2)])], || vec![], "2"),
    ("{0[a]}", || vec![dict(&[("a", Value::Int(5))])], || vec![], "5"),
    ("{0[a][0]}", || vec![dict(&[("a", Value::list(vec![Value::Int(7)]))])], || vec![], "7"),
    ("{!r}", || vec![Value::str("x")], || vec![], "'x'"),
    ("{!s:>3}", || vec![Value::str("x")], || vec![], "  x"),
    ("{0!r:>5}|", || vec![Value::str("x")], || vec![], "  'x'|"),
    ("{:{}}|", || vec![Value::Int(5), Value::Int(4)], || vec![], "   5|"),
    (
        "{:{w}.{p}f}",
        || vec![Value::Float(3.71251)],
        || vec![("p", Value::Int(2)), ("w", Value::Int(8))],
        "    3.71",
    ),
    ("{0:{1}}|", || vec![Value::str("a"), Value::Int(3)], || vec![], "a  |"),
    ("{a[b c]}", || vec![], || vec![("a", dict(&[("b c", Value::Int(1))]))], "1"),
    ("{:>10}|{:<10}|", || vec![Value::str("a"), Value::str("b")], || vec![], "         a|b         |"),
    ("{}", || vec![Value::Float(0.30000000000000004)], || vec![], "0.3"),
    ("{0:,}", || vec![Value::Int(1234567)], || vec![], "1,234,567"),
    ("a{}b{}c", || vec![Value::Int(1), Value::Int(2)], || vec![], "a1b2c"),
    ("{}", || vec![Value::None], || vec![], "None"),
    ("{:%}", || vec![Value::Float(0.5)], || vec![], "50.000000%"),
    ("{0[-1]}", || vec![dict(&[("-1", Value::Int(3))])], || vec![], "3"),
    ("{:}", || vec![Value::Int(5)], || vec![], "5"),
    ("{0:}", || vec![Value::str("x")], || vec![], "x"),
    ("{a}{b}", || vec![], || vec![("a", Value::str("{")), ("b", Value::str("}"))], "{}"),
    ("}}{{", || vec![], || vec![], "}{"),
];

const FIELDS_REFUSED: &[(&str, MakeAll, MakeNamed)] = &[
    ("{}", || vec![], || vec![]),
    ("{1}", || vec![Value::Int(1)], || vec![]),
    ("{a}", || vec![], || vec![("b", Value::Int(1))]),
    ("{} {0}", || vec![Value::Int(1)], || vec![]),
    ("{0} {}", || vec![Value::Int(1)], || vec![]),
    ("{", || vec![Value::Int(1)], || vec![]),
    ("}", || vec![Value::Int(1)], || vec![]),
    ("{0", || vec![Value::Int(1)], || vec![]),
    ("{!y}", || vec![Value::Int(1)], || vec![]),
    ("{!}", || vec![Value::Int(1)], || vec![]),
    ("{0.}", || vec![Value::Int(1)], || vec![]),
    ("{0[]}", || vec![Value::list(vec![Value::Int(1)])], || vec![]),
    ("{0[0}", || vec![Value::list(vec![Value::Int(1)])], || vec![]),
    ("{0[5]}", || vec![Value::list(vec![Value::Int(1)])], || vec![]),
    ("{0[0]x}", || vec![Value::list(vec![Value::Int(1)])], || vec![]),
    ("{:{:{}}}", || vec![Value::Int(1), Value::Int(2), Value::Int(3)], || vec![]),
    ("{0.nope}", || vec![Value::str("x")], || vec![]),
    ("{!rx}", || vec![Value::Int(1)], || vec![]),
];
