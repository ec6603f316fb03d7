//! Expressions: dispatch, literals, displays, operators. Names, calls, attributes and comprehensions have their files.

use std::rc::Rc;
use std::sync::Arc;

use num_bigint::BigInt;

use super::machine::{Eval, Machine};
use super::{lints, recover};
use crate::diagnostics::codes::eval::UNKNOWN_NAME;
use crate::python::compare;
use crate::python::{format, iterate, ops};
use crate::source::Span;
use crate::syntax::ast::{BinOp, CompareOp, Expr, ExprKind, FPart, StrLiteral, UnaryOp};
use crate::template::value::{Dict, Fault, Origin, Origins, Set, Text, TextBuilder, Value, Vm};

/// Values that are searched for the name of a dict.
const MAX_SEARCHED: usize = 1000;

/// Advises quotes where the key of a dict is a name that nothing defines.
#[cold]
fn unquoted_key(fault: Fault, key: &Expr) -> Fault {
    match &key.kind {
        ExprKind::Name(name) if *fault.diagnostic.code == UNKNOWN_NAME => {
            fault.help(format!("a key that is a string is written in quotes: '{name}'"))
        }
        _ => fault,
    }
}

impl Machine {
    /// The value of an expression. A fault without a place gets that of the innermost expression that failed.
    pub(super) fn eval(&mut self, expr: &Expr) -> Eval {
        match &expr.kind {
            ExprKind::None => Ok(Value::None),
            ExprKind::Bool(b) => Ok(Value::Bool(*b)),
            ExprKind::Int(n) => Ok(Value::Int(*n)),
            ExprKind::BigInt(n) => Ok(big(n)),
            ExprKind::Float(x) => Ok(Value::Float(*x)),
            ExprKind::Str(literal) => Ok(Value::Str(self.literal(literal))),
            ExprKind::Name(name) => self.read_name(name, expr.span),
            _ => {
                self.charge(1).map_err(|f| f.at(expr.span))?;
                self.eval_compound(expr).map_err(|f| f.at(expr.span))
            }
        }
    }

    fn eval_compound(&mut self, expr: &Expr) -> Eval {
        let span = expr.span;
        match &expr.kind {
            ExprKind::FString(parts) => self.fstring(parts).map(Value::Str),
            ExprKind::Ellipsis => Err(Fault::type_error("`...` has no meaning here")),
            ExprKind::List(items) => self.items(items).map(Value::list),
            ExprKind::Tuple(items) => self.items(items).map(Value::tuple),
            ExprKind::Set(items) => self.set_display(items),
            ExprKind::Dict(items) => self.dict_display(items),
            ExprKind::Starred(inner) => Err(starred(inner)),
            ExprKind::ListComp { .. }
            | ExprKind::SetComp { .. }
            | ExprKind::DictComp { .. }
            | ExprKind::GeneratorExp { .. } => self.comprehension(expr),
            ExprKind::Unary { op, operand } => self.unary(*op, operand),
            ExprKind::Binary { op, left, right, .. } => self.binary(*op, left, right),
            ExprKind::And(left, right) => self.short_circuit(left, right, false),
            ExprKind::Or(left, right) => self.short_circuit(left, right, true),
            ExprKind::Compare { left, rest } => self.comparison(left, rest),
            ExprKind::IfExp { test, body, orelse } => {
                if self.condition(test)? {
                    self.eval(body)
                } else {
                    self.eval(orelse)
                }
            }
            ExprKind::Lambda(function) => self.make_function(function),
            ExprKind::Call { function, args } => self.call_expr(function, args, span),
            ExprKind::Attribute { value, name } => {
                let value = self.eval(value)?;
                self.attribute(&value, &name.name).map_err(|f| f.at_word(&name.name, name.span))
            }
            ExprKind::Subscript { value, index } => self.subscript(value, index, span),
            ExprKind::Slice { .. } => Err(Fault::type_error("a slice stands only inside [ ]")),
            ExprKind::Repr(inner) => {
                let value = self.eval(inner)?;
                format::repr(self, &value).map(Value::str)
            }
            ExprKind::Walrus { name, value } => {
                let held = self.eval_placed(value)?;
                self.bind_placed(&name.name, held.clone(), name.span);
                Ok(held.value)
            }
            _ => Err(Fault::type_error("this expression has no value")),
        }
    }

    /// A text literal; made once in a run, so that its references are found once.
    pub(super) fn literal(&mut self, literal: &Arc<StrLiteral>) -> Text {
        // No two literals are written at one place; an empty one is written nowhere.
        let place = literal.runs.first().map_or(Span::NONE, |run| run.source);
        if let Some(text) = self.literals.get(&place) {
            return text.clone();
        }
        let origins = literal.runs.iter().map(|run| Origin {
            at: run.at,
            source: run.source,
            verbatim: run.verbatim,
            raw: false,
        });
        let text = Text::with_origins(literal.text.as_str(), origins.collect::<Origins>());
        let text = text.into_kind(literal.unicode);
        if !place.is_none() {
            self.literals.insert(place, text.clone());
        }
        text
    }

