//! Enrolling, and changing what is said of an enrolment.

use super::decide::{self, Draft};
use super::{Saved, save};
use crate::model::{Change, Enrol, Enrolment, State};
use crate::rules::{self, Judge};
use crate::store;
use access::Permit;
use access::action::ManageEnrolment;
use db::Tx;
use kernel::text::squeeze;
use kernel::{Conflict, EnrolmentId, Failure, Outcome};
use people::On;

/// Enrols a student at a school of the permit.
///
/// Several enrolments at once are lawful: an overlap is a finding, not a
/// refusal. The same command twice makes one record. Refused by the rules
/// `LP-0401` to `LP-0416` and by the judge; denied at another's school; not
/// found when the permit does not cover the student ([`super::take_in`] is the
/// way for one who left another school). Writes: `enrolment`, the student's place, audit. Announces: `enrolment.changed`.
pub fn enrol(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
    cmd: Enrol,
    judge: &dyn Judge,
) -> Outcome<Saved<Enrolment>> {
    decide::own(tx, permit, on.student, cmd.school)?;
    if permit.covers(tx, on.student)? {
        open(tx, "enrolment.enrol", on, cmd, judge)
    } else {
        Err(Failure::NotFound)
    }
}

/// Opens an enrolment for a student of whom it was decided that it may be.
pub(super) fn open(
    tx: &mut Tx,
    action: &str,
    on: &On<EnrolmentId>,
    cmd: Enrol,
    judge: &dyn Judge,
) -> Outcome<Saved<Enrolment>> {
    let after = Enrolment {
        id: on.id,
        student: on.student,
        school: cmd.school,
        year: cmd.year,
        grade: cmd.grade,
        homeroom: squeeze(&cmd.homeroom),
        start: cmd.start,
        state: State::live(cmd.exit),
        coding: cmd.coding.tidy(),
        known: decide::not_yet(tx, &on.reason),
    };
    let there = match store::enrolment(tx, on.id) {
        Ok(there) => Some(there),
        Err(Failure::NotFound) => None,
        Err(failure) => return Err(failure),
    };
    let draft = Draft {
        before: None,
        after: &after,
        beside: None,
    };
    let findings = decide::weigh(decide::findings(tx, draft, judge)?, on.origin)?;
    match there {
        None => Ok(Saved {
            record: save::save(tx, action, on, None, &after)?,
            findings,
        }),
        Some(there) if there.says_the_same(&after) => Ok(Saved {
            record: there,
            findings,
        }),
        Some(there) => Err(Failure::Conflict(Conflict {
            what: "enrolment",
            seen: 0,
            now: there.known.version,
        })),
    }
}

/// Changes what is said of an enrolment; its end too, which also opens it again.
///
/// Refused by the rules `LP-0401` to `LP-0416`, when it is deleted
/// (`LP-0432`) and by the judge; a conflict when another save came first.
/// Writes and announces as [`enrol`] does.
pub fn change(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
    cmd: Change,
    judge: &dyn Judge,
) -> Outcome<Saved<Enrolment>> {
    let before = decide::load(tx, permit, on)?;
    rules::may_change(&before).or_refuse()?;
    let after = Enrolment {
        grade: cmd.grade,
        homeroom: squeeze(&cmd.homeroom),
        start: cmd.start,
        state: State::live(cmd.exit),
        coding: cmd.coding.tidy(),
        ..before.clone()
    };
    put(tx, "enrolment.change", on, (&before, &after), judge)
}

/// Judges and saves; what stands already is not saved again.
pub(super) fn put(
    tx: &mut Tx,
    action: &str,
    on: &On<EnrolmentId>,
    (before, after): (&Enrolment, &Enrolment),
    judge: &dyn Judge,
) -> Outcome<Saved<Enrolment>> {
    let draft = Draft {
        before: Some(before),
        after,
        beside: None,
    };
    let findings = decide::weigh(decide::findings(tx, draft, judge)?, on.origin)?;
    let record = if before.says_the_same(after) {
        before.clone()
    } else {
        save::save(tx, action, on, Some(before), after)?
    };
    Ok(Saved { record, findings })
}
