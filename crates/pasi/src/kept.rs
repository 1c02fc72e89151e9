//! How long the client's own log of calls, and the figures of how long changes
//! took, are kept.

use crate::{LAGS_KEPT_DAYS, link};
use db::schema::{pasi_call, pasi_lag};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Instant, Outcome};

/// Days for which a line of the log of calls is kept: the life of a
/// certificate (14 months), so that a question of the ministry's about any call
/// made with it can be answered.
pub const CALLS_KEPT_DAYS: i64 = 427;

/// Lines let go in one transaction.
const CHUNK: i64 = 5_000;

/// From when on lines are kept that must be kept for so many days.
fn kept_since(now: Instant, days: i64) -> Instant {
    now.plus_seconds(-days * 86_400)
}

/// Lets lines go that are older than they must be kept, oldest first, as many
/// as one transaction should; gives how many. None while our clock is known to
/// be wrong: one that runs a year ahead would let go what must be kept. Writes:
/// `pasi_call`.
pub fn prune_calls(tx: &mut Tx, kept_days: i64) -> Outcome<usize> {
    if link::link(tx)?.clock_skew().is_some() {
        return Ok(0);
    }
    let (division, before) = (tx.division(), kept_since(tx.now(), kept_days));
    let old: Vec<String> = pasi_call::table
        .filter(
            pasi_call::division_id
                .eq(division)
                .and(pasi_call::sent_at.lt(before)),
        )
        .order(pasi_call::sent_at)
        .limit(CHUNK)
        .select(pasi_call::message_id)
        .load(tx.conn())?;
    for chunk in old.chunks(400) {
        diesel::delete(
            pasi_call::table.filter(
                pasi_call::division_id
                    .eq(division)
                    .and(pasi_call::message_id.eq_any(chunk)),
            ),
        )
        .execute(tx.conn())?;
    }
    Ok(old.len())
}

/// Lets the figures go that are older than they are kept; gives how many. None
/// while our clock is known to be wrong. Writes: `pasi_lag`.
pub fn prune_lags(tx: &mut Tx) -> Outcome<usize> {
    if link::link(tx)?.clock_skew().is_some() {
        return Ok(0);
    }
    let (division, before) = (tx.division(), kept_since(tx.now(), LAGS_KEPT_DAYS));
    let old = pasi_lag::table.filter(
        pasi_lag::division_id
            .eq(division)
            .and(pasi_lag::ended_at.lt(before)),
    );
    Ok(diesel::delete(old).execute(tx.conn())?)
}

#[cfg(test)]
mod tests {
    use super::{CALLS_KEPT_DAYS, kept_since};
    use kernel::Instant;

    #[test]
    fn a_call_is_kept_for_the_life_of_a_certificate() {
        let now = Instant::from_rfc3339("2026-11-23T09:00:00Z").expect("a moment");
        for (days, first) in [
            (1, "2026-11-22T09:00:00Z"),
            (CALLS_KEPT_DAYS, "2025-09-22T09:00:00Z"),
        ] {
            let first = Instant::from_rfc3339(first).expect("a moment");
            assert_eq!(kept_since(now, days), first, "{days} days");
        }
    }
}
