//! What is done once a day, whatever else happens: both sides compared, the
//! code values read, old lines of the log of calls let go.

use crate::check::Check;
use crate::{Connector, codes_read, mirror};
use db::schema::pasi_call;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Instant, Outcome};

/// Days for which a line of the log of calls is kept: the life of a
/// certificate (14 months), so that a question of the ministry's about any call
/// made with it can be answered.
pub const CALLS_KEPT_DAYS: i64 = 427;

/// Lines let go in one transaction.
const CHUNK: i64 = 5_000;

/// What a day's work came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// The comparison; none when PASI did not answer.
    pub check: Option<Check>,
    /// How many code values changed; none when PASI did not answer.
    pub codes: Option<usize>,
    /// Lines of the log let go.
    pub pruned: usize,
}

impl Day {
    /// Is there nothing left of it to do?
    pub fn is_done(&self) -> bool {
        self.check.is_some() && self.codes.is_some()
    }
}

/// From when on lines are kept that must be kept for so many days.
fn kept_since(now: Instant, days: i64) -> Instant {
    now.plus_seconds(-days * 86_400)
}

/// Lets lines go that are older than they must be kept, oldest first, as many
/// as one transaction should; gives how many. Writes: `pasi_call`.
pub fn prune_calls(tx: &mut Tx, kept_days: i64) -> Outcome<usize> {
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

impl Connector {
    /// Was the day's work with PASI done already, by this program or another one of the division?
    pub async fn is_day_done(&self) -> Outcome<bool> {
        self.store
            .read(self.division, |at| {
                let today = at.today();
                let codes = codes_read::codes_read(at)?;
                let read = codes.is_some_and(|codes| codes.read_at.date() == today);
                let topics = mirror::checked(at)?;
                let compared = topics
                    .iter()
                    .filter_map(|topic| topic.checked_at)
                    .any(|checked| checked.date() == today);
                Ok(read && compared)
            })
            .await
    }

    /// The day's work. An absent PASI is no failure: what it did not answer is
    /// none in the report, to be tried again.
    pub async fn day(&self) -> Outcome<Day> {
        let mut day = Day::default();
        loop {
            let pruned = self.write_apply(|tx| prune_calls(tx, CALLS_KEPT_DAYS)).await?;
            day.pruned += pruned;
            if i64::try_from(pruned).is_ok_and(|pruned| pruned < CHUNK) {
                break;
            }
        }
        match self.check().await {
            Ok(check) => day.check = Some(check),
            Err(failure) => tracing::warn!("comparing with PASI: {}", failure.log_line()),
        }
        match self.read_codes().await {
            Ok(changes) => day.codes = Some(changes),
            Err(failure) => tracing::warn!("reading PASI's code values: {}", failure.log_line()),
        }
        Ok(day)
    }
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
