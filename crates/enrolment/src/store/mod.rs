//! All SQL of the domain.

mod counts;
mod days;
mod rows;

pub(crate) use counts::counts;
pub(crate) use days::{in_homeroom, placed_on, stays, stays_at};
pub(crate) use rows::{EnrolmentRow, ResponsibleRow};

use crate::model::{AsOf, Enrolment, ResponsibleSchool, StudentFacts};
use db::Reading;
use db::schema::{enrolment, student_detail};
use diesel::prelude::*;
use kernel::{Asn, Date, EnrolmentId, Outcome, ResponsibleSchoolId, SchoolId, SchoolYear, StudentId};

/// Below both engines' limit of bound values.
const CHUNK: usize = 400;

/// What the rules need to know of a student; not found when there is none.
pub(crate) fn student(at: &mut impl Reading, id: StudentId) -> Outcome<StudentFacts> {
    let division = at.division();
    let (born, deceased_on, asn): (Date, Option<Date>, Option<Asn>) = student_detail::table
        .filter(
            student_detail::division_id
                .eq(division)
                .and(student_detail::id.eq(id))
                .and(student_detail::known_to.is_null()),
        )
        .select((
            student_detail::birth_date,
            student_detail::deceased_on,
            student_detail::asn,
        ))
        .first(at.conn())?;
    Ok(StudentFacts {
        born,
        deceased_on,
        asn,
    })
}

pub(crate) fn of_student(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<Enrolment>> {
    Ok(enrolments(EnrolmentRow::of(at, student)?))
}

pub(crate) fn history(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<Enrolment>> {
    Ok(enrolments(EnrolmentRow::history(at, student)?))
}

/// What was known then of a student and counted on the day.
pub(crate) fn as_of(at: &mut impl Reading, student: StudentId, look: AsOf) -> Outcome<Vec<Enrolment>> {
    let rows = EnrolmentRow::of_as_known(at, student, look.known)?;
    Ok(enrolments(rows)
        .into_iter()
        .filter(|enrolment| enrolment.covers(look.valid))
        .collect())
}

pub(crate) fn enrolment(at: &mut impl Reading, id: EnrolmentId) -> Outcome<Enrolment> {
    EnrolmentRow::get(at, id).map(EnrolmentRow::enrolment)
}

/// What counts at a school on a day, as known now; by grade and homeroom.
pub(crate) fn open_at(at: &mut impl Reading, school: SchoolId, day: Date) -> Outcome<Vec<Enrolment>> {
    let division = at.division();
    let rows: Vec<EnrolmentRow> = enrolment::table
        .filter(
            enrolment::division_id
                .eq(division)
                .and(enrolment::school_id.eq(school))
                .and(enrolment::school_year.eq(SchoolYear::of(day)))
                .and(enrolment::known_to.is_null())
                .and(enrolment::deletion.is_null()),
        )
        .filter(
            enrolment::start_on
                .le(day)
                .and(enrolment::exit_on.is_null().or(enrolment::exit_on.ge(day))),
        )
        .order((enrolment::grade, enrolment::homeroom, enrolment::id))
        .select(EnrolmentRow::as_select())
        .load(at.conn())?;
    Ok(enrolments(rows))
}

/// The current enrolments of many students.
pub(crate) fn of_students(at: &mut impl Reading, students: &[StudentId]) -> Outcome<Vec<Enrolment>> {
    let division = at.division();
    let mut all = Vec::with_capacity(students.len());
    for chunk in students.chunks(CHUNK) {
        let rows: Vec<EnrolmentRow> = enrolment::table
            .filter(
                enrolment::division_id
                    .eq(division)
                    .and(enrolment::student_id.eq_any(chunk.to_vec()))
                    .and(enrolment::known_to.is_null()),
            )
            .select(EnrolmentRow::as_select())
            .load(at.conn())?;
        all.extend(rows.into_iter().map(EnrolmentRow::enrolment));
    }
    Ok(all)
}

/// Students whose place may look different on `today` than on `since`: an
/// enrolment began, ended, or its school year was over meanwhile.
pub(crate) fn turned(at: &mut impl Reading, since: Date, today: Date) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    let mut query = enrolment::table
        .filter(
            enrolment::division_id
                .eq(division)
                .and(enrolment::known_to.is_null())
                .and(enrolment::deletion.is_null()),
        )
        .select(enrolment::student_id)
        .distinct()
        .into_boxed();
    let began = enrolment::start_on.gt(since).and(enrolment::start_on.le(today));
    let ended = enrolment::exit_on
        .ge(since)
        .and(enrolment::exit_on.lt(today))
        .assume_not_null();
    let over = enrolment::exit_on
        .is_null()
        .and(enrolment::school_year.ge(SchoolYear::of(since)))
        .and(enrolment::school_year.lt(SchoolYear::of(today)));
    query = query.filter(began.or(enrolment::exit_on.is_not_null().and(ended)).or(over));
    Ok(query.load(at.conn())?)
}

pub(crate) fn responsible_of(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<ResponsibleSchool>> {
    responsible(ResponsibleRow::of(at, student)?)
}

pub(crate) fn responsible_history(
    at: &mut impl Reading,
    student: StudentId,
) -> Outcome<Vec<ResponsibleSchool>> {
    responsible(ResponsibleRow::history(at, student)?)
}

pub(crate) fn responsible_school(
    at: &mut impl Reading,
    id: ResponsibleSchoolId,
) -> Outcome<ResponsibleSchool> {
    ResponsibleRow::get(at, id)?.record()
}

fn responsible(rows: Vec<ResponsibleRow>) -> Outcome<Vec<ResponsibleSchool>> {
    rows.into_iter().map(ResponsibleRow::record).collect()
}

fn enrolments(rows: Vec<EnrolmentRow>) -> Vec<Enrolment> {
    rows.into_iter().map(EnrolmentRow::enrolment).collect()
}
