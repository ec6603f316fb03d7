//! Tests of settings files.

use super::super::{ContainerType, Strictness};
use super::*;
use crate::source::Span;

fn read(text: &str) -> Settings {
    parse(text, FileId(0)).unwrap()
}

fn problems(text: &str) -> Vec<Diagnostic> {
    parse(text, FileId(0)).unwrap_err()
}

fn snippet(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

#[test]
fn an_empty_file_is_the_schedulers_defaults_with_everything_checked() {
    let settings = read("");
    assert_eq!(settings.strictness, Strictness::File);
    assert_eq!(settings.max_tasks_per_job, 4000);
    assert_eq!(settings.max_update_instance_failures, 20_000);
    assert_eq!(settings.min_required_instances_for_sla_check, 20);
    assert_eq!(settings.max_sla_duration_secs, 7200);
    assert_eq!(settings.allowed_container_types, [ContainerType::Mesos]);
    assert!(settings.require_docker_use_executor);
    assert!(
        !settings.allow_docker_parameters && !settings.allow_gpu_resource && !settings.enable_mesos_fetcher
    );
    assert!(!settings.allow_container_volumes && !settings.sla_aware_kill_non_prod);
    assert_eq!(settings.default_tier.as_deref(), Some("preemptible"));
    assert!(settings.place("max_tasks_per_job").is_none());
}

#[test]
fn every_key_is_read() {
    let text = r#"
allowed_job_environments = "^(live|qa)$"
max_tasks_per_job = 10
max_update_instance_failures = 50
min_required_instances_for_sla_check = 3
max_sla_duration_secs = "30mins"
sla_aware_kill_non_prod = true
allowed_container_types = ["MESOS", "docker"]
allow_docker_parameters = true
require_docker_use_executor = false
allow_gpu_resource = true
enable_mesos_fetcher = true
allow_container_volumes = true
executors = ["spark"]
default_tier = "gold"
thermos_executor_cpu = 1
thermos_executor_ram = "1GB"
[tiers.gold]
preemptible = false
revocable = false
[tiers.lead]
preemptible = true
"#;
    let s = read(text);
    assert!(s.environments.allow("qa") && !s.environments.allow("prod"));
    assert_eq!((s.max_tasks_per_job, s.max_update_instance_failures), (10, 50));
    assert_eq!((s.min_required_instances_for_sla_check, s.max_sla_duration_secs), (3, 1800));
    assert!(s.sla_aware_kill_non_prod && s.allow_docker_parameters && !s.require_docker_use_executor);
    assert!(s.allow_gpu_resource && s.enable_mesos_fetcher && s.allow_container_volumes);
    assert_eq!(s.allowed_container_types, ContainerType::ALL);
    assert_eq!(s.executors, ["spark"]);
    assert_eq!((s.thermos_executor_cpu, s.thermos_executor_ram), (1.0, 1024));
    assert!(s.tier("gold").unwrap().is_production());
    assert!(!s.tier("lead").unwrap().is_production());
    assert!(s.tier("preferred").is_none());
    assert_eq!(snippet(text, s.place("max_tasks_per_job")), "10");
}

#[test]
fn what_is_printed_is_read_back_the_same() {
    let given = read("max_tasks_per_job = 7\nexecutors = [\"a b\"]\n[tiers.\"x y\"]\nrevocable = true\n");
    let text: Vec<String> = given.entries().into_iter().map(|(line, _)| line).collect();
    let again = read(&text.join("\n"));
    let lines = |s: &Settings| s.entries().into_iter().map(|(line, _)| line).collect::<Vec<_>>();
    assert_eq!(lines(&again), lines(&given));
}

#[test]
fn an_unknown_key_is_told_with_the_near_name_at_its_place() {
    let text = "max_task_per_job = 5\n";
    let found = problems(text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code.name, "settings-unknown-key");
    assert!(found[0].message.contains("max_task_per_job"));
    assert_eq!(snippet(text, found[0].primary), "max_task_per_job");
    assert_eq!(found[0].suggestions[0].replacement, "max_tasks_per_job");
    assert_eq!(
        problems("-enable_mesos_fetcher = true")[0].suggestions[0].replacement,
        "enable_mesos_fetcher"
    );
    assert_eq!(problems("max_task = 1")[0].suggestions[0].replacement, "max_tasks_per_job");
    assert!(problems("zebra = 1")[0].help[0].contains("allow_gpu_resource"));
    assert_eq!(problems("[tiers.a]\npreemptable = true")[0].suggestions[0].replacement, "preemptible");
}

#[test]
fn a_wrong_value_is_told_at_its_place() {
    for (text, value) in [
        ("max_tasks_per_job = 0", "0"),
        ("max_tasks_per_job = 'many'", "'many'"),
        ("allow_gpu_resource = 'yes'", "'yes'"),
        ("allowed_job_environments = '('", "'('"),
        ("allowed_container_types = ['LXC']", "['LXC']"),
        ("max_sla_duration_secs = '2 hours'", "'2 hours'"),
        ("executors = 'spark'", "'spark'"),
        ("tiers = 3", "3"),
        ("[tiers.a]\nrevocable = 1", "1"),
        ("default_tier = 'gold'", "'gold'"),
    ] {
        let found = problems(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].code.name, "settings-value", "{text}");
        assert_eq!(snippet(text, found[0].primary), value, "{text}");
    }
}

#[test]
fn text_that_is_not_toml_is_told_at_its_place() {
    let found = problems("max_tasks_per_job = \nallow_gpu_resource = maybe\n");
    assert!(found.iter().all(|p| p.code.name == "settings-syntax" || p.code.name == "settings-value"));
    assert!(!found[0].primary.is_none());
}

#[test]
fn the_default_tier_is_unknown_where_a_file_lists_other_tiers() {
    assert_eq!(read("[tiers.gold]\npreemptible = false").default_tier, None);
    assert_eq!(read("[tiers.preemptible]\npreemptible = true").default_tier.as_deref(), Some("preemptible"));
}
