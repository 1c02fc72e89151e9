//! Many enrolments at once: imports, and the practice division.

use crate::model::{Enrol, Enrolment, State};
use crate::store::EnrolmentRow;
use crate::{ops, place};
use access::action::ManageEnrolment;
use access::{Action, Permit};
use db::schema::enrolment;
use db::{Known, Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{EnrolmentId, Failure, Outcome, SchoolId, StudentId};
use people::Origin;
use serde::Serialize;
use std::collections::BTreeMap;

/// An enrolment of a bulk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkEnrol {
    /// The id it shall have; PASI's `RefId`.
    pub id: EnrolmentId,
    /// Who.
    pub student: StudentId,
    /// What.
    pub enrol: Enrol,
    /// Why, or from which file; may be empty.
    pub reason: String,
}

#[derive(Serialize)]
struct Detail {
    count: usize,
    by_school: BTreeMap<SchoolId, usize>,
}

/// Writes new enrolments in a few statements, and settles their students'
/// places. The caller has judged each of them ([`crate::rules::judge`]) and
/// made sure that its id is new; the rules are not asked again.
///
/// Fails as a conflict, with nothing written, when an id is taken; denied when
/// the permit does not cover one of the schools. Writes: `enrolment`, places,
/// one audit row that counts them by school. Announces `enrolment.changed` for
/// each when the origin is here. Returns how many.
pub fn insert_enrolments(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    origin: Origin,
    all: Vec<BulkEnrol>,
) -> Outcome<usize> {
    let mut by_school = BTreeMap::new();
    for one in &all {
        if !permit.covers_school(one.enrol.school) {
            return Err(Failure::Denied(ManageEnrolment::NAME));
        }
        *by_school.entry(one.enrol.school).or_insert(0) += 1;
    }
    let mut students: Vec<StudentId> = all.iter().map(|one| one.student).collect();
    students.sort_unstable();
    students.dedup();
    let count = all.len();
    let mut rows = Vec::with_capacity(count);
    for one in all {
        let said = said(tx, one);
        let mut row = EnrolmentRow::of_enrolment(&said);
        row.stamp(tx, 1);
        ops::announce(tx, &said, origin);
        rows.push(row);
    }
    db::insert_many!(tx.conn(), enrolment::table, rows)?;
    place::settle_all(tx, &students)?;
    if count > 0 {
        let subject = Subject::new("division", tx.division());
        tx.record("enrolment.bulk", subject, &Detail { count, by_school });
    }
    Ok(count)
}

fn said(tx: &Tx, one: BulkEnrol) -> Enrolment {
    Enrolment {
        id: one.id,
        student: one.student,
        school: one.enrol.school,
        year: one.enrol.year,
        grade: one.enrol.grade,
        homeroom: kernel::text::squeeze(&one.enrol.homeroom),
        start: one.enrol.start,
        state: State::live(one.enrol.exit),
        coding: one.enrol.coding.tidy(),
        known: Known::first(tx.actor(), tx.now(), &one.reason),
    }
}

/// Takes an enrolment back that was made in error and that nobody has seen:
/// its only version is the first, and nobody was told of it. Deletes it; the
/// audit keeps that (`enrolment.take-back`). False, with nothing written, when
/// somebody changed it or was told. Denied at another's school.
///
/// The student's place is not settled: the caller takes the student back too.
pub fn take_back(
    tx: &mut Tx,
    permit: &Permit<ManageEnrolment>,
    id: EnrolmentId,
    reason: &str,
) -> Outcome<bool> {
    let before = crate::store::enrolment(tx, id)?;
    if !permit.covers_school(before.school) {
        return Err(Failure::Denied(ManageEnrolment::NAME));
    }
    let subject = Subject::new("enrolment", id);
    if before.known.version != 1 || !db::forget_outbox(tx, &subject)? {
        return Ok(false);
    }
    let division = tx.division();
    diesel::delete(enrolment::table.filter(enrolment::division_id.eq(division).and(enrolment::id.eq(id))))
        .execute(tx.conn())?;
    let detail =
        serde_json::json!({ "student_id": before.student, "school_id": before.school, "reason": reason });
    tx.record("enrolment.take-back", subject, &detail);
    Ok(true)
}
