//! Where a student belongs, and how long a school may look.

use crate::model::Enrolment;
use kernel::{Date, SchoolId, StudentId};
use people::{Place, PlaceState};
use std::cmp::Reverse;

/// Stands for "no end is known".
const FAR_AHEAD: &str = "9999-12-31";

/// The enrolment that says where the student goes to school: of those that
/// cover the day, regular programming by day first, then the latest start;
/// else the next to come; else the last that ended.
pub fn main_enrolment(all: &[Enrolment], day: Date) -> Option<&Enrolment> {
    let live = || all.iter().filter(|enrolment| !enrolment.is_deleted());
    live()
        .filter(|enrolment| enrolment.covers(day))
        .max_by_key(|enrolment| (enrolment.coding.is_regular_day(), enrolment.start, enrolment.id))
        .or_else(|| {
            live()
                .filter(|enrolment| enrolment.start > day)
                .min_by_key(|enrolment| {
                    (
                        enrolment.start,
                        Reverse(enrolment.coding.is_regular_day()),
                        enrolment.id,
                    )
                })
        })
        .or_else(|| live().max_by_key(|enrolment| (enrolment.last_day(), enrolment.start, enrolment.id)))
}

/// What lists show of where the student is.
pub fn place(all: &[Enrolment], day: Date) -> Place {
    let Some(main) = main_enrolment(all, day) else {
        return Place::nowhere();
    };
    let state = if main.covers(day) {
        PlaceState::Enrolled
    } else if main.start > day {
        PlaceState::Future
    } else {
        PlaceState::Left
    };
    Place {
        school: Some(main.school),
        grade: main.grade.as_str().to_owned(),
        homeroom: main.homeroom.clone(),
        state,
        enrolled_on: Some(main.start),
    }
}

/// From when until when a school may see the student: from the first start
/// until 12 months after the last exit; with no end while an enrolment of a
/// year that is not over stands open. A missing exit of a past year is the end
/// of that year. Deleted enrolments do not count, but the school has the rest
/// of the day to take a slip back.
///
/// Source: PASI, association by recent school enrolment.
pub fn presence(all: &[Enrolment], school: SchoolId, today: Date) -> (Date, Date) {
    let mut span: Option<(Date, Date)> = None;
    for enrolment in all
        .iter()
        .filter(|enrolment| enrolment.school == school && !enrolment.is_deleted())
    {
        let is_open = enrolment.state.exit().is_none() && enrolment.year.ends() >= today;
        let until = if is_open {
            FAR_AHEAD.parse().expect("31 December 9999 is in the calendar")
        } else {
            enrolment.last_day().plus_years(1)
        };
        span = Some(match span {
            None => (enrolment.start, until),
            Some((first, last)) => (first.min(enrolment.start), last.max(until)),
        });
    }
    span.unwrap_or((today, today))
}

/// The days on which a student is at a school, each day once, earliest first:
/// from the first day of an enrolment that counts until its last.
pub fn stays(all: &[Enrolment], student: StudentId, school: SchoolId) -> Vec<(Date, Date)> {
    let mut spans: Vec<(Date, Date)> = all
        .iter()
        .filter(|one| (one.student, one.school) == (student, school) && !one.is_deleted())
        .map(|one| (one.start, one.last_day()))
        .filter(|(from, until)| from <= until)
        .collect();
    spans.sort();
    let mut joined: Vec<(Date, Date)> = Vec::with_capacity(spans.len());
    for (from, until) in spans {
        match joined.last_mut() {
            Some((_, last)) if last.plus_days(1) >= from => *last = until.max(*last),
            _ => joined.push((from, until)),
        }
    }
    joined
}
