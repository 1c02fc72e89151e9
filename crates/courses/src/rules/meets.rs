//! What meets on a day.

use crate::model::Section;
use kernel::{Date, Finding, Findings, TermId};
use schools::{SchoolDay, Term};

/// The periods in which a section meets on a day of its school, the earliest
/// first: those that its pattern names for the day of the cycle, as far as the
/// day has them. A school without a bell schedule has every period.
pub fn periods_on(section: &Section, day: &SchoolDay) -> Vec<u8> {
    if !section.covers(day.date) {
        return Vec::new();
    }
    let mut periods: Vec<u8> = section
        .meetings
        .iter()
        .filter(|meeting| Some(meeting.cycle_day) == day.cycle_day && day.has(meeting.period))
        .map(|meeting| meeting.period)
        .collect();
    periods.sort_by_key(|number| (day.begins(*number), *number));
    periods
}

/// The days of a term to which a section is bound; refused when it is none of these.
pub fn term_days(terms: &[Term], id: TermId) -> Result<(Date, Date), Findings> {
    let term = terms.iter().find(|term| term.id == id);
    term.map(|term| (term.first_day, term.last_day))
        .ok_or_else(|| Finding::refuse("LP-0532", "term").into())
}
