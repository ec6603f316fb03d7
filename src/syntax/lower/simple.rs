//! Simple statements.

use super::operators::assigned;
use super::{Lower, Token, Tokens, Use, after_keyword, not_in_the_language};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::lints::syntax::PRINT_TO_FILE;
use crate::source::Span;
use crate::syntax::ast::{Arg, ArgKind, BinOp, Expr, ExprKind, Ident, Stmt, StmtKind};
use crate::syntax::grammar::Rule;

impl<'t> Lower<'t> {
    /// A simple statement; `None` if it was rejected.
    pub(in crate::syntax) fn simple(&mut self, token: Token<'t>) -> Option<Stmt> {
        let before = self.errors();
        let whole = self.span(&token);
        let span = Span { end: self.trimmed_end(whole), ..whole };
        let kind = self.simple_kind(token, span);
        (self.errors() == before).then_some(Stmt { kind, span })
    }

    /// Where a statement ends without the spaces after it.
    fn trimmed_end(&self, span: Span) -> u32 {
        let text = self.source(span);
        span.start + text.trim_end_matches([' ', '\t', '\n', '\r', '\x0c', '\\']).len() as u32
    }

    fn simple_kind(&mut self, token: Token<'t>, span: Span) -> StmtKind {
        match token.as_rule() {
            Rule::expr_stmt => self.expr_stmt(token),
            Rule::pass_stmt => StmtKind::Pass,
            Rule::break_stmt => self.in_loop(StmtKind::Break, "break", span),
            Rule::continue_stmt => self.in_loop(StmtKind::Continue, "continue", span),
            Rule::return_stmt => self.return_stmt(token, span),
            Rule::del_stmt => self.del_stmt(token),
            Rule::assert_stmt => self.assert_stmt(token),
            Rule::raise_stmt => self.raise_stmt(token),
            Rule::global_stmt => StmtKind::Global(self.names(token)),
            Rule::nonlocal_stmt => self.nonlocal_stmt(token, span),
            Rule::import_stmt => self.import_stmt(token),
            Rule::import_from_stmt => self.import_from_stmt(token),
            Rule::print_call => self.print_call(token),
            Rule::print_stmt => self.print_stmt(token),
            _ => self.exec_stmt(span),
        }
    }

    fn next_exprs(&mut self, tokens: &mut Tokens<'t>) -> Expr {
        match tokens.next() {
            Some(token) => self.exprs(token),
            None => self.broken(self.nowhere()),
        }
    }

    /// An expression, or an assignment of any form.
    fn expr_stmt(&mut self, token: Token<'t>) -> StmtKind {
        let mut tokens = token.into_inner().peekable();
        let first = self.next_exprs(&mut tokens);
        let Some(next) = tokens.next() else { return StmtKind::Expr(first) };
        match next.as_rule() {
            Rule::assign => self.assignment(first, &mut tokens),
            Rule::colon => self.annotated(first, &mut tokens),
            _ => self.augmented(first, &next, &mut tokens),
        }
    }

    fn assignment(&mut self, first: Expr, tokens: &mut Tokens<'t>) -> StmtKind {
        let mut targets = vec![first];
        let mut value = self.next_exprs(tokens);
        while tokens.next_if(|t| t.as_rule() == Rule::assign).is_some() {
            let next = self.next_exprs(tokens);
            targets.push(std::mem::replace(&mut value, next));
        }
        for target in &targets {
            self.check_target(target, Use::Assign);
        }
        StmtKind::Assign { targets, value }
    }

    fn augmented(&mut self, target: Expr, op: &Token<'t>, tokens: &mut Tokens<'t>) -> StmtKind {
        let op_span = self.span(op);
        let value = self.next_exprs(tokens);
        self.check_target(&target, Use::Augment);
        let op = assigned(op.as_rule()).unwrap_or_else(|| {
            let help = "there are no matrices in job files";
            self.report(not_in_the_language(op_span, "`@=` is not in the language", help));
            BinOp::Add
        });
        StmtKind::AugAssign { target, op, op_span, value }
    }

    fn annotated(&mut self, target: Expr, tokens: &mut Tokens<'t>) -> StmtKind {
        // The annotation is read for its mistakes, and ignored.
        self.next_expr(tokens);
        let value = tokens.next_if(|t| t.as_rule() == Rule::assign).map(|_| self.next_exprs(tokens));
        self.check_target(&target, Use::Augment);
        StmtKind::AnnAssign { target, value }
    }

    fn in_loop(&mut self, kind: StmtKind, word: &str, span: Span) -> StmtKind {
        if !self.context.looping {
            self.report(
                Diagnostic::error(&codes::MISPLACED, span, format!("`{word}` outside of a loop"))
                    .here("no `for` or `while` is around it"),
            );
        }
        kind
    }

    fn return_stmt(&mut self, token: Token<'t>, span: Span) -> StmtKind {
        if !self.context.function {
            let word = Span { end: span.start + "return".len() as u32, ..span };
            self.report(
                Diagnostic::error(&codes::MISPLACED, word, "`return` outside of a function")
                    .here("no `def` is around it")
                    .help("a file always runs to its end; use `if` to leave statements out"),
            );
        }
        StmtKind::Return(after_keyword(token).next().map(|t| self.exprs(t)))
    }

