//! Ending an enrolment.

use super::{Saved, decide, enrol};
use crate::model::{Enrolment, Exit, ExitKind, State};
use crate::rules::{self, Judge};
use access::Permit;
use access::action::ManageEnrolment;
use db::Tx;
use kernel::{Date, EnrolmentId, Outcome};
use people::On;

/// The student attended and left: `last_day` is the last day attended.
///
/// Refused when it has ended already (`LP-0431`), is deleted (`LP-0432`), or
/// the day lies outside the enrolment's year or before its start. Writes:
/// `enrolment`, the student's place, audit. Announces: `enrolment.changed`.
/// Source: PASI, exit handling: one day of attendance makes it a withdrawal.
pub fn withdraw(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
    last_day: Date,
    judge: &dyn Judge,
) -> Outcome<Saved<Enrolment>> {
    let exit = Exit {
        on: last_day,
        kind: ExitKind::Withdrawal,
    };
    end(tx, permit, on, ("enrolment.withdraw", exit), judge)
}

/// The student stayed until the expected end: `last_day` is the last normal day of class.
///
/// Refused, written and announced as [`withdraw`] is.
pub fn complete(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
    last_day: Date,
    judge: &dyn Judge,
) -> Outcome<Saved<Enrolment>> {
    let exit = Exit {
        on: last_day,
        kind: ExitKind::Completion,
    };
    end(tx, permit, on, ("enrolment.complete", exit), judge)
}

fn end(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
    (action, exit): (&str, Exit),
    judge: &dyn Judge,
) -> Outcome<Saved<Enrolment>> {
    let before = decide::load(tx, permit, on)?;
    let after = decide::in_state(&before, State::Ended(exit));
    if !before.says_the_same(&after) {
        rules::may_end(&before, exit.on).or_refuse()?;
    }
    enrol::put(tx, action, on, (&before, &after), judge)
}
