//! SLA policies.

use super::*;

pub(super) fn sla(tier: Option<&str>, instances: i64, policy: SlaPolicy) -> ConvertedJob {
    let mut job = service();
    job.configuration.instance_count = instances;
    job.configuration.task_config.tier = tier.map(str::to_string);
    job.configuration.task_config.sla_policy = Some(policy);
    job
}

pub(super) fn count(count: i64) -> SlaPolicy {
    SlaPolicy::Count { count, duration_secs: 60 }
}

fn percentage(percentage: f64) -> SlaPolicy {
    SlaPolicy::Percentage { percentage, duration_secs: 60 }
}

#[test]
fn sla_policies_are_for_tiers_that_keep_their_place() {
    accepted(sla(Some("preferred"), 20, count(10)), &default());
    refused(sla(Some("preemptible"), 20, count(10)), &default(), "sla-tier", "`preemptible`");
    refused(sla(Some("revocable"), 20, count(10)), &default(), "sla-tier", "`revocable`");
    accepted(sla(None, 20, count(10)), &default());
    accepted(sla(Some("revocable"), 20, count(10)), &file("sla_aware_kill_non_prod = true"));
    let own =
        file("default_tier = 'gold'\n[tiers.gold]\npreemptible = false\n[tiers.lead]\nrevocable = true");
    accepted(sla(Some("gold"), 20, count(10)), &own);
    refused(sla(Some("lead"), 20, count(10)), &own, "sla-tier", "`lead`");
}

#[test]
fn sla_policies_need_instances() {
    refused(sla(Some("preferred"), 19, count(10)), &default(), "sla-too-few-instances", "19");
    refused(sla(Some("preferred"), 19, percentage(50.0)), &default(), "sla-too-few-instances", "19");
    let url = SlaPolicy::Coordinator { coordinator_url: "http://c".into(), status_key: "drain".into() };
    accepted(sla(Some("preferred"), 1, url), &default());
    let three = file("min_required_instances_for_sla_check = 3");
    accepted(sla(Some("preferred"), 3, count(1)), &three);
    refused(sla(Some("preferred"), 2, count(1)), &three, "sla-too-few-instances", "2 instances");
}

#[test]
fn sla_policies_leave_an_instance() {
    accepted(sla(Some("preferred"), 20, count(19)), &default());
    refused(sla(Some("preferred"), 20, count(20)), &default(), "sla-count", "`20`");
    accepted(sla(Some("preferred"), 20, percentage(95.0)), &default());
    refused(sla(Some("preferred"), 20, percentage(95.1)), &default(), "sla-percentage", "`95.1`");
    accepted(sla(Some("preferred"), 30, percentage(96.666)), &default());
    refused(sla(Some("preferred"), 30, percentage(96.667)), &default(), "sla-percentage", "`96.667`");
}

#[test]
fn sla_durations() {
    let of = |duration_secs| sla(Some("preferred"), 20, SlaPolicy::Count { count: 1, duration_secs });
    accepted(of(7200), &default());
    refused(of(7201), &default(), "sla-duration", "`7201`");
    let hour = file("max_sla_duration_secs = '1hrs'");
    accepted(of(3600), &hour);
    refused(of(3601), &hour, "sla-duration", "`3601`");
    let percent = SlaPolicy::Percentage { percentage: 1.0, duration_secs: 7201 };
    refused(sla(Some("preferred"), 20, percent), &default(), "sla-duration", "`7201`");
}
