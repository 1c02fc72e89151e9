//! What the automatic loader goes by, as the records say it.

use crate::loader::{Load, Offered, Wanted};
use crate::model::{
    CourseEnrolment, CourseLoad, CourseRequest, RequestState, SeatState, Section, SectionState,
};
use crate::store;
use db::Reading;
use enrolment::Enrolment;
use kernel::{CourseLoadId, CourseRequestId, Date, Outcome, SectionId, StudentId};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// What a plan is made from.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The loader's input.
    pub load: Load,
    /// Requests of students who are not at the school on the days of the run.
    pub away: Vec<Wanted>,
    /// A hash of all that was read: another one is another ground.
    pub seen: String,
}

/// Reads what a run goes by.
pub(crate) fn ground(at: &mut impl Reading, run: &CourseLoad) -> Outcome<Ground> {
    let today = at.today();
    let sections = store::sections_at(at, run.school, run.year)?;
    let ids: Vec<SectionId> = sections.iter().map(|section| section.id).collect();
    let mut seats = store::seats_in(at, &ids)?;
    seats.retain(|seat| seat.state != SeatState::InError);
    let mut requests = store::requests_at(at, run.school, run.year)?;
    requests.retain(|one| one.state == RequestState::Asked);
    let mut students: Vec<StudentId> = requests.iter().map(|one| one.student).collect();
    students.dedup();
    let stays = enrolment::at_school(at, &students, run.school)?;
    let seen = seen(&sections, &seats, &requests, &stays);
    let days = (run.first_day.max(today), run.last_day);
    let here = here(&stays, days);
    let (wanted, away) = wanted(&requests)
        .into_iter()
        .partition(|one| here.contains(&one.student));
    let of: HashMap<SectionId, &Section> = sections.iter().map(|one| (one.id, one)).collect();
    // Who left a class early has its time again, and has not taken its course.
    let is_kept = |seat: &&CourseEnrolment| {
        let whole = of[&seat.section].last_day;
        seat.until.is_none_or(|last| last >= whole || last >= days.0)
    };
    let pair = |seat: &CourseEnrolment| (seat.student, seat.section);
    let enrolled = seats
        .iter()
        .filter(|seat| seat.state == SeatState::Enrolled)
        .filter(is_kept);
    let waiting = seats.iter().filter(|seat| seat.state == SeatState::Waiting);
    Ok(Ground {
        load: Load {
            locks: enrolled.map(pair).collect(),
            barred: waiting.map(pair).collect(),
            sections: sections.iter().map(|one| offered(one, (run, today))).collect(),
            requests: wanted,
            together: run.ask.together.clone(),
            linked: run.ask.linked.clone(),
            seed: run.ask.seed,
        },
        away,
        seen,
    })
}

/// Who is at the school on one of these days.
fn here(stays: &[Enrolment], days: (Date, Date)) -> HashSet<StudentId> {
    let is_here = |stay: &&Enrolment| stay.start <= days.1 && stay.last_day() >= days.0;
    stays.iter().filter(is_here).map(|stay| stay.student).collect()
}

fn offered(section: &Section, (run, today): (&CourseLoad, Date)) -> Offered {
    let is_of_run = run.first_day <= section.first_day && section.last_day <= run.last_day;
    Offered {
        section: section.id,
        courses: section.courses.clone(),
        meetings: section.meetings.clone(),
        days: section.days(),
        capacity: section.capacity.map(|most| usize::try_from(most).unwrap_or(0)),
        is_open: section.state == SectionState::Open && is_of_run && section.last_day >= today,
    }
}

/// The requests of each student with what may stand in for them.
fn wanted(requests: &[CourseRequest]) -> Vec<Wanted> {
    let mut instead: HashMap<CourseRequestId, Vec<&CourseRequest>> = HashMap::new();
    for one in requests {
        if let Some(main) = one.instead_of {
            instead.entry(main).or_default().push(one);
        }
    }
    let main = requests.iter().filter(|one| one.instead_of.is_none());
    main.map(|one| Wanted {
        student: one.student,
        course: one.course,
        rank: u8::try_from(one.rank.clamp(1, 9)).unwrap_or(9),
        instead: instead
            .get(&one.id)
            .into_iter()
            .flatten()
            .map(|one| one.course)
            .collect(),
    })
    .collect()
}

/// A hash of the versions of everything that was read.
fn seen(
    sections: &[Section],
    seats: &[CourseEnrolment],
    requests: &[CourseRequest],
    stays: &[Enrolment],
) -> String {
    let mut all = String::new();
    let facts = sections
        .iter()
        .map(|one| (one.id.uuid(), one.version))
        .chain(seats.iter().map(|one| (one.id.uuid(), one.known.version)))
        .chain(requests.iter().map(|one| (one.id.uuid(), one.known.version)))
        .chain(stays.iter().map(|one| (one.id.uuid(), one.known.version)));
    for (id, version) in facts {
        write!(all, "{id} {version};").expect("writing to a text does not fail");
    }
    // An id derived from a text is a hash of it.
    CourseLoadId::derived(&all).to_string()
}
