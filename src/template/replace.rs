//! The references of one string, replaced round by round.

use smallvec::SmallVec;

use super::limits;
use super::scope::Chain;
use super::text::{Origin, Ref, Segment, Template, Text, has_brace};
use super::value::Fault;
use super::walk::{Unbound, Walk};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::template::ENDLESS_TEMPLATE;
use crate::source::Span;

/// Rounds of replacement in one text before it counts as endless (Pystachio's MAX_ITERATIONS).
const MAX_ROUNDS: usize = 100;

/// A string after all rounds of replacement.
pub(super) struct Resolved {
    pub(super) text: Text,
    /// Whether references are left that no scope knows.
    pub(super) open: bool,
    /// Whether a postponed reference came alive, which nobody has looked up yet.
    pub(super) revived: bool,
    /// The first values that went into the text whose places are known.
    pub(super) sources: Vec<Text>,
}

impl Resolved {
    /// A string without references.
    fn closed(text: Text, sources: Option<Vec<Text>>) -> Resolved {
        Resolved { text, open: false, revived: false, sources: sources.unwrap_or_default() }
    }
}

/// Places of replaced values that are remembered for a message.
const MAX_SOURCES: usize = 3;

/// What became of one segment in a round.
enum Piece {
    Kept,
    Replaced(Text),
}

/// What became of each segment; most strings have few.
type Pieces = SmallVec<[Piece; 8]>;

/// Places of the parts of a string.
type Origins = SmallVec<[Origin; 8]>;

/// Replaces references, round by round; what went into the text is kept in `sources`, if that is wanted.
pub(super) fn resolve(
    text: &Text,
    chain: &Chain<'_>,
    origin: Span,
    walk: &mut Walk,
    mut sources: Option<Vec<Text>>,
) -> Result<Resolved, Fault> {
    let mut current = text.clone();
    for _ in 0..MAX_ROUNDS {
        let Some(template) = current.template() else {
            return Ok(Resolved::closed(current, sources));
        };
        let pieces = look_up(&current, template, chain, origin, walk)?;
        if pieces.iter().all(|p| matches!(p, Piece::Kept)) {
            return Ok(finish(&current, template, origin, walk, sources.unwrap_or_default()));
        }
        if let Some(sources) = &mut sources {
            remember(&pieces, sources);
        }
        let brings_brace = |p: &Piece| matches!(p, Piece::Replaced(t) if has_brace(t.as_str()));
        if !template.loose_braces && !pieces.iter().any(brings_brace) {
            // No new reference can have come about, and those that are left were just looked up.
            let text = join_for_good(&current, template, &pieces, origin)?;
            return Ok(match text.template() {
                Some(template) => finish(&text, template, origin, walk, sources.unwrap_or_default()),
                None => Resolved::closed(text, sources),
            });
        }
        current = join(&current, template, &pieces, origin)?;
    }
    let message = "references replace each other without end".to_string();
    Err(Fault::new("Uninterpolatable", &ENDLESS_TEMPLATE, message)
        .map(|d| d.note(format!("stopped after {MAX_ROUNDS} rounds")))
        .at(first_reference(text).map_or(text.span(), |r| text.span_of(r)).or(origin))
        .help("a field hides bindings of the same name, so a field that refers to its own name finds itself")
        .map(|d| outer_name(d, text)))
}

/// How the same name of the object around is read.
fn outer_name(d: Diagnostic, text: &Text) -> Diagnostic {
    let segments = text.template().into_iter().flat_map(|t| &t.segments);
    let mut references = segments.filter_map(|segment| match segment {
        Segment::Ref { target: Ok(reference), .. } => Some(reference),
        _ => None,
    });
    match references.next() {
        Some(name) if name.components().len() == 1 => {
            d.help(format!("for the `{name}` of the object around this one, write {{{{super.{name}}}}}"))
        }
        _ => d,
    }
}

