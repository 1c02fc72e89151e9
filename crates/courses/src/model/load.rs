//! A run of the automatic loader.

use crate::loader::{Placed, Together, Unplaced};
use kernel::{CourseId, CourseLoadId, Date, Instant, SchoolId, SchoolYear, SectionId};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// Where a run stands.
    pub enum LoadState {
        /// The plan is being made.
        Planning = "planning",
        /// The plan can be looked at; nobody has moved.
        Planned = "planned",
        /// No plan could be made.
        Failed = "failed",
        /// Students are being put into their sections.
        Applying = "applying",
        /// Everybody of the plan is in.
        Applied = "applied",
        /// Students are being taken out again.
        Undoing = "undoing",
        /// Nobody is in a section by this run any more.
        Undone = "undone",
    }
}

impl LoadState {
    /// Is somebody working on it?
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Planning | Self::Applying | Self::Undoing)
    }
}

/// What the loader is asked to mind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadAsk {
    /// Another seed is another, equally good plan.
    pub seed: u64,
    /// Who must sit together.
    pub together: Vec<Together>,
    /// Sections that belong together.
    pub linked: Vec<(SectionId, SectionId)>,
}

/// How a section stands after a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfSection {
    /// Which.
    pub section: SectionId,
    /// Students before it.
    pub before: usize,
    /// Students after it.
    pub after: usize,
}

/// How a course stands after a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfCourse {
    /// Which.
    pub course: CourseId,
    /// Requests for it.
    pub asked: usize,
    /// Of those, fulfilled before or by the plan; by what stands in for it too.
    pub had: usize,
}

/// Two courses that many ask for together and whose sections all meet at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// One.
    pub one: CourseId,
    /// The other.
    pub other: CourseId,
    /// Students who ask for both.
    pub students: usize,
    /// Pairs of a section of each that meet at once.
    pub at_once: usize,
    /// Pairs of a section of each.
    pub pairs: usize,
}

/// A plan, with what a person reads of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadedPlan {
    /// New seats.
    pub placed: Vec<Placed>,
    /// What has none, and why.
    pub unplaced: Vec<Unplaced>,
    /// Requests that a seat fulfilled before.
    pub settled: usize,
    /// Every section that takes students.
    pub sections: Vec<OfSection>,
    /// Every course asked for.
    pub courses: Vec<OfCourse>,
    /// Courses that meet at once, those of most students first.
    pub met: Vec<Met>,
    /// Milliseconds that it took.
    pub millis: u64,
    /// When it was applied: who could not be put in after all, and by which rule.
    #[serde(default)]
    pub refused: Vec<(Placed, String)>,
    /// When it was undone: seats that somebody had changed since, which stay.
    #[serde(default)]
    pub kept: usize,
}

impl LoadedPlan {
    /// How many of a thousand requests are fulfilled, by this plan or before it; all when nothing was asked for.
    pub fn per_mille(&self) -> usize {
        let had = self.placed.len() + self.settled;
        let all = had + self.unplaced.len();
        (had * 1_000).checked_div(all).unwrap_or(1_000)
    }
}

/// A run of the automatic loader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseLoad {
    /// The record.
    pub id: CourseLoadId,
    /// At which school.
    pub school: SchoolId,
    /// In which school year.
    pub year: SchoolYear,
    /// Sections are filled that meet from this day at the earliest …
    pub first_day: Date,
    /// … until this day at the latest.
    pub last_day: Date,
    /// What it is to mind.
    pub ask: LoadAsk,
    /// Where it stands.
    pub state: LoadState,
    /// What the plan was made from, as a hash.
    pub ground: String,
    /// The plan; empty until it is made.
    pub plan: LoadedPlan,
    /// While it is applied or undone: sections dealt with so far.
    pub done: usize,
    /// Begun when.
    pub made_at: Instant,
    /// Begun by whom, as named then.
    pub made_by: String,
    /// Last worked on when.
    pub worked_at: Instant,
    /// 1 for the first; a change names the version it saw.
    pub version: i64,
}

impl CourseLoad {
    /// After so many seconds without work, whoever worked on it is gone.
    const PATIENCE: i64 = 120;

    /// Was it left by whoever worked on it?
    pub fn is_orphaned(&self, now: Instant) -> bool {
        self.state.is_running() && self.worked_at.plus_seconds(Self::PATIENCE) < now
    }
}
