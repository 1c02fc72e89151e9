//! Taking an enrolment back, and taking that back.

use super::{Saved, decide, enrol, save};
use crate::model::{Deletion, Enrolment, State};
use crate::rules::{self, Judge};
use access::Permit;
use access::action::ManageEnrolment;
use db::Tx;
use kernel::{EnrolmentId, Failure, Findings, Outcome};
use people::On;

/// The student never came: the enrolment does not count, and stays readable.
///
/// Refused when it is deleted already for another reason (`LP-0432`). Writes: `enrolment`, the
/// student's place, audit. Announces: `enrolment.changed`.
/// Source: PASI, exit handling: never attended means deleted.
pub fn never_attended(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
) -> Outcome<Saved<Enrolment>> {
    delete(
        tx,
        permit,
        on,
        ("enrolment.never-attended", Deletion::NeverAttended),
    )
}

/// The enrolment should never have been made; `on.reason` says why and may not be empty (`LP-0434`).
///
/// Refused, written and announced as [`never_attended`] is.
pub fn created_in_error(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
) -> Outcome<Saved<Enrolment>> {
    if on.reason.trim().is_empty() {
        return Err(Failure::refuse("LP-0434", "reason"));
    }
    delete(
        tx,
        permit,
        on,
        ("enrolment.created-in-error", Deletion::CreatedInError),
    )
}

fn delete(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
    (action, why): (&str, Deletion),
) -> Outcome<Saved<Enrolment>> {
    let before = decide::load(tx, permit, on)?;
    let after = decide::in_state(
        &before,
        State::Deleted {
            why,
            exit: before.state.exit(),
        },
    );
    let findings = Findings::default();
    if before.says_the_same(&after) {
        return Ok(Saved {
            record: before,
            findings,
        });
    }
    rules::may_change(&before).or_refuse()?;
    let record = save::save(tx, action, on, Some(&before), &after)?;
    Ok(Saved { record, findings })
}

/// A deleted enrolment counts again, with the end it had.
///
/// Refused when it is not deleted (`LP-0433`), by the rules and by the judge.
/// Written and announced as [`never_attended`] is.
pub fn restore(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
    judge: &dyn Judge,
) -> Outcome<Saved<Enrolment>> {
    let before = decide::load(tx, permit, on)?;
    rules::may_restore(&before).or_refuse()?;
    let after = decide::in_state(&before, State::live(before.state.exit()));
    enrol::put(tx, "enrolment.restore", on, (&before, &after), judge)
}
