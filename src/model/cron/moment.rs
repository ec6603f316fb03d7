//! Days, months and instants of the Gregorian calendar, in UTC.

use std::fmt;

/// A minute in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The year, 1 to 9999.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
}

impl Moment {
    /// The day of the week; 0 is Sunday.
    pub fn weekday(self) -> u32 {
        // 1970-01-01 was a Thursday.
        (days_from_epoch(self.year, self.month, self.day) + 4).rem_euclid(7) as u32
    }

    /// The short English name of the day of the week.
    pub fn weekday_name(self) -> &'static str {
        ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][self.weekday() as usize % 7]
    }

    /// Minutes since the beginning of 1970.
    fn minutes_from_epoch(self) -> i64 {
        let days = days_from_epoch(self.year, self.month, self.day);
        (days * 24 + i64::from(self.hour)) * 60 + i64::from(self.minute)
    }

    /// The instant that many minutes after the beginning of 1970; `None` outside the years 1 to 9999.
    fn from_minutes(minutes: i64) -> Option<Moment> {
        let (days, rest) = (minutes.div_euclid(24 * 60), minutes.rem_euclid(24 * 60));
        let (year, month, day) = date_from_epoch(days)?;
        Some(Moment { year, month, day, hour: (rest / 60) as u32, minute: (rest % 60) as u32 })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Moment { year, month, day, hour, minute } = self;
        write!(f, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number of days of a month.
pub(super) fn days_in(year: i32, month: u32) -> u32 {
    if month == 2 && !is_leap(year) { 28 } else { longest_month(month) }
}

/// The number of days of a month in a leap year.
pub(super) fn longest_month(month: u32) -> u32 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01, counting years from March so that the leap day is the last of its year.
fn days_from_epoch(year: i32, month: u32, day: u32) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let month_from_march = i64::from((month + 9) % 12);
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

fn date_from_epoch(days: i64) -> Option<(i32, u32, u32)> {
    // An estimate that is off by a few years, put right by comparing.
    let mut year = i32::try_from(1970 + days.div_euclid(365)).ok().filter(|y| (-100..20_000).contains(y))?;
    while days_from_epoch(year, 1, 1) > days {
        year -= 1;
    }
    while days_from_epoch(year + 1, 1, 1) <= days {
        year += 1;
    }
    if !(1..=9999).contains(&year) {
        return None;
    }
    let mut rest = (days - days_from_epoch(year, 1, 1)) as u32;
    let mut month = 1;
    while rest >= days_in(year, month) {
        rest -= days_in(year, month);
        month += 1;
    }
    Some((year, month, rest + 1))
}

/// Reads an instant as people write it: `2026-03-01`, `2026-03-01 12:30`, `2026-03-01T12:30:15Z`, `…+02:00`. Without
/// an offset it is UTC; seconds are dropped.
///
/// # Errors
/// What is wrong with the text, in words.
pub fn parse_moment(text: &str) -> Result<Moment, String> {
    let wrong = || format!("`{text}` is not a time; write it as 2026-03-01T12:30:00Z or 2026-03-01");
    read_moment(text.trim()).ok_or_else(wrong)
}

fn read_moment(text: &str) -> Option<Moment> {
    let (date, time) = match text.split_once(['T', 't', ' ']) {
        Some((date, time)) => (date, time),
        None => (text, "00:00"),
    };
    let [year, month, day] = numbers(date, '-')?;
    let (time, offset) = split_offset(time)?;
    let [hour, minute] = match time.split(':').count() {
        2 => numbers(time, ':')?,
        _ => {
            let [hour, minute, _] = numbers(time.split('.').next()?, ':').filter(|[_, _, s]| *s < 61)?;
            [hour, minute]
        }
    };
    let fits = (1..=9999).contains(&year) && (1..=12).contains(&month) && hour < 24 && minute < 60;
    if !fits || day == 0 || day > days_in(year as i32, month) {
        return None;
    }
    let local = Moment { year: year as i32, month, day, hour, minute };
    Moment::from_minutes(local.minutes_from_epoch() - offset)
}

/// The time without its offset, and the offset in minutes.
fn split_offset(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, 0)) };
    let (time, offset) = time.split_at(at);
    let [hours, minutes] = numbers(&offset[1..], ':').filter(|[h, m]| *h < 24 && *m < 60)?;
    let size = i64::from(hours * 60 + minutes);
    Some((time, if offset.starts_with('-') { -size } else { size }))
}

/// Exactly `N` numbers with something between them.
fn numbers<const N: usize>(text: &str, between: char) -> Option<[u32; N]> {
    let numbers: Vec<u32> = text
        .split(between)
        .map(|n| n.bytes().all(|b| b.is_ascii_digit()).then(|| n.parse().ok()).flatten())
        .collect::<Option<_>>()?;
    numbers.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_right_over_four_centuries() {
        let mut expected = days_from_epoch(1799, 12, 31);
        for year in 1800..2200 {
            for month in 1..=12 {
                for day in 1..=days_in(year, month) {
                    expected += 1;
                    assert_eq!(days_from_epoch(year, month, day), expected);
                    assert_eq!(date_from_epoch(expected), Some((year, month, day)));
                }
            }
        }
        assert_eq!(days_from_epoch(1970, 1, 1), 0);
    }

    #[test]
    fn weekdays_are_right() {
        let day = |year, month, day| Moment { year, month, day, hour: 0, minute: 0 }.weekday_name();
        assert_eq!(day(1970, 1, 1), "Thu");
        assert_eq!(day(2000, 2, 29), "Tue");
        assert_eq!(day(2026, 3, 1), "Sun");
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let read = |text| parse_moment(text).map(|m| m.to_string());
        let noon = Ok("2026-03-01 12:30 UTC".to_string());
        for text in [
            "2026-03-01 12:30",
            "2026-03-01T12:30Z",
            "2026-03-01T12:30:59.5Z",
            "2026-03-01T14:30+02:00",
            " 2026-03-01T12:30:00 ",
        ] {
            assert_eq!(read(text), noon, "{text}");
        }
        assert_eq!(read("2026-03-01"), Ok("2026-03-01 00:00 UTC".to_string()));
        assert_eq!(read("2026-01-01T00:30+01:00"), Ok("2025-12-31 23:30 UTC".to_string()));
        for text in [
            "",
            "tomorrow",
            "2026-02-30",
            "2026-13-01",
            "2026-01-01T24:00",
            "2026-01-01T10",
            "0000-01-01",
            "2026-01-01T1:-1",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
