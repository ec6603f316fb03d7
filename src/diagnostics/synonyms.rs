//! Names that other tools and older clients have for what is called otherwise here.

/// A name, in small letters and without underscores, and what it may be called here.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("memory", &["ram"]),
    ("mem", &["ram"]),
    ("memorymb", &["ram"]),
    ("cpus", &["cpu"]),
    ("cores", &["cpu"]),
    ("vcpus", &["cpu"]),
    ("gpus", &["gpu"]),
    ("storage", &["disk"]),
    ("replicas", &["instances"]),
    ("count", &["instances"]),
    ("shards", &["instances"]),
    ("scale", &["instances"]),
    ("command", &["cmdline", "shell_command"]),
    ("cmd", &["cmdline", "shell_command", "value"]),
    ("run", &["cmdline"]),
    ("script", &["cmdline"]),
    ("entrypoint", &["cmdline"]),
    ("args", &["arguments", "parameters"]),
    ("env", &["environment"]),
    ("stage", &["environment"]),
    ("namespace", &["role"]),
    ("owner", &["role"]),
    ("healthcheck", &["health_check_config", "HealthCheckConfig"]),
    ("healthchecks", &["health_check_config"]),
    ("livenessprobe", &["health_check_config"]),
    ("readinessprobe", &["health_check_config"]),
    ("cron", &["cron_schedule"]),
    ("schedule", &["cron_schedule"]),
    ("concurrencypolicy", &["cron_collision_policy"]),
    ("maxfailures", &["max_task_failures"]),
    ("update", &["update_config"]),
    ("strategy", &["update_strategy"]),
    ("executor", &["executor_config"]),
    ("labels", &["metadata"]),
    ("tags", &["metadata"]),
    ("path", &["endpoint"]),
    ("url", &["endpoint", "value"]),
    ("uri", &["value"]),
    ("name", &["image"]),
    ("periodseconds", &["interval_secs"]),
    ("timeoutseconds", &["timeout_secs"]),
    ("initialdelayseconds", &["initial_interval_secs"]),
    ("failurethreshold", &["max_consecutive_failures"]),
    ("successthreshold", &["min_consecutive_successes"]),
    ("restartthreshold", &["watch_secs"]),
    ("hostpath", &["host_path"]),
    ("mountpath", &["container_path"]),
];

/// What to write where a type has nothing that corresponds to a name of another tool.
const OTHER_WAYS: &[(&str, &[&str], &str)] = &[
    (
        "Process",
        &["env", "environment", "environ"],
        "export variables in the command line: cmdline='export NAME=value && ...'",
    ),
    (
        "Docker",
        &["volumes", "volume", "mounts"],
        "options of `docker run` are parameters: parameters=[Parameter(name='volume', value='/host:/container')]",
    ),
    (
        "Docker",
        &["env", "environment"],
        "options of `docker run` are parameters: parameters=[Parameter(name='env', value='NAME=value')]",
    ),
    (
        "Docker",
        &["network", "net", "ports", "entrypoint", "privileged", "user"],
        "options of `docker run` are parameters: parameters=[Parameter(name='...', value='...')]",
    ),
];

/// The candidate that is meant by a name of another tool.
pub fn other_name<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain: String = name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect();
    let (_, meant) = OTHER_NAMES.iter().find(|(other, _)| *other == plain)?;
    candidates.into_iter().find(|c| meant.contains(c))
}

/// Advice for a field of other tools that a type does without.
pub fn other_way(ty: &str, name: &str) -> Option<&'static str> {
    let found = OTHER_WAYS.iter().find(|(owner, names, _)| *owner == ty && names.contains(&name));
    found.map(|(_, _, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_tools_are_known_in_every_spelling() {
        let fields = ["health_check_config", "instances", "role"];
        assert_eq!(other_name("healthCheck", fields), Some("health_check_config"));
        assert_eq!(other_name("health_check", fields), Some("health_check_config"));
        assert_eq!(other_name("replicas", fields), Some("instances"));
        assert_eq!(other_name("memory", fields), None);
    }

    #[test]
    fn every_name_is_in_the_form_that_is_looked_up() {
        assert!(OTHER_NAMES.iter().all(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase())));
    }
}
