//! Links: included files.

use gen_lsp_types::{DocumentLink, DocumentLinkParams};

use super::includes::includes;
use super::refusal::Refusal;
use super::state::State;
use super::uri::uri_of;
use crate::source::Loader as _;

/// The links of a document.
pub(super) fn links(
    state: &State<'_>,
    params: DocumentLinkParams,
) -> Result<Option<Vec<DocumentLink>>, Refusal> {
    let Some(document) = state.document(&params.text_document.uri) else { return Ok(None) };
    let unit = &document.unit;
    let loader = state.loader(&unit.path);
    let link = |include: super::includes::Include| {
        let found = loader.find(Some(&unit.path), &include.name).ok()?;
        Some(DocumentLink {
            range: unit.range(include.span, state.client.encoding),
            target: Some(uri_of(&found.path)),
            ..DocumentLink::default()
        })
    };
    Ok(Some(includes(&unit.parsed.module).into_iter().filter_map(link).collect()))
}
