//! When a schedule runs.

use super::moment::{Moment, days_in};
use super::parse::Schedule;

/// The runs of a schedule after an instant, ascending, up to the year 9999.
#[derive(Debug, Clone)]
pub struct Runs<'s> {
    schedule: &'s Schedule,
    last: Option<Moment>,
}

/// The runs strictly after `from`, in UTC (the scheduler's `-cron_timezone` is GMT unless a cluster says otherwise).
pub fn next_runs(schedule: &Schedule, from: Moment) -> Runs<'_> {
    Runs { schedule, last: Some(from) }
}

impl Iterator for Runs<'_> {
    type Item = Moment;

    fn next(&mut self) -> Option<Moment> {
        self.last = self.schedule.after(self.last?);
        self.last
    }
}

impl Schedule {
    /// The first run after an instant.
    fn after(&self, from: Moment) -> Option<Moment> {
        if self.runs_on(from)
            && let Some((hour, minute)) = self.time_after(from.hour, from.minute)
        {
            return Some(Moment { hour, minute, ..from });
        }
        let day = self.day_after(from)?;
        Some(Moment { hour: self.hours.next(0)?, minute: self.minutes.next(0)?, ..day })
    }

    /// The first time of the day after another.
    fn time_after(&self, hour: u32, minute: u32) -> Option<(u32, u32)> {
        let same_hour = self.hours.has(hour).then(|| self.minutes.next(minute + 1)).flatten();
        match same_hour {
            Some(minute) => Some((hour, minute)),
            None => Some((self.hours.next(hour + 1)?, self.minutes.next(0)?)),
        }
    }

    /// The first day after that of `from` on which it runs. Months that it leaves out are skipped whole, so that a
    /// leap day is found in a few hundred steps.
    fn day_after(&self, from: Moment) -> Option<Moment> {
        let mut at = from;
        while at.year <= 9999 {
            at = following_day(at);
            if !self.months.has(at.month) {
                at.day = days_in(at.year, at.month);
                continue;
            }
            if self.runs_on(at) {
                return (at.year <= 9999).then_some(at);
            }
        }
        None
    }

    fn runs_on(&self, at: Moment) -> bool {
        self.months.has(at.month) && self.days.has(at.day) && self.weekdays.has(at.weekday())
    }
}

fn following_day(at: Moment) -> Moment {
    match (at.month, at.day) {
        (_, day) if day < days_in(at.year, at.month) => Moment { day: day + 1, ..at },
        (12, _) => Moment { year: at.year + 1, month: 1, day: 1, ..at },
        (month, _) => Moment { month: month + 1, day: 1, ..at },
    }
}

#[cfg(test)]
mod tests {
    use super::super::{parse, parse_moment};
    use super::*;

    fn runs(schedule: &str, from: &str, count: usize) -> Vec<String> {
        let schedule = parse(schedule).unwrap();
        let from = parse_moment(from).unwrap();
        next_runs(&schedule, from).take(count).map(|m| m.to_string().replace(" UTC", "")).collect()
    }

    #[test]
    fn the_next_run_is_strictly_after() {
        assert_eq!(
            runs("*/5 * * * *", "2026-01-01 00:00", 3),
            ["2026-01-01 00:05", "2026-01-01 00:10", "2026-01-01 00:15"]
        );
        assert_eq!(runs("0 0 * * *", "2026-01-01", 1), ["2026-01-02 00:00"]);
        assert_eq!(runs("59 23 31 12 *", "2025-12-31 23:58", 2), ["2025-12-31 23:59", "2026-12-31 23:59"]);
    }

    #[test]
    fn weekdays_count_from_sunday() {
        assert_eq!(runs("30 9 * * MON-FRI", "2026-02-27 12:00", 2), ["2026-03-02 09:30", "2026-03-03 09:30"]);
        assert_eq!(runs("0 1 * * 0", "2026-02-27 12:00", 1), ["2026-03-01 01:00"]);
    }

    #[test]
    fn short_months_and_leap_days() {
        assert_eq!(runs("0 0 31 * *", "2026-03-31 00:00", 2), ["2026-05-31 00:00", "2026-07-31 00:00"]);
        assert_eq!(runs("0 0 29 2 *", "2096-03-01", 2), ["2104-02-29 00:00", "2108-02-29 00:00"]);
        assert_eq!(runs("0 12 1 JAN,jul *", "2026-01-01 12:00", 2), ["2026-07-01 12:00", "2027-01-01 12:00"]);
    }

    #[test]
    fn the_calendar_ends() {
        assert_eq!(runs("0 0 * * *", "9999-12-30 00:00", 5), ["9999-12-31 00:00"]);
        assert!(runs("0 0 1 1 *", "9999-12-31 00:00", 5).is_empty());
    }
}
