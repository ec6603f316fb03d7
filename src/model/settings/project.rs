//! `jobc.toml`: what holds for all files of a project, unless the command line says otherwise.
//!
//! ```toml
//! user = "deploy"               # who submits the jobs
//! scheduler = "default"         # of clusters that are not named; `none`, `default` or a file beside this one
//! executors = ["executors.json"]
//! exclude = ["vendor/"]         # what `check` and `list` pass over, as in .gitignore
//! allow = ["W0203"]
//! deny = ["warnings"]
//!
//! [bind]                        # {{profile}}, {{aws.region}}
//! profile = "prod"
//! aws.region = "us-west-2"
//!
//! [env]                         # variables, with their values
//! TAG = "1.4.2"
//!
//! [lints]
//! unused-binding = "deny"       # `allow`, `warn` or `deny`
//!
//! [cluster.west]
//! scheduler = "west.toml"
//! ```

use toml::de::DeValue;

use super::read::{self, Item, Reader};
use crate::diagnostics::{Code, Diagnostic};
use crate::lints::{NotALint, find_lint};
use crate::source::{FileId, Span};
use crate::template::Ref;

/// A value, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T = String> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// How a lint is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LintLevel {
    /// Not at all.
    Allow,
    /// As a warning.
    Warn,
    /// As an error.
    Deny,
}

/// What `jobc.toml` says of one lint, or of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LintSetting {
    /// The lint; nothing for all of them.
    pub lint: Option<&'static Code>,
    /// How it is reported.
    pub level: LintLevel,
    /// Where that is written.
    pub span: Span,
}

/// What `jobc.toml` says.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The user who submits the jobs.
    pub user: Option<Setting>,
    /// Of clusters that are not named: `none`, `default`, or a path relative to the file.
    pub scheduler: Option<Setting>,
    /// Of named clusters, in the order of the file.
    pub clusters: Vec<(String, Setting)>,
    /// Names that are bound in the templates of every job, in the order of the file.
    pub bind: Vec<(String, Setting)>,
    /// Environment variables that files may read, with their values.
    pub env: Vec<(String, Setting)>,
    /// Paths of executors files, relative to the file.
    pub executors: Vec<Setting>,
    /// What is passed over where folders are searched, as in a `.gitignore` beside the file.
    pub exclude: Vec<Setting>,
    /// Levels of lints; the last that fits holds.
    pub lints: Vec<LintSetting>,
}

/// The keys of the file.
const KEYS: &[&str] =
    &["user", "scheduler", "executors", "exclude", "allow", "deny", "bind", "env", "lints", "cluster"];

impl Project {
    /// What is said for a cluster.
    pub fn of(&self, cluster: &str) -> Option<&Setting> {
        let named = self.clusters.iter().find(|(name, _)| name == cluster);
        named.map(|(_, s)| s).or(self.scheduler.as_ref())
    }
}

/// Reads a `jobc.toml`.
///
/// # Errors
/// Everything that is wrong with the file: text that is not TOML, unknown keys, values of the wrong kind.
pub fn parse_project(text: &str, file: FileId) -> Result<Project, Vec<Diagnostic>> {
    let mut reader = Reader::new(text, file);
    let mut project = Project::default();
    for (key, value) in &reader.table() {
        match key.get_ref().as_ref() {
            "user" => {
                project.user =
                    string("user", value, "the name of the user who submits the jobs", &mut reader);
            }
            "scheduler" => project.scheduler = scheduler(value, &mut reader),
            "executors" => project.executors = strings("executors", value, "a list of paths", &mut reader),
            "exclude" => project.exclude = strings("exclude", value, "a list of patterns", &mut reader),
            "allow" => lints(&mut project, "allow", LintLevel::Allow, value, &mut reader),
            "deny" => lints(&mut project, "deny", LintLevel::Deny, value, &mut reader),
            "bind" => project.bind = bindings(value, &mut reader),
            "env" => project.env = variables(value, &mut reader),
            "lints" => levels(&mut project, value, &mut reader),
            "cluster" => clusters(&mut project, value, &mut reader),
            other => reader.unknown_key(other, key.span(), KEYS),
        }
    }
    if reader.problems.is_empty() { Ok(project) } else { Err(reader.problems) }
}

/// A string that is not empty.
fn string(key: &str, value: &Item<'_>, takes: &str, reader: &mut Reader<'_>) -> Option<Setting> {
    match read::text(value).filter(|text| !text.is_empty()) {
        Some(text) => Some(Setting { value: text.to_string(), span: reader.place(value) }),
        None => {
            reader.wrong_value(key, value, takes);
            None
        }
    }
}

