//! Which block each line belongs to, from its indentation, by Python's rules.
//!
//! A tab goes to the next multiple of 8, as in Python 2. A line whose indentation fits no block is reported once and then
//! counted to the block around it, together with the lines that share its indentation.

use super::strange::{nesting_too_deep, word_len};
use super::{Layout, Line};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::lints::syntax::MIXED_INDENTATION;
use crate::source::{FileId, Span};
use crate::syntax::MAX_DIAGNOSTICS;

/// Words that begin the head of a block.
const HEADS: &[&str] =
    &["if", "for", "def", "else", "elif", "class", "while", "with", "try", "except", "finally"];

/// An open indentation.
#[derive(Debug, Clone, Copy)]
struct Level {
    /// Its width, with tabs to multiples of 8.
    width: usize,
    /// The block depth of its lines. A level that is a mistake has the depth of the level around it.
    depth: usize,
    /// The line that opened it.
    line: usize,
}

struct Indenter<'a> {
    file: FileId,
    text: &'a str,
    levels: Vec<Level>,
    diagnostics: Vec<Diagnostic>,
    warned: bool,
}

/// Width of an indentation, with tabs to multiples of `tab`. A form feed starts over.
fn width(margin: &str, tab: usize) -> usize {
    margin.bytes().fold(0, |width, b| match b {
        b'\t' => (width / tab + 1) * tab,
        b'\x0c' => 0,
        _ => width + 1,
    })
}

/// Sets the depth of every line.
pub(super) fn assign_blocks(file: FileId, text: &str, max_nesting: usize, layout: &mut Layout) {
    let levels = vec![Level { width: 0, depth: 0, line: 0 }];
    let mut indenter = Indenter { file, text, levels, diagnostics: Vec::new(), warned: false };
    let mut too_deep = false;
    for index in 0..layout.lines.len() {
        let depth = indenter.place(&layout.lines, index);
        let line = &mut layout.lines[index];
        line.depth = depth.min(max_nesting);
        if depth > max_nesting {
            line.bad = true;
            if !too_deep {
                too_deep = true;
                let span = Span::new(file, line.start, line.start + word_len(text, line.start));
                indenter.report(nesting_too_deep(span, max_nesting));
            }
        }
    }
    indenter.no_block_at_the_end(&layout.lines);
    layout.diagnostics.append(&mut indenter.diagnostics);
}

