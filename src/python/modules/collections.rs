//! `collections`.

use super::{Members, deque, functions, namedtuple};
use crate::python::class::{PlainKind, of_kind};

/// The members of `collections`.
pub(super) fn members() -> Members {
    let mut members = functions(deque::TABLE);
    members.extend(functions(namedtuple::TABLE));
    members.push(("Counter", of_kind(PlainKind::Counter)));
    members.push(("OrderedDict", of_kind(PlainKind::OrderedDict)));
    members.push(("defaultdict", of_kind(PlainKind::DefaultDict)));
    members
}
