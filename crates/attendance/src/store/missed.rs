//! What was missed at many schools at once: each figure one grouped statement.

use crate::model::{Meaning, Slot};
use db::Reading;
use db::schema::{attendance_mark, attendance_roll};
use diesel::dsl::count_star;
use diesel::prelude::*;
use kernel::{Date, Outcome, SchoolId, StudentId};

/// How many slots of a day a student missed at a school.
pub(crate) type Missed = (SchoolId, StudentId, Date, i64);

const ABSENT: [Meaning; 3] = [Meaning::Unexplained, Meaning::Unauthorized, Meaning::Authorized];

/// Absences in daily rolls, or in periods, by school, student and day.
pub(crate) fn missed(
    at: &mut impl Reading,
    schools: &[SchoolId],
    (first, last): (Date, Date),
    is_daily: bool,
) -> Outcome<Vec<Missed>> {
    let mut asked = attendance_mark::table
        .filter(
            attendance_mark::division_id
                .eq(at.division())
                .and(attendance_mark::school_id.eq_any(schools.to_vec()))
                .and(attendance_mark::on_date.ge(first))
                .and(attendance_mark::on_date.le(last))
                .and(attendance_mark::known_to.is_null())
                .and(attendance_mark::meaning.eq_any(ABSENT)),
        )
        .group_by((
            attendance_mark::school_id,
            attendance_mark::student_id,
            attendance_mark::on_date,
        ))
        .select((
            attendance_mark::school_id,
            attendance_mark::student_id,
            attendance_mark::on_date,
            count_star(),
        ))
        .into_boxed();
    asked = if is_daily {
        asked.filter(attendance_mark::slot.eq_any(Slot::DAILY))
    } else {
        asked.filter(attendance_mark::slot.ne_all(Slot::DAILY))
    };
    Ok(asked.load(at.conn())?)
}

/// On which days, and in which slots, any roll was taken.
pub(crate) fn taken_at(
    at: &mut impl Reading,
    schools: &[SchoolId],
    (first, last): (Date, Date),
) -> Outcome<Vec<(SchoolId, Date, Slot)>> {
    Ok(attendance_roll::table
        .filter(
            attendance_roll::division_id
                .eq(at.division())
                .and(attendance_roll::school_id.eq_any(schools.to_vec()))
                .and(attendance_roll::on_date.ge(first))
                .and(attendance_roll::on_date.le(last)),
        )
        .select((
            attendance_roll::school_id,
            attendance_roll::on_date,
            attendance_roll::slot,
        ))
        .distinct()
        .load(at.conn())?)
}
