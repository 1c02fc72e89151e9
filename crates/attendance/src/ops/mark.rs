//! Marks of the office, one at a time.

use crate::facts::{self, School, Timetable};
use crate::model::{Entry, Mark, Meaning, OfficeMark, Slot, Source};
use crate::ops::take::Said;
use crate::rules::{self, Change};
use crate::store::{self, Wrote};
use access::Permit;
use access::action::ManageAttendance;
use db::{Subject, Tx};
use kernel::text::squeeze;
use kernel::{Date, Failure, Finding, Findings, Outcome, SchoolId, StudentId};
use serde_json::json;

/// Says a mark of one student for the office: a correction keeps what was said before.
///
/// What stands already is not saved again. Refused by the rules `LP-0701` to
/// `LP-0711` and `LP-0724`; a conflict when another save came first; not found outside the
/// permit. Writes: `attendance_mark`, audit.
pub fn mark(
    tx: &mut Tx,
    permit: &Permit<ManageAttendance>,
    cmd: &OfficeMark,
    (source, reason): (Source, &str),
) -> Outcome<Mark> {
    facts::covers(permit, cmd.school)?;
    let school = School::read(tx, permit, (cmd.school, cmd.on))?;
    let comment = squeeze(&cmd.comment);
    let mut findings = rules::judge_day(&school.facts(), cmd.on, false);
    let standing = store::of_slot(tx, cmd.school, cmd.on, cmd.slot)?.remove(&cmd.student);
    // What stands may be corrected, whatever the school has taken up since.
    if standing.is_none() {
        findings.extend(rules::judge_slot(&school.setting, cmd.slot, None).0);
        findings.extend(in_class(tx, cmd)?.0);
    }
    let said = (cmd.letter.as_str(), cmd.minutes, comment.as_str());
    findings.extend(rules::judge_saying(&school.codes, cmd.on, said, str::to_owned).0);
    findings.extend(enrolled(tx, cmd.school, cmd.student, cmd.on)?.0);
    findings.or_refuse()?;
    if let Some(there) = standing
        .clone()
        .filter(|there| there.says(&cmd.letter, cmd.minutes, &comment))
    {
        return Ok(there);
    }
    let now = standing.as_ref().map_or(0, |there| there.known.version);
    if now != cmd.seen {
        return Err(Failure::stale("attendance_mark", cmd.seen, now));
    }
    let meaning = school
        .codes
        .find(&cmd.letter, cmd.on)
        .map_or(Meaning::Unexplained, |code| code.meaning);
    let change = Change {
        before: standing,
        entry: Entry {
            student: cmd.student,
            letter: cmd.letter.clone(),
            minutes: cmd.minutes,
            comment,
            seen: cmd.seen,
        },
        meaning,
    };
    let wrote = Wrote {
        source,
        reason,
        range: None,
    };
    write(tx, (cmd.school, cmd.on, cmd.slot), &change, &wrote)?;
    store::of_slot(tx, cmd.school, cmd.on, cmd.slot)?
        .remove(&cmd.student)
        .ok_or_else(|| Failure::Fault("attendance_mark: what was written is not there".to_owned()))
}

/// Writes one mark with its audit row.
pub(super) fn write(
    tx: &mut Tx,
    place: (SchoolId, Date, Slot),
    change: &Change,
    wrote: &Wrote<'_>,
) -> Outcome<()> {
    store::replace(tx, place, std::slice::from_ref(change), wrote)?;
    let detail = json!({
        "school_id": place.0, "on": place.1, "slot": place.2, "mark": Said::of(change), "source": wrote.source,
    });
    let subject = Subject::new("student", change.entry.student);
    tx.record("attendance.mark", subject, &detail);
    Ok(())
}

/// Is the student at the school on that day? A finding when not.
pub(super) fn enrolled(tx: &mut Tx, school: SchoolId, student: StudentId, on: Date) -> Outcome<Findings> {
    let is_there = enrolment::placed_on(tx, school, on)?
        .binary_search_by_key(&student, |(one, _)| *one)
        .is_ok();
    Ok(if is_there {
        Findings::default()
    } else {
        Finding::refuse("LP-0703", "student").into()
    })
}

/// Has the student a class in the period of the mark? A finding when not.
fn in_class(tx: &mut Tx, cmd: &OfficeMark) -> Outcome<Findings> {
    let Slot::Period(number) = cmd.slot else {
        return Ok(Findings::default());
    };
    let timetable = Timetable::read(tx, cmd.school, cmd.on, &[cmd.student])?;
    let day = timetable.day(cmd.on);
    let has_class = day.is_some_and(|day| timetable.classes(cmd.student, &day).contains_key(&number));
    Ok(if has_class {
        Findings::default()
    } else {
        Finding::refuse("LP-0724", "slot").into()
    })
}

/// Explains the absences of a student on a day: every mark of it that nobody
/// has explained takes the code, with the note; the others stay.
///
/// `seen` are the slots and versions that the page showed. Refused when the
/// code explains nothing (`LP-0715`), else as [`mark`] is; a conflict when
/// something else stands by now. Writes as [`mark`] does. Returns how many were explained.
pub fn explain(
    tx: &mut Tx,
    permit: &Permit<ManageAttendance>,
    cmd: &OfficeMark,
    seen: &[(Slot, i64)],
    source: Source,
) -> Outcome<usize> {
    facts::covers(permit, cmd.school)?;
    let school = School::read(tx, permit, (cmd.school, cmd.on))?;
    rules::judge_explanation(&school.codes, &cmd.letter, cmd.on).or_refuse()?;
    let mut explained = 0;
    for (slot, version) in seen {
        let one = OfficeMark {
            slot: *slot,
            seen: *version,
            ..cmd.clone()
        };
        mark(tx, permit, &one, (source, "explained"))?;
        explained += 1;
    }
    Ok(explained)
}
