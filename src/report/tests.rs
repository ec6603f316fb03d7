use super::*;
use crate::diagnostics::codes::{eval, job, template};
use crate::source::{FileId, SourceFile, Span};

const WEB: &str = "include('base.aurora')\n\
p = Process(name='ü', cmdline='hi', max_failres=3)\n\
jobs = [Service(\n  name='web',\n  task=Task(\n    resources=r,\n    processes=[p]),\n  role='www')]\n";

/// The span of the first `words` in `text`.
fn find(file: FileId, text: &str, words: &str) -> Span {
    let at = text.find(words).expect("the words are in the text");
    Span::new(file, at, at + words.len())
}

struct Fixture {
    sources: SourceMap,
    web: FileId,
    base: FileId,
}

fn fixture() -> Fixture {
    let sources = SourceMap::new();
    let web = sources.add(SourceFile::new("jobs/web.aurora", None, WEB.to_string()));
    let base = sources.add(SourceFile::new("base.aurora", None, "r = Resources(cpu=1)\n".to_string()));
    Fixture { sources, web, base }
}

fn unknown_field(f: &Fixture) -> Diagnostic {
    let slip = find(f.web, WEB, "max_failres");
    Diagnostic::error(&eval::UNKNOWN_FIELD, slip, "`Process` has no field `max_failres`")
        .here("not a field")
        .label(find(f.web, WEB, "Process"), "the struct is made here")
        .note("`Process` has 7 fields")
        .help("see jobc explain E0104")
        .suggest(slip, "max_failures", "did you mean `max_failures`?")
}

fn missing_field(f: &Fixture) -> Diagnostic {
    let call = Span::new(f.web, WEB.find("Service").unwrap(), WEB.find(")]\n").unwrap() + 1);
    Diagnostic::error(&job::MISSING_FIELD, call, "`disk` of `Resources` has no value")
        .label(Span::new(f.base, 4, 20), "made here, without `disk`")
        .suggest(Span::new(f.base, 19, 19), ", disk=1*GB", "")
}

fn nowhere() -> Diagnostic {
    Diagnostic::warning(&template::BAD_REFERENCE, Span::NONE, "the binding `a\u{1b}[2J` is not used")
}