fn scheduler(value: &Item<'_>, reader: &mut Reader<'_>) -> Option<Setting> {
    string("scheduler", value, "\"none\", \"default\" or the path of a settings file", reader)
}

fn strings(key: &str, value: &Item<'_>, takes: &str, reader: &mut Reader<'_>) -> Vec<Setting> {
    let Some(words) = read::words(value).filter(|words| words.iter().all(|(word, _)| !word.is_empty()))
    else {
        reader.wrong_value(key, value, takes);
        return Vec::new();
    };
    let setting =
        |(word, item): (&str, &Item<'_>)| Setting { value: word.to_string(), span: reader.place(item) };
    words.into_iter().map(setting).collect()
}

/// The lints of a list; `warnings` stands for all of them where they are denied.
fn lints(project: &mut Project, key: &str, level: LintLevel, value: &Item<'_>, reader: &mut Reader<'_>) {
    for Setting { value: name, span } in strings(key, value, "a list of codes or names of warnings", reader) {
        let lint = match (level, &*name) {
            (LintLevel::Deny, "warnings") => Some(None),
            _ => lint(&name, span, reader).map(Some),
        };
        project.lints.extend(lint.map(|lint| LintSetting { lint, level, span }));
    }
}

fn lint(name: &str, span: Span, reader: &mut Reader<'_>) -> Option<&'static Code> {
    match find_lint(name) {
        Ok(code) => Some(code),
        Err(why) => {
            let near = match why {
                NotALint::Unknown(near) => near,
                NotALint::Retired(retired) => retired.successor,
                NotALint::Error(_) => None,
            };
            let what = match why {
                NotALint::Error(code) => format!("{} is an error, and only warnings have a level", code.id),
                NotALint::Unknown(_) | NotALint::Retired(_) => format!("there is no warning `{name}`"),
            };
            reader.wrong_lint(span, &what, near);
            None
        }
    }
}

fn levels(project: &mut Project, value: &Item<'_>, reader: &mut Reader<'_>) {
    let Some(table) = value.get_ref().as_table() else {
        return reader.wrong_value("lints", value, "a table such as { unused-binding = \"deny\" }");
    };
    for (key, value) in table {
        let name = key.get_ref();
        let Some(lint) = lint(name, reader.span(key.span()), reader) else { continue };
        let level = match read::text(value) {
            Some("allow") => LintLevel::Allow,
            Some("warn") => LintLevel::Warn,
            Some("deny") => LintLevel::Deny,
            _ => {
                reader.wrong_value(name, value, "\"allow\", \"warn\" or \"deny\"");
                continue;
            }
        };
        project.lints.push(LintSetting { lint: Some(lint), level, span: reader.place(value) });
    }
}

/// Tables in tables that a file may nest before they are refused.
const MAX_DEPTH: usize = 32;

/// The names of `[bind]` and its tables, joined by dots, with their values.
fn bindings(value: &Item<'_>, reader: &mut Reader<'_>) -> Vec<(String, Setting)> {
    let mut all = Vec::new();
    match value.get_ref().as_table() {
        Some(_) => add_bindings("", value, 0, reader, &mut all),
        None => reader.wrong_value("bind", value, "a table such as { profile = \"prod\" }"),
    }
    all
}

fn add_bindings(
    name: &str,
    value: &Item<'_>,
    depth: usize,
    reader: &mut Reader<'_>,
    all: &mut Vec<(String, Setting)>,
) {
    if let Some(table) = value.get_ref().as_table().filter(|_| depth < MAX_DEPTH) {
        for (key, value) in table {
            let dot = if name.is_empty() { "" } else { "." };
            add_bindings(&format!("{name}{dot}{}", key.get_ref()), value, depth + 1, reader, all);
        }
        return;
    }
    match plain(value) {
        Some(_) if Ref::parse(name).is_err() => {
            reader.wrong_value(
                "bind",
                value,
                &format!("names that a template can refer to, and `{name}` is none"),
            );
        }
        Some(text) => all.push((name.to_string(), Setting { value: text, span: reader.place(value) })),
        None => reader.wrong_value(name, value, "a string or a number, or a table of them"),
    }
}

/// A string, or a number as it is written.
fn plain(value: &Item<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(_) => read::integer(value).map(|number| number.to_string()),
        DeValue::Float(number) => Some(number.as_str().to_string()),
        _ => None,
    }
}

fn variables(value: &Item<'_>, reader: &mut Reader<'_>) -> Vec<(String, Setting)> {
    let Some(table) = value.get_ref().as_table() else {
        reader.wrong_value("env", value, "a table of variables with their values");
        return Vec::new();
    };
    let mut all = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().to_string();
        match read::text(value) {
            Some(text) => {
                all.push((name, Setting { value: text.to_string(), span: reader.place(value) }));
            }
            None => reader.wrong_value(&name, value, "the value of the variable, as a string"),
        }
    }
    all
}

