//! The rolls of a day: a teacher's own, and those of a whole school.

use crate::facts;
use crate::model::{Board, BoardLine, Group, Mark, Meaning, Roll, RollAt, Slot};
use crate::store;
use access::action::TakeAttendance;
use access::{Permit, Scope, ties};
use db::Reading;
use kernel::{Date, Outcome, SchoolId, SchoolYear, StudentId};
use std::collections::{BTreeMap, BTreeSet};

/// Homerooms with their schools.
type Rooms = Vec<(SchoolId, String)>;
/// Students of a school with their homerooms.
type Placed = Vec<(StudentId, String)>;

/// In minutes after midnight.
const NOON: i32 = 12 * 60;

/// The rolls of a day at a school, as far as the permit reaches: the office
/// sees every homeroom and every section that meets, as the school keeps
/// attendance, with the teachers; a teacher those tied to the account on that
/// day. Without lines on a day without instruction. Not found when the permit
/// does not reach the school; a teacher's may reach nothing of it.
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
    let mode = store::setting(at, school)?.mode;
    let mut day = Day {
        rolls: store::rolls_on(at, school, (on, on))?,
        marks: store::of_days(at, school, (on, on))?,
    };
    day.marks.retain(|mark| mark.meaning != Meaning::Present);
    // A teacher's classes are few; whoever sees the whole school asks for all of its students at once.
    let placed = if own.is_none() || mode.has_periods() {
        enrolment::placed_on(at, school, on)?
    } else {
        Vec::new()
    };
    let mut lines = Vec::new();
    if mode.has_periods() {
        let there = placed.iter().map(|(student, _)| *student).collect();
        lines.extend(super::periods::lines(at, permit, (school, on), (&day, &there))?);
    }
    if mode.has_daily() {
        lines.extend(homerooms(at, (school, on), (own, placed), &day)?);
    }
    Ok(Board {
        is_instructional: true,
        mode,
        lines,
    })
}

fn homerooms(
    at: &mut impl Reading,
    (school, on): (SchoolId, Date),
    (own, all): (Option<Rooms>, Placed),
    day: &Day,
) -> Outcome<Vec<BoardLine>> {
    let teachers = if own.is_none() {
        ties::teachers_at(at, school)?
    } else {
        Vec::new()
    };
    let own = own.map(|all| {
        let here = all.into_iter().filter(|(place, _)| *place == school);
        here.map(|(_, homeroom)| homeroom).collect::<BTreeSet<String>>()
    });
    let mut lines = Vec::new();
    for (homeroom, students) in &placed(at, (school, on), own.as_ref(), all)? {
        let teachers = teachers.iter().filter(|(room, _)| room == homeroom);
        let teachers: Vec<String> = teachers.map(|(_, name)| name.clone()).collect();
        for slot in Slot::DAILY {
            let roll = RollAt {
                school,
                on,
                slot,
                group: Group::Homeroom(homeroom.clone()),
            };
            lines.push(BoardLine {
                name: homeroom.clone(),
                teachers: teachers.clone(),
                begins: if slot == Slot::Morning { 0 } else { NOON },
                ..day.line(roll, students)
            });
        }
    }
    Ok(lines)
}

/// What is recorded of a day of a school; present left out.
pub(super) struct Day {
    rolls: Vec<Roll>,
    marks: Vec<Mark>,
}

impl Day {
    /// The line of a roll, without its names.
    pub(super) fn line(&self, at: RollAt, students: &BTreeSet<StudentId>) -> BoardLine {
        let of_roll = self
            .marks
            .iter()
            .filter(|mark| mark.slot == at.slot && students.contains(&mark.student));
        let (mut absent, mut late) = (0, 0);
        for mark in of_roll {
            absent += usize::from(mark.meaning.is_absence());
            late += usize::from(mark.meaning == Meaning::Late);
        }
        BoardLine {
            name: String::new(),
            period: String::new(),
            begins: 0,
            students: students.len(),
            teachers: Vec::new(),
            roll: self.rolls.iter().find(|roll| roll.at == at).cloned(),
            exceptions: (absent, late),
            at,
        }
    }
}

/// Homerooms with their students; those named, or all.
fn placed(
    at: &mut impl Reading,
    (school, on): (SchoolId, Date),
    own: Option<&BTreeSet<String>>,
    all: Placed,
) -> Outcome<BTreeMap<String, BTreeSet<StudentId>>> {
    let mut rooms: BTreeMap<String, BTreeSet<StudentId>> = BTreeMap::new();
    if let Some(names) = own {
        for name in names {
            let students = enrolment::in_homeroom(at, school, name, on)?;
            if !students.is_empty() {
                rooms.insert(name.clone(), students.into_iter().collect());
            }
        }
    } else {
        for (student, homeroom) in all.into_iter().filter(|(_, homeroom)| !homeroom.is_empty()) {
            rooms.entry(homeroom).or_default().insert(student);
        }
    }
    Ok(rooms)
}

/// The homerooms tied to a teacher on a day; none for the office.
fn own_homerooms(at: &mut impl Reading, permit: &Permit<TakeAttendance>, on: Date) -> Outcome<Option<Rooms>> {
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
/// morning, after noon those of the afternoon, and those of periods that began.
/// 0 for the office, whose board counts its school's.
pub fn to_take(at: &mut impl Reading, permit: &Permit<TakeAttendance>) -> Outcome<usize> {
    let (today, time) = (at.today(), at.now().local().time());
    let (Some(own), Scope::Tied(account, _)) = (own_homerooms(at, permit, today)?, permit.scope()) else {
        return Ok(0);
    };
    let minute = i32::from(time.hour()) * 60 + i32::from(time.minute());
    let taught = courses::sections_of(at, *account, today)?;
    let mut missing = 0;
    let rooms = own.iter().map(|(school, _)| *school);
    let schools: BTreeSet<SchoolId> = rooms.chain(taught.iter().map(|one| one.school)).collect();
    for school in schools {
        if !is_taught(at, school, today)? {
            continue;
        }
        let mode = store::setting(at, school)?.mode;
        let taken = store::rolls_on(at, school, (today, today))?;
        let is_taken = |group: &Group, slot: Slot| {
            taken
                .iter()
                .any(|roll| roll.at.slot == slot && roll.at.group == *group)
        };
        for (_, homeroom) in own
            .iter()
            .filter(|(place, _)| *place == school && mode.has_daily())
        {
            let group = Group::Homeroom(homeroom.clone());
            let due = Slot::DAILY
                .into_iter()
                .filter(|slot| *slot <= Slot::half_at(minute));
            missing += due.filter(|slot| !is_taken(&group, *slot)).count();
        }
        let here = || taught.iter().filter(|section| section.school == school);
        if mode.has_periods() && here().next().is_some() {
            missing += super::periods::missing(at, (school, minute), here(), &is_taken)?;
        }
    }
    Ok(missing)
}
