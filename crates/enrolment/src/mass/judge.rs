//! What a change means for one student; pure decisions.

use super::{Close, MassChange};
use crate::model::{Change, Enrolment, Exit, ExitKind, State};
use crate::rules;
use codes::CodeSet;
use kernel::text::squeeze;
use kernel::{Date, Finding, Findings, SchoolId};

/// Judges the change itself, before any student is looked at.
pub(super) fn change(change: &MassChange) -> Findings {
    let known = |set: CodeSet, code: &str| codes::set(set).find(code).is_some();
    let is_known = match change {
        MassChange::Programming { kind, timeframe } => {
            let mut findings = Findings::default();
            if !known(CodeSet::ProgrammingType, kind) {
                findings.push(Finding::refuse("LP-0443", "to"));
            }
            if !known(CodeSet::ProgrammingTimeframe, timeframe) {
                findings.push(Finding::refuse("LP-0443", "timeframe"));
            }
            return findings;
        }
        MassChange::AddGrant { code } | MassChange::RemoveGrant { code } => {
            known(CodeSet::GrantsProgramCode, code)
        }
        MassChange::Student { field, to } => known(field.set(), to),
        _ => true,
    };
    if is_known {
        Findings::default()
    } else {
        Finding::refuse("LP-0443", "to").into()
    }
}

/// The enrolment that a change is about: of those at schools that may be
/// changed, and whose last day is not over, the one that says where the student
/// goes to school.
pub(super) fn target(all: &[Enrolment], is_own: impl Fn(SchoolId) -> bool, today: Date) -> Option<Enrolment> {
    let open: Vec<Enrolment> = all
        .iter()
        .filter(|one| !one.is_deleted() && is_own(one.school) && one.last_day() >= today)
        .cloned()
        .collect();
    rules::main_enrolment(&open, today).cloned()
}

/// The enrolment as it shall be.
pub(super) fn wanted(before: &Enrolment, change: &MassChange) -> Change {
    let mut wanted = Change::of(before);
    match change {
        MassChange::Homeroom { to } => wanted.homeroom = squeeze(to),
        MassChange::Grade { to } => wanted.grade = *to,
        MassChange::Start { to } => wanted.start = *to,
        MassChange::End { to } => {
            wanted.exit = Some(Exit {
                on: *to,
                kind: ExitKind::Completion,
            });
        }
        MassChange::Programming { kind, timeframe } => {
            wanted.coding.programming_type.clone_from(kind);
            wanted.coding.programming_timeframe.clone_from(timeframe);
        }
        MassChange::AddGrant { code } => {
            if !wanted.coding.grants.contains(code) {
                wanted.coding.grants.push(code.clone());
            }
        }
        MassChange::RemoveGrant { code } => wanted.coding.grants.retain(|known| known != code),
        MassChange::ResidentBoard { to } => {
            wanted.coding.resident_board = Some(to.trim().to_owned()).filter(|board| !board.is_empty());
        }
        MassChange::Withdraw { last_day } => {
            wanted.exit = Some(Exit {
                on: *last_day,
                kind: ExitKind::Withdrawal,
            });
        }
        MassChange::Close(close) => {
            let kind = close.kind;
            wanted.exit = close.on.map(|on| Exit { on, kind }).or(wanted.exit);
        }
        // No part of the enrolment, or another enrolment.
        MassChange::Student { .. } | MassChange::Register(_) => {}
    }
    wanted
}

/// The enrolment with what is wanted, not yet saved.
pub(super) fn after(before: &Enrolment, wanted: &Change) -> Enrolment {
    Enrolment {
        grade: wanted.grade,
        homeroom: squeeze(&wanted.homeroom),
        start: wanted.start,
        state: State::live(wanted.exit),
        coding: wanted.coding.clone().tidy(),
        ..before.clone()
    }
}

/// May this verb be said of the enrolment at all?
pub(super) fn verb(before: &Enrolment, change: &MassChange) -> Findings {
    match change {
        MassChange::Withdraw { last_day } => rules::may_end(before, *last_day),
        MassChange::Close(Close { on: Some(on), .. }) => rules::may_end(before, *on),
        // A student who was withdrawn is not given another end in passing.
        MassChange::End { .. } => match before.state {
            State::Ended(exit) if exit.kind == ExitKind::Withdrawal => {
                Finding::refuse("LP-0431", "").with("day", exit.on).into()
            }
            _ => rules::may_change(before),
        },
        _ => rules::may_change(before),
    }
}

/// The value that the change is about, as a code or a date.
pub(super) fn value(said: &Enrolment, change: &MassChange) -> String {
    let exit = || {
        said.state
            .exit()
            .map(|exit| exit.on.to_string())
            .unwrap_or_default()
    };
    match change {
        MassChange::Homeroom { .. } => said.homeroom.clone(),
        MassChange::Grade { .. } => said.grade.as_str().to_owned(),
        MassChange::Start { .. } => said.start.to_string(),
        MassChange::End { .. } | MassChange::Withdraw { .. } | MassChange::Close(_) => exit(),
        MassChange::Programming { .. } => format!(
            "{},{}",
            said.coding.programming_type, said.coding.programming_timeframe
        ),
        MassChange::AddGrant { .. } | MassChange::RemoveGrant { .. } => said.coding.grants.join(","),
        MassChange::Student { .. } | MassChange::Register(_) => String::new(),
        MassChange::ResidentBoard { .. } => said.coding.resident_board.clone().unwrap_or_default(),
    }
}
