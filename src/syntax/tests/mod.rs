//! Tests of the whole stage: text → tree, and what is said of text that is none.

mod tree;

use super::*;

fn parsed(text: &str) -> Parsed {
    parse(FileId(0), text, 100)
}

/// Each text is one expression with this tree.
#[track_caller]
fn expressions(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let result = parsed(&format!("{text}\n"));
        assert_eq!(result.diagnostics, [], "{text}");
        assert_eq!(result.module.body.len(), 1, "{text}");
        assert_eq!(tree::stmt(&result.module.body[0]), *expected, "{text}");
    }
}

/// Each text has these statements.
#[track_caller]
fn statements(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let result = parsed(text);
        assert_eq!(result.diagnostics, [], "{text}");
        assert_eq!(tree::block(&result.module.body), *expected, "{text}");
    }
}

#[test]
fn an_empty_file_is_a_module() {
    for text in ["", "\n", "# a comment", "\u{feff}", "  \n\t\n"] {
        let result = parsed(text);
        assert_eq!((result.module.body.len(), result.diagnostics.len()), (0, 0), "{text:?}");
    }
}

#[test]
fn atoms() {
    expressions(&[
        ("name", "name"),
        ("None", "None"),
        ("True", "True"),
        ("...", "..."),
        ("12", "12"),
        ("0x1F", "31"),
        ("0o17", "15"),
        ("0b101", "5"),
        ("1_000", "1000"),
        ("7L", "7"),
        ("99999999999999999999", "99999999999999999999"),
        ("1.5", "1.5"),
        (".5", "0.5"),
        ("1e3", "1000.0"),
        ("()", "()"),
        ("(a)", "a"),
        ("(a,)", "(a,)"),
        ("[]", "[]"),
        ("{}", "{}"),
        ("`a`", "(repr a)"),
    ]);
}

#[test]
fn operators_bind_as_in_python() {
    expressions(&[
        ("a + b * c", "(Add a (Mul b c))"),
        ("a - b - c", "(Sub (Sub a b) c)"),
        ("a ** b ** c", "(Pow a (Pow b c))"),
        ("-a ** 2", "(Neg (Pow a 2))"),
        ("2 ** -1", "(Pow 2 (Neg 1))"),
        ("-a.b", "(Neg a.b)"),
        ("a << 1 + 2", "(Shl a (Add 1 2))"),
        ("a & b | c ^ d", "(BitOr (BitAnd a b) (BitXor c d))"),
        ("a // b % c", "(Mod (FloorDiv a b) c)"),
        ("~a + b", "(Add (Invert a) b)"),
        ("not a == b", "(Not (a Eq b))"),
        ("not a and b or c", "(or (and (Not a) b) c)"),
        ("a < b <= c", "(a Lt b LtE c)"),
        ("a <> b", "(a NotEq b)"),
        ("a not in b", "(a NotIn b)"),
        ("a is not None", "(a IsNot None)"),
        ("a if b else c if d else e", "(if b a (if d c e))"),
        ("lambda: a if b else c", "(lambda <lambda>() {(return (if b a c))})"),
        ("(a + b) * c", "(Mul (Add a b) c)"),
    ]);
}

#[test]
fn calls_attributes_and_subscripts() {
    expressions(&[
        ("f()", "f()"),
        ("f(a, *b, k=c, **d)", "f(a, *b, k=c, **d)"),
        ("f(a,)", "f(a)"),
        ("f(x for x in y)", "f((x for x in y))"),
        ("a.b(c)[d].e", "a.b(c)[d].e"),
        ("'a'.join(b)", "\"a\".join(b)"),
        ("a[1]", "a[1]"),
        ("a[1:2]", "a[1:2:]"),
        ("a[::2]", "a[::2]"),
        ("a[:]", "a[::]"),
        ("a[b, c]", "a[(b,c,)]"),
        ("f(a)(b)", "f(a)(b)"),
    ]);
}

#[test]
fn containers_and_comprehensions() {
    expressions(&[
        ("[a, *b]", "[a, *b]"),
        ("{a: 1, **b}", "{a: 1, **b}"),
        ("{a, b}", "{a, b}"),
        ("a, b", "(a,b,)"),
        ("[x for x in a if b if c]", "[x for x in a if b if c]"),
        ("[x for x in a for y in x]", "[x for x in a for y in x]"),
        ("{k: v for k, v in a}", "{k: v for (k,v,) in a}"),
        ("{x for x in a}", "{x for x in a}"),
        ("[x for x in 1, 2]", "[x for x in (1,2,)]"),
        ("[\n  a,  # first\n  b,\n]", "[a, b]"),
    ]);
}

