//! What students asked for, as known now.

use super::{CHUNK, RequestRow};
use crate::model::CourseRequest;
use db::Reading;
use db::schema::course_request;
use diesel::prelude::*;
use kernel::{Outcome, SchoolId, SchoolYear, StudentId};

/// The requests of these students for a year, withdrawn ones too; by student, then rank.
pub(crate) fn requests_of(
    at: &mut impl Reading,
    students: &[StudentId],
    year: SchoolYear,
) -> Outcome<Vec<CourseRequest>> {
    let division = at.division();
    let mut all = Vec::new();
    for some in students.chunks(CHUNK) {
        let rows: Vec<RequestRow> = course_request::table
            .filter(
                course_request::division_id
                    .eq(division)
                    .and(course_request::student_id.eq_any(some.to_vec()))
                    .and(course_request::known_to.is_null()),
            )
            .filter(course_request::school_year.eq(year))
            .order((
                course_request::student_id,
                course_request::rank,
                course_request::id,
            ))
            .select(RequestRow::as_select())
            .load(at.conn())?;
        all.extend(rows.into_iter().map(RequestRow::request));
    }
    Ok(all)
}

/// The requests made at a school for a year, withdrawn ones too; by student, then rank.
pub(crate) fn requests_at(
    at: &mut impl Reading,
    school: SchoolId,
    year: SchoolYear,
) -> Outcome<Vec<CourseRequest>> {
    let division = at.division();
    let rows: Vec<RequestRow> = course_request::table
        .filter(
            course_request::division_id
                .eq(division)
                .and(course_request::school_id.eq(school))
                .and(course_request::school_year.eq(year))
                .and(course_request::known_to.is_null()),
        )
        .order((
            course_request::student_id,
            course_request::rank,
            course_request::id,
        ))
        .select(RequestRow::as_select())
        .load(at.conn())?;
    Ok(rows.into_iter().map(RequestRow::request).collect())
}
