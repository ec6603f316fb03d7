//! Exceptions: the classes, the values, `raise` and `try`.

use std::any::Any;

use super::machine::{Eval, Machine};
use super::recover;
use super::stmt::Flow;
use crate::diagnostics::codes::eval::RAISED;
use crate::source::Span;
use crate::syntax::ast::{Expr, Handler, Stmt};
use crate::template::value::{Args, Fault, Native, Repr, Value, Vm};

/// Every exception class, with the class it is a kind of.
const CLASSES: &[(&str, &str)] = &[
    ("BaseException", ""),
    ("Exception", "BaseException"),
    ("StandardError", "Exception"),
    ("ArithmeticError", "StandardError"),
    ("FloatingPointError", "ArithmeticError"),
    ("OverflowError", "ArithmeticError"),
    ("ZeroDivisionError", "ArithmeticError"),
    ("AssertionError", "StandardError"),
    ("AttributeError", "StandardError"),
    ("EnvironmentError", "StandardError"),
    ("IOError", "EnvironmentError"),
    ("OSError", "EnvironmentError"),
    ("FileNotFoundError", "IOError"),
    ("PermissionError", "IOError"),
    ("EOFError", "StandardError"),
    ("ImportError", "StandardError"),
    ("ModuleNotFoundError", "ImportError"),
    ("LookupError", "StandardError"),
    ("IndexError", "LookupError"),
    ("KeyError", "LookupError"),
    ("MemoryError", "StandardError"),
    ("NameError", "StandardError"),
    ("UnboundLocalError", "NameError"),
    ("RuntimeError", "StandardError"),
    ("NotImplementedError", "RuntimeError"),
    ("RecursionError", "RuntimeError"),
    ("StopIteration", "Exception"),
    ("SyntaxError", "StandardError"),
    ("SystemError", "StandardError"),
    ("TypeError", "StandardError"),
    ("ValueError", "StandardError"),
    ("UnicodeError", "ValueError"),
    ("UnicodeDecodeError", "UnicodeError"),
    ("UnicodeEncodeError", "UnicodeError"),
    ("Warning", "Exception"),
    ("DeprecationWarning", "Warning"),
    ("UserWarning", "Warning"),
    ("SystemExit", "BaseException"),
    ("KeyboardInterrupt", "BaseException"),
    ("GeneratorExit", "BaseException"),
    // Pystachio's own; the program cannot name them, but catches them by what they are.
    ("CoercionError", "ValueError"),
    ("InvalidConfig", "ValueError"),
    ("InvalidRefError", "Exception"),
    ("Uninterpolatable", "Exception"),
    ("NamingError", "Exception"),
];

/// An exception class.
#[derive(Debug)]
struct Class(&'static str);

/// An exception.
#[derive(Debug)]
struct Exception {
    class: &'static str,
    args: Vec<Value>,
}

/// The exception class of this name, if there is one.
pub(super) fn class(name: &str) -> Option<Value> {
    CLASSES.iter().find(|(n, _)| *n == name).map(|(n, _)| Value::native(Class(n)))
}

/// The names of the classes, for suggestions.
pub(super) fn class_names() -> impl Iterator<Item = &'static str> {
    CLASSES.iter().map(|(n, _)| *n)
}

/// Whether one class is another or a kind of it. A class that is not known counts as an Exception.
fn is_kind_of(class: &str, other: &str) -> bool {
    let mut current = class;
    while !current.is_empty() {
        if current == other {
            return true;
        }
        let parent = CLASSES.iter().find(|(n, _)| *n == current).map(|(_, p)| *p);
        current = parent.unwrap_or("Exception");
    }
    false
}

impl Native for Class {
    fn type_name(&self) -> &str {
        "type"
    }

    fn equals(&self, other: &dyn Native) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<Class>().is_some_and(|other| self.0 == other.0)
    }

    fn display(&self) -> String {
        format!("<type 'exceptions.{}'>", self.0)
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, _vm: &mut dyn Vm, args: Args) -> Eval {
        if let Some(keyword) = args.keyword.first() {
            let message = format!("{} takes no keyword arguments", self.0);
            return Err(Fault::bad_call(message).at(keyword.name_span));
        }
        let args = args.positional.into_iter().map(|(v, _)| v).collect();
        Ok(Value::native(Exception { class: self.0, args }))
    }

    fn is_instance(&self, value: &Value) -> Option<bool> {
        Some(value.downcast::<Exception>().is_some_and(|e| is_kind_of(e.class, self.0)))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "__name__").then(|| Value::str(self.0))
    }
}

impl Exception {
    /// `str(exception)`
    fn write(&self, repr: &mut Repr) {
        match self.args.as_slice() {
            [] => {}
            [one] if self.class == "KeyError" => repr.value(one),
            [one] => repr.text(one),
            all => repr.items("(", all.iter(), ")"),
        }
    }

    fn fault(&self) -> Fault {
        let text = Repr::written(|repr| self.write(repr));
        let message = if text.is_empty() { self.class.to_string() } else { text };
        Fault::new(self.class, &RAISED, message)
    }
}

