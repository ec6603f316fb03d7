//! The plan of a task: process names, and the order that its constraints ask for (Thermos's TaskPlanner).

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::reader::{Outcome, Reader};
use crate::common::{FewMap, FxIndexMap};
use crate::diagnostics::codes::job::{BAD_PLAN, BAD_PROCESS_NAME};
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::lints::job::{DUPLICATE_PROCESS, UNKNOWN_CONSTRAINT_NAMES};
use crate::lints::template::UNCLOSED_REFERENCE;
use crate::source::Span;
use crate::template::value::{Text, Value};
use crate::template::{self, Object, Walk};

/// What planning needs to know of a process.
struct Process {
    daemon: bool,
    ephemeral: bool,
    span: Span,
}

/// A group of processes that Thermos plans by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Regular,
    Final,
}

/// A constraint: the names in order, and where it was made.
struct Order {
    names: Vec<Text>,
    /// Where each name was written.
    places: Vec<Span>,
    span: Span,
}

impl Order {
    fn place_of(&self, name: &str) -> Span {
        let index = self.names.iter().position(|n| n.as_str() == name);
        index.and_then(|i| self.places.get(i)).copied().unwrap_or(Span::NONE).or(self.span)
    }
}

/// The processes of a task by name: of two in one group that share a name the last one.
#[derive(Default)]
struct Processes {
    regular: FewMap<Text, Process>,
    finals: FewMap<Text, Process>,
}

impl Processes {
    fn of(&self, group: Group) -> &FewMap<Text, Process> {
        match group {
            Group::Regular => &self.regular,
            Group::Final => &self.finals,
        }
    }

    fn of_mut(&mut self, group: Group) -> &mut FewMap<Text, Process> {
        match group {
            Group::Regular => &mut self.regular,
            Group::Final => &mut self.finals,
        }
    }

    fn any(&self, name: &Text) -> Option<&Process> {
        self.regular.get(name).or_else(|| self.finals.get(name))
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.regular.keys().chain(self.finals.keys()).map(Text::as_str)
    }
}

/// Checks names and plan of a task. Where not all of the job could be interpolated, names may still hold references.
pub(super) fn check(task: &Object, outcome: Outcome, custom: bool, reader: &mut Reader) {
    let Some(list) = processes_of(task, reader) else { return };
    let mut processes = Processes::default();
    for object in list.iter() {
        let Some((name, process, group)) = read_process(object, reader) else { continue };
        if outcome == Outcome::Sound || !name.as_str().contains("{{") {
            check_name(object, name.as_str(), reader);
        }
        warn_of_duplicate(&name, &process, group, &processes, reader);
        processes.of_mut(group).insert(name, process);
    }
    if custom && list.is_empty() {
        return;
    }
    let orders = read_orders(task, reader);
    report_unknown(&orders, &processes, reader);
    report_mixed(&orders, &processes, reader);
    for group in [Group::Regular, Group::Final] {
        check_group(&orders, processes.of(group), reader);
    }
}

fn warn_of_duplicate(
    name: &Text,
    process: &Process,
    group: Group,
    processes: &Processes,
    reader: &mut Reader,
) {
    let Some(earlier) = processes.any(name) else { return };
    let name_ = name.as_str();
    let message = match processes.of(group).contains_key(name) {
        true => format!("two processes are called `{name_}`; the last one decides"),
        false => format!("a regular and a final process are both called `{name_}`"),
    };
    let d = Diagnostic::warning(&DUPLICATE_PROCESS, process.span, message);
    reader.push(d.label(earlier.span, "the first one"));
}

/// The processes of a task, unchecked: what planning needs of them is checked as it is read.
fn processes_of(task: &Object, reader: &mut Reader) -> Option<Rc<[Object]>> {
    task.field("processes")?;
    let list = reader.structure(task, "processes")?;
    if list.is_stable() {
        return list.shared_elements();
    }
    match list.interpolate(&mut Walk::default()) {
        Ok(list) => list.shared_elements(),
        Err(fault) => {
            reader.fault(fault.at(task.origin()));
            None
        }
    }
}

/// The text of an interpolated scalar, shared.
fn shared_text(value: &Object) -> Option<Text> {
    Some(match value.raw()? {
        Value::Str(text) => text.clone(),
        other => other.to_text().into(),
    })
}

