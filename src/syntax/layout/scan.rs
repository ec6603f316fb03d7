//! The scan over the text.

use memchr::memchr;

use super::candidates::begins_statement;
use super::conflict;
use super::depth::Depth;
use super::frames::{Frame, FrameKind, Quote};
use super::strange;
use super::strings::{FTextEnd, StringEnd, prefix, scan_ftext, scan_plain};
use super::token::{Token, TokenKind, number_len, sign};
use super::{Layout, Line, MAX_CHAIN, continues_name, starts_name};
use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Span};
use crate::syntax::MAX_DIAGNOSTICS;

/// After this many brackets that are never closed, the scan stops looking for their end in the rest of the file. It
/// keeps the work linear.
const PATIENCE: usize = 20;

/// Words and signs that a file may have. Each becomes a part of the tree, which is far larger than its text.
const MAX_TOKENS: usize = 2_000_000;

/// Scans a string into lines.
pub(super) struct Scanner<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    bytes: &'a [u8],
    pub(super) pos: usize,
    max_nesting: usize,
    pub(super) frames: Vec<Frame>,
    depth: Depth,
    /// After the last significant byte of the line.
    pub(super) last: usize,
    pub(super) bad: bool,
    ends_in_colon: bool,
    /// Line starts inside brackets where a statement may begin, in order.
    pub(super) candidates: Vec<usize>,
    backquotes: usize,
    pub(super) unclosed: usize,
    pub(super) too_deep: bool,
    /// Words and signs so far.
    count: usize,
    /// The first version of a merge conflict is being read.
    in_conflict: bool,
    /// A merge conflict was reported.
    has_conflict: bool,
    /// Where the diagnostics of the current line begin.
    pub(super) first_diagnostic: usize,
    /// The text with plain spaces for spaces and comments.
    clean: Vec<u8>,
    pub(super) out: Layout,
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
            count: 0,
            in_conflict: false,
            has_conflict: false,
            first_diagnostic: 0,
            clean: text.as_bytes().to_vec(),
            out: Layout {
                lines: Vec::new(),
                tokens: Vec::new(),
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
            self.pass_conflicts();
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

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.out.diagnostics.len() < MAX_DIAGNOSTICS {
            self.out.diagnostics.push(diagnostic);
        }
    }

    /// Reports something that makes the line unfit to be parsed; only the first such thing of a line counts.
    pub(super) fn spoil(&mut self, make: impl FnOnce(&Self) -> Diagnostic) {
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

    /// Passes over the markers of merge conflicts at the beginning of a line.
    fn pass_conflicts(&mut self) {
        while let Some(passed) = conflict::marker(&self.bytes[self.pos..], self.in_conflict) {
            if passed.opens && !self.has_conflict {
                self.has_conflict = true;
                self.report(strange::merge_conflict(self.span(self.pos, self.pos + 7)));
            }
            self.in_conflict = passed.opens;
            self.blank(passed.len);
        }
    }

    fn line(&mut self, margin: usize) {
        let start = self.pos;
        let first_token = self.out.tokens.len();
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
        let (opens, end_token) = (self.ends_in_colon, self.out.tokens.len());
        self.out.lines.push(Line { start, end, margin, depth: 0, bad, opens, first_token, end_token });
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
            b'.' if self.peek_at(1).is_some_and(|b| b.is_ascii_digit()) => self.number(),
            b if starts_name(b) => self.word(),
            b'(' | b'[' | b'{' => self.open(),
            b')' | b']' | b'}' => return self.close(byte),
            _ => self.punctuation(byte),
        }
        true
    }

    /// Takes `len` bytes as a token.
    pub(super) fn token(&mut self, len: usize, kind: TokenKind) {
        self.out.tokens.push(Token { start: self.pos, end: self.pos + len, kind });
        self.take(len);
        self.count += 1;
        if self.count == MAX_TOKENS + 1 {
            let span = self.span(self.pos.saturating_sub(1), self.pos);
            self.out.diagnostics.push(strange::too_many_tokens(span, MAX_TOKENS));
        }
        // Lines after the last one that is allowed are not parsed.
        self.bad |= self.count > MAX_TOKENS;
    }

    /// Takes a string that begins at `start` and ends `len` bytes from here. What an f-string holds belongs to it.
    fn string_token(&mut self, start: usize, len: usize) {
        let (tokens, end) = (&mut self.out.tokens, self.pos + len);
        tokens.truncate(tokens.partition_point(|t| t.start < start));
        self.pos = start;
        self.token(end - start, TokenKind::Str);
    }

    /// Takes `len` significant bytes.
    fn take(&mut self, len: usize) {
        self.pos += len;
        self.last = self.pos;
        self.ends_in_colon = false;
        self.check_depth();
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
            strange::nesting_too_deep(span, self.max_nesting)
        } else {
            strange::chain_too_long(span)
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
        self.pass_conflicts();
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
        self.depth.value();
        self.token(number_len(&self.bytes[self.pos..]), TokenKind::Number);
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
        self.token(len, TokenKind::Word);
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
            StringEnd::Closed(end) => self.string_token(start, end - self.pos),
            StringEnd::Open(end) => self.unterminated(start, end, quote),
        }
    }

    /// A string that is not closed; scanning goes on after `end`.
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
                let start = self.frames.last().map_or(at, |f| f.at);
                self.pop();
                self.string_token(start, at + quote.len() - self.pos);
            }
            FTextEnd::Open(at) => {
                self.pos = at;
                self.push(FrameKind::Field, TokenKind::Open);
            }
            FTextEnd::Close(at) => {
                if spec {
                    self.pop();
                    self.pop();
                }
                self.pos = at;
                self.token(1, TokenKind::Close);
            }
            FTextEnd::Quote(at) | FTextEnd::Unclosed(at) => {
                let start = self.frames.last().map_or(at, |f| f.at);
                self.unterminated(start, at, quote);
            }
        }
        true
    }

    fn push(&mut self, kind: FrameKind, token: TokenKind) {
        self.frames.push(Frame { at: self.pos, kind });
        self.depth.open();
        self.token(1, token);
    }

    pub(super) fn pop(&mut self) {
        self.frames.pop();
        self.depth.close();
    }

    fn open(&mut self) {
        self.push(FrameKind::Bracket(self.bytes[self.pos]), TokenKind::Open);
    }

    fn punctuation(&mut self, byte: u8) {
        if byte < b' ' || byte == 0x7f {
            return self.control(byte);
        }
        let in_field = matches!(self.frames.last().map(|f| f.kind), Some(FrameKind::Field));
        if byte == b':' && in_field {
            return self.field_colon();
        }
        let (bytes, prefix) = (self.bytes, !self.depth.after_value());
        let sign = match sign(&bytes[self.pos..]) {
            b"--" | b"++" if prefix => &bytes[self.pos..=self.pos],
            sign => sign,
        };
        match sign {
            b"-" | b"+" | b"~" if prefix => self.depth.prefix(),
            b"**" if self.depth.after_value() => self.depth.prefix(),
            b"**" | b"`" => {}
            b"," | b";" => self.depth.separate(),
            b":" => self.depth.colon(),
            _ => self.depth.infix(),
        }
        self.backquotes += usize::from(sign == b"`");
        self.token(sign.len(), TokenKind::Sign);
        self.ends_in_colon = sign == b":" && self.frames.is_empty();
    }

    /// A control character, which cannot stand outside of strings and comments. A NUL has been reported already.
    fn control(&mut self, byte: u8) {
        let at = self.pos;
        if byte != 0 {
            self.spoil(|s| strange::control(s.span(at, at + 1), byte));
        }
        self.bad = true;
        self.take(1);
    }

    /// The colon that ends the expression of an f-string's field.
    fn field_colon(&mut self) {
        let quote = self.frames.iter().rev().find_map(|f| match f.kind {
            FrameKind::FText(quote) | FrameKind::Spec(quote) => Some(quote),
            _ => None,
        });
        let quote = quote.unwrap_or(Quote { byte: b'\'', long: false });
        self.push(FrameKind::Spec(quote), TokenKind::Sign);
    }
}
