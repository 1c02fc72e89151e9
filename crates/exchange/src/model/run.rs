//! A file being imported, and its rows.

use super::Mapping;
use crate::read::Source;
use kernel::{Findings, ImportId, Instant};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// What a file holds, a row each.
    pub enum Kind {
        /// Students; a row may bring guardians, address, phones and an enrolment.
        Students = "students",
        /// Guardians and contacts of students that are there.
        Contacts = "contacts",
        /// Enrolments of students that are there.
        Enrolments = "enrolments",
        /// Accounts of staff, with a role.
        Staff = "staff",
        /// Schools, from the published files.
        Schools = "schools",
    }
}

kernel::text_enum! {
    /// Where a run stands.
    pub enum State {
        /// The file is being read in.
        Reading = "reading",
        /// Every row is here; the mapping may be set.
        Read = "read",
        /// Being rehearsed.
        Checking = "checking",
        /// Rehearsed: nothing of it is in the records.
        Checked = "checked",
        /// Being written.
        Running = "running",
        /// Written, as far as its rows allow.
        Applied = "applied",
        /// Being taken back.
        Undoing = "undoing",
        /// Taken back, as far as nobody changed it since.
        Undone = "undone",
    }
}

impl State {
    /// Is somebody, or was somebody, at work on it?
    pub const fn is_busy(self) -> bool {
        matches!(
            self,
            Self::Reading | Self::Checking | Self::Running | Self::Undoing
        )
    }
    /// Does any of it stand in the records?
    pub const fn is_written(self) -> bool {
        matches!(self, Self::Running | Self::Applied | Self::Undoing)
    }
}

kernel::text_enum! {
    /// What becomes of a row.
    pub enum RowOutcome {
        /// Not looked at yet.
        Read = "read",
        /// Makes something.
        New = "new",
        /// Changes something.
        Changed = "changed",
        /// All of it is here already.
        Same = "same",
        /// Cannot be taken; its findings say why.
        Problem = "problem",
        /// Not for us: a footnote, a total, a school of another authority.
        Skipped = "skipped",
    }
}

/// Rows by what becomes of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// In the file.
    pub all: i32,
    /// Make something.
    pub new: i32,
    /// Change something.
    pub changed: i32,
    /// Are here already.
    pub same: i32,
    /// Cannot be taken.
    pub refused: i32,
    /// Are not for us.
    pub skipped: i32,
    /// Of them all, with something repaired or suspicious.
    pub noted: i32,
}

impl Totals {
    /// Counts a row.
    pub(crate) fn count(&mut self, outcome: RowOutcome, is_noted: bool, by: i32) {
        match outcome {
            RowOutcome::Read => {}
            RowOutcome::New => self.new += by,
            RowOutcome::Changed => self.changed += by,
            RowOutcome::Same => self.same += by,
            RowOutcome::Problem => self.refused += by,
            RowOutcome::Skipped => self.skipped += by,
        }
        if is_noted {
            self.noted += by;
        }
    }
    /// Rows that were looked at.
    pub const fn judged(&self) -> i32 {
        self.new + self.changed + self.same + self.refused + self.skipped
    }
}

/// A file being imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Which.
    pub id: ImportId,
    /// What it holds.
    pub kind: Kind,
    /// Its name, as it was sent.
    pub file_name: String,
    /// What it turned out to be.
    pub source: Source,
    /// Which column is which field.
    pub mapping: Mapping,
    /// The province shall be told of what is new.
    pub tells: bool,
    /// Where it stands.
    pub state: State,
    /// The last row that was looked at in this pass.
    pub done_to: i32,
    /// Somebody is at work on it until then, unless the program was stopped.
    pub busy_until: Instant,
    /// Rows by what becomes of them.
    pub totals: Totals,
    /// Who brought it.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
    /// When it was written.
    pub applied_at: Option<Instant>,
    /// When it was taken back.
    pub undone_at: Option<Instant>,
    /// When its rows were taken away, their time being over: it can be neither run nor undone.
    pub cleared_at: Option<Instant>,
}

impl Run {
    /// The program was stopped in the middle: to be gone on with.
    pub fn is_stopped(&self, now: Instant) -> bool {
        self.state.is_busy() && self.busy_until < now
    }
}

/// How far a pass is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Where the run stands.
    pub state: State,
    /// Rows by what becomes of them.
    pub totals: Totals,
    /// There is more to do.
    pub goes_on: bool,
}

/// A row of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet numbers it.
    pub number: i32,
    /// What becomes of it.
    pub outcome: RowOutcome,
    /// It stands in the records.
    pub is_done: bool,
    /// Its cells, as in the file or as corrected here.
    pub cells: Vec<String>,
    /// What was found; `field` is the field of the mapping.
    pub findings: Findings,
}

/// A row with what a page or a list of problems says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// The row.
    pub row: Row,
    /// Whom or what it is about, from its cells.
    pub label: String,
}

/// Which rows to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this outcome.
    pub outcome: Option<RowOutcome>,
    /// Only those with something repaired or suspicious.
    pub noted: bool,
    /// After this row.
    pub after: i32,
    /// At most; 50 when 0.
    pub limit: i64,
}
