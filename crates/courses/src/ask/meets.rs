//! What meets on a day, and who sits where. It asks for no permit: whoever
//! takes rolls has asked for one of the school, or for those of its account.

use super::courses_of;
use super::list::{names, teachers, titles};
use crate::model::{ClassOn, CourseEnrolment, Schedule, SeatState, Section};
use crate::rules::periods_on;
use crate::store;
use db::Reading;
use kernel::{AccountId, Date, Outcome, SchoolId, SchoolYear, SectionId, StudentId};
use schools::SchoolDay;
use std::collections::{BTreeSet, HashMap};

/// What meets at a school on one of its days, by number.
pub fn meets_on(at: &mut impl Reading, school: SchoolId, day: &SchoolDay) -> Outcome<Vec<ClassOn>> {
    let Some(cycle_day) = day.cycle_day else {
        return Ok(Vec::new());
    };
    let all = store::sections_meeting(at, school, SchoolYear::of(day.date), cycle_day)?;
    classes(at, all, day)
}

/// What an account teaches at a school on one of its days, by number.
pub fn meets_of(
    at: &mut impl Reading,
    account: AccountId,
    school: SchoolId,
    day: &SchoolDay,
) -> Outcome<Vec<ClassOn>> {
    let mut all = super::sections_of(at, account, day.date)?;
    all.retain(|section| section.school == school);
    classes(at, all, day)
}

fn classes(at: &mut impl Reading, mut all: Vec<Section>, day: &SchoolDay) -> Outcome<Vec<ClassOn>> {
    all.retain(|section| !periods_on(section, day).is_empty());
    let courses = courses_of(at, &all)?;
    let names = names(at, &all)?;
    let class = |section: Section| ClassOn {
        title: titles(&section, &courses).join(" · "),
        teachers: teachers(&section, &names, day.date),
        periods: periods_on(&section, day),
        section,
    };
    Ok(all.into_iter().map(class).collect())
}

/// One section, whoever asks; not found when there is none.
pub fn section_known(at: &mut impl Reading, id: SectionId) -> Outcome<Section> {
    store::section(at, id)
}

/// The number of each of these sections that is there; asks for no permit, for the domains above.
pub fn numbers_of(at: &mut impl Reading, ids: &[SectionId]) -> Outcome<HashMap<SectionId, String>> {
    store::numbers(at, ids)
}

/// Its courses in one line.
pub fn title_of(at: &mut impl Reading, section: &Section) -> Outcome<String> {
    let all = store::courses_by_id(at, &section.courses)?;
    let courses = all.into_iter().map(|course| (course.id, course)).collect();
    Ok(titles(section, &courses).join(" · "))
}

/// The students of sections of one school on a day, of those who are at the school (`there`): each section once, its
/// students in the order of their ids.
pub fn rosters(
    at: &mut impl Reading,
    there: &BTreeSet<StudentId>,
    sections: &[SectionId],
    day: Date,
) -> Outcome<HashMap<SectionId, BTreeSet<StudentId>>> {
    let mut all: HashMap<SectionId, BTreeSet<StudentId>> = HashMap::new();
    for (section, student) in store::sitting(at, sections, day)? {
        if there.contains(&student) {
            all.entry(section).or_default().insert(student);
        }
    }
    Ok(all)
}

/// Which classes some students have at a school in a year.
pub fn schedule(
    at: &mut impl Reading,
    (school, year): (SchoolId, SchoolYear),
    students: &[StudentId],
) -> Outcome<Schedule> {
    let mut seats = store::seats_of(at, students)?;
    seats.retain(|seat| seat.state == SeatState::Enrolled);
    let mut ids: Vec<SectionId> = seats.iter().map(|seat| seat.section).collect();
    ids.sort();
    ids.dedup();
    let mut sections = store::sections(at, &ids)?;
    sections.retain(|section| section.school == school && section.year == year);
    let mut by_student: HashMap<StudentId, Vec<CourseEnrolment>> = HashMap::new();
    for seat in seats {
        by_student.entry(seat.student).or_default().push(seat);
    }
    Ok(Schedule::new(sections, by_student))
}
