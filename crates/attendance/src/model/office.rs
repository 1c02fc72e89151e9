//! What the office does: marks of single students and of many, calls, the desk.

use super::{Mark, Slot};
use kernel::{AttendanceCallId, AttendanceRangeId, Date, DeskEntryId, Grade, Instant, SchoolId, StudentId};

/// A mark as the office says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeMark {
    /// Whose school.
    pub school: SchoolId,
    /// Who.
    pub student: StudentId,
    /// The day.
    pub on: Date,
    /// The slot.
    pub slot: Slot,
    /// The letter of a code.
    pub letter: String,
    /// Minutes late, when they are known.
    pub minutes: Option<i32>,
    /// A note; may be empty.
    pub comment: String,
    /// The version of the mark that the page showed; 0 when it showed none.
    pub seen: i64,
}

kernel::text_enum! {
    /// What came of a call.
    pub enum CallOutcome {
        /// Somebody answered.
        Reached = "reached",
        /// A message was left.
        Message = "message",
        /// Nobody answered.
        NoAnswer = "no-answer",
        /// The number is somebody else's.
        WrongNumber = "wrong-number",
    }
}

/// A call to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCall {
    /// Its id, made by the caller, so that a form sent twice is one call.
    pub id: AttendanceCallId,
    /// Whose school.
    pub school: SchoolId,
    /// About whom.
    pub student: StudentId,
    /// About which day.
    pub on: Date,
    /// Who was called.
    pub spoke_with: String,
    /// What came of it.
    pub outcome: CallOutcome,
    /// A note; may be empty.
    pub note: String,
}

/// A call that was noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What was noted.
    pub call: NewCall,
    /// When.
    pub called_at: Instant,
    /// Who called.
    pub called_by: String,
}

kernel::text_enum! {
    /// Which way somebody passed the desk.
    pub enum Direction {
        /// Came late, or came back.
        In = "in",
        /// Left before the end.
        Out = "out",
    }
}

/// A student at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeskEntry {
    /// Its id, made by the caller, so that a form sent twice is one line.
    pub id: DeskEntryId,
    /// Whose school.
    pub school: SchoolId,
    /// Who.
    pub student: StudentId,
    /// Which way.
    pub direction: Direction,
    /// When, in minutes after midnight of today.
    pub minute: i32,
    /// Why, or with whom; may be empty.
    pub reason: String,
    /// The letter of the code for the slot of that time; empty marks nothing.
    pub letter: String,
}

/// A line of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskEntry {
    /// The record.
    pub id: DeskEntryId,
    /// Who.
    pub student: StudentId,
    /// Which way.
    pub direction: Direction,
    /// When, in minutes after midnight.
    pub minute: i32,
    /// Why, or with whom.
    pub reason: String,
    /// Who noted it.
    pub noted_by: String,
}

/// One code for many students on many days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRange {
    /// Its id, made by the caller, so that a form sent twice is one entry.
    pub id: AttendanceRangeId,
    /// Whose school.
    pub school: SchoolId,
    /// Who.
    pub students: Vec<StudentId>,
    /// First and last day, both included; days without instruction between them are left out.
    pub days: (Date, Date),
    /// In which slots.
    pub slots: Vec<Slot>,
    /// The letter of a code.
    pub letter: String,
    /// A note; may be empty.
    pub comment: String,
}

/// What an entry for many does to one slot of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeRow {
    /// Who.
    pub student: StudentId,
    /// The day.
    pub on: Date,
    /// The slot.
    pub slot: Slot,
    /// What stands.
    pub before: Option<Mark>,
    /// Will it be written? What somebody has explained stays as it is.
    pub is_written: bool,
}

/// What an entry for many would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangePlan {
    /// Slot by slot, in the order of days.
    pub rows: Vec<RangeRow>,
}

impl RangePlan {
    /// How many marks are written, and how many stay.
    pub fn counts(&self) -> (usize, usize) {
        let written = self.rows.iter().filter(|row| row.is_written).count();
        (written, self.rows.len() - written)
    }
}

/// An entry for many that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeMade {
    /// The record.
    pub id: AttendanceRangeId,
    /// Whose school.
    pub school: SchoolId,
    /// First and last day.
    pub days: (Date, Date),
    /// The letter of its code.
    pub letter: String,
    /// Its note.
    pub comment: String,
    /// Marks that it wrote.
    pub marks: i32,
    /// When.
    pub made_at: Instant,
    /// By whom.
    pub made_by: String,
    /// Taken back when.
    pub undone_at: Option<Instant>,
}

/// What a student missed of the instruction of a month, at a school and in a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instruction {
    /// Who.
    pub student: StudentId,
    /// Where.
    pub school: SchoolId,
    /// In which grade.
    pub grade: Grade,
    /// The first day of the month.
    pub month: Date,
    /// Half days of instruction until today while the student was enrolled.
    pub possible: u32,
    /// Missed of them, in parts of a day (`LP-0726`).
    pub missed: u32,
}

/// How many of some students miss chronically (`LP-0727`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// All that had instruction.
    pub students: u32,
    /// Those of whom absence is chronic.
    pub chronic: u32,
}

impl Share {
    /// The share, of a thousand.
    pub fn permille(self) -> i64 {
        i64::from(self.chronic) * 1000 / i64::from(self.students.max(1))
    }
}

/// The instruction of schools in a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instructed {
    /// Student by student, month by month.
    pub lines: Vec<Instruction>,
    /// The schools and months in which a roll was taken at all; of others nothing is known.
    pub known: std::collections::BTreeSet<(SchoolId, Date)>,
}