impl Indenter<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    fn margin(&self, line: &Line) -> &str {
        self.text.get(line.margin..line.start).unwrap_or("").trim_start_matches('\u{feff}')
    }

    fn top(&self) -> Level {
        self.levels.last().copied().unwrap_or(Level { width: 0, depth: 0, line: 0 })
    }

    /// The depth of a line.
    fn place(&mut self, lines: &[Line], index: usize) -> usize {
        let line = &lines[index];
        let width = width(self.margin(line), 8);
        let expects_block = index > 0 && (lines[index - 1].opens || self.lacks_colon(&lines[index - 1]));
        let top = self.top();
        if width > top.width {
            let depth = if expects_block { top.depth + 1 } else { top.depth };
            // After a line that could not be read, a deeper line may well be its block.
            let excused = expects_block || (index > 0 && lines[index - 1].bad);
            if !excused {
                self.unexpected_indent(lines, index, top);
            }
            self.levels.push(Level { width, depth, line: index });
            return depth;
        }
        if index > 0 && lines[index - 1].opens {
            self.expected_block(lines, index);
        }
        while self.top().width > width {
            self.levels.pop();
        }
        let top = self.top();
        if width > top.width {
            self.no_such_level(lines, index);
            self.levels.push(Level { width, depth: top.depth, line: index });
        }
        self.compare_tabs(lines, index);
        self.top().depth
    }

    /// Whether a line begins like the head of a block, but has no colon. Parsing it reports that; the block after it is
    /// no mistake of its own.
    fn lacks_colon(&self, line: &Line) -> bool {
        let text = &self.text[line.start..line.end];
        let word = &text[..word_len(self.text, line.start).min(text.len())];
        HEADS.contains(&word) && !text.contains(':')
    }

    fn word_span(&self, line: &Line) -> Span {
        Span::new(self.file, line.start, line.start + word_len(self.text, line.start))
    }

    fn margin_span(&self, line: &Line) -> Span {
        Span::new(self.file, line.margin, line.start)
    }

    /// Whether the indentation of two lines mixes tabs and spaces in a way that editors show differently.
    fn mixes(&self, a: &Line, b: &Line) -> bool {
        let (a, b) = (self.margin(a), self.margin(b));
        let common = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
        let rest = |s: &str| s.as_bytes()[common..].to_vec();
        (rest(a).contains(&b'\t') && !rest(b).is_empty()) || (rest(b).contains(&b'\t') && !rest(a).is_empty())
    }

    fn unexpected_indent(&mut self, lines: &[Line], index: usize, top: Level) {
        let line = &lines[index];
        let before = &lines[index - usize::from(index > 0)];
        if index > 0 && self.mixes(line, before) {
            let diagnostic = self.tabs_and_spaces(line, before);
            self.report(diagnostic);
            return;
        }
        let mut diagnostic = Diagnostic::error(
            &codes::BAD_INDENTATION,
            self.word_span(line),
            "this line is indented deeper than the block it belongs to",
        )
        .here("unexpected indentation")
        .note("only a line that ends in `:` opens a block with a deeper indentation");
        let expected = self.levels.last().map_or(0, |l| l.line);
        let margin = if top.width == 0 { "" } else { self.margin(&lines[expected]) };
        diagnostic = diagnostic.suggest(self.margin_span(line), margin, "indent it like the lines around it");
        if index > 0 {
            diagnostic = diagnostic.label(self.word_span(before), "the line before it opens no block");
        }
        self.report(diagnostic);
    }

    fn tabs_and_spaces(&self, line: &Line, before: &Line) -> Diagnostic {
        Diagnostic::error(
            &codes::TABS_AND_SPACES,
            self.word_span(line),
            "this line is indented with tabs where the lines around it use spaces, or the other way round",
        )
        .here(format!("indented with {}", describe(self.margin(line))))
        .label(self.word_span(before), format!("indented with {}", describe(self.margin(before))))
        .note("a tab counts as going to the next multiple of 8 columns, whatever the editor shows")
        .suggest(self.margin_span(line), self.margin(before), "use the indentation of the line before")
        .help("indent with spaces only")
    }

    fn no_such_level(&mut self, lines: &[Line], index: usize) {
        let line = &lines[index];
        let before = &lines[index - 1];
        if self.mixes(line, before) {
            let diagnostic = self.tabs_and_spaces(line, before);
            self.report(diagnostic);
            return;
        }
        let outer = self.top();
        let mut diagnostic = Diagnostic::error(
            &codes::BAD_INDENTATION,
            self.word_span(line),
            "this line's indentation matches no block around it",
        )
        .here(format!("indented by {}", columns(width(self.margin(line), 8))));
        diagnostic = diagnostic.label(
            self.word_span(before),
            format!("the line before it is indented by {}", columns(width(self.margin(before), 8))),
        );
        if let Some(opener) = lines.get(outer.line).filter(|_| outer.line < index) {
            diagnostic = diagnostic
                .label(self.word_span(opener), format!("a block around it by {}", columns(outer.width)));
        }
        self.report(diagnostic.help("indent it exactly like the lines of its block"));
    }

    fn expected_block(&mut self, lines: &[Line], index: usize) {
        let header = &lines[index - 1];
        let line = &lines[index];
        if header.bad || self.begins_strangely(line) {
            return;
        }
        let span = Span::new(self.file, header.end.saturating_sub(1), header.end);
        let mut diagnostic =
            Diagnostic::error(&codes::EXPECTED_BLOCK, span, "an indented block is expected behind this `:`")
                .here("opens a block")
                .label(self.word_span(line), "not indented deeper");
        if self.mixes(line, header) {
            diagnostic =
                diagnostic.note("tabs and spaces are mixed here: a tab goes to the next multiple of 8");
        }
        self.diagnostics
            .push(diagnostic.help("indent the lines of the block, or write `pass` for an empty one"));
    }

    /// Whether a line is indented by blanks that are no blanks of the language, which is reported for itself.
    fn begins_strangely(&self, line: &Line) -> bool {
        let first = self.text.get(line.start..).and_then(|rest| rest.chars().next());
        first.is_some_and(|c| c.is_whitespace() && !c.is_ascii())
    }

    fn no_block_at_the_end(&mut self, lines: &[Line]) {
        let Some(header) = lines.last().filter(|l| l.opens && !l.bad) else { return };
        let span = Span::new(self.file, header.end.saturating_sub(1), header.end);
        self.report(
            Diagnostic::error(&codes::EXPECTED_BLOCK, span, "an indented block is expected behind this `:`")
                .here("the file ends here")
                .help("indent the lines of the block, or write `pass` for an empty one"),
        );
    }

    /// Warns once if lines of the same block are indented with tabs here and spaces there.
    fn compare_tabs(&mut self, lines: &[Line], index: usize) {
        let level = self.top();
        let line = &lines[index];
        if self.warned || level.width == 0 || level.line == index {
            return;
        }
        let opener = &lines[level.line];
        if self.mixes(line, opener) {
            self.warned = true;
            let warning = Diagnostic::warning(
                &MIXED_INDENTATION,
                self.word_span(line),
                "lines of one block are indented with tabs here and spaces there",
            )
            .here(format!("indented with {}", describe(self.margin(line))))
            .label(self.word_span(opener), format!("indented with {}", describe(self.margin(opener))))
            .note("it is read with tabs going to the next multiple of 8 columns; other tools may see another block")
            .suggest(self.margin_span(line), self.margin(opener), "use the same indentation");
            self.report(warning);
        }
    }
}

fn columns(width: usize) -> String {
    match width {
        0 => "nothing".to_string(),
        1 => "1 column".to_string(),
        n => format!("{n} columns"),
    }
}

/// An indentation in words: "1 tab and 3 spaces".
fn describe(margin: &str) -> String {
    let tabs = margin.bytes().filter(|b| *b == b'\t').count();
    let spaces = margin.bytes().filter(|b| *b == b' ').count();
    let count = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    match (tabs, spaces) {
        (0, 0) => "nothing".to_string(),
        (0, s) => count(s, "space"),
        (t, 0) => count(t, "tab"),
        (t, s) => format!("{} and {}", count(t, "tab"), count(s, "space")),
    }
}
