//! The `for` and `if` clauses of comprehensions.

use super::{Lower, Tokens, after_keyword};
use crate::syntax::ast::{Comprehension, Expr};
use crate::syntax::grammar::Rule;

impl<'t> Lower<'t> {
    /// `comp_clauses` and `list_clauses`: everything after the element.
    pub(super) fn comp_clauses(&mut self, tokens: &mut Tokens<'t>) -> Vec<Comprehension> {
        let mut generators: Vec<Comprehension> = Vec::new();
        let is_clause = |rule| matches!(rule, Rule::comp_for | Rule::list_for | Rule::comp_if);
        while let Some(token) = tokens.next_if(|t| is_clause(t.as_rule())) {
            let is_if = token.as_rule() == Rule::comp_if;
            let mut inner = after_keyword(token);
            if !is_if {
                let (target, iter) = self.comp_for(&mut inner);
                generators.push(Comprehension { target, iter, ifs: Vec::new() });
                continue;
            }
            let test = self.named(&mut inner);
            if let Some(last) = generators.last_mut() {
                last.ifs.push(test);
            }
        }
        generators
    }

    /// Target and iterable of one `for`.
    fn comp_for(&mut self, tokens: &mut Tokens<'t>) -> (Expr, Expr) {
        let target = self.next_targets(tokens);
        tokens.next_if(|t| t.as_rule() == Rule::kw_in);
        let first = self.next_expr(tokens);
        let iter = if tokens.peek().is_some() { self.tuple(first, tokens) } else { first };
        (target, iter)
    }
}
