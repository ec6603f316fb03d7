//! Which scheduler's settings hold for which cluster: `--scheduler`, or the `jobc.toml` found upwards from a file.

use std::collections::HashMap;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::user::home_directory;
use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::output::CANNOT_READ;
use jobc::model::settings::{self, Clusters, Scheduler, Settings};
use jobc::report::one_line;
use jobc::source::{
    Disk, DiskLoader, FileId, LoadError, Loader as _, Root, Roots, SourceFile, SourceMap, Span,
};

/// Finds settings, and reads each file once.
#[derive(Debug)]
pub(crate) struct Schedulers {
    flag: Option<String>,
    sources: SourceMap,
    disk: Arc<Disk>,
    roots: Roots,
    /// By the `jobc.toml` they come from.
    found: Mutex<HashMap<Option<PathBuf>, Arc<Finding>>>,
}

/// The settings in force, or why there are none.
pub(crate) type Finding = Result<InForce, Refusal>;

/// The settings in force for a file.
#[derive(Debug)]
pub(crate) struct InForce {
    /// The user whom a project names.
    pub(crate) user: Option<String>,
    /// By cluster.
    pub(crate) clusters: Clusters,
    /// What was said, and where; the last is for clusters that are not named.
    pub(crate) said: Vec<Said>,
    /// Every settings file that was read.
    pub(crate) reads: Vec<PathBuf>,
}

/// What was said for a cluster.
#[derive(Debug)]
pub(crate) struct Said {
    /// The cluster; nothing for those that are not named.
    pub(crate) cluster: Option<String>,
    /// `none`, `default` or a file.
    pub(crate) scheduler: String,
    /// Where it was said.
    pub(crate) by: By,
    /// What it comes to.
    pub(crate) settings: Arc<Settings>,
}

/// Who says which settings hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// `--scheduler`
    Flag,
    /// A place in `jobc.toml`.
    Project(Span),
    /// Nobody.
    Default,
}

/// Why settings cannot be used.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    /// What is wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Whether a file could not be read.
    pub(crate) unreadable: bool,
}

impl Schedulers {
    pub(crate) fn new(flag: Option<String>, sources: SourceMap, disk: Arc<Disk>) -> Schedulers {
        let roots = Roots::new(Arc::clone(&disk), home_directory());
        Schedulers { flag, sources, disk, roots, found: Mutex::default() }
    }

    /// The root of the project that a file or a directory belongs to.
    pub(crate) fn root(&self, path: &Path) -> Root {
        match path.is_dir() {
            true => self.roots.of_directory(path),
            false => self.roots.of_file(path),
        }
    }

    /// The same with nothing read so far.
    #[cfg(feature = "lsp")]
    pub(crate) fn anew(&self, sources: SourceMap, disk: Arc<Disk>) -> Schedulers {
        Schedulers::new(self.flag.clone(), sources, disk)
    }

    /// What holds for a file or directory: the flag, or the project that it belongs to.
    pub(crate) fn in_force(&self, path: &Path) -> Arc<Finding> {
        self.of_project(|| self.root(path).project_file())
    }

    /// [`Schedulers::root`] of what is known to be no directory.
    pub(crate) fn root_of_file(&self, file: &Path) -> Root {
        self.roots.of_file(file)
    }

    /// [`Schedulers::in_force`] for what is known to be no directory.
    pub(crate) fn in_force_for_file(&self, file: &Path) -> Arc<Finding> {
        self.of_project(|| self.roots.of_file(file).project_file())
    }

    fn of_project(&self, project: impl FnOnce() -> Option<PathBuf>) -> Arc<Finding> {
        let project = if self.flag.is_some() { None } else { project() };
        let mut found = self.found.lock().unwrap_or_else(|e| e.into_inner());
        let finding = found.entry(project).or_insert_with_key(|project| {
            let mut reading = Reading {
                sources: &self.sources,
                disk: &self.disk,
                settings: HashMap::new(),
                reads: Vec::new(),
            };
            Arc::new(match (&self.flag, project) {
                (Some(flag), _) => reading.of_flag(flag),
                (None, Some(project)) => reading.of_project(project),
                (None, None) => Ok(InForce::everywhere("default", By::Default, Settings::default().into())),
            })
        });
        Arc::clone(finding)
    }
}

impl InForce {
    fn everywhere(scheduler: &str, by: By, settings: Arc<Settings>) -> InForce {
        let clusters = Clusters::all(Arc::clone(&settings));
        let said = vec![Said { cluster: None, scheduler: scheduler.to_string(), by, settings }];
        InForce { user: None, clusters, said, reads: Vec::new() }
    }
}

