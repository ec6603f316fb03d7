//! Assignment, augmented assignment and `del`.

use super::frame::Placed;
use super::instance;
use super::machine::Machine;
use super::place::written_items;
use crate::diagnostics::codes::eval::{ATTRIBUTE_ASSIGNMENT, UNPACK_COUNT};
use crate::python::{iterate, ops};
use crate::source::Span;
use crate::syntax::ast::{BinOp, Expr, ExprKind, Ident};
use crate::template::value::{Fault, Value};

impl Machine {
    /// `a = b = value`
    pub(super) fn assignment(&mut self, targets: &[Expr], value: &Expr) -> Result<(), Fault> {
        let given = self.eval_placed(value).inspect_err(|_| self.spare(targets, value))?;
        if let ([Expr { kind: ExprKind::Name(name), .. }], ExprKind::List(items)) = (targets, &value.kind)
            && &**name == "jobs"
        {
            self.globals.note_items(name, items.iter().map(|item| item.span).collect());
        }
        for target in targets {
            self.assign_from(target, given.clone(), Some(value)).map_err(|f| f.at(value.span))?;
        }
        Ok(())
    }

    /// Keeps what could be made of a list for the name that it cannot be bound to.
    #[cold]
    fn spare(&mut self, targets: &[Expr], value: &Expr) {
        let items = std::mem::take(&mut self.spared);
        if let ([Expr { kind: ExprKind::Name(name), .. }], ExprKind::List(_), true) =
            (targets, &value.kind, self.recovers())
        {
            self.globals.spare(name, items);
        }
    }

    /// Gives a value to a target. `written` is the expression that gave it, if there is one.
    pub(super) fn assign(
        &mut self,
        target: &Expr,
        value: Value,
        written: Option<&Expr>,
    ) -> Result<(), Fault> {
        let place = written.map_or(Span::NONE, |expr| expr.span);
        self.assign_from(target, Placed { value, place }, written)
    }

    /// Gives a value, of which it is known where it was written, to a target.
    fn assign_from(&mut self, target: &Expr, held: Placed, written: Option<&Expr>) -> Result<(), Fault> {
        match &target.kind {
            ExprKind::Name(name) => {
                self.bind_placed(name, held, target.span);
                Ok(())
            }
            ExprKind::Tuple(targets) | ExprKind::List(targets) => {
                self.unpack(target, targets, &held.value, written)
            }
            ExprKind::Subscript { value: container, index } => {
                self.assign_item(container, index, (held.value, held.place), target)
            }
            ExprKind::Attribute { value: object, name } => {
                let holder = self.eval(object)?;
                if let Value::Object(object) = &holder {
                    self.doubt_assignment(object, &name.name, target.span);
                    return Ok(());
                }
                set_attribute(object, &holder, name, Some(held.value)).map_err(|f| f.at(target.span))
            }
            ExprKind::Starred(inner) => self.assign_from(inner, held, None),
            _ => Err(Fault::type_error("this cannot be assigned to").at(target.span)),
        }
    }

    fn unpack(
        &mut self,
        whole: &Expr,
        targets: &[Expr],
        value: &Value,
        written: Option<&Expr>,
    ) -> Result<(), Fault> {
        let mut items = iterate::collect(self, value).map_err(|f| {
            let words = format!("the value has to be taken apart into {} names", targets.len());
            f.at(whole.span).map(|d| d.note(words))
        })?;
        let star = targets.iter().position(|t| matches!(t.kind, ExprKind::Starred(_)));
        let fixed = targets.len() - usize::from(star.is_some());
        if items.len() < fixed || (star.is_none() && items.len() > fixed) {
            let shown = crate::python::format::repr(self, value).unwrap_or_default();
            return Err(count_mismatch(whole, fixed, star.is_some(), &shown, items.len()));
        }
        if let Some(star) = star {
            let rest = items.len() - fixed;
            let middle: Vec<Value> = items.splice(star..star + rest, [Value::None]).collect();
            items[star] = Value::list(middle);
        }
        let written = written_items(written).filter(|written| written.len() == targets.len());
        for (index, (target, item)) in targets.iter().zip(items).enumerate() {
            self.assign(target, item, written.map(|written| &written[index]))?;
        }
        Ok(())
    }

    fn assign_item(
        &mut self,
        container: &Expr,
        index: &Expr,
        (value, place): (Value, Span),
        target: &Expr,
    ) -> Result<(), Fault> {
        let container = self.eval(container)?;
        if let ExprKind::Slice { lower, upper, step } = &index.kind {
            let [lower, upper, step] = self.slice_parts([lower, upper, step])?;
            return ops::set_slice(self, &container, &lower, &upper, &step, &value)
                .map_err(|f| f.at(target.span));
        }
        let key = self.eval(index)?;
        ops::set_item(self, &container, (&key, index.span), (value, place)).map_err(|f| f.at(target.span))
    }

