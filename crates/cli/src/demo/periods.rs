//! Rolls by period in the practice schools without a grade below 7: the largest takes them beside its daily rolls, the
//! others take no other. Who is absent is who is absent by the day; a few come to a later lesson, a few miss a single one.

use super::attendance::{IN_TODAY, Marked, drawn, low, mark, mixed};
use super::bells;
use super::organization::school_id;
use ::attendance::bulk::BulkRoll;
use ::attendance::{Group, Mode, Setting, Slot, default_codes};
use access::Permit;
use access::action::ManageAttendance;
use courses::ClassOn;
use db::Tx;
use kernel::{Date, Instant, Outcome, SchoolCode, SectionId, StudentId};
use practice::Division;
use practice::model::PracticeSchool;
use schools::SchoolDay;
use std::collections::{BTreeSet, HashSet};

/// Sets how the schools keep attendance; tells which of them take daily rolls.
pub(super) fn set_modes(
    tx: &mut Tx,
    permit: &Permit<ManageAttendance>,
    division: &Division,
) -> Outcome<HashSet<SchoolCode>> {
    let largest = division.schools.iter().max_by_key(|school| school.students());
    let largest = largest.map(|school| school.code);
    let mut daily = HashSet::new();
    for school in &division.schools {
        let mode = if !bells::is_secondary(school) {
            Mode::Daily
        } else if largest == Some(school.code) {
            Mode::Both
        } else {
            Mode::Period
        };
        if mode.has_daily() {
            daily.insert(school.code);
        }
        if mode != Mode::Daily {
            let setting = Setting {
                mode,
                ..Setting::unset(school_id(school.code))
            };
            ::attendance::set_up(tx, permit, &setting, &default_codes().0)?;
        }
    }
    Ok(daily)
}

/// The rolls of the sections of a school on these days, and those of today that are in by now. Those of the practice
/// teacher's homeroom are left to take today.
pub(super) fn rolls(
    tx: &mut Tx,
    school: &PracticeSchool,
    days: &[Date],
    (now, own): (Instant, Option<&(SchoolCode, String)>),
) -> Outcome<Vec<BulkRoll>> {
    let id = school_id(school.code);
    let own = own.filter(|(code, _)| *code == school.code);
    let own = own.map(|(_, homeroom)| format!("{homeroom}-"));
    let mut all = Vec::new();
    for on in days.iter().copied().chain([now.date()]) {
        let Some(day) = schools::school_day(tx, id, on)? else {
            continue;
        };
        let classes = courses::meets_on(tx, id, &day)?;
        let ids: Vec<SectionId> = classes.iter().map(|class| class.section.id).collect();
        let placed = enrolment::placed_on(tx, id, on)?;
        let there: BTreeSet<StudentId> = placed.into_iter().map(|(student, _)| student).collect();
        let rosters = courses::rosters(tx, &there, &ids, on)?;
        // A class without a teacher is taken by the first of the school.
        let first = classes.iter().find_map(|class| class.teachers.first().cloned());
        for class in &classes {
            let Some(students) = rosters.get(&class.section.id) else {
                continue;
            };
            let is_own = own
                .as_ref()
                .is_some_and(|own| class.section.number.starts_with(own));
            for number in &class.periods {
                let mut roll = roll(class, (&day, *number), students);
                if roll.taken_by.is_empty() {
                    roll.taken_by = first.clone().unwrap_or_default();
                }
                let is_in = roll.taken_at < now && chance(&roll, "in", 100) < IN_TODAY && !is_own;
                if on < now.date() || is_in {
                    all.push(roll);
                }
            }
        }
    }
    Ok(all)
}

fn chance(roll: &BulkRoll, what: &str, end: u64) -> u64 {
    drawn(&format!("{}/{}/{}/{what}", roll.group.key(), roll.on, roll.slot)) % end
}

fn roll(class: &ClassOn, (day, number): (&SchoolDay, u8), students: &BTreeSet<StudentId>) -> BulkRoll {
    let midnight = day.date.midnight().unwrap_or(Instant::from_micros(0));
    let begins = i64::from(day.begins(number).unwrap_or(0)) * 60;
    let mut roll = BulkRoll {
        school: class.section.school,
        on: day.date,
        slot: Slot::Period(number),
        group: Group::Section(class.section.id),
        students: students.len(),
        taken_at: midnight,
        taken_by: class.teachers.first().cloned().unwrap_or_default(),
        marks: students
            .iter()
            .filter_map(|student| said(*student, day.date, number))
            .collect(),
    };
    let after = 120 + i64::try_from(chance(&roll, "taken", 420)).unwrap_or(0);
    roll.taken_at = midnight.plus_seconds(begins + after);
    roll
}

/// What is said of a student in a block.
fn said(student: StudentId, on: Date, number: u8) -> Option<Marked> {
    let half = if number <= 2 {
        Slot::Morning
    } else {
        Slot::Afternoon
    };
    let here = mixed(low(student.uuid().as_u128()) ^ drawn(on.as_str()) ^ u64::from(number));
    match mark(student, on, half) {
        Some((_, "L", ..)) if number > 1 => None,
        Some((_, "L", minutes, note)) => Some((student, "L", minutes, note)),
        // One in twelve turns up for the second lesson of the half all the same.
        Some(_) if number.is_multiple_of(2) && here.is_multiple_of(12) => None,
        Some(absent) => Some(absent),
        None if here.is_multiple_of(160) => Some((student, "A", None, "")),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::said;
    use kernel::{Date, StudentId};

    #[test]
    fn a_block_lacks_a_few_in_a_hundred() {
        let on: Date = "2026-11-20".parse().expect("a date");
        let all: Vec<StudentId> = (0..5_000)
            .map(|one| StudentId::derived(&format!("s{one}")))
            .collect();
        for number in 1..=4 {
            let marks: Vec<_> = all.iter().filter_map(|one| said(*one, on, number)).collect();
            let late = marks.iter().filter(|one| one.1 == "L").count();
            assert!(
                (100..400).contains(&(marks.len() - late)),
                "{number}: {} marks",
                marks.len()
            );
            assert_eq!(late > 0, number == 1, "late is who comes to the first block");
        }
    }
}
