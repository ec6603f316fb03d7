//! No input hurts: random bytes, and truncated and mutated cases, give a bundle or diagnostics, never a panic.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use jobc::driver::{Compilation, Options, Session};
use jobc::emit::{Format, Input, OutputKind, write_one};
use jobc::eval::{self, Budgets};
use jobc::model::settings::{Clusters, Settings};
use jobc::report;
use jobc::source::{MemoryLoader, SourceMap};
use jobc::template::Limits;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Small budgets, which end any program soon, and the checks of a scheduler.
fn options() -> Options {
    let budgets =
        Budgets { steps: 100_000, items: 100_000, text: 1 << 20, memory: 64 << 20, ..Budgets::default() };
    let limits = Limits {
        text_size: 1 << 20,
        expanded: 64 << 20,
        references: 500_000,
        steps: 500_000,
        ..Limits::default()
    };
    let clusters = Clusters::all(Settings::default());
    Options { budgets, limits, clusters, user: "nobody".into(), ..Options::default() }
}

/// Compiles one text and looks at everything that comes of it: the codes that are reported, or the number of jobs.
fn compile(text: &str) -> Result<usize, BTreeSet<&'static str>> {
    let loader = Arc::new(MemoryLoader::new([("job.aurora", text)]));
    let session = Session::new(loader, options());
    eval::with_stack(|| {
        let compilation = session.compile("job.aurora");
        look_at_report(&compilation, &session.sources, text);
        look_at_outputs(&compilation);
        match compilation.has_errors() {
            true => Err(compilation.diagnostics.iter().map(|d| d.code.id).collect()),
            false => Ok(compilation.bundle.jobs.len()),
        }
    })
}

/// Every place lies inside the text, between characters; every format can be written, and hides nothing.
fn look_at_report(compilation: &Compilation, sources: &SourceMap, text: &str) {
    for diagnostic in &compilation.diagnostics {
        let labels = diagnostic.labels.iter().map(|l| l.span);
        let mends = diagnostic.suggestions.iter().map(|s| s.span);
        let places = std::iter::once(diagnostic.primary).chain(labels).chain(mends);
        for place in places.filter(|p| !p.is_none()) {
            assert!(text.get(place.start as usize..place.end as usize).is_some(), "{diagnostic:?}");
        }
    }
    use report::Format::{Github, Human, Json, Sarif, Short};
    for format in [Human, Short, Json, Sarif, Github] {
        let mut out = Vec::new();
        report::write(&compilation.diagnostics, sources, format, true, &mut out).expect("a buffer takes all");
        let report = String::from_utf8(out).expect("reports are text");
        let colors = format == Human;
        let hidden = |c: char| c != '\n' && c != '\t' && !(colors && c == '\u{1b}') && report::is_hidden(c);
        assert!(!report.contains(hidden), "{report:?}");
    }
}

/// Every output of the first job, and of all.
fn look_at_outputs(compilation: &Compilation) {
    let input = Input { bundle: &compilation.bundle, reads: &compilation.reads };
    for kind in OutputKind::ALL {
        let mut out = Vec::new();
        let written = write_one(kind, input, &Format::default(), &mut out).is_ok();
        if written && kind != OutputKind::Data {
            serde_json::from_slice::<serde::de::IgnoredAny>(&out).expect("bundles are JSON");
        }
    }
}

/// Every job file under `tests/` and `examples/` that is not large.
static CASES: LazyLock<Vec<String>> = LazyLock::new(|| {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "aurora") {
                out.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    for folder in ["tests", "examples"] {
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut paths);
    }
    paths.sort();
    let texts = paths.iter().filter_map(|p| String::from_utf8(std::fs::read(p).ok()?).ok());
    texts.filter(|text| text.len() < 8000).collect()
});

/// One of the cases.
fn case() -> impl Strategy<Value = &'static str> {
    any::<prop::sample::Index>().prop_map(|index| index.get(&CASES).as_str())
}

/// Words, signs, blanks and line breaks, whole.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        '\n' => 0,
        ' ' | '\t' => 1,
        c if c.is_alphanumeric() || c == '_' => 2,
        _ => 3,
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let kind = kind(c);
        if at > start && (last != Some(kind) || kind == 3) {
            out.push(&text[start..at]);
            start = at;
        }
        last = Some(kind);
    }
    out.push(&text[start..]);
    out
}

