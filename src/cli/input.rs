//! Flags about what goes into a compile.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use jobc::diagnostics::Diagnostic;
use jobc::driver::{Compilation, InForce, KeyPattern, Options, Session};
use jobc::levels::Levels;
use jobc::source::{Disk, DiskLoader, FileId, Loader, RootReason, SourceMap};
use jobc::syntax::ModuleCache;

use super::budgets::BudgetFlags;
use super::environment::{Declared, Environment, EnvironmentFlags};
use super::executors;
use super::exit::Failure;
use super::flags_used::without_use;
use super::projects::{Finding, Projects, levels_of};
use super::report_flags::{ReportFlags, settle};
use super::stdin::{DASH, StdinText, WithStdin};
use super::user::login_name;
use super::walk::{self, InputFile, Walked};
use super::watchdog::{Lease, Watchdog};

/// What files are compiled with.
#[derive(Debug, Args)]
pub(crate) struct InputFlags {
    /// Binds a name in the templates of every job: {{NAME}} becomes VALUE
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    bind: Vec<(String, String)>,
    /// Takes these jobs only; each part of the key may hold `*`
    #[arg(long = "job", value_name = "CLUSTER/ROLE/ENV/NAME", value_parser = job_key)]
    job: Vec<KeyPattern>,
    /// The user who submits the jobs [default: what jobc.toml says, or the login name]
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// What the jobs are checked against: `none`, `default` (a scheduler as it comes), or a FILE of its settings
    /// [default: what jobc.toml says, or `default`]
    #[arg(long, value_name = "none|default|FILE")]
    scheduler: Option<String>,
    /// Counts the custom executors of the scheduler's own file as known, beside those that job files declare
    #[arg(long, value_name = "FILE.json")]
    executors: Vec<String>,
    #[command(flatten)]
    env: EnvironmentFlags,
    /// The folder that files are read from, and nowhere else [default: of each FILE the nearest above it that holds
    /// jobc.toml or .git, or its own]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// What standard input is called in reports; includes are relative to it
    #[arg(long, value_name = "FILE", default_value = "<stdin>", hide_default_value = true)]
    stdin_filename: String,
    /// How many files are compiled at a time [default: one for each processor]
    #[arg(short = 'j', long, value_name = "N")]
    parallel: Option<std::num::NonZeroUsize>,
    #[command(flatten)]
    budgets: BudgetFlags,
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_string(), value.to_string())),
        Some(_) => Err("the name before `=` is empty: write NAME=VALUE".to_string()),
        None => Err(format!("the value is missing: write {text}=VALUE")),
    }
}

fn job_key(text: &str) -> Result<KeyPattern, String> {
    let wanted = "a job key has four parts, CLUSTER/ROLE/ENV/NAME; `*` stands for any";
    KeyPattern::parse(text).ok_or_else(|| wanted.to_string())
}

/// What all sessions of a run share.
pub(crate) struct Setup<'f> {
    flags: &'f InputFlags,
    options: Options,
    /// What is wrong with the files of --executors.
    executors_errors: Vec<Diagnostic>,
    pub(crate) watchdog: Watchdog,
    projects: Projects,
    /// What the flags say of lints.
    levels: Levels,
    /// What --env declares.
    variables: Vec<Declared>,
    /// Every text that is read.
    pub(crate) sources: SourceMap,
    disk: Arc<Disk>,
    modules: ModuleCache,
}

