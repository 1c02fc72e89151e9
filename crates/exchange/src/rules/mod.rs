//! Decisions on rows: what a value means, whether it was repaired, what a row
//! says. Pure; what a record may hold is decided by its own domain.

mod cells;
mod contact;
mod date;
mod enrolment;
mod fields;
mod register;
mod retention;
mod school;
mod staff;
mod student;
mod suggest;
mod value;

pub(crate) use cells::{Bound, Cells, skip};
pub(crate) use contact::{ContactDraft, contact, person_findings, same_person};
pub(crate) use enrolment::{EnrolDraft, enrolment};
pub use fields::{FIELDS, Field, fields_of};
pub use register::RULES;
pub use retention::days_kept;
pub(crate) use school::{SchoolDraft, school};
pub(crate) use staff::{StaffDraft, staff};
pub(crate) use student::{StudentDraft, field_of, student};
pub use suggest::{kind_told, preview, suggest};

use kernel::{AuthorityCode, Date};
use schools::Directory;

/// What a row is read against.
pub(crate) struct Ground {
    pub(crate) directory: Directory,
    pub(crate) today: Date,
    pub(crate) ours: AuthorityCode,
}

#[cfg(test)]
mod tests;
