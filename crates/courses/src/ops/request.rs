//! What students ask for.

use super::own;
use crate::model::{AskFor, Asked, Course, CourseRequest, RequestState, SectionState};
use crate::rules::{self, ProposedRequest};
use crate::store::{self, RequestRow};
use access::Permit;
use access::action::ManageSections;
use db::{Known, Reading, Subject, Tx};
use enrolment::Enrolment;
use kernel::{
    CourseId, CourseRequestId, Failure, Finding, Findings, Outcome, SchoolId, SchoolYear, StudentId,
};
use serde_json::json;
use std::collections::HashMap;

/// What requests are judged by.
pub(crate) struct Around {
    school: SchoolId,
    year: SchoolYear,
    pub(crate) catalogue: Vec<Course>,
    stays: Vec<Enrolment>,
    pub(crate) own: Vec<CourseRequest>,
    /// The courses that each student takes or took.
    pub(crate) taken: HashMap<StudentId, Vec<CourseId>>,
    /// Courses of which the school has an open section.
    offered: Vec<CourseId>,
}

impl Around {
    pub(crate) fn load(
        at: &mut impl Reading,
        (school, year): (SchoolId, SchoolYear),
        students: &[StudentId],
    ) -> Outcome<Self> {
        let mut offered = store::sections_at(at, school, year)?;
        offered.retain(|section| section.state == SectionState::Open);
        Ok(Self {
            school,
            year,
            catalogue: store::courses(at)?,
            stays: enrolment::at_school(at, students, school)?,
            own: store::requests_of(at, students, year)?,
            taken: store::courses_taken(at, students)?,
            offered: offered.into_iter().flat_map(|section| section.courses).collect(),
        })
    }

    pub(crate) fn judge(&self, at: &impl Reading, after: &CourseRequest) -> Findings {
        let of_student = |one: &&CourseRequest| one.student == after.student;
        let own: Vec<CourseRequest> = self.own.iter().filter(of_student).cloned().collect();
        let stays = self.stays.iter().filter(|stay| stay.student == after.student);
        let stays: Vec<Enrolment> = stays.cloned().collect();
        let asked = own.iter().filter(|one| one.state == RequestState::Asked);
        let taken = self.taken.get(&after.student).into_iter().flatten().copied();
        let on_record: Vec<String> = asked
            .map(|one| one.course)
            .chain(taken)
            .filter_map(|id| self.course(id))
            .map(|course| course.code.clone())
            .collect();
        rules::judge_request(&ProposedRequest {
            after,
            course: self.course(after.course),
            stays: &stays,
            own: &own,
            on_record: &on_record,
            has_section: self.offered.contains(&after.course),
            today: at.today(),
        })
    }

    pub(crate) fn course(&self, id: CourseId) -> Option<&Course> {
        self.catalogue.iter().find(|course| course.id == id)
    }

    /// The rank behind everything that the student asked for of the same kind.
    fn last_rank(&self, ask: &AskFor) -> i32 {
        let own = self.own.iter().filter(|one| {
            one.student == ask.student && one.instead_of == ask.instead_of && one.state == RequestState::Asked
        });
        own.map(|one| one.rank).max().unwrap_or(0) + 1
    }
}

/// Takes down what students ask for at a school for a year, each behind what
/// was asked for before. What is refused stops nothing else; the answer says of
/// each what became of it and why. The same command twice makes one record.
///
/// Refused for each by the rules `LP-0527`, `LP-0533` to `LP-0542` and `LP-0546`; refused
/// as a whole when nobody is named (`LP-0531`); not found at another's school.
/// Writes: `course_request`, audit, one row that names who asked for what.
pub fn ask_for(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    (school, year): (SchoolId, SchoolYear),
    all: &[AskFor],
    reason: &str,
) -> Outcome<Vec<Asked>> {
    own(permit, school)?;
    if all.is_empty() {
        return Err(Failure::refuse("LP-0531", ""));
    }
    let mut students: Vec<StudentId> = all.iter().map(|one| one.student).collect();
    students.sort();
    students.dedup();
    let mut around = Around::load(tx, (school, year), &students)?;
    let mut answered = Vec::with_capacity(all.len());
    let mut new = Vec::new();
    for ask in all {
        let one = put(tx, &mut around, ask, reason)?;
        if let Some(after) = one.1 {
            new.push(json!({ "student_id": after.student, "course": after.course }));
        }
        answered.push(one.0);
    }
    if !new.is_empty() {
        let detail = json!({ "year": year, "requests": new, "reason": reason });
        tx.record("request.ask", Subject::new("school", school), &detail);
    }
    Ok(answered)
}

/// What [`ask_for`] would answer; nothing is kept.
pub fn preview_requests(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    of: (SchoolId, SchoolYear),
    all: &[AskFor],
) -> Outcome<Vec<Asked>> {
    tx.rehearse(|tx| ask_for(tx, permit, of, all, ""))
}

