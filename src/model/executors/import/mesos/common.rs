//! What several messages hold: labels, parameters, secrets.

use super::FieldKind::{Bytes, Enum, Message, String};
use super::{Descriptor, optional, repeated, required};

/// Values of `type` of `Secret`
static SECRET_TYPE: &[(&str, i32)] = &[("UNKNOWN", 0), ("REFERENCE", 1), ("VALUE", 2)];

/// `Secret`
pub(super) static SECRET: Descriptor = Descriptor {
    what: "`Secret`",
    fields: &[
        optional("type", Enum(SECRET_TYPE)),
        optional("reference", Message(&SECRET_REFERENCE)),
        optional("value", Message(&SECRET_VALUE)),
    ],
};

/// `Secret.Reference`
pub(super) static SECRET_REFERENCE: Descriptor =
    Descriptor { what: "`Reference`", fields: &[required("name", String), optional("key", String)] };

/// `Secret.Value`
pub(super) static SECRET_VALUE: Descriptor =
    Descriptor { what: "`Value`", fields: &[required("data", Bytes)] };

/// `Labels`
pub(super) static LABELS: Descriptor =
    Descriptor { what: "the labels", fields: &[repeated("labels", Message(&LABEL))] };

/// `Label`
pub(super) static LABEL: Descriptor =
    Descriptor { what: "the label", fields: &[required("key", String), optional("value", String)] };

/// `Parameters`
pub(super) static PARAMETERS: Descriptor =
    Descriptor { what: "`Parameters`", fields: &[repeated("parameter", Message(&PARAMETER))] };

/// `Parameter`
pub(super) static PARAMETER: Descriptor =
    Descriptor { what: "`Parameter`", fields: &[required("key", String), required("value", String)] };
