//! The attendance of a year, as it goes into a student record.

use super::{Meaning, Tally};
use kernel::{Date, SchoolId, SchoolYear, StudentId};

/// One student at one school in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearRecord {
    /// Who.
    pub student: StudentId,
    /// Where.
    pub school: SchoolId,
    /// When.
    pub year: SchoolYear,
    /// Counted until that day.
    pub until: Date,
    /// From when until when the student was there; one may come twice.
    pub stays: Vec<(Date, Option<Date>)>,
    /// Term by term as the school divides its year; empty where it does not.
    pub terms: Vec<YearPart>,
    /// All of it.
    pub total: YearPart,
    /// By code of the school, in the order of meanings.
    pub codes: Vec<CodeCount>,
    /// Are periods among what was marked?
    pub has_periods: bool,
}

/// A stretch of a year in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YearPart {
    /// What the term is called; empty for the whole.
    pub name: String,
    /// Days of instruction while the student was there, until the day it is counted.
    pub taught: u32,
    /// What was marked, counted (`LP-0726`).
    pub tally: Tally,
    /// Minutes late, where they are known.
    pub late_minutes: u32,
}

/// How often a code was said of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeCount {
    /// Its letter.
    pub letter: String,
    /// What it came to.
    pub meaning: Meaning,
    /// The last day on which it was said: by it the label is found.
    pub last: Date,
    /// In daily rolls: mornings and afternoons.
    pub half_days: u32,
    /// In periods.
    pub periods: u32,
    /// Minutes late, where they are known.
    pub minutes: u32,
}
