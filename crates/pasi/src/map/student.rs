//! Our student, as the connector reads and changes it.

use access::action::{EditStudents, ViewStudents};
use access::{Action, Permit};
use db::schema::student_card;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Actor, Asn, Failure, Outcome, SchoolId, StudentId};
use people::{On, Student};

/// The permit of the connector itself.
pub(crate) fn program<A: Action>(at: &impl Reading) -> Outcome<Permit<A>> {
    Permit::program(&Actor::system(at.division(), "Sync"))
}

/// The whole student, for the connector itself.
pub(crate) fn load(at: &mut impl Reading, student: StudentId) -> Outcome<Student> {
    let permit = program::<ViewStudents>(at)?;
    people::student(at, &permit, student)
}

/// The student's ASN, when there is one.
pub(crate) fn asn_of(at: &mut impl Reading, student: StudentId) -> Outcome<Option<Asn>> {
    Ok(card(at, student)?.and_then(|(asn, _, _)| asn))
}

/// The school a student's changes are sent for.
pub(crate) fn school_of(at: &mut impl Reading, student: StudentId) -> Outcome<Option<SchoolId>> {
    Ok(card(at, student)?.and_then(|(_, school, _)| school))
}

/// The number within the division.
pub(crate) fn local_number(at: &mut impl Reading, student: StudentId) -> Outcome<Option<String>> {
    Ok(card(at, student)?.map(|(_, _, number)| number))
}

/// ASN, school, number within the division.
type Card = (Option<Asn>, Option<SchoolId>, String);

/// Is there such a student?
pub(crate) fn is_there(at: &mut impl Reading, student: StudentId) -> Outcome<bool> {
    Ok(card(at, student)?.is_some())
}

/// What the card says, in one short read; the whole student takes nine.
fn card(at: &mut impl Reading, student: StudentId) -> Outcome<Option<Card>> {
    let division = at.division();
    Ok(student_card::table
        .find((division, student))
        .select((
            student_card::asn,
            student_card::school_id,
            student_card::local_number,
        ))
        .first(at.conn())
        .optional()?)
}

/// Our student with an ASN.
pub(crate) fn by_asn(at: &mut impl Reading, asn: Asn) -> Outcome<Option<StudentId>> {
    let permit = program::<ViewStudents>(at)?;
    match people::student_by_asn(at, &permit, asn) {
        Ok(student) => Ok(Some(student)),
        Err(Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Takes the ASN that PASI gave, or that a person found there.
pub(crate) fn take_asn(tx: &mut Tx, student: StudentId, asn: Option<Asn>) -> Outcome<()> {
    let permit = program::<EditStudents>(tx)?;
    let seen = load(tx, student)?.version;
    let on = On::seen(student, student, seen).because("PASI").from_province();
    people::set_asn(tx, &permit, &on, asn).map(|_| ())
}
