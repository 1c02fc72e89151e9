//! The year of a student in figures.

use crate::model::{Mark, Tally};
use std::collections::BTreeMap;

/// Tenths of the possible half days from which on absence is chronic.
const CHRONIC_TENTHS: u32 = 1;

/// Marks counted by meaning.
pub fn tally<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> Tally {
    let mut tally = Tally::default();
    for mark in marks {
        tally.add(mark.meaning, 1);
    }
    tally
}

/// The same month by month, the earliest first.
pub fn months(marks: &[Mark]) -> Vec<(String, Tally)> {
    let mut months: BTreeMap<String, Tally> = BTreeMap::new();
    for mark in marks {
        let month = mark.on.as_str()[..7].to_owned();
        months.entry(month).or_default().add(mark.meaning, 1);
    }
    months.into_iter().collect()
}

/// Days missed: two half days are one.
pub fn days_missed(tally: Tally) -> f64 {
    f64::from(tally.absent()) / 2.0
}

/// Did the student miss a tenth of the possible half days or more? Late and school activity are no absence.
pub const fn is_chronic(tally: Tally, possible: u32) -> bool {
    possible > 0 && tally.absent() * 10 >= possible * CHRONIC_TENTHS
}
