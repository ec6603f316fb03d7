//! A cluster's settings file: the scheduler's flags as TOML keys, and `[tiers.NAME]` tables.

use toml::de::DeTable;

use super::read::{self, Item, Reader};
use super::{ContainerType, Environments, Settings, Strictness, Tier};
use crate::diagnostics::codes::admission::SETTINGS_VALUE;
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::source::FileId;

/// One key of the file.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What its value is, to follow "takes".
    takes: &'static str,
    /// Takes over the value; `None` where it is not of the right kind.
    read: fn(&mut Settings, &Item<'_>) -> Option<()>,
    /// The value in force, as TOML; `None` where there is none.
    pub(super) write: fn(&Settings) -> Option<String>,
}

const SECONDS: &[(&str, i64)] = &[("secs", 1), ("mins", 60), ("hrs", 3600), ("days", 86_400)];
const MEGABYTES: &[(&str, i64)] = &[("MB", 1), ("GB", 1024), ("TB", 1024 * 1024)];

macro_rules! boolean_key {
    ($name:literal, $field:ident) => {
        Key {
            name: $name,
            takes: "true or false",
            read: |s, item| read::boolean(item).map(|b| s.$field = b),
            write: |s| Some(s.$field.to_string()),
        }
    };
}

macro_rules! count_key {
    ($name:literal, $field:ident, $least:literal) => {
        Key {
            name: $name,
            takes: concat!("a whole number from ", $least),
            read: |s, item| read::integer(item).filter(|n| *n >= $least).map(|n| s.$field = n),
            write: |s| Some(s.$field.to_string()),
        }
    };
}

/// The keys, but for `tiers`.
pub(super) const KEYS: &[Key] = &[
    Key {
        name: "allowed_job_environments",
        takes: "a regular expression",
        read: |s, item| Environments::matching(read::text(item)?).ok().map(|e| s.environments = e),
        write: |s| Some(read::string_text(s.environments.pattern())),
    },
    count_key!("max_tasks_per_job", max_tasks_per_job, 1),
    count_key!("max_update_instance_failures", max_update_instance_failures, 1),
    count_key!("min_required_instances_for_sla_check", min_required_instances_for_sla_check, 0),
    Key {
        name: "max_sla_duration_secs",
        takes: "seconds, or a text such as \"2hrs\"",
        read: |s, item| read::amount(item, SECONDS).filter(|n| *n > 0).map(|n| s.max_sla_duration_secs = n),
        write: |s| Some(s.max_sla_duration_secs.to_string()),
    },
    boolean_key!("sla_aware_kill_non_prod", sla_aware_kill_non_prod),
    Key {
        name: "allowed_container_types",
        takes: "a list of \"MESOS\" and \"DOCKER\"",
        read: |s, item| {
            let words = read::words(item)?;
            s.allowed_container_types =
                words.iter().map(|(w, _)| container_type(w)).collect::<Option<_>>()?;
            Some(())
        },
        write: |s| Some(list_text(s.allowed_container_types.iter().map(|t| t.name()))),
    },
    boolean_key!("allow_docker_parameters", allow_docker_parameters),
    boolean_key!("require_docker_use_executor", require_docker_use_executor),
    boolean_key!("allow_gpu_resource", allow_gpu_resource),
    boolean_key!("enable_mesos_fetcher", enable_mesos_fetcher),
    boolean_key!("allow_container_volumes", allow_container_volumes),
    Key {
        name: "executors",
        takes: "a list of executor names",
        read: |s, item| {
            s.executors = read::words(item)?.into_iter().map(|(w, _)| w.to_string()).collect();
            Some(())
        },
        write: |s| Some(list_text(s.executors.iter().map(String::as_str))),
    },
    Key {
        name: "default_tier",
        takes: "the name of a tier",
        read: |s, item| read::text(item).map(|t| s.default_tier = Some(t.to_string())),
        write: |s| s.default_tier.as_deref().map(read::string_text),
    },
    Key {
        name: "thermos_executor_cpu",
        takes: "a number of cores",
        read: |s, item| read::number(item).filter(|n| *n >= 0.0).map(|n| s.thermos_executor_cpu = n),
        write: |s| Some(format!("{:?}", s.thermos_executor_cpu)),
    },
    Key {
        name: "thermos_executor_ram",
        takes: "a number of MB, or a text such as \"128MB\"",
        read: |s, item| read::amount(item, MEGABYTES).filter(|n| *n >= 0).map(|n| s.thermos_executor_ram = n),
        write: |s| Some(read::string_text(&format!("{}MB", s.thermos_executor_ram))),
    },
];

