//! What PASI answered to a read: into the mirror, then compared with ours.

mod classes;

use crate::{alerts, base, difference, map, mirror, organizations, queue};
use db::Tx;
use kernel::{EnrolmentId, Failure, Outcome, SchoolYear, StudentId};
use pasi_wire::Response;
use pasi_wire::messages::{
    AvailabilityStatus, ResponsibleSchoolResult, ResponsibleSchoolStatusResult, StudentResult,
    StudentSchoolEnrolmentResult, StudentSchoolEnrolmentStatusResult, StudentStatusResult,
};
use pasi_wire::window::{NotificationType, Topic};
use std::collections::BTreeSet;

/// Applies the answer of a read; returns how many records it gave.
pub(crate) fn answer(tx: &mut Tx, answer: &Response) -> Outcome<usize> {
    answer_in(tx, answer, None)
}

/// [`answer`] to what was told of in a school year: not every record says its own.
pub(crate) fn answer_in(tx: &mut Tx, answer: &Response, year: Option<SchoolYear>) -> Outcome<usize> {
    let mut touched = Touched::default();
    let given = taken(tx, answer, year, &mut touched)?;
    for student in touched.0 {
        difference::judge(tx, student)?;
    }
    Ok(given)
}

/// Our students whose copies changed: each is compared once, however many of its records came.
#[derive(Default)]
struct Touched(BTreeSet<StudentId>);

impl Touched {
    fn add(&mut self, student: Option<StudentId>) {
        self.0.extend(student);
    }
}

fn taken(tx: &mut Tx, answer: &Response, year: Option<SchoolYear>, touched: &mut Touched) -> Outcome<usize> {
    match answer {
        Response::GetStudent(read) => students(tx, &read.results, touched),
        Response::GetStudentStatus(read) => student_alerts(tx, &read.results),
        Response::GetStudentSchoolEnrolment(read) => enrolments(tx, &read.results, touched),
        Response::GetStudentSchoolEnrolmentStatus(read) => enrolment_alerts(tx, &read.results),
        Response::GetSchoolInformation(read) => organizations::schools(tx, &read.results),
        Response::GetSchoolAuthorityInformation(read) => organizations::authorities(tx, &read.results),
        Response::GetSchoolCalendarYearInformation(read) => organizations::calendar_years(tx, &read.results),
        Response::GetResponsibleSchool(read) => responsible(tx, &read.results, touched),
        Response::GetResponsibleSchoolStatus(read) => responsible_alerts(tx, &read.results),
        Response::GetCourse(read) => classes::courses(tx, &read.results),
        Response::GetSection(read) => classes::sections(tx, &read.results),
        Response::GetSectionStatus(read) => classes::section_alerts(tx, year, &read.results),
        Response::GetCourseEnrolment(read) => classes::course_enrolments(tx, year, &read.results, touched),
        Response::GetCourseEnrolmentStatus(read) => classes::course_enrolment_alerts(tx, year, &read.results),
        _ => Ok(0),
    }
}

/// Students: mirrored by ASN; a primary ASN that took over is followed.
fn students(tx: &mut Tx, results: &[StudentResult], touched: &mut Touched) -> Outcome<usize> {
    for result in results {
        let Some(theirs) = result
            .student
            .as_ref()
            .filter(|_| result.availability_status == AvailabilityStatus::Normal)
        else {
            continue;
        };
        let ours = map::by_asn(tx, theirs.asn)?;
        let (key, version) = (theirs.asn.as_str(), theirs.pasi_core_version);
        let is_first = mirror::version(tx, NotificationType::Student, key)? == 0;
        if let Some(student) = ours.filter(|_| !is_first) {
            base::hold(tx, student, key)?;
        }
        mirror::keep(
            tx,
            (Topic::of(NotificationType::Student), key),
            version,
            theirs,
            ours,
        )?;
        if let Some(student) = ours.filter(|_| is_first) {
            queue::adopt_version(tx, student, version)?;
        }
        touched.add(ours);
    }
    Ok(results.len())
}

