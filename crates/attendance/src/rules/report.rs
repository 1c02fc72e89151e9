//! What a family may tell ahead, what it writes, and until when it is taken back.

use super::{LONGEST_COMMENT, half_of};
use crate::model::{DayPart, Mark, Meaning, Mode, NewReport, Report, Slot};
use kernel::{Date, Finding, Findings};
use schools::SchoolDay;

/// Longest absence that is told at once, in days.
pub const LONGEST_REPORT: i32 = 60;

/// The days and the note of a report. Days that are past are the office's.
pub fn judge_report(cmd: &NewReport, today: Date) -> Findings {
    let (first, last) = cmd.days;
    let mut findings = Findings::default();
    if first < today {
        findings.push(Finding::refuse("LP-0760", "first_day"));
    }
    if last < first || first.days_until(last) >= LONGEST_REPORT {
        findings.push(Finding::refuse("LP-0761", "last_day").with("most", LONGEST_REPORT));
    }
    if cmd.note.chars().count() > LONGEST_COMMENT {
        findings.push(Finding::refuse("LP-0709", "note").with("longest", LONGEST_COMMENT));
    }
    findings
}

/// The slots of a day in which a student is away: the half days of a school with daily rolls, the periods in which the
/// student has a class of a school with rolls by period, or both.
pub fn away_slots(
    part: DayPart,
    mode: Mode,
    (day, periods): (Option<&SchoolDay>, impl IntoIterator<Item = u8>),
) -> Vec<Slot> {
    let holds = |half: Slot| match part {
        DayPart::Day => true,
        DayPart::Morning => half == Slot::Morning,
        DayPart::Afternoon => half == Slot::Afternoon,
    };
    let mut all: Vec<Slot> = Vec::new();
    if mode.has_daily() {
        all.extend(Slot::DAILY.into_iter().filter(|half| holds(*half)));
    }
    if let Some(day) = day.filter(|_| mode.has_periods()) {
        let own = periods.into_iter().filter(|number| holds(half_of(day, *number)));
        all.extend(own.map(Slot::Period));
    }
    all
}

/// Does a report change what stands in a slot? An absence that nobody explained is explained by it, and a slot whose
/// roll was not taken is marked ahead. What a roll or the office said stays, and so does that a student was there.
pub fn is_told(before: Option<&Mark>, is_taken: bool) -> bool {
    match before.map(|mark| mark.meaning) {
        Some(Meaning::Unexplained) => true,
        None | Some(Meaning::Present) => !is_taken,
        Some(_) => false,
    }
}

/// May a report be taken back? Not once the office has seen it, nor when its days are over.
pub fn judge_take_back(report: &Report, today: Date) -> Findings {
    if report.seen.is_some() || report.days.1 < today {
        Finding::refuse("LP-0763", "").into()
    } else {
        Findings::default()
    }
}
