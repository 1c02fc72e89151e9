//! When a job runs by itself: at an hour as Alberta's clocks show it.

use jiff::civil::{Time, Weekday};
use kernel::{Date, Instant, alberta};

/// Days and hour of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    on: Option<Weekday>,
    at: Time,
}

/// One time a schedule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The day it is for.
    pub day: Date,
    /// Its moment.
    pub at: Instant,
}

impl Schedule {
    /// Every day at `hour`:`minute` in Alberta; hour 0–23, minute 0–59.
    pub const fn daily(hour: i8, minute: i8) -> Self {
        Self {
            on: None,
            at: Time::constant(hour, minute, 0, 0),
        }
    }
    /// Every week on that day.
    pub const fn weekly(on: Weekday, hour: i8, minute: i8) -> Self {
        Self {
            on: Some(on),
            at: Time::constant(hour, minute, 0, 0),
        }
    }
    /// The last time at or before `now`.
    pub fn last(self, now: Instant) -> Slot {
        // One day ahead: a moment in the hour that autumn repeats may belong to a later clock time.
        let slot = self.on_or_before(now.date().plus_days(1));
        let mut slot = self.slot(slot);
        while slot.at > now {
            slot = self.slot(self.on_or_before(slot.day.plus_days(-1)));
        }
        slot
    }
    /// The first time after `now`.
    pub fn next(self, now: Instant) -> Slot {
        let step = if self.on.is_some() { 7 } else { 1 };
        self.slot(self.last(now).day.plus_days(step))
    }
    fn on_or_before(self, day: Date) -> Date {
        let back = self.on.map_or(0, |on| day.civil().weekday().since(on));
        day.plus_days(-i64::from(back))
    }
    /// An hour that spring leaves out is the hour after it; of one that autumn repeats it is the first.
    fn slot(self, day: Date) -> Slot {
        let at = day
            .civil()
            .to_datetime(self.at)
            .to_zoned_datetime(alberta())
            .map_or(i64::MAX, |zoned| zoned.timestamp().as_microsecond());
        Slot {
            day,
            at: Instant::from_micros(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::from_rfc3339(text).expect("rfc 3339")
    }

    #[test]
    fn a_daily_hour_is_alberta_s_through_the_year_and_both_clock_changes() {
        let three = Schedule::daily(3, 0);
        for (case, now, last, next) in [
            (
                "winter, before the hour",
                "2026-01-15T09:59:59Z",
                "2026-01-14T10:00:00Z",
                "2026-01-15T10:00:00Z",
            ),
            (
                "winter, at the hour",
                "2026-01-15T10:00:00Z",
                "2026-01-15T10:00:00Z",
                "2026-01-16T10:00:00Z",
            ),
            (
                "summer",
                "2026-07-15T12:00:00Z",
                "2026-07-15T09:00:00Z",
                "2026-07-16T09:00:00Z",
            ),
            (
                "late evening is the same Alberta day",
                "2026-07-16T05:00:00Z",
                "2026-07-15T09:00:00Z",
                "2026-07-16T09:00:00Z",
            ),
            (
                "over the change of spring",
                "2026-03-07T12:00:00Z",
                "2026-03-07T10:00:00Z",
                "2026-03-08T09:00:00Z",
            ),
            (
                "over the change of autumn",
                "2025-11-01T12:00:00Z",
                "2025-11-01T09:00:00Z",
                "2025-11-02T10:00:00Z",
            ),
        ] {
            assert_eq!(
                (three.last(at(now)).at, three.next(at(now)).at),
                (at(last), at(next)),
                "{case}"
            );
        }
    }

    #[test]
    fn an_hour_that_spring_leaves_out_runs_once_after_it_and_a_repeated_one_runs_once() {
        let half_past_two = Schedule::daily(2, 30);
        let spring = half_past_two.next(at("2026-03-07T20:00:00Z"));
        assert_eq!(spring.at, at("2026-03-08T09:30:00Z"), "3:30 by the new time");
        let half_past_one = Schedule::daily(1, 30);
        let autumn = half_past_one.next(at("2025-11-01T20:00:00Z"));
        assert_eq!(autumn.at, at("2025-11-02T07:30:00Z"), "the first of the two");
        for inside in [
            "2025-11-02T07:45:00Z",
            "2025-11-02T08:30:00Z",
            "2025-11-02T08:45:00Z",
        ] {
            assert_eq!(half_past_one.last(at(inside)), autumn, "{inside}");
        }
    }

    #[test]
    fn a_weekly_day_comes_every_seven_days() {
        let mondays = Schedule::weekly(Weekday::Monday, 4, 15);
        for (now, last, next) in [
            ("2026-11-23T11:14:00Z", "2026-11-16", "2026-11-23"),
            ("2026-11-23T11:15:00Z", "2026-11-23", "2026-11-30"),
            ("2026-11-29T20:00:00Z", "2026-11-23", "2026-11-30"),
        ] {
            let day = |slot: Slot| slot.day.to_string();
            assert_eq!(
                (day(mondays.last(at(now))), day(mondays.next(at(now)))),
                (last.to_owned(), next.to_owned()),
                "{now}"
            );
        }
    }
}
