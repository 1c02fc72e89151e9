//! Schools, authorities and calendar years as PASI has them: read like any
//! other record, and compared with what we say of our own schools. Nobody but
//! the ministry changes them there, so a difference ends in two ways: PASI's
//! value becomes ours, or ours stays and the difference is laid aside until
//! PASI says something else.

use crate::{line, mirror, programs, schedules};
use access::Permit;
use access::action::{ManageSchools, ViewSchools};
use db::{Reading, Subject, Tx};
use kernel::{AuthorityCode, Failure, Grade, Outcome, SchoolCode, SchoolId, SchoolYear};
use pasi_wire::messages as wire;
use pasi_wire::window::{NotificationType, Topic, synchronized_years};
use schools::{Calendar, School, SchoolDetails, SetCalendar};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Are records of the kind about organizations, or the catalogue they go by?
pub(crate) const fn is_of_them(kind: NotificationType) -> bool {
    matches!(
        kind,
        NotificationType::School
            | NotificationType::SchoolAuthority
            | NotificationType::SchoolCalendarYear
            | NotificationType::Course
    )
}

pub(crate) fn schools(tx: &mut Tx, results: &[wire::SchoolResult]) -> Outcome<usize> {
    let topic = Topic::of(NotificationType::School);
    for theirs in results.iter().filter_map(|result| result.school.as_ref()) {
        let key = theirs.school_code.to_string();
        mirror::keep(tx, (topic, &key), theirs.pasi_core_version, theirs, None)?;
    }
    let told: Vec<&wire::School> = results
        .iter()
        .filter_map(|result| result.school.as_ref())
        .collect();
    Known::learn(tx, |known| {
        for theirs in &told {
            if theirs.is_designated_special_education {
                known.designated.insert(theirs.school_code);
            } else {
                known.designated.remove(&theirs.school_code);
            }
        }
    })?;
    Ok(results.len())
}

pub(crate) fn authorities(tx: &mut Tx, results: &[wire::SchoolAuthorityResult]) -> Outcome<usize> {
    let topic = Topic::of(NotificationType::SchoolAuthority);
    for theirs in results.iter().filter_map(|result| result.authority.as_ref()) {
        let key = theirs.authority_code.to_string();
        mirror::keep(tx, (topic, &key), theirs.pasi_core_version, theirs, None)?;
    }
    let told = results.iter().filter_map(|result| result.authority.as_ref());
    Known::learn(tx, |known| {
        let codes = told.map(|theirs| theirs.authority_code.to_string());
        known.authorities.extend(codes);
    })?;
    Ok(results.len())
}

pub(crate) fn calendar_years(tx: &mut Tx, results: &[wire::SchoolCalendarYearResult]) -> Outcome<usize> {
    for theirs in results.iter().filter_map(|result| result.calendar_year.as_ref()) {
        let topic = Topic::in_year(NotificationType::SchoolCalendarYear, theirs.school_year);
        let key = mirror::year_key(theirs.school_code, theirs.school_year);
        mirror::keep(tx, (topic, &key), theirs.pasi_core_version, theirs, None)?;
    }
    let told = schedules::told(tx)?;
    programs::keep(tx, &told)?;
    schedules::keep(tx, &told)?;
    Ok(results.len())
}

/// Where it is kept what organizations tell the rules.
pub(crate) const SETTING: &str = "pasi.organizations";

/// What PASI's copies of organizations tell the rules of enrolment. Every save of an enrolment is
/// judged by it, so it is kept in one line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    authorities: BTreeSet<String>,
    /// The schools that are designated for special education.
    designated: BTreeSet<SchoolCode>,
}

impl Known {
    /// What is kept under [`SETTING`]; nothing before the first reading: what is not known is not judged.
    pub(crate) fn kept(text: Option<&String>) -> Outcome<Self> {
        line::parsed(SETTING, text)
    }
    /// Keeps what a batch told.
    fn learn(tx: &mut Tx, told: impl FnOnce(&mut Self)) -> Outcome<()> {
        let mut known = Self::kept(db::setting(tx, SETTING)?.as_ref())?;
        told(&mut known);
        line::keep(tx, SETTING, &known)
    }
    /// Is there such a board? Yes while PASI's boards were never read.
    pub(crate) fn has_board(&self, code: &str) -> bool {
        self.authorities.is_empty() || self.authorities.contains(code)
    }
    pub(crate) fn is_designated(&self, school: SchoolCode) -> bool {
        self.designated.contains(&school)
    }
}

fn school_there(at: &mut impl Reading, code: SchoolCode) -> Outcome<Option<(i64, wire::School)>> {
    let copy = mirror::mirrored::<wire::School>(at, NotificationType::School, &code.to_string())?;
    Ok(copy.map(|copy| (copy.version, copy.record)))
}

/// Something PASI says otherwise of one of our schools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolDifference {
    /// The field: `name`, `authority`, `street`, `city`, `postal-code`, `grades` or `days`.
    pub field: &'static str,
    /// The school year, for grades and days.
    pub year: Option<SchoolYear>,
    /// What we have, as shown; empty for nothing.
    pub ours: String,
    /// What PASI has, as shown.
    pub theirs: String,
    /// PASI's version that says so.
    pub core_version: i64,
}

