//! Closing brackets: those that fit, those that do not, and those that never come.

use super::frames::{Frame, FrameKind, closer};
use super::scan::Scanner;
use super::strange;
use super::token::TokenKind;
use crate::source::Span;

impl Scanner<'_> {
    /// A closing bracket; false if the line ends before it.
    pub(super) fn close(&mut self, byte: u8) -> bool {
        let opener = self.frames.last().copied();
        match opener.map(|f| f.kind) {
            Some(FrameKind::Bracket(open)) if closer(open) == byte => self.pop(),
            Some(FrameKind::Field) if byte == b'}' => self.pop(),
            _ if self.abandoned().is_some() => return false,
            _ => self.mismatch(opener, byte),
        }
        self.token(1, TokenKind::Close);
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
    pub(super) fn never_closed(&mut self) {
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
        let is_after = |span: Span| span.start as usize >= resume;
        while self.out.comments.last().is_some_and(|c| is_after(*c)) {
            self.out.comments.pop();
        }
        while self.out.diagnostics.len() > self.first_diagnostic
            && self.out.diagnostics.last().is_some_and(|d| is_after(d.primary))
        {
            self.out.diagnostics.pop();
            self.bad = false;
            self.too_deep = false;
        }
        let tokens = &mut self.out.tokens;
        tokens.truncate(tokens.partition_point(|t| t.start < resume));
        self.last = self.last.min(resume);
    }
}
