//! A student in a section.

use crate::model::Section;
use db::Known;
use kernel::{CourseEnrolmentId, Date, Findings, SectionId, StudentId};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// Where a course enrolment stands.
    pub enum SeatState {
        /// The student is in the section.
        Enrolled = "enrolled",
        /// The section is full; the student waits.
        Waiting = "waiting",
        /// It should never have been made; it stays readable.
        InError = "in-error",
    }
}

/// A student in a section from a day until another, as known by one of its versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CourseEnrolment {
    /// The record; PASI's `RefId`.
    pub id: CourseEnrolmentId,
    /// Who.
    pub student: StudentId,
    /// Where.
    pub section: SectionId,
    /// First day.
    pub from: Date,
    /// Last day; none until the section's last.
    pub until: Option<Date>,
    /// Enrolled, waiting, or in error.
    pub state: SeatState,
    /// The place in the queue of who waits, from 1; 0 for who does not.
    pub place: i32,
    /// Version, when it was recorded, by whom, why.
    pub known: Known,
}

impl CourseEnrolment {
    /// Its days in its section.
    pub fn days(&self, section: &Section) -> (Date, Date) {
        let until = self
            .until
            .map_or(section.last_day, |last| last.min(section.last_day));
        (self.from.max(section.first_day), until)
    }
    /// Is the student in the section on that day?
    pub fn covers(&self, section: &Section, day: Date) -> bool {
        let (from, until) = self.days(section);
        self.state == SeatState::Enrolled && (from..=until).contains(&day)
    }
}

/// A student to be put into a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutIn {
    /// The id it shall have, so that the same form sent twice is one record.
    pub id: CourseEnrolmentId,
    /// Who.
    pub student: StudentId,
    /// First day.
    pub from: Date,
    /// Last day; none until the section's last.
    pub until: Option<Date>,
}

/// What became of a student who was to be put into a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Went {
    /// In the section.
    In,
    /// On its waiting list, at this place.
    Waits(i32),
    /// There already, by the same record.
    There,
    /// Not in it; the findings say why.
    Refused,
}

/// One student of several who were to be put into a section.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// Who.
    pub student: StudentId,
    /// What became of it.
    pub went: Went,
    /// What the rules say.
    pub findings: Findings,
}
