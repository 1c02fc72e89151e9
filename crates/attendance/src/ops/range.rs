//! One code for many students and days: shown first, and taken back whole.

use crate::facts::{self, School, Timetable};
use crate::model::{Entry, Mark, MarkRange, Meaning, RangeMade, RangePlan, RangeRow, Slot, Source};
use crate::rules::{self, Change};
use crate::store::{self, Wrote};
use access::Permit;
use access::action::ManageAttendance;
use db::{Reading, Subject, Tx};
use kernel::text::squeeze;
use kernel::{AttendanceRangeId, Date, Failure, Finding, Findings, Outcome, StudentId};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What an entry for many would do, slot by slot. A mark that somebody has
/// explained, or that says late, stays; an absence without an explanation is explained by it. A period in which a student
/// has no class is left out.
///
/// Refused by the rules `LP-0701` to `LP-0714` and `LP-0724`; not found outside the permit. Writes nothing.
pub fn plan_range(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    cmd: &MarkRange,
) -> Outcome<RangePlan> {
    planned(at, permit, cmd).map(|(plan, _)| plan)
}

fn planned(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    cmd: &MarkRange,
) -> Outcome<(RangePlan, Meaning)> {
    facts::covers(permit, cmd.school)?;
    let (first, last) = cmd.days;
    let school = School::read(at, permit, (cmd.school, first))?;
    let mut findings = rules::judge_range(cmd);
    let comment = squeeze(&cmd.comment);
    let said = (cmd.letter.as_str(), None, comment.as_str());
    findings.extend(rules::judge_saying(&school.codes, first, said, str::to_owned).0);
    for slot in &cmd.slots {
        findings.extend(rules::judge_slot(&school.setting, *slot, None).0);
    }
    let findings = findings.or_refuse()?;
    let days = open_days(&school, (first, last), findings)?;
    let meaning = school
        .codes
        .find(&cmd.letter, first)
        .map_or(Meaning::Unexplained, |code| code.meaning);
    let standing: BTreeMap<_, _> = store::of_days(at, cmd.school, (first, last))?
        .into_iter()
        .map(|mark| ((mark.on, mark.slot, mark.student), mark))
        .collect();
    let timetable = if cmd.slots.iter().all(|slot| slot.is_daily()) {
        None
    } else {
        Some(Timetable::read(at, cmd.school, first, &cmd.students)?)
    };
    let mut rows = Vec::new();
    for day in days {
        let taught = timetable.as_ref().and_then(|timetable| timetable.day(day));
        let there: BTreeSet<StudentId> = enrolment::placed_on(at, cmd.school, day)?
            .into_iter()
            .map(|(student, _)| student)
            .collect();
        for slot in &cmd.slots {
            for student in &cmd.students {
                if !there.contains(student) {
                    return Err(Failure::Invalid(Finding::refuse("LP-0703", "student").into()));
                }
                let before = standing.get(&(day, *slot, *student)).cloned();
                if let (Slot::Period(number), Some(timetable)) = (slot, &timetable) {
                    let classes = taught.as_ref().map(|taught| timetable.classes(*student, taught));
                    if classes.is_none_or(|classes| !classes.contains_key(number)) {
                        continue;
                    }
                }
                let is_open = before
                    .as_ref()
                    .is_none_or(|mark| matches!(mark.meaning, Meaning::Unexplained | Meaning::Present));
                let says_new = before.as_ref().is_none_or(|mark| mark.letter != cmd.letter);
                rows.push(RangeRow {
                    student: *student,
                    on: day,
                    slot: *slot,
                    before,
                    is_written: is_open && says_new,
                });
            }
        }
    }
    if rows.is_empty() {
        return Err(Failure::Invalid(Finding::refuse("LP-0724", "slot").into()));
    }
    Ok((RangePlan { rows }, meaning))
}

/// The days of instruction of a span that are open; refused when there is none, or one of them is closed.
fn open_days(school: &School, span: (Date, Date), mut findings: Findings) -> Outcome<Vec<Date>> {
    let days = school.days(span);
    if days.is_empty() {
        findings.push(Finding::refuse("LP-0713", "last_day"));
    }
    if let Some(closed) = days.first() {
        let judged = rules::judge_day(&school.facts(), *closed, false);
        findings.extend(judged.0.into_iter().map(|finding| Finding {
            field: "first_day".to_owned(),
            ..finding
        }));
    }
    findings.or_refuse()?;
    Ok(days)
}

