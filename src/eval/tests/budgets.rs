use super::Program;
use crate::eval::Budgets;

fn codes(text: &str, budgets: Budgets) -> Vec<String> {
    Program { files: &[("job.aurora", text)], budgets }.run().codes()
}

#[test]
fn endless_programs_end() {
    let few = Budgets { steps: 10_000, call_depth: 50, ..Budgets::default() };
    assert_eq!(codes("while True:\n  pass\n", few), ["E0604 pass"]);
    assert_eq!(codes("def f():\n  return f()\ny = f()\n", few), ["E0606 f()"]);
    assert_eq!(codes("y = [a for a in range(10**9)]\n", few).len(), 1);
    assert_eq!(codes("l = [1]\nfor i in l:\n  l.append(i)\n", few).len(), 1);
}

#[test]
fn large_values_are_refused() {
    let few = Budgets { items: 100, text: 1000, memory: 10_000, ..Budgets::default() };
    assert_eq!(codes("y = 'x' * 10**12\n", few), ["E0605 'x' * 10**12"]);
    assert_eq!(codes("y = [0] * 10**9\n", few), ["E0605 [0] * 10**9"]);
    assert_eq!(codes("y = list(range(1000))\n", few), ["E0605 list(range(1000))"]);
    assert_eq!(codes("l = []\nfor i in range(90):\n  l.append('x' * 900)\n", few), ["E0605 'x' * 900"]);
}

#[test]
fn deep_values_do_not_exhaust_the_stack() {
    let text = "a = []\nb = ()\nf = None\ng = (i for i in 'a')\nfor i in range(20000):\n  a = [a]\n  b = (b,)\n  f = lambda f=f: f\n  g = (i for i in g)\n";
    assert!(codes(text, Budgets::default()).is_empty());
}
