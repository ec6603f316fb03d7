//! Lines → statements with their blocks.
//!
//! A line that cannot be read is reported and left out; its block, if one follows, is still read for its own mistakes.

use std::sync::Arc;

use pest::Parser;
use pest::error::{Error, InputLocation};

use super::ast::{Function, Handler, Stmt, StmtKind, WithItem};
use super::explain;
use super::grammar::{LineParser, Rule};
use super::layout::{Layout, Line, word_len};
use super::lower::{Context, Lower, Token, Tokens, Use, after_keyword, not_in_the_language};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::source::{FileId, Span};

/// An `elif` is a level of the tree below the one before it; more of them are rejected.
const MAX_ELIF: usize = 1_000;

/// How often a line is corrected and read again.
const MAX_REPAIRS: usize = 10;

/// Reads the lines of a string.
pub(super) struct Blocks<'t> {
    file: FileId,
    text: &'t str,
    layout: &'t Layout,
    lines: &'t [Line],
    pos: usize,
    lower: Lower<'t>,
    /// The statement before could not be read: an `else` may have belonged to it.
    after_bad: bool,
    /// A statement was read that `from __future__ import …` cannot follow.
    begun: bool,
}

/// A clause of a compound statement, and its line.
type Clause<'t> = (Token<'t>, Line);

