//! Which school answers for a student: add, change, delete, restore.

use super::{Saved, decide};
use crate::events::{RESPONSIBLE_SCHOOL_CHANGED, ResponsibleSchoolChanged};
use crate::model::{Responsible, ResponsibleSchool, SetResponsible};
use crate::rules::{self, Judge, ProposedResponsible};
use crate::store::{self, ResponsibleRow};
use access::Permit;
use access::action::ManageEnrolment;
use db::{Reading, Subject, Tx};
use kernel::text::squeeze;
use kernel::{Conflict, Failure, Findings, Outcome, ResponsibleSchoolId, SchoolId, StudentId};
use people::{On, Origin};
use serde::Serialize;

type Id = ResponsibleSchoolId;

/// What the audit keeps.
#[derive(Serialize)]
struct Detail<'a> {
    student_id: StudentId,
    before: Option<&'a ResponsibleSchool>,
    after: &'a ResponsibleSchool,
}

/// From a day on, another school answers for the student, or none.
///
/// Refused by the rules `LP-0457` and `LP-0458` and the judge; not found when
/// the permit does not cover the student. The same command twice makes one
/// record. Writes: `responsible_school`, audit. Announces: `responsible_school.changed`.
pub fn add_responsible_school(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<Id>,
    cmd: SetResponsible,
    judge: &dyn Judge,
) -> Outcome<Saved<ResponsibleSchool>> {
    covers(tx, permit, on.student)?;
    let after = ResponsibleSchool {
        id: on.id,
        student: on.student,
        effective_on: cmd.effective_on,
        responsible: tidy(cmd.responsible),
        transition_reason: cmd.transition_reason,
        is_deleted: false,
        known: decide::not_yet(tx, &on.reason),
    };
    match store::responsible_school(tx, on.id) {
        Err(Failure::NotFound) => put(tx, "responsible-school.add", on, (None, &after), judge),
        Ok(there) if there.says_the_same(&after) => Ok(Saved {
            record: there,
            findings: Findings::default(),
        }),
        Ok(there) => Err(Failure::Conflict(Conflict {
            what: "responsible_school",
            seen: 0,
            now: there.known.version,
        })),
        Err(failure) => Err(failure),
    }
}

/// Changes a record.
///
/// Refused when it is deleted (`LP-0432`), by the rules and the judge; a
/// conflict when another save came first. Written and announced as
/// [`add_responsible_school`] is.
pub fn change_responsible_school(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<Id>,
    cmd: SetResponsible,
    judge: &dyn Judge,
) -> Outcome<Saved<ResponsibleSchool>> {
    let before = load(tx, permit, on)?;
    if before.is_deleted {
        return Err(Failure::refuse("LP-0432", ""));
    }
    let after = ResponsibleSchool {
        effective_on: cmd.effective_on,
        responsible: tidy(cmd.responsible),
        transition_reason: cmd.transition_reason,
        ..before.clone()
    };
    put(
        tx,
        "responsible-school.change",
        on,
        (Some(&before), &after),
        judge,
    )
}

/// The record does not count any more, and stays readable.
///
/// Refused by the judge, as when that would leave the same school twice in a row.
/// Written and announced as [`add_responsible_school`] is.
pub fn delete_responsible_school(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<Id>,
    judge: &dyn Judge,
) -> Outcome<Saved<ResponsibleSchool>> {
    let before = load(tx, permit, on)?;
    let after = ResponsibleSchool {
        is_deleted: true,
        ..before.clone()
    };
    put(
        tx,
        "responsible-school.delete",
        on,
        (Some(&before), &after),
        judge,
    )
}

/// A deleted record counts again.
///
/// Refused when it is not deleted (`LP-0433`), by the rules and the judge.
/// Written and announced as [`add_responsible_school`] is.
pub fn restore_responsible_school(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    on: &On<Id>,
    judge: &dyn Judge,
) -> Outcome<Saved<ResponsibleSchool>> {
    let before = load(tx, permit, on)?;
    if !before.is_deleted {
        return Err(Failure::refuse("LP-0433", ""));
    }
    let after = ResponsibleSchool {
        is_deleted: false,
        ..before.clone()
    };
    put(
        tx,
        "responsible-school.restore",
        on,
        (Some(&before), &after),
        judge,
    )
}

fn covers(tx: &mut Tx, permit: &Permit<ManageEnrolment>, student: StudentId) -> Outcome<()> {
    if permit.covers(tx, student)? {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

fn load(tx: &mut Tx, permit: &Permit<ManageEnrolment>, on: &On<Id>) -> Outcome<ResponsibleSchool> {
    let before = store::responsible_school(tx, on.id)?;
    if before.student != on.student {
        return Err(Failure::NotFound);
    }
    covers(tx, permit, on.student)?;
    Ok(before)
}

fn tidy(said: Responsible) -> Responsible {
    match said {
        Responsible::Elsewhere {
            name,
            city,
            province,
            country,
        } => Responsible::Elsewhere {
            name: squeeze(&name),
            city: squeeze(&city),
            province: squeeze(&province),
            country: squeeze(&country),
        },
        other => other,
    }
}

fn put(
    tx: &mut Tx,
    action: &str,
    on: &On<Id>,
    (before, after): (Option<&ResponsibleSchool>, &ResponsibleSchool),
    judge: &dyn Judge,
) -> Outcome<Saved<ResponsibleSchool>> {
    let directory = schools::directory(tx)?;
    let findings = decided(tx, on.origin, (before, after), &directory, judge)?;
    if let Some(before) = before.filter(|before| before.says_the_same(after)) {
        return Ok(Saved {
            record: before.clone(),
            findings,
        });
    }
    let mut row = ResponsibleRow::of_record(after);
    row.reason.clone_from(&on.reason);
    let row = match before {
        None => row.insert(tx)?,
        Some(_) => row.replace(tx, on.seen, &on.reason)?,
    };
    let record = row.record()?;
    let subject = Subject::new("responsible_school", record.id);
    let detail = Detail {
        student_id: record.student,
        before,
        after: &record,
    };
    tx.record(action, subject.clone(), &detail);
    if on.origin == Origin::Here {
        let payload = ResponsibleSchoolChanged {
            student_id: record.student,
            school_id: ours(&record, &directory),
            version: record.known.version,
        };
        tx.announce(RESPONSIBLE_SCHOOL_CHANGED, &subject, &payload);
    }
    Ok(Saved { record, findings })
}

fn decided(
    tx: &mut Tx,
    origin: Origin,
    (before, after): (Option<&ResponsibleSchool>, &ResponsibleSchool),
    directory: &schools::Directory,
    judge: &dyn Judge,
) -> Outcome<Findings> {
    let student = store::student(tx, after.student)?;
    let mut others = store::responsible_of(tx, after.student)?;
    others.retain(|other| other.id != after.id && !other.is_deleted);
    let mut enrolments = store::of_student(tx, after.student)?;
    enrolments.retain(|enrolment| !enrolment.is_deleted());
    let proposed = ProposedResponsible {
        after,
        before,
        student: &student,
        others: &others,
        enrolments: &enrolments,
        directory,
        today: tx.today(),
    };
    let mut findings = rules::judge_responsible(&proposed);
    findings.extend(judge.responsible_school(&proposed).0);
    decide::weigh(findings, origin)
}

fn ours(record: &ResponsibleSchool, directory: &schools::Directory) -> Option<SchoolId> {
    match &record.responsible {
        Responsible::Alberta { code } => directory.by_code(*code).map(|school| school.id),
        Responsible::Elsewhere { .. } | Responsible::Nobody | Responsible::Unknown => None,
    }
}
