//! Calls: evaluating arguments, and calling whatever can be called.

use rustc_hash::FxHashMap;

use super::frame::Placed;
use super::function::Function;
use super::intrinsic::Intrinsic;
use super::machine::{Eval, Machine};
use super::recover::together;
use super::{construct, instance, objects};
use crate::diagnostics::codes::eval::NOT_CALLABLE;
use crate::python::{self, builtins, class, iterate, not_callable};
use crate::source::Span;
use crate::syntax::ast::{Arg, ArgKind, Expr, ExprKind, Ident};
use crate::template::value::{Args, Fault, Keyword, Value};

impl Machine {
    /// `function(args)`.
    pub(super) fn call_expr(&mut self, function: &Expr, args: &[Arg], span: Span) -> Eval {
        let mut wrong = None;
        if let ExprKind::Attribute { value, name } = &function.kind {
            let receiver = self.eval(value);
            let receiver = self.keep_first(receiver, &mut wrong)?;
            let outer = self.order.begin_method(receiver.as_ref(), &name.name);
            let hands_on = matches!(receiver, Some(Value::Object(_) | Value::Native(_)));
            let args = self.args(args, (span, hands_on), &mut wrong);
            let result = args.and_then(|args| match (receiver, wrong) {
                (Some(receiver), None) => self.call_method(&receiver, name, args),
                (_, wrong) => Err(wrong.unwrap_or_else(|| Fault::bad_call("this call cannot be made"))),
            });
            self.order.end_context(outer);
            return result;
        }
        let callee = self.eval(function);
        let callee = self.keep_first(callee, &mut wrong)?;
        let list = args;
        let outer = self.order.begin_call(callee.as_ref());
        let hands_on = callee.as_ref().is_some_and(hands_on);
        let args = self.args(list, (span, hands_on), &mut wrong);
        let result = args.and_then(|args| match (callee, wrong) {
            (Some(callee), None) => self.call(&callee, args).map_err(|f| self.explain_callee(f, function)),
            (Some(callee), Some(wrong)) => Err(construct::mistakes_besides(self, &callee, list, args)
                .into_iter()
                .fold(wrong, |wrong, other| together(Some(wrong), other))),
            (None, wrong) => Err(wrong.unwrap_or_else(|| Fault::bad_call("this call cannot be made"))),
        });
        self.order.end_context(outer);
        result
    }

    /// The sound arguments of a call, `*` and `**` spread out; what is wrong with the others is kept. Where the callee
    /// hands its arguments on, their places are those at which the values were written, else those in the call.
    fn args(
        &mut self,
        list: &[Arg],
        (span, hands_on): (Span, bool),
        wrong: &mut Option<Fault>,
    ) -> Result<Args, Fault> {
        let mut args = Args::none(span);
        let named = list.iter().filter(|a| matches!(a.kind, ArgKind::Keyword(_))).count();
        args.keyword.reserve(named);
        args.positional.reserve(list.len() - named);
        // The names that are written were compared when the call was parsed.
        let spread = list.iter().any(|a| matches!(a.kind, ArgKind::DoubleStar));
        for arg in list {
            let value = match hands_on {
                true => self.eval_placed(&arg.value),
                false => self.eval(&arg.value).map(|value| Placed { value, place: arg.value.span }),
            };
            let Some(held) = self.keep_first(value, wrong)? else { continue };
            let added = self.add_argument(&mut args, arg, held, spread);
            self.keep_first(added, wrong)?;
        }
        if list.iter().any(|a| matches!(a.kind, ArgKind::Star | ArgKind::DoubleStar)) {
            args.spread = Some(args.keyword.len().saturating_sub(named));
        }
        if spread && args.keyword.len() > FEW {
            let checked = refuse_repeated(&args);
            self.keep_first(checked, wrong)?;
        }
        Ok(args)
    }

    /// Adds an argument; `spread` says whether some are given by `**`.
    fn add_argument(&mut self, args: &mut Args, arg: &Arg, held: Placed, spread: bool) -> Result<(), Fault> {
        let Placed { value, place } = held;
        let span = arg.value.span;
        match &arg.kind {
            ArgKind::Positional => args.positional.push((value, place)),
            ArgKind::Keyword(name) => {
                let symbol = self.symbol(&name.name);
                let keyword = Keyword { name: symbol, name_span: name.span, value, span: place };
                match spread {
                    true => add_keyword(args, keyword)?,
                    false => args.keyword.push(keyword),
                }
            }
            ArgKind::Star => {
                let items = iterate::collect(self, &value).map_err(|f| f.at(span))?;
                args.positional.extend(items.into_iter().map(|v| (v, span)));
            }
            ArgKind::DoubleStar => spread_keywords(args, &value, span)?,
        }
        Ok(())
    }

