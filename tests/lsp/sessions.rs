//! What editors do one after the other.

use std::path::Path;

use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::client::{Client, Editor};
use crate::trial;

/// A job whose name comes from a library.
const JOB: &str = "include('lib.aurora')\njobs = [Service(cluster='west', role='www', environment='prod', \
                   name=NAME, tier='preferred', task=SimpleTask('web', 'serve'))]\n";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("session/a-buffer-hides-the-disk", buffers_hide_the_disk),
        trial("session/a-missing-include-is-created", missing_include),
        trial("session/a-mistake-in-a-library-is-said-at-the-include", at_the_include),
        trial("session/a-library-is-checked-with-its-includers", library_alone),
        trial("session/a-loop-delays-no-other-file", loops),
        trial("session/diagnostics-are-pulled", pulled),
        trial("session/old-client", old_client),
        trial("session/settings", settings),
        trial("session/project", project),
        trial("session/a-buffer-without-a-path", untitled),
        trial("session/what-is-wrong-is-refused", wrong_messages),
    ]
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

fn codes(all: &[Value]) -> Vec<&str> {
    all.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

fn buffers_hide_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "lib.aurora", "NAME = 'web'\n");
    let mut client = Client::start(folder.path(), &Editor::default());
    assert_eq!(client.open("job.aurora", JOB), Vec::<Value>::new());
    client.open("lib.aurora", "NAME = 'web'\n");
    client.edit("lib.aurora", json!([{ "text": "NAMES = 'web'\n" }]));
    client.reported_until("job.aurora", &["E0101"]);
    client.close("lib.aurora");
    client.reported_until("job.aurora", &[]);
    client.finish();
}

fn missing_include() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(folder.path(), &Editor::default());
    assert!(!client.open("job.aurora", JOB).is_empty());
    write(folder.path(), "lib.aurora", "NAME = 'web'\n");
    let change = json!({ "uri": client.uri("lib.aurora"), "type": 1 });
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    client.reported_until("job.aurora", &[]);
    client.finish();
}

fn at_the_include() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "mid.aurora", "include('lib.aurora')\n");
    write(folder.path(), "lib.aurora", "NAME = 'web'\nOther = Process(nam = 'x')\n");
    let mut client = Client::start(folder.path(), &Editor::default());
    let job = JOB.replace("lib.aurora", "mid.aurora");
    let reported = client.open("job.aurora", &job);
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert_eq!(reported[0]["source"], json!("jobc include"));
    assert_eq!(reported[0]["range"]["start"], json!({ "line": 0, "character": 8 }));
    let place = &reported[0]["relatedInformation"][0]["location"];
    assert_eq!(place["uri"], json!(client.uri("lib.aurora")));
    let there = client.reported_until("lib.aurora", &["E0104"]);
    assert_eq!(there[0]["range"], place["range"]);
    client.finish();
}

/// A library that uses what its includer sets is right, although it is wrong alone.
fn library_alone() {
    let folder = tempfile::tempdir().unwrap();
    let library = "NAME = PREFIX + 'web'\n";
    write(folder.path(), "lib.aurora", library);
    write(folder.path(), "job.aurora", &format!("PREFIX = 'a'\n{JOB}"));
    let mut client = Client::start(folder.path(), &Editor::default());
    // The first report may be from before the includers were known.
    if !client.open("lib.aurora", library).is_empty() {
        client.reported_until("lib.aurora", &[]);
    }
    client.edit("lib.aurora", json!([{ "text": "NAME = PREFIXES + 'web'\n" }]));
    let changed = client.reported_until("lib.aurora", &["E0101"]);
    assert!(changed[0]["message"].as_str().unwrap().contains("`PREFIXES`"));
    client.finish();
}

fn loops() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(folder.path(), &Editor::default());
    let item = json!({
        "uri": client.uri("loop.aurora"),
        "languageId": "aurora",
        "version": 1,
        "text": "while True: pass\n",
    });
    client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    let other = client.open("job.aurora", "jobs = [Job(nam='x')]\n");
    assert!(!other.is_empty());
    // A newer text ends the loop.
    let document = json!({ "uri": client.uri("loop.aurora"), "version": 2 });
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": document, "contentChanges": [{ "text": "x = 1\n" }] }),
    );
    client.reported_until("loop.aurora", &[]);
    client.finish();
}