/// One change to a list of tokens.
#[derive(Debug, Clone)]
enum Change {
    Delete,
    Duplicate,
    Swap(prop::sample::Index),
    Splice(&'static str, prop::sample::Index),
    Put(String),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Delete),
        Just(Change::Duplicate),
        any::<prop::sample::Index>().prop_map(Change::Swap),
        (case(), any::<prop::sample::Index>()).prop_map(|(other, at)| Change::Splice(other, at)),
        prop_oneof![
            "[\\[\\](){}'\"=,:.#%&\\n a-z0-9]{1,6}",
            "\\{\\{[a-z.\\[\\]&]{0,9}\\}\\}",
            Just("None".to_string()),
            Just("10**9".to_string()),
            Just("'x' * 100".to_string()),
            Just("[]".to_string()),
            Just("-1".to_string()),
            Just("'{{name}}'".to_string()),
            Just("\u{202e}\u{1b}[31m".to_string()),
        ]
        .prop_map(Change::Put),
    ]
}

/// A text with one stretch of so many tokens changed.
fn changed(text: &str, at: prop::sample::Index, length: usize, change: &Change) -> String {
    let tokens = tokens(text);
    let first = at.index(tokens.len());
    let last = (first + length).min(tokens.len());
    let (before, here, after) =
        (tokens[..first].concat(), tokens[first..last].concat(), tokens[last..].concat());
    match change {
        Change::Delete => before + &after,
        Change::Duplicate => format!("{before}{here}{here}{after}"),
        Change::Swap(other) => {
            let mut tokens = tokens.clone();
            let other = other.index(tokens.len());
            tokens.swap(first, other);
            tokens.concat()
        }
        Change::Splice(other, from) => {
            let others = self::tokens(other);
            let from = from.index(others.len());
            before + &others[from..(from + 3 * length).min(others.len())].concat() + &after
        }
        Change::Put(words) => before + words + &after,
    }
}

