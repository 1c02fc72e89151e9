//! One roll, as it is taken.

use crate::facts::{self, School, Sitting};
use crate::model::{ClassName, Group, Mark, Meaning, RollAt, Sheet, SheetLine, Slot};
use crate::{rules, store};
use access::Permit;
use access::action::TakeAttendance;
use db::Reading;
use kernel::{Date, Findings, Outcome, SectionId, StudentId};
use std::collections::{BTreeMap, BTreeSet};

/// Earlier classes beside a roll.
const EARLIER: usize = 5;
/// Days to look back for them: over the longest break.
const LOOK_BACK: i64 = 45;

/// A roll with its students, what stands, what stood in the five classes
/// before, and whether it may be taken now. Not found outside the permit, and
/// when nobody stands in it.
pub fn sheet(at: &mut impl Reading, permit: &Permit<TakeAttendance>, roll: &RollAt) -> Outcome<Sheet> {
    let sitting = facts::sitting(at, roll)?;
    facts::reaches(at, permit, roll, sitting.as_ref())?;
    let school = School::read(at, permit, (roll.school, roll.on))?;
    let closed = judge(&school, roll, sitting.as_ref());
    let students = facts::students(at, roll)?;
    let standing = store::of_slot(at, roll.school, roll.on, roll.slot)?;
    let classes = match &sitting {
        Some(sitting) => before(sitting, roll),
        None => days_before(&school, roll),
    };
    let marks = earlier(at, roll, &classes, &students)?;
    let taken = taken_in(at, roll, &classes)?;
    let said = match &sitting {
        Some(sitting) => said_today(at, roll, sitting, &school, &students)?,
        None => BTreeMap::new(),
    };
    let present = school.codes.of(Meaning::Present, roll.on);
    let lines = students.iter().map(|student| {
        let last: Vec<Option<Mark>> = classes
            .iter()
            .map(|(day, slot)| marks.get(&(*day, *slot, *student)).cloned())
            .collect();
        let was_taken = classes.last().is_some_and(|class| taken.contains(class));
        let before = match last.last() {
            Some(Some(mark)) => Some(mark.letter.clone()),
            _ if was_taken => present.map(|code| code.letter.clone()),
            _ => None,
        };
        SheetLine {
            student: *student,
            mark: standing.get(student).cloned(),
            same: said.get(student).cloned().or(before),
            last,
        }
    });
    let lines = lines.collect();
    let sent = store::rolls_of(at, roll)?;
    Ok(Sheet {
        at: roll.clone(),
        roll: sent.into_iter().next().map(|(_, roll)| roll),
        codes: school.codes.clone(),
        setting: school.setting.clone(),
        closed,
        lines,
        last: classes
            .iter()
            .map(|class| (class.0, class.1, taken.contains(class)))
            .collect(),
        class: match &sitting {
            Some(sitting) => Some(named(at, roll, sitting)?),
            None => None,
        },
    })
}

/// Whether a roll may be taken by who asks.
pub(crate) fn judge(school: &School, roll: &RollAt, sitting: Option<&Sitting>) -> Findings {
    let mut findings = rules::judge_day(&school.facts(), roll.on, true);
    let of_slot = rules::judge_slot(&school.setting, roll.slot, Some(&roll.group));
    let is_taken_there = of_slot.is_empty();
    findings.extend(of_slot.0);
    // On a day that nobody is taught no section meets either.
    if let Some(sitting) = sitting.filter(|sitting| is_taken_there && sitting.day.is_some()) {
        findings.extend(rules::judge_meeting(&sitting.section, sitting.day.as_ref(), roll.slot).0);
    }
    findings
}

fn named(at: &mut impl Reading, roll: &RollAt, sitting: &Sitting) -> Outcome<ClassName> {
    let period = match (roll.slot, &sitting.day) {
        (Slot::Period(number), Some(day)) => day.period(number).cloned(),
        _ => None,
    };
    Ok(ClassName {
        number: sitting.section.number.clone(),
        title: courses::title_of(at, &sitting.section)?,
        minutes: period.as_ref().map(|period| (period.starts, period.ends)),
        period: period.map(|period| period.name).unwrap_or_default(),
    })
}

