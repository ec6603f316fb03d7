//! Definitions, references and highlights: the places that a symbol is written at.

use std::sync::Arc;

use gen_lsp_types::{
    Definition, DefinitionParams, DefinitionResponse, DocumentHighlight, DocumentHighlightKind,
    DocumentHighlightParams, Location, Range, ReferenceParams, Uri,
};

use super::mustaches::{bindings, mustaches};
use super::names::Role;
use super::refusal::Refusal;
use super::state::State;
use super::symbol::{self, Symbol, variable};
use super::unit::Unit;
use super::uri::uri_of;
use crate::source::{Loader as _, Span};

/// A place that a symbol is written at.
pub(super) struct Place {
    /// The file.
    pub(super) unit: Arc<Unit>,
    /// Where in it.
    pub(super) span: Span,
    /// Whether it gets its value there.
    pub(super) binds: bool,
}

/// Every place that a symbol is written at, in the file and in those that share its names.
pub(super) fn places(state: &State<'_>, unit: &Arc<Unit>, symbol: &Symbol) -> Vec<Place> {
    match symbol {
        Symbol::File(_) => Vec::new(),
        Symbol::Name(one) if one.scope != 0 => names(unit, one.scope, &one.name),
        Symbol::Name(one) => {
            let family = state.family(&unit.path);
            family.iter().flat_map(|unit| names(unit, 0, &one.name)).collect()
        }
        Symbol::Bound { name, .. } => {
            state.family(&unit.path).iter().flat_map(|unit| bound(unit, name)).collect()
        }
    }
}

fn names(unit: &Arc<Unit>, scope: usize, name: &crate::syntax::ast::Name) -> Vec<Place> {
    let place = |one: super::names::Occurrence| Place {
        unit: unit.clone(),
        span: one.span,
        binds: one.role == Role::Bind,
    };
    variable(unit, name, scope).into_iter().map(place).collect()
}

fn bound(unit: &Arc<Unit>, name: &str) -> Vec<Place> {
    let module = &unit.parsed.module;
    let binds = bindings(module).into_iter().filter(|one| one.name == name).map(|one| (one.span, true));
    let reads = mustaches(module).into_iter().filter(|one| one.head() == name);
    let reads = reads.map(|one| (one.head_span(), false));
    let mut all: Vec<_> = binds.chain(reads).collect();
    all.sort_by_key(|(span, _)| span.start);
    all.into_iter().map(|(span, binds)| Place { unit: unit.clone(), span, binds }).collect()
}

/// Where a name gets its value, a reference is bound, or an included file begins.
pub(super) fn definition(
    state: &State<'_>,
    params: DefinitionParams,
) -> Result<Option<DefinitionResponse>, Refusal> {
    let at = params.text_document_position_params;
    let Some((unit, symbol)) = found(state, &at.text_document.uri, at.position) else { return Ok(None) };
    let locations: Vec<Location> = match &symbol {
        Symbol::File(include) => {
            let target = state.loader(&unit.path).find(Some(&unit.path), &include.name);
            let uri = |path: &std::path::Path| {
                let document = state.documents.get(path);
                document.map_or_else(|| uri_of(path), |document| document.unit.uri.clone())
            };
            target
                .ok()
                .map(|found| Location { uri: uri(&found.path), range: Range::default() })
                .into_iter()
                .collect()
        }
        symbol => {
            let binding = places(state, &unit, symbol).into_iter().filter(|place| place.binds);
            binding.map(|place| place.unit.location(place.span, state.client.encoding)).collect()
        }
    };
    Ok(Some(Definition::LocationList(locations).into()))
}

/// Every place that a symbol is written at.
pub(super) fn references(
    state: &State<'_>,
    params: ReferenceParams,
) -> Result<Option<Vec<Location>>, Refusal> {
    let at = params.text_document_position_params;
    let Some((unit, symbol)) = found(state, &at.text_document.uri, at.position) else { return Ok(None) };
    let wanted = |place: &Place| params.context.include_declaration || !place.binds;
    let all = places(state, &unit, &symbol).into_iter().filter(wanted);
    Ok(Some(all.map(|place| place.unit.location(place.span, state.client.encoding)).collect()))
}

/// The places in the same file.
pub(super) fn highlight(
    state: &State<'_>,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>, Refusal> {
    let at = params.text_document_position_params;
    let Some((unit, symbol)) = found(state, &at.text_document.uri, at.position) else { return Ok(None) };
    let here = match &symbol {
        Symbol::File(_) => Vec::new(),
        Symbol::Name(one) => names(&unit, one.scope, &one.name),
        Symbol::Bound { name, .. } => bound(&unit, name),
    };
    let shown = here.into_iter().map(|place| DocumentHighlight {
        range: unit.range(place.span, state.client.encoding),
        kind: Some(if place.binds { DocumentHighlightKind::Write } else { DocumentHighlightKind::Read }),
    });
    Ok(Some(shown.collect()))
}

/// What is at a position of a document.
pub(super) fn found(
    state: &State<'_>,
    uri: &Uri,
    position: gen_lsp_types::Position,
) -> Option<(Arc<Unit>, Symbol)> {
    let unit = state.document(uri)?.unit.clone();
    let symbol = symbol::at(&unit, position, state)?;
    Some((unit, symbol))
}