/// A case with one to three changes.
fn mutated() -> impl Strategy<Value = String> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), 1usize..8, change()), 1..4);
    (case(), changes).prop_map(|(text, changes)| {
        changes.iter().fold(text.to_string(), |text, (at, length, how)| changed(&text, *at, *length, how))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,400}") {
        let _ = compile(&text);
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = compile(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn words_of_the_language(words in proptest::collection::vec(
        prop_oneof![
            Just("jobs = ["), Just("]"), Just("Job("), Just(")"), Just("name="), Just("'{{a}}'"), Just(","), Just("\n"),
            Just("  "), Just("if x:"), Just("for i in range(3):"), Just("def f(x):"), Just("return x"), Just("lambda: 0"),
            Just("{"), Just("}"), Just(":"), Just("**"), Just("not "), Just("1"), Just("x"), Just(" = "), Just("'%s' % "),
            Just("class A(Struct):"), Just("a = String"), Just(".bind(a=1)"), Just("Task(processes=[])"), Just("#"),
        ], 0..60)) {
        let _ = compile(&words.concat());
    }

    #[test]
    fn truncated_cases(text in case(), at in any::<prop::sample::Index>()) {
        let boundaries: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let _ = compile(&text[..*at.get(&boundaries)]);
    }
}

/// Mutated cases, of which some reach every stage: the same ones each time, so that this can be asserted.
#[test]
fn mutated_cases_reach_every_stage() {
    let config = ProptestConfig { cases: 2400, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(
        config,
        prop::test_runner::TestRng::deterministic_rng(prop::test_runner::RngAlgorithm::ChaCha),
    );
    let reached = std::cell::RefCell::new(BTreeSet::new());
    let outcome = runner.run(&mutated(), |text| {
        match compile(&text) {
            Ok(_) => {
                reached.borrow_mut().insert("a bundle");
            }
            Err(codes) => reached.borrow_mut().extend(codes.into_iter().filter_map(|code| code.get(..3))),
        }
        Ok(())
    });
    outcome.unwrap_or_else(|why| panic!("{why}"));
    let stages = ["a bundle", "E00", "E01", "E02", "E03", "E04", "E05"];
    let missing: Vec<&str> = stages.into_iter().filter(|s| !reached.borrow().contains(s)).collect();
    assert!(missing.is_empty(), "no mutation came to {missing:?}");
}

#[test]
fn every_prefix_of_a_case() {
    let text = CASES.iter().find(|t| t.len() > 1500 && t.len() < 3000).unwrap();
    let boundaries = text.char_indices().map(|(i, _)| i).step_by(37);
    boundaries.for_each(|end| {
        let _ = compile(&text[..end]);
    });
}

/// Inputs that were made to hurt, each with a word that its diagnostic says.
#[test]
fn adversaries_are_answered_within_their_budget() {
    let deep = 100_000;
    let adversaries: Vec<(String, &str)> = vec![
        ("(".repeat(deep), "nest"),
        ("[".repeat(deep), "nest"),
        (format!("x = {}1", "-".repeat(deep)), "nest"),
        (format!("x = {}1", "not ".repeat(deep)), "nest"),
        ("x = 'x' * 10**12".into(), "more than"),
        ("x = [0] * 10**12".into(), "more than"),
        ("x = 10**10**10".into(), "more than"),
        ("x = 1 << 10**12".into(), "more than"),
        ("x = list(range(10**12))".into(), "more than"),
        ("x = '%1000000000000d' % 1".into(), "more than"),
        ("while True: pass".into(), "steps"),
        ("def f(): return f()\nf()".into(), "deep"),
        ("x = String('a')\nfor i in range(100000):\n  x = String('{{x}}').bind(x=x)".into(), "deep"),
        (
            format!(
                "jobs = [Job(name='{{{{a0}}}}').bind({})]",
                (0..40)
                    .map(|i| format!("a{i}='{{{{a{}}}}}{{{{a{}}}}}'", i + 1, i + 1))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            "more than",
        ),
        ("x = 'a'\nfor i in range(100):\n  x = x + x".into(), "more than"),
    ];
    for (text, word) in adversaries {
        let shown: String = text.chars().take(60).collect();
        let loader = Arc::new(MemoryLoader::new([("job.aurora", text.as_str())]));
        let session = Session::new(loader, Options::default());
        let said = eval::with_stack(|| {
            let compilation = session.compile("job.aurora");
            assert!(compilation.has_errors(), "{shown}");
            compilation.diagnostics.iter().map(|d| d.message.clone()).collect::<Vec<_>>().join("; ")
        });
        assert!(said.contains(word), "{shown}: {said}");
    }
}

/// As deep as can be allowed at all, every stage has stack enough; deeper is refused, whatever the options say.
#[test]
fn the_deepest_nesting_that_can_be_allowed_is_borne() {
    let most = jobc::syntax::MAX_NESTING;
    let nests: [(&str, &str, &str); 7] = [
        ("(", "1", ")"),
        ("[", "", "]"),
        ("{1: ", "1", "}"),
        ("f(", "", ")"),
        ("x[", "1", "]"),
        ("lambda: ", "1", ""),
        ("not ", "1", ""),
    ];
    for (open, middle, close) in nests {
        for (levels, refused) in [(most / 2 - 5, false), (most + 5, true)] {
            let text = format!("x = {}{middle}{}\njobs = []\n", open.repeat(levels), close.repeat(levels));
            let loader = Arc::new(MemoryLoader::new([("job.aurora", text.as_str())]));
            let options = Options { max_nesting: usize::MAX, ..Options::default() };
            let session = Session::new(loader, options);
            let codes: Vec<&str> = eval::with_stack(|| {
                session.compile("job.aurora").diagnostics.iter().map(|d| d.code.id).collect()
            });
            assert_eq!(codes.contains(&"E0601"), refused, "{open} {levels} times: {codes:?}");
        }
    }
}

#[test]
fn odd_bytes_are_refused_kindly() {
    for text in [
        "",
        "\0",
        "\u{feff}",
        "\r\n\r\n",
        "x = '\0'",
        "\u{feff}jobs = []\r\n",
        "jobs = [\u{a0}]",
        "\t\tx = 1",
    ] {
        assert!(compile(text).is_err(), "{text:?}");
    }
}
