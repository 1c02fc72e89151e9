//! Letters about attendance: when one is due, to whom it goes, what was sent.

use super::{Mark, Meaning, Mode, Slot};
use kernel::{Date, Instant, LetterBatchId, LetterId, SchoolId, SchoolYear, StudentId};
use people::RestrictionCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

kernel::text_enum! {
    /// In what absences are counted for letters.
    pub enum LetterUnit {
        /// Half days; a period on a day without daily roll counts its share (`LP-0726`).
        HalfDays = "half-days",
        /// Periods, each as one.
        Periods = "periods",
    }
}

impl LetterUnit {
    /// Half days where daily rolls are taken, periods where they are not.
    pub const fn of(mode: Mode) -> Self {
        if mode.has_daily() {
            Self::HalfDays
        } else {
            Self::Periods
        }
    }
}

/// When a letter is due, from a day on: a school's own, or the division's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPlan {
    /// The school that set it; none for the division's.
    pub school: Option<SchoolId>,
    /// The kinds of absence that count.
    pub kinds: Vec<Meaning>,
    /// How many half days, in rising order.
    pub half_days: Vec<u16>,
    /// How many periods, in rising order.
    pub periods: Vec<u16>,
    /// The language of letters to whoever has asked for none there is a text in; a code of the language at home.
    pub language: String,
    /// The first day on which it holds.
    pub valid_from: Date,
    /// 0 while nothing is set; a save names the version it saw.
    pub version: i64,
}

impl LetterPlan {
    /// What holds while nobody has set anything: 5, 10 and 15 of those without leave.
    pub fn unset(school: Option<SchoolId>, valid_from: Date) -> Self {
        Self {
            school,
            kinds: vec![Meaning::Unexplained, Meaning::Unauthorized],
            half_days: vec![5, 10, 15],
            periods: vec![5, 10, 15],
            language: "ENG".to_owned(),
            valid_from,
            version: 0,
        }
    }
    /// The thresholds in a unit.
    pub fn steps(&self, unit: LetterUnit) -> &[u16] {
        match unit {
            LetterUnit::HalfDays => &self.half_days,
            LetterUnit::Periods => &self.periods,
        }
    }
}

/// What letters in a language say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterText {
    /// A code of the language at home.
    pub language: String,
    /// What they are about.
    pub subject: String,
    /// Paragraphs, an empty line between them, above the table of days.
    pub body: String,
    /// Paragraphs below it; may be empty.
    pub closing: String,
    /// 0 for the text of the program; a save names the version it saw.
    pub version: i64,
}

/// To whom a letter goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Names the persons, for telling letters apart.
    pub key: String,
    /// Their names; the student's own for an independent student.
    pub names: Vec<String>,
    /// Street, city and country, line by line.
    pub lines: Vec<String>,
    /// The languages it may be written in, the most wanted first; codes of the language at home.
    pub languages: Vec<String>,
}

kernel::text_enum! {
    /// Why somebody around a student gets no letter.
    pub enum NotWritten {
        /// A court forbids contact.
        NoContact = "no-contact",
        /// Has no custody, or access alone.
        NoCustody = "no-custody",
        /// The student is independent, and is written to alone.
        Independent = "independent",
        /// No address is known.
        NoAddress = "no-address",
    }
}

/// Everybody a letter might go to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// Who is written to.
    pub addressees: Vec<Addressee>,
    /// Parents and guardians who are not, by name, and why.
    pub left_out: Vec<(String, NotWritten)>,
}

/// A student of whom a letter is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterDue {
    /// Who.
    pub student: StudentId,
    /// `Last, First` of the legal name.
    pub listed: String,
    /// `First Last` of the legal name.
    pub name: String,
    /// The homeroom; may be empty.
    pub homeroom: String,
    /// The threshold that was reached.
    pub step: u16,
    /// How much was counted: half days in parts of a day, or periods.
    pub total: u32,
    /// The threshold of the last letter in this year; none without one.
    pub before: Option<u16>,
    /// The absences that were counted, latest first.
    pub marks: Vec<Mark>,
    /// To whom it goes.
    pub around: Around,
    /// Restrictions that must be read before, gravest first, with their words.
    pub gates: Vec<(RestrictionCode, String)>,
    /// Names what was counted; another text after any change.
    pub seen: String,
}

/// The letters that are due at a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LettersDue {
    /// By which thresholds.
    pub plan: LetterPlan,
    /// In what is counted.
    pub unit: LetterUnit,
    /// The days counted: since the year began, until today.
    pub days: (Date, Date),
    /// Student by student, in the order of names.
    pub lines: Vec<LetterDue>,
    /// How many more are due than are listed.
    pub more: usize,
}

/// Letters to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendLetters {
    /// The id of the batch, made by the caller, so that a form sent twice is one batch.
    pub id: LetterBatchId,
    /// Whose school.
    pub school: SchoolId,
    /// About whom, each with what the page had counted.
    pub students: Vec<(StudentId, String)>,
    /// Those of them whose restrictions were read.
    pub read: BTreeSet<StudentId>,
}

/// Letters that were made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterBatch {
    /// The record.
    pub id: LetterBatchId,
    /// Whose school.
    pub school: SchoolId,
    /// Of which year.
    pub year: SchoolYear,
    /// How many letters.
    pub letters: i32,
    /// When they were made.
    pub made_at: Instant,
    /// By whom.
    pub made_by: String,
    /// When they were mailed; until then they may be taken back.
    pub mailed_at: Option<Instant>,
    /// When they were taken back.
    pub undone_at: Option<Instant>,
}

/// What a letter stated: the threshold, and the absences that were counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// Counted until that day.
    pub until: Date,
    /// How much was counted: half days in parts of a day, or periods.
    pub total: u32,
    /// The absences, latest first: day, slot, letter of the code, what it came to.
    pub marks: Vec<(Date, Slot, String, Meaning)>,
}

/// A letter that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterSent {
    /// The record.
    pub id: LetterId,
    /// The batch it is part of.
    pub batch: LetterBatch,
    /// About whom.
    pub student: StudentId,
    /// In what was counted.
    pub unit: LetterUnit,
    /// The threshold.
    pub step: u16,
    /// To whom, by name.
    pub addressee: String,
    /// In which language.
    pub language: String,
    /// What it stated.
    pub stated: Stated,
    /// What was printed, as the page composed it.
    pub content: String,
}
