use super::{gives, refused};

#[test]
fn a_name_assigned_in_a_function_is_local_to_all_of_it() {
    gives("n = 1\ndef f():\n  n = 2\n  return n\nx = [f(), n]\n", "[2, 1]");
    refused("n = 1\ndef f():\n  n = n + 1\nf()\n", &["E0109 n"]);
    gives("n = 1\ndef f():\n  global n\n  n = n + 1\nf()\nx = n\n", "2");
}

#[test]
fn inner_functions_share_the_names_of_outer_ones() {
    gives(
        "def outer():\n  n = 1\n  def inner():\n    return n\n  n = 2\n  return inner\nx = outer()()\n",
        "2",
    );
    gives(
        "def counter():\n  n = 0\n  def more():\n    nonlocal n\n    n += 1\n    return n\n  return more\nc = counter()\nx = [c(), c()]\n",
        "[1, 2]",
    );
    gives("def f(a):\n  return lambda b: lambda c: a + b + c\nx = f(1)(2)(3)\n", "6");
    gives("x = [g() for g in [lambda: i for i in range(3)]]\n", "[2, 2, 2]");
    gives("x = [g() for g in [lambda i=i: i for i in range(3)]]\n", "[0, 1, 2]");
    gives(
        "def f(n):\n  def g(k):\n    return 0 if k == 0 else n + g(k - 1)\n  return g(3)\nx = f(5)\n",
        "15",
    );
}

#[test]
fn comprehensions_have_names_of_their_own_but_for_those_of_lists() {
    gives(
        "i = 'kept'\ny = set(i for i in range(3)), {i for i in 'ab'}, {i: i for i in 'c'}\nx = i\n",
        "'kept'",
    );
    gives("i = 'lost'\ny = [i for i in range(3)]\nx = i\n", "2");
    gives("i = 'kept'\ny = [i for i in []]\nx = i\n", "'kept'");
    gives("def f(i):\n  y = [i for i in range(3)]\n  return i\nx = f('lost')\n", "2");
    gives("def f():\n  y = [i for i in range(3)]\n  return lambda: i\nx = f()()\n", "2");
    gives("x = list((i, [i for i in 'ab'], i) for i in 'x')\n", "[('x', ['a', 'b'], 'b')]");
    gives("i = 'lost'\ntry:\n  y = [1 / i for i in [1, 0]]\nexcept ZeroDivisionError:\n  x = i\n", "0");
    gives("def f(n):\n  return [a * n for a in range(n)]\nx = f(3)\n", "[0, 3, 6]");
    gives("x = [(a, b) for a in range(3) for b in range(a) if a + b > 1]\n", "[(2, 0), (2, 1)]");
    gives("x = sorted({k: v for k, v in [('a', 1), ('b', 2)]}.items())\n", "[('a', 1), ('b', 2)]");
    gives("def f():\n  y = [last := n for n in range(3)]\n  return last\nx = f()\n", "2");
    let outcome = super::run("y = set(z for z in range(3))\nx = z\n");
    assert!(outcome.only().notes[0].contains("list comprehensions"), "{:?}", outcome.only());
}

#[test]
fn generators_run_when_they_are_asked() {
    gives("f = 1\ng = (n * f for n in [1, 2])\nf = 10\nx = list(g) + list(g)\n", "[10, 20]");
    gives("g = (a + b for a in 'ab' for b in 'cd' if b != a)\nx = ''.join(g)\n", "'acadbcbd'");
    gives("def f(items):\n  return any(i > 2 for i in items)\nx = [f([1, 3]), f([])]\n", "[True, False]");
}

#[test]
fn class_bodies_see_their_own_names_and_the_globals() {
    gives(
        "n = 3\nclass P(Struct):\n  a = Default(Integer, n)\n  n = Default(Integer, 4)\n  b = n\nx = [P().a().get(), P().n().get(), P().b().get()]\n",
        "[3, 4, 4]",
    );
    gives(
        "def f(n):\n  class P(Struct):\n    a = Default(Integer, n)\n  return P().a().get()\nx = f(7)\n",
        "7",
    );
}

#[test]
fn schema_names_can_be_replaced_but_not_brought_back_by_del() {
    gives("MB = 5\nx = MB\n", "5");
    refused("MB = 5\ndel MB\nx = MB\n", &["E0101 MB"]);
    gives("len = 5\ndel len\nx = len('ab')\n", "2");
    gives("Job = 5\nfrom apache.aurora.config.schema.base import *\nx = Job is MesosJob\n", "True");
}

#[test]
fn a_name_that_is_defined_later_says_so() {
    let outcome = super::run("def f():\n  return g()\ny = f()\ndef g():\n  return 1\n");
    let diagnostic = outcome.only();
    assert_eq!(diagnostic.primary_label, "not defined yet");
    let labels: Vec<String> = diagnostic.labels.iter().map(|l| outcome.sources.snippet(l.span)).collect();
    assert_eq!(labels, ["def g():", "f()"]);
}
