//! Many enrolments at once: imports, and the practice division.

use crate::model::{Enrol, Enrolment, State};
use crate::store::EnrolmentRow;
use crate::{ops, place};
use access::action::ManageEnrolment;
use access::{Action, Permit};
use db::schema::enrolment;
use db::{Known, Reading, Subject, Tx};
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