#[test]
fn strings() {
    expressions(&[
        (r"'a' 'b'", r#""ab""#),
        (r"'a\n\x41\'\\'", r#""a\nA'\\""#),
        (r"r'a\n'", r#""a\\n""#),
        (r"u'\u00e9'", r#""é""#),
        (r"b'a'", r#""a""#),
        ("'''a\nb'''", r#""a\nb""#),
        ("'a\\\nb'", r#""ab""#),
        ("'{{role}}'", r#""{{role}}""#),
        ("f'a{b}c'", r#"f["a"{b}"c"]"#),
        ("f'{a!r:>{w}}'", r#"f[{a!r:">"{w}}]"#),
        ("f'{{{a}}}'", r#"f["{"{a}"}"]"#),
        ("'a' f'{b}'", r#"f["a"{b}]"#),
        ("f'{{{{role}}}}'", r#"f["{{role}}"]"#),
    ]);
}

#[test]
fn the_text_of_a_string_knows_where_it_is_written() {
    let text = "x = 'a\\tb' 'c'\n";
    let result = parsed(text);
    let ast::StmtKind::Assign { value, .. } = &result.module.body[0].kind else { panic!("no assignment") };
    let ast::ExprKind::Str(literal) = &value.kind else { panic!("no string") };
    assert_eq!(literal.text, "a\tbc");
    let written: Vec<(u32, &str, bool)> = literal
        .runs
        .iter()
        .map(|r| (r.at, &text[r.source.start as usize..r.source.end as usize], r.verbatim))
        .collect();
    assert_eq!(written, [(0, "a", true), (1, "\\t", false), (2, "b", true), (3, "c", true)]);
}

#[test]
fn simple_statements() {
    statements(&[
        ("a = b\n", "{(= a b)}"),
        ("a = b = c\n", "{(= a, b c)}"),
        ("a, b = c\n", "{(= (a,b,) c)}"),
        ("a, *b = c\n", "{(= (a,*b,) c)}"),
        ("a.b[c] = d\n", "{(= a.b[c] d)}"),
        ("a += 1\n", "{(Add= a 1)}"),
        ("a //= 2\n", "{(FloorDiv= a 2)}"),
        ("a: int = 1\n", "{(: a 1)}"),
        ("a; b\n", "{a; b}"),
        ("del a, b[0]\n", "{(del a, b[0])}"),
        ("assert a, 'b'\n", "{(assert a \"b\")}"),
        ("raise E, 'text'\n", "{(raise E(\"text\"))}"),
        ("raise\n", "{(raise)}"),
        ("import a.b as c, d\n", "{(import a.b as c, d)}"),
        ("from a.b import (c as d,\n  e)\n", "{(from a.b c as d, e)}"),
        ("from a import *\n", "{(from a *)}"),
        ("print 'a', b\n", "{(print \"a\", b)}"),
        ("print('a')\n", "{(print \"a\")}"),
        ("print = 1\n", "{(= print 1)}"),
        ("pass", "{pass}"),
        ("x = (1 +\n  2)\n", "{(= x (Add 1 2))}"),
        ("x = 1 + \\\n  2\n", "{(= x (Add 1 2))}"),
    ]);
}

#[test]
fn compound_statements() {
    statements(&[
        ("if a: b\n", "{(if a {b})}"),
        ("if a:\n  b\nelif c:\n  d\nelse:\n  e\n", "{(if a {b} else {(if c {d} else {e})})}"),
        ("for a, b in c:\n  d\nelse:\n  e\n", "{(for (a,b,) c {d} else {e})}"),
        ("while a:\n  break\n", "{(while a {break})}"),
        ("for a in b:\n\tif c:\n\t\tcontinue\n", "{(for a b {(if c {continue})})}"),
        ("def f(a, b=1, *c, **d):\n  return a\n", "{(def f(a b=1 *c **d) {(return a)})}"),
        ("def f(a, /, b, *, c): pass\n", "{(def f(/a b *,c) {pass})}"),
        ("def f((a, b), c): pass\n", "{(def f((a,b,) c) {pass})}"),
        ("def f():\n  global a\n  a = 1\n", "{(def f() {(global a); (= a 1)})}"),
        ("class A(Struct):\n  b = Integer\n", "{(class A(Struct) {(= b Integer)})}"),
        ("with open(a) as b:\n  c\n", "{(with open(a) b {c})}"),
        (
            "try:\n  a\nexcept E as e:\n  b\nexcept:\n  c\nelse:\n  d\nfinally:\n  f\n",
            "{(try {a} except E as e {b} except {c} else {d} finally {f})}",
        ),
        ("try:\n  a\nexcept E, e:\n  b\n", "{(try {a} except E as e {b})}"),
        ("if a:\n\n  # note\n  b\n\nc\n", "{(if a {b}); c}"),
        ("f = lambda x, *y: x\n", "{(= f (lambda <lambda>(x *y) {(return x)}))}"),
    ]);
}

#[test]
fn spans_are_those_of_the_text() {
    let text = "é = f(a.b, 'x')  # é\n";
    let result = parsed(text);
    let ast::StmtKind::Assign { value, .. } = &parsed(&text.replace('é', "e")).module.body[0].kind else {
        panic!("no assignment")
    };
    let ast::ExprKind::Call { function, args } = &value.kind else { panic!("no call") };
    let ascii = text.replace('é', "e");
    let under = |span: Span| &ascii[span.start as usize..span.end as usize];
    assert_eq!(under(value.span), "f(a.b, 'x')");
    assert_eq!(under(function.span), "f");
    assert_eq!(args.iter().map(|a| under(a.value.span)).collect::<Vec<_>>(), ["a.b", "'x'"]);
    let comment = result.comments[0];
    assert_eq!(&text[comment.start as usize..comment.end as usize], "# é");
}

#[test]
fn a_bad_statement_costs_only_itself() {
    for (text, rest, codes) in [
        ("a = 1\nb = = 2\nc = 3\n", "{(= a 1); (= c 3)}", &["E0001"][..]),
        ("a = [1, 2\nb = 3\n", "{(= b 3)}", &["E0003"]),
        ("if a = 1:\n  b\nc\n", "{c}", &["E0010"]),
        ("f(a b)\nx = 'open\ny = 2\n", "{(= y 2)}", &["E0008", "E0002"]),
        ("def f(a b):\n  a\nb\n", "{b}", &["E0008"]),
    ] {
        let result = parsed(text);
        let found: Vec<&str> = result.diagnostics.iter().map(|d| d.code.id).collect();
        assert_eq!(found, codes, "{text}");
        assert_eq!(tree::block(&result.module.body), rest, "{text}");
    }
}

/// The codes of what is reported of a string.
fn codes(text: &str) -> Vec<&'static str> {
    parsed(text).diagnostics.iter().map(|d| d.code.id).collect()
}

#[test]
fn python_2_is_read_with_a_warning_where_it_is_a_trap() {
    for (text, tree, expected) in [
        ("a = 0644\n", "{(= a 420)}", &["W0003"][..]),
        ("a = 0777L\n", "{(= a 511)}", &["W0003"]),
        ("a = 00\n", "{(= a 0)}", &[]),
        ("print >>sys.stderr, a, b\n", "{(print a, b)}", &["W0004"]),
        ("print >>sys.stdout\n", "{(print )}", &["W0004"]),
        ("print >>f(), a\n", "{(print f(), a)}", &["W0004"]),
    ] {
        assert_eq!(codes(text), expected, "{text}");
        assert_eq!(tree::block(&parsed(text).module.body), tree, "{text}");
    }
}

#[test]
fn what_is_not_in_the_language_is_refused_where_it_stands() {
    for text in
        ["yield a\n", "b = yield\n", "b = (yield a)\n", "yield\n", "@f\ndef g(): pass\n", "exec a in b\n"]
    {
        assert_eq!(codes(text), ["E0020"], "{text}");
    }
    assert_eq!(codes("a = 08\n"), ["E0012"]);
}

#[test]
fn a_merge_conflict_is_reported_once() {
    let conflict = "<<<<<<< HEAD\na = [1,\n=======\na = [2,\n>>>>>>> other\n]\n";
    let text = format!("{conflict}{conflict}b = 1\n");
    assert_eq!(codes(&text), ["E0029"]);
    assert_eq!(tree::block(&parsed(&text).module.body), "{(= a [1]); (= a [1]); (= b 1)}");
    assert_eq!(codes("a = '''\n=======\n<<<<<<< x\n'''\n"), Vec::<&str>::new());
}

#[test]
fn nesting_has_a_bound() {
    let deep = format!("x = {}1{}\n", "(".repeat(101), ")".repeat(101));
    let codes: Vec<&str> = parsed(&deep).diagnostics.iter().map(|d| d.code.id).collect();
    assert_eq!(codes, ["E0601"]);
    let fine = format!("x = {}1{}\n", "(".repeat(90), ")".repeat(90));
    assert_eq!(parsed(&fine).diagnostics, []);
}