fn read_process(object: &Object, reader: &mut Reader) -> Option<(Text, Process, Group)> {
    let text = shared_text(&reader.required(object, "name")?)?;
    doubt_command_line(object, reader);
    let daemon = reader.boolean(object, "daemon");
    let ephemeral = reader.boolean(object, "ephemeral");
    let is_final = reader.boolean(object, "final");
    reader.integer(object, "max_failures");
    reader.integer(object, "min_duration");
    let group = if is_final? { Group::Final } else { Group::Regular };
    Some((text, Process { daemon: daemon?, ephemeral: ephemeral?, span: object.origin() }, group))
}

/// Rejects what cannot be a file name (Thermos's ThermosProcessWrapper).
fn check_name(process: &Object, name: &str, reader: &mut Reader) {
    if !name.is_empty() && !name.starts_with(['.', '/']) && !name.contains('/') {
        return;
    }
    let span = process.field_span("name").or(process.origin());
    let message = format!("`{name}` cannot be the name of a process");
    let d = Diagnostic::error(&BAD_PROCESS_NAME, span, message);
    let mended = name.trim_start_matches('.').replace('/', "-");
    reader.push(match mended.is_empty() {
        true => d.help("give the process a name"),
        false => d.help(format!("`{mended}` would do")),
    });
}

/// References of one command line that are doubted.
const MAX_DOUBTS: usize = 20;

/// Warns of references that the command line begins and does not end.
fn doubt_command_line(process: &Object, reader: &mut Reader) {
    let Some(Value::Str(text)) = process.field("cmdline").and_then(Object::raw) else { return };
    for range in template::unclosed(text.as_str()).take(MAX_DOUBTS) {
        let begun = &text.as_str()[range.clone()];
        let message = format!("`{begun}` is not closed, so the command line keeps it as it is");
        let span = text.span_of(range.clone()).or(process.field_span("cmdline")).or(process.origin());
        let d = Diagnostic::warning(&UNCLOSED_REFERENCE, span, message);
        reader.push(d.meant(begun, &format!("{}}}}}", begun.trim_end_matches('}'))));
    }
}

fn read_orders(task: &Object, reader: &mut Reader) -> Vec<Order> {
    let constraints = reader.optional_list(task, "constraints").unwrap_or_default();
    let task_span = task.field_span("constraints");
    let mut orders = Vec::with_capacity(constraints.len());
    for constraint in constraints.iter() {
        if reader.required(constraint, "order").is_none() {
            continue;
        }
        let names = reader.optional_list(constraint, "order").unwrap_or_default();
        let (names, places) = names.iter().filter_map(|n| Some((shared_text(n)?, n.origin()))).unzip();
        orders.push(Order { names, places, span: constraint.origin().or(task_span).or(task.origin()) });
    }
    orders
}

/// Warns of constraints that name only processes the task does not have.
fn report_unknown(orders: &[Order], processes: &Processes, reader: &mut Reader) {
    for order in orders {
        if order.names.is_empty() || order.names.iter().any(|n| processes.any(n).is_some()) {
            continue;
        }
        let names = quoted_list(order.names.iter().map(Text::as_str), 4);
        let message = format!("the task has no processes {names}, so this order does nothing");
        let there = quoted_list(processes.names(), 12);
        let d = Diagnostic::warning(&UNKNOWN_CONSTRAINT_NAMES, order.span, message);
        let meant = order.names.iter().find_map(|n| Some((n, nearest(n.as_str(), processes.names())?)));
        let d = match meant {
            Some((name, near)) => d.label(order.place_of(name.as_str()), format!("did you mean `{near}`?")),
            None => d,
        };
        reader.push(d.help(format!("its processes are {there}")));
    }
}

/// Checks the constraints whose names are all in one group.
fn check_group(orders: &[Order], group: &FewMap<Text, Process>, reader: &mut Reader) {
    let mut edges: FxIndexMap<&str, FxHashSet<&str>> = FxIndexMap::default();
    // One order alone, of different names, runs in no circle.
    let alone = matches!(orders, [order] if are_few_and_different(&order.names));
    for order in orders.iter().filter(|order| order.names.iter().all(|name| group.contains_key(name))) {
        for pair in order.names.windows(2) {
            check_pair(pair[0].as_str(), pair[1].as_str(), group, order.span, reader);
            if !alone {
                edges.entry(pair[1].as_str()).or_default().insert(pair[0].as_str());
            }
        }
    }
    report_cycle(&edges, orders, reader);
}

/// Names that are compared with each other one by one.
const FEW: usize = 8;

fn are_few_and_different(names: &[Text]) -> bool {
    names.len() <= FEW && names.iter().enumerate().all(|(at, name)| !names[..at].contains(name))
}

