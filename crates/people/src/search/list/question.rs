//! What may be asked of a list, and what comes back.

use crate::model::PlaceState;
use kernel::{SchoolId, SchoolYear, StudentId};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// The order of a list.
    pub enum Sort {
        /// Last name, first name.
        Name = "name",
        /// Oldest first.
        BirthDate = "born",
        /// By the number within the division.
        LocalNumber = "number",
        /// By the provincial number; students without one come last.
        Asn = "asn",
        /// Name of the school, then name; students without one come last.
        School = "school",
        /// Grade, kindergarten first, then name; students without one come last.
        Grade = "grade",
        /// Homeroom, then name.
        Homeroom = "homeroom",
        /// Longest enrolled first; students never enrolled come last.
        Enrolled = "enrolled",
    }
}

kernel::text_enum! {
    /// What a record lacks: the students somebody should ask about.
    pub enum Missing {
        /// Nobody to call: no current contact has a phone.
        GuardianPhone = "guardian-phone",
        /// No current contact has an e-mail address.
        GuardianEmail = "guardian-email",
        /// No current contact at all.
        Guardian = "guardian",
        /// No address on record.
        Address = "address",
        /// No provincial number yet.
        Asn = "asn",
        /// No homeroom.
        Homeroom = "homeroom",
        /// No identity document was seen.
        Document = "document",
        /// No citizenship on record.
        Citizenship = "citizenship",
        /// The language at home was not told.
        Language = "language",
    }
}

/// Which students, in which order, after which one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// As this school year left it, or plans it: school, grade, homeroom and codes
    /// are those of an enrolment of that year. None for where students are today.
    pub year: Option<SchoolYear>,
    /// At this school.
    pub school: Option<SchoolId>,
    /// A grade code.
    pub grade: Option<String>,
    /// A homeroom.
    pub homeroom: Option<String>,
    /// Enrolled, future, left, none.
    pub state: Option<PlaceState>,
    /// With any restriction, or without one.
    pub restricted: Option<bool>,
    /// A word of the connector.
    pub sync: Option<String>,
    /// A code of the enrolment types, on an enrolment of this school year or the next.
    pub enrolment_type: Option<String>,
    /// A code of the grants programs, likewise.
    pub grant: Option<String>,
    /// A code of the exceptions, likewise.
    pub exception: Option<String>,
    /// A code of the language at home.
    pub language: Option<String>,
    /// What the record lacks.
    pub missing: Option<Missing>,
    /// With a name, a number, a guardian or a phone that begins with each of these words.
    pub text: Option<String>,
    /// The order; by name when none is given.
    pub sort: Option<Sort>,
    /// The order turned round.
    pub descending: bool,
    /// The last row of the page before: its key in this order, and the student.
    pub after: Option<(String, StudentId)>,
    /// Rows of a page, 1 to 500; 50 when 0.
    pub limit: usize,
}

/// Rows of a list that are counted: nobody reads further, and a list of a
/// hundred thousand is not walked to its end for each of its pages.
pub const COUNTED: i64 = 10_000;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// What `after` must be for the next page; none on the last one.
    pub next: Option<(String, StudentId)>,
    /// Rows of the whole list, counted up to [`COUNTED`].
    pub total: i64,
    /// There are more than were counted.
    pub is_longer: bool,
}
