//! Slowing down guesses: failures are counted in the database, by name typed
//! and by address, so that every node and every restart knows them.

use crate::secret::{hex, sha256};
use db::schema::throttle;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Instant, Outcome};

/// How long failures block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// The failure that blocks first.
    pub blocks_at: i32,
    /// Seconds the first block lasts; each further failure doubles it.
    pub first_seconds: i64,
    /// Seconds no block exceeds: whoever guesses at a name must not shut its owner out for a day.
    pub longest_seconds: i64,
    /// Seconds without another failure after which all are forgotten.
    pub forgotten_after_seconds: i64,
}

/// For one name: at most about a hundred guesses a day.
pub const BY_NAME: Schedule = Schedule {
    blocks_at: 5,
    first_seconds: 30,
    longest_seconds: 900,
    forgotten_after_seconds: 86_400,
};

/// For one address: a whole division may stand behind one, so it blocks later,
/// forgets sooner, and each person who gets in takes one failure off.
pub const BY_ADDRESS: Schedule = Schedule {
    blocks_at: 50,
    first_seconds: 60,
    longest_seconds: 3600,
    forgotten_after_seconds: 900,
};

/// For codes typed from one address: nobody mistypes ten of them.
pub const BY_CODE: Schedule = Schedule {
    blocks_at: 10,
    first_seconds: 60,
    longest_seconds: 3600,
    forgotten_after_seconds: 3600,
};

impl Schedule {
    /// Seconds to wait after so many failures in a row.
    pub fn block_seconds(&self, failures: i32) -> i64 {
        if failures < self.blocks_at {
            return 0;
        }
        let doublings = u32::try_from(failures - self.blocks_at).unwrap_or(0).min(40);
        self.first_seconds
            .saturating_mul(1_i64 << doublings)
            .min(self.longest_seconds)
    }
}

/// One counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bucket {
    key: String,
    schedule: Schedule,
}

impl Bucket {
    /// Failures of a name, whether or not an account has it. Kept as a digest:
    /// people type their password into the wrong field.
    pub(crate) fn name(username: &str) -> Self {
        Self {
            key: format!("name:{}", hex(&sha256(username))),
            schedule: BY_NAME,
        }
    }
    /// Wrong codes from an address: of invitations, and of links for a forgotten password.
    pub(crate) fn codes(ip: &str) -> Self {
        Self {
            key: format!("codes:{ip}"),
            schedule: BY_CODE,
        }
    }
    /// Failures from an address.
    pub(crate) fn address(ip: &str) -> Self {
        Self {
            key: format!("address:{ip}"),
            schedule: BY_ADDRESS,
        }
    }
}

/// Seconds until another attempt is looked at; 0 when it may be now.
pub(crate) fn wait_seconds(at: &mut impl Reading, bucket: &Bucket) -> Outcome<i64> {
    let (division, now) = (at.division(), at.now());
    let until: Option<Instant> = throttle::table
        .find((division, &bucket.key))
        .select(throttle::blocked_until)
        .first(at.conn())
        .optional()?;
    // A clock set back must not lengthen a block.
    Ok(until.map_or(0, |until| {
        let left = ((until.micros() - now.micros()).max(0) + 999_999) / 1_000_000;
        left.min(bucket.schedule.longest_seconds)
    }))
}

/// As [`wait_seconds`], holding the counter until the commit, so that guesses
/// sent together are counted one after another.
pub(crate) fn wait_seconds_locked(tx: &mut Tx, bucket: &Bucket) -> Outcome<i64> {
    let (division, now) = (tx.division(), tx.now());
    let row = (
        throttle::division_id.eq(division),
        throttle::bucket.eq(bucket.key.clone()),
        throttle::failures.eq(0),
        throttle::blocked_until.eq(Instant::from_micros(0)),
        throttle::changed_at.eq(now),
    );
    db::insert_ignore!(tx.conn(), throttle::table, [row])?;
    diesel::update(throttle::table.find((division, &bucket.key)))
        .set(throttle::failures.eq(throttle::failures))
        .execute(tx.conn())?;
    wait_seconds(tx, bucket)
}

/// Counts a failure and blocks as the schedule says. Returns the seconds to wait.
pub(crate) fn count_failure(tx: &mut Tx, bucket: &Bucket) -> Outcome<i64> {
    wait_seconds_locked(tx, bucket)?;
    let (division, now) = (tx.division(), tx.now());
    let (failures, changed): (i32, Instant) = throttle::table
        .find((division, &bucket.key))
        .select((throttle::failures, throttle::changed_at))
        .first(tx.conn())?;
    let old = changed.seconds_until(now) > bucket.schedule.forgotten_after_seconds;
    let failures = if old { 1 } else { failures.saturating_add(1) };
    let wait = bucket.schedule.block_seconds(failures);
    diesel::update(throttle::table.find((division, &bucket.key)))
        .set((
            throttle::failures.eq(failures),
            throttle::blocked_until.eq(now.plus_seconds(wait)),
            throttle::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(wait)
}

/// Forgets the failures: the person is in.
pub(crate) fn forgive(tx: &mut Tx, bucket: &Bucket) -> Outcome<()> {
    let division = tx.division();
    diesel::delete(throttle::table.find((division, &bucket.key))).execute(tx.conn())?;
    Ok(())
}

/// Takes one failure off: somebody behind this address got in.
pub(crate) fn ease(tx: &mut Tx, bucket: &Bucket) -> Outcome<()> {
    let division = tx.division();
    diesel::update(
        throttle::table
            .find((division, &bucket.key))
            .filter(throttle::failures.gt(0)),
    )
    .set(throttle::failures.eq(throttle::failures - 1))
    .execute(tx.conn())?;
    Ok(())
}

/// Deletes counters nobody added to for a day. For a nightly job.
pub fn forget_old_failures(tx: &mut Tx) -> Outcome<usize> {
    let (division, now) = (tx.division(), tx.now());
    Ok(diesel::delete(
        throttle::table
            .filter(throttle::division_id.eq(division))
            .filter(throttle::changed_at.lt(now.plus_seconds(-BY_NAME.forgotten_after_seconds))),
    )
    .execute(tx.conn())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_double_from_the_fifth_failure_and_stop_at_a_quarter_of_an_hour() {
        for (failures, seconds) in [
            (0, 0),
            (1, 0),
            (4, 0),
            (5, 30),
            (6, 60),
            (7, 120),
            (8, 240),
            (9, 480),
            (10, 900),
            (11, 900),
            (1000, 900),
            (i32::MAX, 900),
        ] {
            assert_eq!(BY_NAME.block_seconds(failures), seconds, "after {failures}");
        }
        for (failures, seconds) in [(49, 0), (50, 60), (51, 120), (56, 3600), (500, 3600)] {
            assert_eq!(
                BY_ADDRESS.block_seconds(failures),
                seconds,
                "after {failures} from an address"
            );
        }
    }
}
