//! The year of students at a school, as it goes into their records.

use crate::ask::year;
use crate::facts;
use crate::model::{Mark, Meaning, YearRecord};
use crate::{rules, store};
use access::Permit;
use access::action::ViewAttendance;
use db::Reading;
use kernel::{Date, Failure, Outcome, SchoolId, SchoolYear, StudentId};
use std::collections::{BTreeMap, BTreeSet};

/// From when until when each student was there.
type Stays = BTreeMap<StudentId, Vec<(Date, Option<Date>)>>;

/// By what the years of a school's students are counted, read once.
pub struct YearGround {
    school: SchoolId,
    year: SchoolYear,
    until: Date,
    taught: Vec<Date>,
    daily: BTreeSet<Date>,
    periods: u32,
    terms: Vec<(String, (Date, Date))>,
    stays: Stays,
}

impl YearGround {
    /// Those who were at the school in the year, in the order of their ids.
    pub fn students(&self) -> Vec<StudentId> {
        self.stays.keys().copied().collect()
    }
}

/// Reads it for a school and a year.
pub fn year_ground(
    at: &mut impl Reading,
    _permit: &Permit<ViewAttendance>,
    (school, year): (SchoolId, SchoolYear),
) -> Outcome<YearGround> {
    let until = at.today().min(year.ends());
    let days = std::iter::successors(Some(year.starts()), |day| Some(day.plus_days(1)));
    let days: Vec<Date> = days.take_while(|day| *day <= until).collect();
    let teaching = facts::teaching_year(at, school, year.starts())?;
    let terms = teaching.iter().flat_map(|year| &year.plan.terms);
    let mut stays = Stays::new();
    for (student, from, last) in enrolment::stays(at, school, year)? {
        stays.entry(student).or_default().push((from, last));
    }
    Ok(YearGround {
        school,
        year,
        until,
        taught: year::taught(at, (school, year), until)?,
        daily: store::daily_among(at, school, &days)?,
        periods: rules::periods_of_day(teaching.as_ref()),
        terms: terms
            .map(|term| (term.name.clone(), (term.first_day, term.last_day)))
            .collect(),
        stays,
    })
}

/// The year of one student at the school. Not found when the permit does not
/// cover the student, or the student was not there in that year.
pub fn year_record(
    at: &mut impl Reading,
    permit: &Permit<ViewAttendance>,
    ground: &YearGround,
    student: StudentId,
) -> Outcome<YearRecord> {
    let stays = ground.stays.get(&student).ok_or(Failure::NotFound)?;
    if !permit.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    let (starts, until) = (ground.year.starts(), ground.until);
    let mut marks = store::marks_of(at, student, (starts, until))?;
    marks.retain(|mark| mark.school == ground.school && mark.meaning != Meaning::Present);
    let parts = |mark: &Mark| rules::parts(mark.slot, ground.daily.contains(&mark.on), ground.periods);
    let part = |name: &str, days: (Date, Date)| {
        rules::year_part((name, days), (&ground.taught, stays), &marks, parts)
    };
    Ok(YearRecord {
        student,
        school: ground.school,
        year: ground.year,
        until,
        stays: stays.clone(),
        terms: ground
            .terms
            .iter()
            .map(|(name, days)| part(name, *days))
            .collect(),
        total: part("", (starts, ground.year.ends())),
        codes: rules::by_code(&marks),
        has_periods: marks.iter().any(|mark| !mark.slot.is_daily()),
    })
}
