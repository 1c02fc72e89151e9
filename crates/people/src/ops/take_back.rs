//! Taking back a record that an import should not have made, as long as nobody
//! has used it: then it is no student record yet, and nothing is lost.

use crate::model::On;
use crate::ops::save::{Saved, covered, current, write};
use crate::search;
use crate::store::kept::Kept;
use crate::store::read::{self, When};
use crate::store::rows_sealed::ContactRow;
use crate::store::ties::persons_around;
use access::Permit;
use access::action::{CreateStudents, EditStudents};
use db::schema::{
    contact, disclosure_restriction, medical_alert, person, person_detail, search_key, student,
    student_address, student_card, student_citizenship, student_detail, student_email, student_name,
    student_phone,
};
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{ContactId, Failure, Findings, Instant, Outcome, PersonId, StudentId};
use serde::Serialize;

/// Whether a student was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBack {
    /// Nothing of it is there any more.
    Yes,
    /// Somebody changed or added something since.
    Changed,
    /// Others were told of it, such as the province.
    Told,
}

#[derive(Serialize)]
struct Detail<'a> {
    local_number: &'a str,
    made_at: Instant,
    persons: Vec<PersonId>,
    reason: &'a str,
}

/// Takes a student back that was made in one transaction and never touched
/// since, with the persons who were made with it and stand around nobody else.
///
/// Its enrolments must have been taken back before. Deletes the record; the
/// audit keeps who made it, when, and that it was taken back
/// (`student.take-back`). Nothing is written unless the answer is yes.
pub fn take_back_student(
    tx: &mut Tx,
    permit: &Permit<CreateStudents>,
    id: StudentId,
    reason: &str,
) -> Outcome<TakenBack> {
    covered(tx, permit, id)?;
    let division = tx.division();
    let made_at: Instant = student::table
        .find((division, id))
        .select(student::created_at)
        .first(tx.conn())?;
    let local_number = read::detail(tx, id, When::Now)?.local_number;
    if is_touched(tx, id, made_at)? {
        return Ok(TakenBack::Changed);
    }
    let subject = Subject::new("student", id);
    if !db::forget_outbox(tx, &subject)? {
        return Ok(TakenBack::Told);
    }
    let persons = persons_around(tx, id)?;
    delete(tx, id)?;
    let persons = delete_lonely(tx, persons, made_at)?;
    let detail = Detail {
        local_number: &local_number,
        made_at,
        persons,
        reason,
    };
    tx.record("student.take-back", subject, &detail);
    Ok(TakenBack::Yes)
}

/// Has any of the student's records another version, or another beginning?
fn is_touched(tx: &mut Tx, id: StudentId, made_at: Instant) -> Outcome<bool> {
    let division = tx.division();
    macro_rules! others {
        ($($table:ident),+) => {
            $(
                let others: i64 = $table::table
                    .filter($table::division_id.eq(division).and($table::student_id.eq(id)))
                    .filter($table::known_from.ne(made_at).or($table::version.gt(1)))
                    .count()
                    .get_result(tx.conn())?;
                if others > 0 {
                    return Ok(true);
                }
            )+
        };
    }
    others!(
        student_name,
        student_address,
        student_phone,
        student_email,
        student_citizenship,
        disclosure_restriction,
        medical_alert,
        contact
    );
    let identities: i64 = student_detail::table
        .filter(
            student_detail::division_id
                .eq(division)
                .and(student_detail::id.eq(id)),
        )
        .filter(
            student_detail::known_from
                .ne(made_at)
                .or(student_detail::version.gt(1)),
        )
        .count()
        .get_result(tx.conn())?;
    Ok(identities > 0)
}

fn delete(tx: &mut Tx, id: StudentId) -> Outcome<()> {
    let division = tx.division();
    macro_rules! delete {
        ($($table:ident),+) => {
            $(diesel::delete($table::table.filter($table::division_id.eq(division).and($table::student_id.eq(id))))
                .execute(tx.conn())?;)+
        };
    }
    delete!(
        search_key,
        student_card,
        contact,
        medical_alert,
        disclosure_restriction,
        student_citizenship,
        student_email,
        student_phone,
        student_address,
        student_name
    );
    access::forget_student(tx, id)?;
    diesel::delete(
        student_detail::table.filter(
            student_detail::division_id
                .eq(division)
                .and(student_detail::id.eq(id)),
        ),
    )
    .execute(tx.conn())?;
    diesel::delete(student::table.find((division, id))).execute(tx.conn())?;
    Ok(())
}

/// The persons who were made at that moment, are unchanged, stand around nobody, and to whom
/// no account was ever tied.
fn delete_lonely(tx: &mut Tx, persons: Vec<PersonId>, made_at: Instant) -> Outcome<Vec<PersonId>> {
    let division = tx.division();
    let mut gone = Vec::new();
    for id in persons {
        let around: i64 = contact::table
            .filter(contact::division_id.eq(division).and(contact::person_id.eq(id)))
            .count()
            .get_result(tx.conn())?;
        let others: i64 = person_detail::table
            .filter(
                person_detail::division_id
                    .eq(division)
                    .and(person_detail::id.eq(id)),
            )
            .filter(
                person_detail::known_from
                    .ne(made_at)
                    .or(person_detail::version.gt(1)),
            )
            .count()
            .get_result(tx.conn())?;
        if around + others > 0 || access::ties::was_tied_to(tx, id)? {
            continue;
        }
        let versions = person_detail::table.filter(
            person_detail::division_id
                .eq(division)
                .and(person_detail::id.eq(id)),
        );
        diesel::delete(versions).execute(tx.conn())?;
        diesel::delete(person::table.find((division, id))).execute(tx.conn())?;
        gone.push(id);
    }
    Ok(gone)
}

/// Removes a contact that should never have been made; its last version says
/// so and stays in the history. Announces `student.contact`.
pub fn remove_contact(tx: &mut Tx, permit: &Permit<EditStudents>, on: &On<ContactId>) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let old: ContactRow = current(tx, on)?.ok_or(Failure::NotFound)?;
    let mut gone = old.clone();
    gone.set_deleted();
    let version = write(tx, on, Some(&old), gone)?;
    search::refresh(tx, on.student)?;
    Ok(Saved {
        version,
        findings: Findings::default(),
    })
}
