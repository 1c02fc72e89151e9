//! A teaching year as months and as spans of days that are not as the others.

use super::{cycle_words, kind_words};
use jiff::civil::Weekday;
use kernel::{BellScheduleId, Date};
use maud::{Markup, html};
use schools::rules::teaching::{kind_of, turns};
use schools::{CycleKind, DayKind, TeachingYear};
use std::collections::HashMap;
use ui::Lang;
use ui::months::{DayTone, Month, MonthDay, legend, months};

/// Days that follow one another and are otherwise than the others for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) kind: DayKind,
    pub(super) reason: String,
    pub(super) bell: Option<BellScheduleId>,
    pub(super) cycle_day: Option<u8>,
}

impl Span {
    fn goes_on(&self, next: &Self) -> bool {
        let of = |one: &Self| (one.kind, one.bell, one.cycle_day);
        self.reason == next.reason && of(self) == of(next)
    }
}

/// The spans of a year, earliest first; a school day as the others between two of them parts them.
pub(super) fn spans(year: &TeachingYear) -> Vec<Span> {
    let calendar = &year.calendar;
    let mut told: Vec<Span> = Vec::new();
    let mut is_parted = true;
    let mut day = calendar.first_day;
    while day <= calendar.last_day {
        if let Some(kind) = kind_of(year, day) {
            match span(year, day, kind) {
                None => is_parted = true,
                Some(next) => {
                    match told.last_mut().filter(|last| !is_parted && last.goes_on(&next)) {
                        Some(last) => last.until = day,
                        None => told.push(next),
                    }
                    is_parted = false;
                }
            }
        }
        day = day.plus_days(1);
    }
    told
}

fn span(year: &TeachingYear, day: Date, kind: DayKind) -> Option<Span> {
    let special = year.special_on(day).filter(|_| kind.is_instructional());
    let closure = year.calendar.closures.iter().find(|closure| closure.on == day);
    let reason = match (special, closure) {
        (Some(special), _) => &special.reason,
        (None, Some(closure)) => &closure.reason,
        (None, None) => return None,
    };
    Some(Span {
        from: day,
        until: day,
        kind,
        reason: reason.clone(),
        bell: special.and_then(|special| special.bell),
        cycle_day: special.and_then(|special| special.cycle_day),
    })
}

fn tone(kind: Option<DayKind>) -> DayTone {
    match kind {
        None => DayTone::Off,
        Some(DayKind::Instructional) => DayTone::Open,
        Some(DayKind::EarlyDismissal) => DayTone::Early,
        Some(DayKind::Professional) => DayTone::Staff,
        Some(DayKind::Holiday) => DayTone::Holiday,
        Some(DayKind::Other) => DayTone::Closed,
    }
}

fn kind(tone: DayTone) -> Option<DayKind> {
    DayKind::ALL
        .iter()
        .copied()
        .find(|kind| self::tone(Some(*kind)) == tone)
}

/// The year at a glance, with what its signs mean.
pub(super) fn glance(lang: Lang, year: &TeachingYear, today: Date) -> Markup {
    let turns: HashMap<Date, Option<u8>> = turns(year).into_iter().collect();
    let mut all: Vec<Month> = Vec::new();
    let (first, last) = (year.calendar.first_day, year.calendar.last_day);
    let mut day = first.plus_days(1 - i64::from(first.day()));
    while day <= last || day.day() != 1 {
        if day.day() == 1 {
            all.push(Month {
                name: lang.month_and_year(day.civil()),
                begins: usize::try_from(day.civil().weekday().to_sunday_zero_offset()).unwrap_or(0),
                days: Vec::new(),
            });
        }
        let turn = turns.get(&day).copied().flatten();
        if let Some(month) = all.last_mut() {
            month.days.push(of_day(lang, year, (day, turn), today));
        }
        day = day.plus_days(1);
    }
    let kinds = std::iter::successors(Some(first), |day| Some(day.plus_days(1)))
        .take_while(|day| *day <= last)
        .filter_map(|day| kind_of(year, day));
    let mut counts: HashMap<DayKind, usize> = HashMap::new();
    kinds.for_each(|kind| *counts.entry(kind).or_default() += 1);
    let counts: Vec<(DayTone, usize)> = DayTone::ALL
        .iter()
        .map(|tone| {
            (
                *tone,
                kind(*tone)
                    .and_then(|kind| counts.get(&kind))
                    .copied()
                    .unwrap_or(0),
            )
        })
        .collect();
    let words = |tone| kind(tone).map(|kind| kind_words(lang, kind)).unwrap_or_default();
    html! { (months(&all, &weekdays(lang))) (legend(lang, &counts, words)) }
}

fn of_day(lang: Lang, year: &TeachingYear, (day, turn): (Date, Option<u8>), today: Date) -> MonthDay {
    let kind = kind_of(year, day);
    let cycle = year.plan.cycle;
    let label = turn.map(|turn| cycle.label(turn)).unwrap_or_default();
    let reason = span(year, day, kind.unwrap_or(DayKind::Instructional)).map(|span| span.reason);
    let named = turn
        .map(|turn| cycle_words(lang, cycle, turn))
        .filter(|_| cycle.kind != CycleKind::Weekday);
    let parts: Vec<String> = kind
        .map(|kind| kind_words(lang, kind))
        .into_iter()
        .chain(reason.filter(|_| kind.is_some()))
        .chain(named)
        .filter(|part| !part.is_empty())
        .collect();
    MonthDay {
        number: u8::try_from(day.day()).unwrap_or(0),
        tone: tone(kind),
        label,
        words: parts.join(" · "),
        is_today: day == today,
    }
}

/// The names of Sunday to Saturday: short and whole.
fn weekdays(lang: Lang) -> [(String, String); 7] {
    [
        Weekday::Sunday,
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
    ]
    .map(|day| {
        let whole = lang.weekday(day);
        (whole.chars().take(2).collect(), whole)
    })
}