/// Enters one code for many students and days. The same entry sent twice is one.
///
/// Refused as [`plan_range`] is. Writes: `attendance_mark`, `attendance_range`, audit.
pub fn enter_range(tx: &mut Tx, permit: &Permit<ManageAttendance>, cmd: &MarkRange) -> Outcome<RangeMade> {
    facts::covers(permit, cmd.school)?;
    match store::range(tx, cmd.id) {
        Ok(made) if made.school == cmd.school => return Ok(made),
        Ok(_) => return Err(Failure::NotFound),
        Err(Failure::NotFound) => {}
        Err(failure) => return Err(failure),
    }
    let (plan, meaning) = planned(tx, permit, cmd)?;
    let wrote = Wrote {
        source: Source::Office,
        reason: "",
        range: Some(cmd.id),
    };
    let written: Vec<&RangeRow> = plan.rows.iter().filter(|row| row.is_written).collect();
    for same_slot in written.chunk_by(|one, next| (one.on, one.slot) == (next.on, next.slot)) {
        let changes: Vec<Change> = same_slot
            .iter()
            .map(|row| Change {
                before: row.before.clone(),
                entry: Entry {
                    student: row.student,
                    letter: cmd.letter.clone(),
                    minutes: None,
                    comment: squeeze(&cmd.comment),
                    seen: row.before.as_ref().map_or(0, |mark| mark.known.version),
                },
                meaning,
            })
            .collect();
        store::replace(
            tx,
            (cmd.school, same_slot[0].on, same_slot[0].slot),
            &changes,
            &wrote,
        )?;
    }
    store::insert_range(tx, cmd, written.len())?;
    let detail = json!({
        "school_id": cmd.school, "first_day": cmd.days.0, "last_day": cmd.days.1, "letter": cmd.letter,
        "students": cmd.students, "marks": written.len(),
    });
    tx.record(
        "attendance.range",
        Subject::new("attendance_range", cmd.id),
        &detail,
    );
    store::range(tx, cmd.id)
}

/// Takes an entry for many back: each of its marks that nobody has changed
/// since says again what it said before, or present. Twice is once.
///
/// Not found outside the permit. Writes: `attendance_mark`, `attendance_range`, audit. Returns how many were taken back.
pub fn undo_range(tx: &mut Tx, permit: &Permit<ManageAttendance>, id: AttendanceRangeId) -> Outcome<usize> {
    let made = store::range(tx, id)?;
    facts::covers(permit, made.school)?;
    if !store::note_undone(tx, id)? {
        return Ok(0);
    }
    let school = School::read(tx, permit, (made.school, made.days.0))?;
    let marks = store::of_range(tx, made.school, made.days, id)?;
    restore(tx, &school, &marks, Source::Office)?;
    let detail = json!({ "school_id": made.school, "marks": marks.len() });
    tx.record(
        "attendance.range-undo",
        Subject::new("attendance_range", id),
        &detail,
    );
    Ok(marks.len())
}

/// Lets marks say again what they said before they were written, or present.
pub(super) fn restore(tx: &mut Tx, school: &School, marks: &[Mark], source: Source) -> Outcome<()> {
    let wrote = Wrote {
        source,
        reason: "undone",
        range: None,
    };
    for mark in marks {
        let earlier = store::history(tx, mark.student, mark.on)?;
        let before = earlier.into_iter().find(|one| {
            one.school == mark.school && one.slot == mark.slot && one.known.version == mark.known.version - 1
        });
        let present = school.codes.of(Meaning::Present, mark.on);
        let (letter, meaning) = match &before {
            Some(one) => (one.letter.clone(), one.meaning),
            None => (
                present.map_or("P".to_owned(), |code| code.letter.clone()),
                Meaning::Present,
            ),
        };
        let change = Change {
            before: Some(mark.clone()),
            entry: Entry {
                student: mark.student,
                letter,
                minutes: before.as_ref().and_then(|one| one.minutes),
                comment: before.as_ref().map(|one| one.comment.clone()).unwrap_or_default(),
                seen: mark.known.version,
            },
            meaning,
        };
        store::replace(tx, (mark.school, mark.on, mark.slot), &[change], &wrote)?;
    }
    Ok(())
}
