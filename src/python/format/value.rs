//! `format(value, spec)`.

use super::numeric::format_number;
use super::show::to_text;
use super::spec::{Spec, bad, split_padding, wrong_kind};
use crate::template::value::{Fault, Text, TextBuilder, Value, Vm};

/// `format(value, spec)`. Values other than numbers are formatted as their `str()`.
///
/// # Errors
/// For malformed specifications, and ones that do not fit the value.
pub fn format_value(vm: &mut dyn Vm, value: &Value, spec: &str) -> Result<Text, Fault> {
    if spec.is_empty() {
        return to_text(vm, value);
    }
    let parsed = Spec::parse(spec)?;
    vm.charge_text(parsed.width.max(parsed.precision.unwrap_or(0)).saturating_mul(4))?;
    if value.is_number() {
        return format_number(value, &parsed).map(Text::from);
    }
    let text = to_text(vm, value)?;
    format_text(value, &text, &parsed, spec)
}

fn format_text(value: &Value, text: &Text, spec: &Spec, written: &str) -> Result<Text, Fault> {
    if let Some(kind) = spec.kind.filter(|k| *k != 's') {
        return Err(wrong_kind(kind, value));
    }
    if spec.sign.is_some() {
        return Err(bad(written, "text takes no sign"));
    }
    if spec.alternate {
        return Err(bad(written, "text takes no `#`"));
    }
    if let Some(grouping) = spec.grouping {
        return Err(bad(written, &format!("text takes no `{grouping}`")));
    }
    if spec.align == Some('=') || (spec.zero && spec.align.is_none()) {
        return Err(
            bad(written, "a string cannot be padded after a sign").help("write <, > or ^ before the width")
        );
    }
    let text = match spec.precision.and_then(|most| text.as_str().char_indices().nth(most)) {
        Some((cut, _)) => text.slice(0..cut),
        None => text.clone(),
    };
    let missing = spec.width.saturating_sub(text.as_str().chars().count());
    if missing == 0 {
        return Ok(text);
    }
    let fill = spec.fill.unwrap_or(if spec.zero { '0' } else { ' ' });
    let (left, right) = split_padding(spec.align.unwrap_or('<'), missing);
    let mut out = TextBuilder::new();
    out.push_made(&fill.to_string().repeat(left), text.span());
    out.push(&text);
    out.push_made(&fill.to_string().repeat(right), text.span());
    Ok(out.finish())
}
