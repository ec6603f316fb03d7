//! Requests of the client: which function answers which.

use std::path::PathBuf;

use gen_lsp_types::{
    CodeActionRequest, CompletionRequest, DefinitionRequest, DocumentDiagnosticReport,
    DocumentDiagnosticRequest, DocumentHighlightRequest, DocumentLinkRequest, DocumentSymbolRequest,
    FoldingRangeRequest, FullDocumentDiagnosticReport, InlayHintRequest, PrepareRenameRequest,
    ReferencesRequest, RelatedDocument, RelatedFullDocumentDiagnosticReport, RenameRequest,
    Request as Method, SemanticTokensRangeRequest, SemanticTokensRequest, SignatureHelpRequest, Uri,
};
use lsp_server::{ErrorCode, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::refusal::{Later, Refusal};
use super::state::State;
use super::uri::uri_of;
use super::{
    actions, completion, folding, hints, hover, links, navigate, outline, rename, signature, tokens, values,
    workspace,
};

/// The answer to a request.
pub(super) enum Answer {
    /// Made at once.
    Now(Result<Value, Refusal>),
    /// Made by a thread.
    Later(Later),
}

/// The file whose compile a request waits for.
pub(super) fn waits_for(state: &State<'_>, request: &Request) -> Option<PathBuf> {
    let waits = matches!(&*request.method, "textDocument/diagnostic" | "textDocument/codeAction");
    let uri = request.params.get("textDocument").and_then(|document| document.get("uri"));
    let uri = uri.and_then(Value::as_str).filter(|_| waits)?;
    Some(state.path(&Uri(uri.to_string())))
}

/// Answers a request.
pub(super) fn answer(state: &State<'_>, method: &str, params: Value) -> Answer {
    let answer = match method {
        "workspace/symbol" => match read(params) {
            Ok(params) => return Answer::Later(workspace::symbols(state, &params)),
            Err(refusal) => Err(refusal),
        },
        "textDocument/diagnostic" => now::<DocumentDiagnosticRequest>(state, params, diagnostics),
        "textDocument/codeAction" => now::<CodeActionRequest>(state, params, actions::actions),
        "textDocument/documentSymbol" => now::<DocumentSymbolRequest>(state, params, outline::outline),
        "textDocument/foldingRange" => now::<FoldingRangeRequest>(state, params, folding::folds),
        "textDocument/documentLink" => now::<DocumentLinkRequest>(state, params, links::links),
        "textDocument/definition" => now::<DefinitionRequest>(state, params, navigate::definition),
        "textDocument/references" => now::<ReferencesRequest>(state, params, navigate::references),
        "textDocument/documentHighlight" => {
            now::<DocumentHighlightRequest>(state, params, navigate::highlight)
        }
        "textDocument/prepareRename" => now::<PrepareRenameRequest>(state, params, rename::prepare),
        "textDocument/rename" => now::<RenameRequest>(state, params, rename::rename),
        "textDocument/completion" => now::<CompletionRequest>(state, params, completion::complete),
        "textDocument/hover" => match read(params) {
            Ok(params) => return hovered(hover::hover(state, &params), state),
            Err(refusal) => Err(refusal),
        },
        "textDocument/signatureHelp" => now::<SignatureHelpRequest>(state, params, signature::signature),
        "textDocument/inlayHint" => now::<InlayHintRequest>(state, params, hints::hints),
        "textDocument/semanticTokens/full" => now::<SemanticTokensRequest>(state, params, tokens::tokens),
        "textDocument/semanticTokens/range" => {
            now::<SemanticTokensRangeRequest>(state, params, tokens::tokens_in)
        }
        _ => {
            let words = format!("`{method}` is not known");
            Err(Refusal { code: ErrorCode::MethodNotFound, words })
        }
    };
    Answer::Now(answer)
}

/// Answers with a function of the protocol's own types.
fn now<M: Method>(
    state: &State<'_>,
    params: Value,
    answer: impl FnOnce(&State<'_>, M::Params) -> Result<M::Result, Refusal>,
) -> Result<Value, Refusal> {
    written(&answer(state, read(params)?)?)
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, Refusal> {
    serde_json::from_value(params)
        .map_err(|error| Refusal { code: ErrorCode::InvalidParams, words: error.to_string() })
}

fn written(result: &impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(result).map_err(|error| Refusal::of_panic(&error.to_string()))
}

/// A hover; what a reference becomes is found out by a thread.
fn hovered(found: Option<hover::Found>, state: &State<'_>) -> Answer {
    match found {
        Some(hover::Found { hover, reference: Some((path, span)) }) => {
            Answer::Later(values::with_values(state, &path, span, hover))
        }
        found => Answer::Now(written(&found.map(|found| found.hover))),
    }
}

/// What there is to report in a document, and in the closed files that it includes.
fn diagnostics(
    state: &State<'_>,
    params: gen_lsp_types::DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReport, Refusal> {
    let path = state.path(&params.text_document.uri);
    let report = |path: &std::path::Path| {
        let items = state.findings(path).into_iter().map(|finding| finding.shown.clone()).collect();
        FullDocumentDiagnosticReport { result_id: None, items }
    };
    let outcome = state.roots.get(&path).and_then(|root| root.outcome.as_ref());
    let reads = outcome.into_iter().flat_map(|outcome| &outcome.reads);
    let closed = reads.filter(|read| !state.documents.contains_key(*read));
    let related = closed.map(|read| (uri_of(read), RelatedDocument::from(report(read))));
    let related_documents = state.client.related_documents.then(|| related.collect());
    Ok(RelatedFullDocumentDiagnosticReport {
        related_documents,
        full_document_diagnostic_report: report(&path),
    }
    .into())
}
