//! Calls about an absence, and who passes the desk.

use crate::facts::{self, School, Timetable};
use crate::model::{Entry, Group, Meaning, NewCall, NewDeskEntry, Slot, Source};
use crate::ops::mark;
use crate::rules::{self, Change, Passing};
use crate::store::{self, Wrote};
use access::Permit;
use access::action::ManageAttendance;
use db::{Reading, Subject, Tx};
use kernel::Outcome;
use kernel::text::squeeze;
use serde_json::json;

/// Notes a call about an absence; the same form twice is one call.
///
/// Refused by the rules `LP-0703`, `LP-0709` and `LP-0717`; not found outside
/// the permit. Writes: `attendance_call`, audit.
pub fn note_call(tx: &mut Tx, permit: &Permit<ManageAttendance>, new: &NewCall) -> Outcome<()> {
    facts::covers(permit, new.school)?;
    let tidy = NewCall {
        spoke_with: squeeze(&new.spoke_with),
        note: squeeze(&new.note),
        ..new.clone()
    };
    let mut findings = rules::judge_call(&tidy.spoke_with, &tidy.note);
    findings.extend(mark::enrolled(tx, new.school, new.student, new.on)?.0);
    findings.or_refuse()?;
    if store::insert_call(tx, &tidy)? {
        let detail = json!({ "school_id": new.school, "on": new.on, "outcome": new.outcome });
        tx.record("attendance.call", Subject::new("student", new.student), &detail);
    }
    Ok(())
}

/// Notes that a student came late or left early today; with a code, the half of
/// the day and the periods that it touches ([`rules::touched`]) are marked too, as the
/// school keeps attendance, unless they say late or absent with leave already.
///
/// The same form twice is one line. Refused by the rules `LP-0701` to
/// `LP-0711` and `LP-0716`; not found outside the permit. Writes:
/// `attendance_desk`, `attendance_mark`, audit.
pub fn pass_desk(tx: &mut Tx, permit: &Permit<ManageAttendance>, new: &NewDeskEntry) -> Outcome<()> {
    facts::covers(permit, new.school)?;
    let today = tx.today();
    let school = School::read(tx, permit, (new.school, today))?;
    let time = tx.now().local().time();
    let now = i32::from(time.hour()) * 60 + i32::from(time.minute());
    let tidy = NewDeskEntry {
        reason: squeeze(&new.reason),
        ..new.clone()
    };
    let mut findings = rules::judge_day(&school.facts(), today, false);
    findings.extend(rules::judge_time(new.minute, now).0);
    findings.extend(mark::enrolled(tx, new.school, new.student, today)?.0);
    let letter = if new.letter.is_empty() { "P" } else { &new.letter };
    let said = (letter, None, tidy.reason.as_str());
    findings.extend(
        rules::judge_saying(&school.codes, today, said, |part| match part {
            "comment" => "reason".to_owned(),
            part => part.to_owned(),
        })
        .0,
    );
    findings.or_refuse()?;
    if !store::insert_desk(tx, &tidy)? {
        return Ok(());
    }
    let detail = json!({ "school_id": new.school, "direction": new.direction, "minute": new.minute });
    tx.record("attendance.desk", Subject::new("student", new.student), &detail);
    if new.letter.is_empty() {
        Ok(())
    } else {
        marked(tx, &school, &tidy)
    }
}

fn marked(tx: &mut Tx, school: &School, new: &NewDeskEntry) -> Outcome<()> {
    let today = tx.today();
    let Some(meaning) = school.codes.find(&new.letter, today).map(|code| code.meaning) else {
        return Ok(());
    };
    let mut slots = Vec::new();
    if school.setting.mode.has_daily() {
        slots.push((rules::slot_at(new.minute), None));
    }
    if school.setting.mode.has_periods() {
        slots.extend(periods(tx, new, meaning)?);
    }
    let wrote = Wrote {
        source: Source::Office,
        reason: "desk",
        range: None,
    };
    for (slot, minutes) in slots {
        let before = store::of_slot(tx, new.school, today, slot)?.remove(&new.student);
        let stays = before.as_ref().is_some_and(|mark| {
            mark.letter == new.letter || !matches!(mark.meaning, Meaning::Present | Meaning::Unexplained)
        });
        if stays {
            continue;
        }
        let change = Change {
            entry: Entry {
                student: new.student,
                letter: new.letter.clone(),
                minutes,
                comment: new.reason.clone(),
                seen: before.as_ref().map_or(0, |mark| mark.known.version),
            },
            before,
            meaning,
        };
        mark::write(tx, (new.school, today, slot), &change, &wrote)?;
    }
    Ok(())
}

/// The student's periods of today that the time at the desk touches.
fn periods(tx: &mut Tx, new: &NewDeskEntry, meaning: Meaning) -> Outcome<Vec<(Slot, Option<i32>)>> {
    let today = tx.today();
    let timetable = Timetable::read(tx, new.school, today, &[new.student])?;
    let Some(day) = timetable.day(today) else {
        return Ok(Vec::new());
    };
    let rolls = store::rolls_on(tx, new.school, (today, today))?;
    let marks = store::of_days(tx, new.school, (today, today))?;
    let passing = |(number, section)| {
        let period = day.period(number)?;
        let (slot, group) = (Slot::Period(number), Group::Section(section));
        let is_taken = rolls
            .iter()
            .any(|roll| roll.at.slot == slot && roll.at.group == group);
        let mut own = marks.iter().filter(|mark| mark.student == new.student);
        let mark = own.find(|mark| mark.slot == slot);
        Some(Passing {
            number,
            minutes: (period.starts, period.ends),
            was_there: is_taken && mark.is_none_or(|mark| mark.meaning == Meaning::Present),
        })
    };
    let classes = timetable.classes(new.student, &day).into_iter();
    let all: Vec<Passing> = classes.filter_map(passing).collect();
    let touched = rules::touched((new.direction, new.minute), meaning, &all);
    Ok(touched
        .into_iter()
        .map(|(number, late)| (Slot::Period(number), late))
        .collect())
}
