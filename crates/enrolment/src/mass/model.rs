//! What a batch is.

use codes::CodeSet;
use kernel::{Date, EnrolmentId, Findings, Grade, Instant, MassUpdateId, StudentId};
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
        }
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
    /// The value now, as a code or a date; codes with commas between.
    pub old: String,
    /// The value then.
    pub new: String,
    /// What the rules say.
    pub findings: Findings,
}
