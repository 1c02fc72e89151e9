//! The nouns: a job, where it stands, what came of it.

use db::schema::job;
use diesel::prelude::*;
use kernel::{Actor, Date, Failure, Instant, JobId, Outcome};
use std::collections::BTreeMap;

kernel::text_enum! {
    /// Where a job stands.
    pub enum JobState {
        /// Its time has not come, or nobody has taken it yet.
        Waiting = "waiting",
        /// Somebody holds its lease.
        Running = "running",
        /// Done.
        Done = "done",
        /// A job of a day that went by; a later day's does its work.
        Skipped = "skipped",
        /// It failed too often, or in a way that trying again does not mend.
        Dead = "dead",
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = job)]
pub struct Job {
    /// Its id; that of a day's job is made of its kind and its day.
    pub id: JobId,
    /// What is done, such as `people.cards`.
    pub kind: String,
    /// What the task needs to know, JSON.
    pub payload: String,
    /// In whose name, JSON of an [`Actor`].
    pub actor: String,
    /// The day it is for; none for one that was ordered once.
    pub planned_for: Option<Date>,
    /// Where it stands.
    pub state: JobState,
    /// Not before.
    pub run_at: Instant,
    /// Who runs it holds it until then.
    pub leased_until: Option<Instant>,
    /// How often it was leased; a holder ends it only while this is what it saw.
    pub attempts: i32,
    /// How many of those came to nothing.
    pub failures: i32,
    /// Why the last one did, for the operator; without personal data.
    pub last_error: String,
    /// What came of it, JSON of a [`Note`].
    pub result: String,
    /// Ordered when.
    pub created_at: Instant,
    /// Begun when, the last time.
    pub started_at: Option<Instant>,
    /// Ended when.
    pub done_at: Option<Instant>,
}

impl Job {
    /// In whose name. Fails as a fault when the row cannot be read.
    pub fn actor(&self) -> Outcome<Actor> {
        serde_json::from_str(&self.actor).map_err(|error| self.unreadable("actor", &error))
    }
    /// What came of it; nothing for a row that says nothing.
    pub fn note(&self) -> Note {
        serde_json::from_str(&self.result).unwrap_or_default()
    }
    pub(crate) fn unreadable(&self, column: &str, error: &serde_json::Error) -> Failure {
        Failure::Fault(format!("job.{column} of {}: {error}", self.id))
    }
}

/// What came of a job: how many of what, such as 12 `students`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Note(pub BTreeMap<String, i64>);

impl Note {
    /// Nothing to count.
    pub fn none() -> Self {
        Self::default()
    }
    /// So many of one thing.
    pub fn of(what: &str, count: usize) -> Self {
        Self::none().and(what, count)
    }
    /// And so many of another.
    #[must_use]
    pub fn and(mut self, what: &str, count: usize) -> Self {
        self.0
            .insert(what.to_owned(), i64::try_from(count).unwrap_or(i64::MAX));
        self
    }
}

/// How the jobs of a kind stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindLine {
    /// The kind.
    pub kind: String,
    /// It runs by itself on its days.
    pub is_scheduled: bool,
    /// The last one that ended, done or dead.
    pub last: Option<Job>,
    /// When the next one is to run; none while nothing waits.
    pub next_at: Option<Instant>,
    /// One is running.
    pub is_running: bool,
    /// Failures of those that are not done: tried again, or dead.
    pub failures: i64,
}

/// How all jobs stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// By kind.
    pub kinds: Vec<KindLine>,
    /// The newest that need a person: dead, or failing and tried again.
    pub troubled: Vec<Job>,
    /// How many are dead.
    pub dead: i64,
}
