//! Where the periods of a day and its daily roll do not say the same.

use super::{Meaning, Slot};
use kernel::{AttendanceRangeId, Date, SchoolId, StudentId};

/// What is said of a student in a slot of which a roll was taken, or of which there is a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The slot.
    pub slot: Slot,
    /// The letter of its code; that of present where a roll was taken and nothing marked.
    pub letter: String,
    /// What it comes to.
    pub meaning: Meaning,
    /// The version of the mark; 0 where there is none.
    pub version: i64,
}

/// Half a day of one student, as the daily roll and as the periods say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    /// The daily roll.
    pub daily: Word,
    /// The periods that begin in this half, the earliest first; at least one.
    pub periods: Vec<Word>,
}

kernel::text_enum! {
    /// How they disagree.
    pub enum Differs {
        /// Absent by the day, there in a period.
        There = "there",
        /// There by the day, absent in every period.
        Absent = "absent",
        /// Absent by both, and explained in one of them alone.
        Explained = "explained",
    }
}

kernel::text_enum! {
    /// Whose word is kept.
    pub enum Keep {
        /// The daily roll's; the periods take it.
        Day = "day",
        /// The periods'; the daily roll takes it.
        Periods = "periods",
    }
}

/// Half a day of a student on which they disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// Who.
    pub student: StudentId,
    /// What both say.
    pub half: Half,
    /// How they disagree.
    pub how: Differs,
}

/// A disagreement to be settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settle {
    /// Its id, made by the caller, so that a form sent twice is one; by it the settling is taken back.
    pub id: AttendanceRangeId,
    /// Whose school.
    pub school: SchoolId,
    /// Who.
    pub student: StudentId,
    /// The day.
    pub on: Date,
    /// The half: morning or afternoon.
    pub half: Slot,
    /// Whose word is kept.
    pub keep: Keep,
    /// Slots and versions that the page showed.
    pub seen: Vec<(Slot, i64)>,
}
