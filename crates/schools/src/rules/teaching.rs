//! What a day of the teaching year is: its kind, its day of the cycle, its bell schedule.

use super::{instructional_days, is_instructional};
use crate::model::{
    BellSchedule, CycleKind, DayKind, SchoolDay, SpecialDay, TeachingYear, Term, TermKind, UsedOn,
};
use kernel::{BellScheduleId, Date, Grade};
use std::collections::BTreeMap;

/// What a day is; none on a weekend and before the first or after the last day.
pub fn kind_of(year: &TeachingYear, day: Date) -> Option<DayKind> {
    let calendar = &year.calendar;
    if is_instructional(calendar, day) {
        let is_early = year.special_on(day).is_some_and(|special| special.is_early);
        return Some(if is_early {
            DayKind::EarlyDismissal
        } else {
            DayKind::Instructional
        });
    }
    let is_inside = (calendar.first_day..=calendar.last_day).contains(&day) && !day.is_weekend();
    let closure = calendar.closures.iter().find(|closure| closure.on == day);
    closure.filter(|_| is_inside).map(|closure| closure.kind.into())
}

/// 1 for Monday to 7 for Sunday.
pub fn weekday(day: Date) -> u8 {
    u8::try_from(day.civil().weekday().to_monday_one_offset()).unwrap_or(1)
}

/// Every instructional day with its day of the cycle, in order.
///
/// A day that was given another day of the cycle is the new beginning of a
/// cycle of days or weeks; in one of weekdays or terms it stands alone.
pub fn turns(year: &TeachingYear) -> Vec<(Date, Option<u8>)> {
    let given: BTreeMap<Date, u8> = year
        .special
        .iter()
        .filter_map(|special| Some((special.on, special.cycle_day?)))
        .collect();
    let cycle = year.plan.cycle;
    let days = instructional_days(&year.calendar);
    let on = |day: &Date| given.get(day).copied();
    match cycle.kind {
        CycleKind::Weekday => days.map(|day| (day, on(&day).or(Some(weekday(day))))).collect(),
        CycleKind::Terms => {
            let terms = main_terms(&year.plan.terms);
            let of = |day: Date| {
                let at = terms.iter().position(|term| term.contains(day))?;
                u8::try_from(at % usize::from(cycle.length.max(1)) + 1).ok()
            };
            days.map(|day| (day, on(&day).or_else(|| of(day)))).collect()
        }
        CycleKind::Days => counted(days.map(|day| (day, true)), on, cycle.length),
        CycleKind::Weeks => {
            let mut week = None;
            let steps = days.map(move |day| {
                let monday = day.plus_days(1 - i64::from(weekday(day)));
                let is_next = week.replace(monday) != Some(monday);
                (day, is_next)
            });
            counted(steps, on, cycle.length)
        }
    }
}

/// Counts from 1 to `length` and begins again; a given number is gone on from.
fn counted(
    steps: impl Iterator<Item = (Date, bool)>,
    given: impl Fn(&Date) -> Option<u8>,
    length: u8,
) -> Vec<(Date, Option<u8>)> {
    let mut last = 0;
    steps
        .map(|(day, is_next)| {
            if let Some(number) = given(&day) {
                last = number;
            } else if is_next {
                last = last % length.max(1) + 1;
            }
            (day, Some(last))
        })
        .collect()
}

/// The terms a cycle of terms counts: semesters, or terms, or quarters, whichever there are first.
fn main_terms(terms: &[Term]) -> Vec<&Term> {
    let of = |kind: TermKind| -> Vec<&Term> { terms.iter().filter(|term| term.kind == kind).collect() };
    TermKind::ALL
        .iter()
        .map(|kind| of(*kind))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The bell schedule of a day for a grade, or for the school as a whole: that
/// of the single day, of the grade, of the day of the cycle, of the weekday,
/// else the usual one.
pub fn bell_on(
    year: &TeachingYear,
    day: Date,
    cycle_day: Option<u8>,
    grade: Option<Grade>,
) -> Option<&BellSchedule> {
    let used = |on: UsedOn| year.plan.uses.iter().find(|one| one.on == on).map(|one| one.bell);
    let of_grade = || grade.and_then(|grade| used(UsedOn::Grade(grade)));
    let chosen: Option<BellScheduleId> = year
        .special_on(day)
        .and_then(|special| special.bell)
        .or_else(of_grade)
        .or_else(|| cycle_day.and_then(|number| used(UsedOn::CycleDay(number))))
        .or_else(|| used(UsedOn::Weekday(weekday(day))));
    chosen.and_then(|id| year.bell(id)).or_else(|| year.usual())
}

/// The day as a school runs it; none when nobody is taught.
pub fn school_day(year: &TeachingYear, day: Date) -> Option<SchoolDay> {
    let (date, cycle_day) = turns(year).into_iter().find(|(on, _)| *on == day)?;
    let special: Option<&SpecialDay> = year.special_on(day);
    Some(SchoolDay {
        date,
        cycle_day,
        label: cycle_day
            .map(|number| year.plan.cycle.label(number))
            .unwrap_or_default(),
        bell: bell_on(year, day, cycle_day, None).cloned(),
        is_early_dismissal: special.is_some_and(|special| special.is_early),
        reason: special.map(|special| special.reason.clone()).unwrap_or_default(),
    })
}

/// Terms in the order of their first days, longer ones first.
pub(crate) fn in_order(mut terms: Vec<Term>) -> Vec<Term> {
    terms.sort_by(|a, b| {
        (a.first_day, b.last_day, a.kind, &a.name).cmp(&(b.first_day, a.last_day, b.kind, &b.name))
    });
    terms
}
