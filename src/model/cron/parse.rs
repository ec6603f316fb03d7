//! Text → schedule, with the place and the fix of what is wrong.

use std::ops::Range;

use super::field::{Field, FieldPart, Set, part, parts};

/// A cron schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub(super) minutes: Set,
    pub(super) hours: Set,
    pub(super) days: Set,
    pub(super) months: Set,
    pub(super) weekdays: Set,
    /// Steps that skip over the whole field, so that they fire only at its beginning: `*/90` minutes.
    pub wide_steps: Vec<Step>,
}

/// A step that is larger than its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The field.
    pub field: Field,
    /// The part, as written.
    pub text: String,
    /// Its place in the schedule, in bytes.
    pub place: Range<usize>,
    /// The one number that it stands for.
    pub first: u32,
}

/// What is wrong with a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which rule is broken.
    pub kind: FaultKind,
    /// The place in the schedule, in bytes.
    pub place: Range<usize>,
    /// What is wrong, with the offending text.
    pub message: String,
    /// What would be accepted.
    pub help: String,
    /// Text to put at the place, where there is an obvious fix.
    pub mend: Option<String>,
}

/// The rules of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Five fields with spaces between them.
    Shape,
    /// A field is a comma list of the known forms, within its bounds.
    Field,
    /// Not both a day of the month and a day of the week.
    BothDays,
    /// There is a day on which it runs.
    NeverRuns,
}

