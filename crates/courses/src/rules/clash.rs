//! When two things happen at once.

use crate::model::{Meeting, Section};
use kernel::{Date, Finding};

/// The days that two spans share, both included; none when they share none.
pub fn shared(one: (Date, Date), other: (Date, Date)) -> Option<(Date, Date)> {
    let (from, until) = (one.0.max(other.0), one.1.min(other.1));
    (from <= until).then_some((from, until))
}

/// The first meeting at which both sections meet, when they are of the same
/// school and are open on a common day.
pub fn clash(one: &Section, other: &Section) -> Option<Meeting> {
    if one.school != other.school || one.id == other.id {
        return None;
    }
    shared(one.days(), other.days())?;
    one.meetings
        .iter()
        .find(|meeting| other.meetings.contains(meeting))
        .copied()
}

/// A finding that names the other section and when.
pub(super) fn at(finding: Finding, other: &Section, meeting: Meeting) -> Finding {
    finding
        .with("section", &other.number)
        .with("day", meeting.cycle_day)
        .with("period", meeting.period)
}
