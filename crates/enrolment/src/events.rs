//! What others may learn happened; read from the outbox by topic.

use kernel::{SchoolId, StudentId};
use serde::{Deserialize, Serialize};

/// Topic: an enrolment was made, changed, ended, deleted or restored here. Subject `enrolment`.
pub const ENROLMENT_CHANGED: &str = "enrolment.changed";

/// Topic: a responsible-school record was made, changed, deleted or restored here.
/// Subject `responsible_school`.
pub const RESPONSIBLE_SCHOOL_CHANGED: &str = "responsible_school.changed";

/// Topic: a change to many students was begun, applied, stopped, done or taken back. Subject
/// `mass-update`; each student's own change is told as any other.
pub const MASS_UPDATE: &str = "enrolment.mass_update";

/// Payload of [`ENROLMENT_CHANGED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentChanged {
    /// Who.
    pub student_id: StudentId,
    /// The school that owns the record.
    pub school_id: SchoolId,
    /// The version that was saved.
    pub version: i64,
}

/// Payload of [`RESPONSIBLE_SCHOOL_CHANGED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponsibleSchoolChanged {
    /// Who.
    pub student_id: StudentId,
    /// The school named, when it is one of the division.
    pub school_id: Option<SchoolId>,
    /// The version that was saved.
    pub version: i64,
}
