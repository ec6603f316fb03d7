//! What a project says for its files: `jobc.toml` and the files that it names, read through a loader.
//!
//! A project may come from anybody, so that it reaches only what is below its own folder: that is what its loader gives.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::output::CANNOT_READ;
use crate::model::executors::import;
use crate::model::settings::{self, Clusters, Project, Setting, Settings};
use crate::source::{FileId, LoadError, Loader, SourceFile, SourceMap, Span};

/// What holds for the files of a project.
#[derive(Debug, Clone)]
pub struct InForce {
    /// What `jobc.toml` says; nothing where there is none.
    pub project: Project,
    /// The settings of schedulers, by cluster.
    pub clusters: Clusters,
    /// Where those come from; the last is for clusters that are not named.
    pub said: Vec<Said>,
    /// Names of executors that the scheduler knows beside those of job files.
    pub known_executors: Vec<String>,
    /// `jobc.toml` and every file that it names.
    pub reads: Vec<PathBuf>,
}

/// What was said for a cluster.
#[derive(Debug, Clone)]
pub struct Said {
    /// The cluster; nothing for those that are not named.
    pub cluster: Option<String>,
    /// `none`, `default` or a file.
    pub scheduler: String,
    /// Where it was said.
    pub by: By,
    /// What it comes to.
    pub settings: Arc<Settings>,
}

/// Who says which settings hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The command line.
    Flag,
    /// A place in `jobc.toml`.
    Project(Span),
    /// Nobody.
    Default,
}

/// Why a project cannot be used.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether a file could not be read.
    pub unreadable: bool,
}

impl Said {
    /// The scheduler as it comes, where nobody says anything.
    pub fn nothing() -> Said {
        let settings = Settings::default().into();
        Said { cluster: None, scheduler: "default".to_string(), by: By::Default, settings }
    }
}

impl InForce {
    /// What holds where there is no project: one setting for every cluster.
    pub fn without_project(said: Said) -> InForce {
        InForce {
            project: Project::default(),
            clusters: Clusters::all(Arc::clone(&said.settings)),
            said: vec![said],
            known_executors: Vec::new(),
            reads: Vec::new(),
        }
    }
}

impl Refusal {
    /// A refusal for what files say.
    pub fn wrong(diagnostics: Vec<Diagnostic>) -> Refusal {
        Refusal { diagnostics, unreadable: false }
    }

    /// A refusal as a file cannot be read; `kind` is what the file is.
    pub fn unreadable(kind: &str, name: &str, span: Span, error: &LoadError) -> Refusal {
        let why = match error {
            LoadError::NotFound => "there is no such file".to_string(),
            LoadError::OutsideRoot { .. } => {
                "it is not below the directory of the jobc.toml that names it".to_string()
            }
            _ => error.to_string(),
        };
        let message = format!("the {kind} `{name}` cannot be read: {why}");
        let problem = Diagnostic::error(&CANNOT_READ, span, message);
        let problem = match kind {
            SETTINGS => problem
                .help("a scheduler is `none`, `default`, or a TOML file with the settings of a cluster"),
            _ => problem,
        };
        Refusal { diagnostics: vec![problem], unreadable: true }
    }
}

/// A file with the settings of a scheduler, in messages.
pub const SETTINGS: &str = "settings file";

/// Reads a `jobc.toml` and what it names. Where `scheduler` is given, it holds for every cluster, and the settings that
/// the project names are not read.
///
/// # Errors
/// Everything that is wrong with one of the files.
pub fn load_project(
    loader: &dyn Loader,
    file: &Path,
    sources: &SourceMap,
    scheduler: Option<&Said>,
) -> Result<InForce, Refusal> {
    let mut reading = Reading { loader, file, sources, settings: HashMap::new(), reads: Vec::new() };
    let (id, text) = reading.read("project file", None, &file.to_string_lossy(), Span::NONE)?;
    let project = settings::parse_project(&text, id).map_err(Refusal::wrong)?;
    let mut in_force = match scheduler {
        Some(said) => InForce::without_project(said.clone()),
        None => reading.schedulers(&project)?,
    };
    in_force.known_executors = reading.executors(&project)?;
    in_force.reads = reading.reads;
    in_force.project = project;
    Ok(in_force)
}

/// A project being read.
struct Reading<'s> {
    loader: &'s dyn Loader,
    /// Its `jobc.toml`.
    file: &'s Path,
    sources: &'s SourceMap,
    settings: HashMap<String, Arc<Settings>>,
    reads: Vec<PathBuf>,
}

