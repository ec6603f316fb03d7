//! `textwrap`.

use std::collections::VecDeque;

use super::{Members, functions};
use crate::python::arguments::{Table, builtins};
use crate::source::Span;
use crate::template::value::{Args, Fault, Text, Value, Vm};

const TABLE: Table = builtins![
    dedent(text) Copy(0) => dedent,
    indent(@, text, prefix, predicate = None) Metered => indent,
    wrap(text, width = 70, initial_indent = "", subsequent_indent = "", expand_tabs = True, replace_whitespace = True,
        drop_whitespace = True, break_long_words = True, break_on_hyphens = True, fix_sentence_endings = False) Metered =>
        |vm, text, width, first, others, tabs, blanks, ends, words, hyphens, _: Option<Value>| {
            let lines = wrapped(vm, text, width, [first, others], [tabs, blanks, ends, words, hyphens])?;
            Ok(Value::list(lines.into_iter().map(Value::str).collect()))
        },
    fill(text, width = 70, initial_indent = "", subsequent_indent = "", expand_tabs = True, replace_whitespace = True,
        drop_whitespace = True, break_long_words = True, break_on_hyphens = True, fix_sentence_endings = False) Metered =>
        |vm, text, width, first, others, tabs, blanks, ends, words, hyphens, _: Option<Value>| {
            let lines = wrapped(vm, text, width, [first, others], [tabs, blanks, ends, words, hyphens])?;
            Ok(Value::str(lines.join("\n")))
        },
    shorten(text, width, placeholder = " [...]") Copy(0) => shorten,
];

/// The members of `textwrap`.
pub(super) fn members() -> Members {
    functions(TABLE)
}

fn is_blank(line: &str) -> bool {
    line.chars().all(|c| matches!(c, ' ' | '\t'))
}

/// The spaces that every line begins with are taken away; lines of spaces only become empty.
fn dedent(vm: &mut dyn Vm, source: Text) -> Result<Value, Fault> {
    vm.charge_items(source.as_str().matches('\n').count() + 1)?;
    let lines: Vec<&str> = source.as_str().split('\n').collect();
    let margin = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut shared: Option<&str> = None;
    for line in lines.iter().filter(|l| !is_blank(l)) {
        let blanks = &line[..margin(line)];
        let length = shared
            .map_or(blanks.len(), |s| s.bytes().zip(blanks.bytes()).take_while(|(a, b)| a == b).count());
        shared = Some(&blanks[..length]);
    }
    let cut = shared.map_or(0, str::len);
    let lines: Vec<&str> = lines.iter().map(|l| if is_blank(l) { "" } else { &l[cut..] }).collect();
    Ok(Value::str(lines.join("\n")))
}

fn indent(
    vm: &mut dyn Vm,
    span: Span,
    source: Text,
    prefix: Text,
    predicate: Option<Value>,
) -> Result<Value, Fault> {
    let lines = source.as_str().matches('\n').count() + 1;
    vm.charge_text(source.as_str().len() + lines.saturating_mul(prefix.as_str().len()))?;
    let mut out = String::new();
    for line in source.as_str().split_inclusive('\n') {
        let wanted = match &predicate {
            None | Some(Value::None) => !line.trim().is_empty(),
            Some(function) => vm.call(function, Args::of(span, vec![Value::str(line)]))?.truthy(),
        };
        if wanted {
            out.push_str(prefix.as_str());
        }
        out.push_str(line);
    }
    Ok(Value::str(out))
}

/// How to wrap.
struct Style {
    width: usize,
    first: Text,
    others: Text,
    expand_tabs: bool,
    replace_blanks: bool,
    drop_blanks: bool,
    break_words: bool,
    break_hyphens: bool,
}

fn wrapped(
    vm: &mut dyn Vm,
    text: Text,
    width: Option<i64>,
    indents: [Option<Text>; 2],
    options: [Option<bool>; 5],
) -> Result<Vec<String>, Fault> {
    let width = usize::try_from(width.unwrap_or(70)).ok().filter(|w| *w > 0);
    let [first, others] = indents.map(|indent| indent.unwrap_or_else(|| Text::from("")));
    let [expand_tabs, replace_blanks, drop_blanks, break_words, break_hyphens] =
        options.map(|option| option.unwrap_or(true));
    let width = width.ok_or_else(|| Fault::value_error("the width for wrapping must be above 0"))?;
    let style =
        Style { width, first, others, expand_tabs, replace_blanks, drop_blanks, break_words, break_hyphens };
    lines(vm, text.as_str(), &style)
}

