//! No input hurts: random bytes, and truncated and mutated cases, give a bundle or diagnostics, never a panic.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jobc::driver::{Compilation, Options, Session};
use jobc::eval::{self, Budgets};
use jobc::source::MemoryLoader;
use jobc::template::Limits;
use proptest::prelude::*;

/// Compiles one text within small budgets.
fn compile(text: &str) -> Result<usize, usize> {
    let loader = Arc::new(MemoryLoader::new([("job.aurora", text)]));
    let budgets =
        Budgets { steps: 200_000, items: 100_000, text: 1 << 20, memory: 64 << 20, ..Budgets::default() };
    let limits = Limits { text_size: 1 << 20, expanded: 64 << 20, ..Limits::default() };
    let options = Options { budgets, limits, user: "nobody".into(), ..Options::default() };
    let session = Session::new(loader, options);
    eval::with_stack(|| outcome(&session.compile("job.aurora"), text))
}

/// Jobs, or diagnostics if there are errors; every place lies inside the text.
fn outcome(compilation: &Compilation, text: &str) -> Result<usize, usize> {
    for diagnostic in &compilation.diagnostics {
        let places = std::iter::once(diagnostic.primary).chain(diagnostic.labels.iter().map(|l| l.span));
        for place in places.filter(|p| !p.is_none()) {
            assert!(place.start <= place.end && place.end as usize <= text.len(), "{diagnostic:?}");
        }
    }
    match compilation.has_errors() {
        true => Err(compilation.diagnostics.len()),
        false => Ok(compilation.bundle.jobs.len()),
    }
}

/// Every job file under `tests/`.
fn cases() -> Vec<String> {
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
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut paths);
    paths.sort();
    paths.iter().filter_map(|p| String::from_utf8(std::fs::read(p).ok()?).ok()).collect()
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
    fn mutated_cases(choice in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
                     length in 0usize..40, put in "[\\[\\](){}'\"=,:.#%&\\n a-z0-9]{0,6}") {
        let cases = cases();
        prop_assume!(!cases.is_empty());
        let text = choice.get(&cases);
        let boundaries: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let first = at.index(boundaries.len());
        let last = (first + length).min(boundaries.len() - 1);
        let mutated = format!("{}{put}{}", &text[..boundaries[first]], &text[boundaries[last]..]);
        let _ = compile(&mutated);
    }
}

#[test]
fn every_prefix_of_a_case() {
    let text = cases().into_iter().find(|t| t.len() > 1500 && t.len() < 3000).unwrap_or_default();
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
    let most = jobc::syntax::MOST_NESTING;
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
