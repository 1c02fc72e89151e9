//! What may be asked, and by whom.

mod list;
mod meets;
mod offering;
mod request;
mod timetable;

pub use list::{rooms, sections};
pub use meets::{meets_of, meets_on, numbers_of, rosters, schedule, section_known, title_of};
pub use offering::{Of, Sat, claim, offering, sat, sections_beside};
pub use request::{RequestLine, StudentRequests, asked_at, course_request, requests_of, tallies};
pub use timetable::{timetable_of_room, timetable_of_student, timetable_of_teacher};

use crate::model::{ClassLine, Course, CourseEnrolment, SeatState, Section, SectionView};
use crate::store::{self, RequestRow, SeatRow};
use access::action::ViewSections;
use access::{Permit, Scope};
use db::Reading;
use kernel::{
    AccountId, CourseEnrolmentId, CourseId, Date, Failure, Outcome, SchoolId, SchoolYear, SectionId,
    SectionStaffId, StudentId,
};
use std::collections::HashMap;

/// The catalogue, by code.
pub fn courses(at: &mut impl Reading, _permit: &Permit<ViewSections>) -> Outcome<Vec<Course>> {
    store::courses(at)
}

/// The course with a code; none when the catalogue has none.
pub fn course_by_code(at: &mut impl Reading, code: &str) -> Outcome<Option<Course>> {
    store::course_by_code(at, code)
}

/// Does the permit cover the section: of its schools, or taught by its account?
pub(crate) fn covers(permit: &Permit<ViewSections>, section: &Section) -> bool {
    match permit.scope() {
        Scope::Tied(account, _) => section.is_of(*account),
        Scope::Division | Scope::Schools(_) => permit.covers_school(section.school),
    }
}

/// The courses of these sections, by id.
fn courses_of(at: &mut impl Reading, sections: &[Section]) -> Outcome<HashMap<CourseId, Course>> {
    let mut ids: Vec<CourseId> = sections.iter().flat_map(|one| one.courses.clone()).collect();
    ids.sort();
    ids.dedup();
    let courses = store::courses_by_id(at, &ids)?.into_iter();
    Ok(courses.map(|course| (course.id, course)).collect())
}

/// Every section of a school in a year, by number; not found at another's school, and for who sees the own alone.
pub fn sections_in(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    (school, year): (SchoolId, SchoolYear),
) -> Outcome<Vec<Section>> {
    if matches!(permit.scope(), Scope::Tied(..)) || !permit.covers_school(school) {
        return Err(Failure::NotFound);
    }
    store::sections_at(at, school, year)
}

/// One section with its courses and the names of its staff; not found outside the permit.
pub fn section(at: &mut impl Reading, permit: &Permit<ViewSections>, id: SectionId) -> Outcome<SectionView> {
    let section = store::section(at, id)?;
    if !covers(permit, &section) {
        return Err(Failure::NotFound);
    }
    let accounts: Vec<AccountId> = section.staff.iter().map(|staff| staff.account).collect();
    Ok(SectionView {
        courses: store::courses_by_id(at, &section.courses)?,
        names: access::staff::names(at, &accounts)?,
        section,
    })
}

/// Who is in a section on a day, in no order that means anything, and then who
/// waits, in theirs. Who left the school stands there and says so: somebody
/// has to take them out. Not found outside the permit.
///
/// Whose names a person may read is another permit's: ask `people` for the cards.
pub fn class_list(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    id: SectionId,
    day: Date,
) -> Outcome<Vec<ClassLine>> {
    let section = store::section(at, id)?;
    if !covers(permit, &section) {
        return Err(Failure::NotFound);
    }
    let mut seats = store::seats_in(at, &[id])?;
    seats.retain(|seat| seat.state == SeatState::Waiting || seat.covers(&section, day));
    seats.sort_by_key(|seat| (seat.place, seat.id));
    let students: Vec<StudentId> = seats.iter().map(|seat| seat.student).collect();
    let stays = enrolment::at_school(at, &students, section.school)?;
    let line = |seat: CourseEnrolment| {
        let stay = stays
            .iter()
            .find(|stay| stay.student == seat.student && stay.covers(day));
        ClassLine {
            grade: stay.map(|stay| stay.grade),
            is_at_school: stay.is_some(),
            seat,
        }
    };
    Ok(seats.into_iter().map(line).collect())
}

/// The students of a section on a day: in it, and enrolled at its school. Each
/// once, in the order of their ids. It asks for no permit: whoever takes a roll
/// has asked for one of the section.
pub fn roster(at: &mut impl Reading, id: SectionId, day: Date) -> Outcome<Vec<StudentId>> {
    let section = store::section(at, id)?;
    let seats = store::seats_in(at, &[id])?;
    let mut students: Vec<StudentId> = seats
        .iter()
        .filter(|seat| seat.covers(&section, day))
        .map(|seat| seat.student)
        .collect();
    students.sort();
    students.dedup();
    let stays = enrolment::at_school(at, &students, section.school)?;
    students.retain(|student| {
        stays
            .iter()
            .any(|stay| stay.student == *student && stay.covers(day))
    });
    Ok(students)
}

/// The open sections that an account teaches on a day, by number.
pub fn sections_of(at: &mut impl Reading, account: AccountId, day: Date) -> Outcome<Vec<Section>> {
    let mut all = store::sections_taught(at, account, SchoolYear::of(day))?;
    all.retain(|section| section.covers(day) && section.is_taught_by(account, day));
    Ok(all)
}

/// The section by whose staff an account sees a student today; none when it does not see the student by one.
pub fn why_seen(at: &mut impl Reading, account: AccountId, student: StudentId) -> Outcome<Option<Section>> {
    for tie in access::ties::why_class(at, account, student)? {
        match store::section_of_staff(at, SectionStaffId::from_uuid(tie.uuid())) {
            Ok(id) => return store::section(at, id).map(Some),
            Err(Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(None)
}

/// Is or was the student in any section, does one wait for it, or was a course ever asked for? Then the record is not taken back whole.
pub fn is_known(at: &mut impl Reading, student: StudentId) -> Outcome<bool> {
    Ok(!store::seats_of(at, &[student])?.is_empty() || !RequestRow::of(at, student)?.is_empty())
}

/// One course enrolment of a section; not found when it is another section's or outside the permit.
pub fn seat(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    section: SectionId,
    id: CourseEnrolmentId,
) -> Outcome<CourseEnrolment> {
    let found = SeatRow::get(at, id)?.seat();
    if found.section == section && covers(permit, &store::section(at, section)?) {
        Ok(found)
    } else {
        Err(Failure::NotFound)
    }
}
