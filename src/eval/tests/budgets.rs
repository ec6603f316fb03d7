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

#[test]
fn keys_that_collide_are_counted_and_named() {
    // Python 2 hashes long integers modulo 2**64 - 1.
    let keys = "[5 + k * (2**64 - 1) for k in range(2000)]";
    for program in [
        format!("d = {{}}\nfor k in {keys}: d[k] = 1\n"),
        format!("d = dict((k, 1) for k in {keys})\n"),
        format!("d = {{k: 1 for k in {keys}}}\n"),
        format!("d = set({keys})\n"),
        format!("d = {{*{keys}}}\n"),
        format!("s = set({keys}[:100])\nd = s.intersection({keys} * 20)\n"),
        format!("s = set({keys}[:100])\ns.difference_update({keys}[100:] * 20)\n"),
    ] {
        let budgets = Budgets { steps: 500_000, ..Budgets::default() };
        let outcome = Program { files: &[("a", &program)], budgets }.run();
        let [fault] = outcome.diagnostics.as_slice() else { panic!("{program}{:?}", outcome.diagnostics) };
        assert_eq!(fault.code.id, "E0604", "{program}");
        assert!(fault.notes.iter().any(|note| note.contains("hashes collide")), "{program}{fault:?}");
    }
}
