//! What a practice division is made of; kept in it, so that a second start continues the same.

use crate::ending::Stop;
use kernel::{Date, DivisionId, SchoolYear};
use serde::{Deserialize, Serialize};

/// The practice division's number: authority 3260.
pub(crate) const DIVISION: DivisionId = DivisionId(3260);
/// The seed of its people.
pub(super) const SEED: u64 = 3260;

/// What a practice division is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shape {
    /// How many students; none for the official counts.
    pub(crate) students: Option<usize>,
    /// The school year they are enrolled in.
    pub(crate) year: SchoolYear,
    seed: u64,
}

impl Shape {
    /// A division of so many students in the school year of `today`.
    pub(crate) fn new(students: Option<usize>, today: Date) -> Self {
        Self {
            students,
            year: SchoolYear::of(today),
            seed: SEED,
        }
    }
    /// The model of it; a wrong call when there are too many students.
    pub(crate) fn division(self) -> Result<practice::Division, Stop> {
        practice::division(practice::default_authority(), self.students, self.seed, self.year)
            .map_err(|error| Stop::Call(error.to_string()))
    }
    /// As it is kept.
    pub(crate) fn text(self) -> String {
        serde_json::to_string(&self).expect("three numbers are JSON")
    }
    /// What was kept; none when it cannot be read.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}
