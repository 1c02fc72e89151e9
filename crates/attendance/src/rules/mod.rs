//! What may be said of whom, when. Every code stands in [`RULES`].

mod addressee;
mod chronic;
mod codes;
mod differ;
mod letter;
mod period;
mod record;
mod register;
mod report;
mod roll;
mod writing;
mod year;

pub use addressee::around;
pub use chronic::{THRESHOLDS, Threshold, by_student, is_chronic, share, shares, threshold, what_is_chronic};
pub use codes::{judge_codes, judge_setting};
pub use differ::{differ, settled};
pub use letter::{
    LONGEST_SUBJECT, LONGEST_TEXT, PLACEHOLDERS, counts, counts_slot, fill_letter, how_letters_count,
    judge_letter_plan, judge_letter_text, letter_due, letter_measure, letter_total,
};
pub use period::{Passing, half_of, how_counted, judge_meeting, parts, periods_of_day, touched};
pub use record::{by_code, year_part};
pub use register::RULES;
pub use report::{LONGEST_REPORT, away_slots, is_told, judge_report, judge_take_back};
pub use roll::{Change, Decision, decide};
pub use writing::{judge_addressee, judge_chosen, read_first};
pub use year::{days_missed, months, tally};

use crate::model::{Codes, Group, MarkRange, Meaning, Setting, Slot};
use kernel::{Date, Finding, Findings};
use schools::Calendar;

/// Longest note of a mark, in characters.
pub const LONGEST_COMMENT: usize = 200;
/// Longest text of whom one called, in characters.
pub const LONGEST_NAME: usize = 120;
/// Most minutes late.
pub const MOST_MINUTES: i32 = 400;
/// Longest span of an entry for many, in days.
pub const LONGEST_SPAN: i32 = 200;

/// What a day is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Today in Alberta.
    pub today: Date,
    /// Does the office act? Else a teacher.
    pub is_office: bool,
    /// How the school keeps attendance.
    pub setting: &'a Setting,
    /// The days of the school in the year of the day; none while not set.
    pub calendar: Option<&'a Calendar>,
    /// Its codes.
    pub codes: &'a Codes,
}

/// Whether attendance of a day may be written now. The office may write of days to come, but takes no roll then.
pub fn judge_day(facts: &Facts<'_>, on: Date, is_roll: bool) -> Findings {
    let mut findings = Findings::default();
    let is_taught = facts
        .calendar
        .is_some_and(|days| schools::rules::is_instructional(days, on));
    if !is_taught {
        findings.push(Finding::refuse("LP-0702", "on").with("day", on));
    }
    if on > facts.today && (is_roll || !facts.is_office) {
        findings.push(Finding::refuse("LP-0705", "on").with("day", on));
    }
    if facts.setting.closed_until.is_some_and(|last| on <= last) {
        findings.push(Finding::refuse("LP-0706", "on").with("day", on));
    } else if !facts.is_office && on.days_until(facts.today) > facts.setting.teacher_days {
        findings.push(Finding::refuse("LP-0704", "on").with("days", facts.setting.teacher_days));
    }
    findings
}

/// Whether the school takes attendance in that slot, of such a group where one is named.
pub fn judge_slot(setting: &Setting, slot: Slot, group: Option<&Group>) -> Findings {
    let is_daily = slot.is_daily();
    let takes = if is_daily {
        setting.mode.has_daily()
    } else {
        setting.mode.has_periods()
    };
    let fits = group.is_none_or(|group| matches!(group, Group::Homeroom(_)) == is_daily);
    if takes && fits {
        Findings::default()
    } else {
        Finding::refuse("LP-0711", "slot").into()
    }
}

/// What is said of one student: a code of the day, minutes for those who came late, a short note.
/// `field` is the form's name of a part: `letter`, `minutes`, `comment`.
pub fn judge_saying(
    codes: &Codes,
    on: Date,
    (letter, minutes, comment): (&str, Option<i32>, &str),
    field: impl Fn(&str) -> String,
) -> Findings {
    let mut findings = Findings::default();
    let meaning = codes.find(letter, on).map(|code| code.meaning);
    if meaning.is_none() {
        findings.push(Finding::refuse("LP-0701", field("letter")).with("code", letter));
    }
    if let Some(minutes) = minutes {
        if !(1..=MOST_MINUTES).contains(&minutes) {
            findings.push(Finding::refuse("LP-0707", field("minutes")).with("most", MOST_MINUTES));
        } else if meaning.is_some_and(|meaning| meaning != Meaning::Late) {
            findings.push(Finding::refuse("LP-0708", field("minutes")).with("code", letter));
        }
    }
    if comment.chars().count() > LONGEST_COMMENT {
        findings.push(Finding::refuse("LP-0709", field("comment")).with("longest", LONGEST_COMMENT));
    }
    findings
}

/// An entry for many: who, which days, which slots, and a code.
pub fn judge_range(cmd: &MarkRange) -> Findings {
    let mut findings = Findings::default();
    if cmd.students.is_empty() {
        findings.push(Finding::refuse("LP-0714", "student"));
    }
    if cmd.slots.is_empty() {
        findings.push(Finding::refuse("LP-0714", "slot"));
    }
    let (first, last) = cmd.days;
    if last < first || first.days_until(last) >= LONGEST_SPAN {
        findings.push(Finding::refuse("LP-0712", "last_day").with("most", LONGEST_SPAN));
    }
    findings
}

/// A code that explains an absence: any but the one that asks for an explanation, and present.
pub fn judge_explanation(codes: &Codes, letter: &str, on: Date) -> Findings {
    match codes.find(letter, on).map(|code| code.meaning) {
        Some(Meaning::Unexplained) => Finding::refuse("LP-0715", "letter").with("code", letter).into(),
        _ => Findings::default(),
    }
}

/// The time of somebody at the desk: one of this day that has come.
pub fn judge_time(minute: i32, now: i32) -> Findings {
    if (0..24 * 60).contains(&minute) && minute <= now {
        Findings::default()
    } else {
        Finding::refuse("LP-0716", "time").into()
    }
}

/// Who was called.
pub fn judge_call(spoke_with: &str, note: &str) -> Findings {
    let mut findings = Findings::default();
    if spoke_with.is_empty() || spoke_with.chars().count() > LONGEST_NAME {
        findings.push(Finding::refuse("LP-0717", "spoke_with").with("longest", LONGEST_NAME));
    }
    if note.chars().count() > LONGEST_COMMENT {
        findings.push(Finding::refuse("LP-0709", "note").with("longest", LONGEST_COMMENT));
    }
    findings
}

/// The slot of a daily roll in which a time of the day falls, in minutes after midnight.
pub const fn slot_at(minute: i32) -> Slot {
    Slot::half_at(minute)
}

#[cfg(test)]
mod letter_tests;
#[cfg(test)]
mod period_tests;
#[cfg(test)]
mod record_tests;
#[cfg(test)]
mod report_tests;
#[cfg(test)]
mod tests;
