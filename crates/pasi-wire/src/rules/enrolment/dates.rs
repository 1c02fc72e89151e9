//! Age and dates.

use super::{CONTINUING_EDUCATION, EnrolmentFacts};
use crate::rules::{finding, finding_at};
use kernel::{Date, Finding, Grade};
use std::ops::RangeInclusive;
use uuid::Uuid;

/// The ages on September 1 that are usual in a grade (rule 10017).
pub const fn ages_of(grade: Grade) -> RangeInclusive<u8> {
    match grade {
        Grade::Ecs => 2..=5,
        Grade::G1 => 5..=7,
        Grade::G2 => 6..=8,
        Grade::G3 => 7..=9,
        Grade::G4 => 8..=10,
        Grade::G5 => 9..=11,
        Grade::G6 => 10..=12,
        Grade::G7 => 11..=13,
        Grade::G8 => 12..=14,
        Grade::G9 => 13..=15,
        Grade::G10 => 13..=17,
        Grade::G11 => 14..=18,
        Grade::G12 => 15..=u8::MAX,
    }
}

/// An operating schedule that is named is one of the school's in that school
/// year (assumption `named-schedule`); silent while the year's are not known.
pub fn schedule(named: Option<Uuid>, of_school: &[Uuid]) -> Option<Finding> {
    let is_there = named.is_none_or(|named| of_school.is_empty() || of_school.contains(&named));
    (!is_there).then(|| finding_at(9006, "operating_schedule"))
}

pub(super) fn judge(facts: &EnrolmentFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(age(facts));
    if facts.is_regular_day() && facts.school_year <= facts.current_year && !facts.calendars.is_empty() {
        found.extend(period(facts));
        found.extend(start(facts));
    }
    found
}

fn age(facts: &EnrolmentFacts<'_>) -> Option<Finding> {
    let grade = facts.grade?;
    if facts.programming_type == CONTINUING_EDUCATION || facts.school_year != facts.current_year {
        return None;
    }
    let age = facts.birth_date.age_on(facts.school_year.starts());
    (!ages_of(grade).contains(&age)).then(|| finding(10_017).with("age", age).with("grade", grade))
}

/// The calendar year spans from the first day of all schedules to the last.
fn period(facts: &EnrolmentFacts<'_>) -> Option<Finding> {
    let first = facts.calendars.iter().map(|(first, _)| *first).min()?;
    let last = facts.calendars.iter().map(|(_, last)| *last).max()?;
    let exit = facts.exit.unwrap_or(facts.start);
    let is_inside = first <= facts.start && exit <= last;
    (!is_inside).then(|| finding(10_003).with("first", first).with("last", last))
}

fn start(facts: &EnrolmentFacts<'_>) -> Option<Finding> {
    let is_in = |(first, last): &(Date, Date)| (*first..=*last).contains(&facts.start);
    (!facts.calendars.iter().any(is_in)).then(|| finding(10_035).with("start", facts.start))
}
