//! One student at one school for one stretch of one school year.

use crate::model::Coding;
use db::Known;
use kernel::{Asn, Date, EnrolmentId, Grade, Instant, PersonName, SchoolId, SchoolYear, StudentId};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// How an enrolment ended, in PASI's texts.
    pub enum ExitKind {
        /// The student stayed until the expected end.
        Completion = "CompletionDate",
        /// The student attended and left before it.
        Withdrawal = "WithdrawalDate",
    }
}

kernel::text_enum! {
    /// Why an enrolment does not count.
    pub enum Deletion {
        /// The student never came.
        NeverAttended = "never-attended",
        /// It should never have been made.
        CreatedInError = "created-in-error",
    }
}

/// The end of an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// The last day attended, or the last day expected; not the day after.
    pub on: Date,
    /// How.
    pub kind: ExitKind,
}

/// Where an enrolment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum State {
    /// No end is known; it lasts until its school year is over.
    Open,
    /// It ended, or is known to end on a day to come.
    Ended(Exit),
    /// It does not count, and stays readable.
    Deleted {
        /// Why.
        why: Deletion,
        /// The end that was known.
        exit: Option<Exit>,
    },
}

impl State {
    /// The end, when one is known.
    pub const fn exit(self) -> Option<Exit> {
        match self {
            Self::Open => None,
            Self::Ended(exit) => Some(exit),
            Self::Deleted { exit, .. } => exit,
        }
    }
    /// The planned end of the school year: known from the start, it ends nothing before its day, and may be
    /// brought forward.
    pub fn planned_end(self) -> Option<Exit> {
        match self {
            Self::Ended(exit) if exit.kind == ExitKind::Completion => Some(exit),
            _ => None,
        }
    }
    /// A state that counts, with this end.
    pub const fn live(exit: Option<Exit>) -> Self {
        match exit {
            None => Self::Open,
            Some(exit) => Self::Ended(exit),
        }
    }
}

/// A school enrolment, as known by one of its versions. Its id is PASI's `RefId`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The record.
    pub id: EnrolmentId,
    /// Who.
    pub student: StudentId,
    /// Where.
    pub school: SchoolId,
    /// The school year it belongs to.
    pub year: SchoolYear,
    /// In which grade.
    pub grade: Grade,
    /// Homeroom; local, may be empty.
    pub homeroom: String,
    /// First day.
    pub start: Date,
    /// Open, ended or deleted.
    pub state: State,
    /// The provincial coding.
    pub coding: Coding,
    /// Version, when it was recorded, by whom, why.
    pub known: Known,
}

impl Enrolment {
    /// Does it not count?
    pub const fn is_deleted(&self) -> bool {
        matches!(self.state, State::Deleted { .. })
    }
    /// Its last day: the known end, else the last day of its school year.
    pub fn last_day(&self) -> Date {
        self.state.exit().map_or(self.year.ends(), |exit| exit.on)
    }
    /// Is the student enrolled by it on that day?
    pub fn covers(&self, day: Date) -> bool {
        !self.is_deleted() && (self.start..=self.last_day()).contains(&day)
    }
    /// Do both count on a common day?
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.is_deleted()
            && !other.is_deleted()
            && self.start <= other.last_day()
            && other.start <= self.last_day()
    }
    /// Does it say the same, whenever and by whomever it was recorded?
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        let recorded_alike = Self {
            known: other.known.clone(),
            ..self.clone()
        };
        recorded_alike == *other
    }
}

/// What the rules need to know of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudentFacts {
    /// Born on.
    pub born: Date,
    /// Died on.
    pub deceased_on: Option<Date>,
    /// The provincial number, once there is one.
    pub asn: Option<Asn>,
}

/// A new enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrol {
    /// Where.
    pub school: SchoolId,
    /// The school year.
    pub year: SchoolYear,
    /// In which grade.
    pub grade: Grade,
    /// Homeroom; may be empty.
    pub homeroom: String,
    /// First day.
    pub start: Date,
    /// The end, where one is known already: imports, past years, the province.
    pub exit: Option<Exit>,
    /// The provincial coding.
    pub coding: Coding,
}

/// What someone at the counter reads from the papers of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The legal name.
    pub legal: PersonName,
    /// Born on.
    pub born: Date,
}

/// What may be changed of an enrolment; all of it, as it shall be. The school
/// is not: that is a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In which grade.
    pub grade: Grade,
    /// Homeroom; may be empty.
    pub homeroom: String,
    /// First day.
    pub start: Date,
    /// The end; none opens it again.
    pub exit: Option<Exit>,
    /// The provincial coding.
    pub coding: Coding,
}

impl Change {
    /// The enrolment as it is: alter what shall be different.
    pub fn of(enrolment: &Enrolment) -> Self {
        Self {
            grade: enrolment.grade,
            homeroom: enrolment.homeroom.clone(),
            start: enrolment.start,
            exit: enrolment.state.exit(),
            coding: enrolment.coding.clone(),
        }
    }
}

/// From one school of the division to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Id of the new enrolment, made by the caller, so that the same form sent twice is one transfer.
    pub new: EnrolmentId,
    /// Where to.
    pub to: SchoolId,
    /// Last day attended here.
    pub last_day: Date,
    /// First day there; it says the school year.
    pub first_day: Date,
    /// Grade there.
    pub grade: Grade,
    /// Homeroom there; may be empty.
    pub homeroom: String,
    /// Coding there; none takes it along as it is here.
    pub coding: Option<Coding>,
}

/// A look at the records: what held on a day, as far as was known at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The day it held.
    pub valid: Date,
    /// The moment it was known.
    pub known: Instant,
}

/// Students of one grade of one school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The school.
    pub school: SchoolId,
    /// The grade.
    pub grade: Grade,
    /// Students, each once however many enrolments.
    pub students: i64,
}
