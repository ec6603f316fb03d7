//! One line for each diagnostic, as compilers have always done it: `file:line:col: error[E0104]: message`.

use std::io::{self, Write};

use super::place::Place;
use super::visible::one_line;
use super::word;
use crate::diagnostics::Diagnostic;
use crate::source::SourceMap;

pub(super) fn write(all: &[Diagnostic], sources: &SourceMap, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in all {
        if let Some(place) = Place::of(diagnostic.primary, sources) {
            write!(out, "{}:{}:{}: ", one_line(&place.file), place.start.line, place.start.column)?;
        }
        let (severity, id) = (word(diagnostic.severity), diagnostic.code.id);
        writeln!(out, "{severity}[{id}]: {}", one_line(&diagnostic.message))?;
    }
    Ok(())
}
