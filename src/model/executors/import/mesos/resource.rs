//! `Resource`.

use super::FieldKind::{Double, Enum, Int64, Message, String};
use super::common::LABELS;
use super::container::VOLUME;
use super::{Descriptor, optional, repeated, required};

/// Values of `type` of `Resource`
static RESOURCE_TYPE: &[(&str, i32)] = &[("SCALAR", 0), ("RANGES", 1), ("SET", 2), ("TEXT", 3)];

/// `Resource`
pub(super) static RESOURCE: Descriptor = Descriptor {
    what: "the resource",
    fields: &[
        optional("provider_id", Message(&RESOURCE_PROVIDER_ID)),
        required("name", String),
        required("type", Enum(RESOURCE_TYPE)),
        optional("scalar", Message(&VALUE_SCALAR)),
        optional("ranges", Message(&VALUE_RANGES)),
        optional("set", Message(&VALUE_SET)),
        optional("role", String),
        optional("allocation_info", Message(&RESOURCE_ALLOCATION_INFO)),
        optional("reservation", Message(&RESOURCE_RESERVATION_INFO)),
        repeated("reservations", Message(&RESOURCE_RESERVATION_INFO)),
        optional("disk", Message(&RESOURCE_DISK_INFO)),
        optional("revocable", Message(&RESOURCE_REVOCABLE_INFO)),
        optional("shared", Message(&RESOURCE_SHARED_INFO)),
    ],
};

/// `ResourceProviderID`
pub(super) static RESOURCE_PROVIDER_ID: Descriptor =
    Descriptor { what: "`ResourceProviderID`", fields: &[required("value", String)] };

/// `Value.Scalar`
pub(super) static VALUE_SCALAR: Descriptor =
    Descriptor { what: "the scalar", fields: &[required("value", Double)] };

/// `Value.Ranges`
pub(super) static VALUE_RANGES: Descriptor =
    Descriptor { what: "`Ranges`", fields: &[repeated("range", Message(&VALUE_RANGE))] };

/// `Value.Range`
pub(super) static VALUE_RANGE: Descriptor =
    Descriptor { what: "`Range`", fields: &[required("begin", Int64), required("end", Int64)] };

/// `Value.Set`
pub(super) static VALUE_SET: Descriptor = Descriptor { what: "`Set`", fields: &[repeated("item", String)] };

/// `Resource.AllocationInfo`
pub(super) static RESOURCE_ALLOCATION_INFO: Descriptor =
    Descriptor { what: "`AllocationInfo`", fields: &[optional("role", String)] };

/// Values of `type` of `Resource.ReservationInfo`
static RESOURCE_RESERVATION_INFO_TYPE: &[(&str, i32)] = &[("UNKNOWN", 0), ("STATIC", 1), ("DYNAMIC", 2)];

/// `Resource.ReservationInfo`
pub(super) static RESOURCE_RESERVATION_INFO: Descriptor = Descriptor {
    what: "`ReservationInfo`",
    fields: &[
        optional("type", Enum(RESOURCE_RESERVATION_INFO_TYPE)),
        optional("role", String),
        optional("principal", String),
        optional("labels", Message(&LABELS)),
    ],
};

/// `Resource.DiskInfo`
pub(super) static RESOURCE_DISK_INFO: Descriptor = Descriptor {
    what: "`DiskInfo`",
    fields: &[
        optional("persistence", Message(&RESOURCE_DISK_INFO_PERSISTENCE)),
        optional("volume", Message(&VOLUME)),
        optional("source", Message(&RESOURCE_DISK_INFO_SOURCE)),
    ],
};

/// `Resource.DiskInfo.Persistence`
pub(super) static RESOURCE_DISK_INFO_PERSISTENCE: Descriptor =
    Descriptor { what: "`Persistence`", fields: &[required("id", String), optional("principal", String)] };

/// Values of `type` of `Resource.DiskInfo.Source`
static RESOURCE_DISK_INFO_SOURCE_TYPE: &[(&str, i32)] =
    &[("UNKNOWN", 0), ("PATH", 1), ("MOUNT", 2), ("BLOCK", 3), ("RAW", 4)];

/// `Resource.DiskInfo.Source`
pub(super) static RESOURCE_DISK_INFO_SOURCE: Descriptor = Descriptor {
    what: "`Source`",
    fields: &[
        required("type", Enum(RESOURCE_DISK_INFO_SOURCE_TYPE)),
        optional("path", Message(&RESOURCE_DISK_INFO_SOURCE_PATH)),
        optional("mount", Message(&RESOURCE_DISK_INFO_SOURCE_MOUNT)),
        optional("id", String),
        optional("metadata", Message(&LABELS)),
        optional("profile", String),
    ],
};

/// `Resource.DiskInfo.Source.Path`
pub(super) static RESOURCE_DISK_INFO_SOURCE_PATH: Descriptor =
    Descriptor { what: "`Path`", fields: &[optional("root", String)] };

/// `Resource.DiskInfo.Source.Mount`
pub(super) static RESOURCE_DISK_INFO_SOURCE_MOUNT: Descriptor =
    Descriptor { what: "`Mount`", fields: &[optional("root", String)] };

/// `Resource.RevocableInfo`
pub(super) static RESOURCE_REVOCABLE_INFO: Descriptor = Descriptor { what: "`RevocableInfo`", fields: &[] };

/// `Resource.SharedInfo`
pub(super) static RESOURCE_SHARED_INFO: Descriptor = Descriptor { what: "`SharedInfo`", fields: &[] };
