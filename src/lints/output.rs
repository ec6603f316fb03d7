//! Lints of the command line (W07xx).

use super::lints;

lints! {
    LOGIN_NAME = "W0704" "login-name" warn {
        what: "The owner of the jobs is whoever runs jobc.",
        why: "`owner.user` is a part of what the scheduler compares: when the same file is compiled by another user, on a laptop and in CI for example, an update restarts every instance. Name the user with --user, or with `user` in jobc.toml.",
        bad: "jobc compile web.aurora -o out",
        good: "jobc compile web.aurora -o out --user deploy"
    }
}
