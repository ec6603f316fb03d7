use super::{gives, refused, run};

#[test]
fn arguments_meet_parameters_as_in_python() {
    let f = "def f(a, b=2, *c, **d):\n  return (a, b, c, sorted(d.items()))\n";
    gives(&format!("{f}x = f(1)\n"), "(1, 2, (), [])");
    gives(&format!("{f}x = f(1, 3, 4, 5, k=6)\n"), "(1, 3, (4, 5), [('k', 6)])");
    gives(&format!("{f}x = f(b=1, a=2)\n"), "(2, 1, (), [])");
    gives(&format!("{f}x = f(*[1, 2, 3], **{{'k': 4}})\n"), "(1, 2, (3,), [('k', 4)])");
    gives("def f(a, *, b=1):\n  return a + b\nx = f(1, b=2)\n", "3");
    gives("def f(a, (b, c)):\n  return a + b + c\nx = f(1, (2, 3))\n", "6");
    gives("def f(n, seen=[]):\n  seen.append(n)\n  return seen\nf(1)\nx = f(2)\n", "[1, 2]");
}

#[test]
fn wrong_arguments_name_the_parameter_and_the_definition() {
    let f = "def f(a, b):\n  return a\n";
    for (call, message) in [
        ("f(1)", "f() needs the argument `b`"),
        ("f(1, 2, 3)", "f() takes 2 arguments, but 3 are given"),
        ("f(1, a=2, b=3)", "f() gets `a` twice"),
        ("f(1, 2, bb=3)", "f() has no parameter `bb`"),
        ("f(*[1], **{'a': 1})", "f() gets `a` twice"),
    ] {
        let outcome = run(&format!("{f}y = {call}\n"));
        assert_eq!(outcome.only().message, message);
        let label = &outcome.only().labels[0];
        assert_eq!(outcome.sources.snippet(label.span), "def f(a, b):", "{call}");
    }
}

#[test]
fn the_way_to_a_mistake_is_labelled() {
    let outcome = run("def f(n):\n  return g(n)\ndef g(n):\n  return n.size\ny = f(1)\n");
    let labels: Vec<String> = outcome.only().labels.iter().map(|l| outcome.sources.snippet(l.span)).collect();
    assert_eq!(labels, ["g(n)", "f(1)"]);
    assert_eq!(outcome.codes(), ["E0105 size"]);
}

#[test]
fn a_hidden_function_is_named() {
    let outcome = run("str = 'a'\ny = str(1)\n");
    assert_eq!(outcome.only().labels[0].message, "this hides the built-in `str`");
    refused("y = 5(3)\n", &["E0110 5(3)"]);
    refused("y = String('a')(b=1)\n", &["E0110 String('a')(b=1)"]);
}

#[test]
fn keywords_have_the_order_of_a_dict_and_keep_their_places() {
    gives("def f(**k):\n  return list(k)\nx = f(b=1, a=2)\n", "['a', 'b']");
    refused("def f(**k):\n  return Process(**k)\np = f(name='a',\n  nmae='b')\n", &["E0104 nmae"]);
}
