//! Numbers.

use std::sync::Arc;

use num_bigint::BigInt;

use super::{Lower, Token};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::lints::syntax::OCTAL_LITERAL;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::words::shown;

/// Longer integers are rejected: reading a decimal one takes time that grows with the square of its length.
const MAX_DIGITS: usize = 10_000;

impl<'t> Lower<'t> {
    /// `12`, `0x1f`, `1_000`, `5L`, `1.5e3`
    pub(super) fn number(&mut self, token: &Token<'t>) -> Expr {
        let span = self.span(token);
        let read = match old_octal(token.as_str()) {
            Some(digits) => self.old_octal(&digits, span),
            None => read_number(token.as_str(), span),
        };
        let kind = read.unwrap_or_else(|diagnostic| {
            self.report(*diagnostic);
            ExprKind::Int(0)
        });
        Expr { kind, span }
    }

    /// `0644` of Python 2. Digits that octal numbers do not have are rejected.
    #[cold]
    fn old_octal(&mut self, digits: &str, span: Span) -> Result<ExprKind, Box<Diagnostic>> {
        let stripped = digits.trim_start_matches('0');
        if digits.contains(['8', '9']) {
            let message = format!("`{}` begins with a zero, but is not octal", shown(digits));
            let diagnostic = Diagnostic::error(&codes::OLD_OCTAL, span, message);
            return Err(Box::new(diagnostic.here("octal numbers have no digits 8 and 9").suggest(
                span,
                stripped,
                format!("write {stripped}"),
            )));
        }
        let value = integer(stripped, 8, digits, span)?;
        let message = match &value {
            ExprKind::Int(n) => format!("`{digits}` is octal: {n}"),
            _ => format!("`{}` is octal", shown(digits)),
        };
        self.report(
            Diagnostic::warning(&OCTAL_LITERAL, span, message)
                .here("read as in Python 2")
                .suggest(span, format!("0o{stripped}"), format!("write 0o{stripped}"))
                .help(format!("for the decimal number write {stripped}")),
        );
        Ok(value)
    }
}

fn read_number(written: &str, span: Span) -> Result<ExprKind, Box<Diagnostic>> {
    if written.len() < 18
        && (written == "0" || !written.starts_with('0'))
        && let Ok(n) = written.parse()
    {
        return Ok(ExprKind::Int(n));
    }
    let plain: String = written.chars().filter(|c| *c != '_').collect::<String>().to_ascii_lowercase();
    let radix = match plain.as_bytes() {
        [b'0', b'x', ..] => 16,
        [b'0', b'o', ..] => 8,
        [b'0', b'b', ..] => 2,
        _ => 10,
    };
    if radix != 10 {
        return integer(plain[2..].trim_end_matches('l'), radix, written, span);
    }
    if plain.ends_with('j') {
        return Err(bad(span, "complex numbers are not in the language", "an imaginary number"));
    }
    if plain.contains(['.', 'e']) {
        let here = "remove the `L`";
        return plain
            .parse()
            .map(ExprKind::Float)
            .map_err(|_| bad(span, "a number with a point or an exponent takes no `L`", here));
    }
    let digits = plain.trim_end_matches('l');
    integer(digits, 10, written, span)
}

#[cold]
fn bad(span: Span, message: impl Into<String>, here: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(&codes::BAD_NUMBER, span, message).here(here))
}

fn integer(digits: &str, radix: u32, written: &str, span: Span) -> Result<ExprKind, Box<Diagnostic>> {
    if digits.len() > MAX_DIGITS {
        let message =
            format!("this number has {} digits, more than the {MAX_DIGITS} that are read", digits.len());
        return Err(bad(span, message, "too many digits"));
    }
    if let Ok(n) = i64::from_str_radix(digits, radix) {
        return Ok(ExprKind::Int(n));
    }
    BigInt::parse_bytes(digits.as_bytes(), radix).map(|n| ExprKind::BigInt(Arc::new(n))).ok_or_else(|| {
        let base = match radix {
            16 => "hexadecimal",
            8 => "octal",
            _ => "binary",
        };
        let wrong = digits.chars().find(|c| !c.is_digit(radix)).unwrap_or('?');
        bad(
            span,
            format!("`{}` is no {base} number", shown(written)),
            format!("{base} numbers have no digit {wrong}"),
        )
    })
}

/// The digits of a number that begins with a zero and is no other kind of number; 0 itself is decimal.
fn old_octal(written: &str) -> Option<String> {
    if !written.starts_with('0') || written.len() == 1 {
        return None;
    }
    let digits: String = written.chars().filter(|c| *c != '_').collect();
    let digits = digits.trim_end_matches(['l', 'L']);
    let octal = digits.bytes().all(|b| b.is_ascii_digit()) && digits.bytes().any(|b| b != b'0');
    octal.then(|| digits.to_string())
}
