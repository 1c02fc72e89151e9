//! Enrolling a student who is in the records already: at a second school, back
//! after having left, or come from another school of the division.

use super::{Saved, enrol};
use crate::model::{Claim, Enrol, Enrolment};
use crate::rules::{self, Judge};
use crate::store;
use access::Permit;
use access::action::{CreateStudents, ManageEnrolment};
use db::{Reading, Tx};
use kernel::{Conflict, EnrolmentId, Failure, Outcome, StudentId};
use people::On;

/// Enrols a student of the permit, who has been seen enrolled or having left.
///
/// `on.seen` is what was seen of the student's enrolments
/// ([`rules::standing`]): a conflict when one of them was saved since, for the
/// form was filled in from them. The same command twice makes one record.
/// Refused, written and announced as [`enrol::enrol`] does.
pub fn enrol_again(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
    cmd: Enrol,
    judge: &dyn Judge,
) -> Outcome<Saved<Enrolment>> {
    if !permit.covers(tx, on.student)? {
        return Err(Failure::NotFound);
    }
    let all = store::of_student(tx, on.student)?;
    let now = rules::standing(&all);
    let is_there = all.iter().any(|one| one.id == on.id);
    if !is_there && now != on.seen {
        return Err(Failure::Conflict(Conflict {
            what: "enrolment",
            seen: on.seen,
            now,
        }));
    }
    enrol::enrol(tx, permit, on, cmd, judge)
}

/// Whom a school that does not see a student may take in on what is claimed:
/// the one student of that legal name and birth date who left every other
/// school ([`rules::has_left`]) and stands under no restriction. The edge must
/// not show who it is.
pub fn may_take_in(
    at: &mut impl Reading,
    permit: &Permit<CreateStudents>,
    claim: &Claim,
) -> Outcome<Option<StudentId>> {
    let Some(student) = people::same_elsewhere(at, permit, &claim.legal, claim.born)? else {
        return Ok(None);
    };
    let all = store::of_student(at, student)?;
    Ok(rules::has_left(&all, at.today()).then_some(student))
}

/// Takes in a student who left another school of the division, at a school of
/// `manage`, on legal name and birth date: what a secretary reads from the
/// papers on the counter. From then on the school sees the record.
///
/// Refused with `LP-0437` when [`may_take_in`] names nobody, so that the
/// answer is the same for a child who is still enrolled, who is guarded, and
/// who never was; else as [`enrol::enrol`] refuses. The same command twice is
/// one enrolment. Writes: `enrolment`, the student's place, audit
/// `enrolment.take-in`. Announces: `enrolment.changed`.
pub fn take_in<J: Judge>(
    tx: &mut Tx,
    (create, manage): (&Permit<CreateStudents>, &Permit<ManageEnrolment>),
    (claim, id): (&Claim, EnrolmentId),
    cmd: Enrol,
    judge: impl FnOnce(&mut Tx, StudentId) -> Outcome<J>,
) -> Outcome<Saved<Enrolment>> {
    if !manage.covers_school(cmd.school) {
        return Err(Failure::NotFound);
    }
    let student = match store::enrolment(tx, id) {
        Ok(there) => Some(there.student), // the same form came twice
        Err(Failure::NotFound) => may_take_in(tx, create, claim)?,
        Err(failure) => return Err(failure),
    };
    let student = student.ok_or_else(|| Failure::refuse("LP-0437", "another"))?;
    let judge = judge(tx, student)?;
    enrol::open(tx, "enrolment.take-in", &On::new(student, id), cmd, &judge)
}
