//! From one school of the division to another, in one transaction.

use super::decide::{self, Draft};
use super::{Saved, save};
use crate::model::{Enrolment, Exit, ExitKind, State, Transfer};
use crate::rules::{self, Judge};
use crate::store;
use access::Permit;
use access::action::ManageEnrolment;
use db::Tx;
use kernel::text::squeeze;
use kernel::{EnrolmentId, Failure, Findings, Outcome, SchoolYear};
use people::On;

/// Both ends of a transfer.
#[derive(Debug, Clone, PartialEq)]
pub struct Transferred {
    /// The enrolment that ended here.
    pub left: Saved<Enrolment>,
    /// The enrolment that begins there.
    pub joined: Saved<Enrolment>,
}

/// Ends the enrolment here with a withdrawal and opens one at another school
/// of the division; both happen or neither.
///
/// It is for the school the student leaves to say, so the permit must cover
/// that one. Refused by `LP-0431` to `LP-0436`, the rules on either end and
/// the judge; all findings of both ends are given at once. The same command
/// twice is one transfer. Writes: both enrolments, places, audit. Announces:
/// `enrolment.changed` for each.
pub fn transfer(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
    cmd: &Transfer,
    judge: &dyn Judge,
) -> Outcome<Transferred> {
    let before = decide::load(tx, permit, on)?;
    let exit = Exit {
        on: cmd.last_day,
        kind: ExitKind::Withdrawal,
    };
    let left = decide::in_state(&before, State::Ended(exit));
    let joined = joining(tx, on, &before, cmd);
    if let Some(done) = already_done(tx, &before, (&left, &joined))? {
        return Ok(done);
    }
    let here = Draft {
        before: Some(&before),
        after: &left,
        beside: None,
    };
    let here = decide::findings(tx, here, judge)?;
    let there = Draft {
        before: None,
        after: &joined,
        beside: Some(&left),
    };
    let there = decide::findings(tx, there, judge)?;
    if here.refuse() || there.refuse() || !rules::may_transfer(&before, cmd).is_empty() {
        let mut all = rules::may_transfer(&before, cmd);
        all.extend(here.0.into_iter().chain(there.0));
        return Err(Failure::Invalid(all));
    }
    let left = save::save(tx, "enrolment.transfer-out", on, Some(&before), &left)?;
    let joining = On {
        id: cmd.new,
        seen: 0,
        ..on.clone()
    };
    let joined = save::save(tx, "enrolment.transfer-in", &joining, None, &joined)?;
    Ok(Transferred {
        left: Saved {
            record: left,
            findings: here,
        },
        joined: Saved {
            record: joined,
            findings: there,
        },
    })
}

/// The same transfer, when it was made before.
fn already_done(
    tx: &mut Tx,
    before: &Enrolment,
    (left, joined): (&Enrolment, &Enrolment),
) -> Outcome<Option<Transferred>> {
    let same_exit = before.says_the_same(left);
    let saved = |record: Enrolment| Saved {
        record,
        findings: Findings::default(),
    };
    match store::enrolment(tx, joined.id) {
        Ok(there) if same_exit && there.says_the_same(joined) => Ok(Some(Transferred {
            left: saved(before.clone()),
            joined: saved(there),
        })),
        Ok(_) | Err(Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

fn joining(tx: &Tx, on: &On<EnrolmentId>, before: &Enrolment, cmd: &Transfer) -> Enrolment {
    Enrolment {
        id: cmd.new,
        student: before.student,
        school: cmd.to,
        year: SchoolYear::of(cmd.first_day),
        grade: cmd.grade,
        homeroom: squeeze(&cmd.homeroom),
        start: cmd.first_day,
        state: State::Open,
        coding: cmd
            .coding
            .clone()
            .unwrap_or_else(|| before.coding.clone().elsewhere())
            .tidy(),
        known: decide::not_yet(tx, &on.reason),
    }
}