impl SchoolDifference {
    /// What names it in a form: `name`, `days.2027`.
    pub fn key(&self) -> String {
        match self.year {
            Some(year) => format!("{}.{}", self.field, year.number()),
            None => self.field.to_owned(),
        }
    }
}

/// Where a value that we keep against PASI's is noted.
fn kept_name(school: SchoolId, key: &str) -> String {
    format!("pasi.school-kept.{school}.{key}")
}

/// What PASI says otherwise of a school, without what was laid aside. Nothing
/// while PASI's copy was never read.
pub fn school_differences(
    at: &mut impl Reading,
    permit: &Permit<ViewSchools>,
    school: SchoolId,
) -> Outcome<Vec<SchoolDifference>> {
    if !permit.covers_school(school) {
        return Err(Failure::NotFound);
    }
    let mut open = Vec::new();
    for found in differing(at, school)? {
        let kept = db::setting(at, &kept_name(school, &found.key()))?;
        if kept.as_deref() != Some(found.theirs.as_str()) {
            open.push(found);
        }
    }
    Ok(open)
}

fn differing(at: &mut impl Reading, school: SchoolId) -> Outcome<Vec<SchoolDifference>> {
    let ours = schools::school(at, school)?;
    let Some((core_version, theirs)) = school_there(at, ours.code)? else {
        return Ok(Vec::new());
    };
    let today = at.today();
    let mut all: Vec<SchoolDifference> = said(&ours, &theirs, today)
        .into_iter()
        .map(|(field, ours, theirs)| SchoolDifference {
            field,
            year: None,
            ours,
            theirs,
            core_version,
        })
        .collect();
    let calendars = schools::calendars(at, school)?;
    let current = SchoolYear::of(today);
    for number in current.number()..=synchronized_years(today).end().number().max(current.number()) {
        let Some(year) = SchoolYear::ending(number) else {
            continue;
        };
        let Some(theirs) = year_there(at, ours.code, year)? else {
            continue;
        };
        let here = calendars.iter().find(|calendar| calendar.year == year);
        all.extend(of_year(&ours, here, &theirs, year == current));
    }
    all.retain(|one| !is_same(one));
    Ok(all)
}

/// Letters and digits alone count: the two sides write names and addresses in their own way.
fn is_same(one: &SchoolDifference) -> bool {
    let plain = |text: &str| -> String {
        let text = kernel::text::fold(text);
        text.chars().filter(|letter| letter.is_alphanumeric()).collect()
    };
    plain(&one.ours) == plain(&one.theirs) || one.theirs.is_empty()
}

type Field = (&'static str, String, String);

fn said(ours: &School, theirs: &wire::School, today: kernel::Date) -> Vec<Field> {
    let authority = authority_on(theirs, today).map(|code| code.to_string());
    let part = |of: fn(&wire::OrganizationAddress) -> &Option<String>| {
        theirs
            .address
            .as_ref()
            .and_then(|at| of(at).clone())
            .unwrap_or_default()
    };
    vec![
        ("name", ours.name.clone(), theirs.name.clone()),
        (
            "authority",
            ours.authority.to_string(),
            authority.unwrap_or_default(),
        ),
        ("street", ours.street.clone(), part(|at| &at.street)),
        ("city", ours.city.clone(), part(|at| &at.city)),
        (
            "postal-code",
            ours.postal_code.clone(),
            part(|at| &at.postal_code),
        ),
    ]
}

/// The authority a school reports to on a day.
fn authority_on(theirs: &wire::School, today: kernel::Date) -> Option<AuthorityCode> {
    let holding = theirs.authorities.iter().filter(|period| {
        period.effective_date <= today && period.expiry_date.is_none_or(|until| until >= today)
    });
    let latest = holding.max_by_key(|period| period.effective_date);
    latest.map(|period| period.authority_code)
}

fn year_there(
    at: &mut impl Reading,
    school: SchoolCode,
    year: SchoolYear,
) -> Outcome<Option<wire::SchoolCalendarYear>> {
    let kind = NotificationType::SchoolCalendarYear;
    let copy = mirror::mirrored::<wire::SchoolCalendarYear>(at, kind, &mirror::year_key(school, year))?;
    Ok(copy.map(|copy| copy.record))
}

/// The grades of the current year, and of each year first and last day.
fn of_year(
    ours: &School,
    here: Option<&Calendar>,
    theirs: &wire::SchoolCalendarYear,
    is_current: bool,
) -> Vec<SchoolDifference> {
    let one = |field, ours: String, theirs_text: String| SchoolDifference {
        field,
        year: Some(theirs.school_year),
        ours,
        theirs: theirs_text,
        core_version: theirs.pasi_core_version,
    };
    let mut all = Vec::new();
    if let Some((lowest, highest)) = span(theirs).filter(|_| is_current) {
        let told = |lowest: Grade, highest: Grade| format!("{}–{}", lowest.label(), highest.label());
        let here = told(ours.lowest_grade, ours.highest_grade);
        all.push(one("grades", here, told(lowest, highest)));
    }
    if let Some((first, last)) = days(theirs) {
        let here = here.map(|here| format!("{} – {}", here.first_day, here.last_day));
        all.push(one("days", here.unwrap_or_default(), format!("{first} – {last}")));
    }
    all
}

/// Lowest and highest grade offered.
fn span(theirs: &wire::SchoolCalendarYear) -> Option<(Grade, Grade)> {
    let grades = || theirs.grades_offered.iter().map(|offered| offered.grade);
    Some((grades().min()?, grades().max()?))
}

/// First and last day of all schedules.
fn days(theirs: &wire::SchoolCalendarYear) -> Option<(kernel::Date, kernel::Date)> {
    let first = theirs
        .calendars
        .iter()
        .map(|schedule| schedule.start_date)
        .min()?;
    let last = theirs.calendars.iter().map(|schedule| schedule.end_date).max()?;
    Some((first, last))
}

/// A decision about one difference of a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolDecision {
    /// [`SchoolDifference::key`].
    pub key: String,
    /// PASI's version that was on screen.
    pub seen_version: i64,
    /// PASI's value becomes ours; else ours stays.
    pub is_theirs: bool,
}

