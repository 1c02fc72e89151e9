//! Who is in which section, as known now.

use super::{CHUNK, SeatRow};
use crate::model::{CourseEnrolment, SeatState};
use db::Reading;
use db::schema::{course_enrolment, section_course};
use diesel::dsl::count_star;
use diesel::prelude::*;
use kernel::{CourseId, Date, Outcome, SectionId, StudentId};
use std::collections::HashMap;

/// Everybody in these sections, waiting for them, or put there in error.
pub(crate) fn seats_in(at: &mut impl Reading, sections: &[SectionId]) -> Outcome<Vec<CourseEnrolment>> {
    let division = at.division();
    let mut all = Vec::new();
    for some in sections.chunks(CHUNK) {
        let rows: Vec<SeatRow> = course_enrolment::table
            .filter(
                course_enrolment::division_id
                    .eq(division)
                    .and(course_enrolment::section_id.eq_any(some.to_vec()))
                    .and(course_enrolment::known_to.is_null()),
            )
            .order((course_enrolment::section_id, course_enrolment::id))
            .select(SeatRow::as_select())
            .load(at.conn())?;
        all.extend(rows.into_iter().map(SeatRow::seat));
    }
    Ok(all)
}

/// Every course enrolment of these students.
pub(crate) fn seats_of(at: &mut impl Reading, students: &[StudentId]) -> Outcome<Vec<CourseEnrolment>> {
    let division = at.division();
    let mut all = Vec::new();
    for some in students.chunks(CHUNK) {
        let rows: Vec<SeatRow> = course_enrolment::table
            .filter(
                course_enrolment::division_id
                    .eq(division)
                    .and(course_enrolment::student_id.eq_any(some.to_vec()))
                    .and(course_enrolment::known_to.is_null()),
            )
            .order((course_enrolment::student_id, course_enrolment::id))
            .select(SeatRow::as_select())
            .load(at.conn())?;
        all.extend(rows.into_iter().map(SeatRow::seat));
    }
    Ok(all)
}

/// How many are in each section on a day, and how many wait. A section without either is left out.
pub(crate) fn counts(
    at: &mut impl Reading,
    sections: &[SectionId],
    day: Date,
) -> Outcome<HashMap<SectionId, (usize, usize)>> {
    let division = at.division();
    let mut all: HashMap<SectionId, (usize, usize)> = HashMap::new();
    for some in sections.chunks(CHUNK) {
        let held = course_enrolment::until_date
            .is_null()
            .or(course_enrolment::until_date.ge(day));
        let found: Vec<(SectionId, SeatState, i64)> = course_enrolment::table
            .filter(
                course_enrolment::division_id
                    .eq(division)
                    .and(course_enrolment::section_id.eq_any(some.to_vec()))
                    .and(course_enrolment::known_to.is_null()),
            )
            .filter(
                course_enrolment::state
                    .eq(SeatState::Waiting)
                    .or(course_enrolment::state
                        .eq(SeatState::Enrolled)
                        .and(course_enrolment::from_date.le(day))
                        .and(held.assume_not_null())),
            )
            .group_by((course_enrolment::section_id, course_enrolment::state))
            .select((
                course_enrolment::section_id,
                course_enrolment::state,
                count_star(),
            ))
            .load(at.conn())?;
        for (section, state, count) in found {
            let count = usize::try_from(count).unwrap_or(0);
            let both = all.entry(section).or_default();
            match state {
                SeatState::Waiting => both.1 = count,
                _ => both.0 = count,
            }
        }
    }
    Ok(all)
}

/// The courses that each of these students takes or took, in any year.
pub(crate) fn courses_taken(
    at: &mut impl Reading,
    students: &[StudentId],
) -> Outcome<HashMap<StudentId, Vec<CourseId>>> {
    let division = at.division();
    let mut all: HashMap<StudentId, Vec<CourseId>> = HashMap::new();
    for some in students.chunks(CHUNK) {
        let found: Vec<(StudentId, CourseId)> = course_enrolment::table
            .inner_join(
                section_course::table.on(section_course::division_id
                    .eq(course_enrolment::division_id)
                    .and(section_course::section_id.eq(course_enrolment::section_id))),
            )
            .filter(
                course_enrolment::division_id
                    .eq(division)
                    .and(course_enrolment::student_id.eq_any(some.to_vec()))
                    .and(course_enrolment::known_to.is_null()),
            )
            .filter(course_enrolment::state.eq(SeatState::Enrolled))
            .select((course_enrolment::student_id, section_course::course_id))
            .load(at.conn())?;
        for (student, course) in found {
            all.entry(student).or_default().push(course);
        }
    }
    Ok(all)
}

/// Who is in these sections on a day, as far as the seats go.
pub(crate) fn sitting(
    at: &mut impl Reading,
    sections: &[SectionId],
    day: Date,
) -> Outcome<Vec<(SectionId, StudentId)>> {
    let (division, mut all) = (at.division(), Vec::new());
    for some in sections.chunks(CHUNK) {
        let held = course_enrolment::until_date
            .is_null()
            .or(course_enrolment::until_date.ge(day));
        let found: Vec<(SectionId, StudentId)> = course_enrolment::table
            .filter(
                course_enrolment::division_id
                    .eq(division)
                    .and(course_enrolment::section_id.eq_any(some.to_vec()))
                    .and(course_enrolment::known_to.is_null())
                    .and(course_enrolment::state.eq(SeatState::Enrolled))
                    .and(course_enrolment::from_date.le(day)),
            )
            .filter(held.assume_not_null())
            .select((course_enrolment::section_id, course_enrolment::student_id))
            .load(at.conn())?;
        all.extend(found);
    }
    Ok(all)
}
