//! Codes that no longer occur. A code is never used again, since comments, scripts and old reports may still name it; an
//! error that becomes a lint gets a new code, too.

/// A code that no longer occurs.
#[derive(Debug, PartialEq, Eq)]
pub struct Retired {
    /// The code, such as `E0505`.
    pub id: &'static str,
    /// Its name, such as `resource-not-positive`. Its successor may have the same name.
    pub name: &'static str,
    /// The code that is reported now, if there is one.
    pub successor: Option<&'static str>,
    /// What has changed, in a sentence.
    pub why: &'static str,
}

/// Every retired code, sorted by id.
pub const RETIRED: &[Retired] = &[
    Retired {
        id: "E0130",
        name: "inexact-division",
        successor: Some("W0113"),
        why: "The quotient is rounded down, as in Python 2, and a warning says so.",
    },
    Retired {
        id: "E0131",
        name: "no-order",
        successor: Some("W0110"),
        why: "Values of different types have the order that Python 2 gives them, and a warning says so.",
    },
    Retired {
        id: "E0505",
        name: "resource-not-positive",
        successor: Some("E0303"),
        why: "The client already rejects resources that are not positive.",
    },
    Retired {
        id: "E0506",
        name: "repeated-resource",
        successor: None,
        why: "A job file cannot name a resource twice.",
    },
    Retired {
        id: "E0507",
        name: "executor-required",
        successor: Some("E0409"),
        why: "The client already rejects a job without an executor.",
    },
    Retired {
        id: "E0533",
        name: "update-of-non-service",
        successor: None,
        why: "Jobs that are not services get no update.",
    },
    Retired {
        id: "E0537",
        name: "update-watch-negative",
        successor: Some("E0312"),
        why: "The client already rejects negative times.",
    },
    Retired {
        id: "E0538",
        name: "update-pulse-negative",
        successor: Some("E0320"),
        why: "One code covers everything that would make the scheduler reject an update.",
    },
    Retired {
        id: "E0620",
        name: "unreadable-input",
        successor: Some("E0701"),
        why: "One code covers every file that is named on the command line and cannot be read.",
    },
];

/// The retired code with this id, or with this name, in any case.
pub fn find_retired(text: &str) -> Option<&'static Retired> {
    RETIRED.iter().find(|r| r.id.eq_ignore_ascii_case(text) || r.name.eq_ignore_ascii_case(text))
}
