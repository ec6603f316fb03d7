//! Which project a file belongs to, and what holds there: `jobc.toml`, and the `--scheduler` that wins over it.

use std::collections::HashMap;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jobc::driver::{By, InForce, Refusal, SETTINGS, Said, load_project};
use jobc::levels::Levels;
use jobc::model::settings::{self, LintLevel, LintSetting, Project, Settings};
use jobc::report::one_line;
use jobc::source::{Disk, DiskLoader, LoadError, Root, Roots, SourceFile, SourceMap, Span};

use super::user::home_directory;

/// Finds projects, and reads each once.
#[derive(Debug)]
pub(crate) struct Projects {
    sources: SourceMap,
    disk: Arc<Disk>,
    roots: Roots,
    /// What `--scheduler` says.
    flag: Option<Result<Said, Refusal>>,
    /// The file of `--scheduler`.
    flag_file: Option<PathBuf>,
    /// By the `jobc.toml` they come from.
    found: Mutex<HashMap<Option<PathBuf>, Arc<Finding>>>,
}

/// What holds for a file, or why that cannot be told.
pub(crate) type Finding = Result<InForce, Refusal>;

/// Bytes of a `jobc.toml`, and of each file that it names.
const LIMIT: u64 = 1 << 20;

impl Projects {
    pub(crate) fn new(flag: Option<&str>, sources: SourceMap, disk: Arc<Disk>) -> Projects {
        let roots = Roots::new(Arc::clone(&disk), home_directory());
        let is_file = |value: &&str| !matches!(*value, "none" | "default");
        let flag_file = flag.filter(is_file).map(PathBuf::from);
        let flag = flag.map(|value| of_flag(value, &sources));
        Projects { sources, disk, roots, flag, flag_file, found: Mutex::default() }
    }

    /// The root of the project that a file or a directory belongs to.
    pub(crate) fn root(&self, path: &Path) -> Root {
        match path.is_dir() {
            true => self.roots.of_directory(path),
            false => self.roots.of_file(path),
        }
    }

    /// [`Projects::root`] of what is known to be no directory.
    pub(crate) fn root_of_file(&self, file: &Path) -> Root {
        self.roots.of_file(file)
    }

    /// What holds below a root.
    pub(crate) fn in_force(&self, root: &Root) -> Arc<Finding> {
        let mut found = self.found.lock().unwrap_or_else(|e| e.into_inner());
        let finding = found
            .entry(root.project_file())
            .or_insert_with_key(|file| Arc::new(self.load(root, file.as_deref())));
        Arc::clone(finding)
    }

    fn load(&self, root: &Root, file: Option<&Path>) -> Finding {
        let said = self.flag.clone().transpose()?;
        let mut in_force = match file {
            Some(file) => {
                let loader = DiskLoader::new(&root.directory, LIMIT, Arc::clone(&self.disk));
                load_project(&loader, file, &self.sources, said.as_ref())?
            }
            None => InForce::without_project(said.unwrap_or_else(Said::nothing)),
        };
        in_force.reads.extend(self.flag_file.clone());
        Ok(in_force)
    }
}

/// The levels of lints that a project gives; the last one of a lint holds.
pub(crate) fn levels_of(project: &Project) -> Levels {
    let mut levels = Levels::default();
    for LintSetting { lint, level, .. } in &project.lints {
        let Some(code) = lint else {
            levels.deny_all = true;
            continue;
        };
        for codes in [&mut levels.deny, &mut levels.warn, &mut levels.allow] {
            codes.retain(|other| other != code);
        }
        match level {
            LintLevel::Allow => levels.allow.push(code),
            LintLevel::Warn => levels.warn.push(code),
            LintLevel::Deny => levels.deny.push(code),
        }
    }
    levels
}

/// What `--scheduler` comes to.
fn of_flag(value: &str, sources: &SourceMap) -> Result<Said, Refusal> {
    let settings = match value {
        "none" => Settings::none(),
        "default" => Settings::default(),
        file => {
            let file = Path::new(file);
            let name = one_line(value);
            let text =
                given(file).map_err(|error| Refusal::unreadable(SETTINGS, &name, Span::NONE, &error))?;
            let id = sources.add(SourceFile::new(value, Some(file), text.clone()));
            settings::parse(&text, id).map_err(Refusal::wrong)?
        }
    };
    Ok(Said { cluster: None, scheduler: value.to_string(), by: By::Flag, settings: settings.into() })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn write(directory: &Path, name: &str, text: &str) -> PathBuf {
        let file = directory.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
        file
    }

    fn finding(flag: Option<&str>, file: &Path) -> Arc<Finding> {
        let projects = Projects::new(flag, SourceMap::new(), Arc::default());
        let found = projects.in_force(&projects.root(file));
        assert!(Arc::ptr_eq(&found, &projects.in_force(&projects.root(file))));
        found
    }

    #[test]
    fn the_project_is_found_upwards() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "jobc.toml", "user = 'deploy'\n");
        let job = write(root.path(), "a/b/job.aurora", "");
        let found = finding(None, &job);
        let in_force = found.as_ref().as_ref().unwrap();
        assert_eq!(in_force.project.user.as_ref().unwrap().value, "deploy");
        assert_eq!(in_force.reads.len(), 1);
    }

    #[test]
    fn the_flag_wins() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "jobc.toml", "[cluster.west]\nscheduler = 'none'\n");
        let east = write(root.path(), "east.toml", "max_tasks_per_job = 9\n");
        let found = finding(east.to_str(), root.path());
        assert_eq!(found.as_ref().as_ref().unwrap().clusters.of("west").max_tasks_per_job, 9);
    }

    #[test]
    fn a_project_reaches_nothing_outside_of_its_directory() {
        let outer = tempfile::tempdir().unwrap();
        let secret = write(outer.path(), "secret.toml", "max_tasks_per_job = 7\n");
        for name in ["../secret.toml", "/proc/self/environ", &secret.display().to_string()] {
            write(outer.path(), "project/jobc.toml", &format!("[cluster.west]\nscheduler = '{name}'\n"));
            let found = finding(None, &outer.path().join("project"));
            let refusal = found.as_ref().as_ref().unwrap_err();
            let message = &refusal.diagnostics[0].message;
            assert!(refusal.unreadable && message.contains("not below the directory"), "{message}");
        }
    }
}
