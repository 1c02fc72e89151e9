//! What changes by itself when a day begins.

use crate::{place, store};
use access::Permit;
use access::action::ManageEnrolment;
use db::{Reading, Subject, Tx};
use kernel::{Date, Outcome};
use std::collections::BTreeMap;

/// Settles the place of every student whose enrolment began, ended or ran out
/// with its school year after `since`; for the job of each morning, and again
/// after days in which it did not run. After a clock that ran ahead was set
/// back, `since` lies after today, and the days between are taken back.
/// Returns how many students.
///
/// Writes: places, one audit row.
pub fn turn_day(tx: &mut Tx, _permit: &Permit<ManageEnrolment>, since: Date) -> Outcome<usize> {
    let today = tx.today();
    let students = store::turned(tx, since.min(today), since.max(today))?;
    place::settle_all(tx, &students)?;
    if !students.is_empty() {
        tx.record(
            "enrolment.turn-day",
            Subject::new("day", today),
            &BTreeMap::from([("students", students.len())]),
        );
    }
    Ok(students.len())
}
