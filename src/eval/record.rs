//! What a run notes of where its values come from, where somebody wants to know.
//!
//! Objects are told apart by where they are in memory; they are kept, so that no other one gets the same place.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::source::Span;
use crate::template::Object;
use crate::template::value::{Args, Value};

/// A call of a function of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The whole call.
    pub span: Span,
    /// How messages name the function, such as `web()`.
    pub function: Rc<str>,
}

/// The calls that were running at some moment, innermost first.
#[derive(Debug, Clone, Default)]
pub struct Calls(Option<Rc<Frame>>);

#[derive(Debug)]
struct Frame {
    call: Call,
    outer: Calls,
}

impl Calls {
    /// The calls, innermost first.
    pub fn iter(&self) -> impl Iterator<Item = &Call> {
        let frames = std::iter::successors(self.0.as_deref(), |frame| frame.outer.0.as_deref());
        frames.map(|frame| &frame.call)
    }
}

/// Where a value was handed to a field, a binding or a list.
#[derive(Debug, Clone)]
pub struct Use {
    /// The name of the field or the binding, or the item of a list.
    pub span: Span,
    /// The calls that were running.
    pub calls: Calls,
}

/// What a run has noted.
#[derive(Debug, Default)]
pub struct Record {
    calls: Calls,
    kept: FxHashMap<usize, Kept>,
}

#[derive(Debug)]
struct Kept {
    /// Held so that no other object gets its address.
    _object: Object,
    made: Calls,
    used: Option<Use>,
    listed: Option<Use>,
}

impl Record {
    /// The calls in which an object was made.
    pub fn made(&self, object: &Object) -> Option<&Calls> {
        self.kept.get(&object.address()).map(|kept| &kept.made)
    }

    /// Where a value was given to a field or a binding, the last time.
    pub fn used(&self, object: &Object) -> Option<&Use> {
        self.kept.get(&object.address())?.used.as_ref()
    }

    /// Where an object became an item of a list, the last time.
    pub fn listed(&self, object: &Object) -> Option<&Use> {
        self.kept.get(&object.address())?.listed.as_ref()
    }

    fn entry(&mut self, object: &Object) -> &mut Kept {
        let made = &self.calls;
        self.kept.entry(object.address()).or_insert_with(|| Kept {
            _object: object.clone(),
            made: made.clone(),
            used: None,
            listed: None,
        })
    }

    fn use_at(&self, span: Span) -> Use {
        Use { span, calls: self.calls.clone() }
    }
}

/// Notes where values come from, if somebody wants to know.
#[derive(Debug, Default)]
pub(super) struct Recorder(Option<Box<Record>>);

impl Recorder {
    /// A recorder that notes things.
    pub(super) fn active() -> Recorder {
        Recorder(Some(Box::default()))
    }

    /// Whether anything is noted.
    pub(super) fn is_active(&self) -> bool {
        self.0.is_some()
    }

    /// What was noted.
    pub(super) fn finish(self) -> Option<Box<Record>> {
        self.0
    }

    /// Notes that a call begins.
    pub(super) fn call(&mut self, span: Span, function: impl FnOnce() -> String) {
        if let Some(record) = &mut self.0 {
            let call = Call { span, function: function().into() };
            record.calls = Calls(Some(Rc::new(Frame { call, outer: record.calls.clone() })));
        }
    }

    /// Notes that the call that began last has ended.
    pub(super) fn end_call(&mut self) {
        if let Some(record) = &mut self.0
            && let Some(frame) = record.calls.0.take()
        {
            record.calls = frame.outer.clone();
        }
    }

    /// Notes what a call of a type or an object has made, and of which arguments.
    pub(super) fn made(&mut self, made: &Object, args: &Args) {
        let Some(record) = &mut self.0 else { return };
        record.entry(made);
        for keyword in &args.keyword {
            if let Some(value) = made.field(&keyword.name) {
                let used = record.use_at(keyword.name_span);
                record.entry(value).used = Some(used);
            }
        }
    }

    /// Notes what a method of an object has made, and of which bindings.
    pub(super) fn bound(&mut self, made: &Object, args: &Args) {
        let Some(record) = &mut self.0 else { return };
        record.entry(made);
        for keyword in &args.keyword {
            if let Value::Object(value) = &keyword.value {
                let used = record.use_at(keyword.name_span);
                record.entry(value).used = Some(used);
            }
        }
    }

    /// Notes that a value becomes an item of a list.
    pub(super) fn item(&mut self, item: &Value, span: Span) {
        if let (Some(record), Value::Object(object)) = (&mut self.0, item) {
            let used = record.use_at(span);
            record.entry(object).listed = Some(used);
        }
    }
}