fn remember(pieces: &[Piece], sources: &mut Vec<Text>) {
    for piece in pieces {
        if let Piece::Replaced(text) = piece
            && sources.len() < MAX_SOURCES
            && !text.span().is_none()
        {
            sources.push(text.clone());
        }
    }
}

fn first_reference(text: &Text) -> Option<std::ops::Range<usize>> {
    text.template()?.segments.iter().find_map(|s| match s {
        Segment::Ref { range, .. } => Some(range.clone()),
        _ => None,
    })
}

/// What is wrong with the references of a string as they are written.
fn malformed(text: &Text, template: &Template, origin: Span) -> Option<Fault> {
    let faults = template.segments.iter().filter_map(|segment| match segment {
        Segment::Ref { target: Err(why), range } => {
            Some(why.fault().at_word(&text.as_str()[range.clone()], text.span_of(range.clone()).or(origin)))
        }
        _ => None,
    });
    faults.reduce(|first, other| Fault::together(Some(first), other))
}

fn look_up(
    text: &Text,
    template: &Template,
    chain: &Chain<'_>,
    origin: Span,
    walk: &mut Walk,
) -> Result<Pieces, Fault> {
    if let Some(fault) = malformed(text, template, origin) {
        return Err(fault);
    }
    limits::charge_references(template.segments.len())?;
    let mut piece = |segment: &Segment| match segment {
        Segment::Ref { target: Ok(reference), range } => {
            let found = chain.find(reference.components(), walk).map_err(|f| {
                let place = text.span_of(range.clone()).or(origin);
                match f.diagnostic.primary.is_none() {
                    true => f.at(place),
                    false => f.map(|d| read_by(d, reference, place)),
                }
            })?;
            if let Some(answer) = &found {
                walk.note_answer(reference, || text.span_of(range.clone()).or(origin), answer);
            }
            Ok(found.map_or(Piece::Kept, Piece::Replaced))
        }
        _ => Ok(Piece::Kept),
    };
    let mut pieces = Pieces::with_capacity(template.segments.len());
    for segment in &template.segments {
        pieces.push(piece(segment)?);
    }
    Ok(pieces)
}

/// References on the way to a mistake that are shown.
const MAX_READERS: usize = 4;

/// Says which reference led to a mistake.
fn read_by(diagnostic: Diagnostic, reference: &Ref, place: Span) -> Diagnostic {
    let known = diagnostic.primary == place || diagnostic.labels.iter().any(|label| label.span == place);
    if known || diagnostic.labels.len() >= MAX_READERS {
        return diagnostic;
    }
    diagnostic.label(place, format!("read by `{{{{{reference}}}}}` here"))
}

/// The text with pieces replaced. Places are kept only where another round may need them.
fn join(text: &Text, template: &Template, pieces: &[Piece], origin: Span) -> Result<Text, Fault> {
    let out = joined(text, template, pieces)?;
    if memchr::memmem::find(out.as_bytes(), b"{{").is_none() && !has_raw(text, pieces) {
        return Ok(out.into());
    }
    limits::check_references(&out)?;
    Ok(Text::with_origins(out, &*joined_origins(text, template, pieces, origin)))
}

/// [`join`] where the replacements hold no braces: what is left of the template is known without looking for it.
fn join_for_good(text: &Text, template: &Template, pieces: &[Piece], origin: Span) -> Result<Text, Fault> {
    let out = joined(text, template, pieces)?;
    let is_kept = |(segment, piece): (&Segment, &Piece)| {
        matches!(piece, Piece::Kept) && !matches!(segment, Segment::Literal(_))
    };
    if !template.segments.iter().zip(pieces).any(is_kept) {
        let origins = match has_raw(text, pieces) {
            true => joined_origins(text, template, pieces, origin),
            false => Origins::new(),
        };
        return Ok(Text::with_template(out, &origins, None));
    }
    let mut segments = Vec::with_capacity(pieces.len());
    let mut at = 0;
    for (segment, piece) in template.segments.iter().zip(pieces) {
        let before = at;
        at += piece.len(segment);
        segments.push(match piece {
            Piece::Kept => segment.moved(before),
            Piece::Replaced(_) => Segment::Literal(before..at),
        });
    }
    let origins = joined_origins(text, template, pieces, origin);
    Ok(Text::with_template(out, &origins, Some(Box::new(Template { segments, loose_braces: false }))))
}

