//! Frames: the names of the function, comprehension, class body or file that runs now.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::source::Span;
use crate::syntax::ParsedFile;
use crate::syntax::ast::{Module, Name};
use crate::syntax::frames::{FrameLayout, LayoutId};
use crate::template::value::Value;

/// What a name holds, and where that was written; [`Span::NONE`] where it is not known.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub value: Value,
    pub place: Span,
}

/// A name that inner functions share.
pub(super) type Cell = Rc<RefCell<Option<Placed>>>;

/// The names of a class body, in order, and where each was bound.
pub(super) type ClassNames = IndexMap<Name, (Value, Span), FxBuildHasher>;

/// A file's tree, and where the file is.
#[derive(Debug, Default)]
pub(super) struct Code {
    pub parsed: Arc<ParsedFile>,
    /// The normalised path, which includes are relative to.
    pub path: PathBuf,
}

impl Code {
    /// The tree.
    pub(super) fn module(&self) -> &Module {
        &self.parsed.module
    }
}

/// What runs now.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// The file it is written in.
    pub code: Rc<Code>,
    /// Where its names live; `None` at the top level of a file.
    pub layout: Option<LayoutId>,
    /// Locals; `None` before their assignment.
    pub slots: Vec<Option<Placed>>,
    /// Locals shared with inner functions, own ones first.
    pub cells: Vec<Cell>,
    /// The names of a class body.
    pub class: Option<ClassNames>,
    /// Names whose values are those that a list comprehension gave them, and the places of its variables.
    pub leaked: Vec<(Name, Span)>,
}

impl Frame {
    /// The frame of a file's top level.
    pub(super) fn of_file(code: Rc<Code>) -> Frame {
        Frame { code, ..Frame::default() }
    }

    /// A frame for a layout, with empty slots and cells, then the captured cells.
    pub(super) fn new(code: Rc<Code>, id: LayoutId, captured: &[Cell]) -> Frame {
        let layout = code.parsed.layouts.layout(id);
        let mut slots = Vec::with_capacity(layout.slots);
        slots.resize_with(layout.slots, || None);
        let own = std::iter::repeat_with(Cell::default).take(layout.own_cells);
        let cells = own.chain(captured.iter().cloned()).collect();
        Frame { code, layout: Some(id), slots, cells, class: None, leaked: Vec::new() }
    }

    /// Where the names of what runs live; `None` at the top level of a file.
    pub(super) fn layout(&self) -> Option<&FrameLayout> {
        self.layout.map(|id| self.code.parsed.layouts.layout(id))
    }

    /// The cells that something with this layout captures, if it is made now.
    pub(super) fn capture(&self, id: LayoutId) -> Vec<Cell> {
        let layout = self.code.parsed.layouts.layout(id);
        layout.captured.iter().filter_map(|i| self.cells.get(*i).cloned()).collect()
    }
}
