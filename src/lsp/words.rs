//! Values in words.

use crate::model::thrift::Resource;

/// What a job asks for of one resource.
pub(super) fn resource(resource: &Resource) -> String {
    match resource {
        Resource::NumCpus(cpus) => format!("{cpus} cpu"),
        Resource::RamMb(megabytes) => format!("{} of ram", size(megabytes.saturating_mul(1 << 20))),
        Resource::DiskMb(megabytes) => format!("{} of disk", size(megabytes.saturating_mul(1 << 20))),
        Resource::NumGpus(gpus) => format!("{gpus} gpu"),
        Resource::NamedPort(name) => format!("port {name}"),
    }
}

/// A number of bytes in the largest unit that divides it.
pub(super) fn size(bytes: i64) -> String {
    let units = [("TB", 40), ("GB", 30), ("MB", 20), ("KB", 10)];
    let fits = units.iter().find(|(_, shift)| bytes != 0 && bytes % (1 << shift) == 0);
    match fits {
        Some((unit, shift)) => format!("{} {unit}", bytes >> shift),
        None => format!("{bytes} bytes"),
    }
}

/// The longest value that is shown, in characters.
const LONGEST: usize = 120;

/// A value in one line, cut where it is long.
pub(super) fn clipped(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_said_in_whole_units() {
        let said = [0, 512, 1 << 10, 1536, 128 << 20, 3 << 30, 1 << 40].map(size);
        let expected = ["0 bytes", "512 bytes", "1 KB", "1536 bytes", "128 MB", "3 GB", "1 TB"];
        assert_eq!(said, expected);
    }
}
