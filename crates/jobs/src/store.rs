//! All SQL of jobs.

use crate::model::{Job, JobState, Note};
use crate::register::Register;
use crate::rules;
use crate::work::Run;
use db::schema::job;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Actor, Date, Failure, Instant, JobId, Outcome};

/// Jobs looked at when one is to be taken.
const LOOKED_AT: i64 = 200;
/// States in which a job is to be run.
const OPEN: [JobState; 2] = [JobState::Waiting, JobState::Running];
/// Longest error that is kept, in characters.
const ERROR: usize = 500;

/// A job to be written.
pub(crate) struct NewJob<'a> {
    pub(crate) id: JobId,
    pub(crate) kind: &'a str,
    pub(crate) payload: String,
    pub(crate) actor: &'a Actor,
    pub(crate) planned_for: Option<Date>,
    pub(crate) run_at: Instant,
}

/// Writes a job, if its id is not there yet.
pub(crate) fn insert(tx: &mut Tx, new: NewJob<'_>) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let actor = serde_json::to_string(new.actor).map_err(|error| Failure::Fault(error.to_string()))?;
    let row = (
        job::division_id.eq(division),
        job::id.eq(new.id),
        job::kind.eq(new.kind.to_owned()),
        job::payload.eq(new.payload),
        job::actor.eq(actor),
        job::planned_for.eq(new.planned_for),
        job::state.eq(JobState::Waiting),
        (
            job::run_at.eq(new.run_at),
            job::leased_until.eq(None::<Instant>),
            job::attempts.eq(0),
            job::failures.eq(0),
            job::last_error.eq(""),
            job::result.eq(""),
            job::created_at.eq(now),
            job::started_at.eq(None::<Instant>),
            job::done_at.eq(None::<Instant>),
        ),
    );
    Ok(db::insert_ignore!(tx.conn(), job::table, [row])?)
}

/// The id of a kind's job of a day: two programs that plan it plan one.
fn id_of_day(kind: &str, day: Date) -> JobId {
    JobId::derived(&format!("{kind}/{day}"))
}

/// Writes the last and the next job of every schedule, where they are missing;
/// jobs of days before the last are skipped, and one that was skipped before a
/// clock went back waits again. The first job ever is due at once.
pub(crate) fn plan(tx: &mut Tx, register: &Register, actor: &Actor) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    for (kind, schedule) in register.scheduled() {
        let last = schedule.last(now);
        for slot in [last, schedule.next(now)] {
            let new = NewJob {
                id: id_of_day(kind, slot.day),
                kind,
                payload: "null".to_owned(),
                actor,
                planned_for: Some(slot.day),
                run_at: slot.at,
            };
            insert(tx, new)?;
            diesel::update(job::table.find((division, id_of_day(kind, slot.day))))
                .filter(job::state.eq(JobState::Skipped))
                .set((job::state.eq(JobState::Waiting), job::run_at.eq(slot.at)))
                .execute(tx.conn())?;
        }
        diesel::update(
            job::table
                .filter(job::division_id.eq(division).and(job::kind.eq(kind)))
                .filter(job::state.eq(JobState::Waiting))
                .filter(job::planned_for.lt(last.day)),
        )
        .set(job::state.eq(JobState::Skipped))
        .execute(tx.conn())?;
    }
    Ok(())
}

fn open(at: &mut impl Reading, kinds: &[&str]) -> Outcome<Vec<Job>> {
    let division = at.division();
    Ok(job::table
        .filter(job::division_id.eq(division).and(job::state.eq_any(OPEN)))
        .filter(job::kind.eq_any(kinds.to_vec()))
        .order((job::run_at, job::id))
        .limit(LOOKED_AT)
        .select(Job::as_select())
        .load(at.conn())?)
}

/// Is there a job to take? Reads, and takes no lock.
pub(crate) fn is_any_free(at: &mut impl Reading, kinds: &[&str], lease: i64) -> Outcome<bool> {
    let now = at.now();
    Ok(open(at, kinds)?.iter().any(|job| rules::is_free(job, now, lease)))
}

/// Takes the next job for `lease` seconds. One whose holder vanished counts a
/// failure; when that was the last it may have, it is dead.
pub(crate) fn lease(tx: &mut Tx, kinds: &[&str], lease: i64) -> Outcome<Option<Run>> {
    let now = tx.now();
    for mut job in open(tx, kinds)? {
        if !rules::is_free(&job, now, lease) {
            continue;
        }
        let seen = job.attempts;
        let has_vanished = job.state == JobState::Running;
        if has_vanished {
            job.failures += 1;
            "the program ended before the job did".clone_into(&mut job.last_error);
        }
        job.state = if has_vanished && job.failures >= rules::TRIES {
            JobState::Dead
        } else {
            JobState::Running
        };
        job.attempts += 1;
        job.started_at = Some(now);
        job.leased_until = Some(now.plus_seconds(lease));
        if !take(tx, &job, seen)? {
            continue; // another program was faster
        }
        if job.state == JobState::Dead {
            tell_dead(tx, &job);
            continue;
        }
        let last_day = last_day(tx, &job.kind)?;
        return Ok(Some(Run {
            actor: job.actor()?,
            last_day,
            job,
        }));
    }
    Ok(None)
}

