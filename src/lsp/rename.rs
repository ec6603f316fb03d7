//! Renaming, in every file that shares the name.

use std::collections::HashMap;

use gen_lsp_types::{
    PrepareRenameParams, PrepareRenamePlaceholder, PrepareRenameResult, RenameParams, TextEdit, Uri,
    WorkspaceEdit,
};

use super::names::{Role, keywords, occurrences};
use super::navigate::{Place, found, places};
use super::refusal::Refusal;
use super::state::State;
use super::symbol::Symbol;
use super::unit::Unit;
use crate::schema;

/// Words that are no names.
const KEYWORDS: [&str; 32] = [
    "and", "as", "assert", "break", "class", "continue", "def", "del", "elif", "else", "except", "exec",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "not", "or", "pass", "print",
    "raise", "return", "try", "while", "with", "yield", "None",
];

/// The names that Thermos and the executor bind, and that Aurora looks for.
const SPECIAL: [&str; 5] = ["mesos", "thermos", "jobs", "executors", "docker"];

/// Whether something can be renamed, and what it is called now.
pub(super) fn prepare(
    state: &State<'_>,
    params: PrepareRenameParams,
) -> Result<Option<PrepareRenameResult>, Refusal> {
    let at = params.text_document_position_params;
    let Some((unit, symbol)) = found(state, &at.text_document.uri, at.position) else {
        return Err(Refusal::because("there is no name here"));
    };
    refuse(state, &unit, &symbol)?;
    let range = unit.range(symbol.span(), state.client.encoding);
    let placeholder = unit.snippet(symbol.span()).to_string();
    Ok(Some(PrepareRenamePlaceholder { range, placeholder }.into()))
}

/// The edits that rename something.
pub(super) fn rename(state: &State<'_>, params: RenameParams) -> Result<Option<WorkspaceEdit>, Refusal> {
    let at = params.text_document_position_params;
    let new = &*params.new_name;
    let Some((unit, symbol)) = found(state, &at.text_document.uri, at.position) else {
        return Err(Refusal::because("there is no name here"));
    };
    refuse(state, &unit, &symbol)?;
    if !is_name(new) {
        return Err(Refusal::because(format!("`{new}` is not a name")));
    }
    let mut all = places(state, &unit, &symbol);
    all.extend(keyword_places(state, &unit, &symbol));
    for place in &all {
        taken(&place.unit, &symbol, new)?;
    }
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for Place { unit, span, .. } in all {
        let range = unit.range(span, state.client.encoding);
        let edit = TextEdit { range, new_text: new.to_string() };
        let edits = changes.entry(unit.uri.clone()).or_default();
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }
    Ok(Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }))
}

/// Says why something cannot be renamed.
fn refuse(state: &State<'_>, unit: &std::sync::Arc<Unit>, symbol: &Symbol) -> Result<(), Refusal> {
    let name = match symbol {
        Symbol::File(_) => return Err(Refusal::because("a file is renamed by moving it")),
        Symbol::Name(one) => one.name.as_str(),
        Symbol::Bound { name, .. } => name,
    };
    if SPECIAL.contains(&name) {
        return Err(Refusal::because(format!(
            "`{name}` has a meaning for Aurora, and cannot have another name"
        )));
    }
    let all = places(state, unit, symbol);
    if !all.iter().any(|place| place.binds) {
        let is_known = schema::globals().iter().any(|(known, _)| *known == name);
        return Err(Refusal::because(match symbol {
            Symbol::Bound { .. } => {
                format!("no `bind()` in these files binds `{name}`: it may be a field, or come from --bind")
            }
            _ if is_known => format!("`{name}` is a name of Aurora's schema"),
            _ => format!("nothing in these files gives `{name}` a value"),
        }));
    }
    if matches!(symbol, Symbol::Bound { .. }) && is_field(name) {
        let why = format!("`{name}` is the name of a field, too, and a reference may mean either");
        return Err(Refusal::because(why));
    }
    Ok(())
}

/// Whether some struct of the schema has a field of this name.
fn is_field(name: &str) -> bool {
    schema::struct_specs().any(|spec| spec.fields.iter().any(|field| field.name == name))
}

/// Refuses a name that would get another meaning in a file.
fn taken(unit: &Unit, symbol: &Symbol, new: &str) -> Result<(), Refusal> {
    let Symbol::Name(one) = symbol else { return Ok(()) };
    let all = occurrences(&unit.parsed.module);
    let clash = all.iter().find(|other| other.name == new && (other.scope == one.scope || one.scope == 0));
    let is_schema = schema::globals().iter().any(|(known, _)| *known == new);
    match clash {
        Some(other) => {
            let line = unit.text.line_of(other.span.start as usize) + 1;
            let verb = if other.role == Role::Bind { "set" } else { "used" };
            Err(Refusal::because(format!("`{new}` is {verb} in line {line} already")))
        }
        None if is_schema => Err(Refusal::because(format!("`{new}` is a name of Aurora's schema"))),
        None => Ok(()),
    }
}

/// The keywords by which calls give a parameter its value.
fn keyword_places(state: &State<'_>, unit: &std::sync::Arc<Unit>, symbol: &Symbol) -> Vec<Place> {
    let Symbol::Name(one) = symbol else { return Vec::new() };
    let Some(function) = super::outline::function_with_parameter(unit, one.span) else { return Vec::new() };
    let family = state.family(&unit.path).into_iter();
    let calls = family.flat_map(|unit| {
        let all = keywords(&unit.parsed.module).into_iter();
        let meant = all.filter(|(callee, keyword, _)| *callee == function && *keyword == one.name);
        let place = |span| Place { unit: unit.clone(), span, binds: false };
        meant.map(|(_, _, span)| place(span)).collect::<Vec<_>>()
    });
    calls.collect()
}

fn is_name(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    begins && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && !KEYWORDS.contains(&text)
}
