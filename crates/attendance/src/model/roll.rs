//! A roll: one group in one slot of a day.

use super::{Group, Mark, Slot, Source};
use kernel::{Date, Instant, SchoolId, StudentId, SubmissionId};

/// Which roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollAt {
    /// The school.
    pub school: SchoolId,
    /// The day.
    pub on: Date,
    /// The slot.
    pub slot: Slot,
    /// Who stands in it.
    pub group: Group,
}

/// What is said of one student of a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub student: StudentId,
    /// The letter of a code; empty says nothing and leaves what is there.
    pub letter: String,
    /// Minutes late, when they are known.
    pub minutes: Option<i32>,
    /// A note; may be empty.
    pub comment: String,
    /// The version of the mark that the page showed; 0 when it showed none.
    pub seen: i64,
}

/// A roll as a teacher or the office sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeRoll {
    /// Of this sending: the same sent twice is one.
    pub key: SubmissionId,
    /// Which roll.
    pub at: RollAt,
    /// What is said; whoever is not named stays as recorded, and is present where nothing is.
    pub entries: Vec<Entry>,
}

/// Who took a roll, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roll {
    /// Which roll.
    pub at: RollAt,
    /// How often it was sent; 1 for the first.
    pub version: i64,
    /// When last.
    pub taken_at: Instant,
    /// By whom, as named then.
    pub taken_by: String,
    /// Whether a teacher or the office took it.
    pub source: Source,
    /// How many students stood in it.
    pub students: i32,
}

/// An entry that somebody else's came before: both are shown, theirs stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// What was sent.
    pub ours: Entry,
    /// What stands.
    pub theirs: Mark,
}

/// What became of a roll that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The roll as it stands.
    pub roll: Roll,
    /// Marks that were written.
    pub written: usize,
    /// Entries that were not: something else was recorded since the page was drawn.
    pub clashes: Vec<Clash>,
}
