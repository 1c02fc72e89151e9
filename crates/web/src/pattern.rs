//! How a school calls the days of its cycle and the periods of its day in a
//! year; numbers where it has said nothing.

use crate::division::calendar::cycle_words;
use db::Reading;
use jiff::civil::Weekday;
use kernel::{Failure, Outcome, SchoolId, SchoolYear};
use schools::{CycleKind, Period, PeriodKind, TeachingYear};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use ui::Lang;
use ui::timetable::Timetable;

/// Days of a cycle that are offered where the school has no calendar.
const DAYS: u8 = 5;
/// Periods that are offered where the school has no bell schedule.
const PERIODS: u8 = 8;

/// The names of one school in one year.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pattern(Option<TeachingYear>);

impl Pattern {
    /// Reads them; those of nowhere are numbers.
    pub(crate) fn read(at: &mut impl Reading, school: Option<SchoolId>, year: SchoolYear) -> Outcome<Self> {
        let Some(school) = school else {
            return Ok(Self::default());
        };
        match schools::teaching_year(at, school, year) {
            Ok(year) => Ok(Self(Some(year))),
            Err(Failure::NotFound) => Ok(Self::default()),
            Err(failure) => Err(failure),
        }
    }

    /// A day of the cycle: `Monday`, `Day 4`, `Week B`.
    pub(crate) fn day(&self, lang: Lang, day: u8) -> String {
        let named = match &self.0 {
            Some(year) if year.plan.cycle.kind == CycleKind::Weekday => weekday(lang, day),
            Some(year) => cycle_words(lang, year.plan.cycle, day),
            None => String::new(),
        };
        if named.is_empty() {
            let number = u32::from(day);
            lang.tx("timetable-day", &[("n", number.into())]).into_owned()
        } else {
            named
        }
    }

    /// A day within a line of days: `Monday`, `4`, `B`.
    fn short_day(&self, lang: Lang, day: u8) -> String {
        let named = match &self.0 {
            Some(year) if year.plan.cycle.kind == CycleKind::Weekday => weekday(lang, day),
            Some(year) => year.plan.cycle.label(day),
            None => String::new(),
        };
        if named.is_empty() { day.to_string() } else { named }
    }

    fn bell(&self, number: u8) -> Option<&Period> {
        let usual = self.0.as_ref()?.usual()?;
        usual.periods.iter().find(|period| period.number == number)
    }

    /// A period as it is called: `Block A`, `Period 3`.
    pub(crate) fn period(&self, lang: Lang, number: u8) -> String {
        match self.bell(number) {
            Some(period) => period.name.clone(),
            None => lang
                .tx("timetable-period-n", &[("n", u32::from(number).into())])
                .into_owned(),
        }
    }

    /// When it begins and ends on a usual day; none where no bell says so.
    pub(crate) fn time(&self, lang: Lang, number: u8) -> Option<String> {
        let period = self.bell(number)?;
        Some(span(lang, (period.starts, period.ends)))
    }

    /// The times of periods that have one.
    pub(crate) fn times(&self, lang: Lang, all: &[u8]) -> Vec<(u8, String)> {
        let timed = all
            .iter()
            .filter_map(|number| Some((*number, self.time(lang, *number)?)));
        timed.collect()
    }

    /// A timetable of these days and periods, named and timed as the school does.
    pub(crate) fn timetable(
        &self,
        lang: Lang,
        title: impl Into<String>,
        (days, periods): (Vec<u8>, Vec<u8>),
    ) -> Timetable {
        let times = self.times(lang, &periods);
        let days = days.into_iter().map(|day| (day, self.day(lang, day)));
        let periods = periods.into_iter().map(|one| (one, self.period(lang, one)));
        Timetable::new(title, days.collect(), periods.collect()).times(times)
    }

    /// The days of the cycle, and those that are used beside it.
    pub(crate) fn days(&self, used: impl IntoIterator<Item = u8>) -> Vec<u8> {
        let length = self.0.as_ref().map_or(DAYS, |year| year.plan.cycle.length);
        let all: BTreeSet<u8> = (1..=length).chain(used).collect();
        all.into_iter().collect()
    }

    /// The lessons of the usual bell schedule in their order, and the periods that are used beside them.
    pub(crate) fn periods(&self, used: impl IntoIterator<Item = u8>) -> Vec<u8> {
        let lessons = self.lessons();
        let rest: BTreeSet<u8> = used.into_iter().filter(|one| !lessons.contains(one)).collect();
        let mut all: Vec<u8> = lessons.into_iter().chain(rest).collect();
        all.sort_by_key(|number| (self.bell(*number).map_or(u16::MAX, |bell| bell.starts), *number));
        all
    }

    /// The periods that a form offers: the lessons and lunch, or numbers.
    pub(crate) fn offered(&self, used: impl IntoIterator<Item = u8>) -> Vec<u8> {
        if self.lessons().is_empty() {
            let all: BTreeSet<u8> = (1..=PERIODS).chain(used).collect();
            all.into_iter().collect()
        } else {
            self.periods(self.lunches().into_iter().chain(used))
        }
    }

    fn lessons(&self) -> Vec<u8> {
        self.of(PeriodKind::Instruction)
    }

