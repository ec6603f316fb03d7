//! Signature help: the fields of a struct, or the parameters of a function, while a call is written.

use std::sync::Arc;

use gen_lsp_types::{
    ActiveParameter, MarkupContent, MarkupKind, ParameterInformation, SignatureHelp, SignatureHelpParams,
    SignatureInformation,
};

use super::context::{arguments, context, keyword, name_before};
use super::refusal::Refusal;
use super::state::State;
use super::structs;
use super::unit::Unit;
use super::walk::{Node, walk};
use crate::syntax::ast::{Function, ParameterKind};

/// What a call takes at a place, and which of it the place gives.
pub(super) fn signature(
    state: &State<'_>,
    params: SignatureHelpParams,
) -> Result<Option<SignatureHelp>, Refusal> {
    let at = params.text_document_position_params;
    let Some(document) = state.document(&at.text_document.uri) else { return Ok(None) };
    let text = document.unit.text.as_str();
    let offset = document.unit.offset(at.position, state.client.encoding);
    let inside = context(text, offset);
    let Some(call) = inside.open.iter().rev().find(|open| open.bracket == b'(').map(|open| open.at) else {
        return Ok(None);
    };
    let (_, callee) = name_before(text, call);
    let family = state.family(&document.unit.path);
    let Some((label, doc, parameters)) = described(callee, &family) else { return Ok(None) };
    let (argument, given) = arguments(text, call, offset);
    let name = keyword(&text[argument..offset]);
    let active = match &name {
        Some(name) => parameters.iter().position(|parameter| parameter.name == *name),
        None => Some(given.len()).filter(|at| *at < parameters.len()),
    };
    let information = parameters.into_iter().map(|parameter| ParameterInformation {
        label: parameter.label.into(),
        documentation: Some(markdown(&parameter.doc).into()),
    });
    let signature = SignatureInformation {
        label,
        documentation: Some(markdown(&doc).into()),
        parameters: Some(information.collect()),
        active_parameter: None,
    };
    let active_parameter = active.map(|at| ActiveParameter::from(at as u32));
    Ok(Some(SignatureHelp { signatures: vec![signature], active_signature: Some(0), active_parameter }))
}

fn markdown(words: &str) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value: words.to_string() }
}

/// A parameter, or a field.
struct Parameter {
    name: String,
    label: String,
    doc: String,
}

/// The label of a call, what it is for, and what it takes.
fn described(callee: &str, family: &[Arc<Unit>]) -> Option<(String, String, Vec<Parameter>)> {
    let (doc, parameters): (String, Vec<Parameter>) = match structs::named(callee, family) {
        Some(made) => {
            let parameter = |field: &structs::Field| Parameter {
                name: field.name.clone(),
                label: field.title(),
                doc: field.doc.clone(),
            };
            (made.doc.clone(), made.fields.iter().map(parameter).collect())
        }
        None => {
            let function = function(callee, family)?;
            let parameter = |one: &crate::syntax::ast::Parameter| {
                let star = match one.kind {
                    ParameterKind::VarPositional => "*",
                    ParameterKind::VarKeyword => "**",
                    _ => "",
                };
                let name = one.name.name.to_string();
                Parameter { label: format!("{star}{name}"), name, doc: String::new() }
            };
            (String::new(), function.parameters.iter().map(parameter).collect())
        }
    };
    let labels: Vec<&str> = parameters.iter().map(|parameter| parameter.label.as_str()).collect();
    Some((format!("{callee}({})", labels.join(", ")), doc, parameters))
}

/// The function of a name.
pub(super) fn function(name: &str, family: &[Arc<Unit>]) -> Option<Function> {
    let mut found = None;
    for unit in family {
        walk(&unit.parsed.module.body, &mut |node| {
            if let Node::Function(function) = node
                && function.name.name == name
            {
                found = Some(function.clone());
            }
        });
    }
    found
}
