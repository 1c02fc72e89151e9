//! Days on which the practice schools teach: this school year and the one before.

use kernel::{Date, SchoolYear};
use schools::{Closure, ClosureKind};

/// The days of one school year.
pub(crate) struct Days {
    /// First instructional day: the one after Labour Day.
    pub(crate) first: Date,
    /// Last instructional day: the last weekday before 28 June.
    pub(crate) last: Date,
    /// Holidays, breaks and days for staff between them, weekdays only.
    pub(crate) closures: Vec<Closure>,
    /// Days on which students leave early: the last before the two breaks.
    pub(crate) early: [Date; 2],
    /// Last day of the first semester, a Friday; the second begins on the Monday after.
    pub(crate) half: Date,
}

/// The days of a school year, from the calendar alone.
pub(crate) fn days(year: SchoolYear) -> Days {
    let labour = nth_weekday(autumn(year), 9, 1, 1);
    let last_before = |mut day: Date| {
        while day.is_weekend() {
            day = day.plus_days(-1);
        }
        day
    };
    let (first, last) = (labour.plus_days(1), last_before(day(year.number(), 6, 27)));
    let mut closures = Vec::new();
    let mut close = |from: Date, until: Date, reason: &str, kind: ClosureKind| {
        let mut on = from;
        while on <= until {
            if !on.is_weekend() && first <= on && on <= last {
                closures.push(Closure {
                    on,
                    reason: reason.to_owned(),
                    kind,
                });
            }
            on = on.plus_days(1);
        }
    };
    let thanksgiving = nth_weekday(autumn(year), 10, 1, 2);
    let family = nth_weekday(year.number(), 2, 1, 3);
    let easter = easter(year.number());
    let victoria = monday_before(day(year.number(), 5, 25));
    let (holiday, staff) = (ClosureKind::Holiday, ClosureKind::Professional);
    let half = friday_before(day(year.number(), 2, 1));
    let convention = family.plus_days(-4);
    close(thanksgiving, thanksgiving, "Thanksgiving", holiday);
    let armistice = day(autumn(year), 11, 11);
    close(armistice, armistice, "Remembrance Day", holiday);
    let (winter, new_year) = (day(autumn(year), 12, 23), day(year.number(), 1, 3));
    close(winter, new_year, "Winter break", holiday);
    close(family, family, "Family Day", holiday);
    close(easter.plus_days(-2), easter.plus_days(-2), "Good Friday", holiday);
    close(easter.plus_days(1), easter.plus_days(5), "Spring break", holiday);
    close(victoria, victoria, "Victoria Day", holiday);
    let indigenous = day(year.number(), 6, 21);
    close(indigenous, indigenous, "National Indigenous Peoples Day", holiday);
    let (before, friday) = (thanksgiving.plus_days(-3), victoria.plus_days(-3));
    close(before, before, "Professional learning", staff);
    close(half, half, "Turn of the semester", staff);
    close(convention, convention.plus_days(1), "Teachers’ convention", staff);
    close(friday, friday, "Professional learning", staff);
    let early = [
        last_before(winter.plus_days(-1)),
        last_before(easter.plus_days(-3)),
    ];
    Days {
        first,
        last,
        closures,
        early,
        half,
    }
}

/// The calendar year in which a school year begins.
fn autumn(year: SchoolYear) -> i32 {
    year.number() - 1
}

fn day(year: i32, month: i8, day: i8) -> Date {
    let year = i16::try_from(year).expect("school years have four digits");
    Date::new(year, month, day).expect("the days named here are in every year")
}

/// 1 for Monday.
fn weekday(of: Date) -> i64 {
    i64::from(of.civil().weekday().to_monday_one_offset())
}

fn nth_weekday(year: i32, month: i8, wanted: i64, nth: i64) -> Date {
    let first = day(year, month, 1);
    first.plus_days((wanted - weekday(first)).rem_euclid(7) + 7 * (nth - 1))
}

fn monday_before(end: Date) -> Date {
    let before = end.plus_days(-1);
    before.plus_days(1 - weekday(before))
}

fn friday_before(end: Date) -> Date {
    let before = end.plus_days(-1);
    before.plus_days(-(weekday(before) - 5).rem_euclid(7))
}

/// Easter Sunday. Source: the anonymous Gregorian computus (Meeus, Jones, Butcher).
#[expect(clippy::many_single_char_names, reason = "the names of the published method")]
fn easter(year: i32) -> Date {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let on = (h + l - 7 * m + 114) % 31 + 1;
    let small = |number: i32| i8::try_from(number).expect("a month and a day are small");
    day(year, small(month), small(on))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(ends: i32) -> SchoolYear {
        SchoolYear::ending(ends).expect("a school year")
    }

    #[test]
    fn school_begins_after_labour_day_and_ends_before_28_june() {
        for (ends, first, last) in [
            (2026, "2025-09-02", "2026-06-26"),
            (2027, "2026-09-08", "2027-06-25"),
            (2028, "2027-09-07", "2028-06-27"),
        ] {
            let days = days(year(ends));
            assert_eq!((days.first.as_str(), days.last.as_str()), (first, last));
        }
    }

    #[test]
    fn holidays_fall_where_the_calendar_puts_them() {
        let days = days(year(2027));
        let on = |reason: &str| {
            let found = days.closures.iter().find(|closure| closure.reason == reason);
            found.map(|closure| closure.on.to_string())
        };
        for (reason, day) in [
            ("Thanksgiving", "2026-10-12"),
            ("Remembrance Day", "2026-11-11"),
            ("Winter break", "2026-12-23"),
            ("Family Day", "2027-02-15"),
            ("Good Friday", "2027-03-26"),
            ("Spring break", "2027-03-29"),
            ("Victoria Day", "2027-05-24"),
            ("Turn of the semester", "2027-01-29"),
            ("Teachers’ convention", "2027-02-11"),
        ] {
            assert_eq!(on(reason).as_deref(), Some(day), "{reason}");
        }
    }

    #[test]
    fn no_closure_falls_on_a_weekend_or_twice_on_a_day() {
        for ends in 2020..2040 {
            let days = days(year(ends));
            assert!(
                days.closures.iter().all(|closure| !closure.on.is_weekend()),
                "{ends}"
            );
            let mut on: Vec<Date> = days.closures.iter().map(|closure| closure.on).collect();
            on.sort();
            on.dedup();
            assert_eq!(on.len(), days.closures.len(), "{ends}");
        }
    }
}
