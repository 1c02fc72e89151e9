//! Which verb may be said of which state.

use crate::model::{Enrolment, State, Transfer};
use kernel::{Date, Finding, Findings};

/// May it be ended with that last day? A known completion may be brought
/// forward by a withdrawal; a withdrawal is corrected by a change.
pub fn may_end(enrolment: &Enrolment, last_day: Date) -> Findings {
    match enrolment.state {
        State::Open => Findings::default(),
        state if state.planned_end().is_some_and(|exit| last_day <= exit.on) => Findings::default(),
        State::Ended(exit) => Finding::refuse("LP-0431", "").with("day", exit.on).into(),
        State::Deleted { .. } => Finding::refuse("LP-0432", "").into(),
    }
}

/// May it be changed, or deleted?
pub fn may_change(enrolment: &Enrolment) -> Findings {
    if enrolment.is_deleted() {
        Finding::refuse("LP-0432", "").into()
    } else {
        Findings::default()
    }
}

/// May it be restored?
pub fn may_restore(enrolment: &Enrolment) -> Findings {
    if enrolment.is_deleted() {
        Findings::default()
    } else {
        Finding::refuse("LP-0433", "").into()
    }
}

/// May the student be transferred so?
pub fn may_transfer(here: &Enrolment, transfer: &Transfer) -> Findings {
    let mut findings = may_end(here, transfer.last_day);
    if transfer.to == here.school {
        findings.push(Finding::refuse("LP-0435", "to"));
    }
    if transfer.first_day <= transfer.last_day {
        findings.push(Finding::refuse("LP-0436", "first_day").with("last_day", transfer.last_day));
    }
    findings
}
