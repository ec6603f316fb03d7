//! The scan over the text.

use memchr::memchr;

use super::candidates::begins_statement;
use super::depth::Depth;
use super::frames::{Frame, FrameKind, Quote, closer};
use super::strange;
use super::strings::{FTextEnd, StringEnd, prefix, scan_ftext, scan_plain};
use super::{Layout, Line, MAX_CHAIN, continues_name, starts_name};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::budget::TOO_LARGE;
use crate::diagnostics::codes::syntax as codes;
use crate::source::{FileId, Span};
use crate::syntax::MAX_DIAGNOSTICS;

/// After this many brackets that are never closed, the scan stops looking for their end in the rest of the file. It
/// keeps the work linear.
const PATIENCE: usize = 20;

/// Words and signs that a file may have. Each becomes a part of the tree, which is far larger than its text.
const MOST_TOKENS: usize = 2_000_000;

/// Scans a text into lines.
pub(super) struct Scanner<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    pos: usize,
    max_nesting: usize,
    frames: Vec<Frame>,
    depth: Depth,
    /// Behind the last significant byte of the line.
    last: usize,
    bad: bool,
    ends_in_colon: bool,
    /// Line starts inside brackets where a statement may begin, in order.
    candidates: Vec<usize>,
    backquotes: usize,
    unclosed: usize,
    too_deep: bool,
    /// Words and signs so far.
    tokens: usize,
    /// Where the diagnostics of the current line begin.
    first_diagnostic: usize,
    /// The text with plain spaces for blanks and comments.
    clean: Vec<u8>,
    out: Layout,
}

impl<'a> Scanner<'a> {
    /// A scanner at the beginning of `text`.
    pub(super) fn new(file: FileId, text: &'a str, max_nesting: usize) -> Scanner<'a> {
        Scanner {
            file,
            text,
            bytes: text.as_bytes(),
            pos: 0,
            max_nesting,
            frames: Vec::new(),
            depth: Depth::default(),
            last: 0,
            bad: false,
            ends_in_colon: false,
            candidates: Vec::new(),
            backquotes: 0,
            unclosed: 0,
            too_deep: false,
            tokens: 0,
            first_diagnostic: 0,
            clean: text.as_bytes().to_vec(),
            out: Layout {
                lines: Vec::new(),
                comments: Vec::new(),
                clean: String::new(),
                diagnostics: Vec::new(),
            },
        }
    }

    /// Scans the whole text.
    pub(super) fn run(mut self) -> Layout {
        if let Some(at) = memchr(0, self.bytes) {
            self.report(strange::nul(self.span(at, at + 1)));
        }
        if self.text.starts_with('\u{feff}') {
            self.pos = '\u{feff}'.len_utf8();
        }
        while self.pos < self.bytes.len() {
            let margin = self.pos;
            self.skip_margin();
            match self.peek() {
                None => break,
                Some(b'\n' | b'\r') => self.pos += self.newline_len(),
                Some(b'#') => self.comment(),
                Some(_) => self.line(margin),
            }
        }
        // Only whole characters were overwritten.
        self.out.clean = String::from_utf8(self.clean).unwrap_or_default();
        self.out
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.pos).copied()
    }

    fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.pos + ahead).copied()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.out.diagnostics.len() < MAX_DIAGNOSTICS {
            self.out.diagnostics.push(diagnostic);
        }
    }

    /// Reports something that makes the line unfit to be parsed; only the first such thing of a line counts.
    fn spoil(&mut self, make: impl FnOnce(&Self) -> Diagnostic) {
        if !self.bad {
            self.bad = true;
            let diagnostic = make(self);
            self.report(diagnostic);
        }
    }

    fn skip_margin(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\x0c')) {
            self.pos += 1;
        }
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.pos += 1;
        }
    }

    fn newline_len(&self) -> usize {
        if self.peek() == Some(b'\r') && self.peek_at(1) == Some(b'\n') { 2 } else { 1 }
    }

    fn comment(&mut self) {
        let len = self.bytes[self.pos..].iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count();
        let span = self.span(self.pos, self.pos + len);
        self.out.comments.push(span);
        self.blank(len);
    }

    /// Passes over `len` bytes that mean no more than a space.
    fn blank(&mut self, len: usize) {
        self.clean[self.pos..self.pos + len].fill(b' ');
        self.pos += len;
    }

    fn line(&mut self, margin: usize) {
        let start = self.pos;
        self.frames.clear();
        self.candidates.clear();
        self.depth = Depth::default();
        self.last = start;
        self.bad = false;
        self.ends_in_colon = false;
        self.backquotes = 0;
        self.first_diagnostic = self.out.diagnostics.len();
        while self.step() {}
        if !self.frames.is_empty() {
            self.never_closed();
        }
        let (end, bad) = (self.last, self.bad);
        let opens = self.ends_in_colon;
        self.out.lines.push(Line { start, end, margin, depth: 0, bad, opens });
    }

    /// Takes the next piece of the line; false at its end.
    fn step(&mut self) -> bool {
        match self.frames.last().map(|f| f.kind) {
            Some(FrameKind::FText(quote)) => self.ftext(quote, false),
            Some(FrameKind::Spec(quote)) => self.ftext(quote, true),
            _ => self.code(),
        }
    }

    fn code(&mut self) -> bool {
        let Some(byte) = self.peek() else { return false };
        match byte {
            b' ' => self.skip_spaces(),
            b'\t' | b'\x0c' => self.blank(1),
            b'\n' | b'\r' => return self.line_end(),
            b'#' => self.comment(),
            b'\\' => self.continuation(),
            b'\'' | b'"' => self.string(self.pos, false),
            b'0'..=b'9' => self.number(),
            b if starts_name(b) => self.word(),
            b'(' | b'[' | b'{' => self.open(),
            b')' | b']' | b'}' => return self.close(byte),
            _ => self.punctuation(byte),
        }
        true
    }

    /// Takes `len` significant bytes.
    fn take(&mut self, len: usize) {
        self.pos += len;
        self.last = self.pos;
        self.ends_in_colon = false;
        self.check_depth();
        self.count_token();
    }

    /// Counts a word or sign. Lines behind the last one that is allowed are not parsed.
    fn count_token(&mut self) {
        self.tokens += 1;
        if self.tokens == MOST_TOKENS + 1 {
            let span = self.span(self.pos.saturating_sub(1), self.pos);
            let message = format!("the file has more than {MOST_TOKENS} words and signs");
            let diagnostic = Diagnostic::error(&TOO_LARGE, span, message);
            self.out
                .diagnostics
                .push(diagnostic.help("split it into files, or make in loops what repeats itself"));
        }
        self.bad |= self.tokens > MOST_TOKENS;
    }

    fn check_depth(&mut self) {
        let nesting = self.depth.total() + self.backquotes / 2;
        if self.bad || (nesting <= self.max_nesting && self.depth.height() <= MAX_CHAIN) {
            return;
        }
        self.bad = true;
        if self.too_deep {
            return;
        }
        self.too_deep = true;
        let span = self.span(self.pos.saturating_sub(1), self.pos);
        let diagnostic = if nesting > self.max_nesting {
            nesting_too_deep(span, self.max_nesting)
        } else {
            chain_too_long(span)
        };
        self.report(diagnostic);
    }

    /// A line end: the end of the logical line, unless something is open.
    fn line_end(&mut self) -> bool {
        if self.frames.is_empty() {
            self.pos += self.newline_len();
            return false;
        }
        self.blank(self.newline_len());
        if begins_statement(self.text, self.pos) {
            self.candidates.push(self.pos);
            if self.unclosed >= PATIENCE {
                return false;
            }
        }
        true
    }

    fn continuation(&mut self) {
        match self.peek_at(1) {
            Some(b'\r') if self.peek_at(2) == Some(b'\n') => self.blank(3),
            Some(b'\n' | b'\r') => self.blank(2),
            _ => {
                let at = self.pos;
                self.spoil(|s| strange::stray_backslash(s.span(at, at + 1), s.text, at));
                self.take(1);
            }
        }
    }

    fn number(&mut self) {
        let len = self.bytes[self.pos..].iter().take_while(|b| continues_name(**b) || **b == b'.').count();
        self.depth.value();
        self.take(len);
    }

    fn word(&mut self) {
        let at = self.pos;
        let len = self.bytes[at..].iter().take_while(|b| continues_name(**b)).count();
        let word = &self.text[at..at + len];
        if let Some(b'\'' | b'"') = self.peek_at(len)
            && let Some(formatted) = prefix(word)
        {
            self.pos += len;
            self.string(at, formatted);
            return;
        }
        if !word.is_ascii() {
            self.spoil(|s| strange::not_ascii(s.file, s.text, at, len));
        }
        self.depth.word(word);
        self.take(len);
    }

    fn string(&mut self, start: usize, formatted: bool) {
        let quote = Quote::at(self.bytes, self.pos);
        self.pos += quote.len();
        self.depth.value();
        if formatted {
            self.frames.push(Frame { at: start, kind: FrameKind::FText(quote) });
            self.depth.open();
            self.take(0);
            return;
        }
        match scan_plain(self.bytes, self.pos, quote) {
            StringEnd::Closed(end) => {
                self.take(end - self.pos);
            }
            StringEnd::Open(end) => self.unterminated(start, end, quote),
        }
    }

    /// A string that is not closed; scanning goes on behind `end`.
    fn unterminated(&mut self, start: usize, end: usize, quote: Quote) {
        let field = self.frames.iter().rev().find(|f| matches!(f.kind, FrameKind::Field)).copied();
        self.spoil(|s| match field {
            Some(field) => strange::unclosed_field(s.span(field.at, field.at + 1)),
            None => strange::unterminated(s.file, s.text, start, end, quote),
        });
        // Whatever f-strings the line end is inside of ended with it.
        if let Some(first) = self.frames.iter().position(|f| !matches!(f.kind, FrameKind::Bracket(_))) {
            for _ in first..self.frames.len() {
                self.depth.close();
            }
            self.frames.truncate(first);
        }
        self.take(end - self.pos);
    }

    fn ftext(&mut self, quote: Quote, spec: bool) -> bool {
        match scan_ftext(self.bytes, self.pos, quote, spec) {
            FTextEnd::Quote(at) if !spec => {
                self.pop();
                self.take(at + quote.len() - self.pos);
            }
            FTextEnd::Open(at) => {
                self.pos = at;
                self.push(FrameKind::Field);
            }
            FTextEnd::Close(at) => {
                if spec {
                    self.pop();
                    self.pop();
                }
                self.take(at + 1 - self.pos);
            }
            FTextEnd::Quote(at) | FTextEnd::Unclosed(at) => {
                let start = self.frames.last().map_or(at, |f| f.at);
                self.unterminated(start, at, quote);
            }
        }
        true
    }

    fn push(&mut self, kind: FrameKind) {
        self.frames.push(Frame { at: self.pos, kind });
        self.depth.open();
        self.take(1);
    }

    fn pop(&mut self) {
        self.frames.pop();
        self.depth.close();
    }

    fn open(&mut self) {
        self.push(FrameKind::Bracket(self.bytes[self.pos]));
    }

    /// A closing bracket; false if the line ends before it.
    fn close(&mut self, byte: u8) -> bool {
        let opener = self.frames.last().copied();
        match opener.map(|f| f.kind) {
            Some(FrameKind::Bracket(open)) if closer(open) == byte => self.pop(),
            Some(FrameKind::Field) if byte == b'}' => self.pop(),
            _ if self.abandoned().is_some() => return false,
            _ => self.mismatch(opener, byte),
        }
        self.take(1);
        true
    }

    /// A closing bracket that closes nothing, or not what was opened last.
    fn mismatch(&mut self, opener: Option<Frame>, byte: u8) {
        let at = self.pos;
        self.spoil(|s| match opener {
            Some(frame) => {
                strange::mismatched(s.text, s.span(frame.at, frame.at + 1), s.span(at, at + 1), byte)
            }
            None => strange::stray_closer(s.span(at, at + 1), byte),
        });
        // If something further out is closed by it, everything inside that was left open.
        let closes = |f: &Frame| matches!(f.kind, FrameKind::Bracket(open) if closer(open) == byte);
        let fields = self.frames.iter().rposition(|f| !matches!(f.kind, FrameKind::Bracket(_)));
        let from = fields.map_or(0, |f| f + 1);
        if let Some(index) = self.frames[from..].iter().rposition(closes) {
            while self.frames.len() > from + index {
                self.pop();
            }
        }
    }

    /// Where a new statement seems to begin inside the brackets, and the innermost bracket that is open there.
    fn abandoned(&self) -> Option<(Frame, usize)> {
        let outermost = self.frames.first()?.at;
        let index = self.candidates.partition_point(|c| *c <= outermost);
        let resume = *self.candidates.get(index)?;
        let inside = self.frames.partition_point(|f| f.at < resume);
        self.frames.get(inside.checked_sub(1)?).map(|frame| (*frame, resume))
    }

    /// The line's brackets are still open where it had to end.
    fn never_closed(&mut self) {
        self.unclosed += 1;
        let abandoned = self.abandoned();
        let frame = abandoned.map(|a| a.0).or(self.frames.last().copied());
        let resume = abandoned.map(|a| a.1);
        if let Some(resume) = resume {
            self.pos = resume;
            self.forget(resume);
        }
        self.spoil(|s| strange::never_closed(s.file, s.text, frame, resume));
    }

    /// Forgets what was found from `resume` on: the scan takes up from there and finds it again.
    fn forget(&mut self, resume: usize) {
        let behind = |span: Span| span.start as usize >= resume;
        while self.out.comments.last().is_some_and(|c| behind(*c)) {
            self.out.comments.pop();
        }
        while self.out.diagnostics.len() > self.first_diagnostic
            && self.out.diagnostics.last().is_some_and(|d| behind(d.primary))
        {
            self.out.diagnostics.pop();
            self.bad = false;
            self.too_deep = false;
        }
        self.last = self.last.min(resume);
    }

    fn punctuation(&mut self, byte: u8) {
        let two = self.peek_at(1);
        match byte {
            b':' if matches!(self.frames.last().map(|f| f.kind), Some(FrameKind::Field)) => {
                self.field_colon();
            }
            b'*' if two == Some(b'*') => {
                if self.depth.after_value() {
                    self.depth.prefix();
                }
                self.take(2);
            }
            b'-' | b'+' | b'~' if !self.depth.after_value() => {
                self.depth.prefix();
                self.take(1);
            }
            b',' | b';' => {
                self.depth.separate();
                self.take(1);
            }
            b':' => {
                self.depth.colon();
                self.take(1);
                self.ends_in_colon = self.frames.is_empty();
            }
            b'`' => {
                self.backquotes += 1;
                self.take(1);
            }
            b if b < b' ' || b == 0x7f => {
                if b != 0 {
                    let at = self.pos;
                    self.spoil(|s| strange::control(s.span(at, at + 1), b));
                }
                self.bad = true;
                self.take(1);
            }
            _ => {
                self.depth.infix();
                let double = two == Some(b'=') || (two == Some(byte) && byte != b'.');
                self.take(if double { 2 } else { 1 });
            }
        }
    }

    /// The colon that ends the expression of an f-string's field.
    fn field_colon(&mut self) {
        let quote = self.frames.iter().rev().find_map(|f| match f.kind {
            FrameKind::FText(quote) | FrameKind::Spec(quote) => Some(quote),
            _ => None,
        });
        let quote = quote.unwrap_or(Quote { byte: b'\'', long: false });
        self.push(FrameKind::Spec(quote));
    }
}

/// Nesting is over the budget.
pub(super) fn nesting_too_deep(span: Span, limit: usize) -> Diagnostic {
    Diagnostic::error(&codes::NESTING_TOO_DEEP, span, format!("this nests more than {limit} levels deep"))
        .here(format!("level {} begins here", limit + 1))
        .note("brackets, blocks, `lambda`, `else` and prefix operators each count as a level")
        .help("give the inner parts names of their own, and put the names together")
}

fn chain_too_long(span: Span) -> Diagnostic {
    let message = format!("this chain of operators or calls has more than {MAX_CHAIN} links");
    Diagnostic::error(&codes::NESTING_TOO_DEEP, span, message)
        .here("too long here")
        .help("build the value in steps, or join a list: ''.join([...])")
}