    /// `target op= value`
    pub(super) fn augmented(&mut self, op: BinOp, target: &Expr, value: &Expr) -> Result<(), Fault> {
        match &target.kind {
            ExprKind::Name(name) => {
                let old = self.read_name(name, target.span)?;
                let given = self.eval(value)?;
                // The name lets go of its value first, so that a list or text that nothing else holds grows in place.
                let place = target.span.to(value.span);
                let new = self.operate_in_place(op, &old, &given, place).map_err(|f| f.at(place))?;
                self.bind_placed(name, Placed { value: new, place }, target.span);
                Ok(())
            }
            ExprKind::Subscript { value: container, index } => {
                let container = self.eval(container)?;
                if matches!(index.kind, ExprKind::Slice { .. }) {
                    return Err(Fault::type_error("a slice cannot be changed in place").at(index.span));
                }
                let key = self.eval(index)?;
                let old = ops::get_item(self, &container, &key).map_err(|f| f.at(target.span))?;
                let given = self.eval(value)?;
                let new = self
                    .operate_in_place(op, &old, &given, target.span.to(value.span))
                    .map_err(|f| f.at(target.span.to(value.span)))?;
                ops::set_item(self, &container, (&key, index.span), (new, value.span))
                    .map_err(|f| f.at(target.span))
            }
            ExprKind::Attribute { value: object, name } => {
                let holder = self.eval(object)?;
                if !instance::takes_attributes(&holder) {
                    return Err(attribute_assignment(object, &holder, name).at(target.span));
                }
                let old =
                    self.attribute(&holder, &name.name).map_err(|f| f.at_word(&name.name, name.span))?;
                let given = self.eval(value)?;
                let new = self
                    .operate_in_place(op, &old, &given, target.span.to(value.span))
                    .map_err(|f| f.at(target.span.to(value.span)))?;
                set_attribute(object, &holder, name, Some(new)).map_err(|f| f.at(target.span))
            }
            _ => Err(Fault::type_error("this cannot be assigned to").at(target.span)),
        }
    }

    fn operate_in_place(
        &mut self,
        op: BinOp,
        old: &Value,
        given: &Value,
        place: Span,
    ) -> Result<Value, Fault> {
        if op == BinOp::Div && self.true_division() {
            return ops::true_division(old, given);
        }
        self.order.place = place;
        ops::augmented(self, op, old, given)
    }

    /// `del target`
    pub(super) fn delete(&mut self, target: &Expr) -> Result<(), Fault> {
        match &target.kind {
            ExprKind::Name(name) => self.delete_name(name, target.span),
            ExprKind::Tuple(targets) | ExprKind::List(targets) => {
                targets.iter().try_for_each(|t| self.delete(t))
            }
            ExprKind::Subscript { value, index } => {
                let container = self.eval(value)?;
                if let ExprKind::Slice { lower, upper, step } = &index.kind {
                    let [lower, upper, step] = self.slice_parts([lower, upper, step])?;
                    return ops::del_slice(self, &container, &lower, &upper, &step)
                        .map_err(|f| f.at(target.span));
                }
                let index = self.eval(index)?;
                ops::del_item(self, &container, &index).map_err(|f| f.at(target.span))
            }
            ExprKind::Attribute { value, name } => {
                let holder = self.eval(value)?;
                set_attribute(value, &holder, name, None).map_err(|f| f.at(target.span))
            }
            _ => Err(Fault::type_error("this cannot be deleted").at(target.span)),
        }
    }
}

/// A value's text for a message: not too long.
fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn count_mismatch(whole: &Expr, wanted: usize, at_least: bool, value: &str, given: usize) -> Fault {
    let at_least = if at_least { "at least " } else { "" };
    let plural = if wanted == 1 { "" } else { "s" };
    let items = if given == 1 { "item" } else { "items" };
    let message = format!("{at_least}{wanted} name{plural} cannot take {given} {items}");
    let fault =
        Fault::new("ValueError", &UNPACK_COUNT, message).at(whole.span).python(match given < wanted {
            true if given == 1 => "need more than 1 value to unpack".to_string(),
            true => format!("need more than {given} values to unpack"),
            false => "too many values to unpack".to_string(),
        });
    fault.map(|d| {
        d.here(format!("{at_least}{wanted} wanted, {given} given"))
            .note(format!("the value is {}", shortened(value)))
    })
}

/// Assigns or deletes an attribute of a plain class or an object of one; other values keep theirs.
fn set_attribute(written: &Expr, holder: &Value, name: &Ident, value: Option<Value>) -> Result<(), Fault> {
    match instance::set_attribute(holder, &name.name, value)? {
        true => Ok(()),
        false => Err(attribute_assignment(written, holder, name)),
    }
}

/// The refusal of `object.name = value`: the stock client forgets it silently.
fn attribute_assignment(written: &Expr, object: &Value, name: &Ident) -> Fault {
    let name = &name.name;
    let what = match (object, &written.kind) {
        (Value::Object(o), _) => format!("a {}", o.ty().written()),
        (_, ExprKind::Attribute { name: field, .. }) => format!("`{}`", field.name),
        (other, _) => format!("a {}", other.type_name()),
    };
    let message = format!("`{name}` of {what} cannot be assigned");
    let fault = Fault::new("AttributeError", &ATTRIBUTE_ASSIGNMENT, message);
    match (object, &written.kind) {
        (Value::Dict(_), _) => fault.help(format!("a dict's entries are set with ['{name}'] = ...")),
        (Value::Object(_), ExprKind::Name(x)) => {
            fault.help(format!("objects never change; make a new one: {x} = {x}({name}=...)"))
        }
        (Value::Object(_), _) => {
            fault.help(format!("objects never change; make a new one: object({name}=...)"))
        }
        (Value::Native(_), ExprKind::Attribute { value, name: field }) => match &value.kind {
            ExprKind::Name(x) => {
                let field = &field.name;
                let new = format!("{x} = {x}({field}={x}.{field}()({name}=...))");
                fault.help(format!("objects never change; make a new one: {new}"))
            }
            _ => fault.help("objects never change; make new ones by calling them: object(field=value)"),
        },
        _ => fault,
    }
}