impl Native for Exception {
    fn type_name(&self) -> &str {
        self.class
    }

    fn write_text(&self, repr: &mut Repr) {
        self.write(repr);
    }

    fn write_repr(&self, repr: &mut Repr) {
        repr.push(self.class);
        repr.items("(", self.args.iter(), if self.args.len() == 1 { ",)" } else { ")" });
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "__class__" => class(self.class),
            "args" => Some(Value::tuple(self.args.clone())),
            "message" => match self.args.as_slice() {
                [only] => Some(only.clone()),
                _ => Some(Value::str("")),
            },
            _ => None,
        }
    }

    fn names(&self) -> Vec<&str> {
        vec!["args", "message"]
    }
}

impl Machine {
    /// The fault that `raise` stands for.
    pub(super) fn raise(&mut self, value: Option<&Expr>, span: Span) -> Fault {
        let Some(expr) = value else {
            return match self.handling.last() {
                Some(fault) => fault.clone(),
                None => {
                    Fault::new("TypeError", &RAISED, "`raise` alone stands only inside `except`").at(span)
                }
            };
        };
        let value = match self.eval(expr) {
            Ok(value) => value,
            Err(fault) => return fault,
        };
        let made = if value.downcast::<Class>().is_some() {
            match self.call(&value, Args::none(span)) {
                Ok(made) => made,
                Err(fault) => return fault,
            }
        } else {
            value
        };
        match made.downcast::<Exception>() {
            Some(exception) => {
                let mut fault = exception.fault().at(span);
                fault.raised = Some(Box::new(made));
                fault.map(|d| d.here("raised here"))
            }
            None => {
                let message = format!("only exceptions can be raised, not {}", made.described());
                Fault::type_error(message).at(expr.span).help("write raise ValueError('what is wrong')")
            }
        }
    }

    /// `try: … except …: … else: … finally: …`
    pub(super) fn try_statement(
        &mut self,
        body: &[Stmt],
        handlers: &[Handler],
        orelse: &[Stmt],
        finally: &[Stmt],
    ) -> Result<Flow, Fault> {
        self.guards += 1;
        let mut result = self.block(body);
        self.guards -= 1;
        result = match result {
            Ok(Flow::Next) => self.guarded_by(!finally.is_empty(), |m| m.block(orelse)),
            Err(fault) if !recover::is_final(&fault) && !recover::is_silent(&fault) => {
                self.guarded_by(!finally.is_empty(), |m| m.handle(fault, handlers))
            }
            other => other,
        };
        if matches!(&result, Err(fault) if recover::is_final(fault)) {
            return result;
        }
        match self.block(finally)? {
            Flow::Next => result,
            flow => Ok(flow),
        }
    }

    /// Runs a part of a `try` whose errors must still reach the `finally`.
    fn guarded_by<T>(&mut self, guarded: bool, run: impl FnOnce(&mut Machine) -> T) -> T {
        self.guards += usize::from(guarded);
        let result = run(self);
        self.guards -= usize::from(guarded);
        result
    }

    fn handle(&mut self, fault: Fault, handlers: &[Handler]) -> Result<Flow, Fault> {
        for handler in handlers {
            if !self.catches(handler, &fault)? {
                continue;
            }
            if let Some(name) = &handler.name {
                let value = exception_of(&fault);
                self.bind_name(&name.name, value, name.span);
            }
            self.handling.push(fault);
            let result = self.block(&handler.body);
            self.handling.pop();
            return result;
        }
        Err(fault)
    }

    fn catches(&mut self, handler: &Handler, fault: &Fault) -> Result<bool, Fault> {
        let Some(expr) = &handler.kind else { return Ok(true) };
        let wanted = self.eval(expr)?;
        let classes = match &wanted {
            Value::Tuple(items) => items.to_vec(),
            one => vec![one.clone()],
        };
        for class in &classes {
            match class.downcast::<Class>() {
                Some(class) if is_kind_of(fault.exception, class.0) => return Ok(true),
                Some(_) => {}
                None => {
                    let message = format!("`except` needs an exception class, not {}", class.described());
                    return Err(Fault::type_error(message).at(expr.span));
                }
            }
        }
        Ok(false)
    }
}

/// What `except … as name` binds.
fn exception_of(fault: &Fault) -> Value {
    if let Some(raised) = &fault.raised {
        return (**raised).clone();
    }
    let args = fault.args.clone().unwrap_or_else(|| vec![Value::str(fault.message())]);
    Value::native(Exception { class: fault.exception, args })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_kinds_of_others() {
        assert!(is_kind_of("KeyError", "LookupError"));
        assert!(is_kind_of("CoercionError", "ValueError"));
        assert!(is_kind_of("ValueError", "Exception"));
        assert!(!is_kind_of("SystemExit", "Exception"));
        assert!(!is_kind_of("ValueError", "KeyError"));
        assert!(CLASSES.iter().all(|(_, p)| p.is_empty() || CLASSES.iter().any(|(n, _)| n == p)));
    }
}