fn take(tx: &mut Tx, job: &Job, seen: i32) -> Outcome<bool> {
    let (division, now) = (tx.division(), tx.now());
    let is_dead = job.state == JobState::Dead;
    let taken = diesel::update(job::table.find((division, job.id)))
        .filter(job::attempts.eq(seen).and(job::state.eq_any(OPEN)))
        .set((
            job::state.eq(job.state),
            job::attempts.eq(job.attempts),
            job::failures.eq(job.failures),
            job::last_error.eq(&job.last_error),
            job::started_at.eq(job.started_at),
            job::leased_until.eq(job.leased_until.filter(|_| !is_dead)),
            job::done_at.eq(is_dead.then_some(now)),
        ))
        .execute(tx.conn())?;
    Ok(taken == 1)
}

/// The last day a kind was done for.
fn last_day(at: &mut impl Reading, kind: &str) -> Outcome<Option<Date>> {
    let division = at.division();
    let last: Option<Option<Date>> = job::table
        .filter(job::division_id.eq(division).and(job::kind.eq(kind)))
        .filter(job::state.eq(JobState::Done).and(job::planned_for.is_not_null()))
        .order(job::planned_for.desc())
        .select(job::planned_for)
        .first(at.conn())
        .optional()?;
    Ok(last.flatten())
}

/// Who holds the job: its row, as it was when it was leased.
macro_rules! held {
    ($tx:expr, $run:expr) => {
        diesel::update(job::table.find(($tx.division(), $run.job.id))).filter(
            job::state
                .eq(JobState::Running)
                .and(job::attempts.eq($run.job.attempts)),
        )
    };
}

fn held(rows: usize) -> Outcome<()> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Failure::stale("job", 0, 1))
    }
}

/// Holds the job for another `lease` seconds. A conflict when another holds it.
pub(crate) fn hold(tx: &mut Tx, run: &Run, lease: i64) -> Outcome<()> {
    let until = tx.now().plus_seconds(lease);
    let held_now = held!(tx, run)
        .set(job::leased_until.eq(until))
        .execute(tx.conn())?;
    held(held_now)
}

/// The job is done. A conflict when another holds it.
pub(crate) fn done(tx: &mut Tx, run: &Run, note: &Note) -> Outcome<()> {
    let now = tx.now();
    let result = serde_json::to_string(note).map_err(|error| Failure::Fault(error.to_string()))?;
    let rows = held!(tx, run)
        .set((
            job::state.eq(JobState::Done),
            job::result.eq(result),
            job::last_error.eq(""),
            job::leased_until.eq(None::<Instant>),
            job::done_at.eq(now),
        ))
        .execute(tx.conn())?;
    held(rows)
}

/// The job came to nothing: it waits, or is dead. Audit `job.dead` for the latter.
pub(crate) fn failed(tx: &mut Tx, run: &Run, failure: &Failure, is_patient: bool) -> Outcome<JobState> {
    let now = tx.now();
    let failures = run.job.failures + 1;
    let again = rules::is_worth_another_try(failure, failures, is_patient);
    let (state, run_at) = if again {
        (
            JobState::Waiting,
            now.plus_seconds(rules::wait_seconds(run.job.id, failures)),
        )
    } else {
        (JobState::Dead, run.job.run_at)
    };
    let error: String = failure.log_line().chars().take(ERROR).collect();
    let rows = held!(tx, run)
        .set((
            job::state.eq(state),
            job::run_at.eq(run_at),
            job::failures.eq(failures),
            job::last_error.eq(error),
            job::leased_until.eq(None::<Instant>),
            job::done_at.eq((!again).then_some(now)),
        ))
        .execute(tx.conn())?;
    held(rows)?;
    if !again {
        tell_dead(tx, &run.job);
    }
    Ok(state)
}

/// Gives the job back untried: the program stops.
pub(crate) fn release(tx: &mut Tx, run: &Run) -> Outcome<()> {
    let now = tx.now();
    let rows = held!(tx, run)
        .set((
            job::state.eq(JobState::Waiting),
            job::run_at.eq(now),
            job::leased_until.eq(None::<Instant>),
        ))
        .execute(tx.conn())?;
    held(rows)
}

