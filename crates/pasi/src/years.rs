//! The school years that PASI takes enrolments of: read daily with the code
//! values. What is registered before PASI opens its year waits in the queue
//! until then; nothing is sent that PASI would refuse for its year alone.

use crate::queue::{self, Item, ItemState};
use crate::{line, map};
use db::schema::{enrolment, pasi_item};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{CourseEnrolmentId, Date, EnrolmentId, Failure, Finding, Outcome, SchoolYear, SectionId};
use pasi_wire::messages::SchoolYearConfiguration;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where the last reading is kept.
pub(crate) const SETTING: &str = "pasi.school-years";

/// What PASI says of a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    year: SchoolYear,
    is_accepted: bool,
    opens: Option<Date>,
}

impl Told {
    /// Are enrolments taken on that day? The day it opens may have come since the reading.
    fn is_open(self, today: Date) -> bool {
        self.is_accepted || self.opens.is_some_and(|opens| opens <= today)
    }
}

/// The school years as PASI last told them; every year is open before the first reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Years(Vec<Told>);

impl Years {
    /// As last read.
    pub(crate) fn read(at: &mut impl Reading) -> Outcome<Self> {
        let text = db::setting(at, SETTING)?;
        Self::kept(text.as_ref())
    }

    /// As last read, by what is kept under [`SETTING`].
    pub(crate) fn kept(text: Option<&String>) -> Outcome<Self> {
        line::parsed(SETTING, text).map(Self)
    }

    /// May enrolments of that year go on that day? One that is over, or that PASI does not name, is
    /// PASI's to refuse.
    pub(crate) fn is_open(&self, year: SchoolYear, today: Date) -> bool {
        let known = self.0.iter().find(|known| known.year == year);
        year <= SchoolYear::of(today) || known.is_none_or(|known| known.is_open(today))
    }

    /// Says that an enrolment of that year waits, and until when: `LP-0473` with the day, `LP-0474` without.
    pub(crate) fn waits(&self, year: SchoolYear, today: Date) -> Option<Finding> {
        if self.is_open(year, today) {
            return None;
        }
        let opens = self.0.iter().find(|known| known.year == year)?.opens;
        Some(match opens.filter(|opens| *opens > today) {
            Some(opens) => Finding::note("LP-0473", "year")
                .with("year", year)
                .with("day", opens),
            None => Finding::note("LP-0474", "year").with("year", year),
        })
    }
}

/// Keeps what PASI told of its school years, and lets go what waited for one
/// that is open now; gives how many items that are.
pub(crate) fn keep(tx: &mut Tx, told: &[SchoolYearConfiguration]) -> Outcome<usize> {
    let years: Vec<Told> = told
        .iter()
        .map(|one| Told {
            year: one.school_year,
            is_accepted: one.is_accepted,
            opens: one.pre_registration_opens,
        })
        .collect();
    let years = Years(years);
    line::keep(tx, SETTING, &years.0)?;
    let_go(tx, &years)
}

/// What waited for its school year, and waits no more.
fn let_go(tx: &mut Tx, years: &Years) -> Outcome<usize> {
    let (division, today) = (tx.division(), tx.today());
    let early: Vec<Item> = pasi_item::table
        .filter(
            pasi_item::division_id
                .eq(division)
                .and(pasi_item::state.eq(ItemState::Early)),
        )
        .select(Item::as_select())
        .load(tx.conn())?;
    let mut gone = 0;
    for mut item in early {
        let year = year_of(tx, &item.record_kind, item.ref_id()?)?;
        if year.is_none_or(|year| years.is_open(year, today)) {
            queue::release(tx, &mut item)?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// Where an item of that kind about that record begins: it waits for its turn,
/// or for the school year to open.
pub(crate) fn turn(tx: &mut Tx, kind: &str, record: Uuid) -> Outcome<ItemState> {
    let Some(year) = year_of(tx, kind, record)? else {
        return Ok(ItemState::Waiting);
    };
    let today = tx.today();
    Ok(if Years::read(tx)?.is_open(year, today) {
        ItemState::Waiting
    } else {
        ItemState::Early
    })
}

/// The school year of a record; none of a kind that has none, or one that is not here any more.
fn year_of(tx: &mut Tx, kind: &str, record: Uuid) -> Outcome<Option<SchoolYear>> {
    match kind {
        "enrolment" => of_enrolment(tx, EnrolmentId::from_uuid(record)),
        "section" => match courses::section(tx, &map::program(tx)?, SectionId::from_uuid(record)) {
            Ok(view) => Ok(Some(view.section.year)),
            Err(Failure::NotFound) => Ok(None),
            Err(failure) => Err(failure),
        },
        "course-enrolment" => {
            let sat = map::classes::one(tx, CourseEnrolmentId::from_uuid(record))?;
            Ok(sat.map(|sat| sat.section.year))
        }
        _ => Ok(None),
    }
}

fn of_enrolment(tx: &mut Tx, id: EnrolmentId) -> Outcome<Option<SchoolYear>> {
    let division = tx.division();
    Ok(enrolment::table
        .filter(
            enrolment::division_id
                .eq(division)
                .and(enrolment::id.eq(id))
                .and(enrolment::known_to.is_null()),
        )
        .select(enrolment::school_year)
        .first(tx.conn())
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_open_when_pasi_says_so_or_its_day_has_come() {
        let date = |text: &str| text.parse::<Date>().expect("a date");
        let year = |ending| SchoolYear::ending(ending).expect("a year");
        let told = |year, is_accepted, opens: Option<&str>| Told {
            year,
            is_accepted,
            opens: opens.map(date),
        };
        let years = Years(vec![
            told(year(2020), false, Some("2019-02-01")),
            told(year(2027), true, Some("2026-02-01")),
            told(year(2028), false, Some("2027-02-01")),
            told(year(2029), false, None),
        ]);
        for (ending, today, open, said) in [
            // Of a year that is over it is PASI's to say.
            (2020, "2026-11-24", true, None),
            (2027, "2026-11-24", true, None),
            (2028, "2026-11-24", false, Some("LP-0473")),
            (2028, "2027-01-31", false, Some("LP-0473")),
            (2028, "2027-02-01", true, None),
            (2029, "2027-02-01", false, Some("LP-0474")),
            // Of a year that PASI does not name it is PASI's to say.
            (2040, "2027-02-01", true, None),
        ] {
            assert_eq!(
                years.is_open(year(ending), date(today)),
                open,
                "{ending} on {today}"
            );
            let found = years.waits(year(ending), date(today));
            assert_eq!(
                found.map(|finding| finding.code).as_deref(),
                said,
                "{ending} on {today}"
            );
        }
    }
}
