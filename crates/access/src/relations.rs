//! Who is at which school, and who sees whom by a tie: kept current by the
//! domains that know, in their own transactions. Places come from `enrolment`;
//! ties are given by [`crate::ties`] and resolved to students by `people`.

use crate::ties::{self, TieKind};
use db::schema::{access_place, access_tie};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Date, DivisionId, Outcome, SchoolId, StudentId};

/// Notes that a student is at a school from one day until another (both
/// inclusive; `until` far ahead while enrolled). Called by the enrolment
/// domain in its own transaction; replaces what was noted for the pair.
pub fn place_student(
    tx: &mut Tx,
    student: StudentId,
    school: SchoolId,
    from: Date,
    until: Date,
) -> Outcome<()> {
    let division = tx.division();
    let row = (
        access_place::division_id.eq(division),
        access_place::student_id.eq(student),
        access_place::school_id.eq(school),
        access_place::from_date.eq(from),
        access_place::until_date.eq(until),
    );
    let days = (
        access_place::from_date.eq(from),
        access_place::until_date.eq(until),
    );
    let key = (
        access_place::division_id,
        access_place::student_id,
        access_place::school_id,
    );
    db::upsert!(tx.conn(), access_place::table, row, key, days)?;
    Ok(())
}

/// One line of [`place_students`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = access_place)]
pub struct Placed {
    division_id: DivisionId,
    student_id: StudentId,
    school_id: SchoolId,
    from_date: Date,
    until_date: Date,
}

impl Placed {
    /// That a student is at a school from one day until another, as [`place_student`] takes it.
    pub fn new(student: StudentId, school: SchoolId, from: Date, until: Date) -> Self {
        Self {
            division_id: DivisionId(0),
            student_id: student,
            school_id: school,
            from_date: from,
            until_date: until,
        }
    }
}

/// [`place_student`] for many at once, in a few statements; each pair of
/// student and school once. For imports.
pub fn place_students(tx: &mut Tx, mut all: Vec<Placed>) -> Outcome<()> {
    let division = tx.division();
    all.sort_by_key(|placed| (placed.school_id, placed.student_id));
    for placed in &mut all {
        placed.division_id = division;
    }
    for at_school in all.chunk_by(|one, next| one.school_id == next.school_id) {
        for chunk in at_school.chunks(400) {
            let students: Vec<StudentId> = chunk.iter().map(|placed| placed.student_id).collect();
            let replaced = access_place::table
                .filter(
                    access_place::division_id
                        .eq(division)
                        .and(access_place::school_id.eq(chunk[0].school_id)),
                )
                .filter(access_place::student_id.eq_any(students));
            diesel::delete(replaced).execute(tx.conn())?;
        }
    }
    db::insert_many!(tx.conn(), access_place::table, all)?;
    Ok(())
}

/// Ends every place and tie of a student whose record is taken back.
/// Writes: `access_place`, `access_tie`, `tie`.
pub fn forget_student(tx: &mut Tx, student: StudentId) -> Outcome<()> {
    let division = tx.division();
    let places = access_place::table.filter(
        access_place::division_id
            .eq(division)
            .and(access_place::student_id.eq(student)),
    );
    diesel::delete(places).execute(tx.conn())?;
    ties::forget_student(tx, student)
}

/// Is the student at one of the schools today, or registered there for later?
pub(crate) fn is_placed(at: &mut impl Reading, student: StudentId, schools: &[SchoolId]) -> Outcome<bool> {
    let (division, today) = (at.division(), at.today());
    let found: i64 = access_place::table
        .filter(
            access_place::division_id
                .eq(division)
                .and(access_place::student_id.eq(student)),
        )
        .filter(
            access_place::school_id
                .eq_any(schools.to_vec())
                .and(access_place::until_date.ge(today)),
        )
        .count()
        .get_result(at.conn())?;
    Ok(found > 0)
}

/// Is the account tied to the student today, by this kind?
pub(crate) fn is_tied(
    at: &mut impl Reading,
    account: AccountId,
    student: StudentId,
    kind: TieKind,
) -> Outcome<bool> {
    let (division, today) = (at.division(), at.today());
    let found: i64 = access_tie::table
        .filter(
            access_tie::division_id
                .eq(division)
                .and(access_tie::account_id.eq(account)),
        )
        .filter(access_tie::student_id.eq(student).and(access_tie::kind.eq(kind)))
        .filter(access_tie::from_date.le(today))
        .filter(
            access_tie::until_date
                .is_null()
                .or(access_tie::until_date.ge(today)),
        )
        .count()
        .get_result(at.conn())?;
    Ok(found > 0)
}
