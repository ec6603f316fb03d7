use super::{Budgets, Program, gives, refused};

#[test]
fn objects_have_accessors_and_methods() {
    gives("p = Process(name='a', cmdline='{{n}}').bind(n=5)\nx = p.cmdline().get()\n", "'5'");
    gives(
        "p = Process(name='a')\nx = [p.has_name(), p.has_cmdline(), p.cmdline() is Empty]\n",
        "[True, False, True]",
    );
    gives(
        "p = Process(name='a')(name='b', max_failures=2)\nx = p.name().get() + str(p.max_failures())\n",
        "'b2'",
    );
    gives("c = Process(name='a').check()\nx = [c.ok(), 'cmdline' in c.message()]\n", "[False, True]");
    gives(
        "o, refs = String('{{a}}{{b.c}}').bind(a=1).interpolate()\nx = [str(o), str(refs[0])]\n",
        "['1{{b.c}}', '{{b.c}}']",
    );
    gives("x = str(String('{{a}}') % {'a': 1})\n", "'1'");
    gives("f = Process(name='a').name\nx = str(f())\n", "'a'");
    refused("p = Process(name='a')\ny = p.nmae()\n", &["E0105 nmae"]);
    refused("p = Process(name='a')\np.name = 'b'\n", &["W0112 p.name"]);
    refused("p = {}\np.name = 'b'\n", &["E0111 p.name"]);
    refused("p = Process(name='a')\nn = p.name('b')\n", &["E0106 p.name('b')"]);
}

#[test]
fn struct_types_are_made_by_classes() {
    gives(
        "class P(Struct):\n  a = Required(String)\n  b = Default(Integer, 3)\n  c = List(String)\nx = P(a='1', c=['2']).b().get()\n",
        "3",
    );
    gives(
        "class P(Struct):\n  a = String\nclass Q(P):\n  pass\nx = [Q.__name__, str(Q(a='1').a())]\n",
        "['Q', '1']",
    );
    refused("class P(int):\n  pass\n", &["E0113 P"]);
    refused("class A: pass\nclass P(A, object):\n  pass\n", &["E0113 P"]);
    refused("class P(Struct):\n  a = 5\n  b = String\n", &["W0101 a"]);
}

#[test]
fn traps_are_doubted() {
    let p = "p = Process(name='a', final=True)\n";
    refused(&format!("{p}if p.final():\n  y = 1\n"), &["W0102 p.final()"]);
    refused(&format!("{p}y = p.name() == 'a'\n"), &["W0103 p.name() == 'a'"]);
    refused("j = Job(constraints=['a', 'b'])\n", &["W0104 ['a', 'b']"]);
}

#[test]
fn pystachio_types_are_made_by_calls() {
    gives("x = str(Map(String, Integer)({'a': 1})['a'])\n", "'1'");
    gives("x = [str(i) for i in List(Integer)([1, '2'])]\n", "['1', '2']");
    gives("L = Enum('low', 'high')\nx = str(L('low'))\n", "'low'");
    gives("C = Choice([Integer, String])\nx = [C('5').get(), C('a').unwrap().get()]\n", "[5, 'a']");
    refused("L = Enum('Name', ['a', 'b'])\n", &["E0102 Enum('Name', ['a', 'b'])"]);
    refused("l = List(String('a'))\n", &["E0102 String('a')"]);
}

#[test]
fn what_is_not_in_the_language_says_what_to_do() {
    for (text, code) in [
        ("import subprocess\n", "W0106 subprocess"),
        ("from random import choice\n", "W0106 random"),
        ("from pystachio import Nothing\n", "E0115 Nothing"),
        ("y = __file__\n", "E0132 __file__"),
        ("y = true\n", "E0101 true"),
    ] {
        let outcome = super::run(text);
        assert_eq!(outcome.codes(), [code]);
        assert!(!outcome.only().help.is_empty() || !outcome.only().suggestions.is_empty(), "{text}");
    }
    gives("x = __name__ == '__main__'\n", "False");
}

#[test]
fn plain_classes_have_constants_methods_and_one_base() {
    gives(
        "class A(object):\n  P = 80\n  Q = P + 1\nA.R = 5\nx = [A.P, A.Q, A.R, A.__name__]\n",
        "[80, 81, 5, 'A']",
    );
    let counter = "class A:\n  step = 1\n  def __init__(self, n=0):\n    self.n = n\n  def more(self, times=1):\n    self.n += self.step * times\n    return self\n";
    gives(&format!("{counter}x = [A().more().more(2).n, A(5).n, A.more(A(1)).n]\n"), "[3, 5, 2]");
    gives(
        &format!(
            "{counter}class B(A):\n  step = 10\n  def __init__(self):\n    A.__init__(self, 7)\nb = B()\nx = [b.more().n, isinstance(b, A), b.__class__ is B, type(A()) is A, hasattr(b, 'y')]\n"
        ),
        "[17, True, True, True, False]",
    );
    gives(
        &format!(
            "{counter}class B(A):\n  def __init__(self):\n    super(B, self).__init__(3)\nf = B().more\nx = f(4).n\n"
        ),
        "7",
    );
    gives("class A:\n  def __call__(self, n): return n + 1\nx = map(A(), [1, 2])\n", "[2, 3]");
    refused("class A:\n  def size(self): return 1\nx = A().siez\n", &["E0105 siez"]);
    refused("class A:\n  pass\nx = A(1)\n", &["E0106 A(1)"]);
    refused("class A:\n  def f(self): return self.f()\nx = A().f()\n", &["E0606 self.f()"]);
}

#[test]
fn hooks_are_doubted() {
    refused("class Label: pass\nhooks = [Label()]\n", &["W0107 hooks"]);
    refused("hooks = []\n", &[]);
}

#[test]
fn modules_that_are_not_there_are_refused_where_they_are_used() {
    refused("import subprocess\nx = subprocess.call\n", &["E0114 subprocess"]);
    refused("from random import choice as c\nx = c([1])\n", &["E0114 c"]);
    refused("def f():\n  import random\n  return random\nx = f()\n", &["E0114 random"]);
    gives(
        "try:\n  import simplejson as json\nexcept ImportError:\n  import json\nx = json.dumps(1)\n",
        "'1'",
    );
}

#[test]
fn unicode_strings_are_marked_in_what_is_printed() {
    for (expression, shown) in [
        ("str([u'a', 'a', u'a' + 'b', 'b' * 2])", "[u'a', 'a', u'ab', 'bb']"),
        ("repr(u'é')", "u'\\\\xe9'"),
        ("repr('é')", "'\\\\xc3\\\\xa9'"),
        ("str([str(u'a'), unicode('a'), 'a'.decode('utf8'), u'a'.encode('utf8')])", "['a', u'a', u'a', 'a']"),
        (
            "str([u'a b'.upper(), u'a b'.split(), u'-'.join(['a']), u'abc'[::2]])",
            "[u'A B', [u'a', u'b'], u'a', u'ac']",
        ),
        ("str(list(u'ab') + ['%s' % u'a'])", "[u'a', u'b', u'a']"),
        ("str([Process(name='a').name().get(), String('a').get()])", "[u'a', 'a']"),
    ] {
        let program = format!("# coding: utf-8\nx = {expression}\n");
        let outcome = Program { files: &[("a", &program)], budgets: Budgets::default() }.run();
        let quoted = &outcome.values["x"];
        let found = quoted[1..quoted.len() - 1].replace("\\'", "'");
        assert_eq!(found, shown, "{expression}");
    }
}