fn clusters(project: &mut Project, value: &Item<'_>, reader: &mut Reader<'_>) {
    let Some(clusters) = value.get_ref().as_table() else {
        return reader.wrong_value("cluster", value, "tables such as [cluster.west]");
    };
    for (name, cluster) in clusters {
        let Some(keys) = cluster.get_ref().as_table() else {
            reader.wrong_value(name.get_ref(), cluster, "a table with `scheduler`");
            continue;
        };
        for (key, value) in keys {
            match key.get_ref().as_ref() {
                "scheduler" => {
                    let said = scheduler(value, reader);
                    project.clusters.extend(said.map(|s| (name.get_ref().to_string(), s)));
                }
                other => reader.unknown_key(other, key.span(), &["scheduler"]),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(0);

    #[test]
    fn each_cluster_has_its_own() {
        let text = "scheduler = 'default'\n[cluster.west]\nscheduler = \"west.toml\"\n[cluster.lab]\nscheduler = 'none'\n";
        let project = parse_project(text, FILE).unwrap();
        let of = |name| project.of(name).map(|s| s.value.as_str());
        assert_eq!(of("west"), Some("west.toml"));
        assert_eq!(of("lab"), Some("none"));
        assert_eq!(of("east"), Some("default"));
        assert_eq!(parse_project("user = 'deploy'", FILE).unwrap().user.unwrap().value, "deploy");
        assert!(parse_project("", FILE).unwrap().of("east").is_none());
    }

    #[test]
    fn tables_in_bind_are_names_with_dots() {
        let text = "[bind]\nprofile = 'prod'\ncount = 0x10\n[bind.aws]\nregion = 'us'\n";
        let project = parse_project(text, FILE).unwrap();
        let all: Vec<_> = project.bind.iter().map(|(name, s)| (name.as_str(), s.value.as_str())).collect();
        assert_eq!(all, [("profile", "prod"), ("count", "16"), ("aws.region", "us")]);
        let span = project.bind[2].1.span;
        assert_eq!(&text[span.start as usize..span.end as usize], "'us'");
        assert!(parse_project("bind = { a = [1] }", FILE).is_err());
        assert!(parse_project("env = { A = 1 }", FILE).is_err());
    }

    #[test]
    fn lints_have_levels() {
        let text = "deny = ['warnings']\nallow = ['W0701']\n[lints]\nunused-binding = 'warn'\n";
        let project = parse_project(text, FILE).unwrap();
        let all: Vec<_> = project.lints.iter().map(|l| (l.lint.map(|code| code.id), l.level)).collect();
        let expected =
            [(None, LintLevel::Deny), (Some("W0701"), LintLevel::Allow), (Some("W0201"), LintLevel::Warn)];
        assert_eq!(all, expected);
        let problems = parse_project("[lints]\nunused-bindin = 'warn'\nE0101 = 'allow'\n", FILE).unwrap_err();
        assert_eq!(problems.len(), 2);
        assert!(problems[0].help[0].contains("`unused-binding`"));
        assert!(parse_project("allow = ['warnings']", FILE).is_err());
    }

    #[test]
    fn the_schema_names_every_key() {
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../../../schemas/project.schema.json")).unwrap();
        let mut named: Vec<&str> =
            schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        let mut keys = KEYS.to_vec();
        named.sort_unstable();
        keys.sort_unstable();
        assert_eq!(named, keys);
    }

    #[test]
    fn slips_are_told_with_their_place() {
        let text = "[clusters.west]\nscheduler = 'a'\n[cluster.east]\nschedular = 'b'\n";
        let problems = parse_project(text, FILE).unwrap_err();
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[0].suggestions[0].replacement, "cluster");
        assert_eq!(problems[1].suggestions[0].replacement, "scheduler");
        assert_eq!(&text[problems[1].primary.start as usize..problems[1].primary.end as usize], "schedular");
        assert!(parse_project("scheduler = 3", FILE).is_err());
        assert!(parse_project("user = ''", FILE).is_err());
        assert!(parse_project("cluster = 3", FILE).is_err());
    }
}
