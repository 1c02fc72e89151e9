//! A year of one student, by term and by code.

use crate::model::{CodeCount, Mark, Meaning, Slot, YearPart};
use kernel::Date;
use std::collections::BTreeMap;

/// From when until when somebody was there.
type Stay = (Date, Option<Date>);

/// A stretch of days in figures: how many of `taught` the student was there for, and what was marked in it.
/// `parts` says what part of a day each mark counts ([`super::parts`]).
pub fn year_part(
    (name, days): (&str, (Date, Date)),
    (taught, stays): (&[Date], &[Stay]),
    marks: &[Mark],
    parts: impl Fn(&Mark) -> u32,
) -> YearPart {
    let is_in = |day: Date| (days.0..=days.1).contains(&day);
    let was_there = |day: Date| {
        let mut spans = stays.iter();
        spans.any(|(from, until)| *from <= day && until.is_none_or(|last| day <= last))
    };
    let there = taught
        .iter()
        .filter(|day| is_in(**day) && was_there(**day))
        .count();
    let marks: Vec<&Mark> = marks.iter().filter(|mark| is_in(mark.on)).collect();
    YearPart {
        name: name.to_owned(),
        taught: u32::try_from(there).unwrap_or(u32::MAX),
        late_minutes: marks
            .iter()
            .filter(|mark| parts(mark) > 0)
            .map(|mark| minutes(mark))
            .sum(),
        tally: super::tally(marks, parts),
    }
}

fn minutes(mark: &Mark) -> u32 {
    let is_late = mark.meaning == Meaning::Late;
    mark.minutes
        .filter(|_| is_late)
        .and_then(|many| u32::try_from(many).ok())
        .unwrap_or(0)
}

/// How often each code was said, in daily rolls and in periods; by meaning, then by letter.
pub fn by_code(marks: &[Mark]) -> Vec<CodeCount> {
    let mut all: BTreeMap<(Meaning, String), CodeCount> = BTreeMap::new();
    for mark in marks {
        let key = (mark.meaning, mark.letter.clone());
        let count = all.entry(key).or_insert_with(|| CodeCount {
            letter: mark.letter.clone(),
            meaning: mark.meaning,
            last: mark.on,
            half_days: 0,
            periods: 0,
            minutes: 0,
        });
        match mark.slot {
            Slot::Morning | Slot::Afternoon => count.half_days += 1,
            Slot::Period(_) => count.periods += 1,
        }
        count.last = count.last.max(mark.on);
        count.minutes += minutes(mark);
    }
    all.into_values().collect()
}
