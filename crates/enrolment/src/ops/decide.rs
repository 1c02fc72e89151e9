//! What every verb does before it saves: may this person, and what do the rules say?

use crate::model::{Enrolment, State};
use crate::rules::{self, Judge, Proposed};
use crate::store;
use access::action::ManageEnrolment;
use access::{Action, Permit};
use db::{Known, Reading, Tx};
use kernel::{EnrolmentId, Failure, Findings, Outcome, SchoolId, Severity, StudentId};
use people::{On, Origin};

/// Only the school that owns an enrolment changes it. Not found when the
/// person may not know the student; denied when the record is another school's.
pub(crate) fn own(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    student: StudentId,
    school: SchoolId,
) -> Outcome<()> {
    if permit.covers_school(school) {
        Ok(())
    } else if permit.covers(tx, student)? {
        Err(Failure::Denied(ManageEnrolment::NAME))
    } else {
        Err(Failure::NotFound)
    }
}

/// The enrolment that a command is about, when it is the student's and the person's to change.
pub(crate) fn load(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<EnrolmentId>,
) -> Outcome<Enrolment> {
    let before = store::enrolment(tx, on.id)?;
    if before.student != on.student {
        return Err(Failure::NotFound);
    }
    own(tx, permit, before.student, before.school)?;
    Ok(before)
}

/// An enrolment about to be judged.
#[derive(Clone, Copy)]
pub(crate) struct Draft<'a> {
    /// As it stands; none for a new one.
    pub(crate) before: Option<&'a Enrolment>,
    /// As it would stand.
    pub(crate) after: &'a Enrolment,
    /// Another of the student's that the same transaction is about to change.
    pub(crate) beside: Option<&'a Enrolment>,
}

/// Everything the rules and the judge say of an enrolment as it would stand.
pub(crate) fn findings(tx: &mut Tx, draft: Draft, judge: &dyn Judge) -> Outcome<Findings> {
    let after = draft.after;
    let student = store::student(tx, after.student)?;
    let school = schools::school(tx, after.school)?;
    let calendar = match schools::calendar(tx, after.school, after.year) {
        Ok(calendar) => Some(calendar),
        Err(Failure::NotFound) => None,
        Err(failure) => return Err(failure),
    };
    let mut others = store::of_student(tx, after.student)?;
    for other in &mut others {
        if let Some(beside) = draft.beside.filter(|beside| beside.id == other.id) {
            other.clone_from(beside);
        }
    }
    others.retain(|other| other.id != after.id && !other.is_deleted());
    let proposed = Proposed {
        after,
        before: draft.before,
        student: &student,
        school: &school,
        calendar: calendar.as_ref(),
        others: &others,
        today: tx.today(),
    };
    let mut findings = rules::judge(&proposed);
    findings.extend(judge.enrolment(&proposed).0);
    Ok(findings)
}

/// Fails as invalid when a finding refuses. What the province has accepted is
/// not ours to refuse: its refusals become warnings.
pub(crate) fn weigh(mut findings: Findings, origin: Origin) -> Outcome<Findings> {
    if origin == Origin::Province {
        for finding in &mut findings.0 {
            if finding.severity == Severity::Refuse {
                finding.severity = Severity::Warn;
            }
        }
    }
    findings.or_refuse()
}

/// The same enrolment in another state, not yet saved.
pub(crate) fn in_state(before: &Enrolment, state: State) -> Enrolment {
    Enrolment {
        state,
        ..before.clone()
    }
}

/// Knowledge time of what is not yet saved.
pub(crate) fn not_yet(tx: &Tx, reason: &str) -> Known {
    Known {
        version: 0,
        ..Known::first(tx.actor(), tx.now(), reason)
    }
}
