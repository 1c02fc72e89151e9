//! Courses, sections and course enrolments that PASI told.

use super::Touched;
use crate::{alerts, map, mirror};
use db::Tx;
use kernel::{Failure, Outcome, SchoolId, SchoolYear, SectionId};
use pasi_wire::messages::{
    CourseEnrolmentResult, CourseEnrolmentStatusResult, CourseResult, SectionResult, SectionStatusResult,
};
use pasi_wire::window::{NotificationType, Topic};
use std::collections::BTreeSet;

/// Courses of the catalogue: mirrored by code.
pub(super) fn courses(tx: &mut Tx, results: &[CourseResult]) -> Outcome<usize> {
    let topic = Topic::of(NotificationType::Course);
    for theirs in results.iter().filter_map(|result| result.course.as_ref()) {
        let key = theirs.course_code.to_string();
        mirror::keep(tx, (topic, &key), theirs.pasi_core_version, theirs, None)?;
    }
    Ok(results.len())
}

/// Sections: mirrored by `RefId`. What of one differs is told when it is looked at.
pub(super) fn sections(tx: &mut Tx, results: &[SectionResult]) -> Outcome<usize> {
    for theirs in results.iter().filter_map(|result| result.section.as_ref()) {
        let key = theirs.ref_id.to_string();
        let topic = Topic::in_year(NotificationType::Section, theirs.school_year);
        mirror::keep(tx, (topic, &key), theirs.pasi_core_version, theirs, None)?;
    }
    Ok(results.len())
}

/// Year and school of a section, by ours or by PASI's copy.
fn place(tx: &mut Tx, id: SectionId) -> Outcome<(Option<SchoolYear>, Option<SchoolId>)> {
    match courses::section(tx, &map::program(tx)?, id) {
        Ok(view) => Ok((Some(view.section.year), Some(view.section.school))),
        Err(Failure::NotFound) => {
            let year = mirror::year_of(tx, NotificationType::Section, &id.to_string())?;
            Ok((year, None))
        }
        Err(failure) => Err(failure),
    }
}

pub(super) fn section_alerts(
    tx: &mut Tx,
    year: Option<SchoolYear>,
    results: &[SectionStatusResult],
) -> Outcome<usize> {
    for status in results.iter().filter_map(|result| result.status.as_ref()) {
        let (key, id) = (status.ref_id.to_string(), SectionId::from_uuid(status.ref_id));
        let (of_section, school) = place(tx, id)?;
        let topic = Topic {
            notification_type: NotificationType::SectionStatus,
            year: year.or(of_section),
        };
        mirror::keep(tx, (topic, &key), status.pasi_core_version, status, None)?;
        if school.is_some() {
            let record = (alerts::OF_SECTION, status.ref_id);
            alerts::set_of(tx, (None, school), record, &status.alerts)?;
        }
    }
    Ok(results.len())
}

/// Course enrolments: mirrored by `RefId`, under the year of their section.
pub(super) fn course_enrolments(
    tx: &mut Tx,
    year: Option<SchoolYear>,
    results: &[CourseEnrolmentResult],
    touched: &mut Touched,
) -> Outcome<usize> {
    for theirs in results
        .iter()
        .filter_map(|result| result.course_enrolment.as_ref())
    {
        let ours = map::by_asn(tx, theirs.asn)?;
        let key = theirs.ref_id.to_string();
        let year = match year {
            Some(year) => Some(year),
            None => place(tx, SectionId::from_uuid(theirs.section_ref_id))?.0,
        };
        let topic = Topic {
            notification_type: NotificationType::CourseEnrolment,
            year,
        };
        mirror::keep(tx, (topic, &key), theirs.pasi_core_version, theirs, ours)?;
        touched.add(ours);
    }
    Ok(results.len())
}

pub(super) fn course_enrolment_alerts(
    tx: &mut Tx,
    year: Option<SchoolYear>,
    results: &[CourseEnrolmentStatusResult],
) -> Outcome<usize> {
    let (kind, of) = (
        NotificationType::CourseEnrolmentStatus,
        NotificationType::CourseEnrolment,
    );
    let mut cards = BTreeSet::new();
    for status in results.iter().filter_map(|result| result.status.as_ref()) {
        let key = status.ref_id.to_string();
        let sat = map::classes::one(tx, kernel::CourseEnrolmentId::from_uuid(status.ref_id))?;
        let student = match &sat {
            Some(sat) => Some(sat.seat.student),
            None => mirror::student_of(tx, of, &key)?,
        };
        let year = match year {
            Some(year) => Some(year),
            None => mirror::year_of(tx, of, &key)?,
        };
        let topic = Topic {
            notification_type: kind,
            year,
        };
        mirror::keep(tx, (topic, &key), status.pasi_core_version, status, student)?;
        if let (Some(student), Some(sat)) = (student, sat) {
            let record = (alerts::OF_COURSE_ENROLMENT, status.ref_id);
            alerts::set_of(
                tx,
                (Some(student), Some(sat.section.school)),
                record,
                &status.alerts,
            )?;
            cards.insert(student);
        }
    }
    for student in cards {
        map::refresh_card(tx, student)?;
    }
    Ok(results.len())
}
