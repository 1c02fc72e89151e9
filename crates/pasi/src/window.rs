//! The four school years that are synchronized move on January 1. Of the year
//! that is left nobody tells us any more: its copies would age unseen and are
//! let go; our own records of it stay as they are.

use crate::queue::IN_FLIGHT;
use crate::{Connector, difference};
use db::schema::{pasi_cursor, pasi_item, pasi_mirror};
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{Outcome, StudentId};
use pasi_wire::window::Topic;
use std::collections::BTreeSet;

/// The number of the first school year that is listened for.
fn first_year(topics: &[Topic]) -> i32 {
    let years = topics.iter().filter_map(|topic| topic.year);
    years.map(kernel::SchoolYear::number).min().unwrap_or(0)
}

/// Topics that were read and are of a year before the first.
fn left(at: &mut impl Reading, first: i32) -> Outcome<Vec<String>> {
    let division = at.division();
    let mut known: Vec<String> = pasi_cursor::table
        .filter(pasi_cursor::division_id.eq(division))
        .select(pasi_cursor::notification)
        .load(at.conn())?;
    known.retain(|name| {
        let topic: Option<Topic> = name.parse().ok();
        let year = topic.and_then(|topic| topic.year);
        year.is_some_and(|year| year.number() < first)
    });
    Ok(known)
}

/// Lets the copies of years before the first go, with how far those were read,
/// and compares their students anew. The copy of a record of which something
/// of ours is on its way, or waits for a person, stays until that is settled.
/// Writes: `pasi_mirror`, `pasi_cursor`, `pasi_difference`, audit.
fn leave(tx: &mut Tx, first: i32) -> Outcome<()> {
    let division = tx.division();
    let open: Vec<Vec<u8>> = pasi_item::table
        .filter(pasi_item::division_id.eq(division))
        .filter(
            pasi_item::state
                .eq_any(IN_FLIGHT)
                .or(pasi_item::state.eq_any(UNDECIDED)),
        )
        .filter(pasi_item::record_kind.eq_any(["enrolment", "section", "course-enrolment"]))
        .select(pasi_item::record_id)
        .load(tx.conn())?;
    let open: BTreeSet<String> = open
        .iter()
        .filter_map(|id| uuid::Uuid::from_slice(id).ok())
        .map(|id| id.to_string())
        .collect();
    let copies: Vec<(String, String, Option<StudentId>)> = pasi_mirror::table
        .filter(pasi_mirror::division_id.eq(division))
        .filter(
            pasi_mirror::school_year
                .gt(0)
                .and(pasi_mirror::school_year.lt(first)),
        )
        .select((
            pasi_mirror::record_kind,
            pasi_mirror::record_key,
            pasi_mirror::student_id,
        ))
        .load(tx.conn())?;
    let mut students = BTreeSet::new();
    let mut gone = 0;
    for (kind, key, student) in copies.into_iter().filter(|(_, key, _)| !open.contains(key)) {
        gone += diesel::delete(pasi_mirror::table.find((division, &kind, &key))).execute(tx.conn())?;
        students.extend(student);
    }
    for topic in left(tx, first)? {
        diesel::delete(pasi_cursor::table.find((division, topic))).execute(tx.conn())?;
    }
    for student in students {
        if difference::count(tx, student)? > 0 {
            difference::judge(tx, student)?;
        }
    }
    if gone > 0 {
        tx.record("pasi.leave-year", Subject::new("school_year", first - 1), &gone);
    }
    Ok(())
}

/// States in which a person decides with PASI's copy beside ours.
const UNDECIDED: [crate::ItemState; 2] = [crate::ItemState::Rejected, crate::ItemState::Conflict];

impl Connector {
    /// Leaves the years that are not listened for any more.
    pub(crate) async fn leave_years(&self, topics: &[Topic]) -> Outcome<()> {
        let first = first_year(topics);
        let is_over = self
            .store
            .read(self.division, move |at| Ok(!left(at, first)?.is_empty()))
            .await?;
        if is_over {
            self.write_apply(move |tx| leave(tx, first)).await?;
        }
        Ok(())
    }
}
