//! Functions of the language: making them, and bringing arguments and parameters together.

use std::rc::Rc;

use super::frame::{Cell, Code, Frame, Placed};
use super::machine::{Eval, Machine};
use super::recover;
use super::stmt::Flow;
use crate::diagnostics::{nearest, quoted_list};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Function as Definition, Parameter, ParameterKind};
use crate::syntax::frames::{FunctionId, Place};
use crate::template::value::{Args, Dict, Fault, Key, Keyword, Native, Value, Vm};

/// A `def` or a `lambda`, with its defaults and the names it captured.
#[derive(Debug)]
pub(super) struct Function {
    id: FunctionId,
    /// The file that defines it.
    code: Rc<Code>,
    /// Defaults by parameter, in order, without those that are constants: they are read where they are wanted.
    defaults: Vec<(usize, Value)>,
    captured: Vec<Cell>,
}

impl Native for Function {
    fn type_name(&self) -> &str {
        "function"
    }

    fn display(&self) -> String {
        format!("<function {}>", self.name())
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        matches!(name, "__name__" | "func_name").then(|| Value::str(self.name()))
    }
}

impl Function {
    /// What defines it.
    pub(super) fn definition(&self) -> &Definition {
        self.code.parsed.layouts.function(self.id).0
    }

    /// Its name; `<lambda>` for a lambda.
    pub(super) fn name(&self) -> &str {
        &self.definition().name.name
    }

    /// How messages name it.
    fn shown(&self) -> String {
        match self.name() {
            "<lambda>" => "the lambda".to_string(),
            name => format!("{name}()"),
        }
    }

    fn accepts_by_name(parameter: &Parameter) -> bool {
        matches!(parameter.kind, ParameterKind::Normal | ParameterKind::KeywordOnly)
    }
}

impl Machine {
    /// The function that a `def` or `lambda` makes here and now.
    pub(super) fn make_function(&mut self, definition: &Definition) -> Eval {
        self.charge_items(definition.parameters.len())?;
        let mut defaults = Vec::new();
        for (index, parameter) in definition.parameters.iter().enumerate() {
            if let Some(default) = parameter.default.as_ref().filter(|d| !is_constant(d)) {
                defaults.push((index, self.eval(default)?));
            }
        }
        let code = self.frame.code.clone();
        let Some(id) = code.parsed.layouts.of_function(definition) else {
            return Err(Fault::type_error("this function is not part of its file").at(definition.span));
        };
        let captured = self.frame.capture(code.parsed.layouts.function(id).1);
        Ok(Value::native(Function { id, code, defaults, captured }))
    }

    /// Calls a function of the language.
    pub(super) fn call_function(&mut self, function: &Function, args: Args) -> Eval {
        let span = args.span;
        let frame = self.bind(function, args)?;
        self.enter_call().map_err(|f| f.at(span))?;
        let caller = std::mem::replace(&mut self.frame, frame);
        let outer = self.order.begin_function();
        self.recorder.call(span, || function.shown());
        let result = self.run_body(function.definition());
        self.recorder.end_call();
        self.order.end_context(outer);
        self.frame = caller;
        self.leave_call();
        match result {
            Ok(value) => Ok(value),
            Err(fault) => {
                let words = format!("in this call of {}", function.shown());
                Err(recover::with_step(fault, span, &words))
            }
        }
    }

    /// The frame of a call: every parameter has its argument or default.
    fn bind(&mut self, function: &Function, args: Args) -> Result<Frame, Fault> {
        let layouts = &function.code.parsed.layouts;
        let (definition, layout) = layouts.function(function.id);
        let parameters = &definition.parameters;
        let span = args.span;
        let mut frame = Frame::new(function.code.clone(), layout, &function.captured);
        let mut values: Vec<Option<Placed>> = vec![None; parameters.len()];
        let mut positional = args.positional.into_iter();
        for (parameter, value) in parameters.iter().zip(&mut values) {
            match parameter.kind {
                ParameterKind::PositionalOnly | ParameterKind::Normal => {
                    *value = positional.next().map(|(value, place)| Placed { value, place });
                }
                ParameterKind::VarPositional => {
                    let rest = Value::tuple(positional.by_ref().map(|(v, _)| v).collect());
                    *value = Some(Placed { value: rest, place: Span::NONE });
                }
                ParameterKind::KeywordOnly | ParameterKind::VarKeyword => {}
            }
        }
        if let Some((_, place)) = positional.next() {
            return Err(too_many(function, 1 + positional.count()).at(place).map(|d| {
                let d = d.here("one argument too many");
                d.label(function.definition().span, "defined here")
            }));
        }
        let keywords = Args { positional: Vec::new(), ..args };
        bind_keywords(function, keywords.into_function_keywords(), &mut values)?;
        let places = &layouts.layout(layout).parameters;
        for (index, value) in values.into_iter().enumerate() {
            let held = match value {
                Some(held) => held,
                None => self.default(function, index).map_err(|f| f.at(span))?,
            };
            match places.get(index) {
                Some(Place::Slot(slot)) => frame.slots[*slot] = Some(held),
                Some(Place::Cell(cell)) => *frame.cells[*cell].borrow_mut() = Some(held),
                _ => {}
            }
        }
        Ok(frame)
    }

