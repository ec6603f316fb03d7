//! The order of dicts, sets and `**kw`, as CPython 2.7.18 has it.

use super::{Budgets, Program};
use crate::diagnostics::Diagnostic;

/// Random programs with what CPython makes of their `x`.
const PROGRAMS: &str = include_str!("order.txt");

#[test]
fn dicts_and_sets_have_the_order_of_cpython() {
    for case in PROGRAMS.split("\n\n") {
        let (program, expected) = case.trim_end().rsplit_once("\n# ").unwrap();
        let program = format!("import collections, copy, functools, json\n{program}\nx = repr(x)\n");
        let outcome = Program { files: &[("a", &program)], budgets: Budgets::default() }.run();
        assert!(!outcome.diagnostics.iter().any(Diagnostic::is_error), "{program}{:?}", outcome.diagnostics);
        let quoted = &outcome.values["x"];
        let found = quoted[1..quoted.len() - 1].replace("\\'", "'");
        assert_eq!(found, expected, "{program}");
    }
}
