//! The verbs: order a job, look at them, forget old ones.

use crate::model::{JobState, KindLine, Overview};
use crate::store::{self, NewJob};
use access::Permit;
use access::action::ViewSystem;
use db::{Reading, Subject, Tx};
use kernel::{Actor, Failure, JobId, Outcome};
use serde::Serialize;
use serde_json::json;

/// Ended jobs are kept so long.
const KEPT_DAYS: i64 = 90;
/// Troubled jobs shown.
const SHOWN: i64 = 20;

/// Orders a job of a kind, in the transaction's actor's name, as soon as may
/// be. The caller's own permit covers what the job will do; the task looks
/// again what the person may ([`crate::Run::standing`]). Writes: `job`.
pub fn enqueue(tx: &mut Tx, kind: &str, payload: &impl Serialize) -> Outcome<JobId> {
    let (id, now, actor) = (JobId::fresh(tx.now()), tx.now(), tx.actor().clone());
    let payload = serde_json::to_string(payload).map_err(|error| Failure::Fault(error.to_string()))?;
    let new = NewJob {
        id,
        kind,
        payload,
        actor: &actor,
        planned_for: None,
        run_at: now,
    };
    store::insert(tx, new)?;
    Ok(id)
}

/// Orders a job of a kind, not before that moment; a second order of the same moment is the same job. Otherwise as [`enqueue`].
pub fn enqueue_at(tx: &mut Tx, kind: &str, run_at: kernel::Instant) -> Outcome<()> {
    let actor = tx.actor().clone();
    let new = NewJob {
        id: JobId::derived(&format!("{kind}/{}", run_at.micros())),
        kind,
        payload: "null".to_owned(),
        actor: &actor,
        planned_for: None,
        run_at,
    };
    store::insert(tx, new)
}

/// What a person orders on the page of jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// The daily work of this kind, now.
    Kind(String),
    /// A dead job, from the beginning.
    Again(JobId),
}

/// Orders daily work out of its hour, or a dead job again; it runs in the name
/// it always had. What waits or runs already is not ordered twice.
///
/// `NotFound` for a kind that does not run by itself and for a job that is not
/// there; a conflict for a job that is not dead.
/// Writes: `job`, audit `job.order`.
pub fn order(tx: &mut Tx, _permit: &Permit<ViewSystem>, what: &Order) -> Outcome<()> {
    let kind = match what {
        Order::Kind(kind) => {
            let last = store::planned(tx, kind)?;
            if store::is_under_way(tx, kind)? {
                return Ok(());
            }
            let (actor, now) = (last.actor()?, tx.now());
            let new = NewJob {
                id: JobId::fresh(now),
                kind,
                payload: last.payload,
                actor: &actor,
                planned_for: None,
                run_at: now,
            };
            store::insert(tx, new)?;
            kind.clone()
        }
        Order::Again(id) => {
            let job = store::load(tx, *id)?;
            store::revive(tx, *id)?;
            job.kind
        }
    };
    tx.record("job.order", Subject::new("job", &kind), &json!({ "kind": kind }));
    Ok(())
}

/// How all jobs stand, by kind.
pub fn overview(at: &mut impl Reading, _permit: &Permit<ViewSystem>) -> Outcome<Overview> {
    let mut kinds = Vec::new();
    for (kind, is_scheduled) in store::kinds(at)? {
        let open = store::open_of(at, &kind)?;
        let last = store::last_ended(at, &kind)?;
        let dead = last
            .as_ref()
            .filter(|job| job.state == JobState::Dead)
            .map_or(0, |job| i64::from(job.failures));
        let next = open.iter().find(|job| job.state == JobState::Waiting);
        kinds.push(KindLine {
            is_scheduled,
            next_at: next.map(|job| job.run_at),
            is_running: open.iter().any(|job| job.state == JobState::Running),
            failures: dead + open.iter().map(|job| i64::from(job.failures)).sum::<i64>(),
            last,
            kind,
        });
    }
    Ok(Overview {
        kinds,
        troubled: store::troubled(at, SHOWN)?,
        dead: store::count(at, JobState::Dead)?,
    })
}

/// Deletes jobs that ended three months ago, but for the last of each kind. For a nightly job.
pub fn forget_old(tx: &mut Tx) -> Outcome<usize> {
    let before = tx.now().plus_seconds(-KEPT_DAYS * 86_400);
    store::forget(tx, before)
}

/// In whose name a division's own jobs run.
pub(crate) fn program(division: kernel::DivisionId) -> Actor {
    Actor::system(division, "Jobs")
}
