//! The verbs, and what may be asked.

mod copy;
mod feed;
mod teaching;

pub use copy::{CopyCalendar, CopyChange, CopyParts, FirstLast, Seen, copy_calendar, copy_preview};
pub use feed::{end_feed, feed, feed_address, feed_years, renew_feed};
pub use teaching::{
    DayAs, PlanPart, SetBell, SetDays, TermDetails, remove_bell, school_day, set_bell, set_days, set_plan,
    teaching_year, terms,
};

use crate::model::{Authority, Calendar, ClosedDays, Closure, Directory, School};
use crate::{rules, store};
use access::action::{ManageSchools, ViewSchools};
use access::{Permit, Scope};
use db::{Reading, Subject, Tx};
use kernel::text::squeeze;
use kernel::{
    AuthorityCode, CalendarId, Date, Failure, Findings, Grade, Outcome, SchoolCode, SchoolId, SchoolYear,
};
use serde::Serialize;

/// What was saved, and what the rules say of it; none of the findings refuses.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved<T> {
    /// The record as it stands now.
    pub record: T,
    /// Warnings and notes.
    pub findings: Findings,
}

/// What is said of a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolDetails {
    /// Provincial code.
    pub code: SchoolCode,
    /// Name, at most 120 characters.
    pub name: String,
    /// The authority it belongs to.
    pub authority: AuthorityCode,
    /// Street.
    pub street: String,
    /// City or town.
    pub city: String,
    /// Postal code; kept as `A1A 1A1`.
    pub postal_code: String,
    /// Phone of the office.
    pub phone: String,
    /// Lowest grade taught.
    pub lowest_grade: Grade,
    /// Highest grade taught.
    pub highest_grade: Grade,
}

impl SchoolDetails {
    fn school(self, id: SchoolId, version: i64) -> School {
        School {
            id,
            code: self.code,
            name: squeeze(&self.name),
            authority: self.authority,
            street: squeeze(&self.street),
            city: squeeze(&self.city),
            postal_code: rules::tidy_postal_code(&self.postal_code),
            phone: squeeze(&self.phone),
            lowest_grade: self.lowest_grade,
            highest_grade: self.highest_grade,
            version,
        }
    }
}

/// A school to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddSchool {
    /// The id it shall have; none for a fresh one.
    pub id: Option<SchoolId>,
    /// What is said of it.
    pub details: SchoolDetails,
}

/// The days of a school in a year, as they shall be: closures that are not named are opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetCalendar {
    /// The school.
    pub school: SchoolId,
    /// The school year.
    pub year: SchoolYear,
    /// The version that was seen; 0 when there was none.
    pub seen: i64,
    /// First instructional day.
    pub first_day: Date,
    /// Last instructional day.
    pub last_day: Date,
    /// Closed days, in any order.
    pub closures: Vec<Closure>,
}

/// What the audit keeps of a change.
#[derive(Serialize)]
struct Change<'a, T: Serialize> {
    before: Option<&'a T>,
    after: &'a T,
}

/// Adds an authority, or changes the name and kind of the one with its code.
///
/// Writes: `authority`, audit.
pub fn set_authority(
    tx: &mut Tx,
    _permit: &Permit<ManageSchools>,
    authority: Authority,
) -> Outcome<Authority> {
    let wanted = Authority {
        name: squeeze(&authority.name),
        ..authority
    };
    rules::judge_authority(&wanted).or_refuse()?;
    let known = store::authorities(tx)?;
    let before = known.iter().find(|known| known.code == wanted.code);
    if before != Some(&wanted) {
        store::save_authority(tx, &wanted)?;
        tx.record(
            "authority.set",
            Subject::new("authority", wanted.code),
            &Change {
                before,
                after: &wanted,
            },
        );
    }
    Ok(wanted)
}

/// Adds a school to the division.
///
/// Refused by the rules `LP-0301` to `LP-0306`. Writes: `school`, audit.
pub fn add_school(tx: &mut Tx, permit: &Permit<ManageSchools>, cmd: AddSchool) -> Outcome<Saved<School>> {
    let id = cmd.id.unwrap_or_else(|| SchoolId::fresh(tx.now()));
    let school = cmd.details.school(id, 1);
    covers(permit, id)?;
    let findings = judge_school(tx, &school)?;
    store::insert_school(tx, &school)?;
    tx.record(
        "school.add",
        Subject::new("school", id),
        &Change {
            before: None,
            after: &school,
        },
    );
    Ok(Saved {
        record: school,
        findings,
    })
}

/// Changes what is said of a school. `seen` is the version that was on the screen.
///
/// Refused by the rules `LP-0301` to `LP-0306`; a conflict when another save
/// came first. Writes: `school`, audit.
pub fn change_school(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    id: SchoolId,
    seen: i64,
    details: SchoolDetails,
) -> Outcome<Saved<School>> {
    covers(permit, id)?;
    let before = store::school(tx, id)?;
    let same = details.clone().school(id, before.version) == before;
    let school = details.school(id, if same { before.version } else { seen + 1 });
    let findings = judge_school(tx, &school)?;
    if !same {
        store::replace_school(tx, &school)?;
        tx.record(
            "school.change",
            Subject::new("school", id),
            &Change {
                before: Some(&before),
                after: &school,
            },
        );
    }
    Ok(Saved {
        record: school,
        findings,
    })
}

