//! What was asked for.

use crate::model::{CourseRequest, CourseTally, RequestState, SeatState, Section, SectionState};
use crate::ops::Around;
use crate::rules;
use crate::store;
use access::Permit;
use access::action::{ViewSections, ViewStudents};
use db::Reading;
use kernel::{
    CourseId, CourseRequestId, Failure, Findings, Outcome, SchoolId, SchoolYear, SectionId, StudentId,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A request as a page shows it.
#[derive(Debug, Clone)]
pub struct RequestLine {
    /// The request.
    pub request: CourseRequest,
    /// The code of the course.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Warnings of the rules.
    pub findings: Findings,
    /// The class in which the student takes the course this year.
    pub section: Option<(SectionId, String)>,
}

/// What a student asked for in a year.
#[derive(Debug, Clone, Default)]
pub struct StudentRequests {
    /// Each with what stands in for it behind it; the most wanted first.
    pub lines: Vec<RequestLine>,
    /// What was taken back, the last first.
    pub withdrawn: Vec<RequestLine>,
    /// Credits of everything taken and asked for in the year.
    pub credits: u32,
    /// What is to be said of these.
    pub findings: Findings,
    /// The school where the student is enrolled that year; the last one, of several.
    pub school: Option<SchoolId>,
}

/// What a student asked for, for whoever may know the student.
pub fn requests_of(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    student: StudentId,
    year: SchoolYear,
) -> Outcome<StudentRequests> {
    let mut stays = enrolment::enrolments(at, permit, student)?;
    stays.retain(|stay| stay.year == year && !stay.is_deleted());
    stays.sort_by_key(|stay| stay.start);
    let asked = store::requests_of(at, &[student], year)?;
    let school = stays
        .last()
        .map(|stay| stay.school)
        .or(asked.first().map(|one| one.school));
    let Some(school) = school else {
        return Ok(StudentRequests::default());
    };
    let around = Around::load(at, (school, year), &[student])?;
    let taken = taken(at, student, year)?;
    let (asked, mut gone): (Vec<_>, Vec<_>) = asked
        .into_iter()
        .partition(|one| one.state == RequestState::Asked);
    gone.sort_by_key(|one| std::cmp::Reverse(one.known.from));
    let mut lines = Vec::with_capacity(asked.len());
    for request in asked {
        let mut findings = around.judge(at, &request);
        findings
            .0
            .retain(|finding| finding.severity == kernel::Severity::Warn);
        lines.push(line(&around, &taken, request, findings));
    }
    in_order(&mut lines);
    let main = lines.iter().filter(|line| line.request.instead_of.is_none());
    let wanted: HashSet<CourseId> = main
        .map(|line| line.request.course)
        .chain(taken.keys().copied())
        .collect();
    let credits = rules::credits(&around.catalogue, wanted);
    let gone = gone.into_iter();
    Ok(StudentRequests {
        findings: rules::judge_credits(stays.last().map(|stay| stay.grade), credits),
        lines,
        withdrawn: gone
            .map(|one| line(&around, &taken, one, Findings::default()))
            .collect(),
        credits,
        school: Some(school),
    })
}

/// The courses that a student takes, each with its class.
type Taken = HashMap<CourseId, (SectionId, String)>;

fn line(around: &Around, taken: &Taken, request: CourseRequest, findings: Findings) -> RequestLine {
    let course = around.course(request.course);
    RequestLine {
        code: course.map_or_else(String::new, |course| course.code.clone()),
        name: course.map_or_else(String::new, |course| course.name.clone()),
        section: taken.get(&request.course).cloned(),
        findings,
        request,
    }
}

/// By rank, what stands in for a course behind it.
fn in_order(lines: &mut [RequestLine]) {
    let ranks: HashMap<CourseRequestId, i32> = lines
        .iter()
        .map(|line| (line.request.id, line.request.rank))
        .collect();
    lines.sort_by_key(|line| {
        let one = &line.request;
        let main = one.instead_of.unwrap_or(one.id);
        let rank = ranks.get(&main).copied().unwrap_or(i32::MAX);
        (rank, main, one.instead_of.is_some(), one.rank)
    });
}

/// The courses that a student takes in a year, each with its class.
fn taken(at: &mut impl Reading, student: StudentId, year: SchoolYear) -> Outcome<Taken> {
    let mut seats = store::seats_of(at, &[student])?;
    seats.retain(|seat| seat.state == SeatState::Enrolled);
    let ids: Vec<SectionId> = seats.iter().map(|seat| seat.section).collect();
    let sections = store::sections(at, &ids)?;
    let is_whole = |section: &Section| {
        let seat = seats.iter().find(|seat| seat.section == section.id);
        section.year == year
            && seat.is_some_and(|seat| seat.until.is_none_or(|last| last >= section.last_day))
    };
    Ok(sections
        .into_iter()
        .filter(is_whole)
        .flat_map(|one| {
            let named = (one.id, one.number);
            one.courses.into_iter().map(move |course| (course, named.clone()))
        })
        .collect())
}

/// One request; not found when it is another school's.
pub fn course_request(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    id: CourseRequestId,
) -> Outcome<CourseRequest> {
    let found = crate::store::RequestRow::get(at, id)?.request();
    if permit.covers_school(found.school) {
        Ok(found)
    } else {
        Err(Failure::NotFound)
    }
}

/// How many ask for each course at a school in a year, by code; courses that nobody asks for are left out.
pub fn tallies(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    (school, year): (SchoolId, SchoolYear),
) -> Outcome<Vec<CourseTally>> {
    let requests = asked_at(at, permit, (school, year))?;
    let mut by_course: BTreeMap<CourseId, (Vec<StudentId>, usize)> = BTreeMap::new();
    for one in &requests {
        let of = by_course.entry(one.course).or_default();
        match one.instead_of {
            None => of.0.push(one.student),
            Some(_) => of.1 += 1,
        }
    }
    let mut sections = store::sections_at(at, school, year)?;
    sections.retain(|section| section.state == SectionState::Open);
    let ids: Vec<SectionId> = sections.iter().map(|section| section.id).collect();
    let mut seated: HashMap<CourseId, HashSet<StudentId>> = HashMap::new();
    let of: HashMap<SectionId, &Section> = sections.iter().map(|one| (one.id, one)).collect();
    for seat in store::seats_in(at, &ids)? {
        if seat.state == SeatState::Enrolled {
            for course in &of[&seat.section].courses {
                seated.entry(*course).or_default().insert(seat.student);
            }
        }
    }
    let courses = store::courses_by_id(at, &by_course.keys().copied().collect::<Vec<_>>())?;
    let tally = |course: crate::Course| {
        let (asked, instead) = by_course.get(&course.id).cloned().unwrap_or_default();
        let own = || sections.iter().filter(|one| one.courses.contains(&course.id));
        let seats: Option<i32> = own().map(|one| one.capacity).sum();
        let there = seated.get(&course.id);
        CourseTally {
            asked: asked.len(),
            instead,
            seated: asked
                .iter()
                .filter(|one| there.is_some_and(|all| all.contains(one)))
                .count(),
            sections: own().count(),
            seats: seats.map(|seats| usize::try_from(seats).unwrap_or(0)),
            course,
        }
    };
    let mut all: Vec<CourseTally> = courses.into_iter().map(tally).collect();
    all.sort_by(|one, other| one.course.code.cmp(&other.course.code));
    Ok(all)
}

/// Who asks for what at a school in a year; what was withdrawn is left out. By student, then rank. Not found at
/// another's school.
pub fn asked_at(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    (school, year): (SchoolId, SchoolYear),
) -> Outcome<Vec<CourseRequest>> {
    if !permit.covers_school(school) {
        return Err(Failure::NotFound);
    }
    let mut all = store::requests_at(at, school, year)?;
    all.retain(|one| one.state == RequestState::Asked);
    Ok(all)
}
