//! Periods: whether a section meets, what a time at the desk touches, and how a period is counted.

use crate::model::{Direction, Meaning, Slot, Tally};
use courses::Section;
use kernel::{Finding, Findings};
use schools::SchoolDay;

/// Periods into which a day falls where the school has no bell schedule.
const UNSET_PERIODS: usize = 4;

/// Whether a section meets in that slot of a day; `day` is none when nobody is taught.
pub fn judge_meeting(section: &Section, day: Option<&SchoolDay>, slot: Slot) -> Findings {
    let meets = match (slot, day) {
        (Slot::Period(number), Some(day)) => courses::rules::periods_on(section, day).contains(&number),
        _ => false,
    };
    if meets {
        Findings::default()
    } else {
        Finding::refuse("LP-0723", "slot")
            .with("section", &section.number)
            .into()
    }
}

/// The half of the day in which a period begins; where no bell says so, the first two of a day are its morning.
pub fn half_of(day: &SchoolDay, number: u8) -> Slot {
    match day.begins(number) {
        Some(begins) => Slot::half_at(i32::from(begins)),
        None if usize::from(number) * 2 <= UNSET_PERIODS => Slot::Morning,
        None => Slot::Afternoon,
    }
}

/// A period of a student at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passing {
    /// The number of the period.
    pub number: u8,
    /// Its start and its end, in minutes after midnight.
    pub minutes: (u16, u16),
    /// Was the roll taken, and the student there?
    pub was_there: bool,
}

/// The periods that somebody who passes the desk at a minute misses, with the minutes missed of one that began.
///
/// Who leaves misses what is not over. Who comes misses what began before and
/// was not there for; who comes late, only the period that is going on.
pub fn touched((way, minute): (Direction, i32), meaning: Meaning, all: &[Passing]) -> Vec<(u8, Option<i32>)> {
    let (is_late, mut found) = (meaning == Meaning::Late, Vec::new());
    for one in all {
        let (starts, ends) = (i32::from(one.minutes.0), i32::from(one.minutes.1));
        let is_on = starts < minute && minute < ends;
        let is_touched = match way {
            Direction::Out => !is_late && minute < ends,
            Direction::In if is_late => is_on,
            Direction::In => starts < minute && !one.was_there,
        };
        if is_touched {
            let late = (is_late && is_on).then(|| (minute - starts).clamp(1, super::MOST_MINUTES));
            found.push((one.number, late));
        }
    }
    found
}

/// Into how many periods a day falls: the lessons of the usual bell schedule, or four where there is none.
pub fn periods_of_day(year: Option<&schools::TeachingYear>) -> u32 {
    let usual = year.and_then(schools::TeachingYear::usual);
    let lessons = usual.map_or(0, |bell| {
        let is_lesson = |period: &&schools::Period| period.kind == schools::PeriodKind::Instruction;
        bell.periods.iter().filter(is_lesson).count()
    });
    let many = if lessons == 0 { UNSET_PERIODS } else { lessons };
    u32::try_from(many).unwrap_or(1)
}

/// How periods are counted, for whoever reads the figures.
pub fn how_counted() -> Findings {
    Finding::note("LP-0726", "").into()
}

/// Parts of a day that a mark counts (`LP-0726`): half of it in a daily roll; in
/// a period its share of the lessons of a day, and nothing on a day that a daily roll counts.
pub const fn parts(slot: Slot, has_daily_roll: bool, periods: u32) -> u32 {
    match slot {
        Slot::Morning | Slot::Afternoon => Tally::DAY / 2,
        Slot::Period(_) if has_daily_roll || periods == 0 => 0,
        Slot::Period(_) => (Tally::DAY + periods / 2) / periods,
    }
}