fn container_type(word: &str) -> Option<ContainerType> {
    ContainerType::ALL.into_iter().find(|t| t.name().eq_ignore_ascii_case(word))
}

fn list_text<'a>(words: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", words.map(read::string_text).collect::<Vec<_>>().join(", "))
}

/// The settings that a file gives, with the scheduler's defaults for what it leaves out.
///
/// # Errors
/// Everything that is wrong with the file: text that is not TOML, unknown keys, values of the wrong kind.
pub fn parse(text: &str, file: FileId) -> Result<Settings, Vec<Diagnostic>> {
    let mut reader = Reader::new(text, file);
    let table = reader.table();
    let mut settings = Settings { strictness: Strictness::File, ..Settings::default() };
    for (key, value) in &table {
        let name: &str = key.get_ref();
        if name == "tiers" {
            settings.places.insert("tiers", reader.span(key.span()));
            read_tiers(&mut settings, value, &mut reader);
            continue;
        }
        match KEYS.iter().find(|k| k.name == name) {
            Some(known) => read_key(&mut settings, known, value, &mut reader),
            None => {
                let known: Vec<&str> = KEYS.iter().map(|k| k.name).chain(["tiers"]).collect();
                reader.unknown_key(name, key.span(), &known);
            }
        }
    }
    check_default_tier(&mut settings, table.get("default_tier"), &mut reader);
    if reader.problems.is_empty() { Ok(settings) } else { Err(reader.problems) }
}

fn read_key(settings: &mut Settings, key: &Key, value: &Item<'_>, reader: &mut Reader<'_>) {
    settings.places.insert(key.name, reader.place(value));
    if (key.read)(settings, value).is_none() {
        match (key.name, read::text(value).map(Environments::matching)) {
            ("allowed_job_environments", Some(Err(why))) => reader.bad_pattern(key.name, value, &why),
            _ => reader.wrong_value(key.name, value, key.takes),
        }
    }
}

fn read_tiers(settings: &mut Settings, value: &Item<'_>, reader: &mut Reader<'_>) {
    let Some(tiers) = value.get_ref().as_table() else {
        return reader.wrong_value("tiers", value, "tables such as [tiers.preferred]");
    };
    let mut read = Vec::new();
    for (name, tier) in tiers {
        match tier.get_ref().as_table() {
            Some(traits) => read.push(read_tier(name.get_ref(), traits, reader)),
            None => reader.wrong_value(name.get_ref(), tier, "a table of `preemptible` and `revocable`"),
        }
    }
    // The scheduler reads one file of tiers or the other: its own are gone where a cluster lists some.
    settings.tiers = read;
}

fn read_tier(name: &str, traits: &DeTable<'_>, reader: &mut Reader<'_>) -> Tier {
    let mut tier = Tier { name: name.to_string(), preemptible: false, revocable: false };
    for (key, value) in traits {
        let flag = match key.get_ref().as_ref() {
            "preemptible" => &mut tier.preemptible,
            "revocable" => &mut tier.revocable,
            other => {
                reader.unknown_key(other, key.span(), &["preemptible", "revocable"]);
                continue;
            }
        };
        match read::boolean(value) {
            Some(given) => *flag = given,
            None => reader.wrong_value(key.get_ref(), value, "true or false"),
        }
    }
    tier
}

/// The default tier must be one of the tiers; where the file lists other tiers and names none, it is not known.
fn check_default_tier(settings: &mut Settings, given: Option<&Item<'_>>, reader: &mut Reader<'_>) {
    let Some(name) = settings.default_tier.clone() else { return };
    if settings.tier(&name).is_some() {
        return;
    }
    settings.default_tier = None;
    if let Some(item) = given {
        let place = reader.place(item);
        let message = format!("`default_tier` is `{name}`, which is not one of the tiers");
        let names = || settings.tiers.iter().map(|t| t.name.as_str());
        let mut problem = Diagnostic::error(&SETTINGS_VALUE, place, message);
        problem = match nearest(&name, names()) {
            Some(near) => problem.suggest(place, read::string_text(near), format!("did you mean `{near}`?")),
            None => problem.help(format!("the tiers are {}", quoted_list(names(), 10))),
        };
        reader.problems.push(problem);
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
