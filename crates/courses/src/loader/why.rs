//! What the plan says: seats, and why a request has none.

use super::making::Making;
use super::slots::meet;
use super::{Load, Placed, Plan, Unplaced, Why};

/// The plan as it was made.
pub(super) fn plan(making: &Making, load: &Load) -> Plan {
    let mut plan = Plan {
        filled: making.filled.clone(),
        settled: making.settled,
        ..Plan::default()
    };
    for (at, pupil) in making.pupils.iter().enumerate() {
        for (number, wish) in pupil.wishes.iter().enumerate() {
            let course = load.requests[wish.request].course;
            match wish.taken.map(|way| &wish.ways[way]) {
                Some(way) => plan.placed.push(Placed {
                    student: pupil.student,
                    course,
                    section: making.ids[way.section],
                    is_instead: way.course != course,
                }),
                None => plan.unplaced.push(Unplaced {
                    student: pupil.student,
                    course,
                    why: why(making, (at, number)),
                }),
            }
        }
    }
    plan
}

/// Why a wish has no seat.
fn why(making: &Making, (at, number): (usize, usize)) -> Why {
    let pupil = &making.pupils[at];
    let courses = pupil.wishes[number].courses.iter();
    let all = courses
        .filter_map(|course| making.of_course.get(course))
        .flatten()
        .copied();
    let all: Vec<usize> = all.filter(|at| making.is_open[*at]).collect();
    if all.is_empty() {
        return Why::NotOffered;
    }
    let own: Vec<usize> = pupil.own().collect();
    let met = |section: usize| {
        own.iter()
            .copied()
            .find(|own| meet(&making.slots[*own], &making.slots[section]))
    };
    let clashes: Vec<Option<usize>> = all.iter().map(|section| met(*section)).collect();
    if let Some(Some(first)) = clashes.first().filter(|_| clashes.iter().all(Option::is_some)) {
        return Why::Conflict(making.ids[*first]);
    }
    let is_bound = making
        .same
        .iter()
        .any(|(one, other)| [*one, *other].contains(&(at, number)));
    let of = |section: &usize| {
        pupil.wishes[number]
            .ways
            .iter()
            .any(|way| way.section == *section)
    };
    let is_linked = making
        .linked
        .iter()
        .any(|both| making.wants_both(at, *both) && (of(&both.0) || of(&both.1)));
    let has_room = |(section, met): (&usize, &Option<usize>)| met.is_none() && making.free(*section) > 0;
    let is_free = all.iter().zip(&clashes).any(has_room);
    if is_bound || is_linked || is_free {
        Why::Apart
    } else {
        Why::Full
    }
}
