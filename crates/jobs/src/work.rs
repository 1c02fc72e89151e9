//! What a task is handed.

use crate::model::Job;
use db::{Lane, Reading, Store, Tx};
use kernel::{Actor, Date, Failure, JobId, Outcome};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::watch;

/// One run of a job.
#[derive(Debug, Clone)]
pub struct Run {
    pub(crate) job: Job,
    pub(crate) actor: Actor,
    pub(crate) last_day: Option<Date>,
}

impl Run {
    /// The job.
    pub fn job(&self) -> JobId {
        self.job.id
    }
    /// In whose name: the program's for a day's job, else whoever ordered it.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
    /// The last day this kind was done for; none when it never was. After days
    /// in which the program did not run this lies further back than yesterday,
    /// and after a clock was set back it may lie ahead.
    pub fn last_day(&self) -> Option<Date> {
        self.last_day
    }
    /// The days to make up for: from the last one done to today, both included,
    /// whichever way the clock went; today alone for the first time.
    pub fn days(&self, today: Date) -> (Date, Date) {
        let last = self.last_day.unwrap_or(today);
        (last.min(today), last.max(today))
    }
    /// What was ordered. Fails as a fault when the row cannot be read.
    pub fn payload<T: DeserializeOwned>(&self) -> Outcome<T> {
        serde_json::from_str(&self.job.payload).map_err(|error| self.job.unreadable("payload", &error))
    }
    /// What the person who ordered it may do now: the role they had, if they
    /// still hold it. Denied when they do not, and for a job of the program.
    pub fn standing(&self, at: &mut impl Reading) -> Outcome<access::Standing> {
        access::grants::standing_of(at, &self.actor)
    }
}

/// One run of a job that takes several steps.
#[derive(Clone)]
pub struct Work {
    pub(crate) run: Run,
    pub(crate) store: Store,
    pub(crate) stop: watch::Receiver<bool>,
    pub(crate) lost: Arc<AtomicBool>,
}

/// Words of a run that was cut short and lost nothing.
pub(crate) const CUT_SHORT: &str = "the program was told to stop";

impl Work {
    /// The run.
    pub fn run(&self) -> &Run {
        &self.run
    }
    /// The records.
    pub fn store(&self) -> &Store {
        &self.store
    }
    /// One transaction, in the lane that lets persons pass, in the job's name.
    pub fn write<T>(&self, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
        self.store.write_now(Lane::Batch, &self.run.actor, work)
    }
    /// To be asked between steps. Unavailable when the program stops, or when
    /// another one has taken the job over: what was not begun is left.
    pub fn go_on(&self) -> Outcome<()> {
        if *self.stop.borrow() {
            return Err(Failure::Unavailable(CUT_SHORT.to_owned()));
        }
        if self.lost.load(Ordering::SeqCst) {
            return Err(Failure::Unavailable(
                "another program holds the job now".to_owned(),
            ));
        }
        Ok(())
    }
}
