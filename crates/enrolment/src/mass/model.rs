//! What a batch is.

use crate::model::ExitKind;
use crate::rules::Seat;
use codes::CodeSet;
use kernel::{Date, EnrolmentId, Findings, Grade, Instant, MassUpdateId, SchoolId, SchoolYear, StudentId};
use people::Identity;
use serde::{Deserialize, Serialize};

/// What shall be different of each student's enrolment, or of the student. One thing at a time:
/// the preview stays readable, and the undo says what it takes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum MassChange {
    /// The homeroom; empty takes it away.
    Homeroom {
        /// New.
        to: String,
    },
    /// The grade.
    Grade {
        /// New.
        to: Grade,
    },
    /// The first day.
    Start {
        /// New.
        to: Date,
    },
    /// The last day expected: a completion.
    End {
        /// New.
        to: Date,
    },
    /// Kind of programming and when it is taught.
    Programming {
        /// A code of `ProgrammingType`.
        kind: String,
        /// A code of `ProgrammingTimeframe`.
        timeframe: String,
    },
    /// One more grants program code.
    AddGrant {
        /// A code of `GrantsProgramCode`.
        code: String,
    },
    /// One grants program code less.
    RemoveGrant {
        /// A code of `GrantsProgramCode`.
        code: String,
    },
    /// The board where the students reside; empty takes it away.
    ResidentBoard {
        /// Four digits.
        to: String,
    },
    /// They attended and left.
    Withdraw {
        /// The last day attended.
        last_day: Date,
    },
    /// A field of the students themselves.
    Student {
        /// Which.
        field: StudentField,
        /// A code of its set.
        to: String,
    },
    /// The school year ends: its enrolments at these schools do too.
    Close(Close),
    /// The next school year begins: the students of these schools are registered for it.
    Register(Register),
}

/// A school year is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Close {
    /// Which.
    pub year: SchoolYear,
    /// At these schools.
    pub schools: Vec<SchoolId>,
    /// The last day; none takes each school's own last instructional day.
    pub on: Option<Date>,
    /// How the enrolments end.
    pub kind: ExitKind,
}

/// Students are registered for a school year ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// For which year; who goes on is at a school in the one before.
    pub year: SchoolYear,
    /// The schools they are at now.
    pub schools: Vec<SchoolId>,
    /// The first day; none takes each school's own first instructional day.
    pub on: Option<Date>,
    /// Each school with the one where its oldest students go on.
    pub onward: Vec<(SchoolId, SchoolId)>,
}

/// What a person decided for one student of a batch, other than what the batch says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Exception {
    /// The student is left out.
    LeaveOut,
    /// The student goes on there.
    Seat(Seat),
}

/// Where a student of a pre-registration is, and shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// School and grade.
    pub seat: Seat,
    /// First day.
    pub start: Date,
}

kernel::text_enum! {
    /// A field of a student that many may be given at once.
    pub enum StudentField {
        /// The language at home; PASI keeps it.
        LanguageAtHome = "language-at-home",
        /// The language of letters.
        LettersIn = "letters-in",
        /// Eligibility under Section 23; PASI keeps it.
        Section23 = "section23",
    }
}

impl StudentField {
    /// The codes it may have.
    pub const fn set(self) -> CodeSet {
        match self {
            Self::LanguageAtHome | Self::LettersIn => CodeSet::LanguageAtHome,
            Self::Section23 => CodeSet::Section23Eligibility,
        }
    }
    /// Where it is kept.
    pub(super) fn of(self, identity: &mut Identity) -> &mut String {
        match self {
            Self::LanguageAtHome => &mut identity.language_at_home,
            Self::LettersIn => &mut identity.letters_in,
            Self::Section23 => &mut identity.section23,
        }
    }
}

