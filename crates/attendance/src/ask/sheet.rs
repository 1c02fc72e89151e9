//! One roll, as it is taken.

use crate::facts::{self, School};
use crate::model::{Mark, RollAt, Sheet, SheetLine};
use crate::{rules, store};
use access::Permit;
use access::action::TakeAttendance;
use db::Reading;
use kernel::{Date, Outcome, StudentId};
use std::collections::{BTreeMap, BTreeSet};

/// Earlier days beside a roll.
const EARLIER: usize = 5;
/// Days to look back for them: over the longest break.
const LOOK_BACK: i64 = 45;

/// A roll with its students, what stands, what stood on the five days of
/// instruction before, and whether it may be taken now. Not found outside the
/// permit, and when nobody stands in it.
pub fn sheet(at: &mut impl Reading, permit: &Permit<TakeAttendance>, roll: &RollAt) -> Outcome<Sheet> {
    facts::reaches(at, permit, roll)?;
    let school = School::read(at, permit, (roll.school, roll.on))?;
    let mut closed = rules::judge_day(&school.facts(), roll.on, true);
    closed.extend(rules::judge_slot(&school.setting, roll.slot, Some(&roll.group)).0);
    let students = facts::students(at, roll)?;
    let standing = store::of_slot(at, roll.school, roll.on, roll.slot)?;
    let mut days = school.days((roll.on.plus_days(-LOOK_BACK), roll.on.plus_days(-1)));
    days.drain(..days.len().saturating_sub(EARLIER));
    let before = earlier(at, roll, &days, &students)?;
    let taken = taken_on(at, roll, &days)?;
    let lines = students
        .iter()
        .map(|student| SheetLine {
            student: *student,
            mark: standing.get(student).cloned(),
            last: days
                .iter()
                .map(|day| before.get(&(*day, *student)).cloned())
                .collect(),
        })
        .collect();
    let sent = store::rolls_of(at, roll)?;
    Ok(Sheet {
        at: roll.clone(),
        roll: sent.into_iter().next().map(|(_, roll)| roll),
        codes: school.codes.clone(),
        setting: school.setting.clone(),
        closed,
        lines,
        last: days.iter().map(|day| (*day, taken.contains(day))).collect(),
    })
}

fn earlier(
    at: &mut impl Reading,
    roll: &RollAt,
    days: &[Date],
    students: &[StudentId],
) -> Outcome<BTreeMap<(Date, StudentId), Mark>> {
    if days.is_empty() {
        return Ok(BTreeMap::new());
    }
    let all = store::of_students_on(at, roll.school, (days, roll.slot), students)?;
    Ok(all
        .into_iter()
        .map(|mark| ((mark.on, mark.student), mark))
        .collect())
}

fn taken_on(at: &mut impl Reading, roll: &RollAt, days: &[Date]) -> Outcome<BTreeSet<Date>> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Ok(BTreeSet::new());
    };
    let all = store::rolls_on(at, roll.school, (*first, *last))?;
    let own = all
        .into_iter()
        .filter(|one| one.at.slot == roll.slot && one.at.group == roll.group);
    Ok(own.map(|one| one.at.on).collect())
}