fn shorten(vm: &mut dyn Vm, source: Text, width: i64, placeholder: Option<Text>) -> Result<Value, Fault> {
    vm.charge_items(source.as_str().split_whitespace().count())?;
    let width = usize::try_from(width).unwrap_or(0);
    let placeholder = placeholder.unwrap_or_else(|| Text::from(" [...]"));
    let words: Vec<&str> = source.as_str().split_whitespace().collect();
    let whole = words.join(" ");
    if whole.chars().count() <= width {
        return Ok(Value::str(whole));
    }
    let room = width.saturating_sub(placeholder.as_str().chars().count());
    let mut kept = String::new();
    let mut length = 0;
    for word in words {
        let blank = usize::from(!kept.is_empty());
        length += blank + word.chars().count();
        if length > room {
            break;
        }
        if blank == 1 {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    let end = if kept.is_empty() { placeholder.as_str().trim_start() } else { placeholder.as_str() };
    Ok(Value::str(kept + end))
}

fn lines(vm: &mut dyn Vm, source: &str, style: &Style) -> Result<Vec<String>, Fault> {
    let indents = style.first.as_str().len() + style.others.as_str().len();
    vm.charge_text(source.len().saturating_mul(indents + 1))?;
    let mut prepared = source.to_string();
    if style.expand_tabs {
        vm.charge_text(source.len().saturating_mul(8))?;
        prepared = expand(&prepared);
    }
    if style.replace_blanks {
        prepared = prepared.replace(['\t', '\n', '\u{b}', '\u{c}', '\r'], " ");
    }
    Ok(arrange(chunks(&prepared, style.break_hyphens), style))
}

fn expand(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for c in text.chars() {
        if c == '\t' {
            let blanks = 8 - column % 8;
            out.push_str(&" ".repeat(blanks));
            column += blanks;
        } else {
            column = if c == '\n' { 0 } else { column + 1 };
            out.push(c);
        }
    }
    out
}

/// The text in the pieces that a line can be broken between: spaces, words, parts of words after hyphens.
fn chunks(text: &str, hyphens: bool) -> VecDeque<&str> {
    let mut chunks = VecDeque::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let blank = first.is_whitespace();
        let end = rest.find(|c: char| c.is_whitespace() != blank).unwrap_or(rest.len());
        let (chunk, after) = rest.split_at(end);
        if hyphens && chunk.contains('-') {
            chunks.extend(at_hyphens(chunk));
        } else {
            chunks.push_back(chunk);
        }
        rest = after;
    }
    chunks
}

/// A word is broken after a hyphen between two parts of at least two letters each.
fn at_hyphens(word: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_letter = |c: char| is_word(c) && !c.is_numeric();
    let mut parts = Vec::new();
    let mut start = 0;
    let mut dashes_end = 0;
    for (at, _) in word.match_indices('-').filter(|(at, _)| *at > 0) {
        let dashes = word[at..].len() - word[at..].trim_start_matches('-').len();
        if dashes > 1 && at >= dashes_end {
            // Two or more between words are a dash, which is a piece of its own.
            dashes_end = at + dashes;
            let opens = word[..at].ends_with(|c| is_word(c) || "!\"'&.,?".contains(c));
            if opens && word[dashes_end..].starts_with(is_word) {
                parts.extend([&word[start..at], &word[at..dashes_end]]);
                start = dashes_end;
            }
        }
        if at < dashes_end {
            continue;
        }
        let mut before = word[start..at].chars().rev();
        let before = before.next().is_some_and(is_letter) && before.next().is_some_and(is_word);
        let behind = &word[at + 1..];
        let run = &behind[..behind.find(|c| !is_word(c)).unwrap_or(behind.len())];
        if before && run.chars().skip(1).any(is_letter) {
            parts.push(&word[start..=at]);
            start = at + 1;
        }
    }
    parts.push(&word[start..]);
    parts
}

fn arrange(mut chunks: VecDeque<&str>, style: &Style) -> Vec<String> {
    let blank = |c: &&str| c.trim().is_empty();
    let mut lines: Vec<String> = Vec::new();
    while !chunks.is_empty() {
        let indent = if lines.is_empty() { style.first.as_str() } else { style.others.as_str() };
        let width = style.width.saturating_sub(indent.chars().count());
        // Whether a chunk fits is seen without counting all of a long one.
        let size = |chunk: &str| chunk.chars().take(width + 1).count();
        if style.drop_blanks && !lines.is_empty() && chunks.front().is_some_and(blank) {
            chunks.pop_front();
        }
        let mut line: Vec<&str> = Vec::new();
        let mut length = 0;
        while let Some(chunk) = chunks.front().filter(|c| length + size(c) <= width) {
            length += size(chunk);
            line.extend(chunks.pop_front());
        }
        if let Some(chunk) = chunks.front_mut().filter(|c| size(c) > width) {
            let room = if width < 1 { 1 } else { width - length };
            if style.break_words {
                let cut = chunk.char_indices().nth(room).map_or(chunk.len(), |(at, _)| at);
                let (head, rest) = chunk.split_at(cut);
                line.push(head);
                *chunk = rest;
            } else if line.is_empty() {
                line.extend(chunks.pop_front());
            }
        }
        if chunks.front().is_some_and(|c| c.is_empty()) {
            chunks.pop_front();
        }
        if style.drop_blanks && line.last().is_some_and(blank) {
            line.pop();
        }
        if !line.is_empty() {
            lines.push(format!("{indent}{}", line.concat()));
        }
    }
    lines
}
