//! Who has what when.

use super::courses_of;
use super::list::{names, of_scope, teachers, titles};
use crate::model::{Lesson, SeatState, Section};
use crate::rules::shared;
use crate::store;
use access::action::{ViewSections, ViewStudents};
use access::{Permit, Scope};
use db::Reading;
use kernel::text::fold;
use kernel::{AccountId, Date, Failure, Outcome, SchoolId, SchoolYear, SectionId, StudentId};

/// The timetable of a student in a year: every meeting of every section the
/// student is in, with the days of both. Not found when the permit does not
/// cover the student.
pub fn timetable_of_student(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    student: StudentId,
    year: SchoolYear,
) -> Outcome<Vec<Lesson>> {
    if !permit.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    let mut seats = store::seats_of(at, &[student])?;
    seats.retain(|seat| seat.state == SeatState::Enrolled);
    let ids: Vec<SectionId> = seats.iter().map(|seat| seat.section).collect();
    let mut all = store::sections(at, &ids)?;
    all.retain(|section| section.year == year);
    let days = |section: &Section| {
        let seat = seats.iter().filter(|seat| seat.section == section.id);
        seat.map(|seat| seat.days(section))
            .filter(|(from, until)| from <= until)
            .collect()
    };
    lessons(at, &all, days)
}

/// The timetable of a teacher in a year: of the sections that the permit
/// covers. Whoever sees by ties asks for the own one alone; not found else.
pub fn timetable_of_teacher(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    teacher: AccountId,
    year: SchoolYear,
) -> Outcome<Vec<Lesson>> {
    if let Scope::Tied(account, _) = permit.scope()
        && *account != teacher
    {
        return Err(Failure::NotFound);
    }
    let mut all = store::sections_taught(at, teacher, year)?;
    all.retain(|section| super::covers(permit, section));
    let days = |section: &Section| {
        let own = section.taught_by().filter(|staff| staff.account == teacher);
        own.map(|staff| section.staff_days(staff))
            .filter(|(from, until)| from <= until)
            .collect()
    };
    lessons(at, &all, days)
}

/// The timetable of a room of a school in a year; not found for another's school.
pub fn timetable_of_room(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    (school, year): (SchoolId, SchoolYear),
    room: &str,
) -> Outcome<Vec<Lesson>> {
    let mut all = of_scope(at, permit, Some(school), year)?;
    let wanted = fold(room);
    all.retain(|section| fold(&section.room) == wanted);
    lessons(at, &all, |section| vec![section.days()])
}

/// The lessons of sections, each for every stretch of days given for it; by meeting and number.
fn lessons(
    at: &mut impl Reading,
    all: &[Section],
    days: impl Fn(&Section) -> Vec<(Date, Date)>,
) -> Outcome<Vec<Lesson>> {
    let courses = courses_of(at, all)?;
    let names = names(at, all)?;
    let today = at.today();
    let mut found = Vec::new();
    for section in all {
        let title = titles(section, &courses).join(" · ");
        for span in days(section) {
            let Some(span) = shared(span, section.days()) else {
                continue;
            };
            // Who teaches today, or on the first day of what is to come or is over.
            let day = if (span.0..=span.1).contains(&today) {
                today
            } else {
                span.0
            };
            let told = teachers(section, &names, day).join(", ");
            found.extend(section.meetings.iter().map(|meeting| Lesson {
                meeting: *meeting,
                school: section.school,
                section: section.id,
                number: section.number.clone(),
                title: title.clone(),
                room: section.room.clone(),
                teachers: told.clone(),
                days: span,
            }));
        }
    }
    found.sort_by(|one, other| {
        let key = |lesson: &Lesson| (lesson.meeting, lesson.number.clone(), lesson.days);
        key(one).cmp(&key(other))
    });
    Ok(found)
}
