//! What the office works with.

use crate::facts;
use crate::model::{Codes, DeskEntry, Meaning, RangeMade, Setting, Unexplained};
use crate::store;
use access::action::ManageAttendance;
use access::{Action, Permit};
use db::Reading;
use kernel::{Date, Outcome, SchoolId, StudentId};
use std::collections::BTreeMap;

/// Entries for many that are listed.
const LISTED: i64 = 20;

/// The absences of a day that nobody has explained, by student, with the calls
/// about them. Not found outside the permit.
pub fn unexplained(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    school: SchoolId,
    on: Date,
) -> Outcome<Vec<Unexplained>> {
    facts::covers(permit, school)?;
    let mut found: BTreeMap<StudentId, Unexplained> = BTreeMap::new();
    for mark in store::of_days(at, school, (on, on))? {
        if mark.meaning != Meaning::Unexplained {
            continue;
        }
        let line = found.entry(mark.student).or_insert_with(|| Unexplained {
            student: mark.student,
            marks: Vec::new(),
            calls: Vec::new(),
            emails: Vec::new(),
        });
        line.marks.push(mark);
    }
    for call in store::calls_on(at, school, on)? {
        if let Some(line) = found.get_mut(&call.call.student) {
            line.calls.push(call);
        }
    }
    for asked in crate::ops::asked_home(at, school, on)? {
        if let Some(line) = found.get_mut(&asked.student) {
            line.emails.push(asked);
        }
    }
    for line in found.values_mut() {
        line.marks.sort_by_key(|mark| mark.slot);
    }
    Ok(found.into_values().collect())
}

/// Who passed the desk of a school on a day, latest first. Not found outside the permit.
pub fn desk(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    school: SchoolId,
    on: Date,
) -> Outcome<Vec<DeskEntry>> {
    facts::covers(permit, school)?;
    store::desk_on(at, school, on)
}

/// The last entries for many of a school, latest first. Not found outside the permit.
pub fn ranges(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    school: SchoolId,
) -> Outcome<Vec<RangeMade>> {
    facts::covers(permit, school)?;
    store::ranges(at, school, LISTED)
}

/// The codes of a school, of all times. What they are called is no secret of anybody's.
pub fn codes_of<A: Action>(at: &mut impl Reading, _permit: &Permit<A>, school: SchoolId) -> Outcome<Codes> {
    store::codes(at, school)
}

/// How a school keeps attendance. Not found outside the permit.
pub fn setting_of(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    school: SchoolId,
) -> Outcome<Setting> {
    facts::covers(permit, school)?;
    store::setting(at, school)
}
