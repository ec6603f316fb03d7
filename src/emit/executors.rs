//! Custom-executor entries, as the scheduler's `-custom_executor_config` array has them: Mesos v1 names in snake_case.

use super::readable::Json;
use super::sink::Sink;
use crate::model::executor::{Command, CustomExecutor, Executor, Uri, VolumeMount};

/// Nanoseconds in a second, the unit of Mesos's `DurationInfo`.
const NANOSECONDS: i64 = 1_000_000_000;

/// One entry.
pub(super) fn entry(json: &mut Json<'_>, entry: &CustomExecutor) {
    json.begin(b'{');
    json.key("executor");
    executor(json, &entry.executor);
    json.array_unless_empty("volume_mounts", &entry.volume_mounts, volume_mount);
    json.text_property("task_prefix", &entry.task_prefix);
    json.end(b'}');
}

fn executor(json: &mut Json<'_>, executor: &Executor) {
    json.begin(b'{');
    json.text_property("name", &executor.name);
    json.optional_text("type", executor.kind.map(|k| k.name()));
    json.key("command");
    command(json, &executor.command);
    resources(json, executor);
    if !executor.labels.is_empty() {
        json.key("labels");
        wrapped_pairs(json, "labels", "key", &executor.labels);
    }
    if let Some(seconds) = executor.shutdown_grace_period_secs {
        json.key("shutdown_grace_period");
        json.begin(b'{');
        json.key("nanoseconds");
        json.int64(seconds.saturating_mul(NANOSECONDS));
        json.end(b'}');
    }
    json.optional_text("source", executor.source.as_deref());
    json.end(b'}');
}

fn resources(json: &mut Json<'_>, executor: &Executor) {
    if executor.cpus.is_none() && executor.mem.is_none() {
        return;
    }
    json.key("resources");
    json.begin(b'[');
    if let Some(cpus) = executor.cpus {
        scalar(json, "cpus", |json| json.double(cpus));
    }
    if let Some(mem) = executor.mem {
        scalar(json, "mem", |json| json.int64(mem));
    }
    json.end(b']');
}

fn command(json: &mut Json<'_>, command: &Command) {
    json.begin(b'{');
    json.text_property("value", &command.value);
    json.optional_flag("shell", command.shell);
    json.array_unless_empty("arguments", &command.arguments, |json, text| json.text(text));
    json.array_unless_empty("uris", &command.uris, uri);
    json.optional_text("user", command.user.as_deref());
    if !command.environment.is_empty() {
        json.key("environment");
        wrapped_pairs(json, "variables", "name", &command.environment);
    }
    json.end(b'}');
}

fn uri(json: &mut Json<'_>, uri: &Uri) {
    json.begin(b'{');
    json.text_property("value", &uri.value);
    json.optional_flag("executable", uri.executable);
    json.optional_flag("extract", uri.extract);
    json.optional_flag("cache", uri.cache);
    json.optional_text("output_file", uri.output_file.as_deref());
    json.end(b'}');
}

fn volume_mount(json: &mut Json<'_>, volume: &VolumeMount) {
    json.begin(b'{');
    json.text_property("mode", volume.mode.name());
    json.text_property("container_path", &volume.container_path);
    json.optional_text("host_path", volume.host_path.as_deref());
    json.end(b'}');
}

fn scalar(json: &mut Json<'_>, name: &str, amount: impl Fn(&mut Json<'_>)) {
    json.separate();
    json.begin(b'{');
    json.text_property("name", name);
    json.text_property("type", "SCALAR");
    json.key("scalar");
    json.begin(b'{');
    json.key("value");
    amount(json);
    json.end(b'}');
    json.end(b'}');
}

/// Mesos writes a map as an object with one list of pairs.
fn wrapped_pairs(json: &mut Json<'_>, list: &str, first: &str, pairs: &[(String, String)]) {
    json.begin(b'{');
    json.key(list);
    json.array(pairs, |json, (name, value)| {
        json.begin(b'{');
        json.text_property(first, name);
        json.text_property("value", value);
        json.end(b'}');
    });
    json.end(b'}');
}