impl MassChange {
    /// Its word, for addresses and words on screen.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Homeroom { .. } => "homeroom",
            Self::Grade { .. } => "grade",
            Self::Start { .. } => "start",
            Self::End { .. } => "end",
            Self::Programming { .. } => "programming",
            Self::AddGrant { .. } => "add-grant",
            Self::RemoveGrant { .. } => "remove-grant",
            Self::ResidentBoard { .. } => "resident-board",
            Self::Withdraw { .. } => "withdraw",
            Self::Student { field, .. } => match field {
                StudentField::LanguageAtHome => "language-at-home",
                StudentField::LettersIn => "letters-in",
                StudentField::Section23 => "section23",
            },
            Self::Close(_) => "close",
            Self::Register(_) => "register",
        }
    }
    /// Is it the end of a school year, or the beginning of the next?
    pub const fn is_yearly(&self) -> bool {
        matches!(self, Self::Close(_) | Self::Register(_))
    }
}

kernel::text_enum! {
    /// Where a batch stands.
    pub enum BatchState {
        /// The students are chosen, the change is not.
        Chosen = "chosen",
        /// The students are being judged.
        Preparing = "preparing",
        /// Old and new are there to be read; nothing is changed yet.
        Ready = "ready",
        /// The operations run.
        Applying = "applying",
        /// Stopped by a person; it may go on or be taken back.
        Stopped = "stopped",
        /// Every student that could be changed is.
        Done = "done",
        /// It is being taken back.
        Undoing = "undoing",
        /// It was taken back, as far as that was possible.
        Undone = "undone",
    }
}

impl BatchState {
    /// Does the work go on by itself?
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Preparing | Self::Applying | Self::Undoing)
    }
}

kernel::text_enum! {
    /// What becomes of a student of a batch.
    pub enum RowState {
        /// Not judged yet.
        Waiting = "waiting",
        /// Will be changed.
        Will = "will",
        /// Is so already.
        Same = "same",
        /// Cannot be changed so: see the findings.
        Refused = "refused",
        /// Changed.
        Done = "done",
        /// Somebody changed the enrolment or the student after the preview: left as it is.
        Stale = "stale",
        /// Changed, and taken back.
        Undone = "undone",
        /// Changed, and not to be taken back: see the findings.
        Kept = "kept",
        /// A person left the student out.
        LeftOut = "left-out",
    }
}

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The id.
    pub id: MassUpdateId,
    /// What shall change; none until it is chosen.
    pub change: Option<MassChange>,
    /// Why; may be empty.
    pub reason: String,
    /// Where it stands.
    pub state: BatchState,
    /// The work should go on by itself, but whoever did it is gone: it may be taken up again.
    pub is_orphaned: bool,
    /// When the students were chosen.
    pub created_at: Instant,
    /// When it was applied.
    pub applied_at: Option<Instant>,
    /// How many rows stand where.
    pub counts: RowCounts,
}

/// How many rows of a batch stand in which state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowCounts(pub Vec<(RowState, usize)>);

impl RowCounts {
    /// Rows in a state.
    pub fn of(&self, state: RowState) -> usize {
        self.0
            .iter()
            .find(|(known, _)| *known == state)
            .map_or(0, |(_, count)| *count)
    }
    /// All rows.
    pub fn all(&self) -> usize {
        self.0.iter().map(|(_, count)| count).sum()
    }
}

/// A student of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place, from 1.
    pub number: i32,
    /// Who.
    pub student: StudentId,
    /// The enrolment that changes; none when there is none to change, or the student does.
    pub enrolment: Option<EnrolmentId>,
    /// What becomes of it.
    pub state: RowState,
    /// Where the student is, at the end of a school year.
    pub seat: Option<Seat>,
    /// What a person decided for this student alone.
    pub exception: Option<Exception>,
    /// The value now, as a code or a date; codes with commas between; a [`Place`] as JSON.
    pub old: String,
    /// The value then.
    pub new: String,
    /// What the rules say.
    pub findings: Findings,
}

/// Students of one school and grade of a batch at the end of a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatCount {
    /// Where they are.
    pub seat: Seat,
    /// What becomes of them.
    pub state: RowState,
    /// How many.
    pub students: usize,
}