fn text(all: &[Diagnostic], f: &Fixture, format: Format) -> String {
    let mut out = Vec::new();
    write(all, &f.sources, format, false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn all(f: &Fixture) -> Vec<Diagnostic> {
    arrange(vec![missing_field(f), unknown_field(f), nowhere(), unknown_field(f)], &f.sources)
}

#[test]
fn they_come_in_order_and_once() {
    let f = fixture();
    let ids: Vec<_> = all(&f).iter().map(|d| d.code.id).collect();
    assert_eq!(ids, ["E0201", "E0104", "E0301"]);
    assert_eq!(tally(&all(&f)), "2 errors, 1 warning");
    assert_eq!(tally(&[]), "");
}

#[test]
fn human() {
    let f = fixture();
    let expected = "\
warning[E0201 bad-reference]: the binding `a␛[2J` is not used

error[E0104 unknown-field]: `Process` has no field `max_failres`
  ┌─ jobs/web.aurora:2:37
  │
2 │ p = Process(name='ü', cmdline='hi', max_failres=3)
  │     -------                         ^^^^^^^^^^^ not a field
  │     │
  │     the struct is made here
  │
  = note: `Process` has 7 fields
  = help: see jobc explain E0104
  = help: did you mean `max_failures`?

error[E0301 missing-field]: `disk` of `Resources` has no value
  ┌─ jobs/web.aurora:3:9
  │
3 │   jobs = [Service(
  │ ╭─────────^
4 │ │   name='web',
5 │ │   task=Task(
6 │ │     resources=r,
7 │ │     processes=[p]),
8 │ │   role='www')]
  │ ╰─────────────^
  │
  ┌─ base.aurora:1:5
  │
1 │ r = Resources(cpu=1)
  │     ---------------- made here, without `disk`
  │
  = help: write `, disk=1*GB`

";
    assert_eq!(text(&all(&f), &f, Format::Human), expected);
}

#[test]
fn human_in_colour() {
    let f = fixture();
    let mut out = Vec::new();
    write(&[unknown_field(&f)], &f.sources, Format::Human, true, &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("\u{1b}[0m\u{1b}[1m\u{1b}[38;5;9merror[E0104"));
}

#[test]
fn short() {
    let f = fixture();
    let expected = "\
warning[E0201]: the binding `a␛[2J` is not used
jobs/web.aurora:2:37: error[E0104]: `Process` has no field `max_failres`
jobs/web.aurora:3:9: error[E0301]: `disk` of `Resources` has no value
";
    assert_eq!(text(&all(&f), &f, Format::Short), expected);
}

#[test]
fn github() {
    let f = fixture();
    let expected = "\
::warning title=E0201 bad-reference::the binding `a␛[2J` is not used
::error file=jobs/web.aurora,line=2,col=37,endLine=2,endColumn=48,title=E0104 unknown-field::`Process` has no \
field `max_failres`%0A`Process` has 7 fields%0Ahelp: see jobc explain E0104%0Ahelp: did you mean `max_failures`?
::error file=jobs/web.aurora,line=3,col=9,endLine=8,title=E0301 missing-field::`disk` of `Resources` has no \
value%0Ahelp: write `, disk=1*GB`
";
    assert_eq!(text(&all(&f), &f, Format::Github), expected);
}

#[test]
fn json_lines() {
    let f = fixture();
    let expected = concat!(
        r#"{"code":"E0201","name":"bad-reference","severity":"warning","message":"the binding `a\u001b[2J` is not used","#,
        r#""file":null,"primary":null,"labels":[],"notes":[],"help":[],"suggestions":[]}"#,
        "\n",
        r#"{"code":"E0104","name":"unknown-field","severity":"error","message":"`Process` has no field `max_failres`","#,
        r#""file":"jobs/web.aurora","primary":{"file":"jobs/web.aurora","start":{"line":2,"column":37},"#,
        r#""end":{"line":2,"column":48}},"labels":[{"message":"not a field","file":"jobs/web.aurora","#,
        r#""start":{"line":2,"column":37},"end":{"line":2,"column":48}},{"message":"the struct is made here","#,
        r#""file":"jobs/web.aurora","start":{"line":2,"column":5},"end":{"line":2,"column":12}}],"#,
        r#""notes":["`Process` has 7 fields"],"help":["see jobc explain E0104","did you mean `max_failures`?"],"#,
        r#""suggestions":[{"place":{"file":"jobs/web.aurora","start":{"line":2,"column":37},"#,
        r#""end":{"line":2,"column":48}},"replacement":"max_failures"}]}"#,
        "\n",
    );
    assert_eq!(text(&[nowhere(), unknown_field(&f)], &f, Format::Json), expected);
}

#[test]
fn sarif() {
    let f = fixture();
    let document: serde_json::Value = serde_json::from_str(&text(&all(&f), &f, Format::Sarif)).unwrap();
    let run = &document["runs"][0];
    assert_eq!(document["version"], "2.1.0");
    let ids: Vec<_> = run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|r| &r["id"]).collect();
    assert_eq!(ids, ["E0104", "E0201", "E0301"]);
    let result = &run["results"][1];
    assert_eq!(result["ruleId"], "E0104");
    assert_eq!(result["ruleIndex"], 0);
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        *region,
        serde_json::json!({"startLine": 2, "startColumn": 37, "endLine": 2, "endColumn": 48})
    );
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "the struct is made here");
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "max_failures");
    assert!(run["results"][0].get("locations").is_none());
}