/// Whether a part of a string, or of what replaces its references, is raw.
fn has_raw(text: &Text, pieces: &[Piece]) -> bool {
    text.has_raw() || pieces.iter().any(|piece| matches!(piece, Piece::Replaced(text) if text.has_raw()))
}

impl Piece {
    /// Its length in bytes, in place of the segment.
    fn len(&self, segment: &Segment) -> usize {
        match self {
            Piece::Kept => segment.range().len(),
            Piece::Replaced(text) => text.as_str().len(),
        }
    }
}

fn joined(text: &Text, template: &Template, pieces: &[Piece]) -> Result<String, Fault> {
    let size = template.segments.iter().zip(pieces).map(|(segment, piece)| piece.len(segment)).sum();
    limits::charge(size)?;
    let mut out = String::with_capacity(size);
    for (segment, piece) in template.segments.iter().zip(pieces) {
        match piece {
            Piece::Kept => out.push_str(&text.as_str()[segment.range()]),
            Piece::Replaced(t) => out.push_str(t.as_str()),
        }
    }
    Ok(out)
}

fn joined_origins(text: &Text, template: &Template, pieces: &[Piece], origin: Span) -> Origins {
    let mut origins = Origins::new();
    let mut at = 0u32;
    for (segment, piece) in template.segments.iter().zip(pieces) {
        let range = segment.range();
        match piece {
            Piece::Kept => text.copy_origins(range.clone(), at, origin, &mut origins),
            Piece::Replaced(with) => {
                let source = text.span_of(range.clone()).or(origin);
                let made = |at: u32, raw| Origin { at, source, verbatim: false, raw };
                match with.has_raw() {
                    true => {
                        origins.extend(with.runs().iter().map(|(run, raw)| made(at + run.start as u32, *raw)))
                    }
                    false => origins.push(made(at, false)),
                }
            }
        }
        at += piece.len(segment) as u32;
    }
    origins
}

/// Ends the rounds: postponed references lose their mark, open ones are reported.
fn finish(text: &Text, template: &Template, origin: Span, walk: &mut Walk, sources: Vec<Text>) -> Resolved {
    let mut open = false;
    let mut revived = false;
    let mut rewritten = false;
    for segment in &template.segments {
        match segment {
            Segment::Ref { target: Ok(reference), range } => {
                open = true;
                let span = text.span_of(range.clone()).or(origin);
                // What stays open is written in its plain form: `{{.x}}` is `{{x}}`.
                rewritten |= text.as_str()[range.clone()].starts_with("{{.");
                walk.unbound.push(Unbound { reference: reference.clone(), span });
            }
            Segment::Postponed { .. } => revived = true,
            _ => {}
        }
    }
    if !rewritten && !revived {
        return Resolved { text: text.clone(), open, revived, sources };
    }
    let mut out = String::with_capacity(text.as_str().len());
    let mut origins = Origins::new();
    for segment in &template.segments {
        let range = segment.range();
        let at = out.len() as u32;
        let plain = match segment {
            Segment::Postponed { name, .. } => Some(text.as_str()[name.clone()].to_string()),
            Segment::Ref { target: Ok(reference), .. } => Some(reference.address()),
            _ => None,
        };
        match plain {
            Some(name) => {
                out.push_str(&format!("{{{{{name}}}}}"));
                origins.push(Origin {
                    at,
                    source: text.span_of(range).or(origin),
                    verbatim: false,
                    raw: false,
                });
            }
            None => {
                out.push_str(&text.as_str()[range.clone()]);
                text.copy_origins(range, at, origin, &mut origins);
            }
        }
    }
    Resolved { text: Text::with_origins(out, &*origins), open, revived, sources }
}
