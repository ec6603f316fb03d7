//! Errors of value and template operations: a diagnostic, and the Python exception a program could catch it as.

use crate::diagnostics::codes::eval::{
    BAD_CALL, BAD_VALUE, NOT_FOUND, UNKNOWN_ATTRIBUTE, UNKNOWN_NAME, WRONG_TYPE,
};
use crate::diagnostics::codes::template::BAD_REFERENCE;
use crate::diagnostics::{Code, Diagnostic, MAX_KEPT};
use crate::source::Span;
use crate::template::text::{Malformed, Ref};

/// Why an operation failed. Value operations know no places; the evaluator adds them with [`Fault::at`].
#[derive(Debug, Clone)]
pub struct Fault {
    /// The name of the Python exception class that `except` sees, such as `ValueError`. Pystachio's own are
    /// `CoercionError` (a ValueError), `InvalidRefError`, `Uninterpolatable`, `NamingError`.
    pub exception: &'static str,
    /// What to tell the user if nothing catches it.
    pub diagnostic: Box<Diagnostic>,
    /// Independent mistakes found together with this one.
    pub others: Vec<Diagnostic>,
    /// What the exception holds in Python, where it is not the message.
    pub args: Option<Vec<super::Value>>,
    /// The exception value, where the program itself raised it.
    pub raised: Option<Box<super::Value>>,
    /// What was probably meant, until the place of the wrong word is known.
    pub near: Option<Box<str>>,
}

impl Fault {
    /// A fault of any exception class and code, without a place.
    #[cold]
    pub fn new(exception: &'static str, code: &'static Code, message: impl Into<String>) -> Fault {
        Fault {
            exception,
            diagnostic: Box::new(Diagnostic::error(code, Span::NONE, message)),
            others: Vec::new(),
            args: None,
            raised: None,
            near: None,
        }
    }

    /// A TypeError: the operation cannot work with values of these types.
    #[cold]
    pub fn type_error(message: impl Into<String>) -> Fault {
        Fault::new("TypeError", &WRONG_TYPE, message)
    }

    /// A ValueError: right type, impossible value.
    #[cold]
    pub fn value_error(message: impl Into<String>) -> Fault {
        Fault::new("ValueError", &BAD_VALUE, message)
    }

    /// A LookupError: a codec that does not exist.
    #[cold]
    pub fn lookup_error(message: impl Into<String>) -> Fault {
        Fault::new("LookupError", &BAD_VALUE, message)
    }

    /// A TypeError about the arguments of a call.
    #[cold]
    pub fn bad_call(message: impl Into<String>) -> Fault {
        Fault::new("TypeError", &BAD_CALL, message)
    }

    /// An IndexError.
    #[cold]
    pub fn index_error(message: impl Into<String>) -> Fault {
        Fault::new("IndexError", &NOT_FOUND, message)
    }

    /// A KeyError.
    #[cold]
    pub fn key_error(message: impl Into<String>) -> Fault {
        Fault::new("KeyError", &NOT_FOUND, message)
    }

    /// An AttributeError.
    #[cold]
    pub fn attribute_error(message: impl Into<String>) -> Fault {
        Fault::new("AttributeError", &UNKNOWN_ATTRIBUTE, message)
    }

    /// A NameError.
    #[cold]
    pub fn name_error(message: impl Into<String>) -> Fault {
        Fault::new("NameError", &UNKNOWN_NAME, message)
    }

    /// The same fault with what the exception holds in Python, which a program can read in `except`.
    #[cold]
    #[must_use]
    pub fn args(self, args: Vec<super::Value>) -> Fault {
        Fault { args: Some(args), ..self }
    }

    /// The same fault with the text that the exception has in Python, which a program can read in `except`.
    #[cold]
    #[must_use]
    pub fn python(self, text: impl Into<String>) -> Fault {
        self.args(vec![super::Value::str(text.into())])
    }

    /// The same fault at a place, if it has none yet.
    #[cold]
    #[must_use]
    pub fn at(self, span: Span) -> Fault {
        self.map(|d| d.at(span))
    }

    /// The same fault with its diagnostic changed.
    #[cold]
    #[must_use]
    pub fn map(mut self, change: impl FnOnce(Diagnostic) -> Diagnostic) -> Fault {
        self.diagnostic = Box::new(change(*self.diagnostic));
        self
    }

    /// A fault with another one found beside it. Of very many, the first are kept.
    #[cold]
    #[must_use]
    pub fn together(first: Option<Fault>, other: Fault) -> Fault {
        let Some(mut first) = first else { return other };
        let room = MAX_KEPT.saturating_sub(first.others.len());
        first.others.extend(std::iter::once(*other.diagnostic).chain(other.others).take(room));
        first
    }

    /// The same fault with advice.
    #[cold]
    #[must_use]
    pub fn help(self, words: impl Into<String>) -> Fault {
        self.map(|d| d.help(words))
    }

    /// The same fault with the attribute that was probably meant.
    #[cold]
    #[must_use]
    pub fn near(mut self, near: &str) -> Fault {
        self.near = Some(near.into());
        self
    }

    /// The same fault at the very word that is wrong, if it has no place yet.
    #[cold]
    #[must_use]
    pub fn at_word(mut self, word: &str, span: Span) -> Fault {
        let near = self.near.take();
        let fault = self.at(span);
        match near {
            Some(near) => fault.map(|d| d.meant(word, &near)),
            None => fault,
        }
    }

    /// The message.
    pub fn message(&self) -> &str {
        &self.diagnostic.message
    }
}

impl Ref {
    /// [`Ref::read`] with Pystachio's InvalidRefError.
    ///
    /// # Errors
    /// As for [`Ref::read`].
    pub fn parse(address: &str) -> Result<Ref, Fault> {
        Ref::read(address).map_err(|malformed| malformed.fault())
    }
}

impl Malformed {
    /// The error for the address.
    #[cold]
    pub fn fault(&self) -> Fault {
        let message = format!("`{{{{{}}}}}` is not a reference", self.address);
        let fault = Fault::new("InvalidRefError", &BAD_REFERENCE, message);
        match &self.meant {
            Some((meant, rule)) => fault.near(&format!("{{{{{meant}}}}}")).help(*rule),
            None if self.address.contains('|') => fault
                .help("references have no filters: compute the value in the file, with .upper() for example, and bind it"),
            None => fault
                .help("a reference is made of names, dots and [indices], such as `{{profile.ports[http]}}`"),
        }
    }
}
