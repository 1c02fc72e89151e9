//! What PASI says of an enrolment becomes ours, field by field.

use super::on;
use crate::{map, mirror};
use access::Permit;
use access::action::ManageEnrolment;
use db::Tx;
use enrolment::rules::OursAlone;
use enrolment::{Change, Enrol, Enrolment, Exit, ExitKind};
use kernel::{EnrolmentId, Failure, Outcome, StudentId};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;

/// Takes over the named fields of PASI's copy, all in one change, so that no
/// state in between is judged; an enrolment that only PASI has is taken whole.
pub(super) fn take(tx: &mut Tx, student: StudentId, key: &str, fields: &[&str]) -> Outcome<()> {
    let kind = NotificationType::StudentSchoolEnrolment;
    let copy = mirror::mirrored::<wire::StudentSchoolEnrolment>(tx, kind, key)?;
    let theirs = copy.ok_or(Failure::NotFound)?.record;
    let (permit, view) = (map::program::<ManageEnrolment>(tx)?, map::program(tx)?);
    let id = EnrolmentId::from_uuid(theirs.ref_id);
    match enrolment::enrolment(tx, &view, id) {
        Ok(kept) => follow(tx, &permit, (&theirs, fields), kept),
        Err(Failure::NotFound) if theirs.is_deleted => Ok(()),
        Err(Failure::NotFound) => {
            let school = schools::by_code(tx, theirs.school_code)?.id;
            let enrol = Enrol {
                school,
                year: theirs.school_year,
                grade: theirs.grade.unwrap_or(kernel::Grade::Ecs),
                homeroom: String::new(),
                start: theirs.registration_start_date,
                exit: exit(&theirs),
                coding: map::coding_theirs(&theirs),
            };
            enrolment::enrol(tx, &permit, &on(student, id, 0), enrol, &OursAlone).map(|_| ())
        }
        Err(failure) => Err(failure),
    }
}

fn exit(theirs: &wire::StudentSchoolEnrolment) -> Option<Exit> {
    let kind = match theirs.exit_date_type {
        wire::ExitDateType::WithdrawalDate => ExitKind::Withdrawal,
        wire::ExitDateType::CompletionDate => ExitKind::Completion,
    };
    theirs.registration_exit_date.map(|on| Exit { on, kind })
}

fn follow(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    (theirs, fields): (&wire::StudentSchoolEnrolment, &[&str]),
    kept: Enrolment,
) -> Outcome<()> {
    let at = |kept: &Enrolment| on(kept.student, kept.id, kept.known.version);
    let kept = if fields.contains(&"deleted") {
        match (theirs.is_deleted, kept.is_deleted()) {
            // A deleted record says nothing else.
            (true, false) => return enrolment::never_attended(tx, permit, &at(&kept)).map(|_| ()),
            (true, true) => return Ok(()),
            (false, true) => enrolment::restore(tx, permit, &at(&kept), &OursAlone)?.record,
            (false, false) => kept,
        }
    } else {
        kept
    };
    let mut change = Change {
        grade: kept.grade,
        homeroom: kept.homeroom.clone(),
        start: kept.start,
        exit: kept.state.exit(),
        coding: kept.coding.clone(),
    };
    for field in fields {
        take_field(&mut change, theirs, field)?;
    }
    enrolment::change(tx, permit, &at(&kept), change, &OursAlone).map(|_| ())
}

/// One field of PASI's copy, into the change.
fn take_field(change: &mut Change, theirs: &wire::StudentSchoolEnrolment, field: &str) -> Outcome<()> {
    let (coding, there) = (&mut change.coding, map::coding_theirs(theirs));
    match field {
        "deleted" => {}
        "grade" => change.grade = theirs.grade.unwrap_or(change.grade),
        "start-date" => change.start = theirs.registration_start_date,
        // Without a day there is no kind of exit, and none without a kind: the
        // two are one where a side has none, as `bonds` tells.
        "exit-date" => {
            let kind = change.exit.map(|exit| exit.kind);
            change.exit = exit(theirs).map(|there| Exit {
                kind: kind.unwrap_or(there.kind),
                ..there
            });
        }
        "exit-kind" => {
            let there = exit(theirs);
            change.exit = change.exit.zip(there).map(|(exit, there)| Exit {
                kind: there.kind,
                ..exit
            });
        }
        "programming" => {
            coding.programming_type = there.programming_type;
            coding.programming_timeframe = there.programming_timeframe;
        }
        "enrolment-types" => coding.types = there.types,
        "exception-codes" => coding.exceptions = there.exceptions,
        "grants-codes" => coding.grants = there.grants,
        "resident-board" => coding.resident_board = there.resident_board,
        "francophone-board" => coding.francophone_board = there.francophone_board,
        "indigenous-declaration" => coding.indigenous_declaration = there.indigenous_declaration,
        "french-hours" => coding.french_hours = there.french_hours,
        "program-percentage" => coding.program_percentage = there.program_percentage,
        "instruction-hours" => coding.instruction_hours = there.instruction_hours,
        "operating-schedule" => coding.operating_schedule = there.operating_schedule,
        "source-change" => coding.source_change = there.source_change,
        other => return Err(Failure::Fault(format!("pasi_difference.field {other}"))),
    }
    Ok(())
}
