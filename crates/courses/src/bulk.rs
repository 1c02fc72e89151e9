//! Many sections at once: the practice division, and timetables built elsewhere.

use crate::model::{AskFor, CourseEnrolment, CourseRequest, RequestState, SeatState, Section};
use crate::ops::ties;
use crate::store::{CourseOf, MeetingOf, RequestRow, SeatRow, SectionRow, StaffRow};
use access::action::ManageSections;
use access::ties::{Class, Stays, keep_classes};
use access::{Action, Permit};
use db::schema::{course_enrolment, course_request, section, section_course, section_meeting, section_staff};
use db::{Known, Reading, Subject, Tx};
use kernel::{
    CourseEnrolmentId, CourseRequestId, Date, Failure, Outcome, SchoolId, SchoolYear, StudentId, TieId,
};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};

/// A student of a section of a bulk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BulkSeat {
    /// The id it shall have.
    pub id: CourseEnrolmentId,
    /// Who.
    pub student: StudentId,
    /// First day.
    pub from: Date,
}

/// A section of a bulk with its staff and its students.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkSection {
    /// The section, with its staff.
    pub section: Section,
    /// Who is in it.
    pub seats: Vec<BulkSeat>,
}

/// Writes new sections with their staff and students in a few statements, and
/// whom the staff see. The caller has judged each of them ([`crate::rules`])
/// and made sure that ids and numbers are new; the rules are not asked again.
///
/// Fails as a conflict, with nothing written, when an id or a number is taken;
/// denied when the permit does not cover one of the schools. Writes: every
/// table of the domain but `course`, one audit row that counts by school.
/// Returns how many course enrolments were written.
pub fn insert_sections(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    all: &[BulkSection],
    reason: &str,
) -> Outcome<usize> {
    let mut by_school: BTreeMap<SchoolId, usize> = BTreeMap::new();
    for one in all {
        if !permit.covers_school(one.section.school) {
            return Err(Failure::Denied(ManageSections::NAME));
        }
        *by_school.entry(one.section.school).or_default() += 1;
    }
    facts(tx, all)?;
    let known = Known::first(tx.actor(), tx.now(), reason);
    let (mut rows, mut classes): (Vec<SeatRow>, Vec<Class>) = (Vec::new(), Vec::new());
    for one in all {
        let seats: Vec<CourseEnrolment> = one.seats.iter().map(|seat| said(one, seat, &known)).collect();
        classes.extend(ties::classes(&one.section, &seats));
        for seat in &seats {
            let mut row = SeatRow::of_seat(seat);
            row.stamp(tx, 1);
            rows.push(row);
        }
    }
    let count = rows.len();
    db::insert_many!(tx.conn(), course_enrolment::table, rows)?;
    let stays = stays(tx, all)?;
    let staff: Vec<TieId> = all
        .iter()
        .flat_map(|one| one.section.staff.iter().map(|staff| ties::tie_of(staff.id)))
        .collect();
    keep_classes(tx, &staff, classes, &stays)?;
    if !all.is_empty() {
        let subject = Subject::new("division", tx.division());
        let detail = json!({ "sections": all.len(), "students": count, "by_school": by_school });
        tx.record("section.bulk", subject, &detail);
    }
    Ok(count)
}

fn said(one: &BulkSection, seat: &BulkSeat, known: &Known) -> CourseEnrolment {
    CourseEnrolment {
        id: seat.id,
        student: seat.student,
        section: one.section.id,
        from: seat.from,
        until: None,
        state: SeatState::Enrolled,
        place: 0,
        known: known.clone(),
    }
}

/// The sections themselves, their courses, meetings and staff.
fn facts(tx: &mut Tx, all: &[BulkSection]) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let sections = || all.iter().map(|one| &one.section);
    let rows: Vec<SectionRow> = sections().map(|one| SectionRow::of(division, one)).collect();
    db::insert_many!(tx.conn(), section::table, rows)?;
    let courses: Vec<CourseOf> = sections()
        .flat_map(|one| {
            one.courses.iter().map(move |course| CourseOf {
                division_id: division,
                section_id: one.id,
                course_id: *course,
            })
        })
        .collect();
    db::insert_many!(tx.conn(), section_course::table, courses)?;
    let meetings: Vec<MeetingOf> = sections()
        .flat_map(|one| {
            one.meetings.iter().map(move |meeting| MeetingOf {
                division_id: division,
                section_id: one.id,
                cycle_day: meeting.cycle_day.into(),
                period: meeting.period.into(),
            })
        })
        .collect();
    db::insert_many!(tx.conn(), section_meeting::table, meetings)?;
    let staff: Vec<StaffRow> = sections()
        .flat_map(|one| one.staff.iter().map(|staff| StaffRow::of(division, staff, now)))
        .collect();
    db::insert_many!(tx.conn(), section_staff::table, staff)?;
    Ok(())
}

fn stays(tx: &mut Tx, all: &[BulkSection]) -> Outcome<Stays> {
    let mut by_school: HashMap<SchoolId, Vec<StudentId>> = HashMap::new();
    for one in all.iter().filter(|one| !one.section.staff.is_empty()) {
        let students = by_school.entry(one.section.school).or_default();
        students.extend(one.seats.iter().map(|seat| seat.student));
    }
    let mut stays = Stays::new();
    for (school, mut students) in by_school {
        students.sort();
        students.dedup();
        stays.extend(ties::stays(tx, &students, school)?);
    }
    Ok(stays)
}

/// Writes new requests of students at a school in a few statements, each behind
/// the one before of the same student. The caller has judged each of them
/// ([`crate::rules`]) and made sure that ids are new; the rules are not asked again.
///
/// Fails as a conflict, with nothing written, when an id is taken; denied when
/// the permit does not cover the school. Writes: `course_request`, one audit
/// row that counts. Returns how many were written.
pub fn insert_requests(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    (school, year): (SchoolId, SchoolYear),
    all: &[AskFor],
    reason: &str,
) -> Outcome<usize> {
    if !permit.covers_school(school) {
        return Err(Failure::Denied(ManageSections::NAME));
    }
    let known = Known::first(tx.actor(), tx.now(), reason);
    let mut ranks: HashMap<(StudentId, Option<CourseRequestId>), i32> = HashMap::new();
    let mut rows = Vec::with_capacity(all.len());
    for one in all {
        let rank = ranks.entry((one.student, one.instead_of)).or_default();
        *rank += 1;
        let mut row = RequestRow::of_request(&CourseRequest {
            id: one.id,
            student: one.student,
            school,
            year,
            course: one.course,
            rank: *rank,
            instead_of: one.instead_of,
            state: RequestState::Asked,
            known: known.clone(),
        });
        row.stamp(tx, 1);
        rows.push(row);
    }
    let count = rows.len();
    db::insert_many!(tx.conn(), course_request::table, rows)?;
    if count > 0 {
        let detail = json!({ "year": year, "requests": count });
        tx.record("request.bulk", Subject::new("school", school), &detail);
    }
    Ok(count)
}
