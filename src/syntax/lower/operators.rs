//! Precedence: a row of operators and operands becomes a tree.
//!
//! [`LEVELS`] is the one place that declares how tightly operators bind, and [`Climb`] reads it. Pest's own `PrattParser`
//! is not used, for three reasons. It recurses for each level of precedence within each bracket, while a climb with two
//! stacks leaves the program's stack alone, whatever ten thousand operators a chain is made of. It knows only operators of
//! two values, so it cannot tell `a < b < c`, which is one comparison, from `(a < b) < c`. And the climb knows the operator
//! before a prefix, which it takes to reject `a == not b` in those words.

use crate::source::Span;
use crate::syntax::ast::{BinOp, CompareOp, Expr, ExprKind, UnaryOp};
use crate::syntax::grammar::Rule;

/// What an operator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Op {
    Or,
    And,
    Unary(UnaryOp),
    Compare(CompareOp),
    Binary(BinOp),
}

/// The operators, from those that bind loosest to the tightest. All bind to the left, but for the power and the prefixes.
const LEVELS: [&[(Rule, Op)]; 12] = [
    &[(Rule::kw_or, Op::Or)],
    &[(Rule::kw_and, Op::And)],
    &[(Rule::kw_not, Op::Unary(UnaryOp::Not))],
    &[
        (Rule::equal, Op::Compare(CompareOp::Eq)),
        (Rule::not_equal, Op::Compare(CompareOp::NotEq)),
        (Rule::less, Op::Compare(CompareOp::Lt)),
        (Rule::less_equal, Op::Compare(CompareOp::LtE)),
        (Rule::greater, Op::Compare(CompareOp::Gt)),
        (Rule::greater_equal, Op::Compare(CompareOp::GtE)),
        (Rule::kw_in, Op::Compare(CompareOp::In)),
        (Rule::not_in, Op::Compare(CompareOp::NotIn)),
        (Rule::kw_is, Op::Compare(CompareOp::Is)),
        (Rule::is_not, Op::Compare(CompareOp::IsNot)),
    ],
    &[(Rule::bit_or, Op::Binary(BinOp::BitOr))],
    &[(Rule::bit_xor, Op::Binary(BinOp::BitXor))],
    &[(Rule::bit_and, Op::Binary(BinOp::BitAnd))],
    &[(Rule::shift_left, Op::Binary(BinOp::Shl)), (Rule::shift_right, Op::Binary(BinOp::Shr))],
    &[(Rule::add, Op::Binary(BinOp::Add)), (Rule::subtract, Op::Binary(BinOp::Sub))],
    &[
        (Rule::multiply, Op::Binary(BinOp::Mul)),
        (Rule::divide, Op::Binary(BinOp::Div)),
        (Rule::floor_divide, Op::Binary(BinOp::FloorDiv)),
        (Rule::modulo, Op::Binary(BinOp::Mod)),
    ],
    &[
        (Rule::negative, Op::Unary(UnaryOp::Neg)),
        (Rule::positive, Op::Unary(UnaryOp::Pos)),
        (Rule::invert, Op::Unary(UnaryOp::Invert)),
    ],
    &[(Rule::power, Op::Binary(BinOp::Pow))],
];

/// The operator of an assignment such as `+=`. `None` for `@=`, which the language lacks.
pub(super) fn assigned(rule: Rule) -> Option<BinOp> {
    Some(match rule {
        Rule::add_assign => BinOp::Add,
        Rule::subtract_assign => BinOp::Sub,
        Rule::multiply_assign => BinOp::Mul,
        Rule::divide_assign => BinOp::Div,
        Rule::floor_divide_assign => BinOp::FloorDiv,
        Rule::modulo_assign => BinOp::Mod,
        Rule::power_assign => BinOp::Pow,
        Rule::shift_left_assign => BinOp::Shl,
        Rule::shift_right_assign => BinOp::Shr,
        Rule::bit_and_assign => BinOp::BitAnd,
        Rule::bit_or_assign => BinOp::BitOr,
        Rule::bit_xor_assign => BinOp::BitXor,
        _ => return None,
    })
}

