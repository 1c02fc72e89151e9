//! What the province is told of a section and of a student in it, beyond what
//! a school needs for itself.

use kernel::{CourseEnrolmentId, CourseId, SectionId};
use serde::{Deserialize, Serialize};

/// How a section is given, in the province's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offering {
    /// Which section.
    pub section: SectionId,
    /// When in the day or year it takes place, a code of `DeliverySchedule`.
    pub delivery_schedule: String,
    /// How it is taught for the most part, a code of `DeliveryMethod`.
    pub delivery_method: String,
    /// Language of instruction, a code of `CourseLanguage`.
    pub language: String,
    /// A code of `SectionTerm`; empty for the term that the days of the section say.
    pub term: String,
    /// Credits; none for the most that each of its courses is offered for.
    pub credits: Option<i32>,
    /// Minutes of instruction offered; none where they are not told.
    pub minutes: Option<i32>,
    /// 0 while nothing was said; a save names the version it saw.
    pub version: i64,
}

impl Offering {
    /// What holds while nothing was said: a regular timetable, in person, in English.
    pub fn usual(section: SectionId) -> Self {
        Self {
            section,
            delivery_schedule: "REG".to_owned(),
            delivery_method: "InPerson".to_owned(),
            language: "English".to_owned(),
            term: String::new(),
            credits: None,
            minutes: None,
            version: 0,
        }
    }
}

/// What a student in a section is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Which course enrolment.
    pub seat: CourseEnrolmentId,
    /// Which of the courses that sit together; none where there is one.
    pub course: Option<CourseId>,
    /// Credits tried for; none for those of the section.
    pub credits: Option<i32>,
    /// Has the school waived the prerequisites?
    pub is_waived: bool,
    /// 0 while nothing was said; a save names the version it saw.
    pub version: i64,
}

impl Claim {
    /// What holds while nothing was said.
    pub const fn usual(seat: CourseEnrolmentId) -> Self {
        Self {
            seat,
            course: None,
            credits: None,
            is_waived: false,
            version: 0,
        }
    }
}
