//! Our clock beside PASI's. A machine's clock may jump: set back a day, or run
//! a year ahead. What was known of the difference is then no longer true, and
//! is asked anew; the years that are listened for go by PASI's calendar.

use crate::{Connector, link, seed};
use kernel::{Instant, Outcome};
use pasi_wire::messages::HelloWorldRequest;
use pasi_wire::window::Topic;
use pasi_wire::{Request, Response};
use std::sync::Mutex;

/// Where the machine's clock stood at a moment of a watch that nobody sets.
#[derive(Default)]
pub(crate) struct Seen(Mutex<Option<(Instant, std::time::Instant)>>);

impl Seen {
    /// Has the clock gone otherwise than the watch since it was last seen, or
    /// was it never seen?
    fn has_jumped(&self, now: Instant, watch: std::time::Instant) -> bool {
        let Ok(seen) = self.0.lock() else { return true };
        seen.is_none_or(|(at, then)| {
            let passed = i64::try_from(watch.duration_since(then).as_secs()).unwrap_or(i64::MAX);
            at.seconds_until(now).saturating_sub(passed).abs() > link::CLOCKS_AGREE
        })
    }

    fn see(&self, now: Instant, watch: std::time::Instant) {
        if let Ok(mut seen) = self.0.lock() {
            *seen = Some((now, watch));
        }
    }
}

impl Connector {
    /// The kinds of record to listen for today, by PASI's calendar where our clock is known to be wrong.
    pub(crate) async fn topics(&self) -> Outcome<Vec<Topic>> {
        let ahead = self.store.read(self.division, |at| link::link(at)).await?;
        let ahead = ahead.clock_skew().unwrap_or(0);
        Ok(seed::topics_on(self.store.now().plus_seconds(-ahead).date()))
    }

    /// Compares the clocks when ours has jumped since they were last compared.
    pub(crate) async fn compare_clocks_after_a_jump(&self) -> Outcome<()> {
        if self
            .clock_seen
            .has_jumped(self.client.now(), std::time::Instant::now())
        {
            self.compare_clocks().await?;
        }
        Ok(())
    }

    /// Notes by how much our clock differs from PASI's; half the way there and
    /// back is taken off.
    pub(crate) async fn compare_clocks(&self) -> Outcome<()> {
        let caller = self.client.caller(&self.system(), None);
        let before = self.client.now();
        let answer = self
            .call(Request::HelloWorld(HelloWorldRequest { caller }))
            .await?;
        let after = self.client.now();
        self.clock_seen.see(after, std::time::Instant::now());
        let Ok(Response::HelloWorld(hello)) = answer else {
            return Ok(()); // the long poll has noted how PASI is; a role for this call is not every client's
        };
        let middle = i64::midpoint(before.micros(), after.micros());
        let ahead = (middle - hello.server_utc_time.micros()) / 1_000_000;
        self.write_apply(move |tx| link::note_clock(tx, ahead)).await
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;
    use kernel::Instant;
    use std::time::Duration;

    #[test]
    fn a_clock_that_goes_with_the_watch_has_not_jumped() {
        let (now, watch) = (
            Instant::from_rfc3339("2026-11-23T09:00:00Z").expect("a moment"),
            std::time::Instant::now(),
        );
        let seen = Seen::default();
        assert!(seen.has_jumped(now, watch), "it was never seen");
        seen.see(now, watch);
        for (clock, passed, jumped) in [
            (0, 0, false),
            (3_600, 3_600, false),
            (119, 0, false),
            (-86_400, 0, true),
            (365 * 86_400, 60, true),
            (0, 3_600, true),
        ] {
            let watch = watch + Duration::from_secs(passed);
            assert_eq!(
                seen.has_jumped(now.plus_seconds(clock), watch),
                jumped,
                "the clock went {clock} s in {passed} s"
            );
        }
    }
}