fn tell_dead(tx: &mut Tx, job: &Job) {
    tx.record(
        "job.dead",
        db::Subject::new("job", job.id),
        &serde_json::json!({ "kind": job.kind }),
    );
}

/// A job. `NotFound` when there is none.
pub(crate) fn load(at: &mut impl Reading, id: JobId) -> Outcome<Job> {
    let division = at.division();
    Ok(job::table
        .find((division, id))
        .select(Job::as_select())
        .first(at.conn())?)
}

/// A dead job waits again, with all its tries. A conflict when it is not dead.
pub(crate) fn revive(tx: &mut Tx, id: JobId) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let rows = diesel::update(job::table.find((division, id)))
        .filter(job::state.eq(JobState::Dead))
        .set((
            job::state.eq(JobState::Waiting),
            job::run_at.eq(now),
            job::failures.eq(0),
            job::done_at.eq(None::<Instant>),
        ))
        .execute(tx.conn())?;
    held(rows)
}

/// The scheduled job of a kind that was planned last before now. `NotFound` for a kind without.
pub(crate) fn planned(at: &mut impl Reading, kind: &str) -> Outcome<Job> {
    let division = at.division();
    Ok(job::table
        .filter(job::division_id.eq(division).and(job::kind.eq(kind)))
        .filter(job::planned_for.is_not_null())
        .order(job::planned_for.desc())
        .select(Job::as_select())
        .first(at.conn())?)
}

/// Is a job of the kind waiting for its turn now, or running?
pub(crate) fn is_under_way(at: &mut impl Reading, kind: &str) -> Outcome<bool> {
    let (division, now) = (at.division(), at.now());
    let found: Option<JobId> = job::table
        .filter(job::division_id.eq(division).and(job::kind.eq(kind)))
        .filter(
            job::state
                .eq(JobState::Running)
                .or(job::state.eq(JobState::Waiting).and(job::run_at.le(now))),
        )
        .select(job::id)
        .first(at.conn())
        .optional()?;
    Ok(found.is_some())
}

/// Every kind that ever had a job, and whether it runs by itself.
pub(crate) fn kinds(at: &mut impl Reading) -> Outcome<Vec<(String, bool)>> {
    let division = at.division();
    let mut all: Vec<(String, Option<Date>)> = job::table
        .filter(job::division_id.eq(division))
        .group_by(job::kind)
        .order(job::kind)
        .select((job::kind, diesel::dsl::max(job::planned_for)))
        .load(at.conn())?;
    Ok(all.drain(..).map(|(kind, day)| (kind, day.is_some())).collect())
}

/// The job of a kind that ended last.
pub(crate) fn last_ended(at: &mut impl Reading, kind: &str) -> Outcome<Option<Job>> {
    let division = at.division();
    Ok(job::table
        .filter(job::division_id.eq(division).and(job::kind.eq(kind)))
        .filter(job::state.eq_any([JobState::Done, JobState::Dead]))
        .order((job::done_at.desc(), job::id.desc()))
        .select(Job::as_select())
        .first(at.conn())
        .optional()?)
}

/// The open jobs of a kind, next first.
pub(crate) fn open_of(at: &mut impl Reading, kind: &str) -> Outcome<Vec<Job>> {
    open(at, &[kind])
}

/// The newest jobs that are dead, or failed and are tried again.
pub(crate) fn troubled(at: &mut impl Reading, limit: i64) -> Outcome<Vec<Job>> {
    let division = at.division();
    Ok(job::table
        .filter(job::division_id.eq(division))
        .filter(
            job::state
                .eq(JobState::Dead)
                .or(job::state.eq_any(OPEN).and(job::failures.gt(0))),
        )
        .order((job::started_at.desc(), job::id.desc()))
        .limit(limit)
        .select(Job::as_select())
        .load(at.conn())?)
}

/// How many jobs are in a state.
pub(crate) fn count(at: &mut impl Reading, state: JobState) -> Outcome<i64> {
    let division = at.division();
    Ok(job::table
        .filter(job::division_id.eq(division).and(job::state.eq(state)))
        .count()
        .get_result(at.conn())?)
}

/// Deletes what ended before, but for the last of each kind. Returns how many.
pub(crate) fn forget(tx: &mut Tx, before: Instant) -> Outcome<usize> {
    let division = tx.division();
    let mut kept = Vec::new();
    for (kind, _) in kinds(tx)? {
        kept.extend(last_ended(tx, &kind)?.map(|job| job.id));
    }
    Ok(diesel::delete(
        job::table
            .filter(job::division_id.eq(division))
            .filter(job::state.ne_all(OPEN))
            .filter(job::run_at.lt(before))
            .filter(job::id.ne_all(kept)),
    )
    .execute(tx.conn())?)
}