fn judge_school(tx: &mut Tx, school: &School) -> Outcome<Findings> {
    let (others, authorities) = (store::schools(tx, None)?, store::authorities(tx)?);
    rules::judge_school(school, &others, &authorities).or_refuse()
}

/// Sets the days of a school in a year.
///
/// Refused by the rules `LP-0311` to `LP-0317`; a conflict when another save
/// came first. Writes: `school_calendar`, `calendar_closure`, audit.
pub fn set_calendar(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    cmd: SetCalendar,
) -> Outcome<Saved<Calendar>> {
    covers(permit, cmd.school)?;
    store::school(tx, cmd.school)?;
    let before = store::calendars(tx, cmd.school, Some(cmd.year))?.pop();
    let mut closures = cmd.closures;
    for closure in &mut closures {
        closure.reason = squeeze(&closure.reason);
    }
    closures.sort();
    let mut wanted = Calendar {
        id: before
            .as_ref()
            .map_or_else(|| CalendarId::fresh(tx.now()), |before| before.id),
        school: cmd.school,
        year: cmd.year,
        first_day: cmd.first_day,
        last_day: cmd.last_day,
        closures,
        version: before.as_ref().map_or(0, |before| before.version),
    };
    if before.as_ref() == Some(&wanted) {
        return Ok(Saved {
            findings: rules::judge_calendar(&wanted),
            record: wanted,
        });
    }
    let now = wanted.version;
    if now != cmd.seen {
        return Err(Failure::stale("school_calendar", cmd.seen, now));
    }
    wanted.version = now + 1;
    save(tx, before.as_ref(), wanted)
}

fn save(tx: &mut Tx, before: Option<&Calendar>, wanted: Calendar) -> Outcome<Saved<Calendar>> {
    let findings = rules::judge_calendar(&wanted).or_refuse()?;
    store::save_calendar(tx, &wanted)?;
    tx.record(
        "calendar.set",
        Subject::new("calendar", wanted.id),
        &Change {
            before,
            after: &wanted,
        },
    );
    Ok(Saved {
        record: wanted,
        findings,
    })
}

fn covers(permit: &Permit<ManageSchools>, school: SchoolId) -> Outcome<()> {
    if permit.covers_school(school) {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// The schools a person works with: all of the division, or those of the acting role. In order of name.
pub fn schools(at: &mut impl Reading, permit: &Permit<ViewSchools>) -> Outcome<Vec<School>> {
    match permit.scope() {
        Scope::Division => store::schools(at, None),
        Scope::Schools(own) => store::schools(at, Some(own)),
        Scope::Tied(..) => Ok(Vec::new()),
    }
}

/// Every school of the division, in one query; small enough to be kept in memory.
pub fn directory(at: &mut impl Reading) -> Outcome<Directory> {
    Ok(Directory::new(store::schools(at, None)?))
}

/// One school; not found when the division has none with that id.
pub fn school(at: &mut impl Reading, id: SchoolId) -> Outcome<School> {
    store::school(at, id)
}

/// One school by its provincial code; not found when the division has none.
pub fn by_code(at: &mut impl Reading, code: SchoolCode) -> Outcome<School> {
    store::by_code(at, code)
}

/// Every authority the division knows, in order of name.
pub fn authorities(at: &mut impl Reading) -> Outcome<Vec<Authority>> {
    store::authorities(at)
}

/// The calendar of a school in a year; not found while none is set.
pub fn calendar(at: &mut impl Reading, school: SchoolId, year: SchoolYear) -> Outcome<Calendar> {
    store::calendars(at, school, Some(year))?
        .pop()
        .ok_or(Failure::NotFound)
}

/// Every calendar of a school, latest year first.
pub fn calendars(at: &mut impl Reading, school: SchoolId) -> Outcome<Vec<Calendar>> {
    store::calendars(at, school, None)
}

/// Longer than any days without school that follow one another.
const LONGEST_BREAK: i64 = 100;

/// The days on which the schools a person works with, or the one of them, are closed from `from` until `until`,
/// both included; earliest first. Days that begin by then are told to their end.
pub fn closed_days(
    at: &mut impl Reading,
    permit: &Permit<ViewSchools>,
    school: Option<SchoolId>,
    (from, until): (Date, Date),
) -> Outcome<Vec<ClosedDays>> {
    let own = schools(at, permit)?.into_iter().map(|one| one.id);
    let asked: Vec<SchoolId> = own
        .filter(|one| school.is_none_or(|asked| asked == *one))
        .collect();
    closed_days_at(at, asked, (from, until))
}

/// The same of schools that are named: when a school is closed is no secret of anybody's.
pub fn closed_days_at(
    at: &mut impl Reading,
    schools: Vec<SchoolId>,
    (from, until): (Date, Date),
) -> Outcome<Vec<ClosedDays>> {
    let end = until.plus_days(LONGEST_BREAK);
    let mut closed = rules::closed_days(store::closures_between(at, schools, from, end)?);
    closed.retain(|days| days.from <= until);
    Ok(closed)
}
