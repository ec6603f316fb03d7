//! Where values are written: what a name holds was written where the name got it, not where the name is read.

use super::frame::Placed;
use super::machine::Machine;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Name};
use crate::syntax::frames::Place;
use crate::template::value::{Fault, Key, Value};

impl Machine {
    /// The value of an expression, and where it was written: for a name where the name got it, for an entry of a dict where
    /// the dict got it, for what is computed from one value of another place that place, else the expression itself.
    pub(super) fn eval_placed(&mut self, expr: &Expr) -> Result<Placed, Fault> {
        match &expr.kind {
            ExprKind::Name(name) => {
                let found = self.read_placed(name, expr.span)?;
                Ok(Placed { place: found.place.or(expr.span), ..found })
            }
            ExprKind::Subscript { value, index } if !matches!(index.kind, ExprKind::Slice { .. }) => {
                self.entry_placed(value, index, expr.span)
            }
            ExprKind::IfExp { test, body, orelse } => {
                if self.condition(test)? {
                    self.eval_placed(body)
                } else {
                    self.eval_placed(orelse)
                }
            }
            _ => {
                let value = self.eval(expr)?;
                let place = match expr.kind {
                    ExprKind::Binary { .. } | ExprKind::Unary { .. } => self.place_of_operands(expr),
                    _ => expr.span,
                };
                Ok(Placed { value, place })
            }
        }
    }

    /// `container[index]`
    fn entry_placed(&mut self, container: &Expr, index: &Expr, span: Span) -> Result<Placed, Fault> {
        let (container, index, value) = self.item_of(container, index, span)?;
        let place = match &container {
            Value::Dict(dict) => {
                let key = Key::new(index).ok();
                key.and_then(|key| dict.borrow().get(&key).map(|entry| entry.span)).unwrap_or(Span::NONE)
            }
            _ => Span::NONE,
        };
        Ok(Placed { value, place: place.or(span) })
    }

    /// Where the one value from elsewhere is written that operands are computed from; the whole where there is none, or
    /// more than one.
    fn place_of_operands(&self, expr: &Expr) -> Span {
        let mut given = Vec::new();
        self.places_of_names(expr, &mut given);
        given.dedup();
        let elsewhere = |place: &&Span| place.file != expr.span.file;
        let mut far = given.iter().filter(elsewhere);
        match (&given[..], far.next(), far.next()) {
            ([only], ..) | (_, Some(only), None) => *only,
            _ => expr.span,
        }
    }

    fn places_of_names(&self, expr: &Expr, out: &mut Vec<Span>) {
        match &expr.kind {
            ExprKind::Name(name) => {
                let place = self.place_of(name);
                if !place.is_none() {
                    out.push(place);
                }
            }
            ExprKind::Binary { left, right, .. } => {
                self.places_of_names(left, out);
                self.places_of_names(right, out);
            }
            ExprKind::Unary { operand, .. } => self.places_of_names(operand, out),
            _ => {}
        }
    }

    /// Where the value of a name was written; [`Span::NONE`] where that is not known.
    fn place_of(&self, name: &Name) -> Span {
        let place = self.frame.layout().map_or(Place::Global, |layout| layout.place(name));
        match place {
            Place::Slot(index) => self.frame.slots[index].as_ref().map_or(Span::NONE, |held| held.place),
            Place::Cell(index) => {
                self.frame.cells[index].borrow().as_ref().map_or(Span::NONE, |held| held.place)
            }
            Place::Class => Span::NONE,
            Place::Global => self.globals.place(name),
        }
    }
}

/// The items of a list or tuple display that are written out, if they all are.
pub(super) fn written_items(expr: Option<&Expr>) -> Option<&[Expr]> {
    match &expr?.kind {
        ExprKind::List(items) | ExprKind::Tuple(items)
            if !items.iter().any(|item| matches!(item.kind, ExprKind::Starred(_))) =>
        {
            Some(items)
        }
        _ => None,
    }
}
