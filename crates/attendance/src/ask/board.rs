//! The rolls of a day: a teacher's own, and those of a whole school.

use crate::facts;
use crate::model::{Board, BoardLine, Group, Mark, Meaning, Roll, RollAt, Slot};
use crate::rules;
use crate::store;
use access::action::TakeAttendance;
use access::{Permit, Scope, ties};
use db::Reading;
use kernel::{Date, Outcome, SchoolId, SchoolYear, StudentId};
use std::collections::{BTreeMap, BTreeSet};

/// The rolls of a day at a school, as far as the permit reaches: the office
/// sees every homeroom with its teachers, a teacher those tied to the account
/// on that day. Without lines on a day without instruction. Not found when the
/// permit does not reach the school; a teacher's may reach no homeroom of it.
pub fn board(
    at: &mut impl Reading,
    permit: &Permit<TakeAttendance>,
    school: SchoolId,
    on: Date,
) -> Outcome<Board> {
    let own = own_homerooms(at, permit, on)?;
    if own.is_none() {
        facts::covers(permit, school)?;
    }
    if !is_taught(at, school, on)? {
        return Ok(Board::default());
    }
    let own = own.map(|all| {
        let here = all.into_iter().filter(|(place, _)| *place == school);
        here.map(|(_, homeroom)| homeroom).collect::<BTreeSet<String>>()
    });
    let placed = placed(at, school, on, own.as_ref())?;
    let mut day = Day {
        rolls: store::rolls_on(at, school, (on, on))?,
        marks: store::of_days(at, school, (on, on))?,
        teachers: if own.is_none() {
            ties::teachers_at(at, school)?
        } else {
            Vec::new()
        },
    };
    day.marks.retain(|mark| mark.meaning != Meaning::Present);
    let mut lines = Vec::new();
    for (homeroom, students) in &placed {
        for slot in Slot::DAILY {
            let roll = RollAt {
                school,
                on,
                slot,
                group: Group::Homeroom(homeroom.clone()),
            };
            lines.push(day.line(roll, homeroom, students));
        }
    }
    Ok(Board {
        is_instructional: true,
        lines,
    })
}

struct Day {
    rolls: Vec<Roll>,
    marks: Vec<Mark>,
    teachers: Vec<(String, String)>,
}

impl Day {
    fn line(&self, at: RollAt, homeroom: &str, students: &BTreeSet<StudentId>) -> BoardLine {
        let of_roll = self
            .marks
            .iter()
            .filter(|mark| mark.slot == at.slot && students.contains(&mark.student));
        let (mut absent, mut late) = (0, 0);
        for mark in of_roll {
            absent += usize::from(mark.meaning.is_absence());
            late += usize::from(mark.meaning == Meaning::Late);
        }
        let teachers = self.teachers.iter().filter(|(room, _)| room == homeroom);
        BoardLine {
            students: students.len(),
            teachers: teachers.map(|(_, name)| name.clone()).collect(),
            roll: self.rolls.iter().find(|roll| roll.at == at).cloned(),
            exceptions: (absent, late),
            at,
        }
    }
}

/// Homerooms with their students; those named, or all.
fn placed(
    at: &mut impl Reading,
    school: SchoolId,
    on: Date,
    own: Option<&BTreeSet<String>>,
) -> Outcome<BTreeMap<String, BTreeSet<StudentId>>> {
    let mut rooms: BTreeMap<String, BTreeSet<StudentId>> = BTreeMap::new();
    match own {
        Some(names) => {
            for name in names {
                let students = enrolment::in_homeroom(at, school, name, on)?;
                if !students.is_empty() {
                    rooms.insert(name.clone(), students.into_iter().collect());
                }
            }
        }
        None => {
            for (student, homeroom) in enrolment::placed_on(at, school, on)? {
                if !homeroom.is_empty() {
                    rooms.entry(homeroom).or_default().insert(student);
                }
            }
        }
    }
    Ok(rooms)
}

/// The homerooms tied to a teacher on a day; none for the office.
fn own_homerooms(
    at: &mut impl Reading,
    permit: &Permit<TakeAttendance>,
    on: Date,
) -> Outcome<Option<Vec<(SchoolId, String)>>> {
    let Scope::Tied(account, _) = permit.scope() else {
        return Ok(None);
    };
    let all = ties::homerooms_of(at, *account)?;
    let on_day = all
        .into_iter()
        .filter(|(_, _, (from, until))| *from <= on && until.is_none_or(|last| on <= last));
    Ok(Some(
        on_day.map(|(school, homeroom, _)| (school, homeroom)).collect(),
    ))
}

fn is_taught(at: &mut impl Reading, school: SchoolId, on: Date) -> Outcome<bool> {
    match schools::calendar(at, school, SchoolYear::of(on)) {
        Ok(days) => Ok(schools::rules::is_instructional(&days, on)),
        Err(kernel::Failure::NotFound) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// How many of a teacher's own rolls are due by now and not taken: those of the
/// morning, and after noon those of the afternoon. 0 for the office, whose board counts its school's.
pub fn to_take(at: &mut impl Reading, permit: &Permit<TakeAttendance>) -> Outcome<usize> {
    let (today, time) = (at.today(), at.now().local().time());
    let Some(own) = own_homerooms(at, permit, today)? else {
        return Ok(0);
    };
    let now = rules::slot_at(i32::from(time.hour()) * 60);
    let mut missing = 0;
    let schools: BTreeSet<SchoolId> = own.iter().map(|(school, _)| *school).collect();
    for school in schools {
        if !is_taught(at, school, today)? {
            continue;
        }
        let taken = store::rolls_on(at, school, (today, today))?;
        for (_, homeroom) in own.iter().filter(|(place, _)| *place == school) {
            let group = Group::Homeroom(homeroom.clone());
            let due = Slot::DAILY.into_iter().filter(|slot| *slot <= now);
            missing += due
                .filter(|slot| {
                    !taken
                        .iter()
                        .any(|roll| roll.at.group == group && roll.at.slot == *slot)
                })
                .count();
        }
    }
    Ok(missing)
}
