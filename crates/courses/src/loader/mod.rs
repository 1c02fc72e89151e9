//! The automatic loader: who goes into which section, from what students asked
//! for. A pure function: the same input, its seed included, gives the same plan.
//!
//! Always: no student meets two sections at once, no section takes more than
//! its capacity, locks stand, students who must sit together do or neither has
//! the course, and of linked sections a student who asked for both has both or
//! neither. Within that as many requests as possible are placed, the more
//! wanted before the less, the course itself before what may stand in for it;
//! then the sections of a course are filled alike. What was not placed is told
//! with the reason.
//!
//! How: the choice is an integer programme that the crate `microlp` solves
//! ([`block`]), block by block of students: first everybody once, those with
//! the fewest ways first; then whoever lacks something together with those who
//! sit where they could; in the end everybody once more, for balance
//! ([`rounds`]). A block is solved over what it has already and only ever
//! gains by it. Why a solver and which: `docs/adr/0011-solver-of-the-loader.md`.

mod block;
mod making;
mod rounds;
mod slots;
mod why;

#[cfg(test)]
mod tests;

pub(crate) use slots::{meet, of_all as slots_of};

use crate::model::Meeting;
use kernel::{CourseId, Date, SectionId, StudentId};
use serde::{Deserialize, Serialize};

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
    /// Most students, those of the locks included; none for no limit.
    pub capacity: Option<usize>,
    /// May further students be placed into it? When not, its locks alone count.
    pub is_open: bool,
}

/// A course that a student asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Who.
    pub student: StudentId,
    /// What.
    pub course: CourseId,
    /// How much: 1 for most, 9 for least.
    pub rank: u8,
    /// What may stand in for it, the most wanted first.
    pub instead: Vec<CourseId>,
}

/// Two students who must sit in the same section of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What was asked for; of the same student and course the first counts.
    pub requests: Vec<Wanted>,
    /// Students who are in a section already: they keep the seat, whatever its capacity, and its time.
    pub locks: Vec<(StudentId, SectionId)>,
    /// Sections that a student is not placed into, though asking for its course: who waits there already.
    pub barred: Vec<(StudentId, SectionId)>,
    /// Who must sit together.
    pub together: Vec<Together>,
    /// Sections that belong together, as those of a course and its co-requisite: who asked for the courses of both
    /// has both or neither.
    pub linked: Vec<(SectionId, SectionId)>,
    /// Another seed is another, equally good plan.
    pub seed: u64,
}

/// Why a request was not placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// No section of the course, nor of what may stand in for it, is offered.
    NotOffered,
    /// Every section that the student has time for is full.
    Full,
    /// Every section meets while the student is in another; this is the first of those.
    Conflict(SectionId),
    /// No section has room and time for both who must sit together, or who are in linked sections.
    Apart,
    /// The student is not at the school when the sections are taught.
    Away,
}

/// A request that was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Who.
    pub student: StudentId,
    /// What was asked for.
    pub course: CourseId,
    /// Where to.
    pub section: SectionId,
    /// The section is of a course that stands in for it.
    pub is_instead: bool,
}

/// A request that was not placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    /// Who.
    pub student: StudentId,
    /// What was asked for.
    pub course: CourseId,
    /// Why.
    pub why: Why,
}

/// What the loader answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// New seats, those of the locks left out; by student, then in the order of the requests.
    pub placed: Vec<Placed>,
    /// What was not placed, in the same order.
    pub unplaced: Vec<Unplaced>,
    /// How many requests the locks fulfil already.
    pub settled: usize,
    /// How many are in each section after it, locks included, in the order of the sections.
    pub filled: Vec<usize>,
}

impl Plan {
    /// How many of a thousand requests are fulfilled, by this plan or before it; all when nothing was asked for.
    pub fn per_mille(&self) -> usize {
        let fulfilled = self.placed.len() + self.settled;
        let all = fulfilled + self.unplaced.len();
        (fulfilled * 1_000).checked_div(all).unwrap_or(1_000)
    }
}

/// Places students into sections by what they asked for.
pub fn load(load: &Load) -> Plan {
    let mut making = making::Making::of(load);
    rounds::run(&mut making, load.seed);
    why::plan(&making, load)
}
