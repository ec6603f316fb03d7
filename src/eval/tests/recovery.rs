use super::{refused, run};

#[test]
fn independent_mistakes_are_reported_together() {
    refused(
        "a = Servce()\nb = Procss(nme=undefined)\nc = 1 + 'a'\n",
        &["E0101 Servce", "E0101 Procss", "E0101 undefined", "E0102 1 + 'a'"],
    );
    refused("jobs = [Process(nme='a'), Process(name='b', cmdlin='c')]\n", &["E0104 nme", "E0104 cmdlin"]);
    refused("p = Process(nme='a', cmdlin='c')\n", &["E0104 nme", "E0104 cmdlin"]);
}

#[test]
fn consequences_of_a_mistake_are_silent() {
    refused("a = 1 + 'a'\nb = a + 1\njobs = [b]\ndel a\nfor i in b:\n  c = i\nd = c\n", &["E0102 1 + 'a'"]);
    refused("d = {}\nd['k'] = 1 + 'a'\ne = d['k']\n", &["E0102 1 + 'a'"]);
    refused("l = []\nl.append(1 + 'a')\ne = l[0]\n", &["E0102 1 + 'a'"]);
    refused("if undefined:\n  a = 1\nelse:\n  b = 2\nc = a + b\n", &["E0101 undefined"]);
}

#[test]
fn a_mistake_in_a_loop_is_reported_once() {
    refused("for i in range(50):\n  a = i + 'a'\n  b = Process(nme='x')\n", &["E0102 i + 'a'", "E0104 nme"]);
    refused("a = [i + 'a' for i in range(5)]\n", &["E0102 i + 'a'"]);
    refused("def f(n):\n  return n + 'a'\na = f(1)\nb = f(2)\n", &["E0102 n + 'a'"]);
}

#[test]
fn a_loop_that_may_not_end_stops_at_its_first_mistake() {
    refused("n = 0\nwhile n < 5:\n  n = n + step\n", &["E0101 step"]);
}

#[test]
fn syntax_errors_do_not_hide_other_mistakes_and_cause_no_more() {
    let outcome = run("a = (1 +\nb = 2\n");
    assert!(outcome.codes().iter().all(|c| c.starts_with("E00")), "{:?}", outcome.codes());
    let outcome = run("a = 1 +\nb = a\nc = Process(nme='x')\n");
    let codes = outcome.codes();
    assert!(codes.iter().any(|c| c == "E0104 nme"), "{codes:?}");
    assert!(!codes.iter().any(|c| c.starts_with("E0101")), "{codes:?}");
}
