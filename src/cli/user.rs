//! The user who runs jobc: `owner.user` of each job, and the home directory.

/// The variables that Python's `getpass.getuser` reads, in its order.
const VARIABLES: [&str; 4] = ["LOGNAME", "USER", "LNAME", "USERNAME"];

/// The login name as `getpass.getuser` finds it, with which the stock client fills in the owner: the first of four
/// variables that is not empty, then the password database's name of the real user id.
#[expect(
    clippy::disallowed_methods,
    reason = "the user's name is asked of the environment, as the stock client does"
)]
pub(crate) fn login_name() -> Option<String> {
    chosen(|name| std::env::var(name).ok()).or_else(name_in_the_password_database)
}

/// The user's home directory.
pub(crate) fn home_directory() -> Option<std::path::PathBuf> {
    std::env::home_dir().filter(|home| home.is_absolute())
}

fn chosen(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    VARIABLES.into_iter().filter_map(variable).find(|value| !value.is_empty())
}

#[cfg(unix)]
fn name_in_the_password_database() -> Option<String> {
    use nix::unistd::{Uid, User};
    User::from_uid(Uid::current()).ok()?.map(|user| user.name)
}

/// Python, too, has a password database on Unix alone.
#[cfg(not(unix))]
fn name_in_the_password_database() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_not_empty_names_the_user() {
        let of = |set: &[(&str, &str)]| {
            chosen(|name| set.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_string()))
        };
        assert_eq!(of(&[("USER", "b"), ("LOGNAME", "a")]).as_deref(), Some("a"));
        assert_eq!(of(&[("LOGNAME", ""), ("USERNAME", "d"), ("LNAME", "c")]).as_deref(), Some("c"));
        assert_eq!(of(&[("LOGNAME", ""), ("HOME", "/home/e")]), None);
    }

    #[cfg(unix)]
    #[test]
    fn the_password_database_knows_the_user_of_this_process() {
        let id = std::process::Command::new("id").arg("-nur").output().unwrap();
        let known = id.status.success().then(|| String::from_utf8(id.stdout).unwrap().trim().to_string());
        assert_eq!(name_in_the_password_database(), known);
    }
}
