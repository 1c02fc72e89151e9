//! The operating schedules of our schools in each school year, by PASI's
//! copies of their calendar years. An enrolment names one of them
//! (`CalendarRefId`); most schools have one alone, which nobody is asked for.

use crate::{line, mirror};
use db::{Reading, Tx};
use kernel::{Date, Outcome, SchoolCode, SchoolYear};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Where they are kept.
pub(crate) const SETTING: &str = "pasi.schedules";

/// An operating schedule of a school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Its id at PASI.
    pub id: Uuid,
    /// What PASI calls it.
    pub name: String,
    /// First day of class.
    pub first: Date,
    /// Last day of class.
    pub last: Date,
}

/// The operating schedules of each school and school year that PASI told of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedules(BTreeMap<String, Vec<Schedule>>);

impl Schedules {
    /// As PASI last told; nothing before the first reading.
    pub fn read(at: &mut impl Reading) -> Outcome<Self> {
        let text = db::setting(at, SETTING)?;
        Self::kept(text.as_ref())
    }
    /// As PASI last told, by what is kept under [`SETTING`].
    pub(crate) fn kept(text: Option<&String>) -> Outcome<Self> {
        line::parsed(SETTING, text).map(Self)
    }
    /// Those of a school in a school year; none where PASI told of none.
    pub fn of(&self, school: SchoolCode, year: SchoolYear) -> &[Schedule] {
        let kept = self.0.get(&mirror::year_key(school, year));
        kept.map(Vec::as_slice).unwrap_or_default()
    }
    /// The one that is meant where nobody chose: the only one of the school, or
    /// the only one whose days the first day is among.
    pub fn due(&self, school: SchoolCode, start: Date) -> Option<&Schedule> {
        due(self.of(school, SchoolYear::of(start)), start)
    }
    /// What one is called, of whatever school it is.
    pub fn name(&self, id: &str) -> Option<&str> {
        let mut all = self.0.values().flatten();
        let named = all.find(|one| one.id.to_string() == id);
        named.map(|named| named.name.as_str())
    }
    /// The one an enrolment goes by: the one that was chosen, else the one that is due.
    pub fn goes_by(&self, school: SchoolCode, chosen: Option<&str>, start: Date) -> Option<&Schedule> {
        match chosen {
            Some(id) => {
                let all = self.of(school, SchoolYear::of(start));
                all.iter().find(|one| one.id.to_string() == id)
            }
            None => self.due(school, start),
        }
    }
}

fn due(all: &[Schedule], start: Date) -> Option<&Schedule> {
    if let [only] = all {
        return Some(only);
    }
    let mut fitting = all.iter().filter(|one| (one.first..=one.last).contains(&start));
    let first = fitting.next();
    first.filter(|_| fitting.next().is_none())
}

/// Keeps what PASI's copies of calendar years tell of our schools.
pub(crate) fn keep(tx: &mut Tx, told: &[wire::SchoolCalendarYear]) -> Outcome<()> {
    let schedule = |one: &wire::OperatingSchedule| Schedule {
        id: one.ref_id,
        name: one.name.clone(),
        first: one.start_date,
        last: one.end_date,
    };
    let all: BTreeMap<String, Vec<Schedule>> = told
        .iter()
        .map(|year| {
            (
                mirror::year_key(year.school_code, year.school_year),
                year.calendars.iter().map(schedule).collect(),
            )
        })
        .collect();
    line::keep(tx, SETTING, &all)
}

/// PASI's copies of the calendar years of our schools.
pub(crate) fn told(tx: &mut Tx) -> Outcome<Vec<wire::SchoolCalendarYear>> {
    let kind = NotificationType::SchoolCalendarYear;
    let ours = schools::directory(tx)?;
    let is_ours = |key: &String| {
        let code = key.split('.').next().and_then(|code| code.parse().ok());
        code.is_some_and(|code| ours.by_code(code).is_some())
    };
    let mut keys = mirror::keys(tx, kind)?;
    keys.retain(is_ours);
    mirror::mirrored_among(tx, kind, &keys)
}

#[cfg(test)]
mod tests {
    use super::{Schedule, due};
    use testkit::date;
    use uuid::Uuid;

    fn schedule(id: u128, first: &str, last: &str) -> Schedule {
        Schedule {
            id: Uuid::from_u128(id),
            name: format!("Schedule {id}"),
            first: date(first),
            last: date(last),
        }
    }

    #[test]
    fn an_enrolment_goes_by_the_only_schedule_or_by_the_only_one_of_its_first_day() {
        let year = || schedule(1, "2026-09-01", "2027-06-28");
        let spring = || schedule(2, "2027-02-01", "2027-06-28");
        let autumn = || schedule(3, "2026-09-01", "2027-01-29");
        for (case, all, start, want) in [
            ("none is known", vec![], "2026-09-01", None),
            ("the only one", vec![year()], "2026-09-01", Some(1)),
            (
                "the only one, before its first day",
                vec![year()],
                "2026-08-31",
                Some(1),
            ),
            (
                "of two the one of the day",
                vec![autumn(), spring()],
                "2027-02-01",
                Some(2),
            ),
            (
                "the last day belongs to it",
                vec![autumn(), spring()],
                "2027-01-29",
                Some(3),
            ),
            ("both have the day", vec![year(), autumn()], "2026-09-01", None),
            ("neither has it", vec![autumn(), spring()], "2027-01-31", None),
        ] {
            let found = due(&all, date(start)).map(|one| one.id);
            assert_eq!(found, want.map(Uuid::from_u128), "{case}");
        }
    }
}
