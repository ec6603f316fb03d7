//! The processes of a Thermos task, in the order in which they can run.

use serde::Deserialize;

/// The part of the Thermos data that the plan is made of.
#[derive(Debug, Deserialize)]
struct Data {
    task: Task,
}

#[derive(Debug, Default, Deserialize)]
struct Task {
    #[serde(default)]
    processes: Vec<Process>,
    #[serde(default)]
    constraints: Vec<Order>,
}

/// A process of the task.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Process {
    pub(super) name: String,
    pub(super) cmdline: String,
    #[serde(default)]
    pub(super) daemon: bool,
    #[serde(default)]
    pub(super) ephemeral: bool,
    #[serde(default, rename = "final")]
    pub(super) is_final: bool,
    /// The processes that it directly waits for.
    #[serde(skip)]
    pub(super) after: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Order {
    #[serde(default)]
    order: Vec<String>,
}

/// The processes of Thermos data in the order of the plan: each after those it waits for, otherwise as written, final
/// ones last. Nothing where the data is not Thermos's.
pub(super) fn processes(data: &str) -> Vec<Process> {
    let Ok(Data { task }) = serde_json::from_str::<Data>(data) else { return Vec::new() };
    let mut waiting = task.processes;
    for pair in task.constraints.iter().flat_map(|c| c.order.windows(2)) {
        let [before, after] = pair else { continue };
        if !waiting.iter().any(|p| p.name == *before) {
            continue;
        }
        for process in waiting.iter_mut().filter(|p| p.name == *after && !p.after.contains(before)) {
            process.after.push(before.clone());
        }
    }
    waiting.sort_by_key(|process| process.is_final);
    let mut planned: Vec<Process> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let done = |name: &String| !waiting.iter().any(|p| p.name == *name);
        // A plan without a next process is refused by the compiler; nothing must be lost all the same.
        let next = waiting.iter().position(|p| p.after.iter().all(done)).unwrap_or(0);
        let process = waiting.remove(next);
        planned.push(process);
    }
    planned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(data: &str) -> Vec<String> {
        processes(data).into_iter().map(|p| p.name).collect()
    }

    #[test]
    fn processes_come_after_what_they_wait_for_and_final_ones_last() {
        let data = r#"{"task": {"processes": [
            {"name": "last", "cmdline": "", "final": true}, {"name": "run", "cmdline": ""},
            {"name": "log", "cmdline": ""}, {"name": "fetch", "cmdline": ""}],
            "constraints": [{"order": ["fetch", "run"]}, {"order": ["nobody", "log"]}]}}"#;
        assert_eq!(names(data), ["log", "fetch", "run", "last"]);
    }

    #[test]
    fn a_cycle_loses_nothing_and_other_data_has_no_plan() {
        let data = r#"{"task": {"processes": [{"name": "a", "cmdline": ""}, {"name": "b", "cmdline": ""}],
            "constraints": [{"order": ["a", "b", "a"]}]}}"#;
        assert_eq!(names(data), ["a", "b"]);
        assert_eq!(names("{}"), [""; 0]);
        assert_eq!(names("text"), [""; 0]);
    }
}
