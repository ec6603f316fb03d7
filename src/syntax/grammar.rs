//! The parser that pest derives from `grammar/aurora.pest`.

#![allow(unreachable_pub, reason = "generated")]

use pest_derive::Parser;

/// Parses one logical line.
#[derive(Parser)]
#[grammar = "../grammar/aurora.pest"]
pub(super) struct LineParser;
