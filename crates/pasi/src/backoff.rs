//! How long to wait before the next try. Each try draws its own chance, so that
//! what failed together, here and in every other division, does not come back together.

use std::time::Duration;

/// Seconds that an item's next try waits at most, jitter aside.
const LONGEST: i64 = 60;
/// Longest an item is made to wait, in seconds.
pub(crate) const LONGEST_WAIT: i64 = LONGEST + LONGEST / 4;

/// A chance, anew for every try.
pub(crate) fn chance() -> u16 {
    let [.., high, low] = *uuid::Uuid::new_v4().as_bytes();
    u16::from_be_bytes([high, low])
}

/// Seconds until an item that was tried `attempts` times is tried again: 1, 2,
/// 4 … 60, and up to a quarter more, but one second at least.
pub(crate) fn item_wait_seconds(attempts: i32, chance: u16) -> i64 {
    let doublings = attempts.clamp(1, 7) - 1;
    let seconds = (1_i64 << doublings).min(LONGEST);
    let most = (seconds / 4).max(1);
    seconds + i64::from(chance) * (most + 1) / (i64::from(u16::MAX) + 1)
}

/// How long the long poll waits after so many failures in a row: half a second,
/// one, two, and up to a half more. Short enough that what waits goes at once
/// when PASI is back.
pub(crate) fn poll_wait(failures: u32, chance: u16) -> Duration {
    let millis = 250 * (1_u64 << failures.clamp(1, 3));
    Duration::from_millis(millis + millis / 2 * u64::from(chance) / u64::from(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_WAIT, item_wait_seconds, poll_wait};

    #[test]
    fn an_item_waits_twice_as_long_each_time_and_a_chance_more() {
        for (attempts, least, most) in [
            (0, 1, 2),
            (1, 1, 2),
            (2, 2, 3),
            (3, 4, 5),
            (4, 8, 10),
            (5, 16, 20),
            (6, 32, 40),
            (7, 60, 75),
            (8, 60, 75),
            (i32::MAX, 60, 75),
        ] {
            assert_eq!(item_wait_seconds(attempts, 0), least, "{attempts} tries, least");
            assert_eq!(
                item_wait_seconds(attempts, u16::MAX),
                most,
                "{attempts} tries, most"
            );
            let mut before = least;
            for chance in 0..=u16::MAX {
                let wait = item_wait_seconds(attempts, chance);
                assert!(
                    (before..=most).contains(&wait) && wait <= LONGEST_WAIT,
                    "{attempts} tries, chance {chance}: {wait}"
                );
                before = wait;
            }
        }
    }

    #[test]
    fn the_long_poll_asks_again_soon_and_not_with_everybody_else() {
        for (failures, least, most) in [
            (0, 500, 750),
            (1, 500, 750),
            (2, 1000, 1500),
            (3, 2000, 3000),
            (4, 2000, 3000),
            (u32::MAX, 2000, 3000),
        ] {
            let millis = |chance| poll_wait(failures, chance).as_millis();
            assert_eq!(
                (millis(0), millis(u16::MAX)),
                (least, most),
                "{failures} failures"
            );
            assert!(
                (least..most).contains(&millis(u16::MAX / 2)),
                "{failures} failures"
            );
        }
    }

    #[test]
    fn each_try_draws_its_own_chance() {
        let drawn: std::collections::HashSet<u16> = (0..64).map(|_| super::chance()).collect();
        assert!(drawn.len() > 32, "{drawn:?}");
    }
}
