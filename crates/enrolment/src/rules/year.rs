//! The end of a school year: who goes on, where to, and with what.

use crate::model::{Coding, Enrolment, Exit, ExitKind};
use kernel::{Finding, Findings, Grade, SchoolId, SchoolYear};
use schools::Directory;

/// A field of the coding at the turn of the year.
pub struct Part {
    /// Its name.
    pub field: &'static str,
    /// Takes it along; none when it belongs to one year and is said anew.
    pub carry: Option<fn(&Coding, &mut Coding)>,
}

macro_rules! parts {
    ($($field:ident: $how:ident),* $(,)?) => {
        &[$(Part { field: stringify!($field), carry: parts!($how $field) }),*]
    };
    (travels $field:ident) => { Some(|from, to| to.$field.clone_from(&from.$field)) };
    (yearly $field:ident) => { None };
}

/// What of the coding goes on into the next school year. Hours are counted and
/// grants are claimed year by year: they are said anew.
pub const PARTS: &[Part] = parts![
    programming_type: travels,
    programming_timeframe: travels,
    types: travels,
    exceptions: travels,
    grants: yearly,
    resident_board: travels,
    francophone_board: travels,
    indigenous_declaration: travels,
    french_hours: yearly,
    program_percentage: travels,
    instruction_hours: yearly,
    operating_schedule: yearly,
    source_change: yearly,
];

/// The coding with which a student begins the next school year.
pub fn carried(from: &Coding) -> Coding {
    let mut to = Coding::default();
    for carry in PARTS.iter().filter_map(|part| part.carry) {
        carry(from, &mut to);
    }
    to
}

/// A place for a student in a school year: where, in which grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Seat {
    /// The school.
    pub school: SchoolId,
    /// The grade.
    pub grade: Grade,
}

impl Seat {
    /// Of an enrolment.
    pub const fn of(enrolment: &Enrolment) -> Self {
        Self {
            school: enrolment.school,
            grade: enrolment.grade,
        }
    }
}

/// The enrolment of a school year that a student goes on from: one that lasts
/// to its end, regular programming by day first, then the latest start. None
/// when the student left, or came for the summer alone.
pub fn goes_on_from(all: &[Enrolment], year: SchoolYear) -> Option<&Enrolment> {
    let left = |one: &Enrolment| matches!(one.state.exit(), Some(exit) if exit.kind == ExitKind::Withdrawal);
    all.iter()
        .filter(|one| one.year == year && !one.is_deleted() && !left(one) && !is_summer(&one.coding))
        .max_by_key(|one| (one.coding.is_regular_day(), one.last_day(), one.start, one.id))
}

fn is_summer(coding: &Coding) -> bool {
    coding.programming_type == "SummerSchool" || coding.programming_timeframe == "Summer"
}

/// The enrolment that says where the student is in a year already.
pub fn registered(all: &[Enrolment], year: SchoolYear) -> Option<&Enrolment> {
    goes_on_from(all, year).or_else(|| all.iter().find(|one| one.year == year && !one.is_deleted()))
}

/// Where a student goes on: one grade up at the same school, or at its school
/// of continuation where the grade is not taught. Refused after grade 12
/// (`LP-0464`), and where no school of continuation is named (`LP-0466`).
pub fn next_seat(
    from: Seat,
    directory: &Directory,
    onward: &[(SchoolId, SchoolId)],
) -> Result<Seat, Finding> {
    let Some(grade) = Grade::from_number(from.grade.number() + 1) else {
        return Err(Finding::refuse("LP-0464", ""));
    };
    let is_taught = directory
        .get(from.school)
        .is_some_and(|school| school.offers(grade));
    let school = if is_taught {
        Some(from.school)
    } else {
        let named = onward.iter().find(|(school, _)| *school == from.school);
        named.map(|(_, next)| *next)
    };
    school
        .map(|school| Seat { school, grade })
        .ok_or_else(|| Finding::refuse("LP-0466", "").with("grade", grade.label()))
}

/// The grade in which a school's students go on elsewhere; none where they stay until the end.
pub fn onward_grade(school: &schools::School) -> Option<Grade> {
    Grade::from_number(school.highest_grade.number() + 1)
}

/// The school of continuation that suggests itself: the only one of the same
/// authority that teaches the next grade, the same town before all others.
pub fn likely_onward(directory: &Directory, from: SchoolId) -> Option<SchoolId> {
    let school = directory.get(from)?;
    let grade = onward_grade(school)?;
    let fits = |other: &&schools::School| {
        other.id != from && other.authority == school.authority && other.offers(grade)
    };
    let only = |all: Vec<&schools::School>| match all.as_slice() {
        [one] => Some(one.id),
        _ => None,
    };
    let all = || directory.all().iter().filter(fits);
    only(all().filter(|other| other.city == school.city).collect()).or_else(|| only(all().collect()))
}

/// A student who is closed here and goes to another school after that day.
pub(crate) fn stays_elsewhere(all: &[Enrolment], closed: &Enrolment, exit: Exit) -> Findings {
    let stays = |other: &&Enrolment| {
        other.year == closed.year
            && other.school != closed.school
            && !other.is_deleted()
            && other.last_day() > exit.on
    };
    let notes = all.iter().filter(stays).map(|other| {
        Finding::note("LP-0462", "exit")
            .with("day", other.last_day())
            .with("school_id", other.school)
    });
    Findings(notes.collect())
}

/// Grants codes of the year that ends, which somebody confirms for the next one.
pub(crate) fn to_confirm(coding: &Coding) -> Findings {
    if coding.grants.is_empty() {
        Findings::default()
    } else {
        Finding::note("LP-0467", "grants")
            .with("codes", coding.grants.join(", "))
            .into()
    }
}
