//! The catalogue.

use super::{CHUNK, CourseRow};
use crate::model::Course;
use db::schema::course;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{CourseId, Outcome};

/// Every course, by code.
pub(crate) fn courses(at: &mut impl Reading) -> Outcome<Vec<Course>> {
    let division = at.division();
    let rows: Vec<CourseRow> = course::table
        .filter(course::division_id.eq(division))
        .order(course::code)
        .select(CourseRow::as_select())
        .load(at.conn())?;
    Ok(rows.into_iter().map(CourseRow::course).collect())
}

/// These courses, by code; one that is not there is left out.
pub(crate) fn courses_by_id(at: &mut impl Reading, ids: &[CourseId]) -> Outcome<Vec<Course>> {
    let division = at.division();
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(CHUNK) {
        let rows: Vec<CourseRow> = course::table
            .filter(
                course::division_id
                    .eq(division)
                    .and(course::id.eq_any(some.to_vec())),
            )
            .order(course::code)
            .select(CourseRow::as_select())
            .load(at.conn())?;
        all.extend(rows.into_iter().map(CourseRow::course));
    }
    Ok(all)
}

/// The course with that code.
pub(crate) fn course_by_code(at: &mut impl Reading, code: &str) -> Outcome<Option<Course>> {
    let division = at.division();
    let row: Option<CourseRow> = course::table
        .filter(course::division_id.eq(division).and(course::code.eq(code)))
        .select(CourseRow::as_select())
        .first(at.conn())
        .optional()?;
    Ok(row.map(CourseRow::course))
}

pub(crate) fn insert_courses(tx: &mut Tx, all: &[Course]) -> Outcome<()> {
    let division = tx.division();
    let rows: Vec<CourseRow> = all.iter().map(|one| CourseRow::of(division, one)).collect();
    db::insert_many!(tx.conn(), course::table, rows)?;
    Ok(())
}
