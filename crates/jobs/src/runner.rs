//! The runner: looks, leases, runs, and says how it ended.

use crate::model::{JobState, Note};
use crate::ops::program;
use crate::register::{Doing, Register};
use crate::work::{CUT_SHORT, Run, Work};
use crate::{rules, store};
use db::{Lane, Store};
use kernel::{Actor, DivisionId, Failure, Instant, Outcome};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How a runner goes about it.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Seconds for which a job is leased; its holder renews at a third of that.
    pub lease_seconds: i64,
    /// How often waiting jobs are looked for.
    pub look: Duration,
    /// Jobs at once.
    pub at_once: usize,
    /// How long jobs under way may go on when the program stops.
    pub farewell: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            lease_seconds: 60,
            look: Duration::from_secs(2),
            at_once: 2,
            farewell: Duration::from_secs(10),
        }
    }
}

/// Runs the jobs of a division. Cheap to clone.
#[derive(Clone)]
pub struct Runner(Arc<Inner>);

struct Inner {
    store: Store,
    actor: Actor,
    register: Register,
    pace: Pace,
    /// From when until when the plan holds.
    planned: Mutex<Option<(Instant, Instant)>>,
    stop: watch::Sender<bool>,
}

/// A runner at work; stops when told.
pub struct Running {
    runner: Runner,
    task: tokio::task::JoinHandle<()>,
}

impl Running {
    /// Takes no more jobs, lets those under way end, and gives back what can be left.
    pub async fn stop(self) {
        self.runner.0.stop.send_replace(true);
        let _ = self.task.await;
    }
}

impl Runner {
    /// A runner of the tasks, on the records of a division.
    pub fn new(store: Store, division: DivisionId, register: Register, pace: Pace) -> Self {
        Self(Arc::new(Inner {
            store,
            actor: program(division),
            register,
            pace,
            planned: Mutex::new(None),
            stop: watch::Sender::new(false),
        }))
    }

    /// Begins to look for jobs.
    pub fn start(self) -> Running {
        let task = tokio::spawn(self.clone().looking());
        Running { runner: self, task }
    }

    /// Plans, and runs everything that is due, one after the other. Returns how many jobs.
    pub async fn turn(&self) -> Outcome<usize> {
        let mut ran = 0;
        while let Some(run) = self.take().await? {
            self.clone().run(run).await;
            ran += 1;
        }
        Ok(ran)
    }

    async fn looking(self) {
        let mut stopped = self.0.stop.subscribe();
        let mut jobs = JoinSet::new();
        while !*stopped.borrow() {
            self.fill(&mut jobs).await;
            tokio::select! {
                _ = stopped.changed() => {}
                () = tokio::time::sleep(self.0.pace.look) => {}
                Some(_) = jobs.join_next(), if !jobs.is_empty() => {}
            }
        }
        let ended = async { while jobs.join_next().await.is_some() {} };
        if tokio::time::timeout(self.0.pace.farewell, ended).await.is_err() {
            tracing::warn!("jobs were cut off; they are free again after their lease");
        }
    }

    /// Takes jobs until enough are under way or none is due.
    async fn fill(&self, jobs: &mut JoinSet<()>) {
        while jobs.len() < self.0.pace.at_once {
            match self.take().await {
                Ok(Some(run)) => drop(jobs.spawn(self.clone().run(run))),
                Ok(None) => return,
                Err(failure) => return tracing::warn!("jobs: {}", failure.log_line()),
            }
        }
    }

    /// The next job, leased; none when nothing is due.
    async fn take(&self) -> Outcome<Option<Run>> {
        self.plan().await?;
        let lease = self.0.pace.lease_seconds;
        let kinds = self.0.register.kinds();
        let look = kinds.clone();
        let division = self.0.actor.division;
        let (is_any, waiting, dead) = self
            .0
            .store
            .read(division, move |at| {
                Ok((
                    store::is_any_free(at, &look, lease)?,
                    store::count(at, JobState::Waiting)?,
                    store::count(at, JobState::Dead)?,
                ))
            })
            .await?;
        gauge("lodgepole_jobs_waiting", waiting);
        gauge("lodgepole_jobs_dead", dead);
        if !is_any {
            return Ok(None);
        }
        self.0
            .store
            .write_in(Lane::Batch, &self.0.actor, move |tx| {
                store::lease(tx, &kinds, lease)
            })
            .await
    }

    /// Plans when the last plan does not hold any more: a time has come, or the clock went back.
    async fn plan(&self) -> Outcome<()> {
        let now = self.0.store.now();
        let holds =
            |plan: &Option<(Instant, Instant)>| plan.is_some_and(|(from, until)| from <= now && now < until);
        if self.0.planned.lock().is_ok_and(|plan| holds(&plan)) {
            return Ok(());
        }
        let (register, actor) = (self.0.register.clone(), self.0.actor.clone());
        self.0
            .store
            .write_in(Lane::Batch, &self.0.actor, move |tx| {
                store::plan(tx, &register, &actor)
            })
            .await?;
        let next = self
            .0
            .register
            .scheduled()
            .map(|(_, schedule)| schedule.next(now).at)
            .min();
        if let Ok(mut plan) = self.0.planned.lock() {
            *plan = Some((now, next.unwrap_or(Instant::from_micros(i64::MAX))));
        }
        Ok(())
    }

