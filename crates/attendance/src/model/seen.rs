//! What pages are told.

use super::{Call, Codes, Mark, Meaning, Roll, RollAt, Setting};
use kernel::{Date, Findings, StudentId};

/// A roll to be taken, with what is known of its students.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Which roll.
    pub at: RollAt,
    /// The codes of the school.
    pub codes: Codes,
    /// How the school keeps attendance.
    pub setting: Setting,
    /// Who took it last; none while nobody has.
    pub roll: Option<Roll>,
    /// Why it may not be taken by this person now; empty when it may.
    pub closed: Findings,
    /// Its students, in the order of their ids.
    pub lines: Vec<SheetLine>,
    /// Earlier days of instruction, earliest first, each with whether the roll was taken.
    pub last: Vec<(Date, bool)>,
}

/// A student of a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLine {
    /// Who.
    pub student: StudentId,
    /// What stands now.
    pub mark: Option<Mark>,
    /// What stood on each of the earlier days.
    pub last: Vec<Option<Mark>>,
}

/// The rolls of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    /// Is it a day of instruction?
    pub is_instructional: bool,
    /// Roll by roll, by group and slot.
    pub lines: Vec<BoardLine>,
}

impl Board {
    /// How many of the rolls are not taken.
    pub fn missing(&self) -> usize {
        self.lines.iter().filter(|line| line.roll.is_none()).count()
    }
}

/// One roll of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardLine {
    /// Which roll.
    pub at: RollAt,
    /// How many students stand in it.
    pub students: usize,
    /// Its teachers, by name.
    pub teachers: Vec<String>,
    /// Who took it last; none while nobody has.
    pub roll: Option<Roll>,
    /// How many of its students are absent, and how many late.
    pub exceptions: (usize, usize),
}

/// An absence that nobody has explained, with the calls about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexplained {
    /// Who.
    pub student: StudentId,
    /// The marks of the day, in the order of slots.
    pub marks: Vec<Mark>,
    /// Calls about the day, latest first.
    pub calls: Vec<Call>,
}

/// Half days, or periods, by meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Absent with leave.
    pub authorized: u32,
    /// Absent without leave.
    pub unauthorized: u32,
    /// Absent, not explained.
    pub unexplained: u32,
    /// Late.
    pub late: u32,
    /// Elsewhere for the school.
    pub activity: u32,
}

impl Tally {
    /// Counts `many` of a meaning.
    pub fn add(&mut self, meaning: Meaning, many: u32) {
        let place = match meaning {
            Meaning::Present => return,
            Meaning::Authorized => &mut self.authorized,
            Meaning::Unauthorized => &mut self.unauthorized,
            Meaning::Unexplained => &mut self.unexplained,
            Meaning::Late => &mut self.late,
            Meaning::Activity => &mut self.activity,
        };
        *place += many;
    }
    /// Absences of any kind.
    pub const fn absent(self) -> u32 {
        self.authorized + self.unauthorized + self.unexplained
    }
}

/// The attendance of one student in a school year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudentYear {
    /// Every mark that says something else than present, latest first.
    pub marks: Vec<Mark>,
    /// They counted, in half days.
    pub tally: Tally,
    /// The same by month, `2026-09` first.
    pub months: Vec<(String, Tally)>,
}

/// One student in the summary of a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLine {
    /// Who.
    pub student: StudentId,
    /// Counted in half days.
    pub tally: Tally,
    /// Half days of instruction until today while the student was enrolled.
    pub possible: u32,
}