/// An operator of an expression.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operator {
    op: Op,
    /// How tightly it binds: its place in [`LEVELS`].
    level: usize,
    /// Where it is written.
    pub(super) span: Span,
}

impl Operator {
    /// The operator that a rule of the grammar matches; `None` if the rule is not one of an operator.
    pub(super) fn of(rule: Rule, span: impl FnOnce() -> Span) -> Option<Operator> {
        let found = |ops: &[(Rule, Op)]| ops.iter().find(|(r, _)| *r == rule).map(|(_, op)| *op);
        let (level, op) = LEVELS.iter().enumerate().find_map(|(level, ops)| Some((level, found(ops)?)))?;
        Some(Operator { op, level, span: span() })
    }

    /// Whether an operator of the same level to its left comes after it.
    fn binds_right(&self) -> bool {
        matches!(self.op, Op::Binary(BinOp::Pow) | Op::Compare(_))
    }
}

fn nothing() -> Expr {
    Expr { kind: ExprKind::None, span: Span::NONE }
}

/// Operators waiting for what is to their right, and the values that are complete.
#[derive(Default)]
pub(super) struct Climb {
    operators: Vec<Operator>,
    values: Vec<Expr>,
}

impl Climb {
    /// Whether nothing was added yet.
    pub(super) fn is_empty(&self) -> bool {
        self.operators.is_empty()
    }

    /// If this prefix operator cannot stand here, the operator before it, which binds more tightly.
    pub(super) fn refuses(&self, operator: &Operator) -> Option<Span> {
        let before = self.operators.last()?;
        let is_not = operator.op == Op::Unary(UnaryOp::Not);
        (is_not && before.level > operator.level).then_some(before.span)
    }

    /// An operator in front of the value to come.
    pub(super) fn prefix(&mut self, operator: Operator) {
        self.operators.push(operator);
    }

    /// A value and the operator after it.
    pub(super) fn infix(&mut self, value: Expr, operator: Operator) {
        self.values.push(value);
        while let Some(before) = self.operators.last() {
            if before.level < operator.level || (before.level == operator.level && operator.binds_right()) {
                break;
            }
            self.reduce();
        }
        self.operators.push(operator);
    }

    /// The last value: what all of them make.
    pub(super) fn finish(mut self, value: Expr) -> Expr {
        if self.operators.is_empty() {
            return value;
        }
        self.values.push(value);
        while !self.operators.is_empty() {
            self.reduce();
        }
        self.pop()
    }

    fn pop(&mut self) -> Expr {
        self.values.pop().unwrap_or_else(nothing)
    }

    /// Gives the last operator its values.
    fn reduce(&mut self) {
        let Some(Operator { op, span: op_span, .. }) = self.operators.pop() else { return };
        let right = self.pop();
        let end = right.span;
        let (kind, start) = match op {
            Op::Unary(op) => (ExprKind::Unary { op, operand: Box::new(right) }, op_span),
            Op::Compare(op) => self.compare(op, right),
            Op::And => self.join(|left| ExprKind::And(left, Box::new(right))),
            Op::Or => self.join(|left| ExprKind::Or(left, Box::new(right))),
            Op::Binary(op) => {
                self.join(|left| ExprKind::Binary { op, op_span, left, right: Box::new(right) })
            }
        };
        self.values.push(Expr { kind, span: start.to(end) });
    }

    fn join(&mut self, make: impl FnOnce(Box<Expr>) -> ExprKind) -> (ExprKind, Span) {
        let left = self.pop();
        let start = left.span;
        (make(Box::new(left)), start)
    }

    /// A chain of comparisons, of which the last operator is already taken.
    fn compare(&mut self, last: CompareOp, right: Expr) -> (ExprKind, Span) {
        let mut rest = vec![(last, right)];
        while let Some(Operator { op: Op::Compare(op), .. }) = self.operators.last().copied() {
            self.operators.pop();
            rest.push((op, self.pop()));
        }
        rest.reverse();
        self.join(|left| ExprKind::Compare { left, rest })
    }
}