    fn fstring(&mut self, parts: &[FPart]) -> Result<Text, Fault> {
        let mut builder = TextBuilder::new();
        for part in parts {
            match part {
                FPart::Text(literal) => builder.push(&self.literal(literal)),
                FPart::Field { value, conversion, spec } => {
                    let given = self.eval(value)?;
                    let given = match conversion {
                        Some(letter) => format::convert(self, &given, *letter)?,
                        None => given,
                    };
                    let spec = self.fstring(spec)?;
                    self.order.place = value.span;
                    let text =
                        format::format_value(self, &given, spec.as_str()).map_err(|f| f.at(value.span))?;
                    builder.push(&text);
                }
            }
            self.charge_text(builder.len())?;
        }
        Ok(builder.finish())
    }

    /// The items of a display, `*iterable` spread out. Where nothing can catch the error, the items after a wrong one
    /// are looked at, too, so that their mistakes are reported together.
    fn items(&mut self, exprs: &[Expr]) -> Result<Vec<Value>, Fault> {
        let mut items = Vec::with_capacity(exprs.len());
        let mut wrong = None;
        for expr in exprs {
            let result = match &expr.kind {
                ExprKind::Starred(inner) => self
                    .eval(inner)
                    .and_then(|v| iterate::collect(self, &v).map_err(|f| f.at(inner.span)))
                    .map(|more| items.extend(more)),
                _ => self.eval(expr).map(|v| {
                    self.recorder.item(&v, expr.span);
                    items.push(v);
                }),
            };
            self.keep_first(result, &mut wrong)?;
        }
        if let Some(fault) = wrong {
            self.spared = items;
            return Err(fault);
        }
        self.charge_items(items.len())?;
        Ok(items)
    }

    fn set_display(&mut self, exprs: &[Expr]) -> Eval {
        let mut set = Set::new();
        for (value, expr) in
            self.items(exprs)?.into_iter().zip(exprs.iter().map(Some).chain(std::iter::repeat(None)))
        {
            let key = compare::key(self, &value).map_err(|f| f.at(expr.map_or(Span::NONE, |e| e.span)))?;
            set.insert(key);
            self.charge_probes(set.take_probes())?;
        }
        Ok(Value::set(set))
    }

    fn dict_display(&mut self, entries: &[(Option<Expr>, Expr)]) -> Eval {
        let mut dict = Dict::for_display(entries.len());
        let mut wrong = None;
        for (key, value) in entries {
            let result = match key {
                Some(key) => self.dict_entry(&mut dict, key, value),
                None => self.eval(value).and_then(|v| spread(&mut dict, &v).map_err(|f| f.at(value.span))),
            };
            self.keep_first(result, &mut wrong)?;
        }
        if let Some(fault) = wrong {
            return Err(fault);
        }
        self.charge_items(dict.len())?;
        self.charge_probes(dict.take_probes())?;
        Ok(Value::dict(dict))
    }

    fn dict_entry(&mut self, dict: &mut Dict, key: &Expr, value: &Expr) -> Result<(), Fault> {
        // Python 2 evaluates the value first.
        let given = self.eval_placed(value)?;
        let new = self.eval(key).map_err(|fault| unquoted_key(fault, key))?;
        let new = compare::key(self, &new).map_err(|f| f.at(key.span))?;
        let before = dict.len();
        dict.insert_at(new, given.value, key.span, given.place);
        if dict.len() == before {
            lints::repeated_key(self, key);
        }
        self.charge_probes(dict.take_probes())
    }

    fn unary(&mut self, op: UnaryOp, operand: &Expr) -> Eval {
        if op == UnaryOp::Not {
            return Ok(Value::Bool(!self.condition(operand)?));
        }
        let value = self.eval(operand)?;
        ops::unary(op, &value)
    }

    fn binary(&mut self, op: BinOp, left: &Expr, right: &Expr) -> Eval {
        let mut wrong = None;
        let a = self.eval(left);
        let a = self.keep_first(a, &mut wrong)?;
        let b = self.eval(right);
        let b = self.keep_first(b, &mut wrong)?;
        match (a, b, wrong) {
            (Some(a), Some(b), None) => self.operate(op, &a, &b, left.span.to(right.span)),
            (.., Some(fault)) => Err(fault),
            _ => Err(Fault::type_error("an operand has no value")),
        }
    }

    fn operate(&mut self, op: BinOp, a: &Value, b: &Value, place: Span) -> Eval {
        match (op, a) {
            (BinOp::Div, _) if self.true_division() => ops::true_division(a, b),
            (BinOp::Mod, Value::Str(_)) | (BinOp::Div, _) => {
                self.order.place = place;
                ops::binary(self, op, a, b)
            }
            (BinOp::Mod, Value::Object(object)) => object.modulo(b).map(Value::Object),
            _ => ops::binary(self, op, a, b),
        }
    }

