//! Decisions: whose turn it is, whether to try again, and when. Pure.

use crate::model::{Job, JobState};
use kernel::{Class, Failure, Instant, JobId};

/// How often a job may come to nothing before it is dead: about two hours of trying.
pub const TRIES: i32 = 8;
/// Seconds before the second try; each further wait doubles.
const FIRST_WAIT: i64 = 30;
/// Seconds no wait exceeds, jitter aside.
const LONGEST_WAIT: i64 = 3600;

/// Seconds to wait after so many failures: 30, 60, 120 … 3600, and up to a
/// quarter more, which each job draws from its id, so that jobs that failed
/// together do not come back together.
pub(crate) fn wait_seconds(id: JobId, failures: i32) -> i64 {
    let doublings = u32::try_from(failures - 1).unwrap_or(0).min(20);
    let wait = FIRST_WAIT.saturating_mul(1_i64 << doublings).min(LONGEST_WAIT);
    let spread = id.uuid().as_bytes()[8..]
        .iter()
        .fold(i64::from(failures), |sum, byte| {
            (sum * 31 + i64::from(*byte)) % 1009
        });
    wait + wait * spread / (4 * 1009)
}

/// May the job be taken now? `lease` is the longest a lease lasts, in seconds.
///
/// A clock that was set back leaves times behind that lie further ahead than
/// the program ever plans: those are not waited for.
pub(crate) fn is_free(job: &Job, now: Instant, lease: i64) -> bool {
    let ahead = now.seconds_until(job.run_at);
    match job.state {
        JobState::Waiting if job.run_at <= now => true,
        JobState::Waiting if job.failures > 0 => ahead > LONGEST_WAIT + LONGEST_WAIT / 4,
        JobState::Waiting => {
            job.planned_for.is_none() && job.created_at > now && job.run_at <= job.created_at
        }
        JobState::Running => job
            .leased_until
            .is_none_or(|until| until <= now || now.seconds_until(until) > lease + 1),
        JobState::Done | JobState::Skipped | JobState::Dead => false,
    }
}

/// Does trying again help? A patient task waits as long as somebody is away.
pub(crate) fn is_worth_another_try(failure: &Failure, failures: i32, is_patient: bool) -> bool {
    match failure.class() {
        Class::Unavailable => is_patient || failures < TRIES,
        Class::Conflict | Class::Fault => failures < TRIES,
        Class::Invalid | Class::NotFound | Class::Denied => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(state: JobState, run_at: i64, leased_until: Option<i64>) -> Job {
        let instant = |seconds: i64| Instant::from_micros(seconds * 1_000_000);
        Job {
            id: JobId::derived("one"),
            kind: "test".to_owned(),
            payload: String::new(),
            actor: String::new(),
            planned_for: None,
            state,
            run_at: instant(run_at),
            leased_until: leased_until.map(instant),
            attempts: 0,
            failures: 0,
            last_error: String::new(),
            result: String::new(),
            created_at: instant(0),
            started_at: None,
            done_at: None,
        }
    }

    #[test]
    fn waits_double_to_an_hour_and_spread_by_a_quarter() {
        let id = JobId::derived("one");
        for (failures, least) in [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (40, 3600)] {
            let wait = wait_seconds(id, failures);
            assert!((least..=least + least / 4).contains(&wait), "{failures}: {wait}");
        }
        let waits: std::collections::BTreeSet<i64> = (0..20)
            .map(|n| wait_seconds(JobId::derived(&n.to_string()), 8))
            .collect();
        assert!(
            waits.len() > 10,
            "jobs that failed together come back apart: {waits:?}"
        );
    }

    #[test]
    fn a_job_is_free_when_its_time_came_its_lease_ended_or_the_clock_went_back() {
        let now = Instant::from_micros(1_000_000 * 1_000_000);
        let with = |change: fn(&mut Job), mut job: Job| {
            change(&mut job);
            job
        };
        let day = 86_400;
        for (case, job, free) in [
            ("its time came", job(JobState::Waiting, 1_000_000, None), true),
            (
                "its time is ahead",
                job(JobState::Waiting, 1_000_001, None),
                false,
            ),
            ("leased", job(JobState::Running, 0, Some(1_000_030)), false),
            (
                "the lease is over",
                job(JobState::Running, 0, Some(1_000_000)),
                true,
            ),
            (
                "leased before the clock went back",
                job(JobState::Running, 0, Some(1_000_000 + day)),
                true,
            ),
            (
                "tried again before the clock went back",
                with(
                    |job| job.failures = 1,
                    job(JobState::Waiting, 1_000_000 + day, None),
                ),
                true,
            ),
            (
                "tried again in an hour",
                with(|job| job.failures = 1, job(JobState::Waiting, 1_003_600, None)),
                false,
            ),
            (
                "ordered before the clock went back",
                with(
                    |job| job.created_at = job.run_at,
                    job(JobState::Waiting, 1_000_000 + day, None),
                ),
                true,
            ),
            (
                "a day's job far ahead waits for its day",
                with(
                    |job| {
                        job.created_at = job.run_at;
                        job.planned_for = "2026-11-24".parse().ok();
                    },
                    job(JobState::Waiting, 1_000_000 + day, None),
                ),
                false,
            ),
            ("done", job(JobState::Done, 0, None), false),
            ("dead", job(JobState::Dead, 0, None), false),
            ("skipped", job(JobState::Skipped, 0, None), false),
        ] {
            assert_eq!(is_free(&job, now, 60), free, "{case}");
        }
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        for (failure, again) in [
            (Failure::Unavailable("away".to_owned()), true),
            (Failure::Fault("a bug".to_owned()), true),
            (Failure::stale("key", 0, 1), true),
            (Failure::NotFound, false),
            (Failure::Denied("x"), false),
            (Failure::refuse("LP-0001", ""), false),
        ] {
            for is_patient in [false, true] {
                assert_eq!(
                    is_worth_another_try(&failure, 1, is_patient),
                    again,
                    "{failure:?}"
                );
            }
            assert!(
                !is_worth_another_try(&failure, TRIES, false),
                "{failure:?} for the last time"
            );
            let is_away = matches!(failure, Failure::Unavailable(_));
            assert_eq!(
                is_worth_another_try(&failure, TRIES, true),
                is_away,
                "patience is for who is away: {failure:?}"
            );
        }
    }
}
