//! The year of a student in figures.

use crate::model::{Mark, Tally};
use std::collections::BTreeMap;

/// Marks counted by meaning; `parts` says what part of a day each counts ([`super::parts`]).
pub fn tally<'a>(marks: impl IntoIterator<Item = &'a Mark>, parts: impl Fn(&Mark) -> u32) -> Tally {
    let mut tally = Tally::default();
    for mark in marks {
        let parts = parts(mark);
        tally.add(mark.meaning, u32::from(parts > 0), parts);
    }
    tally
}

/// The same month by month, the earliest first.
pub fn months(marks: &[Mark], parts: impl Fn(&Mark) -> u32) -> Vec<(String, Tally)> {
    let mut months: BTreeMap<String, Tally> = BTreeMap::new();
    for mark in marks {
        let (month, parts) = (mark.on.as_str()[..7].to_owned(), parts(mark));
        let tally = months.entry(month).or_default();
        tally.add(mark.meaning, u32::from(parts > 0), parts);
    }
    months.into_iter().collect()
}

/// Days missed.
pub fn days_missed(tally: Tally) -> f64 {
    f64::from(tally.absent()) / f64::from(Tally::DAY)
}
