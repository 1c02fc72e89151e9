//! What may be asked, and by whom.

use crate::model::{AsOf, Count, Enrolment, ResponsibleSchool};
use crate::store;
use access::action::{ViewHistory, ViewSchools, ViewStudents};
use access::{Action, Permit, Reason, Scope};
use db::Reading;
use kernel::{
    Date, EnrolmentId, Failure, Grade, Outcome, ResponsibleSchoolId, Role, SchoolId, SchoolYear, StudentId,
};

/// A student's enrolments as known now, latest start first; deleted ones too,
/// which say so. Not found when the permit does not cover the student.
///
/// The Indigenous self-identification on another school's enrolment is left
/// out: only the school that owns the record, the division, and the family see it.
pub fn enrolments(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    student: StudentId,
) -> Outcome<Vec<Enrolment>> {
    covers(at, permit, student)?;
    let all = store::of_student(at, student)?;
    Ok(shown(permit, latest_first(all)))
}

/// One enrolment as known now; not found when the permit does not cover the student.
pub fn enrolment(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    id: EnrolmentId,
) -> Outcome<Enrolment> {
    let found = store::enrolment(at, id)?;
    covers(at, permit, found.student)?;
    shown(permit, vec![found]).pop().ok_or(Failure::NotFound)
}

/// Every version of every enrolment of a student, newest knowledge first.
pub fn history(
    at: &mut impl Reading,
    permit: &Permit<ViewHistory>,
    student: StudentId,
) -> Outcome<Vec<Enrolment>> {
    covers(at, permit, student)?;
    let all = store::history(at, student)?;
    Ok(shown(permit, all))
}

/// The enrolments that counted on `look.valid`, as far as was known at `look.known`.
pub fn as_of(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    student: StudentId,
    look: AsOf,
) -> Outcome<Vec<Enrolment>> {
    covers(at, permit, student)?;
    let all = store::as_of(at, student, look)?;
    Ok(shown(permit, latest_first(all)))
}

/// The enrolments that count at a school on a day, as known now; by grade and
/// homeroom. Not found when the permit does not cover the school.
pub fn open_at(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    school: SchoolId,
    day: Date,
) -> Outcome<Vec<Enrolment>> {
    if permit.covers_school(school) {
        store::open_at(at, school, day)
    } else {
        Err(Failure::NotFound)
    }
}

/// The enrolments of students at one school that count, in any year, as known
/// now: what the domains above judge by. It asks for no permit: whoever calls
/// it has asked for one of the records it is asked for.
pub fn at_school(at: &mut impl Reading, students: &[StudentId], school: SchoolId) -> Outcome<Vec<Enrolment>> {
    let mut all = store::of_students(at, students)?;
    all.retain(|one| one.school == school && !one.is_deleted());
    Ok(all)
}

/// The students of a homeroom on a day, in the order of their ids. Takes no permit: whoever asks for a class has
/// one of its own domain for it.
pub fn in_homeroom(
    at: &mut impl Reading,
    school: SchoolId,
    homeroom: &str,
    day: Date,
) -> Outcome<Vec<StudentId>> {
    store::in_homeroom(at, school, homeroom, day)
}

/// Every student of a school on a day with the homeroom, by student. Takes no permit, as [`in_homeroom`].
pub fn placed_on(at: &mut impl Reading, school: SchoolId, day: Date) -> Outcome<Vec<(StudentId, String)>> {
    store::placed_on(at, school, day)
}

/// From when until when each student of a school is there in a year, by student; one may stand in it more than
/// once. Takes no permit, as [`in_homeroom`].
pub fn stays(
    at: &mut impl Reading,
    school: SchoolId,
    year: SchoolYear,
) -> Outcome<Vec<(StudentId, Date, Option<Date>)>> {
    store::stays(at, school, year)
}

/// A student at a school in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Where.
    pub school: SchoolId,
    /// Who.
    pub student: StudentId,
    /// In which grade.
    pub grade: Grade,
    /// The first day.
    pub start: Date,
    /// The last one; none while it is not known.
    pub exit: Option<Date>,
}

/// [`stays`] of some schools in one statement, with the grade. Takes no permit, as [`in_homeroom`].
pub fn stays_at(at: &mut impl Reading, schools: &[SchoolId], year: SchoolYear) -> Outcome<Vec<Stay>> {
    store::stays_at(at, schools, year)
}

/// Students by school and grade who counted on `look.valid`, as far as was
/// known at `look.known`: the same question gives the same answer for ever.
/// Each student counts once per school and grade. Only schools of the permit.
pub fn counts(at: &mut impl Reading, permit: &Permit<ViewSchools>, look: AsOf) -> Outcome<Vec<Count>> {
    match permit.scope() {
        Scope::Division => store::counts(at, look, None),
        Scope::Schools(own) => store::counts(at, look, Some(own.clone())),
        Scope::Tied(..) => Ok(Vec::new()),
    }
}

/// [`counts`] of one school; not found when the permit does not cover it.
pub fn counts_of(
    at: &mut impl Reading,
    permit: &Permit<ViewSchools>,
    school: SchoolId,
    look: AsOf,
) -> Outcome<Vec<Count>> {
    if permit.covers_school(school) {
        store::counts(at, look, Some(vec![school]))
    } else {
        Err(Failure::NotFound)
    }
}

/// A student's responsible schools as known now, latest first; deleted ones too, which say so.
pub fn responsible_schools(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    student: StudentId,
) -> Outcome<Vec<ResponsibleSchool>> {
    covers(at, permit, student)?;
    let mut all = store::responsible_of(at, student)?;
    all.sort_by(|one, other| {
        other
            .effective_on
            .cmp(&one.effective_on)
            .then(other.id.cmp(&one.id))
    });
    Ok(all)
}

/// One responsible school as known now; not found when the permit does not cover the student.
pub fn responsible_school(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    id: ResponsibleSchoolId,
) -> Outcome<ResponsibleSchool> {
    let found = store::responsible_school(at, id)?;
    covers(at, permit, found.student)?;
    Ok(found)
}

/// Every version of every responsible school of a student, newest knowledge first.
pub fn responsible_history(
    at: &mut impl Reading,
    permit: &Permit<ViewHistory>,
    student: StudentId,
) -> Outcome<Vec<ResponsibleSchool>> {
    covers(at, permit, student)?;
    store::responsible_history(at, student)
}

fn covers<A: Action>(at: &mut impl Reading, permit: &Permit<A>, student: StudentId) -> Outcome<()> {
    if permit.covers(at, student)? {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

fn latest_first(mut all: Vec<Enrolment>) -> Vec<Enrolment> {
    all.sort_by(|one, other| other.start.cmp(&one.start).then(other.id.cmp(&one.id)));
    all
}

/// Source: PASI, the declaration is the owning organization's and the ministry's.
fn shown<A: Action>(permit: &Permit<A>, mut all: Vec<Enrolment>) -> Vec<Enrolment> {
    let is_family = matches!(
        permit.reason(),
        Reason::OwnStudent(Role::Guardian | Role::Student)
    );
    for enrolment in &mut all {
        if !is_family && !permit.covers_school(enrolment.school) {
            enrolment.coding.indigenous_declaration = None;
        }
    }
    all
}
