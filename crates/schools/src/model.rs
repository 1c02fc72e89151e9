//! The nouns.

mod teaching;

pub use teaching::{
    BellSchedule, BellUse, ClosureKind, Cycle, CycleKind, DayKind, Period, PeriodKind, Plan, SchoolDay,
    SpecialDay, TeachingYear, Term, TermKind, UsedOn,
};

use kernel::{AuthorityCode, CalendarId, Date, Grade, SchoolCode, SchoolId, SchoolYear};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A school authority: public, separate, francophone, charter, independent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    /// Its provincial code.
    pub code: AuthorityCode,
    /// Its name.
    pub name: String,
    /// Its kind, a code of `AuthorityType`.
    pub kind: String,
}

/// A school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    /// The record.
    pub id: SchoolId,
    /// Its provincial code, unique in the division.
    pub code: SchoolCode,
    /// Its name.
    pub name: String,
    /// The authority it belongs to.
    pub authority: AuthorityCode,
    /// Street; may be empty.
    pub street: String,
    /// City or town; may be empty.
    pub city: String,
    /// Postal code as `A1A 1A1`; may be empty.
    pub postal_code: String,
    /// Phone of the office; may be empty.
    pub phone: String,
    /// Lowest grade taught.
    pub lowest_grade: Grade,
    /// Highest grade taught.
    pub highest_grade: Grade,
    /// 1 for the first; a save names the version it saw.
    pub version: i64,
}

impl School {
    /// Is the grade taught here?
    pub fn offers(&self, grade: Grade) -> bool {
        (self.lowest_grade..=self.highest_grade).contains(&grade)
    }
    /// The grades taught here, in order.
    pub fn grades(&self) -> impl Iterator<Item = Grade> + use<> {
        let taught = self.lowest_grade..=self.highest_grade;
        Grade::ALL
            .iter()
            .copied()
            .filter(move |grade| taught.contains(grade))
    }
}

/// A day on which a school is closed though it would be open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Closure {
    /// The day.
    pub on: Date,
    /// Why: a holiday, a day for staff, snow.
    pub reason: String,
    /// What kind of day it is.
    pub kind: ClosureKind,
}

/// Days on which schools are closed for one reason, one after the other; weekends between them count as closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedDays {
    /// The first of them.
    pub from: Date,
    /// The last of them; the first when there is one.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// What kind of days they are.
    pub kind: ClosureKind,
    /// The schools that are closed, in the order of their ids.
    pub schools: Vec<SchoolId>,
}

/// The days of one school in one school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The record.
    pub id: CalendarId,
    /// Whose.
    pub school: SchoolId,
    /// Which year.
    pub year: SchoolYear,
    /// First instructional day.
    pub first_day: Date,
    /// Last instructional day.
    pub last_day: Date,
    /// Closed days between them, by date.
    pub closures: Vec<Closure>,
    /// 1 for the first; a save names the version it saw.
    pub version: i64,
}

/// Every school of a division, for looking up without asking the database
/// again; in order of name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory {
    all: Vec<School>,
    by_id: HashMap<SchoolId, usize>,
    by_code: HashMap<SchoolCode, usize>,
}

impl Directory {
    /// A directory of these schools, in their order.
    pub fn new(all: Vec<School>) -> Self {
        let places = || all.iter().enumerate();
        Self {
            by_id: places().map(|(place, school)| (school.id, place)).collect(),
            by_code: places().map(|(place, school)| (school.code, place)).collect(),
            all,
        }
    }
    /// All of them.
    pub fn all(&self) -> &[School] {
        &self.all
    }
    /// The school with that id.
    pub fn get(&self, id: SchoolId) -> Option<&School> {
        self.by_id.get(&id).map(|place| &self.all[*place])
    }
    /// The school with that provincial code.
    pub fn by_code(&self, code: SchoolCode) -> Option<&School> {
        self.by_code.get(&code).map(|place| &self.all[*place])
    }
    /// Its name; empty when the division has no such school.
    pub fn name(&self, id: SchoolId) -> &str {
        self.get(id).map_or("", |school| &school.name)
    }
}

/// The school years that are kept live with the province: with C the calendar
/// year of today, the years that end in C + 1, C, C − 1 and C − 2. It moves on
/// 1 January. Source: PASI Knowledge Base, synchronizing data with PASI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearWindow {
    /// The earliest year inside.
    pub first: SchoolYear,
    /// The latest year inside.
    pub last: SchoolYear,
}

impl YearWindow {
    /// The window of a day.
    pub fn on(today: Date) -> Self {
        let current = SchoolYear::of(today);
        // A day from September to December lies in the year that ends in C + 1, every other in C.
        let ends_this_calendar_year = if today.month() >= 9 {
            current.previous()
        } else {
            current
        };
        Self {
            first: ends_this_calendar_year.previous().previous(),
            last: ends_this_calendar_year.next(),
        }
    }
    /// Is the year inside?
    pub fn contains(self, year: SchoolYear) -> bool {
        (self.first..=self.last).contains(&year)
    }
    /// The years inside, latest first.
    pub fn years(self) -> impl Iterator<Item = SchoolYear> {
        std::iter::successors(Some(self.last), |year| Some(year.previous()))
            .take_while(move |year| *year >= self.first)
    }
}
