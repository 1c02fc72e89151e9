//! The rolls of sections on a day.

use super::board::Day;
use crate::model::{BoardLine, Group, RollAt, Slot};
use access::action::TakeAttendance;
use access::{Permit, Scope};
use courses::Section;
use db::Reading;
use kernel::{Date, Outcome, SchoolId, SectionId, StudentId};
use std::collections::BTreeSet;

/// A line for each section and period that meets: the office's of the school, a teacher's own.
pub(super) fn lines(
    at: &mut impl Reading,
    permit: &Permit<TakeAttendance>,
    (school, on): (SchoolId, Date),
    (seen, there): (&Day, &BTreeSet<StudentId>),
) -> Outcome<Vec<BoardLine>> {
    let Some(day) = schools::school_day(at, school, on)? else {
        return Ok(Vec::new());
    };
    let (classes, is_own) = match permit.scope() {
        Scope::Tied(account, _) => (courses::meets_of(at, *account, school, &day)?, true),
        _ => (courses::meets_on(at, school, &day)?, false),
    };
    let ids: Vec<SectionId> = classes.iter().map(|class| class.section.id).collect();
    let rosters = courses::rosters(at, there, &ids, on)?;
    let mut lines = Vec::new();
    for class in &classes {
        // Nobody sits in it: there is no roll to take.
        let Some(students) = rosters.get(&class.section.id) else {
            continue;
        };
        for number in &class.periods {
            let roll = RollAt {
                school,
                on,
                slot: Slot::Period(*number),
                group: Group::Section(class.section.id),
            };
            lines.push(BoardLine {
                name: format!("{} · {}", class.section.number, class.title),
                period: day
                    .period(*number)
                    .map(|one| one.name.clone())
                    .unwrap_or_default(),
                begins: day.begins(*number).map_or(0, i32::from),
                teachers: if is_own {
                    Vec::new()
                } else {
                    class.teachers.clone()
                },
                ..seen.line(roll, students)
            });
        }
    }
    Ok(lines)
}

/// How many rolls of these sections of a school are due today by a minute and not taken.
pub(super) fn missing<'a>(
    at: &mut impl Reading,
    (school, minute): (SchoolId, i32),
    sections: impl Iterator<Item = &'a Section>,
    is_taken: &impl Fn(&Group, Slot) -> bool,
) -> Outcome<usize> {
    let today = at.today();
    let Some(day) = schools::school_day(at, school, today)? else {
        return Ok(0);
    };
    let mut missing = 0;
    for section in sections {
        let group = Group::Section(section.id);
        let due = courses::rules::periods_on(section, &day)
            .into_iter()
            .filter(|number| day.begins(*number).map_or(0, i32::from) <= minute)
            .filter(|number| !is_taken(&group, Slot::Period(*number)))
            .count();
        if due > 0 && !courses::roster(at, section.id, today)?.is_empty() {
            missing += due;
        }
    }
    Ok(missing)
}
