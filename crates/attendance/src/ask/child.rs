//! One child: the day as a family sees it, and what was told ahead.

use crate::facts::{School, Timetable};
use crate::model::{ChildDay, ChildSlot, Mark, Report, Slot};
use crate::ops::taken;
use crate::{facts, store};
use access::Permit;
use access::action::{ManageAttendance, ViewAttendance};
use db::Reading;
use kernel::{Date, Failure, Outcome, SchoolId, StudentId};
use std::collections::{BTreeMap, BTreeSet};

/// A day of a student at a school, who stands in `homeroom` there. Not found when the permit does not cover the student.
pub fn child_day(
    at: &mut impl Reading,
    permit: &Permit<ViewAttendance>,
    (student, school, homeroom): (StudentId, SchoolId, &str),
    on: Date,
) -> Outcome<ChildDay> {
    if !permit.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    let known = School::read(at, permit, (school, on))?;
    let is_taught = !known.days((on, on)).is_empty();
    if !is_taught {
        return Ok(ChildDay {
            school,
            is_taught,
            slots: Vec::new(),
        });
    }
    let timetable = Timetable::read(at, school, on, &[student])?;
    let own = Own {
        marks: store::marks_of(at, student, (on, on))?
            .into_iter()
            .filter(|mark| mark.school == school)
            .map(|mark| (mark.slot, mark))
            .collect(),
        taken: taken(at, (school, on), (student, homeroom), &timetable)?,
    };
    let mut slots: Vec<ChildSlot> = Vec::new();
    if known.setting.mode.has_daily() {
        slots.extend(Slot::DAILY.map(|slot| own.slot(slot, true)));
    }
    slots.extend(classes(
        at,
        student,
        (on, &timetable),
        (&own, known.setting.mode.has_periods()),
    )?);
    Ok(ChildDay {
        school,
        is_taught,
        slots,
    })
}

/// What is recorded of a student on a day.
struct Own {
    marks: BTreeMap<Slot, Mark>,
    taken: BTreeSet<Slot>,
}

impl Own {
    fn slot(&self, slot: Slot, is_rolled: bool) -> ChildSlot {
        ChildSlot {
            slot,
            period: String::new(),
            minutes: None,
            title: String::new(),
            is_rolled,
            mark: self.marks.get(&slot).cloned(),
            is_taken: self.taken.contains(&slot),
        }
    }
}

/// The classes of a day, the earliest first.
fn classes(
    at: &mut impl Reading,
    student: StudentId,
    (on, timetable): (Date, &Timetable),
    (own, is_rolled): (&Own, bool),
) -> Outcome<Vec<ChildSlot>> {
    let Some(day) = timetable.day(on) else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for (number, section) in timetable.classes(student, &day) {
        let section = courses::section_known(at, section)?;
        let period = day.period(number);
        all.push(ChildSlot {
            period: period.map(|one| one.name.clone()).unwrap_or_default(),
            minutes: period.map(|one| (one.starts, one.ends)),
            title: courses::title_of(at, &section)?,
            ..own.slot(Slot::Period(number), is_rolled)
        });
    }
    all.sort_by_key(|one| (one.minutes.map_or(u16::MAX, |(starts, _)| starts), one.slot));
    Ok(all)
}

/// What was told ahead of a student's days from today on, the earliest first. A note is shown to its author alone. Not
/// found when the permit does not cover the student.
pub fn reports_about(
    at: &mut impl Reading,
    permit: &Permit<ViewAttendance>,
    student: StudentId,
) -> Outcome<Vec<Report>> {
    if !permit.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    let today = at.today();
    let mut all = store::reports_about(at, student, today)?;
    for report in &mut all {
        if Some(report.account) != permit.actor().account {
            report.note.clear();
        }
    }
    Ok(all)
}

/// What families told a school of a day and of days after it, the earliest first. Not found outside the permit.
pub fn reports_to(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    school: SchoolId,
    from: Date,
) -> Outcome<Vec<Report>> {
    facts::covers(permit, school)?;
    store::reports_to(at, school, from)
}