    /// What a parameter without an argument gets.
    fn default(&mut self, function: &Function, index: usize) -> Result<Placed, Fault> {
        let parameter = function.definition().parameters.get(index);
        let Some(Parameter { default: Some(written), .. }) = parameter else {
            return Err(absent(function, parameter));
        };
        let value = match function.defaults.binary_search_by_key(&index, |(index, _)| *index) {
            Ok(at) => function.defaults[at].1.clone(),
            Err(_) => self.eval(written)?,
        };
        Ok(Placed { value, place: written.span })
    }

    fn run_body(&mut self, definition: &Definition) -> Eval {
        for (index, parameter) in definition.parameters.iter().enumerate() {
            if let Some(pattern) = &parameter.unpack {
                let place = self.frame.layout().and_then(|l| l.parameters.get(index)).copied();
                let value = place.and_then(|p| self.local(p)).unwrap_or(Value::None);
                self.assign(pattern, value, None)?;
            }
        }
        match self.block(&definition.body)? {
            Flow::Return(value) => Ok(value),
            _ => Ok(Value::None),
        }
    }

    fn local(&self, place: Place) -> Option<Value> {
        match place {
            Place::Slot(index) => Some(self.frame.slots.get(index)?.as_ref()?.value.clone()),
            Place::Cell(index) => Some(self.frame.cells.get(index)?.borrow().as_ref()?.value.clone()),
            _ => None,
        }
    }
}

fn bind_keywords(
    function: &Function,
    keywords: Vec<Keyword>,
    values: &mut [Option<Placed>],
) -> Result<(), Fault> {
    let parameters = &function.definition().parameters;
    let rest = parameters.iter().position(|p| p.kind == ParameterKind::VarKeyword);
    let mut others = Dict::new();
    for keyword in keywords {
        let named =
            parameters.iter().position(|p| Function::accepts_by_name(p) && *p.name.name == *keyword.name);
        match named {
            Some(index) if values[index].is_some() => return Err(twice(function, &keyword)),
            Some(index) => values[index] = Some(Placed { value: keyword.value, place: keyword.span }),
            None if rest.is_some() => {
                others.insert_at(Key::text(&keyword.name), keyword.value, keyword.name_span, keyword.span);
            }
            None => return Err(unknown_keyword(function, &keyword)),
        }
    }
    if let Some(index) = rest {
        values[index] = Some(Placed { value: Value::dict(others), place: Span::NONE });
    }
    Ok(())
}

/// Whether a default is the same whenever it is evaluated.
fn is_constant(default: &Expr) -> bool {
    use ExprKind::{BigInt, Bool, Float, Int, None, Str};
    matches!(default.kind, None | Bool(_) | Int(_) | BigInt(_) | Float(_) | Str(_))
}

fn absent(function: &Function, parameter: Option<&Parameter>) -> Fault {
    let name = parameter.map_or("", |p| &*p.name.name);
    let fault = Fault::bad_call(format!("{} needs the argument `{name}`", function.shown()));
    fault.map(|d| d.here(format!("`{name}` is not given")).label(function.definition().span, "defined here"))
}

fn too_many(function: &Function, extra: usize) -> Fault {
    let parameters = &function.definition().parameters;
    let positional = |p: &&Parameter| matches!(p.kind, ParameterKind::Normal | ParameterKind::PositionalOnly);
    let most = parameters.iter().filter(positional).count();
    let takes = match most {
        0 => "no arguments".to_string(),
        1 => "one argument".to_string(),
        n => format!("{n} arguments"),
    };
    let bound = if parameters.iter().any(|p| p.default.is_some()) && most > 0 { "at most " } else { "" };
    let given = most + extra;
    let verb = if given == 1 { "is" } else { "are" };
    Fault::bad_call(format!("{} takes {bound}{takes}, but {given} {verb} given", function.shown()))
}

fn twice(function: &Function, keyword: &Keyword) -> Fault {
    let message = format!("{} gets `{}` twice", function.shown(), keyword.name);
    Fault::bad_call(message).at(keyword.name_span).map(|d| {
        d.here("given here, and by position or keyword before")
            .label(function.definition().span, "defined here")
    })
}

fn unknown_keyword(function: &Function, keyword: &Keyword) -> Fault {
    let message = format!("{} has no parameter `{}`", function.shown(), keyword.name);
    let names = || {
        let named = function.definition().parameters.iter().filter(|p| Function::accepts_by_name(p));
        named.map(|p| &*p.name.name)
    };
    let fault = Fault::bad_call(message)
        .at(keyword.name_span)
        .map(|d| d.label(function.definition().span, "defined here"));
    match nearest(&keyword.name, names()) {
        Some(near) => fault.map(|d| {
            d.here(format!("did you mean `{near}`?")).suggest(
                keyword.name_span,
                near,
                format!("write `{near}`"),
            )
        }),
        None if names().next().is_some() => {
            fault.help(format!("the parameters are {}", quoted_list(names(), 20)))
        }
        None => fault,
    }
}
