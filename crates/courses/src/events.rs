//! What others may learn happened; read from the outbox by topic.

use crate::model::{CourseEnrolment, Section};
use db::{Subject, Tx};
use kernel::{SchoolId, SectionId, StudentId};
use serde::{Deserialize, Serialize};

/// Topic: a section was made, changed or closed here, or what the province is told of it. Subject `section`.
pub const SECTION_CHANGED: &str = "section.changed";

/// Topic: a student came into a section, left it, or what is said of the place changed. Subject
/// `course_enrolment`. Who waits is not told.
pub const COURSE_ENROLMENT_CHANGED: &str = "course_enrolment.changed";

/// Payload of [`SECTION_CHANGED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionChanged {
    /// Its school.
    pub school_id: SchoolId,
    /// The version that was saved.
    pub version: i64,
}

/// Payload of [`COURSE_ENROLMENT_CHANGED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseEnrolmentChanged {
    /// Who.
    pub student_id: StudentId,
    /// Where.
    pub section_id: SectionId,
    /// The school of the section.
    pub school_id: SchoolId,
    /// The version that was saved.
    pub version: i64,
}

pub(crate) fn section_changed(tx: &mut Tx, section: &Section) {
    let payload = SectionChanged {
        school_id: section.school,
        version: section.version,
    };
    tx.announce(SECTION_CHANGED, &Subject::new("section", section.id), &payload);
}

pub(crate) fn seat_changed(tx: &mut Tx, section: &Section, seat: &CourseEnrolment) {
    let payload = CourseEnrolmentChanged {
        student_id: seat.student,
        section_id: section.id,
        school_id: section.school,
        version: seat.known.version,
    };
    let subject = Subject::new("course_enrolment", seat.id);
    tx.announce(COURSE_ENROLMENT_CHANGED, &subject, &payload);
}
