//! Comprehensions and generator expressions: functions of their own, with their own names. Only list comprehensions bind
//! their variables in the scope around them, as in Python 2.

use std::cell::RefCell;
use std::sync::Arc;

use super::frame::Frame;
use super::machine::{Eval, Machine};
use super::place::written_items;
use crate::python::compare;
use crate::python::iterate::{self, Iterator, ValueIter};
use crate::source::Span;
use crate::syntax::ast::{Comprehension, Expr, ExprKind, GeneratorExp};
use crate::template::value::{Dict, Fault, Native, Set, Value, Vm};

/// What stands before the first `for`.
#[derive(Clone, Copy)]
enum Body<'a> {
    Item(&'a Expr),
    Entry(&'a Expr, &'a Expr),
}

/// What a comprehension collects.
enum Sink {
    List(Vec<Value>),
    Set(Set),
    Dict(Dict),
}

impl Machine {
    /// A comprehension's value.
    pub(super) fn comprehension(&mut self, expr: &Expr) -> Eval {
        let (body, generators, mut sink) = match &expr.kind {
            ExprKind::ListComp { element, generators } => {
                (Body::Item(element), generators, Sink::List(Vec::new()))
            }
            ExprKind::SetComp { element, generators } => {
                (Body::Item(element), generators, Sink::Set(Set::new()))
            }
            ExprKind::DictComp { key, value, generators } => {
                (Body::Entry(key, value), generators, Sink::Dict(Dict::new()))
            }
            ExprKind::GeneratorExp(node) => return self.generator(node, expr.span),
            _ => return Err(Fault::type_error("this is no comprehension")),
        };
        self.charge_items(0)?;
        let Some(first) = generators.first() else { return Ok(Value::None) };
        let context = (!matches!(sink, Sink::List(_))).then(|| self.order.begin_unordered());
        let result = self.first_source(first).and_then(|iter| {
            if let Sink::List(_) = sink {
                return self.walk(generators, iter, body, &mut sink);
            }
            let frame = self.comprehension_frame(expr.span);
            let outer = std::mem::replace(&mut self.frame, frame);
            let result = self.walk(generators, iter, body, &mut sink);
            self.frame = outer;
            result
        });
        if let Some(context) = context {
            self.order.end_context(context);
        }
        result?;
        Ok(match sink {
            Sink::List(items) => Value::list(items),
            Sink::Set(items) => Value::set(items),
            Sink::Dict(entries) => Value::dict(entries),
        })
    }

    fn first_source(&mut self, first: &Comprehension) -> Result<ValueIter, Fault> {
        let value = self.eval(&first.iter)?;
        iterate::iterate(&value).map_err(|f| f.at(first.iter.span))
    }

    fn comprehension_frame(&mut self, place: Span) -> Frame {
        let code = self.frame.code.clone();
        let layout = code.parsed.layouts.at(place);
        let captured = self.frame.capture(layout);
        Frame::new(code, layout, &captured)
    }

    /// Runs the clauses from the first on, whose source is given.
    fn walk(
        &mut self,
        generators: &[Comprehension],
        mut iter: ValueIter,
        body: Body<'_>,
        sink: &mut Sink,
    ) -> Result<(), Fault> {
        let Some((first, rest)) = generators.split_first() else { return Ok(()) };
        self.order.place = first.iter.span;
        let written = written_items(Some(&first.iter));
        let (mut wrong, mut count) = (None, 0);
        let result = loop {
            let item = match iter.next(self) {
                Ok(Some(item)) => item,
                Ok(None) => break Ok(()),
                Err(fault) => break Err(fault.at(first.iter.span)),
            };
            let item = (item, written.and_then(|written| written.get(count)));
            count += 1;
            let result = self.step(first, rest, item, body, sink);
            if let Err(fault) = self.keep_first(result, &mut wrong) {
                break Err(fault);
            }
        };
        if count > 0 && matches!(sink, Sink::List(_)) {
            self.leak(&first.target);
        }
        result.and(wrong.map_or(Ok(()), Err))
    }

