//! The variables that job files may read: `--env` and `--env-file`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Failure;

/// Flags about the variables that job files may read.
#[derive(Debug, Args)]
pub(crate) struct EnvironmentFlags {
    /// Lets files read a variable of the environment, or one with the VALUE given here; NAME may hold `*`
    #[arg(long, value_name = "NAME[=VALUE]")]
    env: Vec<String>,
    /// Lets files read the variables of a FILE with lines NAME=VALUE (dotenv)
    #[arg(long, value_name = "FILE")]
    env_file: Vec<PathBuf>,
}

/// The variables of one `--env`.
#[derive(Debug, Clone)]
pub(crate) struct Declared {
    /// What the flag says.
    pub(crate) flag: String,
    /// The names that it stands for.
    pub(crate) names: Vec<String>,
}

/// What the flags come to.
#[derive(Debug, Default)]
pub(crate) struct Environment {
    /// The variables.
    pub(crate) values: BTreeMap<String, String>,
    /// Those of each `--env`.
    pub(crate) declared: Vec<Declared>,
}

impl EnvironmentFlags {
    /// Reads the variables. `--env` wins over `--env-file`, and what is written later over what is written earlier.
    ///
    /// # Errors
    /// When a variable that is to be passed on is not set, or a file cannot be read.
    pub(crate) fn read(&self) -> Result<Environment, Failure> {
        let mut environment = Environment::default();
        for file in &self.env_file {
            environment.values.extend(of_file(file)?);
        }
        for flag in &self.env {
            let values = match flag.split_once('=') {
                Some((name, value)) => vec![(name.to_string(), value.to_string())],
                None if flag.contains('*') => of_pattern(flag),
                None => vec![(flag.clone(), of_process(flag)?)],
            };
            let names = values.iter().map(|(name, _)| name.clone()).collect();
            environment.declared.push(Declared { flag: flag.clone(), names });
            environment.values.extend(values);
        }
        Ok(environment)
    }
}

#[expect(clippy::disallowed_methods, reason = "--env names what may be read")]
fn of_process(name: &str) -> Result<String, Failure> {
    std::env::var(name).map_err(|why| {
        Failure::Usage(format!("--env {name}: {why}; give it a value with --env {name}=VALUE"))
    })
}

/// The variables that are set and whose names fit; values that are not UTF-8 cannot be passed on.
fn of_pattern(pattern: &str) -> Vec<(String, String)> {
    let all = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    all.filter(|(name, _)| jobc::driver::fits(pattern, name)).collect()
}

fn of_file(file: &Path) -> Result<Vec<(String, String)>, Failure> {
    let refused = |why: String| Failure::Usage(format!("--env-file {}: {why}", file.display()));
    let lines = dotenvy::from_path_iter(file).map_err(|why| refused(why.to_string()))?;
    lines.collect::<Result<_, _>>().map_err(|why| refused(why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_wins_over_a_file_and_a_later_one_over_an_earlier() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.env");
        std::fs::write(&file, "# a comment\nexport A=\"one two\"\nB='$A'\n").unwrap();
        let flags =
            EnvironmentFlags { env: vec!["A=1".to_string(), "A=2".to_string()], env_file: vec![file] };
        let Environment { values, declared } = flags.read().unwrap();
        assert_eq!(
            values,
            BTreeMap::from([("A".to_string(), "2".to_string()), ("B".to_string(), "$A".to_string())])
        );
        assert_eq!(declared.len(), 2);
    }

    #[test]
    fn a_variable_that_is_not_set_is_an_error_and_a_pattern_is_not() {
        let of = |flag: &str| EnvironmentFlags { env: vec![flag.to_string()], env_file: Vec::new() }.read();
        assert!(of("JOBC_TEST_NO_SUCH_VARIABLE").is_err());
        assert_eq!(of("JOBC_TEST_NO_SUCH_*").unwrap().values, BTreeMap::new());
    }
}