impl Reading<'_> {
    fn schedulers(&mut self, project: &Project) -> Result<InForce, Refusal> {
        let rest = match &project.scheduler {
            None => Said::nothing(),
            Some(setting) => self.said(None, setting)?,
        };
        let mut in_force = InForce::without_project(rest);
        let mut named = Vec::new();
        for (cluster, setting) in &project.clusters {
            let said = self.said(Some(cluster), setting)?;
            in_force.clusters = in_force.clusters.with(cluster, Arc::clone(&said.settings));
            named.push(said);
        }
        in_force.said.splice(0..0, named);
        Ok(in_force)
    }

    fn said(&mut self, cluster: Option<&str>, setting: &Setting) -> Result<Said, Refusal> {
        let settings = match setting.value.as_str() {
            "none" => Settings::none().into(),
            "default" => Settings::default().into(),
            file => self.settings(file, setting.span)?,
        };
        let (cluster, scheduler) = (cluster.map(str::to_string), setting.value.clone());
        Ok(Said { cluster, scheduler, by: By::Project(setting.span), settings })
    }

    fn settings(&mut self, name: &str, span: Span) -> Result<Arc<Settings>, Refusal> {
        if let Some(known) = self.settings.get(name) {
            return Ok(Arc::clone(known));
        }
        let (id, text) = self.read(SETTINGS, Some(self.file), name, span)?;
        let settings = Arc::new(settings::parse(&text, id).map_err(Refusal::wrong)?);
        self.settings.insert(name.to_string(), Arc::clone(&settings));
        Ok(settings)
    }

    fn executors(&mut self, project: &Project) -> Result<Vec<String>, Refusal> {
        let mut all = Vec::new();
        for setting in &project.executors {
            let (id, text) = self.read("executors file", Some(self.file), &setting.value, setting.span)?;
            let (names, diagnostics) = import::names(&text, id);
            let errors: Vec<_> = diagnostics.into_iter().filter(Diagnostic::is_error).collect();
            if !errors.is_empty() {
                return Err(Refusal::wrong(errors));
            }
            all.extend(names);
        }
        Ok(all)
    }

    fn read(
        &mut self,
        kind: &str,
        from: Option<&Path>,
        name: &str,
        span: Span,
    ) -> Result<(FileId, String), Refusal> {
        let read =
            self.loader.load(from, name).map_err(|error| Refusal::unreadable(kind, name, span, &error))?;
        let id = self.sources.add(SourceFile::new(read.name, Some(&read.path), read.text.clone()));
        self.reads.push(read.path);
        Ok((id, read.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryLoader;

    fn load(files: &[(&str, &str)], scheduler: Option<&Said>) -> Result<InForce, Refusal> {
        let loader = MemoryLoader::new(files.iter().copied());
        load_project(&loader, Path::new("p/jobc.toml"), &SourceMap::new(), scheduler)
    }

    const PROJECT: &str = "scheduler = 'none'\n[cluster.west]\nscheduler = 'clusters/west.toml'\n";

    #[test]
    fn settings_are_found_beside_the_project() {
        let files = [("p/jobc.toml", PROJECT), ("p/clusters/west.toml", "max_tasks_per_job = 7\n")];
        let in_force = load(&files, None).unwrap();
        assert_eq!(in_force.clusters.of("west").max_tasks_per_job, 7);
        assert_eq!(in_force.clusters.of("east").strictness, settings::Strictness::None);
        assert_eq!(in_force.reads, [Path::new("p/jobc.toml"), Path::new("p/clusters/west.toml")]);
        assert_eq!(in_force.said[0].cluster.as_deref(), Some("west"));
    }

    #[test]
    fn the_command_line_wins_and_what_it_overrides_is_not_read() {
        let project = format!("user = 'deploy'\n{PROJECT}");
        let in_force = load(&[("p/jobc.toml", &project)], Some(&Said::nothing())).unwrap();
        assert_eq!(in_force.clusters.of("west").max_tasks_per_job, 4000);
        assert_eq!(in_force.project.user.unwrap().value, "deploy");
    }

    #[test]
    fn what_cannot_be_read_is_told_where_it_is_named() {
        let refusal = load(&[("p/jobc.toml", PROJECT)], None).unwrap_err();
        assert!(refusal.unreadable && refusal.diagnostics[0].message.contains("clusters/west.toml"));
        let span = refusal.diagnostics[0].primary;
        assert_eq!(&PROJECT[span.start as usize..span.end as usize], "'clusters/west.toml'");
        let refusal = load(&[("p/jobc.toml", "executors = ['none.json']")], None).unwrap_err();
        assert!(refusal.diagnostics[0].message.starts_with("the executors file `none.json`"));
    }

    #[test]
    fn executors_files_declare_names() {
        let executors = r#"[{"task_prefix": "s-", "executor": {"name": "spark", "command": {"value": "x"}, "resources": [{"name": "cpus", "type": "SCALAR", "scalar": {"value": 0.1}}, {"name": "mem", "type": "SCALAR", "scalar": {"value": 64}}]}}]"#;
        let files = [("p/jobc.toml", "executors = ['e.json']"), ("p/e.json", executors)];
        assert_eq!(load(&files, None).unwrap().known_executors, ["spark"]);
    }
}