    /// Runs a leased job to its end, and writes down how it ended.
    async fn run(self, run: Run) {
        let kind = run.job.kind.clone();
        let began = std::time::Instant::now();
        let ended = self.do_it(&run).await;
        let outcome = match self.settle(&run, ended).await {
            Ok(outcome) => outcome,
            Err(failure) => {
                // Another holder, or the database is away: the lease runs out by itself.
                tracing::warn!(kind, job = %run.job.id, "job not ended: {}", failure.log_line());
                "lost"
            }
        };
        metrics::counter!("lodgepole_jobs_total", "kind" => kind.clone(), "outcome" => outcome).increment(1);
        metrics::histogram!("lodgepole_job_seconds", "kind" => kind).record(began.elapsed().as_secs_f64());
    }

    async fn do_it(&self, run: &Run) -> Outcome<Ended> {
        let task = self.0.register.task(&run.job.kind).ok_or(Failure::NotFound)?;
        match task.doing.clone() {
            Doing::Once(work) => {
                let lease = self.0.pace.lease_seconds;
                let held = run.clone();
                self.0
                    .store
                    .write_in(Lane::Batch, &run.actor, move |tx| {
                        store::hold(tx, &held, lease)?;
                        let note = work(tx, &held)?;
                        store::done(tx, &held, &note)
                    })
                    .await?;
                Ok(Ended::Written)
            }
            Doing::Steps(work) => {
                let task = self.work(run);
                let step = task.clone();
                let steps = async move {
                    let done = tokio::task::spawn_blocking(move || work(&step)).await;
                    done.unwrap_or_else(|error| Err(Failure::Fault(format!("the job stopped: {error}"))))
                };
                self.holding(&task, steps).await.map(Ended::With)
            }
            Doing::Remote(work) => {
                let task = self.work(run);
                let waiting = tokio::spawn(work(task.clone()));
                let remote = async {
                    waiting
                        .await
                        .unwrap_or_else(|error| Err(Failure::Fault(format!("the job stopped: {error}"))))
                };
                self.holding(&task, remote).await.map(Ended::With)
            }
        }
    }

    fn work(&self, run: &Run) -> Work {
        Work {
            run: run.clone(),
            store: self.0.store.clone(),
            stop: self.0.stop.subscribe(),
            lost: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Renews the lease while the work goes on.
    async fn holding(&self, task: &Work, work: impl Future<Output = Outcome<Note>>) -> Outcome<Note> {
        tokio::pin!(work);
        let lease = self.0.pace.lease_seconds;
        let third = Duration::from_millis(u64::try_from(lease * 1000 / 3).unwrap_or(1000).max(50));
        loop {
            tokio::select! {
                ended = &mut work => return ended,
                () = tokio::time::sleep(third) => {
                    let run = task.run.clone();
                    let held = self.0.store.write(&self.0.actor, move |tx| store::hold(tx, &run, lease)).await;
                    if let Err(Failure::Conflict(_)) = held {
                        task.lost.store(true, Ordering::SeqCst);
                    }
                }
            }
        }
    }

    /// Writes how a job ended. Returns its name among the figures.
    async fn settle(&self, run: &Run, ended: Outcome<Ended>) -> Outcome<&'static str> {
        let (kind, job) = (run.job.kind.clone(), run.job.id);
        let held = run.clone();
        let is_stopping = *self.0.stop.borrow();
        match ended {
            Ok(Ended::Written) => Ok("done"),
            Ok(Ended::With(note)) => {
                self.write(move |tx| store::done(tx, &held, &note)).await?;
                Ok("done")
            }
            Err(Failure::Unavailable(why)) if is_stopping && why == CUT_SHORT => {
                self.write(move |tx| store::release(tx, &held)).await?;
                Ok("released")
            }
            Err(failure) => {
                let words = failure.log_line();
                let is_patient = self.0.register.task(&kind).is_some_and(|task| task.is_patient);
                let state = self
                    .write(move |tx| store::failed(tx, &held, &failure, is_patient))
                    .await?;
                if state == JobState::Dead {
                    tracing::error!(kind, %job, "job is dead: {words}");
                    return Ok("dead");
                }
                tracing::warn!(kind, %job, of = rules::TRIES, tries = run.job.failures + 1, "job failed: {words}");
                Ok("failed")
            }
        }
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut db::Tx) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        self.0.store.write(&self.0.actor, work).await
    }
}

/// How the work itself ended well.
enum Ended {
    /// The job's end was written with it.
    Written,
    /// The job's end is still to be written.
    With(Note),
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of jobs are far below what a figure holds exactly"
)]
fn gauge(name: &'static str, count: i64) {
    metrics::gauge!(name).set(count as f64);
}