/// Bytes of a settings file.
const LIMIT: u64 = 1 << 20;

/// How a settings file got its name other than from the user: a project may come from anybody, so that it reaches only
/// what is below its own directory.
#[derive(Debug, Clone, Copy)]
struct Named<'p> {
    /// The project's directory.
    directory: &'p Path,
    /// Where the project names the file.
    span: Span,
}

/// Settings files being read for one flag or project.
struct Reading<'s> {
    sources: &'s SourceMap,
    disk: &'s Arc<Disk>,
    settings: HashMap<PathBuf, Arc<Settings>>,
    reads: Vec<PathBuf>,
}

impl Reading<'_> {
    fn of_flag(&mut self, flag: &str) -> Finding {
        let settings = self.settings(flag, Path::new(flag), None)?;
        let reads = std::mem::take(&mut self.reads);
        Ok(InForce { reads, ..InForce::everywhere(flag, By::Flag, settings) })
    }

    fn of_project(&mut self, file: &Path) -> Finding {
        let directory = file.parent().unwrap_or(Path::new(""));
        let (id, text) = self.read(file, Some(Named { directory, span: Span::NONE }))?;
        let project = settings::parse_project(&text, id).map_err(Refusal::wrong)?;
        let mut in_force = match &project.scheduler {
            None => InForce::everywhere("default", By::Default, Settings::default().into()),
            Some(said) => {
                let settings = self.said(said, directory)?;
                InForce::everywhere(&said.value, By::Project(said.span), settings)
            }
        };
        let mut named = Vec::new();
        for (cluster, said) in &project.clusters {
            let settings = self.said(said, directory)?;
            in_force.clusters = in_force.clusters.with(cluster, Arc::clone(&settings));
            let (scheduler, by) = (said.value.clone(), By::Project(said.span));
            named.push(Said { cluster: Some(cluster.clone()), scheduler, by, settings });
        }
        named.append(&mut in_force.said);
        Ok(InForce { user: project.user, said: named, reads: std::mem::take(&mut self.reads), ..in_force })
    }

    fn said(&mut self, said: &Scheduler, directory: &Path) -> Result<Arc<Settings>, Refusal> {
        self.settings(&said.value, &directory.join(&said.value), Some(Named { directory, span: said.span }))
    }

    /// What `none`, `default` or a file comes to.
    fn settings(
        &mut self,
        value: &str,
        file: &Path,
        named: Option<Named<'_>>,
    ) -> Result<Arc<Settings>, Refusal> {
        match value {
            "none" => return Ok(Settings::none().into()),
            "default" => return Ok(Settings::default().into()),
            _ => {}
        }
        if let Some(known) = self.settings.get(file) {
            return Ok(Arc::clone(known));
        }
        let (id, text) = self.read(file, named)?;
        let settings = Arc::new(settings::parse(&text, id).map_err(Refusal::wrong)?);
        self.settings.insert(file.to_path_buf(), Arc::clone(&settings));
        Ok(settings)
    }

    fn read(&mut self, file: &Path, named: Option<Named<'_>>) -> Result<(FileId, String), Refusal> {
        let name = shown(file);
        let span = named.map_or(Span::NONE, |n| n.span);
        let text = match named {
            Some(Named { directory, .. }) => {
                let loader = DiskLoader::new(directory, LIMIT, Arc::clone(self.disk));
                loader.load(None, &file.to_string_lossy()).map(|read| read.text)
            }
            None => given(file),
        };
        let text = text.map_err(|error| unreadable(&name, span, &error))?;
        let id = self.sources.add(SourceFile::new(name, Some(file), text.clone()));
        self.reads.push(file.to_path_buf());
        Ok((id, text))
    }
}

/// The text of a file that the user has named, wherever it is.
fn given(file: &Path) -> Result<String, LoadError> {
    let io = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => LoadError::NotFound,
        _ => LoadError::Io(error.to_string()),
    };
    let mut bytes = Vec::new();
    std::fs::File::open(file).map_err(io)?.take(LIMIT + 1).read_to_end(&mut bytes).map_err(io)?;
    match bytes.len() as u64 {
        size if size > LIMIT => Err(LoadError::TooLarge { size, limit: LIMIT }),
        _ => String::from_utf8(bytes).map_err(|error| LoadError::not_utf8(&error)),
    }
}

