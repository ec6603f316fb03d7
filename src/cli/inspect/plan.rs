//! The processes of a Thermos task, in the order in which they can run.

use std::collections::{BTreeSet, HashMap, HashSet};

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
    let mut processes = task.processes;
    processes.sort_by_key(|process| process.is_final);
    let mut named: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, process) in processes.iter().enumerate() {
        named.entry(process.name.clone()).or_default().push(index);
    }
    let mut pairs: HashSet<(&str, &str)> = HashSet::new();
    for pair in task.constraints.iter().flat_map(|c| c.order.windows(2)) {
        let [before, after] = pair else { continue };
        if named.contains_key(before) && pairs.insert((before, after)) {
            for index in named.get(after).into_iter().flatten() {
                processes[*index].after.push(before.clone());
            }
        }
    }
    let order = planned(&processes, &named);
    let mut waiting: Vec<Option<Process>> = processes.into_iter().map(Some).collect();
    order.into_iter().filter_map(|index| waiting[index].take()).collect()
}

/// Indices in the order of the plan: always the first process of which all that it waits for are done. A plan without a
/// next process is refused by the compiler; nothing is lost all the same.
fn planned(processes: &[Process], named: &HashMap<String, Vec<usize>>) -> Vec<usize> {
    let all_named = |names: &[String]| names.iter().filter_map(|n| named.get(n)).map(Vec::len).sum::<usize>();
    let mut unmet: Vec<usize> = processes.iter().map(|p| all_named(&p.after)).collect();
    let mut followers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, process) in processes.iter().enumerate() {
        process.after.iter().for_each(|name| followers.entry(name).or_default().push(index));
    }
    let mut ready: BTreeSet<usize> = (0..processes.len()).filter(|index| unmet[*index] == 0).collect();
    let mut rest: BTreeSet<usize> = (0..processes.len()).collect();
    let mut order = Vec::with_capacity(processes.len());
    while let Some(index) = ready.pop_first().or_else(|| rest.first().copied()) {
        rest.remove(&index);
        order.push(index);
        for follower in followers.get(processes[index].name.as_str()).into_iter().flatten() {
            unmet[*follower] = unmet[*follower].saturating_sub(1);
            if unmet[*follower] == 0 && rest.contains(follower) {
                ready.insert(*follower);
            }
        }
    }
    order
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