    /// `receiver.name(args)`, without making a method value first.
    pub(super) fn call_method(&mut self, receiver: &Value, name: &Ident, mut args: Args) -> Eval {
        let span = args.span;
        match receiver {
            Value::Object(object) => {
                let noted = self.recorder.is_active().then(|| args.clone());
                let result = objects::call(self, object, name, args)?;
                if let (Some(args), Value::Object(made)) = (noted, &result) {
                    self.recorder.bound(made, &args);
                }
                Ok(result)
            }
            Value::Native(_) => {
                let function =
                    self.attribute(receiver, &name.name).map_err(|f| f.at_word(&name.name, name.span))?;
                self.call(&function, args)
            }
            plain => match class::method(plain, &name.name) {
                Some(method) => {
                    self.charge_builtin()?;
                    self.order.place = span;
                    args.positional.iter().for_each(|(item, place)| self.recorder.item(item, *place));
                    args.positional.insert(0, (plain.clone(), span));
                    method.call(self, args).map_err(|f| f.at(span))
                }
                None => {
                    let function =
                        self.attribute(plain, &name.name).map_err(|f| f.at_word(&name.name, name.span))?;
                    self.call(&function, args)
                }
            },
        }
    }

    /// Calls any callable value.
    ///
    /// # Errors
    /// Whatever the function raises; a TypeError if the value cannot be called.
    pub fn call(&mut self, function: &Value, args: Args) -> Eval {
        let span = args.span;
        let result = match function {
            Value::Type(ty) => construct::of_type(self, ty, &args),
            Value::Object(object) => construct::extended(self, object, &args),
            Value::Native(_) => {
                if let Some(function) = function.downcast::<Function>() {
                    return self.call_function(function, args);
                }
                if let Some(result) = self.call_class(function, &args) {
                    return result.map_err(|f| f.at(span));
                }
                self.charge_builtin()?;
                self.order.place = span;
                match function.downcast::<Intrinsic>() {
                    Some(intrinsic) => (intrinsic.function)(self, args),
                    None => python::call(self, function, args),
                }
            }
            _ => Err(not_callable(function)),
        };
        result.map_err(|f| f.at(span))
    }

    /// Where a name holds something that cannot be called: where it was bound, and that it hides a function.
    fn explain_callee(&self, fault: Fault, function: &Expr) -> Fault {
        let ExprKind::Name(name) = &function.kind else { return fault };
        if fault.diagnostic.code != &NOT_CALLABLE || !fault.diagnostic.labels.is_empty() {
            return fault;
        }
        let bound = self.globals.span(name);
        let hides = super::ambient::lookup(name).or_else(|| builtins::lookup(name)).is_some();
        let words =
            if hides { format!("this hides the built-in `{name}`") } else { "bound here".to_string() };
        let fault = fault.map(|d| d.label(bound, words));
        if hides { fault.help("give the variable another name") } else { fault }
    }
}

/// Whether what is called keeps its arguments, or hands them on, so that it matters where they were written.
fn hands_on(callee: &Value) -> bool {
    match callee {
        Value::Type(_) | Value::Object(_) => true,
        other => other.downcast::<Function>().is_some() || instance::is_class(other),
    }
}

/// Keywords that are looked through one by one for a repeated one.
const FEW: usize = 64;

fn add_keyword(args: &mut Args, keyword: Keyword) -> Result<(), Fault> {
    if args.keyword.len() <= FEW
        && let Some(first) = args.keyword.iter().find(|k| k.name == keyword.name)
    {
        return Err(repeated(first, &keyword));
    }
    args.keyword.push(keyword);
    Ok(())
}

/// Rejects a keyword that is given twice among many.
fn refuse_repeated(args: &Args) -> Result<(), Fault> {
    let mut seen: FxHashMap<&str, &Keyword> = FxHashMap::default();
    for keyword in &args.keyword {
        if let Some(first) = seen.insert(&keyword.name, keyword) {
            return Err(repeated(first, keyword));
        }
    }
    Ok(())
}

fn repeated(first: &Keyword, again: &Keyword) -> Fault {
    let message = format!("the argument `{}` is given twice", again.name);
    let fault = Fault::bad_call(message).at(again.name_span);
    fault.map(|d| d.here("given again here").label(first.name_span, "given here first"))
}

fn spread_keywords(args: &mut Args, value: &Value, span: Span) -> Result<(), Fault> {
    let Value::Dict(dict) = value else {
        let message = format!("`**` needs a dict, not {}", value.described());
        return Err(Fault::bad_call(message).at(span));
    };
    for (key, entry) in dict.borrow().entries_by_slot() {
        let key = key.value();
        let Some(name) = key.as_str() else {
            let message = format!("the keys of `**` arguments must be text, not {}", key.repr());
            return Err(Fault::bad_call(message).at(entry.key_span.or(span)));
        };
        let keyword = Keyword {
            name: name.into(),
            name_span: entry.key_span.or(span),
            value: entry.value.clone(),
            span: entry.span.or(span),
        };
        add_keyword(args, keyword)?;
    }
    Ok(())
}
