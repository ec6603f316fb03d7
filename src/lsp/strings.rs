//! Completion inside strings and comments.

use std::collections::BTreeSet;

use gen_lsp_types::{CompletionItem, CompletionItemKind};

use super::context::name_before;
use super::mustaches::{bindings, mustaches};
use super::place::Place;
use super::structs;
use super::walk::{Node, walk};
use crate::lints::all_codes;
use crate::source::Loader as _;
use crate::syntax::ast::{ArgKind, Expr, ExprKind};

/// What Thermos and the executor bind when a task runs.
const AT_RUN_TIME: [(&str, &str); 5] = [
    ("mesos.instance", "the number of the instance, from 0"),
    ("mesos.hostname", "the host that the instance runs on"),
    ("thermos.ports[]", "the port that was allocated for a name"),
    ("thermos.task_id", "the id of the task"),
    ("thermos.user", "the user that the task runs as"),
];

/// Values of fields that a scheduler knows, whatever its settings are.
const KNOWN: [(&str, &[&str]); 3] = [
    ("tier", &["preferred", "preemptible", "revocable"]),
    ("cron_collision_policy", &["KILL_EXISTING", "CANCEL_NEW"]),
    ("environment", &["prod", "devel", "test", "staging"]),
];

/// Codes of lints in a comment that allows them.
pub(super) fn codes(place: &Place<'_>, start: usize) -> Vec<CompletionItem> {
    let comment = &place.text()[start..place.offset];
    let Some(list) = comment.find("allow(").map(|at| &comment[at + 6..]).filter(|list| !list.contains(')'))
    else {
        return Vec::new();
    };
    let begun = list.rsplit([',', ' ']).next().unwrap_or_default();
    let from = place.offset - begun.len();
    let lints = all_codes().into_iter().filter(|code| code.is_lint());
    lints
        .map(|code| {
            let mut item = place.item(code.id, CompletionItemKind::EnumMember, code.name);
            item.filter_text = Some(format!("{} {}", code.id, code.name));
            place.insert(&mut item, from, code.id, None);
            item
        })
        .collect()
}

/// What a reference can name: what is bound, what other references name, fields, and what is known at run time only.
pub(super) fn references(place: &Place<'_>, address: usize) -> Vec<CompletionItem> {
    let begun = &place.text()[address..place.offset];
    if let Some((head, _)) = begun.split_once('.') {
        return members(place, head, address);
    }
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    let mut add = |name: &str, kind, detail: &str| {
        if seen.insert(name.to_string()) {
            let mut item = place.item(name, kind, detail);
            place.insert(&mut item, address, &closed(place, name), None);
            items.push(item);
        }
    };
    for unit in &place.family {
        for binding in bindings(&unit.parsed.module) {
            let line = unit.text.line_of(binding.span.start as usize) + 1;
            let file = unit.path.file_name().unwrap_or_default().to_string_lossy();
            add(&binding.name, CompletionItemKind::Variable, &format!("bound in {file}:{line}"));
        }
    }
    for open in place.context.open.iter().rev().filter(|open| open.bracket == b'(') {
        let Some(structure) = place.called(open.at) else { continue };
        for field in structure.fields.iter().filter(|field| field.ty == "String" || field.ty == "Integer") {
            add(&field.name, CompletionItemKind::Field, &format!("field of {}", structure.name));
        }
    }
    for unit in &place.family {
        let others = mustaches(&unit.parsed.module).into_iter();
        others.for_each(|other| add(&other.address, CompletionItemKind::Reference, "read elsewhere"));
    }
    for (name, detail) in AT_RUN_TIME {
        add(name, CompletionItemKind::Constant, &format!("{detail}; known when the task runs"));
    }
    items
}

/// The fields of what is bound to a name.
fn members(place: &Place<'_>, head: &str, address: usize) -> Vec<CompletionItem> {
    let from = address + head.len() + 1;
    let mut items = Vec::new();
    let mut add = |name: &str, detail: &str| {
        let mut item = place.item(name, CompletionItemKind::Field, detail);
        place.insert(&mut item, from, &closed(place, name), None);
        items.push(item);
    };
    for (name, detail) in AT_RUN_TIME {
        if let Some((owner, member)) = name.split_once('.')
            && owner == head
        {
            add(member, detail);
        }
    }
    let bound = place.family.iter().flat_map(|unit| {
        let all = bindings(&unit.parsed.module).into_iter().filter(|binding| binding.name == head);
        all.map(|binding| unit.snippet(binding.value).to_string()).collect::<Vec<_>>()
    });
    let mut names: Vec<String> =
        bound.map(|value| value.split('(').next().unwrap_or_default().to_string()).collect();
    names.dedup();
    let mut seen = BTreeSet::new();
    for structure in names.iter().filter_map(|name| structs::named(name, &place.family)) {
        for field in &structure.fields {
            if seen.insert(field.name.clone()) {
                add(&field.name, &field.title());
            }
        }
    }
    items
}

/// A name with the braces that close its mustache, unless they are there.
fn closed(place: &Place<'_>, name: &str) -> String {
    let is_closed =
        place.text()[place.offset..].trim_start_matches(|c: char| c.is_alphanumeric()).starts_with('}');
    if is_closed { name.to_string() } else { format!("{name}}}}}") }
}

/// What a string can be: a file to include, a value of an enum, or one that the same field has elsewhere.
pub(super) fn plain(place: &Place<'_>, start: usize) -> Vec<CompletionItem> {
    let callee = place.context.call().map(|call| name_before(place.text(), call).1);
    if matches!(callee, Some("include" | "open")) {
        return files(place, start);
    }
    let Some(field) = place.field() else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    let mut add = |value: &str, detail: &str| {
        if !value.is_empty() && !value.contains('\n') && seen.insert(value.to_string()) {
            let mut item = place.item(value, CompletionItemKind::Value, detail);
            place.insert(&mut item, start, value, None);
            items.push(item);
        }
    };
    let values = field.spec.as_ref().and_then(structs::enum_values);
    values.into_iter().flat_map(|spec| spec.values).for_each(|value| add(value, &field.ty));
    let known = KNOWN.iter().find(|(name, _)| *name == field.name);
    known.into_iter().flat_map(|(_, values)| *values).for_each(|value| add(value, &field.name));
    for unit in &place.family {
        walk(&unit.parsed.module.body, &mut |node| {
            let Node::Expr(Expr { kind: ExprKind::Call { args, .. }, .. }) = node else { return };
            for arg in args {
                if let (ArgKind::Keyword(keyword), ExprKind::Str(text)) = (&arg.kind, &arg.value.kind)
                    && keyword.name == field.name
                    && !(arg.value.span.start as usize <= start && start <= arg.value.span.end as usize)
                {
                    add(&text.text, "used elsewhere");
                }
            }
        });
    }
    items
}

/// Files that can be included.
fn files(place: &Place<'_>, start: usize) -> Vec<CompletionItem> {
    let begun = &place.text()[start..place.offset];
    let directory = begun.rfind('/').map_or("", |at| &begun[..=at]);
    let own = place.unit.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let loader = place.state.loader(&place.unit.path);
    let mut names = loader.siblings(Some(&place.unit.path), &format!("{directory}x"));
    names.sort();
    let names = names.into_iter().map(|name| match name.starts_with(directory) {
        true => name,
        false => format!("{directory}{name}"),
    });
    names
        .filter(|name| *name != own)
        .map(|name| {
            let mut item = place.item(&name, CompletionItemKind::File, "");
            place.insert(&mut item, start, &name, None);
            item
        })
        .collect()
}