#[test]
fn a_clean_run_is_still_a_sarif_document() {
    let f = fixture();
    let document: serde_json::Value = serde_json::from_str(&text(&[], &f, Format::Sarif)).unwrap();
    assert_eq!(document["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn a_hostile_file_cannot_speak_to_the_terminal() {
    let sources = SourceMap::new();
    let source = "x = '\u{1b}]0;owned\u{7}\u{202e}' + nme\r\n".to_string();
    let at = source.find("nme").unwrap();
    let file = sources.add(SourceFile::new("a\u{1b}b.aurora", None, source));
    let one = Diagnostic::error(&eval::UNKNOWN_NAME, Span::new(file, at, at + 3), "`nme\u{1b}` is not known");
    for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
        let mut out = Vec::new();
        write(std::slice::from_ref(&one), &sources, format, false, &mut out).unwrap();
        let shown = String::from_utf8(out).unwrap();
        assert_eq!(shown.chars().find(|c| is_hidden(*c) && *c != '\n'), None, "{shown}");
        if format == Format::Human {
            assert!(shown.contains("x = '␛]0;owned␇<U+202E>' + nme"), "{shown}");
            assert!(shown.contains("┌─ a␛b.aurora:1:21"), "{shown}");
        }
    }
}

#[test]
fn a_very_long_line_is_cut_and_its_columns_stay() {
    let sources = SourceMap::new();
    let source = format!("x = '{}' + nme + '{}'\n", "a".repeat(50_000), "b".repeat(50_000));
    let at = source.find("nme").unwrap();
    let file = sources.add(SourceFile::new("long.aurora", None, source));
    let one = Diagnostic::error(&eval::UNKNOWN_NAME, Span::new(file, at, at + 3), "`nme` is not known");
    let mut out = Vec::new();
    write(&[one], &sources, Format::Human, false, &mut out).unwrap();
    let shown = String::from_utf8(out).unwrap();
    assert!(shown.len() < 1000, "{shown}");
    assert!(shown.contains(&format!("long.aurora:1:{}", at + 1)), "{shown}");
    let line = shown.lines().find(|l| l.contains("nme +")).unwrap();
    let carets = shown.lines().find(|l| l.contains("^^^")).unwrap();
    let column = |l: &str, w: &str| l[..l.find(w).unwrap()].chars().count();
    assert_eq!(column(line, "nme"), column(carets, "^^^"));
}

#[test]
fn labels_far_apart_show_a_gap() {
    let sources = SourceMap::new();
    let source = "a = 1\n".repeat(300);
    let file = sources.add(SourceFile::new("a.aurora", None, source));
    let one = Diagnostic::error(&eval::UNKNOWN_NAME, Span::new(file, 6 * 250, 6 * 250 + 1), "again")
        .label(Span::new(file, 0, 1), "first")
        .label(Span::new(file, 12, 13), "third");
    let mut out = Vec::new();
    write(&[one], &sources, Format::Human, false, &mut out).unwrap();
    let expected = "\
error[E0101 unknown-name]: again
    ┌─ a.aurora:251:1
    │
  1 │ a = 1
    │ - first
  2 │ a = 1
  3 │ a = 1
    │ - third
    ·
251 │ a = 1
    │ ^

";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn a_label_over_thousands_of_lines_shows_its_ends() {
    let sources = SourceMap::new();
    let source = "a = [\n".to_string() + &"1,\n".repeat(5000) + "]\n";
    let end = source.len() - 1;
    let file = sources.add(SourceFile::new("a.aurora", None, source));
    let one = Diagnostic::error(&eval::UNKNOWN_NAME, Span::new(file, 4, end), "long");
    let mut out = Vec::new();
    write(&[one], &sources, Format::Human, false, &mut out).unwrap();
    let shown = String::from_utf8(out).unwrap();
    assert!(shown.lines().count() < 14, "{shown}");
    assert!(shown.contains("5002 │ │ ]"), "{shown}");
}