/// Rejects orders without names, and those of which some names are in a group and some are not.
fn report_mixed(orders: &[Order], processes: &Processes, reader: &mut Reader) {
    for order in orders {
        if reader.is_full() {
            return;
        }
        if order.names.is_empty() {
            reader.push(Diagnostic::error(&BAD_PLAN, order.span, "an order needs at least one process"));
        }
        let inside =
            |group: Group| order.names.iter().filter(|name| processes.of(group).contains_key(*name)).count();
        let partly =
            |group: &Group| !matches!(inside(*group), count if count == 0 || count == order.names.len());
        if [Group::Regular, Group::Final].iter().any(partly) {
            reader.push(mixed(order, processes));
        }
    }
}

fn mixed(order: &Order, processes: &Processes) -> Diagnostic {
    if let Some(name) = order.names.iter().find(|name| processes.any(name).is_none()) {
        let name = name.as_str();
        let message = format!("the order names `{name}`, but the task has no such process");
        let d = Diagnostic::error(&BAD_PLAN, order.place_of(name), message);
        return match nearest(name, processes.names()) {
            Some(near) => d.meant(name, near),
            None => d.help(format!("the processes are {}", quoted_list(processes.names(), 12))),
        };
    }
    let names = quoted_list(order.names.iter().map(Text::as_str), 6);
    let message = format!("the order of {names} mixes final and regular processes");
    let d = Diagnostic::error(&BAD_PLAN, order.span, message);
    let in_both =
        |name: &&Text| processes.regular.contains_key(*name) && processes.finals.contains_key(*name);
    let d = match order.names.iter().find(in_both) {
        Some(name) => d.note(format!("a regular and a final process are both called `{}`", name.as_str())),
        None => d,
    };
    d.help("final processes run after all others anyway; order them among themselves only")
}

fn check_pair(before: &str, after: &str, processes: &FewMap<Text, Process>, span: Span, reader: &mut Reader) {
    let (Some(first), Some(second)) = (processes.get(before), processes.get(after)) else { return };
    if first.daemon {
        let message = format!("`{after}` may not wait for `{before}`, which is a daemon and never ends");
        reader.push(Diagnostic::error(&BAD_PLAN, span, message).label(first.span, "the daemon"));
    } else if first.ephemeral && !second.ephemeral {
        let message = format!("`{after}` may not wait for `{before}`, which is ephemeral");
        let d = Diagnostic::error(&BAD_PLAN, span, message).label(first.span, "the ephemeral process");
        reader.push(d.help("only an ephemeral process may come after an ephemeral one"));
    }
}

fn report_cycle(edges: &FxIndexMap<&str, FxHashSet<&str>>, orders: &[Order], reader: &mut Reader) {
    let rest = left_over(edges);
    if rest.is_empty() {
        return;
    }
    let mut names: Vec<&str> = rest.into_iter().collect();
    names.sort_unstable();
    let touching: Vec<&Order> =
        orders.iter().filter(|o| o.names.iter().any(|n| names.binary_search(&n.as_str()).is_ok())).collect();
    let span = touching.last().map_or(Span::NONE, |o| o.span);
    let message =
        format!("the processes {} wait for each other in a circle", quoted_list(names.iter().copied(), 8));
    let mut d = Diagnostic::error(&BAD_PLAN, span, message).here("this order closes the circle");
    for order in touching.iter().rev().skip(1).filter(|o| o.span != span).take(3) {
        d = d.label(
            order.span,
            format!("{} here", order.names.iter().map(Text::as_str).collect::<Vec<_>>().join(" before ")),
        );
    }
    reader.push(d);
}

/// The processes that can never start: what is left when those without unmet dependencies are taken away.
fn left_over<'e>(edges: &FxIndexMap<&'e str, FxHashSet<&'e str>>) -> FxHashSet<&'e str> {
    let mut waiting: FxIndexMap<&str, usize> = edges.iter().map(|(n, d)| (*n, d.len())).collect();
    let mut followers: FxIndexMap<&str, Vec<&str>> = FxIndexMap::default();
    for (after, befores) in edges {
        for before in befores {
            followers.entry(before).or_default().push(after);
        }
    }
    let mut ready: Vec<&str> = followers.keys().filter(|n| !edges.contains_key(*n)).copied().collect();
    while let Some(name) = ready.pop() {
        for follower in followers.get(name).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(follower) {
                *count -= 1;
                if *count == 0 {
                    ready.push(follower);
                }
            }
        }
    }
    waiting.into_iter().filter(|(_, count)| *count > 0).map(|(n, _)| n).collect()
}
