//! Imports.

use super::{Lower, Token};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{Ident, ImportAlias, Name, StmtKind};
use crate::syntax::grammar::Rule;
use crate::syntax::words::shown;

impl<'t> Lower<'t> {
    /// `import a.b as c, d`
    pub(super) fn import_stmt(&mut self, token: Token<'t>) -> StmtKind {
        let aliases = token.into_inner().filter(|t| t.as_rule() == Rule::import_alias);
        StmtKind::Import(aliases.map(|t| self.import_alias(t)).collect())
    }

    /// `import_alias` or `import_name`
    fn import_alias(&mut self, token: Token<'t>) -> ImportAlias {
        let mut name = Ident { name: Name::from(""), span: self.span(&token) };
        let mut alias = None;
        for (index, inner) in token.into_inner().filter(|t| t.as_rule() != Rule::kw_as).enumerate() {
            match (index, inner.as_rule()) {
                (0, Rule::dotted) => name = self.dotted(&inner),
                (0, _) => name = self.name(&inner),
                _ => alias = Some(self.name(&inner)),
            }
        }
        ImportAlias { name, alias }
    }

    /// A dotted path, without the spaces that may stand around its dots.
    fn dotted(&mut self, token: &Token<'t>) -> Ident {
        let written = token.as_str();
        let span = self.span(token);
        if written.bytes().any(|b| b.is_ascii_whitespace() || b == b'\\') {
            let path: String = written.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
            return Ident { name: path.into(), span };
        }
        Ident { name: Name::from(written), span }
    }

    /// `from module import a as b, c`, or `*`
    pub(super) fn import_from_stmt(&mut self, token: Token<'t>) -> StmtKind {
        let whole = self.span(&token);
        let mut module = Ident { name: Name::from(""), span: whole };
        let mut names = Vec::new();
        let mut star = None;
        for inner in token.into_inner() {
            match inner.as_rule() {
                Rule::module => module = self.dotted(&inner),
                Rule::star => star = Some(self.span(&inner)),
                Rule::import_name => names.push(self.import_alias(inner)),
                _ => {}
            }
        }
        if &*module.name == "__future__" {
            self.future_import(&names);
        }
        if let Some(span) = star.filter(|_| self.context.function) {
            self.report(star_in_function(span, &module.name));
        }
        StmtKind::ImportFrom { module, names, star: star.is_some() }
    }

    fn future_import(&mut self, names: &[ImportAlias]) {
        for alias in names {
            match &*alias.name.name {
                "division" => self.future.division = true,
                "unicode_literals" => self.unicode_literals = true,
                _ => {}
            }
        }
    }
}

#[cold]
fn star_in_function(span: Span, module: &str) -> Diagnostic {
    let message = format!("`from {} import *` belongs outside of functions", shown(module));
    Diagnostic::error(&codes::MISPLACED, span, message)
        .here("in a function, only single names can be imported")
        .help("move the import to the top of the file")
}