    /// Notes that the variables of a list comprehension keep their last values, although it is over.
    fn leak(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => self.mark_leaked(name, target.span),
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|t| self.leak(t)),
            _ => {}
        }
    }

    /// One item of a clause: the conditions, then the clauses after it, or the body.
    fn step(
        &mut self,
        clause: &Comprehension,
        rest: &[Comprehension],
        (item, written): (Value, Option<&Expr>),
        body: Body<'_>,
        sink: &mut Sink,
    ) -> Result<(), Fault> {
        self.assign(&clause.target, item, written)?;
        if !all_true(self, &clause.ifs)? {
            return Ok(());
        }
        match rest.first() {
            Some(next) => {
                let source = self.eval(&next.iter)?;
                let iter = iterate::iterate(&source).map_err(|f| f.at(next.iter.span))?;
                self.walk(rest, iter, body, sink)
            }
            None => self.collect_into(body, sink),
        }
    }

    fn collect_into(&mut self, body: Body<'_>, sink: &mut Sink) -> Result<(), Fault> {
        match (body, sink) {
            (Body::Item(element), Sink::List(items)) => {
                let item = self.eval(element)?;
                self.recorder.item(&item, element.span);
                items.push(item);
                self.charge_growth(items.len())
            }
            (Body::Item(element), Sink::Set(items)) => {
                let value = self.eval(element)?;
                items.insert(compare::key(self, &value).map_err(|f| f.at(element.span))?);
                self.charge_probes(items.take_probes())?;
                self.charge_growth(items.len())
            }
            (Body::Entry(key, value), Sink::Dict(entries)) => {
                // Python 2 evaluates the value first.
                let given = self.eval(value)?;
                let new = self.eval(key)?;
                let new = compare::key(self, &new).map_err(|f| f.at(key.span))?;
                entries.insert_at(new, given, key.span, value.span);
                self.charge_probes(entries.take_probes())?;
                self.charge_growth(entries.len())
            }
            _ => Ok(()),
        }
    }

    fn charge_growth(&mut self, items: usize) -> Result<(), Fault> {
        if items > self.budgets.items { self.charge_items(items) } else { Ok(()) }
    }

    /// A generator: its first source is evaluated now, everything else when items are asked for.
    fn generator(&mut self, node: &Arc<GeneratorExp>, span: Span) -> Eval {
        self.charge_items(0)?;
        let Some(first) = node.generators.first() else { return Ok(Value::None) };
        let source = self.first_source(first)?;
        let frame = self.comprehension_frame(span);
        let state = State { node: node.clone(), frame, open: vec![source] };
        let generator = Value::native(Generator(RefCell::new(state)));
        Ok(Iterator::value("generator", ValueIter::Generator(generator)))
    }
}

/// A generator expression that waits to be asked for its next item.
#[derive(Debug)]
struct Generator(RefCell<State>);

#[derive(Debug)]
struct State {
    node: Arc<GeneratorExp>,
    frame: Frame,
    /// The sources of the clauses that are open, outermost first.
    open: Vec<ValueIter>,
}

impl Native for Generator {
    fn type_name(&self) -> &str {
        "generator"
    }

    fn display(&self) -> String {
        "<generator object>".to_string()
    }
}

impl Machine {
    /// The next item of a generator expression, `None` at its end.
    pub(super) fn resume(&mut self, generator: &Value) -> Result<Option<Value>, Fault> {
        let running = generator.downcast::<Generator>().map(|generator| generator.0.try_borrow_mut());
        let Some(Ok(mut state)) = running else {
            return Err(Fault::value_error("the generator is running already"));
        };
        let outer = std::mem::replace(&mut self.frame, std::mem::take(&mut state.frame));
        let result = state.resume(self);
        state.frame = std::mem::replace(&mut self.frame, outer);
        result
    }
}

impl State {
    /// Goes on until the next item; the generator's frame is the current one.
    fn resume(&mut self, machine: &mut Machine) -> Result<Option<Value>, Fault> {
        loop {
            let depth = self.open.len();
            let (Some(source), Some(clause)) =
                (self.open.last_mut(), self.node.generators.get(depth.wrapping_sub(1)))
            else {
                return Ok(None);
            };
            machine.order.place = clause.iter.span;
            let Some(item) = source.next(machine).map_err(|f| f.at(clause.iter.span))? else {
                self.open.pop();
                continue;
            };
            machine.assign(&clause.target, item, None)?;
            if !all_true(machine, &clause.ifs)? {
                continue;
            }
            match self.node.generators.get(depth) {
                Some(next) => {
                    let value = machine.eval(&next.iter)?;
                    self.open.push(iterate::iterate(&value).map_err(|f| f.at(next.iter.span))?);
                }
                None => {
                    let item = machine.eval(&self.node.element)?;
                    machine.recorder.item(&item, self.node.element.span);
                    return Ok(Some(item));
                }
            }
        }
    }
}

fn all_true(machine: &mut Machine, tests: &[Expr]) -> Result<bool, Fault> {
    for test in tests {
        if !machine.condition(test)? {
            return Ok(false);
        }
    }
    Ok(true)
}
