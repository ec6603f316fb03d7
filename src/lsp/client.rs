//! What a client can do, and what it has set.

use std::path::PathBuf;

use gen_lsp_types::{ClientCapabilities, InitializeParams, MarkupKind, WorkspaceFolders};
use serde_json::Value;

use super::host::Settings;
use super::text::Encoding;
use super::uri::path_of;

/// What a client can do.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Client {
    /// What columns are counted in.
    pub(super) encoding: Encoding,
    /// Whether it asks for diagnostics, and can be told to ask again.
    pub(super) pulls: bool,
    /// Whether it takes diagnostics of other files in an answer.
    pub(super) related_documents: bool,
    /// Whether completions may have places to fill in.
    pub(super) snippets: bool,
    /// Whether the outline may be a tree.
    pub(super) symbol_trees: bool,
    /// Whether hovers may be Markdown.
    pub(super) markdown: bool,
    /// Whether it tells of files that change on disk when it is asked to.
    pub(super) watches: bool,
}

impl Client {
    pub(super) fn of(capabilities: &ClientCapabilities) -> Client {
        let general = capabilities.general.as_ref();
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let offered = general.and_then(|g| g.position_encodings.clone()).unwrap_or_default();
        let pull = document.and_then(|d| d.diagnostic.as_ref());
        let again = workspace.and_then(|w| w.diagnostics.as_ref()).and_then(|d| d.refresh_support);
        let item = document.and_then(|d| d.completion.as_ref()).and_then(|c| c.completion_item.as_ref());
        let outline = document.and_then(|d| d.document_symbol.as_ref());
        let hover = document.and_then(|d| d.hover.as_ref()).and_then(|h| h.content_format.as_ref());
        let watching = workspace.and_then(|w| w.did_change_watched_files.as_ref());
        Client {
            encoding: Encoding::negotiated(&offered),
            pulls: pull.is_some() && again == Some(true),
            related_documents: pull.is_some_and(|p| p.related_document_support == Some(true)),
            snippets: item.is_some_and(|i| i.snippet_support == Some(true)),
            symbol_trees: outline.is_some_and(|o| o.hierarchical_document_symbol_support == Some(true)),
            markdown: hover.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            watches: watching.is_some_and(|w| w.dynamic_registration == Some(true)),
        }
    }
}

/// The folders that are open, without those that are no files.
#[expect(deprecated, reason = "old clients have one folder, and no other way to name it")]
pub(super) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) => {
            folders.iter().filter_map(|folder| path_of(&folder.uri)).collect()
        }
        _ => params.root_uri.iter().filter_map(path_of).collect(),
    }
}

/// The settings of a client: `{"bind": {"NAME": "VALUE"}, "user": "NAME"}`, alone or under `jobc`. What is not understood
/// is left out.
pub(super) fn settings(value: &Value) -> Settings {
    let value = value.get("jobc").unwrap_or(value);
    let pair = |(name, value): (&String, &Value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
        (name.clone(), text)
    };
    let bind = value.get("bind").and_then(Value::as_object);
    let user = value.get("user").and_then(Value::as_str).filter(|user| !user.is_empty());
    Settings { bind: bind.into_iter().flatten().map(pair).collect(), user: user.map(str::to_string) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_where_clients_put_them() {
        let expected = Settings {
            bind: vec![("profile".to_string(), "prod".to_string())],
            user: Some("www".to_string()),
        };
        for text in [
            r#"{"bind": {"profile": "prod"}, "user": "www"}"#,
            r#"{"jobc": {"bind": {"profile": "prod"}, "user": "www", "other": 1}}"#,
        ] {
            assert_eq!(settings(&serde_json::from_str(text).unwrap()), expected, "{text}");
        }
        assert_eq!(settings(&Value::Null), Settings::default());
    }
}
