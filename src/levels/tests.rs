use super::*;
use crate::diagnostics::MAX_KEPT;
use crate::diagnostics::codes::eval::UNKNOWN_NAME;

/// A lint to speak of; which one does not matter.
const LINT: &Code = &ALLOW_WITHOUT_REASON;

fn settle(text: &str, lint_at: Option<&str>, levels: &Levels) -> Vec<(&'static str, bool, String)> {
    let sources = SourceMap::new();
    let file = sources.add(SourceFile::new("a.aurora", None, text.to_string()));
    let lint = lint_at.map(|words| {
        let at = text.find(words).expect("the words are in the text");
        Diagnostic::warning(LINT, Span::new(file, at, at + words.len()), "doubtful")
    });
    let of_all = |_| Arc::new(levels.clone());
    let control = Control::new(&sources, &of_all);
    let out = control.settle(lint.into_iter().collect(), ["a.aurora".to_string()]);
    out.into_iter().map(|d| (d.code.id, d.is_error(), d.message)).collect()
}

fn ids(text: &str, lint_at: Option<&str>) -> Vec<&'static str> {
    settle(text, lint_at, &Levels::default()).into_iter().map(|(id, ..)| id).collect()
}

#[test]
fn a_comment_silences_its_line_by_code_or_name() {
    let behind = format!("bad = 1 # jobc: allow({}) known\n", LINT.id);
    assert_eq!(ids(&behind, Some("bad")), [""; 0]);
    let above = format!("# jobc: allow({}) known\nbad = 1\n", LINT.name.to_uppercase());
    assert_eq!(ids(&above, Some("bad")), [""; 0]);
}

#[test]
fn a_comment_elsewhere_silences_nothing_and_is_stale() {
    let text = format!("ok = 1 # jobc: allow({}) known\nbad = 1\n", LINT.id);
    assert_eq!(ids(&text, Some("bad")), [LINT.id, STALE_ALLOW.id]);
}

#[test]
fn a_stale_comment_is_not_judged_in_a_file_with_errors_or_in_an_included_one() {
    let sources = SourceMap::new();
    let text = format!("ok = 1 # jobc: allow({}) known\n", LINT.id);
    let file = sources.add(SourceFile::new("a.aurora", None, text));
    let of_all = |_| Arc::new(Levels::default());
    let control = Control::new(&sources, &of_all);
    assert_eq!(control.settle(Vec::new(), []), []);
    let error = Diagnostic::error(&UNKNOWN_NAME, Span::new(file, 0, 2), "no");
    assert_eq!(control.settle(vec![error.clone()], ["a.aurora".to_string()]), [error]);
}

#[test]
fn unknown_codes_errors_and_missing_reasons_are_reported() {
    assert_eq!(ids("a = 1 # jobc: allow(stale-alow) why\n", None), [BAD_ALLOW.id]);
    assert_eq!(ids("a = 1 # jobc: allow(E0101) why\n", None), [BAD_ALLOW.id]);
    assert_eq!(ids("a = 1 # jobc: alow(E0101) why\n", None), [BAD_ALLOW.id]);
    let bare = format!("bad = 1 # jobc: allow({})\n", LINT.id);
    assert_eq!(ids(&bare, Some("bad")), [ALLOW_WITHOUT_REASON.id]);
}

#[test]
fn levels_raise_and_drop() {
    let deny = Levels { deny: vec![LINT], ..Levels::default() };
    assert_eq!(settle("bad\n", Some("bad"), &deny), [(LINT.id, true, "doubtful".to_string())]);
    let deny_all = Levels { deny_all: true, ..Levels::default() };
    assert!(settle("bad\n", Some("bad"), &deny_all)[0].1);
    let allow = Levels { deny_all: true, allow: vec![LINT], ..Levels::default() };
    assert_eq!(settle("bad\n", Some("bad"), &allow), []);
    let comment = format!("bad # jobc: allow({}) known\n", LINT.id);
    assert_eq!(settle(&comment, Some("bad"), &deny), []);
}

#[test]
fn a_lint_that_is_off_is_reported_only_where_it_is_denied() {
    static OFF: Code = Code {
        id: "W9999",
        name: "off",
        level: Level::Off,
        what: "A lint.",
        why: "For a test.",
        bad: "",
        good: "",
    };
    let sources = SourceMap::new();
    let count = |levels: &Levels| {
        let all = vec![Diagnostic::warning(&OFF, Span::NONE, "suspicious")];
        Control::new(&sources, &|_| Arc::new(levels.clone())).settle(all, []).len()
    };
    assert_eq!(count(&Levels::default()), 0);
    assert_eq!(count(&Levels { deny_all: true, ..Levels::default() }), 0);
    assert_eq!(count(&Levels { deny: vec![&OFF], ..Levels::default() }), 1);
    assert_eq!(count(&Levels { warn: vec![&OFF], ..Levels::default() }), 1);
}

#[test]
fn a_comment_that_names_a_retired_code_is_reported() {
    assert_eq!(ids("a = 1 # jobc: allow(E0505) why\n", None), [BAD_ALLOW.id]);
}

#[test]
fn of_very_many_comments_only_so_many_are_reported() {
    let text = format!("# jobc: allow({}) known\n", LINT.id).repeat(3 * MAX_KEPT);
    assert_eq!(ids(&text, None), vec![STALE_ALLOW.id; MAX_KEPT]);
}

#[test]
fn the_command_line_wins_over_the_project() {
    let project = Levels { deny: vec![LINT], deny_all: true, ..Levels::default() };
    let allow = Levels { allow: vec![LINT], ..Levels::default() };
    assert_eq!(settle("bad\n", Some("bad"), &allow.over(&project)), []);
    let warn = Levels { warn: vec![LINT], ..Levels::default() };
    assert!(!settle("bad\n", Some("bad"), &Levels::default().over(&warn))[0].1);
    let deny_all = Levels { deny_all: true, ..Levels::default() };
    assert!(settle("bad\n", Some("bad"), &deny_all.over(&warn))[0].1);
}