/// Decides differences of a school, all or none. One decided on an older
/// version of PASI's copy is a conflict; one that is open no more is passed over.
///
/// Writes: `school`, `school_calendar`, settings, audit; what the rules of
/// schools refuse is refused.
pub fn decide_school(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    school: SchoolId,
    decisions: &[SchoolDecision],
) -> Outcome<()> {
    if !permit.covers_school(school) {
        return Err(Failure::NotFound);
    }
    let open = differing(tx, school)?;
    let (mut details, mut seen) = (None, 0);
    for decision in decisions {
        let Some(found) = open.iter().find(|found| found.key() == decision.key) else {
            continue;
        };
        if found.core_version != decision.seen_version {
            return Err(Failure::stale(
                "pasi_mirror",
                decision.seen_version,
                found.core_version,
            ));
        }
        if !decision.is_theirs {
            db::set_setting(tx, &kept_name(school, &decision.key), &found.theirs)?;
        } else if found.field == "days" {
            take_days(tx, permit, school, found)?;
        } else {
            let ours = schools::school(tx, school)?;
            seen = ours.version;
            let mut said = details.take().unwrap_or_else(|| details_of(ours));
            take(tx, &mut said, found)?;
            details = Some(said);
        }
        let stands = if decision.is_theirs { "theirs" } else { "ours" };
        let detail = serde_json::json!({ "field": decision.key, "stands": stands, "ours": found.ours, "theirs": found.theirs });
        tx.record("pasi.decide-school", Subject::new("school", school), &detail);
    }
    match details {
        Some(details) => schools::change_school(tx, permit, school, seen, details).map(|_| ()),
        None => Ok(()),
    }
}

fn details_of(ours: School) -> SchoolDetails {
    SchoolDetails {
        code: ours.code,
        name: ours.name,
        authority: ours.authority,
        street: ours.street,
        city: ours.city,
        postal_code: ours.postal_code,
        phone: ours.phone,
        lowest_grade: ours.lowest_grade,
        highest_grade: ours.highest_grade,
    }
}

/// Puts PASI's value of a field in place of ours.
fn take(at: &mut impl Reading, said: &mut SchoolDetails, found: &SchoolDifference) -> Outcome<()> {
    let wrong = || Failure::Fault(format!("pasi_mirror: {} of a school", found.field));
    match (found.field, found.year) {
        ("name", _) => said.name.clone_from(&found.theirs),
        ("street", _) => said.street.clone_from(&found.theirs),
        ("city", _) => said.city.clone_from(&found.theirs),
        ("postal-code", _) => said.postal_code.clone_from(&found.theirs),
        ("authority", _) => said.authority = found.theirs.parse().map_err(|_| wrong())?,
        ("grades", Some(year)) => {
            let theirs = year_there(at, said.code, year)?.ok_or_else(wrong)?;
            (said.lowest_grade, said.highest_grade) = span(&theirs).ok_or_else(wrong)?;
        }
        _ => return Err(wrong()),
    }
    Ok(())
}

/// PASI's first and last day become ours; closed days between them stay.
fn take_days(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    school: SchoolId,
    found: &SchoolDifference,
) -> Outcome<()> {
    let year = found.year.ok_or(Failure::NotFound)?;
    let ours = schools::school(tx, school)?;
    let theirs = year_there(tx, ours.code, year)?.ok_or(Failure::NotFound)?;
    let (first_day, last_day) = days(&theirs).ok_or(Failure::NotFound)?;
    let here = schools::calendars(tx, school)?
        .into_iter()
        .find(|calendar| calendar.year == year);
    let mut closures = here
        .as_ref()
        .map(|here| here.closures.clone())
        .unwrap_or_default();
    closures.retain(|closure| (first_day..=last_day).contains(&closure.on));
    let set = SetCalendar {
        school,
        year,
        seen: here.map_or(0, |here| here.version),
        first_day,
        last_day,
        closures,
    };
    schools::set_calendar(tx, permit, set).map(|_| ())
}