fn put(
    tx: &mut Tx,
    around: &mut Around,
    ask: &AskFor,
    reason: &str,
) -> Outcome<(Asked, Option<CourseRequest>)> {
    let answer = |is_there: bool, findings: Findings| Asked {
        student: ask.student,
        course: ask.course,
        is_there,
        findings,
    };
    if let Some(there) = around.own.iter().find(|one| one.id == ask.id) {
        let is_same = (there.student, there.course) == (ask.student, ask.course);
        return if is_same {
            Ok((answer(true, Findings::default()), None))
        } else {
            Err(Failure::stale("course_request", 0, there.known.version))
        };
    }
    let after = CourseRequest {
        id: ask.id,
        student: ask.student,
        school: around.school,
        year: around.year,
        course: ask.course,
        rank: around.last_rank(ask),
        instead_of: ask.instead_of,
        state: RequestState::Asked,
        known: Known::first(tx.actor(), tx.now(), reason),
    };
    let findings = around.judge(tx, &after);
    if findings.refuse() {
        return Ok((answer(false, findings), None));
    }
    RequestRow::of_request(&after).insert(tx)?;
    around.own.push(after.clone());
    Ok((answer(true, findings), Some(after)))
}

/// Takes a request back, and with it what stands in for it.
///
/// Refused when it was taken back already (`LP-0540`) or the year is over
/// (`LP-0527`); a conflict when another save came first; not found at another's
/// school. Writes: `course_request`, audit.
pub fn withdraw_request(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    (id, seen): (CourseRequestId, i64),
) -> Outcome<CourseRequest> {
    let before = find(tx, permit, id)?;
    may(tx, &before, RequestState::Asked)?;
    let instead = store::requests_of(tx, &[before.student], before.year)?;
    let of = |one: &CourseRequest| one.instead_of == Some(id) && one.state == RequestState::Asked;
    for one in instead.into_iter().filter(of) {
        let seen = one.known.version;
        save(tx, "request.withdraw", one, RequestState::Withdrawn, seen)?;
    }
    save(tx, "request.withdraw", before, RequestState::Withdrawn, seen)
}

/// Puts a request back that was taken back; what stood in for it stays away.
///
/// Refused when it counts already (`LP-0540`), and by the rules of
/// [`ask_for`]; a conflict when another save came first; not found at another's
/// school. Writes: `course_request`, audit.
pub fn restore_request(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    (id, seen): (CourseRequestId, i64),
) -> Outcome<CourseRequest> {
    let before = find(tx, permit, id)?;
    may(tx, &before, RequestState::Withdrawn)?;
    let around = Around::load(tx, (before.school, before.year), &[before.student])?;
    let after = CourseRequest {
        state: RequestState::Asked,
        ..before.clone()
    };
    around.judge(tx, &after).or_refuse()?;
    save(tx, "request.restore", before, RequestState::Asked, seen)
}

/// Moves a request before the one that is wanted just more.
///
/// Refused when it was taken back (`LP-0540`) or the year is over (`LP-0527`);
/// a conflict when another save came first; not found at another's school.
/// Writes: `course_request`, audit.
pub fn raise_request(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    (id, seen): (CourseRequestId, i64),
) -> Outcome<CourseRequest> {
    let request = find(tx, permit, id)?;
    may(tx, &request, RequestState::Asked)?;
    if request.known.version != seen {
        return Err(Failure::stale("course_request", seen, request.known.version));
    }
    let mut own = store::requests_of(tx, &[request.student], request.year)?;
    own.retain(|one| one.instead_of == request.instead_of && one.state == RequestState::Asked);
    let before = own
        .into_iter()
        .rev()
        .find(|one| (one.rank, one.id) < (request.rank, request.id));
    let Some(before) = before else {
        return Ok(request);
    };
    let (up, down, known) = (before.rank, request.rank, before.known.version);
    let lower = CourseRequest {
        rank: down.max(up + 1),
        ..before
    };
    RequestRow::of_request(&lower).replace(tx, known, "")?;
    let state = request.state;
    save(
        tx,
        "request.raise",
        CourseRequest { rank: up, ..request },
        state,
        seen,
    )
}

/// The request of a command; not found when it is another school's.
fn find(tx: &mut Tx, permit: &Permit<ManageSections>, id: CourseRequestId) -> Outcome<CourseRequest> {
    let found = RequestRow::get(tx, id)?.request();
    own(permit, found.school)?;
    Ok(found)
}

fn may(tx: &Tx, request: &CourseRequest, state: RequestState) -> Outcome<()> {
    let mut findings = Findings::default();
    if request.year.ends() < tx.today() {
        findings.push(Finding::refuse("LP-0527", "").with("year", request.year));
    }
    if request.state != state {
        findings.push(Finding::refuse("LP-0540", ""));
    }
    findings.or_refuse().map(|_| ())
}

fn save(
    tx: &mut Tx,
    action: &str,
    request: CourseRequest,
    state: RequestState,
    seen: i64,
) -> Outcome<CourseRequest> {
    let after = CourseRequest { state, ..request };
    let saved = RequestRow::of_request(&after).replace(tx, seen, "")?.request();
    let detail = json!({
        "student_id": saved.student, "course": saved.course, "year": saved.year, "rank": saved.rank, "state": saved.state,
    });
    tx.record(action, Subject::new("course_request", saved.id), &detail);
    Ok(saved)
}
