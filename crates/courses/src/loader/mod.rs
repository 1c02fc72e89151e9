//! The automatic loader: who goes into which section, from what each student
//! asked for. A pure function: the same input gives the same plan.
//!
//! No student meets two sections at once, no section holds more than its
//! capacity, locks stand, and who must sit together does. Within that as many
//! requests as possible are placed, and the sections of a course are filled
//! alike. What was not placed is told with the reason.
//!
//! How: students with the fewest ways to be placed come first. For each the
//! best choice of one section a course is searched exactly, a full or clashing
//! one given up at a price; fuller sections cost more. Who lacks something is
//! then given a seat by moving somebody who loses nothing by it, for as long
//! as that helps; in the end everybody is placed once more for balance.

mod search;
mod solve;

#[cfg(test)]
mod tests;

pub use solve::load;

use crate::model::Meeting;
use kernel::{CourseId, Date, SectionId, StudentId};

/// A section that students can be placed into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Which.
    pub section: SectionId,
    /// Its courses.
    pub courses: Vec<CourseId>,
    /// When it meets.
    pub meetings: Vec<Meeting>,
    /// Its first and its last day.
    pub days: (Date, Date),
    /// Most students; none for no limit.
    pub capacity: Option<usize>,
}

/// A course that a student asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Who.
    pub student: StudentId,
    /// What.
    pub course: CourseId,
}

/// Two students who must sit in the same section of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together {
    /// One.
    pub one: StudentId,
    /// The other.
    pub other: StudentId,
    /// In which course.
    pub course: CourseId,
}

/// What the loader is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Load {
    /// The sections.
    pub sections: Vec<Offered>,
    /// What was asked for; the same request twice counts once.
    pub requests: Vec<Request>,
    /// Students who are in a section already, or must be: they keep the seat,
    /// whatever its capacity, and its time.
    pub locks: Vec<(StudentId, SectionId)>,
    /// Who must sit together.
    pub together: Vec<Together>,
}

/// Why a request was not placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// No section of the course is offered.
    NotOffered,
    /// Every section of the course that the student could attend is full.
    Full,
    /// Every section of the course meets while the student is in this one.
    Conflict(SectionId),
    /// No section has room and time for both who must sit together.
    Apart,
}

/// A request that was not placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unplaced {
    /// What was asked for.
    pub request: Request,
    /// Why.
    pub why: Why,
}

/// What the loader answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// New seats, those of the locks left out; by student, then in the order of the requests.
    pub placed: Vec<(StudentId, SectionId)>,
    /// What was not placed, by student.
    pub unplaced: Vec<Unplaced>,
    /// How many are in each section after it, locks included, in the order of the sections.
    pub filled: Vec<usize>,
}