impl InputFlags {
    /// Takes from the process what files are compiled with.
    ///
    /// # Errors
    /// When the user has no name, or a file of --executors cannot be read.
    pub(crate) fn setup(&self, report: &ReportFlags) -> Result<Setup<'_>, Failure> {
        let watchdog = self.budgets.watchdog(report)?;
        let user = self.user.clone().or_else(login_name);
        let user = user.ok_or_else(|| {
            Failure::Usage("the login name is not known; give the user who submits with --user".to_string())
        })?;
        let Environment { values, declared } = self.env.read()?;
        let mut options = Options {
            bindings: self.bind.clone(),
            user,
            select: self.job.clone(),
            environment: values,
            ..Options::default()
        };
        self.budgets.fill(&mut options);
        let sources = SourceMap::new();
        let executors::Known { names, errors } = executors::known(&self.executors, &sources)?;
        options.known_executors = names;
        let disk = Arc::<Disk>::default();
        let projects = Projects::new(self.scheduler.as_deref(), sources.clone(), Arc::clone(&disk));
        Ok(Setup {
            flags: self,
            options,
            executors_errors: errors,
            watchdog,
            projects,
            levels: report.levels()?,
            variables: declared,
            sources,
            disk,
            modules: ModuleCache::new(),
        })
    }

    /// Whether no job is left out by --job.
    pub(crate) fn takes_all_jobs(&self) -> bool {
        self.job.is_empty()
    }

    /// Every file that a run depends on: those that job files read, and those that flags name. Standard input is not a
    /// file.
    pub(crate) fn all_reads(&self, mut reads: Vec<PathBuf>) -> Vec<PathBuf> {
        let files = self.executors.iter().filter(|file| *file != DASH);
        reads.extend(files.map(PathBuf::from));
        reads.retain(|read| read != Path::new(&self.stdin_filename));
        reads.sort_unstable();
        reads.dedup();
        reads
    }

    /// How many threads to use for this many files.
    fn threads(&self, files: usize) -> usize {
        if files <= 1 {
            return files;
        }
        let wanted = self.parallel.or_else(|| std::thread::available_parallelism().ok());
        wanted.map_or(1, std::num::NonZeroUsize::get).min(files)
    }

    /// What a file is called in reports.
    pub(crate) fn name<'n>(&'n self, entry: &'n InputFile) -> &'n str {
        if entry.file == DASH { &self.stdin_filename } else { &entry.file }
    }
}

