//! Taking one save back: the record says again what it said before.

use crate::model::{On, Origin, Undo};
use crate::ops::contacts::{change_person, order};
use crate::ops::save::{Saved, covered, write};
use crate::rules::OursAlone;
use crate::search;
use crate::store::kept::Kept;
use crate::store::read::{self, When};
use crate::store::rows::{AddressRow, EmailRow, PersonRow, PhoneRow};
use crate::store::rows_sealed::ContactRow;
use access::{Permit, action::EditStudents};
use db::{Reading, Tx};
use kernel::{Failure, Findings, Outcome, PersonId, StudentId};

/// Takes back the save that made the version `seen` of a record: a changed one
/// says what it said before, an added one goes, a removed one is there again.
///
/// A conflict when somebody saved it since. Refused when the place in the
/// calling order was taken meanwhile (`LP-0263`). Writes the next version,
/// audit and event as any save does; the history keeps all three versions.
pub fn undo(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    student: StudentId,
    (what, seen): (Undo, i64),
    reason: &str,
) -> Outcome<Saved> {
    covered(tx, permit, student)?;
    match what {
        Undo::Contact(id) => {
            let on = On::seen(student, id, seen).because(reason);
            let row = before::<ContactRow>(tx, &on)?;
            if !row.is_deleted {
                let there = read::rows::<ContactRow>(tx, student, When::Now)?;
                order(&there, id, &row.plain(), tx.today()).or_refuse()?;
            }
            back(tx, &on, row)
        }
        Undo::Address(id) => {
            let on = On::seen(student, id, seen).because(reason);
            let row = before::<AddressRow>(tx, &on)?;
            back(tx, &on, row)
        }
        Undo::Phone(id) => {
            let on = On::seen(student, id, seen).because(reason);
            let row = before::<PhoneRow>(tx, &on)?;
            back(tx, &on, row)
        }
        Undo::Email(id) => {
            let on = On::seen(student, id, seen).because(reason);
            let row = before::<EmailRow>(tx, &on)?;
            back(tx, &on, row)
        }
        Undo::Person(id) => person(tx, permit, (id, seen), reason),
    }
}

/// The version before the one seen; the record as removed when there was none.
fn before<R: Kept + Clone>(tx: &mut Tx, on: &On<R::Id>) -> Outcome<R> {
    let now = R::one(tx, on.id)?;
    if now.owner() != on.student {
        return Err(Failure::NotFound);
    }
    if now.version() != on.seen {
        return Err(Failure::stale(R::KIND, on.seen, now.version()));
    }
    let all = R::all_of(tx, on.student)?;
    let older = all
        .into_iter()
        .find(|row| row.id() == on.id && row.version() + 1 == on.seen);
    Ok(older.unwrap_or_else(|| {
        let mut gone = now.clone();
        gone.set_deleted();
        gone
    }))
}

fn back<R: Kept>(tx: &mut Tx, on: &On<R::Id>, row: R) -> Outcome<Saved> {
    let now = R::one(tx, on.id)?;
    let version = write(tx, on, Some(&now), row)?;
    search::refresh(tx, on.student)?;
    Ok(Saved {
        version,
        findings: Findings::default(),
    })
}

fn person(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    (id, seen): (PersonId, i64),
    reason: &str,
) -> Outcome<Saved> {
    let older = PersonRow::history(tx, id)?
        .into_iter()
        .find(|row| row.version + 1 == seen)
        .ok_or(Failure::NotFound)?;
    let back = (&older.plain(), reason, Origin::Here);
    change_person(tx, permit, (id, seen), back, &OursAlone)
}
