//! `jobc.toml`: which settings each cluster of a project has.
//!
//! ```toml
//! user = "deploy"               # who submits the jobs, unless --user says so
//! scheduler = "default"         # of clusters that are not named; `none`, `default` or a file beside this one
//!
//! [cluster.west]
//! scheduler = "west.toml"
//! ```

use super::read::{self, Item, Reader};
use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Span};

/// What `jobc.toml` says.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The user who submits the jobs.
    pub user: Option<String>,
    /// Of clusters that are not named.
    pub scheduler: Option<Scheduler>,
    /// Of named clusters, in the order of the file.
    pub clusters: Vec<(String, Scheduler)>,
}

/// One value of `scheduler`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduler {
    /// `none`, `default`, or a path relative to the file that says so.
    pub value: String,
    /// Where it is written.
    pub span: Span,
}

impl Project {
    /// What is said for a cluster.
    pub fn of(&self, cluster: &str) -> Option<&Scheduler> {
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
            "user" => match read::text(value).filter(|text| !text.is_empty()) {
                Some(text) => project.user = Some(text.to_string()),
                None => reader.wrong_value("user", value, "the name of the user who submits the jobs"),
            },
            "scheduler" => project.scheduler = scheduler(value, &mut reader),
            "cluster" => clusters(&mut project, value, &mut reader),
            other => reader.unknown_key(other, key.span(), &["user", "scheduler", "cluster"]),
        }
    }
    if reader.problems.is_empty() { Ok(project) } else { Err(reader.problems) }
}

fn scheduler(value: &Item<'_>, reader: &mut Reader<'_>) -> Option<Scheduler> {
    match read::text(value).filter(|t| !t.is_empty()) {
        Some(text) => Some(Scheduler { value: text.to_string(), span: reader.place(value) }),
        None => {
            reader.wrong_value("scheduler", value, "\"none\", \"default\" or the path of a settings file");
            None
        }
    }
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
        assert_eq!(parse_project("user = 'deploy'", FILE).unwrap().user.as_deref(), Some("deploy"));
        assert!(parse_project("", FILE).unwrap().of("east").is_none());
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