    /// Choirs and clubs meet at lunch.
    fn lunches(&self) -> Vec<u8> {
        self.of(PeriodKind::Lunch)
    }

    fn of(&self, kind: PeriodKind) -> Vec<u8> {
        let usual = self.0.as_ref().and_then(TeachingYear::usual);
        let periods = usual.into_iter().flat_map(|bell| &bell.periods);
        periods
            .filter(|period| period.kind == kind)
            .map(|period| period.number)
            .collect()
    }

    /// Days in one line, runs joined: `Monday–Friday`, `days 1–3, 5`.
    pub(crate) fn days_line(&self, lang: Lang, days: &[u8]) -> String {
        let line = spans(days, |day| self.short_day(lang, day));
        match &self.0 {
            Some(year) if year.plan.cycle.kind == CycleKind::Weekday => line,
            _ => lang
                .tx("sections-meets-days", &[("days", line.into())])
                .into_owned(),
        }
    }

    /// Periods in one line: `Block A, Block C`, `period 1–3`.
    pub(crate) fn periods_line(&self, lang: Lang, periods: &[u8]) -> String {
        if periods.iter().all(|number| self.bell(*number).is_some()) {
            return spans(periods, |number| self.period(lang, number));
        }
        let line = spans(periods, |number| number.to_string());
        lang.tx("sections-meets-periods", &[("periods", line.into())])
            .into_owned()
    }
}

/// A stretch of a day: `8:40–10:05`.
pub(crate) fn span(lang: Lang, (starts, ends): (u16, u16)) -> String {
    format!("{}–{}", lang.minutes(starts), lang.minutes(ends))
}

fn weekday(lang: Lang, day: u8) -> String {
    let offset = i8::try_from(day).unwrap_or(i8::MAX);
    Weekday::from_monday_one_offset(offset)
        .map(|day| lang.weekday(day))
        .unwrap_or_default()
}

/// Numbers with their runs joined, each as it is called: `1–3, 5`.
fn spans(numbers: &[u8], called: impl Fn(u8) -> String) -> String {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let told: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| match last - first {
            0 => called(first),
            1 => format!("{}, {}", called(first), called(last)),
            _ => format!("{}–{}", called(first), called(last)),
        })
        .collect();
    told.join(", ")
}

/// The names of several schools.
#[derive(Debug, Clone, Default)]
pub(crate) struct Patterns(HashMap<SchoolId, Pattern>);

impl Patterns {
    /// Reads those of these schools, each once.
    pub(crate) fn read(
        at: &mut impl Reading,
        all: impl IntoIterator<Item = SchoolId>,
        year: SchoolYear,
    ) -> Outcome<Self> {
        let mut found = HashMap::new();
        for school in all {
            if let Entry::Vacant(place) = found.entry(school) {
                place.insert(Pattern::read(at, Some(school), year)?);
            }
        }
        Ok(Self(found))
    }
    /// Those of a school; numbers when it was not read.
    pub(crate) fn of(&self, school: SchoolId) -> Pattern {
        self.0.get(&school).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use kernel::{BellScheduleId, CalendarId};
    use schools::{BellSchedule, Calendar, Cycle, Plan};

    /// Blocks A and B of a cycle of four days named by letters.
    pub(crate) fn blocks() -> Pattern {
        let block = |number: u8, name: &str, starts: u16| Period {
            number,
            name: name.to_owned(),
            starts,
            ends: starts + 85,
            kind: PeriodKind::Instruction,
        };
        let year = SchoolYear::ending(2027).expect("a year");
        Pattern(Some(TeachingYear {
            calendar: Calendar {
                id: CalendarId::derived("c"),
                school: SchoolId::derived("s"),
                year,
                first_day: year.starts(),
                last_day: year.ends(),
                closures: Vec::new(),
                version: 1,
            },
            special: Vec::new(),
            plan: Plan {
                calendar: CalendarId::derived("c"),
                cycle: Cycle {
                    kind: CycleKind::Days,
                    length: 4,
                    has_letters: true,
                },
                terms: Vec::new(),
                uses: Vec::new(),
                version: 1,
            },
            bells: vec![BellSchedule {
                id: BellScheduleId::derived("b"),
                name: "Regular".to_owned(),
                is_usual: true,
                periods: vec![block(2, "Block A", 520), block(1, "Block B", 610)],
                version: 1,
            }],
        }))
    }

    #[test]
    fn days_and_periods_are_called_as_the_calendar_calls_them() {
        let (lang, pattern) = (Lang::EnCa, blocks());
        assert_eq!(pattern.day(lang, 2), "Day B");
        assert_eq!(pattern.period(lang, 2), "Block A");
        assert_eq!(pattern.time(lang, 2).as_deref(), Some("8:40–10:05"));
        assert_eq!(pattern.periods([3]), [2, 1, 3], "in the order of the day");
        assert_eq!(pattern.days([6]), [1, 2, 3, 4, 6]);
        let none = Pattern::default();
        assert_eq!(
            (none.day(lang, 2), none.period(lang, 2)),
            ("Day 2".to_owned(), "Period 2".to_owned())
        );
        assert_eq!(none.time(lang, 2), None);
        assert_eq!((none.days([]).len(), none.offered([9]).len()), (5, 9));
    }
}
