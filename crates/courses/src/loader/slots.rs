//! When things meet, as bits.

use super::Offered;
use crate::model::Meeting;
use kernel::Date;

/// When something meets: a bit for each day and period, for each stretch of days that the sections part the year into.
pub(crate) type Slots = Vec<u128>;

/// Do both meet at once?
pub(crate) fn meet(one: &[u128], other: &[u128]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}

/// Takes the time of `other` too.
pub(super) fn take(one: &mut Slots, other: &[u128]) {
    for (one, other) in one.iter_mut().zip(other) {
        *one |= other;
    }
}

/// The slots of every section.
pub(crate) fn of_all(sections: &[Offered]) -> Vec<Slots> {
    let mut stretches: Vec<Date> = sections
        .iter()
        .flat_map(|one| [one.days.0, one.days.1.plus_days(1)])
        .collect();
    stretches.sort();
    stretches.dedup();
    sections.iter().map(|one| of_one(one, &stretches)).collect()
}

fn of_one(one: &Offered, stretches: &[Date]) -> Slots {
    let bits = one.meetings.iter().fold(0_u128, |bits, meeting| {
        let place = u32::from(meeting.cycle_day.saturating_sub(1)) * u32::from(Meeting::MOST_PERIODS)
            + u32::from(meeting.period.saturating_sub(1));
        bits | 1_u128.checked_shl(place).unwrap_or(0)
    });
    let is_open = |begins: &Date| (one.days.0..=one.days.1).contains(begins);
    stretches
        .iter()
        .map(|begins| if is_open(begins) { bits } else { 0 })
        .collect()
}
