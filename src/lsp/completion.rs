//! Completion: what can stand at a place. It does not need the line to be parsed.

use std::collections::BTreeMap;
use std::sync::Arc;

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, Documentation, MarkupContent,
    MarkupKind,
};

use super::context::{arguments, keyword, mustache, name_before};
use super::names::{Role, occurrences};
use super::place::Place;
use super::refusal::Refusal;
use super::state::State;
use super::strings;
use super::structs::{self, Field, Struct};
use super::unit::Unit;
use crate::schema;
use crate::syntax::ast::StmtKind;
use crate::template::value::Value;

/// What can stand at a place of a document.
pub(super) fn complete(
    state: &State<'_>,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>, Refusal> {
    let at = params.text_document_position_params;
    let Some(document) = state.document(&at.text_document.uri) else { return Ok(None) };
    let offset = document.unit.offset(at.position, state.client.encoding);
    let place = Place::new(state, document, offset);
    let mut items = place.items();
    for (number, item) in items.iter_mut().enumerate() {
        item.sort_text = Some(format!("{number:05}"));
    }
    Ok(Some(CompletionResponse::CompletionItemList(items)))
}

impl Place<'_> {
    /// What can stand at the place.
    fn items(&self) -> Vec<CompletionItem> {
        match (self.context.comment, self.context.string) {
            (Some(start), _) => strings::codes(self, start),
            (_, Some(start)) => match mustache(self.text(), start, self.offset) {
                Some(address) => strings::references(self, address),
                None => strings::plain(self, start),
            },
            _ => self.code(),
        }
    }

    fn code(&self) -> Vec<CompletionItem> {
        let (start, name) = name_before(self.text(), self.offset);
        if let Some((owner, _)) = name.rsplit_once('.') {
            return self.members(owner, start + owner.len() + 1);
        }
        let mut items = Vec::new();
        if let Some(call) = self.context.call() {
            let (argument, given) = arguments(self.text(), call, self.offset);
            match keyword(&self.text()[argument..self.offset]) {
                Some(field) => items.extend(self.values(call, &field)),
                None => items.extend(self.fields(call, &given, start)),
            }
        }
        items.extend(self.names());
        items
    }

    /// The fields of a struct that are not given, those first that must be.
    fn fields(&self, call: usize, given: &[String], start: usize) -> Vec<CompletionItem> {
        let Some(structure) = self.called(call) else { return self.parameters(call, given) };
        // A struct that has been made once has what it needs.
        let is_again = self.text()[..call].trim_end().ends_with(')');
        let (_, callee) = name_before(self.text(), call);
        let is_made = is_again || (structs::of_schema(callee).is_none() && !self.is_class(callee));
        let open: Vec<&Field> =
            structure.fields.iter().filter(|field| !given.contains(&field.name)).collect();
        let (first, rest): (Vec<&Field>, Vec<&Field>) =
            open.into_iter().partition(|field| field.required && !is_made);
        let item = |field: &Field| {
            let mut item = self.item(&field.name, CompletionItemKind::Field, &field.title());
            item.documentation = documentation(&field.doc);
            self.insert(&mut item, start, &format!("{} = ", field.name), Some(&snippet(field)));
            item
        };
        let is_new = given.is_empty() && first.len() > 1 && self.state.client.snippets;
        let whole = is_new.then(|| self.all_required(&structure, &first, start));
        whole.into_iter().chain(first.into_iter().chain(rest).map(item)).collect()
    }

    fn is_class(&self, name: &str) -> bool {
        let declares = |unit: &Arc<Unit>| {
            unit.parsed.module.body.iter().any(
                |stmt| matches!(&stmt.kind, StmtKind::ClassDef { name: class, .. } if class.name == name),
            )
        };
        self.family.iter().any(declares)
    }

    /// All fields that must be given, at once.
    fn all_required(&self, structure: &Struct, fields: &[&Field], start: usize) -> CompletionItem {
        let label = fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
        let detail = format!("what every {} needs", structure.name);
        let mut item = self.item(&label, CompletionItemKind::Snippet, &detail);
        let lines = fields.iter().enumerate();
        let snippet: Vec<String> =
            lines.map(|(n, field)| snippet(field).replace("$1", &format!("${}", n + 1))).collect();
        self.insert(&mut item, start, "", Some(&snippet.join(", ")));
        item
    }

    /// The parameters of a function that are not given.
    fn parameters(&self, call: usize, given: &[String]) -> Vec<CompletionItem> {
        let (_, callee) = name_before(self.text(), call);
        let Some(function) = super::signature::function(callee, &self.family) else { return Vec::new() };
        let (start, _) = name_before(self.text(), self.offset);
        let open = function.parameters.iter().filter(|p| !given.iter().any(|name| *name == *p.name.name));
        open.map(|parameter| {
            let mut item = self.item(
                &parameter.name.name,
                CompletionItemKind::Variable,
                &format!("parameter of {callee}"),
            );
            self.insert(&mut item, start, &format!("{} = ", parameter.name.name), None);
            item
        })
        .collect()
    }

    /// What a field can hold that its type tells.
    fn values(&self, call: usize, field: &str) -> Vec<CompletionItem> {
        let structure = self.called(call);
        let Some(field) = structure.and_then(|s| s.fields.into_iter().find(|f| f.name == field)) else {
            return Vec::new();
        };
        let typed = |name: &str| {
            let made = structs::of_schema(name)?;
            let mut item = self.item(name, CompletionItemKind::Struct, &made.doc);
            let (start, _) = name_before(self.text(), self.offset);
            self.insert(&mut item, start, name, Some(&format!("{name}($1)")));
            Some(item)
        };
        match field.ty.as_str() {
            "Boolean" => ["True", "False"]
                .map(|value| self.item(value, CompletionItemKind::Keyword, "Boolean"))
                .to_vec(),
            ty => ty.split(" or ").filter_map(typed).collect(),
        }
    }

    /// Names in scope: those of the file and its includes, of the schema, of Python.
    fn names(&self) -> Vec<CompletionItem> {
        let mut known: BTreeMap<String, CompletionItem> = BTreeMap::new();
        for unit in &self.family {
            for one in occurrences(&unit.parsed.module).into_iter().filter(|one| one.role == Role::Bind) {
                // The names of a function are seen inside it only, and where that is changes while it is written.
                let is_here = std::ptr::eq(&**unit, self.unit);
                if one.scope == 0 || is_here {
                    let name = one.name.to_string();
                    let detail = unit.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    let kind = self.kind_of(&name);
                    known.entry(name.clone()).or_insert_with(|| self.item(&name, kind, &detail));
                }
            }
        }
        let mut items: Vec<CompletionItem> = known.into_values().collect();
        for (name, global) in schema::globals() {
            let (kind, detail) = match &global {
                schema::Global::Value(Value::Type(_)) => {
                    let doc = structs::of_schema(name).map(|made| made.doc).unwrap_or_default();
                    (CompletionItemKind::Struct, doc)
                }
                schema::Global::Value(Value::Object(_)) => (CompletionItemKind::Constant, String::new()),
                schema::Global::Value(value) => (CompletionItemKind::Constant, value.repr()),
                schema::Global::Function(_) => (CompletionItemKind::Function, "helper".to_string()),
                schema::Global::Namespace(_) => (CompletionItemKind::Module, "helpers".to_string()),
            };
            items.push(self.item(name, kind, &detail));
        }
        items.push(self.item(
            "include",
            CompletionItemKind::Function,
            "runs another file in the same namespace",
        ));
        items
    }

    fn kind_of(&self, name: &str) -> CompletionItemKind {
        let statements = self.family.iter().flat_map(|unit| &unit.parsed.module.body);
        for stmt in statements {
            match &stmt.kind {
                StmtKind::FunctionDef(function) if function.name.name == name => {
                    return CompletionItemKind::Function;
                }
                StmtKind::ClassDef { name: class, .. } if class.name == name => {
                    return CompletionItemKind::Class;
                }
                _ => {}
            }
        }
        CompletionItemKind::Variable
    }

    /// The members of a namespace or a module, and the methods of objects.
    fn members(&self, owner: &str, start: usize) -> Vec<CompletionItem> {
        let globals = schema::globals();
        let namespace = globals.iter().find_map(|(name, global)| match global {
            schema::Global::Namespace(members) if *name == owner => Some(*members),
            _ => None,
        });
        if let Some(members) = namespace {
            let item = |(name, member): &(&'static str, schema::Member)| match member {
                schema::Member::Function(_) => self.item(name, CompletionItemKind::Method, owner),
                schema::Member::Constant(value) => {
                    self.item(name, CompletionItemKind::Constant, &value.value().repr())
                }
            };
            return members.iter().map(item).collect();
        }
        let Some(made) = structs::named(owner, &self.family) else { return Vec::new() };
        let mut items: Vec<CompletionItem> = METHODS
            .iter()
            .map(|(name, detail)| {
                let mut item = self.item(name, CompletionItemKind::Method, detail);
                self.insert(&mut item, start, &format!("{name}("), Some(&format!("{name}($1)")));
                item
            })
            .collect();
        for field in &made.fields {
            let detail = format!("reads `{}`", field.name);
            items.push(self.item(&format!("{}()", field.name), CompletionItemKind::Method, &detail));
        }
        items
    }
}

/// The methods that every object has.
const METHODS: [(&str, &str); 3] = [
    ("bind", "gives values to references"),
    ("check", "whether every required field is set and every value fits"),
    ("get", "the value as Python has it"),
];

/// `name = ` with a place for the value.
fn snippet(field: &Field) -> String {
    let value = match field.ty.as_str() {
        "String" => "'$1'".to_string(),
        ty if ty.starts_with("List(") => "[$1]".to_string(),
        ty if ty.starts_with("Map(") => "{$1}".to_string(),
        _ => "$1".to_string(),
    };
    format!("{} = {value}", field.name)
}

fn documentation(words: &str) -> Option<Documentation> {
    let content = MarkupContent { kind: MarkupKind::Markdown, value: words.to_string() };
    (!words.is_empty()).then(|| content.into())
}
