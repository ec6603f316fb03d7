//! Warnings about profiles: fields that the entry file sets in a bound struct, and that nothing reads.
//!
//! What counts as reading is judged by the texts of the files alone, in favour of the field: its name behind a dot, in a
//! mustache, as an index or as a text of its own, in any file of the compile, is enough, as is anything that takes a
//! struct as a whole. So a field that is reported is one that nothing can name.

use rustc_hash::FxHashSet;

use crate::diagnostics::Diagnostic;
use crate::lints::template::UNUSED_FIELD;
use crate::source::{FileId, SourceMap, Span};
use crate::template::value::Value;
use crate::template::{Bound, Object, Scope};

/// What reads structs as a whole, or texts that are none of the sources.
const WHOLE: &[&str] = &[".get()", "json_dumps", ".interpolate(", "getattr", "open("];

/// A field that the entry file sets in a struct that is bound.
struct Written {
    name: String,
    /// How a template would name it.
    address: String,
    /// What a template would hold to name the whole struct.
    whole: String,
    span: Span,
}

/// Whether a job hands a structure to its executor, which reads all of it.
fn gives_data(job: &Object) -> bool {
    let data = job.field("executor_config").and_then(|config| config.field("data"));
    data.is_some_and(|data| !matches!(data.raw(), Some(Value::Str(_))))
}

/// What the entry file sets in structs that are bound to its jobs and tasks.
pub(super) struct Profiles {
    entry: FileId,
    seen: FxHashSet<Span>,
    written: Vec<Written>,
    /// Whether a job's executor reads whatever is bound.
    gives_data: bool,
}

impl Profiles {
    /// Nothing seen yet.
    pub(super) fn new(entry: FileId) -> Profiles {
        Profiles { entry, seen: FxHashSet::default(), written: Vec::new(), gives_data: false }
    }

    /// Notes what is bound to a job and its task.
    pub(super) fn look_at(&mut self, job: &Object) {
        self.bound_to(job);
        job.field("task").into_iter().for_each(|task| self.bound_to(task));
        self.gives_data |= gives_data(job);
    }

    /// Warns of fields that nothing reads. `files` are all that were executed.
    pub(super) fn unused_fields(&self, files: &[FileId], sources: &SourceMap) -> Vec<Diagnostic> {
        if self.written.is_empty() || self.gives_data {
            return Vec::new();
        }
        let texts: Vec<_> = files.iter().filter_map(|file| sources.get(*file)).collect();
        if texts.iter().any(|file| WHOLE.iter().any(|word| file.text.contains(word))) {
            return Vec::new();
        }
        let mut names = FxHashSet::default();
        texts.iter().for_each(|file| mentioned(&file.text, &mut names));
        let is_read = |w: &Written| {
            names.contains(w.name.as_str()) || texts.iter().any(|file| file.text.contains(&w.whole))
        };
        self.written.iter().filter(|w| !is_read(w)).map(doubt).collect()
    }

    fn bound_to(&mut self, object: &Object) {
        for scope in object.scopes() {
            match scope {
                Scope::Environment(environment) => {
                    for (address, binding) in environment.bindings() {
                        if let Bound::Object(profile) = &binding.value {
                            self.fields(profile, || address.reference().address());
                        }
                    }
                }
                // Bound without a name: its fields are names themselves, and there is no whole to refer to.
                Scope::Object(profile) => self.fields(profile, String::new),
                Scope::Fields(_) | Scope::Super(_) => {}
            }
        }
    }

    /// The fields of a struct that the entry file sets of its own accord: not those that a type from elsewhere wants.
    fn fields(&mut self, profile: &Object, bound: impl Fn() -> String) {
        let (Some(fields), Some(slots)) = (profile.ty().fields(), profile.slots()) else { return };
        let foreign = profile.ty().span().file != self.entry;
        for ((name, field), slot) in fields.iter().zip(slots) {
            let forced = field.required && foreign;
            if slot.span.is_none() || slot.span.file != self.entry || forced || slot.value.is_none() {
                continue;
            }
            if self.seen.insert(slot.span) {
                let bound = bound();
                let dot = if bound.is_empty() { "" } else { "." };
                self.written.push(Written {
                    name: name.to_string(),
                    address: format!("{bound}{dot}{name}"),
                    whole: format!("{{{{{bound}}}}}"),
                    span: slot.span,
                });
            }
        }
    }
}

/// The names in a string that could read a field: after `.`, `{{`, `[`, `&` or a quote, or `has_`.
fn mentioned<'t>(text: &'t str, names: &mut FxHashSet<&'t str>) {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !is_word(bytes[at]) {
            at += 1;
            continue;
        }
        let end = bytes[at..].iter().position(|b| !is_word(*b)).map_or(bytes.len(), |n| at + n);
        if at > 0 && matches!(bytes[at - 1], b'.' | b'{' | b'[' | b'&' | b'\'' | b'"') {
            let word = &text[at..end];
            names.insert(word.strip_prefix("has_").unwrap_or(word));
        }
        at = end;
    }
}

fn doubt(field: &Written) -> Diagnostic {
    let message = format!("nothing uses `{{{{{}}}}}`", field.address);
    Diagnostic::warning(&UNUSED_FIELD, field.span, message)
        .here("set here, and read nowhere")
        .help("leave it out, or look for the reference that should have been this one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_read_a_field_are_found() {
        let mut names = FxHashSet::default();
        mentioned("x = p.a() if p.has_b() else '{{p.c}} {{d}} {{m[e]}} {{&f}}' + g['h'](i=1)", &mut names);
        let mut found: Vec<_> = names.into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, ["a", "b", "c", "d", "e", "f", "h", "m", "p"]);
    }
}
