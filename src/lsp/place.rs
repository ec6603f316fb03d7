//! A place that is completed, and the items that can stand there.

use std::sync::Arc;

use gen_lsp_types::{CompletionItem, CompletionItemKind, InsertTextFormat, TextEdit};

use super::context::{Context, arguments, context, keyword, name_before};
use super::state::{Document, State};
use super::structs::{self, Field, Struct};
use super::unit::Unit;

/// A place that is completed.
pub(super) struct Place<'p> {
    pub(super) state: &'p State<'p>,
    /// The document as it is.
    pub(super) unit: &'p Unit,
    /// The files that share its names, as they were when they could be parsed.
    pub(super) family: Vec<Arc<Unit>>,
    pub(super) offset: usize,
    pub(super) context: Context,
}

impl<'p> Place<'p> {
    pub(super) fn new(state: &'p State<'p>, document: &'p Document, offset: usize) -> Place<'p> {
        let unit = &*document.unit;
        let mut family = state.family(&unit.path);
        // A name whose statement cannot be parsed just now is still known.
        family.extend(document.whole.iter().filter(|whole| !Arc::ptr_eq(whole, &document.unit)).cloned());
        Place { state, unit, family, offset, context: context(unit.text.as_str(), offset) }
    }

    pub(super) fn text(&self) -> &str {
        self.unit.text.as_str()
    }

    /// The struct that the call around the place makes.
    pub(super) fn called(&self, call: usize) -> Option<Struct> {
        let (_, callee) = name_before(self.text(), call);
        // What is bound is not a field.
        if callee.ends_with(".bind") {
            return None;
        }
        if callee.is_empty() {
            // `Service(...)(...)`: the second call is of what the first gives.
            let head = self.text()[..call].trim_end();
            let open = matching(head)?;
            return self.called(open);
        }
        structs::named(callee, &self.family)
    }

    /// The field that the place gives a value to.
    pub(super) fn field(&self) -> Option<Field> {
        let call = self.context.open.last().map(|open| open.at)?;
        let (argument, _) = arguments(self.text(), call, self.offset);
        let name = keyword(&self.text()[argument..self.offset])?;
        self.called(call)?.fields.into_iter().find(|field| field.name == name)
    }

    /// An item that inserts its label.
    pub(super) fn item(&self, label: &str, kind: CompletionItemKind, detail: &str) -> CompletionItem {
        CompletionItem {
            label: label.to_string(),
            kind: Some(kind),
            detail: Some(detail.to_string()).filter(|detail| !detail.is_empty()),
            ..CompletionItem::default()
        }
    }

    /// What an item puts in place of the text from `start`: a snippet for clients that know them.
    pub(super) fn insert(&self, item: &mut CompletionItem, start: usize, text: &str, snippet: Option<&str>) {
        let range = self.unit.text.range(start..self.offset, self.state.client.encoding);
        let snippet = snippet.filter(|_| self.state.client.snippets);
        if snippet.is_some() {
            item.insert_text_format = Some(InsertTextFormat::Snippet);
        }
        let new_text = snippet.unwrap_or(text).to_string();
        item.text_edit = Some(TextEdit { range, new_text }.into());
    }
}

/// The bracket that the last one of a text closes.
fn matching(text: &str) -> Option<usize> {
    let inside = text.strip_suffix(')')?;
    context(inside, inside.len()).call()
}
