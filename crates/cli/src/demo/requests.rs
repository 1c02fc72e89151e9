//! The second semester of the largest senior high school, not yet loaded: its classes, in which nobody is, and what
//! its students ask for. Who asks for what follows from the student alone.

use super::calendar;
use super::classes::Seat;
use super::organization::school_id;
use access::Permit;
use access::action::ManageSections;
use courses::bulk::{BulkSection, insert_requests, insert_sections};
use courses::{AskFor, Course, Meeting, Section, SectionState};
use db::Tx;
use kernel::{CourseId, CourseRequestId, Date, Grade, Outcome, SchoolId, SchoolYear, SectionId};
use practice::Division;
use std::collections::BTreeMap;

/// Days of the cycle, blocks of a day.
const DAYS: u8 = 5;
const BLOCKS: usize = 4;
/// Students that a class is planned for.
const CLASS: usize = 26;
/// Courses that a student asks for; one more stands in.
const EACH: usize = 4;

/// What each grade chooses from.
const OFFER: [(Grade, [&str; 6]); 3] = [
    (
        Grade::G10,
        ["PED1445", "PED0770", "OTH1999", "LDC1515", "CSE1110", "KAE1780"],
    ),
    (
        Grade::G11,
        ["SCN2796", "SCN2797", "PED2445", "OTH2999", "SCN2270", "CSE1120"],
    ),
    (
        Grade::G12,
        ["SCN3796", "SCN3797", "PED0770", "OTH3999", "SCN3270", "MAT3211"],
    ),
];

/// Makes the classes and the requests.
pub(crate) fn make(tx: &mut Tx, division: &Division, all: &[Seat]) -> Outcome<()> {
    let actor = tx.actor().clone();
    let catalogue = courses::courses(tx, &Permit::program(&actor)?)?;
    let manage = Permit::<ManageSections>::program(&actor)?;
    let senior = |school: SchoolId| {
        all.iter()
            .filter(|seat| seat.school == school && seat.grade >= Grade::G10)
            .count()
    };
    let largest = division
        .schools
        .iter()
        .map(|school| school_id(school.code))
        .max_by_key(|school| senior(*school));
    let Some(school) = largest.filter(|school| senior(*school) > 0) else {
        return Ok(());
    };
    let last = calendar::days(division.year).last;
    let here: Vec<&Seat> = all
        .iter()
        .filter(|seat| seat.school == school && seat.is_there_on(last))
        .collect();
    let requests = asked(&here, &catalogue, (school, division.year));
    let sections = sections(&requests, &catalogue, (school, division.year));
    insert_sections(tx, &manage, &sections, super::enrolment::REASON)?;
    insert_requests(
        tx,
        &manage,
        (school, division.year),
        &requests,
        super::enrolment::REASON,
    )
    .map(|_| ())
}

/// What the students ask for: four courses, and one that stands in for the last.
fn asked(here: &[&Seat], catalogue: &[Course], (school, year): (SchoolId, SchoolYear)) -> Vec<AskFor> {
    let id = |code: &str| {
        catalogue
            .iter()
            .find(|course| course.code == code)
            .map(|course| course.id)
    };
    let mut all = Vec::new();
    for (grade, codes) in OFFER {
        let offered: Vec<CourseId> = codes.iter().filter_map(|code| id(code)).collect();
        for (place, seat) in here.iter().filter(|seat| seat.grade == grade).enumerate() {
            // The choice moves on by one course from student to student, and by two from group to group.
            let first = place + place / 7 * 2;
            let mut last = None;
            for turn in 0..=EACH.min(offered.len().saturating_sub(1)) {
                let course = offered[(first + turn) % offered.len()];
                let key = format!("practice-request-{school}-{year}-{}-{turn}", seat.student);
                let request = CourseRequestId::derived(&key);
                all.push(AskFor {
                    id: request,
                    student: seat.student,
                    course,
                    instead_of: last.filter(|_| turn == EACH),
                });
                last = Some(request);
            }
        }
    }
    all
}

/// Two classes or more of each course that is asked for, in blocks far apart.
fn sections(
    requests: &[AskFor],
    catalogue: &[Course],
    (school, year): (SchoolId, SchoolYear),
) -> Vec<BulkSection> {
    let mut asked: BTreeMap<&str, (CourseId, usize)> = BTreeMap::new();
    for one in requests.iter().filter(|one| one.instead_of.is_none()) {
        let code = catalogue
            .iter()
            .find(|course| course.id == one.course)
            .map_or("", |course| &course.code);
        asked.entry(code).or_insert((one.course, 0)).1 += 1;
    }
    let days = calendar::days(year);
    let span: (Date, Date) = (days.half.plus_days(3), days.last);
    let mut all = Vec::new();
    for (place, (code, (course, count))) in asked.into_iter().enumerate() {
        let many = count.div_ceil(CLASS).max(2);
        for turn in 0..many {
            let block = u8::try_from((place + turn * 2 + turn / 2) % BLOCKS).unwrap_or(0) + 1;
            let number = format!("{code}-{}", 50 + turn);
            let id = SectionId::derived(&format!("practice-{school}-{year}-{number}"));
            all.push(BulkSection {
                section: Section {
                    id,
                    school,
                    year,
                    number,
                    courses: vec![course],
                    term: None,
                    first_day: span.0,
                    last_day: span.1,
                    room: String::new(),
                    capacity: i32::try_from(count.div_ceil(many) + 3).ok(),
                    state: SectionState::Open,
                    meetings: (1..=DAYS).map(|day| Meeting::new(day, block)).collect(),
                    staff: Vec::new(),
                    version: 1,
                },
                seats: Vec::new(),
            });
        }
    }
    all
}