/// Reads a schedule.
///
/// # Errors
/// The first mistake of each field; or that the fields together make no schedule.
pub fn parse(text: &str) -> Result<Schedule, Vec<Fault>> {
    let fields = five_fields(text).map_err(|f| vec![f])?;
    let mut faults = Vec::new();
    let mut wide_steps = Vec::new();
    let mut sets = [Set::EMPTY; 5];
    for ((set, field), (word, at)) in sets.iter_mut().zip(Field::ALL).zip(&fields) {
        match read_field(field, word, *at, &mut wide_steps) {
            Ok(read) => *set = read,
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let [minutes, hours, days, months, weekdays] = sets;
    let schedule = Schedule { minutes, hours, days, months, weekdays, wide_steps };
    check_days(&schedule, &fields).map_err(|f| vec![f])?;
    Ok(schedule)
}

/// The spaces that the scheduler splits at.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

/// The fields with their offsets.
fn five_fields(text: &str) -> Result<Vec<(&str, usize)>, Fault> {
    let words: Vec<(&str, usize)> = text
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .map(|word| (word, word.as_ptr() as usize - text.as_ptr() as usize))
        .collect();
    let whole = |message: String, help: &str, mend: Option<String>| Fault {
        kind: FaultKind::Shape,
        place: 0..text.len(),
        message,
        help: help.to_string(),
        mend,
    };
    const FIVE: &str =
        "write minute, hour, day of the month, month and day of the week, with blanks between them";
    let joined = || words.iter().map(|(w, _)| *w).collect::<Vec<_>>().join(" ");
    if let Some(meant) = nickname(text) {
        let message = format!("the scheduler does not know the short form `{text}`");
        return Err(whole(message, FIVE, Some(meant.to_string())));
    }
    match words.len() {
        5 if text.starts_with(is_blank) || text.ends_with(is_blank) => {
            let message = format!("the schedule `{text}` begins or ends with a blank");
            Err(whole(message, "the scheduler wants the five fields and nothing around them", Some(joined())))
        }
        5 => Ok(words),
        6 if words[0].0 == "0" => {
            let message =
                format!("the schedule `{text}` has 6 fields, the scheduler wants 5: it has no seconds");
            Err(whole(message, FIVE, Some(joined()[2..].to_string())))
        }
        n => Err(whole(format!("the schedule `{text}` has {n} fields, the scheduler wants 5"), FIVE, None)),
    }
}

/// The five fields for a short form that other crons know.
fn nickname(text: &str) -> Option<&'static str> {
    match text.trim().to_ascii_lowercase().as_str() {
        "@yearly" | "@annually" => Some("0 0 1 1 *"),
        "@monthly" => Some("0 0 1 * *"),
        "@weekly" => Some("0 0 * * 0"),
        "@daily" | "@midnight" => Some("0 0 * * *"),
        "@hourly" => Some("0 * * * *"),
        _ => None,
    }
}

fn read_field(field: Field, word: &str, at: usize, wide: &mut Vec<Step>) -> Result<Set, Fault> {
    let mut set = Set::EMPTY;
    for (text, place) in parts(word, at) {
        let read = part(&field.without_names(text));
        let accepted = read.ok_or_else(|| unknown_form(field, text)).and_then(|p| {
            note_wide_step(field, p, text, &place, wide);
            values(field, p, text)
        });
        match accepted {
            Ok(numbers) => set = set.and(numbers),
            Err(Wrong { message, help, mend }) => {
                return Err(Fault { kind: FaultKind::Field, place, message, help, mend });
            }
        }
    }
    if set == Set::EMPTY {
        let message = format!("the {} is `{word}`, which has no number in it", field.name());
        let help = format!("it takes {}, or * for all", field.takes());
        return Err(Fault { kind: FaultKind::Field, place: at..at + word.len(), message, help, mend: None });
    }
    Ok(set)
}

/// A fault without its place.
struct Wrong {
    message: String,
    help: String,
    mend: Option<String>,
}

/// The numbers that a part stands for.
fn values(field: Field, part: FieldPart, text: &str) -> Result<Set, Wrong> {
    let (least, greatest) = field.bounds();
    match part {
        FieldPart::All => Ok(field.all()),
        FieldPart::One(n) => within(field, n, n, text).map(|()| Set::range(n, n)),
        FieldPart::AllBy(0) | FieldPart::RangeBy(_, _, 0) => Err(zero_step(field, text)),
        FieldPart::AllBy(step) => Ok(Set::steps(least, greatest, step)),
        FieldPart::Range(low, high) => {
            ascending(field, low, high, None, text)?;
            within(field, low, high, text).map(|()| Set::range(low, high))
        }
        FieldPart::RangeBy(low, high, step) => {
            ascending(field, low, high, Some(step), text)?;
            within(field, low, high, text)?;
            if step >= high {
                return Err(step_over_end(field, low, high, step, text));
            }
            Ok(Set::steps(low, high, step))
        }
    }
}

fn within(field: Field, low: u32, high: u32, text: &str) -> Result<(), Wrong> {
    let (least, greatest) = field.bounds();
    if low >= least && high <= greatest {
        return Ok(());
    }
    let sunday = field == Field::DayOfWeek && high == 7;
    let message = match sunday {
        true => format!("the day of the week `{text}` is out of range: it goes from 0, Sunday, to 6"),
        false => format!("the {} `{text}` is out of range: it goes from {least} to {greatest}", field.name()),
    };
    let mend = match (sunday, low) {
        (true, 7) => Some("0".to_string()),
        (true, 0 | 1) => Some("*".to_string()),
        (true, 6) => Some("0,6".to_string()),
        (true, _) => Some(format!("0,{low}-6")),
        _ => None,
    };
    // A fix for a range with a step would change what it counts from.
    let mend = mend.filter(|_| !text.contains('/'));
    Err(Wrong { message, help: format!("the {} takes {}", field.name(), field.takes()), mend })
}

fn ascending(field: Field, low: u32, high: u32, step: Option<u32>, text: &str) -> Result<(), Wrong> {
    if low <= high {
        return Ok(());
    }
    let (least, greatest) = field.bounds();
    let range = |a: u32, b: u32| if a == b { a.to_string() } else { format!("{a}-{b}") };
    let fits = low <= greatest && high >= least && step.is_none();
    Err(Wrong {
        message: format!(
            "the {} range `{text}` goes backwards: the scheduler's ranges do not wrap around",
            field.name()
        ),
        help: "write the two ends as two ranges with a comma between them".to_string(),
        mend: fits.then(|| format!("{},{}", range(low, greatest), range(least, high))),
    })
}

fn zero_step(field: Field, text: &str) -> Wrong {
    Wrong {
        message: format!("the {} `{text}` has a step of 0", field.name()),
        help: "a step is at least 1".to_string(),
        mend: None,
    }
}

/// The scheduler compares the step with the end of the range, not with its length.
fn step_over_end(field: Field, low: u32, high: u32, step: u32, text: &str) -> Wrong {
    Wrong {
        message: format!(
            "the {} `{text}` has a step of {step}, which must be less than the end of the range, {high}",
            field.name()
        ),
        help: "make the step smaller, or list the numbers with commas".to_string(),
        mend: (low + step > high).then(|| low.to_string()),
    }
}

fn unknown_form(field: Field, text: &str) -> Wrong {
    let forms = "*, n, n-m, */s or n-m/s";
    let help = format!("a {} is written as {forms}, with numbers {}", field.name(), field.takes());
    let (_, greatest) = field.bounds();
    let mend = match text.split_once('/') {
        _ if text == "?" => Some("*".to_string()),
        Some((start, step)) if is_number(start) && is_number(step) => {
            Some(format!("{start}-{greatest}/{step}"))
        }
        _ if text.chars().all(char::is_alphabetic) => field.short_name(text).map(str::to_string),
        _ => None,
    };
    Wrong { message: format!("the scheduler cannot read the {} `{text}`", field.name()), help, mend }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn note_wide_step(field: Field, part: FieldPart, text: &str, place: &Range<usize>, wide: &mut Vec<Step>) {
    let (least, greatest) = field.bounds();
    let first = match part {
        FieldPart::AllBy(step) if step > greatest - least => least,
        FieldPart::RangeBy(low, high, step) if low < high && step > high - low => low,
        _ => return,
    };
    wide.push(Step { field, text: text.to_string(), place: place.clone(), first });
}

fn check_days(schedule: &Schedule, fields: &[(&str, usize)]) -> Result<(), Fault> {
    let any_day = schedule.days == Field::DayOfMonth.all();
    let any_weekday = schedule.weekdays == Field::DayOfWeek.all();
    let (day, start) = fields[2];
    let (month, month_start) = fields[3];
    let (weekday, last) = fields[4];
    if !any_day && !any_weekday {
        return Err(Fault {
            kind: FaultKind::BothDays,
            place: start..last + weekday.len(),
            message: format!(
                "the schedule restricts both the day of the month, `{day}`, and the day of the week, `{weekday}`"
            ),
            help: "the scheduler takes only one of the two: put * in the other, or make two jobs".to_string(),
            mend: None,
        });
    }
    let longest = schedule.months.numbers().map(super::moment::longest_month).max().unwrap_or(0);
    match schedule.days.next(1) {
        Some(first) if first > longest => Err(Fault {
            kind: FaultKind::NeverRuns,
            place: start..month_start + month.len(),
            message: format!("the schedule never runs: day `{day}` does not exist in month `{month}`"),
            help: "choose a day that some of the months have".to_string(),
            mend: None,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