impl Setup<'_> {
    /// What is wrong with the files of --executors, and the flags that came to nothing.
    pub(crate) fn flags_without_use(&self, compilation: &Compilation) -> Vec<Diagnostic> {
        let useless = without_use(&self.options.select, &self.options.bindings, &self.variables, compilation);
        [self.executors_errors.clone(), useless].concat()
    }

    /// How many threads to use for this many files.
    pub(crate) fn threads(&self, files: usize) -> usize {
        self.flags.threads(files)
    }

    /// What a file is called in reports.
    pub(crate) fn name<'n>(&'n self, entry: &'n InputFile) -> &'n str {
        self.flags.name(entry)
    }

    /// The folder that a file and what it includes are read from: that of its project; without one, the folder that was
    /// searched, or the file's own.
    fn root(&self, entry: &InputFile) -> PathBuf {
        let root = self.projects.root_of_file(Path::new(self.name(entry)));
        match (root.reason, &entry.below) {
            (RootReason::Own, Some(searched)) => searched.clone(),
            _ => root.directory,
        }
    }

    /// The settings that hold for a file's jobs.
    pub(crate) fn settings(&self, entry: &InputFile) -> Arc<Finding> {
        self.projects.in_force(&self.projects.root_of_file(Path::new(self.name(entry))))
    }

    /// The user who submits jobs, where no project names one.
    pub(crate) fn user(&self) -> &str {
        &self.options.user
    }

    /// Whether the user who submits a file's jobs is whoever runs jobc.
    pub(crate) fn submits_as_login_name(&self, entry: &InputFile) -> bool {
        let of_project = || self.settings(entry).as_ref().as_ref().is_ok_and(|s| s.project.user.is_some());
        self.flags.user.is_none() && !of_project()
    }

    /// What the flags say, and below them what the project says.
    fn options_for(&self, settings: Option<&InForce>) -> Options {
        let mut options = self.options.clone();
        let Some(InForce { project, known_executors, .. }) = settings else { return options };
        if let (Some(user), None) = (&project.user, &self.flags.user) {
            options.user = user.value.clone();
        }
        // The flags come first, as their positions are looked at later.
        let is_open = |name: &str| !self.options.bindings.iter().any(|(given, _)| given == name);
        let bound = project.bind.iter().filter(|(name, _)| is_open(name));
        options.bindings.extend(bound.map(|(name, setting)| (name.clone(), setting.value.clone())));
        for (name, setting) in &project.env {
            options.environment.entry(name.clone()).or_insert_with(|| setting.value.clone());
        }
        options.known_executors.extend(known_executors.iter().cloned());
        options
    }

    /// Applies comments and levels to what was reported, and puts it into the order of the report. `whole` are the files
    /// that were compiled for themselves with all their jobs.
    pub(crate) fn settle<'n>(
        &self,
        all: Vec<Diagnostic>,
        whole: impl IntoIterator<Item = &'n str>,
    ) -> Vec<Diagnostic> {
        settle(all, &self.sources, &|file| self.levels(file), whole)
    }

    /// The levels that hold for a file: those of the flags, and below them those of its project. What is in no file has
    /// the project of the working directory.
    fn levels(&self, file: FileId) -> Arc<Levels> {
        let source = self.sources.get(file);
        let path = source
            .as_ref()
            .map_or(Path::new("-"), |source| source.path.as_deref().unwrap_or(Path::new(&source.name)));
        match &*self.projects.in_force(&self.projects.root_of_file(path)) {
            Ok(in_force) => Arc::new(self.levels.over(&levels_of(&in_force.project))),
            Err(_) => Arc::new(self.levels.clone()),
        }
    }

    /// The files that paths mean, without those that their projects exclude.
    pub(crate) fn searched(&self, paths: &[String]) -> Walked {
        walk::entries(paths, &self.projects)
    }

    /// A session for one file and its time, which begins now, with the settings that hold for it.
    ///
    /// # Errors
    /// When standard input is asked for and cannot be read.
    pub(crate) fn session(
        &self,
        entry: &InputFile,
        settings: Option<&InForce>,
    ) -> Result<(Session, Lease), Failure> {
        let (mut session, lease) = self.file_session(entry, settings);
        if entry.file == DASH {
            let limit = self.flags.budgets.source_bytes();
            let stdin = StdinText::read(self.flags.name(entry), limit)
                .map_err(|error| Failure::Io("standard input cannot be read".to_string(), error))?;
            session.loader = Arc::new(WithStdin { files: session.loader, stdin });
        }
        Ok((session, lease))
    }

    /// [`Setup::session`] for a file on disk.
    pub(crate) fn file_session(&self, entry: &InputFile, settings: Option<&InForce>) -> (Session, Lease) {
        let root = self.flags.root.clone().unwrap_or_else(|| self.root(entry));
        let limit = self.flags.budgets.source_bytes();
        let loader: Arc<dyn Loader> = Arc::new(DiskLoader::new(root, limit, Arc::clone(&self.disk)));
        let clusters = settings.map(|s| s.clusters.clone()).unwrap_or_default();
        let lease = self.watchdog.begin();
        let options = Options {
            cancel: Some(lease.cancel()),
            strict_updates: clusters.check_anything(),
            clusters,
            ..self.options_for(settings)
        };
        let session = Session {
            loader,
            sources: self.sources.clone(),
            modules: self.modules.clone(),
            options: Arc::new(options),
        };
        (session, lease)
    }

    /// The same with nothing read so far, for a run that goes on while files change.
    #[cfg(feature = "lsp")]
    pub(crate) fn anew(&self) -> Setup<'_> {
        let (sources, disk) = (SourceMap::new(), Arc::<Disk>::default());
        Setup {
            flags: self.flags,
            options: self.options.clone(),
            executors_errors: Vec::new(),
            watchdog: self.watchdog.clone(),
            projects: Projects::new(self.flags.scheduler.as_deref(), sources.clone(), Arc::clone(&disk)),
            levels: self.levels.clone(),
            variables: self.variables.clone(),
            sources,
            disk,
            modules: ModuleCache::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bindings_keep_what_follows_the_first_equals_sign() {
        assert_eq!(pair("a=b=c"), Ok(("a".to_string(), "b=c".to_string())));
        assert_eq!(pair("a="), Ok(("a".to_string(), String::new())));
        assert!(pair("a").is_err() && pair("=a").is_err());
    }

    #[test]
    fn job_keys_have_four_parts() {
        assert!(job_key("west/www/prod/*").is_ok());
        assert!(job_key("west/www/prod").is_err() && job_key("a//b/c").is_err());
    }
}