/// The days of instruction before, in the same half.
fn days_before(school: &School, roll: &RollAt) -> Vec<(Date, Slot)> {
    let mut days = school.days((roll.on.plus_days(-LOOK_BACK), roll.on.plus_days(-1)));
    days.drain(..days.len().saturating_sub(EARLIER));
    days.into_iter().map(|day| (day, roll.slot)).collect()
}

/// The classes of a section before.
fn before(sitting: &Sitting, roll: &RollAt) -> Vec<(Date, Slot)> {
    let (Some(year), Slot::Period(own)) = (&sitting.year, roll.slot) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for back in 0..LOOK_BACK {
        let Some(day) = schools::rules::teaching::school_day(year, roll.on.plus_days(-back)) else {
            continue;
        };
        let mut periods = courses::rules::periods_on(&sitting.section, &day);
        if back == 0 {
            let here = periods.iter().position(|number| *number == own);
            periods.truncate(here.unwrap_or(0));
        }
        let on_day = periods.into_iter().rev();
        found.extend(on_day.map(|number| (day.date, Slot::Period(number))));
        if found.len() >= EARLIER {
            break;
        }
    }
    found.truncate(EARLIER);
    found.reverse();
    found
}

/// What was said last of each student in the periods before on the same day, whatever class it was.
fn said_today(
    at: &mut impl Reading,
    roll: &RollAt,
    sitting: &Sitting,
    school: &School,
    students: &[StudentId],
) -> Outcome<BTreeMap<StudentId, String>> {
    let (Some(day), Slot::Period(own)) = (&sitting.day, roll.slot) else {
        return Ok(BTreeMap::new());
    };
    let order = |number: u8| (day.begins(number), number);
    let timetable = facts::Timetable::read(at, roll.school, roll.on, students)?;
    let marks = store::of_days(at, roll.school, (roll.on, roll.on))?;
    let rolls = store::rolls_on(at, roll.school, (roll.on, roll.on))?;
    let present = school.codes.of(Meaning::Present, roll.on);
    let said = |student: StudentId, number: u8, section: SectionId| {
        let slot = Slot::Period(number);
        let mark = marks
            .iter()
            .find(|mark| mark.slot == slot && mark.student == student);
        let group = Group::Section(section);
        let is_taken = || {
            rolls
                .iter()
                .any(|one| one.at.slot == slot && one.at.group == group)
        };
        match mark {
            Some(mark) => Some(mark.letter.clone()),
            None if is_taken() => present.map(|code| code.letter.clone()),
            None => None,
        }
    };
    let mut all = BTreeMap::new();
    for student in students {
        let mut classes: Vec<(u8, SectionId)> = timetable.classes(*student, day).into_iter().collect();
        classes.retain(|(number, _)| order(*number) < order(own));
        classes.sort_by_key(|(number, _)| std::cmp::Reverse(order(*number)));
        let last = classes
            .into_iter()
            .find_map(|(number, section)| said(*student, number, section));
        all.extend(last.map(|letter| (*student, letter)));
    }
    Ok(all)
}

type Class = (Date, Slot, StudentId);

fn earlier(
    at: &mut impl Reading,
    roll: &RollAt,
    classes: &[(Date, Slot)],
    students: &[StudentId],
) -> Outcome<BTreeMap<Class, Mark>> {
    let mut by_slot: BTreeMap<Slot, Vec<Date>> = BTreeMap::new();
    for (day, slot) in classes {
        by_slot.entry(*slot).or_default().push(*day);
    }
    let mut all = BTreeMap::new();
    for (slot, days) in by_slot {
        let marks = store::of_students_on(at, roll.school, (&days, slot), students)?;
        all.extend(
            marks
                .into_iter()
                .map(|mark| ((mark.on, slot, mark.student), mark)),
        );
    }
    Ok(all)
}

fn taken_in(
    at: &mut impl Reading,
    roll: &RollAt,
    classes: &[(Date, Slot)],
) -> Outcome<BTreeSet<(Date, Slot)>> {
    let (Some((first, _)), Some((last, _))) = (classes.first(), classes.last()) else {
        return Ok(BTreeSet::new());
    };
    store::taken_of(at, roll.school, &roll.group, (*first, *last))
}
