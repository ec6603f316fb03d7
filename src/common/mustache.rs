//! What can only be meant as a reference, where the braces around it are not those of one.

/// Names that references to the job itself have.
const FIELDS: [&str; 4] = ["role", "environment", "cluster", "name"];

/// Whether a string between braces can only be meant as a reference: other programs use braces, too.
pub(crate) fn is_reference(name: &str) -> bool {
    let dotted = name
        .split_once('.')
        .is_some_and(|(head, rest)| matches!(head, "mesos" | "thermos" | "profile") && !rest.is_empty());
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | '-');
    (dotted || FIELDS.contains(&name)) && name.chars().all(plain)
}
