//! One save for every kind of record: version, history, audit, event.

use crate::events::{Changed, topic};
use crate::model::{FieldChange, On, Origin};
use crate::ops::ties::follow_family;
use crate::search;
use crate::store::kept::{Facts, Kept, differences};
use crate::store::read;
use access::{Action, Permit};
use db::{Reading, Subject, Tx};
use kernel::{Failure, Findings, Outcome, StudentId};
use serde::Serialize;

/// What a save answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The version the record has now.
    pub version: i64,
    /// What was found and did not stop it.
    pub findings: Findings,
}

/// What the audit keeps of a change.
#[derive(Serialize)]
pub(crate) struct Detail<'a> {
    pub record: String,
    pub version: i64,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub reason: &'a str,
    pub origin: Origin,
    pub changes: Vec<FieldChange>,
}

/// `NotFound` unless the permit covers the student and there is one.
pub(crate) fn covered<A: Action>(
    at: &mut impl Reading,
    permit: &Permit<A>,
    student: StudentId,
) -> Outcome<()> {
    if permit.covers(at, student)? && read::exists(at, student)? {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// The topic of a kind of record.
pub(crate) fn topic_of(kind: &str) -> &'static str {
    match kind {
        "name" => topic::NAME,
        "address" => topic::ADDRESS,
        "phone" => topic::PHONE,
        "email" => topic::EMAIL,
        "citizenship" => topic::CITIZENSHIP,
        "restriction" => topic::RESTRICTION,
        "medical" => topic::MEDICAL,
        "contact" => topic::CONTACT,
        _ => topic::IDENTITY,
    }
}

/// The current row that a save is about: none for a new record.
pub(crate) fn current<R: Kept>(tx: &mut Tx, on: &On<R::Id>) -> Outcome<Option<R>> {
    if on.seen == 0 {
        return Ok(None);
    }
    let row = R::one(tx, on.id)?;
    let gone = row.is_deleted() && on.origin == Origin::Here;
    if row.owner() != on.student || gone {
        Err(Failure::NotFound)
    } else {
        Ok(Some(row))
    }
}

/// Writes `row` after `old`, with audit and event; a contact or a restriction also ends or
/// opens what guardians see. Returns the new version; the old
/// one when nothing differs, so that saving a form unchanged leaves no trace.
pub(crate) fn write<R: Kept>(tx: &mut Tx, on: &On<R::Id>, old: Option<&R>, row: R) -> Outcome<i64> {
    let before: Option<Facts> = old.map(|row| row.facts(tx.sealer())).transpose()?;
    let changes = differences(before.as_ref(), &row.facts(tx.sealer())?, R::SEALED);
    if let Some(old) = old
        && changes.is_empty()
    {
        return unchanged(old, on.seen);
    }
    let removed = row.is_deleted();
    let saved = match old {
        None => {
            let mut row = row;
            row.set_reason(&on.reason);
            row.make(tx)?
        }
        Some(_) => row.follow(tx, on.seen, &on.reason)?,
    };
    let (verb, kind) = match old {
        _ if removed => ("remove", "removed"),
        None => ("add", "added"),
        Some(_) => ("change", "changed"),
    };
    if matches!(R::KIND, "contact" | "restriction" | "identity") {
        follow_family(tx, on.student)?;
    }
    let version = saved.version();
    let subject = Subject::new("student", on.student);
    let detail = Detail {
        record: on.id.to_string(),
        version,
        reason: &on.reason,
        origin: on.origin,
        changes,
    };
    tx.record(&format!("student.{}.{verb}", R::KIND), subject.clone(), &detail);
    if on.origin == Origin::Here && R::KIND != "identity" {
        tx.announce(topic_of(R::KIND), &subject, &Changed::new(&on.id, version, kind));
    }
    Ok(version)
}

fn unchanged<R: Kept>(row: &R, seen: i64) -> Outcome<i64> {
    if row.version() == seen {
        Ok(seen)
    } else {
        Err(Failure::stale(R::KIND, seen, row.version()))
    }
}

/// Saves a value as a new record or the next version of one, then makes the card anew.
pub(crate) fn put<R: Kept>(
    tx: &mut Tx,
    on: &On<R::Id>,
    value: &R::Value,
    findings: Findings,
) -> Outcome<Saved> {
    let findings = findings.or_refuse()?;
    let old: Option<R> = current(tx, on)?;
    let row = R::build(tx, on.id, on.student, value)?;
    let version = write(tx, on, old.as_ref(), row)?;
    search::refresh(tx, on.student)?;
    Ok(Saved { version, findings })
}

/// Removes a record: its last version says so and stays in the history.
pub(crate) fn remove<R: Kept + Clone>(tx: &mut Tx, on: &On<R::Id>) -> Outcome<Saved> {
    let old: R = current(tx, on)?.ok_or(Failure::NotFound)?;
    let mut row = old.clone();
    row.set_deleted();
    let version = write(tx, on, Some(&old), row)?;
    search::refresh(tx, on.student)?;
    Ok(Saved {
        version,
        findings: Findings::default(),
    })
}
