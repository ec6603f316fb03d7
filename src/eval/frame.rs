//! Frames: the names of the function, comprehension, class body or file that runs now.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::cache::Parsed;
use super::layout::Layout;
use crate::source::Span;
use crate::syntax::ast::Module;
use crate::template::value::Value;

/// A name that inner functions share.
pub(super) type Cell = Rc<RefCell<Option<Value>>>;

/// The names of a class body, in order, and where each was bound.
pub(super) type ClassNames = IndexMap<Arc<str>, (Value, Span), FxBuildHasher>;

/// A file's tree, and where the file is.
#[derive(Debug, Default)]
pub(super) struct Code {
    pub parsed: Arc<Parsed>,
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
    pub layout: Option<Arc<Layout>>,
    /// Locals; `None` before their assignment.
    pub slots: Vec<Option<Value>>,
    /// Locals shared with inner functions, own ones first.
    pub cells: Vec<Cell>,
    /// The names of a class body.
    pub class: Option<ClassNames>,
}

impl Frame {
    /// The frame of a file's top level.
    pub(super) fn of_file(code: Rc<Code>) -> Frame {
        Frame { code, ..Frame::default() }
    }

    /// A frame for a layout, with empty slots and cells, then the captured cells.
    pub(super) fn new(code: Rc<Code>, layout: Arc<Layout>, captured: &[Cell]) -> Frame {
        let mut slots = Vec::with_capacity(layout.slots);
        slots.resize_with(layout.slots, || None);
        let own = std::iter::repeat_with(Cell::default).take(layout.own_cells);
        let cells = own.chain(captured.iter().cloned()).collect();
        Frame { code, layout: Some(layout), slots, cells, class: None }
    }

    /// The cells that a function made now captures.
    pub(super) fn capture(&self, layout: &Layout) -> Vec<Cell> {
        layout.captured.iter().filter_map(|i| self.cells.get(*i).cloned()).collect()
    }
}