    fn short_circuit(&mut self, left: &Expr, right: &Expr, stop_at: bool) -> Eval {
        let value = self.eval(left)?;
        if self.truth(&value, left.span) == stop_at { Ok(value) } else { self.eval(right) }
    }

    /// Whether an expression counts as true.
    pub(super) fn condition(&mut self, test: &Expr) -> Result<bool, Fault> {
        let value = self.eval(test)?;
        Ok(self.truth(&value, test.span))
    }

    fn comparison(&mut self, left: &Expr, rest: &[(CompareOp, Expr)]) -> Eval {
        let mut a = self.eval(left)?;
        let mut place = left.span;
        for (op, expr) in rest {
            let b = self.eval(expr)?;
            let whole = place.to(expr.span);
            self.order.place = whole;
            lints::comparison(self, *op, &a, &b, whole);
            if !ops::compare(self, *op, &a, &b).map_err(|f| f.at(whole))? {
                return Ok(Value::Bool(false));
            }
            a = b;
            place = expr.span;
        }
        Ok(Value::Bool(true))
    }

    fn subscript(&mut self, value: &Expr, index: &Expr, span: Span) -> Eval {
        let container = self.eval(value)?;
        if let ExprKind::Slice { lower, upper, step } = &index.kind {
            let [lower, upper, step] = self.slice_parts([lower, upper, step])?;
            return ops::get_slice(self, &container, &lower, &upper, &step).map_err(|f| f.at(span));
        }
        let index = self.eval(index)?;
        ops::get_item(self, &container, &index).map_err(|f| self.held_by(f, &container).at(span))
    }

    /// Says where the file holds the dict in which a key was not found.
    #[cold]
    fn held_by(&self, fault: Fault, container: &Value) -> Fault {
        let Value::Dict(wanted) = container else { return fault };
        let is_it = |value: &Value| matches!(value, Value::Dict(dict) if Rc::ptr_eq(dict, wanted));
        let found = self.globals.iter().take(MAX_SEARCHED).find_map(|(name, value)| match value {
            value if is_it(value) => Some(name.to_string()),
            Value::Dict(outer) => {
                let outer = outer.borrow();
                let mut entries = outer.iter().take(MAX_SEARCHED);
                let (key, _) = entries.find(|(_, entry)| is_it(&entry.value))?;
                Some(format!("{name}[{}]", key.repr_within(80)))
            }
            Value::List(items) => {
                let index = items.borrow().iter().take(MAX_SEARCHED).position(is_it)?;
                Some(format!("{name}[{index}]"))
            }
            _ => None,
        });
        match found {
            Some(name) => fault.map(|d| d.note(format!("the dict is `{name}`"))),
            None => fault,
        }
    }

    /// `container[index]`, with the container and the index.
    pub(super) fn item_of(
        &mut self,
        container: &Expr,
        index: &Expr,
        span: Span,
    ) -> Result<(Value, Value, Value), Fault> {
        self.charge(1).map_err(|f| f.at(span))?;
        let container = self.eval(container).map_err(|f| f.at(span))?;
        let index = self.eval(index).map_err(|f| f.at(span))?;
        let item =
            ops::get_item(self, &container, &index).map_err(|f| self.held_by(f, &container).at(span))?;
        Ok((container, index, item))
    }

    /// The three parts of a slice; `None` where one is left out.
    pub(super) fn slice_parts(&mut self, parts: [&Option<Box<Expr>>; 3]) -> Result<[Value; 3], Fault> {
        let mut values = [Value::None, Value::None, Value::None];
        for (slot, part) in values.iter_mut().zip(parts) {
            if let Some(expr) = part {
                *slot = self.eval(expr)?;
            }
        }
        Ok(values)
    }

    /// Keeps the first fault and goes on, where no `try` of the file could see that the rest ran.
    pub(super) fn keep_first<T>(
        &mut self,
        result: Result<T, Fault>,
        wrong: &mut Option<Fault>,
    ) -> Result<Option<T>, Fault> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(fault) if self.guards > 0 || recover::is_final(&fault) => Err(fault),
            Err(fault) => {
                *wrong = Some(recover::together(wrong.take(), fault));
                Ok(None)
            }
        }
    }
}

fn big(n: &BigInt) -> Value {
    Value::Big(Rc::new(n.clone()))
}

fn starred(inner: &Expr) -> Fault {
    Fault::type_error("`*` stands only in calls, lists, tuples, sets and assignment targets").at(inner.span)
}

fn spread(dict: &mut Dict, value: &Value) -> Result<(), Fault> {
    let Value::Dict(other) = value else {
        return Err(Fault::type_error(format!("`**` needs a dict, not {}", value.described())));
    };
    dict.merge(&other.borrow());
    Ok(())
}
