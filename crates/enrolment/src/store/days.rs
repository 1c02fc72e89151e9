//! Who is at a school on a day: narrow rows, for what asks of many students at once.

use db::Reading;
use db::schema::enrolment;
use diesel::prelude::*;
use kernel::{Date, Grade, Outcome, SchoolId, SchoolYear, StudentId};

/// The students of a homeroom on a day, in the order of their ids.
pub(crate) fn in_homeroom(
    at: &mut impl Reading,
    school: SchoolId,
    homeroom: &str,
    day: Date,
) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    let mut students: Vec<StudentId> = db::ask!(
        at.conn(),
        load,
        enrolment::table
            .filter(
                enrolment::division_id
                    .eq(division)
                    .and(enrolment::school_id.eq(school))
                    .and(enrolment::homeroom.eq(homeroom))
                    .and(enrolment::known_to.is_null()),
            )
            .filter(
                enrolment::school_year
                    .eq(SchoolYear::of(day))
                    .and(enrolment::deletion.is_null()),
            )
            .filter(
                enrolment::start_on
                    .le(day)
                    .and(enrolment::exit_on.is_null().or(enrolment::exit_on.ge(day))),
            )
            .select(enrolment::student_id)
    )?;
    students.sort_unstable();
    students.dedup();
    Ok(students)
}

/// Every student of a school on a day with the homeroom, by student.
pub(crate) fn placed_on(
    at: &mut impl Reading,
    school: SchoolId,
    day: Date,
) -> Outcome<Vec<(StudentId, String)>> {
    let division = at.division();
    let mut rows: Vec<(StudentId, String)> = db::ask!(
        at.conn(),
        load,
        enrolment::table
            .filter(
                enrolment::division_id
                    .eq(division)
                    .and(enrolment::school_id.eq(school))
                    .and(enrolment::school_year.eq(SchoolYear::of(day)))
                    .and(enrolment::known_to.is_null()),
            )
            .filter(enrolment::deletion.is_null())
            .filter(
                enrolment::start_on
                    .le(day)
                    .and(enrolment::exit_on.is_null().or(enrolment::exit_on.ge(day))),
            )
            .select((enrolment::student_id, enrolment::homeroom))
    )?;
    rows.sort();
    rows.dedup_by_key(|(student, _)| *student);
    Ok(rows)
}

/// From when until when each student of a school is there in a year; a student may stand in it more than once.
pub(crate) fn stays(
    at: &mut impl Reading,
    school: SchoolId,
    year: SchoolYear,
) -> Outcome<Vec<(StudentId, Date, Option<Date>)>> {
    let division = at.division();
    Ok(db::ask!(
        at.conn(),
        load,
        enrolment::table
            .filter(
                enrolment::division_id
                    .eq(division)
                    .and(enrolment::school_id.eq(school))
                    .and(enrolment::school_year.eq(year))
                    .and(enrolment::known_to.is_null()),
            )
            .filter(enrolment::deletion.is_null())
            .order((enrolment::student_id, enrolment::start_on))
            .select((enrolment::student_id, enrolment::start_on, enrolment::exit_on))
    )?)
}

/// Who is there at some schools in a year, in which grade, from when until when.
pub(crate) fn stays_at(
    at: &mut impl Reading,
    schools: &[SchoolId],
    year: SchoolYear,
) -> Outcome<Vec<crate::ask::Stay>> {
    let division = at.division();
    let rows: Vec<(SchoolId, StudentId, Grade, Date, Option<Date>)> = enrolment::table
        .filter(
            enrolment::division_id
                .eq(division)
                .and(enrolment::school_id.eq_any(schools.to_vec()))
                .and(enrolment::school_year.eq(year))
                .and(enrolment::known_to.is_null()),
        )
        .filter(enrolment::deletion.is_null())
        .select((
            enrolment::school_id,
            enrolment::student_id,
            enrolment::grade,
            enrolment::start_on,
            enrolment::exit_on,
        ))
        .load(at.conn())?;
    let stay = |(school, student, grade, start, exit)| crate::ask::Stay {
        school,
        student,
        grade,
        start,
        exit,
    };
    Ok(rows.into_iter().map(stay).collect())
}
