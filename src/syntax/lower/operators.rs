//! Precedence: operators and operands in a row become a tree, without recursion.

use crate::source::Span;
use crate::syntax::ast::{BinOp, CompareOp, Expr, ExprKind, UnaryOp};

/// An operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Or,
    And,
    Unary(UnaryOp),
    Compare(CompareOp),
    Binary(BinOp),
}

const NOT: u8 = 3;
const COMPARE: u8 = 4;
const POWER: u8 = 12;

impl Op {
    /// The prefix operator that is written so.
    pub(super) fn unary(text: &str) -> Op {
        Op::Unary(match text {
            "-" => UnaryOp::Neg,
            "+" => UnaryOp::Pos,
            "~" => UnaryOp::Invert,
            _ => UnaryOp::Not,
        })
    }

    /// The operator between two values that is written so.
    pub(super) fn binary(text: &str) -> Op {
        match text {
            "or" => Op::Or,
            "and" => Op::And,
            _ => binary_op(text).map_or_else(|| Op::Compare(compare_op(text)), Op::Binary),
        }
    }

    /// How tightly it binds; higher is tighter.
    fn precedence(self) -> u8 {
        match self {
            Op::Or => 1,
            Op::And => 2,
            Op::Unary(UnaryOp::Not) => NOT,
            Op::Compare(_) => COMPARE,
            Op::Binary(BinOp::BitOr) => 5,
            Op::Binary(BinOp::BitXor) => 6,
            Op::Binary(BinOp::BitAnd) => 7,
            Op::Binary(BinOp::Shl | BinOp::Shr) => 8,
            Op::Binary(BinOp::Add | BinOp::Sub) => 9,
            Op::Binary(BinOp::Mul | BinOp::Div | BinOp::FloorDiv | BinOp::Mod) => 10,
            Op::Unary(_) => 11,
            Op::Binary(BinOp::Pow) => POWER,
        }
    }
}

/// The arithmetic operator that is written so.
pub(super) fn binary_op(text: &str) -> Option<BinOp> {
    Some(match text {
        "+" => BinOp::Add,
        "-" => BinOp::Sub,
        "*" => BinOp::Mul,
        "/" => BinOp::Div,
        "//" => BinOp::FloorDiv,
        "%" => BinOp::Mod,
        "**" => BinOp::Pow,
        "<<" => BinOp::Shl,
        ">>" => BinOp::Shr,
        "&" => BinOp::BitAnd,
        "|" => BinOp::BitOr,
        "^" => BinOp::BitXor,
        _ => return None,
    })
}

fn compare_op(text: &str) -> CompareOp {
    match text {
        "==" => CompareOp::Eq,
        "!=" | "<>" => CompareOp::NotEq,
        "<" => CompareOp::Lt,
        "<=" => CompareOp::LtE,
        ">" => CompareOp::Gt,
        ">=" => CompareOp::GtE,
        "in" => CompareOp::In,
        "is" => CompareOp::Is,
        _ if text.starts_with("not") => CompareOp::NotIn,
        _ => CompareOp::IsNot,
    }
}

fn nothing() -> Expr {
    Expr { kind: ExprKind::None, span: Span::NONE }
}

/// Operators waiting for what is to their right, and the values that are complete.
#[derive(Default)]
pub(super) struct Climb {
    ops: Vec<(Op, Span)>,
    values: Vec<Expr>,
}

impl Climb {
    /// Whether nothing was added yet.
    pub(super) fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// If this prefix operator cannot stand here, the operator before it, which binds more tightly.
    pub(super) fn refuses(&self, op: Op) -> Option<Span> {
        let (before, span) = self.ops.last()?;
        (op.precedence() == NOT && before.precedence() > NOT).then_some(*span)
    }

    /// An operator in front of the value to come.
    pub(super) fn prefix(&mut self, op: Op, span: Span) {
        self.ops.push((op, span));
    }

    /// A value and the operator behind it.
    pub(super) fn infix(&mut self, value: Expr, op: Op, span: Span) {
        self.values.push(value);
        let precedence = op.precedence();
        let left_first = precedence != POWER && precedence != COMPARE;
        while let Some((before, _)) = self.ops.last() {
            let before = before.precedence();
            if before < precedence || (before == precedence && !left_first) {
                break;
            }
            self.reduce();
        }
        self.ops.push((op, span));
    }

    /// The last value: what all of them make.
    pub(super) fn finish(mut self, value: Expr) -> Expr {
        if self.ops.is_empty() {
            return value;
        }
        self.values.push(value);
        while !self.ops.is_empty() {
            self.reduce();
        }
        self.pop()
    }

    fn pop(&mut self) -> Expr {
        self.values.pop().unwrap_or_else(nothing)
    }

    /// Gives the last operator its values.
    fn reduce(&mut self) {
        let Some((op, op_span)) = self.ops.pop() else { return };
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
        while let Some((Op::Compare(op), _)) = self.ops.last().copied() {
            self.ops.pop();
            rest.push((op, self.pop()));
        }
        rest.reverse();
        self.join(|left| ExprKind::Compare { left, rest })
    }
}