/// The path from the working directory where it is below that, as people would write it.
fn shown(file: &Path) -> String {
    let here = std::path::absolute(".").unwrap_or_default();
    file.strip_prefix(&here).unwrap_or(file).display().to_string()
}

fn unreadable(name: &str, span: Span, error: &LoadError) -> Refusal {
    let why = match error {
        LoadError::NotFound => "there is no such file".to_string(),
        LoadError::OutsideRoot { .. } => {
            "it is not below the directory of the jobc.toml that names it".to_string()
        }
        _ => error.to_string(),
    };
    let message = format!("the settings file `{}` cannot be read: {why}", one_line(name));
    let problem = Diagnostic::error(&CANNOT_READ, span, message)
        .help("a scheduler is `none`, `default`, or a TOML file with the settings of a cluster");
    Refusal { diagnostics: vec![problem], unreadable: true }
}

impl Refusal {
    fn wrong(diagnostics: Vec<Diagnostic>) -> Refusal {
        Refusal { diagnostics, unreadable: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(directory: &Path, name: &str, text: &str) -> PathBuf {
        let file = directory.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
        file
    }

    fn most_tasks(finding: &Finding, cluster: &str) -> i64 {
        finding.as_ref().unwrap().clusters.of(cluster).max_tasks_per_job
    }

    #[test]
    fn the_project_is_found_upwards_and_names_settings_beside_itself() {
        let root = tempfile::tempdir().unwrap();
        let project = "scheduler = 'none'\n[cluster.west]\nscheduler = 'clusters/west.toml'\n";
        write(root.path(), "jobc.toml", project);
        write(root.path(), "clusters/west.toml", "max_tasks_per_job = 7\n");
        let job = write(root.path(), "a/b/job.aurora", "");
        let schedulers = Schedulers::new(None, SourceMap::new(), Arc::default());
        let finding = schedulers.in_force(&job);
        assert_eq!(most_tasks(&finding, "west"), 7);
        let in_force = finding.as_ref().as_ref().unwrap();
        assert_eq!(in_force.clusters.of("east").strictness, settings::Strictness::None);
        assert_eq!(in_force.reads.len(), 2);
        assert_eq!(in_force.said[0].cluster.as_deref(), Some("west"));
        assert!(Arc::ptr_eq(&finding, &schedulers.in_force(&root.path().join("other.aurora"))));
    }

    #[test]
    fn the_flag_wins() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "jobc.toml", "[cluster.west]\nscheduler = 'none'\n");
        let east = write(root.path(), "east.toml", "max_tasks_per_job = 9\n");
        let flag = Some(east.display().to_string());
        let finding = Schedulers::new(flag, SourceMap::new(), Arc::default()).in_force(root.path());
        assert_eq!(most_tasks(&finding, "west"), 9);
    }

    #[test]
    fn a_project_reaches_nothing_outside_of_its_directory() {
        let outer = tempfile::tempdir().unwrap();
        let secret = write(outer.path(), "secret.toml", "max_tasks_per_job = 7\n");
        for name in ["../secret.toml", "/proc/self/environ", &secret.display().to_string()] {
            write(outer.path(), "project/jobc.toml", &format!("[cluster.west]\nscheduler = '{name}'\n"));
            let finding = Schedulers::new(None, SourceMap::new(), Arc::default())
                .in_force(&outer.path().join("project"));
            let refusal = finding.as_ref().as_ref().unwrap_err();
            let message = &refusal.diagnostics[0].message;
            assert!(refusal.unreadable && message.contains("not below the directory"), "{message}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_where_it_is_named() {
        let root = tempfile::tempdir().unwrap();
        let project = "[cluster.west]\nscheduler = 'wset.toml'\n";
        write(root.path(), "jobc.toml", project);
        let finding = Schedulers::new(None, SourceMap::new(), Arc::default()).in_force(root.path());
        let refusal = finding.as_ref().as_ref().unwrap_err();
        assert!(refusal.unreadable && refusal.diagnostics[0].message.contains("wset.toml"));
        let span = refusal.diagnostics[0].primary;
        assert_eq!(&project[span.start as usize..span.end as usize], "'wset.toml'");
        write(root.path(), "wset.toml", "max_task_per_job = 9\n");
        let finding = Schedulers::new(None, SourceMap::new(), Arc::default()).in_force(root.path());
        assert!(!finding.as_ref().as_ref().unwrap_err().unreadable);
    }
}
