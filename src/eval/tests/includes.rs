use super::{Program, run_files};
use crate::eval::{Budgets, with_stack};
use crate::source::SourceMap;
use crate::syntax::ModuleCache;

#[test]
fn files_share_one_namespace_and_run_again_each_time() {
    let outcome = run_files(&[
        (
            "job.aurora",
            "n = 0\ninclude('lib/a.aurora')\ninclude(fn='lib/a.aurora')\nx = [n, helper(), include('lib/a.aurora')]\n",
        ),
        ("lib/a.aurora", "n += 1\ninclude('b.aurora')\n"),
        ("lib/b.aurora", "def helper():\n  return 'b'\n"),
    ]);
    assert_eq!(outcome.value("x"), "[2, 'b', None]");
    assert_eq!(outcome.value("n"), "3");
}

#[test]
fn a_function_includes_relative_to_the_file_that_runs() {
    let outcome = run_files(&[
        ("job.aurora", "include('lib/tools.aurora')\nload('names.aurora')\nx = who\n"),
        ("lib/tools.aurora", "def load(f):\n  include(f)\n"),
        ("lib/names.aurora", "who = 'lib'\n"),
        ("names.aurora", "who = 'root'\n"),
    ]);
    assert_eq!(outcome.value("x"), "'root'");
}

#[test]
fn a_missing_file_is_one_mistake() {
    let outcome = run_files(&[
        ("job.aurora", "include('profils.aurora')\njobs = [make(name) for name in names]\ny = Procss()\n"),
        ("profiles.aurora", "names = []\n"),
    ]);
    assert_eq!(outcome.codes(), ["E0609 'profils.aurora'"]);
    assert!(outcome.only().help[0].contains("profiles.aurora"));
}

#[test]
fn a_mistake_in_a_shared_file_shows_who_includes_it() {
    let outcome = run_files(&[
        ("job.aurora", "include('a.aurora')\ninclude('a.aurora')\n"),
        ("a.aurora", "include('b.aurora')\n"),
        ("b.aurora", "y = 1 + 'a'\n"),
    ]);
    let places: Vec<String> = outcome.only().labels.iter().map(|l| outcome.sources.snippet(l.span)).collect();
    assert_eq!(places, ["include('b.aurora')", "include('a.aurora')"]);
}

#[test]
fn files_that_include_each_other_need_a_guard() {
    let outcome =
        run_files(&[("job.aurora", "include('a.aurora')\n"), ("a.aurora", "include('job.aurora')\n")]);
    assert_eq!(outcome.codes().len(), 1);
    assert!(outcome.only().notes[0].starts_with("the chain of includes: job.aurora"), "{:?}", outcome.only());
    let guarded = run_files(&[
        (
            "job.aurora",
            "seen = []\ndef once(f):\n  if f not in seen:\n    seen.append(f)\n    include(f)\nonce('a.aurora')\nx = seen\n",
        ),
        ("a.aurora", "once('b.aurora')\n"),
        ("b.aurora", "once('a.aurora')\n"),
    ]);
    assert_eq!(guarded.value("x"), "['a.aurora', 'b.aurora']");
}

#[test]
fn a_name_that_a_later_include_defines_says_so() {
    let outcome =
        run_files(&[("job.aurora", "y = small\ninclude('sizes.aurora')\n"), ("sizes.aurora", "small = 1\n")]);
    assert_eq!(outcome.sources.snippet(outcome.only().labels[0].span), "include('sizes.aurora')");
}

#[test]
fn text_files_are_read_from_the_working_directory() {
    let outcome = run_files(&[
        (
            "lib/job.aurora",
            "with open('hosts.txt') as f:\n  x = [line.strip() for line in f]\ny = open('hosts.txt').read()\nz = open('hosts.txt').readlines()\n",
        ),
        ("hosts.txt", "a\nb\n"),
    ]);
    assert_eq!(outcome.value("x"), "['a', 'b']");
    assert_eq!(outcome.value("y"), "'a\\nb\\n'");
    assert_eq!(outcome.value("z"), "['a\\n', 'b\\n']");
    let refused = run_files(&[("job.aurora", "f = open('x', 'w')\n")]);
    assert_eq!(refused.codes(), ["E0132 open('x', 'w')"]);
}

#[test]
fn a_function_that_is_included_twice_is_two_functions() {
    let files = [
        (
            "job.aurora",
            "include('lib.aurora')\ng = f\ninclude('lib.aurora')\nx = [f is g, f == g, f(1), g(1)]\n",
        ),
        ("lib.aurora", "def f(n):\n  return n + 1\n"),
    ];
    assert_eq!(run_files(&files).value("x"), "[False, False, 2, 2]");
}

#[test]
fn files_of_one_run_share_a_library_but_no_values() {
    let files = [
        ("a.aurora", "include('lib.aurora')\nx = [f(1), g()]\n"),
        ("b.aurora", "include('lib.aurora')\ndef f(n):\n  return n + 2\nx = [f(1), g()]\n"),
        ("c.aurora", "include('lib.aurora')\nx = [f(1), g()]\n"),
        ("lib.aurora", "def f(n):\n  return n + 1\ndef g(seen=[]):\n  seen.append(1)\n  return len(seen)\n"),
    ];
    let (sources, cache) = (SourceMap::new(), ModuleCache::new());
    let program = Program { files: &files, budgets: Budgets::default() };
    let shown = ["a.aurora", "b.aurora", "c.aurora"].map(|file| {
        let evaluation = with_stack(|| program.evaluation_of(file, &sources, &cache));
        evaluation.globals.get("x").unwrap().repr()
    });
    assert_eq!(shown, ["[2, 1]", "[3, 1]", "[2, 1]"]);
}
