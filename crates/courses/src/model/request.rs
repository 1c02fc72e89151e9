//! A course that a student asked for.

use crate::model::Course;
use db::Known;
use kernel::{CourseId, CourseRequestId, Findings, SchoolId, SchoolYear, StudentId};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// Where a request stands.
    pub enum RequestState {
        /// It counts.
        Asked = "asked",
        /// It was taken back; it stays readable.
        Withdrawn = "withdrawn",
    }
}

/// A course that a student asked for at a school for a year, as known by one of its versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CourseRequest {
    /// The record.
    pub id: CourseRequestId,
    /// Who.
    pub student: StudentId,
    /// At which school.
    pub school: SchoolId,
    /// For which school year.
    pub year: SchoolYear,
    /// What.
    pub course: CourseId,
    /// From 1 for what is wanted most; of what stands in for another, the order among those.
    pub rank: i32,
    /// The request that it stands in for, when that cannot be had.
    pub instead_of: Option<CourseRequestId>,
    /// Does it count?
    pub state: RequestState,
    /// Version, when it was recorded, by whom, why.
    pub known: Known,
}

/// A course to be asked for by a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskFor {
    /// The id it shall have, so that the same form sent twice is one record.
    pub id: CourseRequestId,
    /// Who.
    pub student: StudentId,
    /// What.
    pub course: CourseId,
    /// The request that it stands in for.
    pub instead_of: Option<CourseRequestId>,
}

/// What became of a request among several.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Who.
    pub student: StudentId,
    /// What.
    pub course: CourseId,
    /// It is there now; when not, the findings say why.
    pub is_there: bool,
    /// What the rules say.
    pub findings: Findings,
}

/// How many ask for a course, and how many there is room for.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseTally {
    /// The course.
    pub course: Course,
    /// Students who ask for it.
    pub asked: usize,
    /// Students for whom it may stand in.
    pub instead: usize,
    /// Of those who ask, how many have a seat in a class of it already.
    pub seated: usize,
    /// Open classes of it.
    pub sections: usize,
    /// Seats of those classes; none when one of them has no limit.
    pub seats: Option<usize>,
}

impl CourseTally {
    /// Seats that a class is counted with where none is there to tell.
    pub const USUAL: usize = 30;

    /// How many further classes of the usual size are needed for everybody who asks.
    pub fn needed(&self) -> usize {
        let usual = match self.seats {
            Some(seats) if self.sections > 0 => (seats / self.sections).max(1),
            _ => Self::USUAL,
        };
        self.seats
            .map_or(0, |seats| self.asked.saturating_sub(seats).div_ceil(usual))
    }
}