/// Enrolments: mirrored by `RefId`.
fn enrolments(
    tx: &mut Tx,
    results: &[StudentSchoolEnrolmentResult],
    touched: &mut Touched,
) -> Outcome<usize> {
    for result in results {
        let Some(theirs) = &result.enrolment else {
            continue;
        };
        let ours = map::by_asn(tx, theirs.asn)?;
        let key = theirs.ref_id.to_string();
        mirror::keep(
            tx,
            (
                Topic::in_year(NotificationType::StudentSchoolEnrolment, theirs.school_year),
                &key,
            ),
            theirs.pasi_core_version,
            theirs,
            ours,
        )?;
        touched.add(ours);
    }
    Ok(results.len())
}

/// Responsible schools: mirrored by `RefId`.
fn responsible(tx: &mut Tx, results: &[ResponsibleSchoolResult], touched: &mut Touched) -> Outcome<usize> {
    for theirs in results
        .iter()
        .filter_map(|result| result.responsible_school.as_ref())
    {
        let ours = map::by_asn(tx, theirs.asn)?;
        let key = theirs.ref_id.to_string();
        mirror::keep(
            tx,
            (Topic::of(NotificationType::ResponsibleSchool), &key),
            theirs.pasi_core_version,
            theirs,
            ours,
        )?;
        touched.add(ours);
    }
    Ok(results.len())
}

fn student_alerts(tx: &mut Tx, results: &[StudentStatusResult]) -> Outcome<usize> {
    for result in results {
        let Some(status) = &result.status else {
            continue;
        };
        let ours = map::by_asn(tx, status.asn)?;
        mirror::keep(
            tx,
            (Topic::of(NotificationType::StudentStatus), status.asn.as_str()),
            status.pasi_core_version,
            status,
            ours,
        )?;
        if let Some(student) = ours {
            alerts::set(tx, student, (alerts::OF_STUDENT, student.uuid()), &status.alerts)?;
        }
    }
    Ok(results.len())
}

fn enrolment_alerts(tx: &mut Tx, results: &[StudentSchoolEnrolmentStatusResult]) -> Outcome<usize> {
    for result in results {
        let Some(status) = &result.status else {
            continue;
        };
        let permit = map::program(tx)?;
        let ours = match enrolment::enrolment(tx, &permit, EnrolmentId::from_uuid(status.ref_id)) {
            Ok(enrolment) => Some(enrolment),
            Err(Failure::NotFound) => None,
            Err(failure) => return Err(failure),
        };
        let key = status.ref_id.to_string();
        // A status does not say its year; its enrolment does.
        let year = match &ours {
            Some(enrolment) => Some(enrolment.year),
            None => mirror::year_of(tx, NotificationType::StudentSchoolEnrolment, &key)?,
        };
        let topic = Topic {
            notification_type: NotificationType::StudentSchoolEnrolmentStatus,
            year,
        };
        let student = ours.map(|enrolment| enrolment.student);
        mirror::keep(tx, (topic, &key), status.pasi_core_version, status, student)?;
        if let Some(student) = student {
            alerts::set(tx, student, (alerts::OF_ENROLMENT, status.ref_id), &status.alerts)?;
        }
    }
    Ok(results.len())
}

fn responsible_alerts(tx: &mut Tx, results: &[ResponsibleSchoolStatusResult]) -> Outcome<usize> {
    for result in results {
        let Some(status) = &result.status else {
            continue;
        };
        let key = status.ref_id.to_string();
        let student = mirror::student_of(tx, NotificationType::ResponsibleSchool, &key)?;
        let topic = Topic::of(NotificationType::ResponsibleSchoolStatus);
        mirror::keep(tx, (topic, &key), status.pasi_core_version, status, student)?;
        if let Some(student) = student {
            let record = (alerts::OF_RESPONSIBLE_SCHOOL, status.ref_id);
            alerts::set(tx, student, record, &status.alerts)?;
        }
    }
    Ok(results.len())
}