    fn del_stmt(&mut self, token: Token<'t>) -> StmtKind {
        let mut tokens = after_keyword(token);
        let target = self.next_exprs(&mut tokens);
        self.check_target(&target, Use::Delete);
        StmtKind::Delete(match target.kind {
            ExprKind::Tuple(items) => items,
            kind => vec![Expr { kind, ..target }],
        })
    }

    fn assert_stmt(&mut self, token: Token<'t>) -> StmtKind {
        let mut tokens = after_keyword(token);
        let test = self.next_expr(&mut tokens);
        let message = tokens.next().map(|t| self.expr(t));
        StmtKind::Assert { test, message }
    }

    /// `raise value from cause`, or `raise Type, value` of Python 2.
    fn raise_stmt(&mut self, token: Token<'t>) -> StmtKind {
        let mut tokens = after_keyword(token);
        if tokens.peek().is_none() {
            return StmtKind::Raise { value: None, cause: None };
        }
        let value = self.next_expr(&mut tokens);
        if tokens.next_if(|t| t.as_rule() == Rule::kw_from).is_some() {
            let cause = Some(self.next_expr(&mut tokens));
            return StmtKind::Raise { value: Some(value), cause };
        }
        let Some(argument) = tokens.next() else {
            return StmtKind::Raise { value: Some(value), cause: None };
        };
        let argument = self.expr(argument);
        if let Some(traceback) = tokens.next() {
            let traceback = self.expr(traceback);
            let help = "raise the exception alone: raise ValueError('...')";
            self.report(not_in_the_language(traceback.span, "`raise` takes no traceback", help));
        }
        StmtKind::Raise { value: Some(raised_with(value, argument)), cause: None }
    }

    fn names(&mut self, token: Token<'t>) -> Vec<Ident> {
        token.into_inner().filter(|t| t.as_rule() == Rule::name).map(|t| self.name(&t)).collect()
    }

    fn nonlocal_stmt(&mut self, token: Token<'t>, span: Span) -> StmtKind {
        if !self.context.function {
            self.report(
                Diagnostic::error(&codes::MISPLACED, span, "`nonlocal` outside of a function")
                    .here("there is no function around it whose names it could mean"),
            );
        }
        StmtKind::Nonlocal(self.names(token))
    }

    fn print_call(&mut self, token: Token<'t>) -> StmtKind {
        let call = token.into_inner().find(|t| t.as_rule() == Rule::call);
        let args = call.map_or_else(Vec::new, |c| self.args(c));
        StmtKind::Print(args.into_iter().map(print_argument).collect())
    }

    fn print_stmt(&mut self, token: Token<'t>) -> StmtKind {
        let mut values = Vec::new();
        for inner in token.into_inner() {
            if inner.as_rule() == Rule::redirect {
                values.extend(self.redirect(inner));
                continue;
            }
            if inner.as_rule() != Rule::exprs {
                continue;
            }
            let value = self.exprs(inner);
            match value.kind {
                ExprKind::Tuple(items) => values.extend(items),
                kind => values.push(Expr { kind, ..value }),
            }
        }
        StmtKind::Print(values)
    }

    /// `>>file` of Python 2. A file that is not one of the standard ones is evaluated, like the values.
    fn redirect(&mut self, token: Token<'t>) -> Option<Expr> {
        let start = self.span(&token);
        let file = self.next_expr(&mut token.into_inner().peekable());
        let span = Span { end: file.span.end, ..start };
        self.report(
            Diagnostic::warning(&PRINT_TO_FILE, span, "`print >>` prints nowhere: job files write no files")
                .here("has no effect")
                .help("write print(...) without a file"),
        );
        (!is_standard(&file)).then_some(file)
    }

    fn exec_stmt(&mut self, span: Span) -> StmtKind {
        let word = Span { end: span.start + "exec".len() as u32, ..span };
        let help = "write the statements themselves, or include() the file that holds them";
        self.report(not_in_the_language(word, "`exec` is not in the language", help));
        StmtKind::Pass
    }
}

/// Whether an expression is `sys.stdout` or `sys.stderr`.
fn is_standard(file: &Expr) -> bool {
    let ExprKind::Attribute { value, name } = &file.kind else { return false };
    matches!(&value.kind, ExprKind::Name(module) if module == "sys")
        && matches!(name.name.as_str(), "stdout" | "stderr")
}

/// An argument of `print`: by which name it is passed does not matter, only that it is evaluated.
fn print_argument(arg: Arg) -> Expr {
    match arg.kind {
        ArgKind::Star => Expr { span: arg.value.span, kind: ExprKind::Starred(Box::new(arg.value)) },
        _ => arg.value,
    }
}

/// `raise type, argument` is `raise type(argument)`; a tuple gives several arguments, None gives none.
fn raised_with(exception: Expr, argument: Expr) -> Expr {
    let span = exception.span.to(argument.span);
    let values = match argument.kind {
        ExprKind::Tuple(items) => items,
        ExprKind::None => Vec::new(),
        kind => vec![Expr { kind, span: argument.span }],
    };
    let args = values.into_iter().map(|value| Arg { kind: ArgKind::Positional, value }).collect();
    Expr { kind: ExprKind::Call { function: Box::new(exception), args }, span }
}
