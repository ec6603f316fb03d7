//! The fields of a schedule: what each takes, and the parts of a comma list.

use std::ops::Range;

/// One of the five fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 0-59
    Minute,
    /// 0-23
    Hour,
    /// 1-31
    DayOfMonth,
    /// 1-12 or JAN-DEC
    Month,
    /// 0-6 or SUN-SAT
    DayOfWeek,
}

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

impl Field {
    /// The fields, in the order of a schedule.
    pub const ALL: [Field; 5] =
        [Field::Minute, Field::Hour, Field::DayOfMonth, Field::Month, Field::DayOfWeek];

    /// The field's name, in words.
    pub fn name(self) -> &'static str {
        match self {
            Field::Minute => "minute",
            Field::Hour => "hour",
            Field::DayOfMonth => "day of the month",
            Field::Month => "month",
            Field::DayOfWeek => "day of the week",
        }
    }

    /// The least and the greatest number.
    pub fn bounds(self) -> (u32, u32) {
        match self {
            Field::Minute => (0, 59),
            Field::Hour => (0, 23),
            Field::DayOfMonth => (1, 31),
            Field::Month => (1, 12),
            Field::DayOfWeek => (0, 6),
        }
    }

    /// What numbers and names the field takes, in words.
    pub fn takes(self) -> &'static str {
        match self {
            Field::Minute => "0 to 59",
            Field::Hour => "0 to 23",
            Field::DayOfMonth => "1 to 31",
            Field::Month => "1 to 12, or JAN to DEC",
            Field::DayOfWeek => "0 (Sunday) to 6, or SUN to SAT",
        }
    }

    /// Every value of the field.
    pub(super) fn all(self) -> Set {
        let (low, high) = self.bounds();
        Set::range(low, high)
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Field::Month => &MONTHS,
            Field::DayOfWeek => &DAYS,
            _ => &[],
        }
    }

    /// The part in capitals, with numbers for names. The scheduler replaces names wherever they occur in a part.
    pub(super) fn without_names(self, part: &str) -> String {
        let (first, _) = self.bounds();
        let mut text = part.to_uppercase();
        for (name, number) in self.names().iter().zip(first..) {
            if text.contains(name) {
                text = text.replace(name, &number.to_string());
            }
        }
        text
    }

    /// The short name that a longer one begins with: `Monday` → `MON`.
    pub(super) fn short_name(self, word: &str) -> Option<&'static str> {
        let upper = word.to_uppercase();
        self.names().iter().copied().find(|n| upper.starts_with(n))
    }
}

/// A set of numbers from 0 to 63.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set(u64);

impl Set {
    pub(super) const EMPTY: Set = Set(0);

    pub(super) fn range(low: u32, high: u32) -> Set {
        Set::steps(low, high, 1)
    }

    /// `low`, `low + step`, and so on up to `high`, at most 63.
    pub(super) fn steps(low: u32, high: u32, step: u32) -> Set {
        let numbers = (low..=high.min(63)).step_by(step.max(1) as usize);
        Set(numbers.fold(0, |bits, n| bits | 1 << n))
    }

    pub(super) fn and(self, other: Set) -> Set {
        Set(self.0 | other.0)
    }

    pub(super) fn has(self, number: u32) -> bool {
        number < 64 && self.0 & (1 << number) != 0
    }

    /// The numbers, ascending.
    pub(super) fn numbers(self) -> impl Iterator<Item = u32> {
        (0..64).filter(move |n| self.has(*n))
    }

    /// The least number from `from` on.
    pub(super) fn next(self, from: u32) -> Option<u32> {
        (from..64).find(|n| self.has(*n))
    }
}

/// What a part of a field is, with the numbers as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldPart {
    /// `*`
    All,
    /// `n`
    One(u32),
    /// `n-m`
    Range(u32, u32),
    /// `*/s`
    AllBy(u32),
    /// `n-m/s`
    RangeBy(u32, u32, u32),
}

/// Reads the form of a part; `None` where it has none of the forms. Numbers too large to count are the largest.
pub(super) fn part(text: &str) -> Option<FieldPart> {
    let (values, step) = match text.split_once('/') {
        Some((values, step)) => (values, Some(number(step)?)),
        None => (text, None),
    };
    match (values, values.split_once('-'), step) {
        ("*", _, None) => Some(FieldPart::All),
        ("*", _, Some(step)) => Some(FieldPart::AllBy(step)),
        (_, Some((low, high)), None) => Some(FieldPart::Range(number(low)?, number(high)?)),
        (_, Some((low, high)), Some(step)) => Some(FieldPart::RangeBy(number(low)?, number(high)?, step)),
        (one, None, None) => Some(FieldPart::One(number(one)?)),
        (_, None, Some(_)) => None,
    }
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u32::MAX))
}

/// The parts of a comma list with their places in the schedule; empty ones are skipped, as the scheduler does.
pub(super) fn parts(text: &str, at: usize) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut offset = at;
    text.split(',').filter_map(move |part| {
        let start = offset;
        offset += part.len() + 1;
        (!part.is_empty()).then(|| (part, start..start + part.len()))
    })
}