impl<'t> Blocks<'t> {
    /// Reads the lines of `text`.
    pub(super) fn new(file: FileId, text: &'t str, layout: &'t Layout) -> Blocks<'t> {
        let (lines, lower) = (layout.lines.as_slice(), Lower::new(file, text));
        Blocks { file, text, layout, lines, pos: 0, lower, after_bad: false, begun: false }
    }

    /// Reads everything.
    pub(super) fn module(mut self) -> (Vec<Stmt>, Lower<'t>) {
        let body = self.block(0);
        (body, self.lower)
    }

    /// The statements at this depth, up to a line further out.
    fn block(&mut self, depth: usize) -> Vec<Stmt> {
        let mut out = Vec::new();
        while self.lines.get(self.pos).is_some_and(|l| l.depth >= depth) {
            self.statement(&mut out);
        }
        out
    }

    /// Reads the next line; `None` if it cannot be read, which is then reported.
    fn next_line(&mut self) -> (Line, Option<Tokens<'t>>) {
        let line = self.lines[self.pos];
        self.pos += 1;
        if line.bad {
            return (line, None);
        }
        match LineParser::parse(Rule::line, self.layout.clean.get(line.start..line.end).unwrap_or("")) {
            Ok(pairs) => {
                self.lower.begin_line(line.start);
                (line, Some(pairs.peekable()))
            }
            Err(error) => {
                self.refuse(&line, &error);
                (line, None)
            }
        }
    }

    /// Reports why a line cannot be read. Where the fix is clear, the corrected line is read on for further mistakes.
    fn refuse(&mut self, line: &Line, error: &Error<Rule>) {
        let slice = self.text.get(line.start..line.end).unwrap_or("");
        let mut tokens = self.layout.tokens(line).to_vec();
        let (diagnostic, mut repair) = explain::explain(self.file, line.start, slice, &tokens, place(error));
        self.lower.report(diagnostic);
        let mut mended = slice.to_string();
        let mut clean = self.layout.clean.get(line.start..line.end).unwrap_or("").to_string();
        for _ in 0..MAX_REPAIRS {
            let Some(change) = repair.take() else { return };
            let range = change.at..change.at + change.text.len();
            mended.replace_range(range.clone(), change.text);
            clean.replace_range(range, change.text);
            change.mend(line.start, &mut tokens);
            let Err(error) = LineParser::parse(Rule::line, &clean) else { return };
            let (diagnostic, next) = explain::explain(self.file, line.start, &mended, &tokens, place(&error));
            self.lower.report(diagnostic);
            repair = next;
        }
    }

    fn statement(&mut self, out: &mut Vec<Stmt>) {
        let (line, tokens) = self.next_line();
        let Some(mut tokens) = tokens else {
            self.drop_block(&line);
            self.after_bad = true;
            return;
        };
        let is_simple = tokens.peek().is_some_and(|t| !is_clause(t.as_rule()));
        if is_simple {
            self.simple_list(tokens, out);
        } else if let Some(token) = tokens.next() {
            let statement = self.compound((token, line));
            self.begun = true;
            out.extend(statement);
            return;
        }
        self.after_bad = false;
    }

    /// Simple statements of one line.
    fn simple_list(&mut self, tokens: Tokens<'t>, out: &mut Vec<Stmt>) {
        for token in tokens.filter(|t| !matches!(t.as_rule(), Rule::semicolon | Rule::EOI)) {
            let Some(statement) = self.lower.simple(token) else { continue };
            self.check_future(&statement);
            out.push(statement);
        }
    }

    /// `from __future__ import …` changes how the file is read, so it comes first.
    fn check_future(&mut self, statement: &Stmt) {
        match &statement.kind {
            StmtKind::ImportFrom { module, .. } if &*module.name == "__future__" => {
                if self.begun {
                    let message = "`from __future__ import` belongs at the beginning of the file";
                    self.lower.report(
                        Diagnostic::error(&codes::MISPLACED, statement.span, message)
                            .here("other statements come before it")
                            .help("move it to the top, below the opening comment"),
                    );
                }
            }
            StmtKind::Expr(expr) if matches!(expr.kind, super::ast::ExprKind::Str(_)) => {}
            _ => self.begun = true,
        }
    }

    /// Reads the block of a line that cannot be read, for the mistakes in it.
    fn drop_block(&mut self, line: &Line) {
        if self.word(line) == "match" {
            while self.lines.get(self.pos).is_some_and(|l| l.depth > line.depth) {
                self.pos += 1;
            }
        }
        if self.lines.get(self.pos).is_some_and(|l| l.depth > line.depth) {
            self.within(Context { function: true, looping: true }, |s| {
                s.block(line.depth + 1);
            });
        }
    }

    /// The first word of a line.
    fn word(&self, line: &Line) -> &'t str {
        self.text.get(line.start..line.start + word_len(self.text, line.start)).unwrap_or("")
    }

    fn within<T>(&mut self, context: Context, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.lower.context, context);
        let result = read(self);
        self.lower.context = outer;
        result
    }

    /// A compound statement with all of its clauses; `None` if it was rejected.
    fn compound(&mut self, clause: Clause<'t>) -> Option<Stmt> {
        let before = self.lower.errors();
        let span = self.head_span(&clause);
        let rule = clause.0.as_rule();
        let after_bad = std::mem::take(&mut self.after_bad);
        match rule {
            Rule::if_clause => self.if_statement(clause),
            Rule::for_clause => self.for_statement(clause, span, before),
            Rule::while_clause => self.while_statement(clause, span, before),
            Rule::def_clause => self.def_statement(clause, span, before),
            Rule::class_clause => self.class_statement(clause, span, before),
            Rule::with_clause => self.with_statement(clause, span, before),
            Rule::try_clause => self.try_statement(clause, span),
            Rule::decorator => {
                let help = "call the function by hand after its `def`: f = decorator(f)";
                self.lower.report(not_in_the_language(span, "decorators are not in the language", help));
                None
            }
            _ => self.orphan(clause, after_bad),
        }
    }

    /// The head of a clause, up to its colon.
    fn head_span(&self, (token, line): &Clause<'t>) -> Span {
        let colon = token.clone().into_inner().rfind(|t| t.as_rule() == Rule::colon);
        let end = colon.map_or(line.end, |c| self.lower.span(&c).end as usize);
        Span::new(self.file, line.start, end.max(line.start))
    }

    /// The statements of a clause: on its own line, or the block below it. `tokens` begin at the colon.
    fn suite(&mut self, mut tokens: Tokens<'t>, line: &Line) -> Vec<Stmt> {
        tokens.next_if(|t| t.as_rule() == Rule::colon);
        let mut out = Vec::new();
        if tokens.peek().is_some() {
            self.simple_list(tokens, &mut out);
            out.extend(self.block_below(line));
        } else {
            out = self.block_below(line);
        }
        self.after_bad = false;
        out
    }

    fn block_below(&mut self, line: &Line) -> Vec<Stmt> {
        self.block(line.depth + 1)
    }

    fn looped(&self) -> Context {
        Context { looping: true, ..self.lower.context }
    }

    /// The next clause at this depth, if it begins with one of these words. One that cannot be read is passed over.
    fn clause(&mut self, depth: usize, words: &[&str]) -> Option<Clause<'t>> {
        while let Some(line) = self.lines.get(self.pos).filter(|l| l.depth == depth) {
            if !words.contains(&self.word(line)) {
                return None;
            }
            match self.next_line() {
                (line, Some(mut tokens)) => return tokens.next().map(|t| (t, line)),
                (line, None) => self.drop_block(&line),
            }
        }
        None
    }

    fn if_statement(&mut self, clause: Clause<'t>) -> Option<Stmt> {
        let depth = clause.1.depth;
        let mut broken = false;
        let mut branches = Vec::new();
        let mut next = Some(clause);
        let mut orelse = Vec::new();
        while let Some((token, line)) = next.take() {
            let span = self.head_span(&(token.clone(), line));
            let is_else = token.as_rule() == Rule::else_clause;
            let mut tokens = after_keyword(token);
            if is_else {
                orelse = self.suite(tokens, &line);
                break;
            }
            let errors = self.lower.errors();
            let test = self.lower.named(&mut tokens);
            broken |= self.lower.errors() > errors;
            let body = self.suite(tokens, &line);
            branches.push((test, body, span));
            next = self.clause(depth, &["elif", "else"]);
        }
        if branches.len() > MAX_ELIF + 1 {
            self.lower.report(too_many_elif(branches[MAX_ELIF + 1].2));
            broken = true;
        }
        if broken {
            return None;
        }
        for (test, body, span) in branches.into_iter().rev() {
            orelse = vec![Stmt { kind: StmtKind::If { test, body, orelse }, span }];
        }
        orelse.pop()
    }

    /// The `else` of a loop or of `try`.
    fn else_suite(&mut self, depth: usize) -> Vec<Stmt> {
        match self.clause(depth, &["else"]) {
            Some((token, line)) => self.suite(after_keyword(token), &line),
            None => Vec::new(),
        }
    }

    fn for_statement(&mut self, (token, line): Clause<'t>, span: Span, before: usize) -> Option<Stmt> {
        let mut tokens = after_keyword(token);
        let target = self.lower.next_targets(&mut tokens);
        tokens.next_if(|t| t.as_rule() == Rule::kw_in);
        let iter = tokens.next().map(|t| self.lower.exprs(t));
        let broken = self.lower.errors() > before;
        let body = self.within(self.looped(), |s| s.suite(tokens, &line));
        let orelse = self.else_suite(line.depth);
        let kind = StmtKind::For { target, iter: iter?, body, orelse };
        (!broken).then_some(Stmt { kind, span })
    }

    fn while_statement(&mut self, (token, line): Clause<'t>, span: Span, before: usize) -> Option<Stmt> {
        let mut tokens = after_keyword(token);
        let test = self.lower.named(&mut tokens);
        let broken = self.lower.errors() > before;
        let body = self.within(self.looped(), |s| s.suite(tokens, &line));
        let orelse = self.else_suite(line.depth);
        (!broken).then_some(Stmt { kind: StmtKind::While { test, body, orelse }, span })
    }

    fn def_statement(&mut self, (token, line): Clause<'t>, span: Span, before: usize) -> Option<Stmt> {
        let mut tokens = after_keyword(token);
        let name = tokens.next().map(|t| self.lower.name(&t));
        let mut parameters = Vec::new();
        while let Some(token) = tokens.next_if(|t| t.as_rule() != Rule::colon) {
            if token.as_rule() == Rule::def_params {
                parameters = self.lower.parameters(token);
            }
        }
        let broken = self.lower.errors() > before;
        let body = self.within(Context { function: true, looping: false }, |s| s.suite(tokens, &line));
        let function = Function { name: name?, parameters, body, span };
        (!broken).then_some(Stmt { kind: StmtKind::FunctionDef(Arc::new(function)), span })
    }

    fn class_statement(&mut self, (token, line): Clause<'t>, span: Span, before: usize) -> Option<Stmt> {
        let mut tokens = after_keyword(token);
        let name = tokens.next().map(|t| self.lower.name(&t));
        let bases = match tokens.next_if(|t| t.as_rule() == Rule::call) {
            Some(call) => self.lower.args(call),
            None => Vec::new(),
        };
        let broken = self.lower.errors() > before;
        let body = self.within(Context::default(), |s| s.suite(tokens, &line));
        let kind = StmtKind::ClassDef { name: name?, bases, body };
        (!broken).then_some(Stmt { kind, span })
    }

    fn with_statement(&mut self, (token, line): Clause<'t>, span: Span, before: usize) -> Option<Stmt> {
        let mut tokens = after_keyword(token);
        let mut items = Vec::new();
        while let Some(token) = tokens.next_if(|t| t.as_rule() == Rule::with_item) {
            items.push(self.with_item(token));
        }
        let broken = self.lower.errors() > before;
        let body = self.suite(tokens, &line);
        (!broken).then_some(Stmt { kind: StmtKind::With { items, body }, span })
    }

    fn with_item(&mut self, token: Token<'t>) -> WithItem {
        let mut tokens = token.into_inner().peekable();
        let context = self.lower.next_expr(&mut tokens);
        tokens.next_if(|t| t.as_rule() == Rule::kw_as);
        let target = tokens.next().map(|t| self.lower.target(t));
        if let Some(target) = &target {
            self.lower.check_target(target, Use::Bind);
        }
        WithItem { context, target }
    }

    fn try_statement(&mut self, (token, line): Clause<'t>, span: Span) -> Option<Stmt> {
        let body = self.suite(after_keyword(token), &line);
        let mut handlers: Vec<Handler> = Vec::new();
        let mut broken = false;
        let mut skipped = false;
        loop {
            let at = self.pos;
            let Some((token, line)) = self.clause(line.depth, &["except"]) else {
                skipped |= self.pos > at;
                break;
            };
            let errors = self.lower.errors();
            let handler = self.handler((token, line));
            broken |= self.lower.errors() > errors && handler.is_none();
            handlers.extend(handler);
        }
        self.check_handlers(&handlers);
        let orelse = if handlers.is_empty() && !skipped { Vec::new() } else { self.else_suite(line.depth) };
        let (finally, has_finally) = match self.clause(line.depth, &["finally"]) {
            Some((token, line)) => (self.suite(after_keyword(token), &line), true),
            None => (Vec::new(), false),
        };
        if handlers.is_empty() && !has_finally && !skipped && !broken {
            self.lower.report(
                Diagnostic::error(&codes::MISPLACED, span, "this `try` has neither `except` nor `finally`")
                    .here("nothing handles what happens in it")
                    .help("add `except SomeError:` below its block, or remove the `try`"),
            );
            return None;
        }
        (!broken).then_some(Stmt { kind: StmtKind::Try { body, handlers, orelse, finally }, span })
    }

    fn handler(&mut self, (token, line): Clause<'t>) -> Option<Handler> {
        let before = self.lower.errors();
        let span = self.head_span(&(token.clone(), line));
        let mut tokens = after_keyword(token);
        let is_kind = |t: &Token<'t>| !matches!(t.as_rule(), Rule::kw_as | Rule::target | Rule::colon);
        let kind = tokens.next_if(is_kind).map(|t| self.lower.expr(t));
        tokens.next_if(|t| t.as_rule() == Rule::kw_as);
        let name = match tokens.next_if(|t| t.as_rule() == Rule::target) {
            Some(target) => self.handler_name(target),
            None => None,
        };
        let broken = self.lower.errors() > before;
        let body = self.suite(tokens, &line);
        (!broken).then_some(Handler { kind, name, body, span })
    }

    fn handler_name(&mut self, token: Token<'t>) -> Option<super::ast::Ident> {
        let target = self.lower.target(token);
        if let super::ast::ExprKind::Name(name) = target.kind {
            return Some(super::ast::Ident { name, span: target.span });
        }
        self.lower.report(
            Diagnostic::error(&codes::BAD_TARGET, target.span, "an exception can only be given a plain name")
                .here("not a name")
                .help("several kinds of exceptions go in brackets: except (KeyError, ValueError):"),
        );
        None
    }

    fn check_handlers(&mut self, handlers: &[Handler]) {
        let Some((_, first)) = handlers.split_last() else { return };
        if let Some(bare) = first.iter().find(|h| h.kind.is_none()) {
            self.lower.report(
                Diagnostic::error(&codes::MISPLACED, bare.span, "an `except` for everything must come last")
                    .here("the clauses after it would never run"),
            );
        }
    }

    /// A clause without the statement that it belongs to.
    fn orphan(&mut self, (token, line): Clause<'t>, after_bad: bool) -> Option<Stmt> {
        let word_end = line.start + word_len(self.text, line.start);
        let span = Span::new(self.file, line.start, word_end);
        if !after_bad {
            let word = self.text.get(line.start..word_end).unwrap_or("");
            let owner = match word {
                "elif" => "an `if`",
                "else" => "an `if`, a loop or a `try` with `except`",
                _ => "a `try`",
            };
            self.lower.report(
                Diagnostic::error(&codes::MISPLACED, span, format!("this `{word}` belongs to nothing"))
                    .here(format!("{owner} must end right above it, with the same indentation")),
            );
        }
        let mut rest = after_keyword(token);
        while rest.next_if(|t| t.as_rule() != Rule::colon).is_some() {}
        self.suite(rest, &line);
        self.after_bad = true;
        None
    }
}

/// How far the grammar came.
fn place(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

fn is_clause(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::if_clause
            | Rule::elif_clause
            | Rule::else_clause
            | Rule::for_clause
            | Rule::while_clause
            | Rule::def_clause
            | Rule::class_clause
            | Rule::with_clause
            | Rule::try_clause
            | Rule::except_clause
            | Rule::finally_clause
            | Rule::decorator
    )
}

#[cold]
fn too_many_elif(span: Span) -> Diagnostic {
    let message = format!("this statement has more than {MAX_ELIF} `elif` clauses");
    Diagnostic::error(&codes::NESTING_TOO_DEEP, span, message)
        .here("one too many")
        .help("look the value up in a dict instead")
}