fn pulled() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "lib.aurora", "NAME = 'web'\n");
    let capabilities = json!({
        "textDocument": { "diagnostic": { "relatedDocumentSupport": true } },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let editor = Editor { capabilities, ..Editor::default() };
    let mut client = Client::start(folder.path(), &editor);
    for (name, text) in [("job.aurora", JOB), ("lib.aurora", "NAME = 'web'\n")] {
        let item = json!({ "uri": client.uri(name), "languageId": "aurora", "version": 1, "text": text });
        client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }
    let job = json!({ "textDocument": { "uri": client.uri("job.aurora") } });
    assert_eq!(client.request("textDocument/diagnostic", job.clone())["items"], json!([]));
    let library = json!({ "textDocument": { "uri": client.uri("lib.aurora") } });
    assert_eq!(client.request("textDocument/diagnostic", library)["items"], json!([]));
    let document = json!({ "uri": client.uri("lib.aurora"), "version": 2 });
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": document, "contentChanges": [{ "text": "NAMES = 'web'\n" }] }),
    );
    client.asked("workspace/diagnostic/refresh");
    let report = client.request("textDocument/diagnostic", job);
    assert_eq!(report["kind"], json!("full"));
    assert_eq!(codes(report["items"].as_array().unwrap()), ["E0101"]);
    client.finish();
}

/// A client from before most of what there is.
fn old_client() {
    let folder = tempfile::tempdir().unwrap();
    let editor = Editor { capabilities: json!({}), ..Editor::default() };
    let mut client = Client::start(folder.path(), &editor);
    let reported = client.open("job.aurora", "a = '😀', nam\n");
    assert_eq!(reported[0]["range"]["start"]["character"], json!(10));
    client.finish();
}

fn settings() {
    let folder = tempfile::tempdir().unwrap();
    let editor = Editor { options: json!({ "bind": { "profile": "prod" } }), ..Editor::default() };
    let job = "jobs = [Service(cluster='west', role='www', environment='prod', name='{{profile}}', \
               tier='preferred', task=SimpleTask('web', 'serve'))]\n";
    let mut client = Client::start(folder.path(), &editor);
    assert!(client.open("job.aurora", job).is_empty());
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "jobc": {} } }));
    client.reported_until("job.aurora", &["E0314"]);
    client.finish();
}

fn project() {
    let folder = tempfile::tempdir().unwrap();
    let job = "jobs = [Service(cluster='west', role='www', environment='prod', name='web', tier='preferred', \
               instances=5000, task=SimpleTask('web', 'serve'))]\n";
    let mut client = Client::start(folder.path(), &Editor::default());
    assert!(!client.open("job.aurora", job).is_empty());
    write(folder.path(), "jobc.toml", "scheduler = 'none'\n");
    let change = json!({ "uri": client.uri("jobc.toml"), "type": 1 });
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    client.reported_until("job.aurora", &[]);
    client.finish();
}

fn untitled() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "lib.aurora", "NAME = 1\n");
    let mut client = Client::start(folder.path(), &Editor::default());
    let item = json!({ "uri": "untitled:Untitled-1", "languageId": "aurora", "version": 1, "text": format!("{JOB}nam\n") });
    client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    let reported = client.notification("textDocument/publishDiagnostics");
    assert_eq!(reported["uri"], json!("untitled:Untitled-1"));
    assert_eq!(reported["diagnostics"][0]["range"]["start"]["line"], json!(2));
    client.finish();
}

fn wrong_messages() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(folder.path(), &Editor::default());
    assert!(client.try_request("textDocument/nothing", json!({})).unwrap_err().starts_with("-32601"));
    let wrong = client.try_request("textDocument/diagnostic", json!({ "textDocument": 1 }));
    assert!(wrong.unwrap_err().starts_with("-32602"));
    client.notify("textDocument/didOpen", json!({ "textDocument": 1 }));
    client.notification("window/logMessage");
    assert!(!client.open("job.aurora", "nam\n").is_empty());
    client.finish();
}
