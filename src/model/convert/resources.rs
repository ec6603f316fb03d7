//! CPU, memory, disk and GPUs of a task.

use super::reader::Reader;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::job::BAD_RESOURCES;
use crate::model::thrift::Resource;
use crate::template::Object;

/// Bytes of a MB, as Aurora counts.
const MB: i64 = 1024 * 1024;

/// The resources that an instance asks for: cores, MB of memory and disk, GPUs if any.
pub(super) fn of_task(task: &Object, reader: &mut Reader) -> Vec<Resource> {
    let Some(resources) = reader.structure(task, "resources") else { return Vec::new() };
    let cpu = positive_cpu(&resources, reader);
    let ram = megabytes(&resources, "ram", reader);
    let disk = megabytes(&resources, "disk", reader);
    let gpu = reader.integer(&resources, "gpu").filter(|n| *n != 0);
    let mut out = Vec::with_capacity(4);
    out.extend(cpu.map(Resource::NumCpus));
    out.extend(ram.map(Resource::RamMb));
    out.extend(disk.map(Resource::DiskMb));
    out.extend(gpu.map(Resource::NumGpus));
    out
}

fn positive_cpu(resources: &Object, reader: &mut Reader) -> Option<f64> {
    let cpu = reader.float(resources, "cpu")?;
    if cpu <= 0.0 {
        let span = resources.field_span("cpu").or(resources.origin());
        let message = format!("`cpu` is {}, but must be more than 0", crate::template::value::float_str(cpu));
        reader.push(Diagnostic::error(&BAD_RESOURCES, span, message));
    }
    Some(cpu)
}

/// Bytes as whole MB, rounded down.
fn megabytes(resources: &Object, name: &'static str, reader: &mut Reader) -> Option<i64> {
    let bytes = reader.integer(resources, name)?;
    let megabytes = bytes.div_euclid(MB);
    if megabytes <= 0 {
        let span = resources.field_span(name).or(resources.origin());
        let d = Diagnostic::error(&BAD_RESOURCES, span, too_small(name, bytes));
        reader.push(match bytes {
            1..MB => d.help(format!("{name} is in bytes: write {bytes}*MB for {bytes} MB")),
            _ => d.help(format!("{name} is in bytes, such as 512*MB")),
        });
    }
    Some(megabytes)
}

fn too_small(name: &str, bytes: i64) -> String {
    if bytes > 0 {
        format!("`{name}` is {bytes} bytes, which is less than 1 MB")
    } else {
        format!("`{name}` is {bytes}, but must be at least 1 MB")
    }
}
