//! The cover over a record: while a caution holds that the person has not read
//! since signing in, a page shows the name, the number and the way to read it.

use access::action::{ViewMedical, ViewStudents};
use access::{Permit, Standing};
use db::Reading;
use kernel::{AccountId, Failure, Instant, Outcome, StudentId};
use pasi::QueueRow;
use people::{HeaderRestriction, RestrictionCode, StudentHeader};
use std::collections::HashMap;

/// What the audit calls the reading of a caution.
pub(crate) const NOTICE: &str = "notice";

/// The gravest restriction is a caution: details stay covered until it was read.
pub(crate) fn caution(header: &StudentHeader) -> Option<&HeaderRestriction> {
    header
        .restrictions
        .iter()
        .find(|restriction| restriction.code == RestrictionCode::Caution)
}

/// Is the record covered for a person who is signed in since `since`?
pub(crate) fn covers(
    at: &mut impl Reading,
    account: Option<AccountId>,
    since: Instant,
    header: &StudentHeader,
) -> Outcome<bool> {
    Ok(caution(header).is_some() && !was_read(at, account, since, header.id)?)
}

/// [`covers`] of a student by id. `NotFound` when the student is not the person's to know.
pub(crate) fn is_over(
    at: &mut impl Reading,
    standing: &Standing,
    since: Instant,
    student: StudentId,
) -> Outcome<bool> {
    let permit = Permit::<ViewStudents>::student(at, standing, student)?;
    let header = people::header(at, &permit, None, student)?;
    covers(at, standing.actor.account, since, &header)
}

/// Takes the caution off the rows whose student's the person has read: what
/// stays cautioned is covered.
pub(crate) fn lift(
    at: &mut impl Reading,
    standing: &Standing,
    since: Instant,
    rows: &mut [QueueRow],
) -> Outcome<()> {
    let mut read = HashMap::new();
    for row in rows.iter_mut().filter(|row| row.is_cautioned) {
        let known = match read.get(&row.student) {
            Some(known) => *known,
            None => was_read(at, standing.actor.account, since, row.student)?,
        };
        read.insert(row.student, known);
        row.is_cautioned = !known;
    }
    Ok(())
}

/// Covers the rows of sealed records of whose reader the person is none.
pub(crate) fn seal(at: &mut impl Reading, standing: &Standing, rows: &mut [QueueRow]) -> Outcome<()> {
    for row in rows {
        let Some(item) = row.item.as_mut().filter(|item| pasi::is_sealed(item)) else {
            continue;
        };
        match Permit::<ViewMedical>::student(at, standing, row.student) {
            Ok(_) => {}
            Err(Failure::NotFound | Failure::Denied(_)) => pasi::cover(item),
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

fn was_read(
    at: &mut impl Reading,
    account: Option<AccountId>,
    since: Instant,
    student: StudentId,
) -> Outcome<bool> {
    match account {
        Some(account) => access::trail::has_read(at, account, student, NOTICE, since),
        None => Ok(false),
    }
}
