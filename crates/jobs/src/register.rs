//! What a program can do in the background: one line a kind.

use crate::model::Note;
use crate::schedule::Schedule;
use crate::work::{Run, Work};
use db::Tx;
use kernel::Outcome;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

type Once = Arc<dyn Fn(&mut Tx, &Run) -> Outcome<Note> + Send + Sync>;
type Steps = Arc<dyn Fn(&Work) -> Outcome<Note> + Send + Sync>;
type Waiting = Pin<Box<dyn Future<Output = Outcome<Note>> + Send>>;
type Remote = Arc<dyn Fn(Work) -> Waiting + Send + Sync>;

#[derive(Clone)]
pub(crate) enum Doing {
    Once(Once),
    Steps(Steps),
    Remote(Remote),
}

/// What a kind of job does, and when it does so by itself.
#[derive(Clone)]
pub struct Task {
    pub(crate) kind: &'static str,
    pub(crate) doing: Doing,
    pub(crate) schedule: Option<Schedule>,
    pub(crate) is_patient: bool,
}

impl Task {
    /// Done in one transaction, which also ends the job: exactly once.
    pub fn once(
        kind: &'static str,
        work: impl Fn(&mut Tx, &Run) -> Outcome<Note> + Send + Sync + 'static,
    ) -> Self {
        Self::new(kind, Doing::Once(Arc::new(work)))
    }
    /// Done in several steps on a thread that may block. Begun again after a
    /// kill: each step must bear being done twice.
    pub fn steps(kind: &'static str, work: impl Fn(&Work) -> Outcome<Note> + Send + Sync + 'static) -> Self {
        Self::new(kind, Doing::Steps(Arc::new(work)))
    }
    /// As [`Task::steps`], for work that waits for the network.
    pub fn remote<F>(kind: &'static str, work: impl Fn(Work) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Outcome<Note>> + Send + 'static,
    {
        Self::new(kind, Doing::Remote(Arc::new(move |task| Box::pin(work(task)))))
    }
    /// By itself, on those days at that hour; once a division and day, however many programs run.
    #[must_use]
    pub fn at(mut self, schedule: Schedule) -> Self {
        self.schedule = Some(schedule);
        self
    }
    /// Whom it waits for may be away all day: it is tried again, hourly in the
    /// end, until the next day's job takes its place, and never given up for that.
    #[must_use]
    pub fn patient(mut self) -> Self {
        self.is_patient = true;
        self
    }
    fn new(kind: &'static str, doing: Doing) -> Self {
        Self {
            kind,
            doing,
            schedule: None,
            is_patient: false,
        }
    }
}

/// The tasks of a program.
#[derive(Clone, Default)]
pub struct Register(Vec<Task>);

impl Register {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }
    /// And this one. A kind that is there already is replaced.
    #[must_use]
    pub fn and(mut self, task: Task) -> Self {
        self.0.retain(|known| known.kind != task.kind);
        self.0.push(task);
        self
    }
    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        self.0.iter().map(|task| task.kind).collect()
    }
    pub(crate) fn task(&self, kind: &str) -> Option<&Task> {
        self.0.iter().find(|task| task.kind == kind)
    }
    pub(crate) fn scheduled(&self) -> impl Iterator<Item = (&'static str, Schedule)> {
        self.0.iter().filter_map(|task| Some((task.kind, task.schedule?)))
    }
}
