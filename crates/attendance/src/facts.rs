//! What decisions are made by, read once.

use crate::model::{Codes, Group, RollAt, Setting};
use crate::rules::Facts;
use crate::store;
use access::{Action, Permit, Scope, ties};
use courses::{Schedule, Section};
use db::Reading;
use kernel::{Date, Failure, Outcome, Role, SchoolId, SchoolYear, SectionId, StudentId};
use schools::rules::teaching;
use schools::{Calendar, SchoolDay, TeachingYear};
use std::collections::BTreeMap;

/// A school, as a day of it is judged.
pub(crate) struct School {
    pub(crate) setting: Setting,
    pub(crate) calendar: Option<Calendar>,
    pub(crate) codes: Codes,
    today: Date,
    is_office: bool,
}

impl School {
    /// Reads it for a day; not found when there is no such school.
    pub(crate) fn read<A: Action>(
        at: &mut impl Reading,
        permit: &Permit<A>,
        (id, on): (SchoolId, Date),
    ) -> Outcome<Self> {
        let calendar = match schools::calendar(at, id, SchoolYear::of(on)) {
            Ok(days) => Some(days),
            Err(Failure::NotFound) => schools::school(at, id).map(|_| None)?,
            Err(failure) => return Err(failure),
        };
        Ok(Self {
            setting: store::setting(at, id)?,
            calendar,
            codes: store::codes(at, id)?,
            today: at.today(),
            is_office: is_office(permit),
        })
    }

    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts {
            today: self.today,
            is_office: self.is_office,
            setting: &self.setting,
            calendar: self.calendar.as_ref(),
            codes: &self.codes,
        }
    }

    /// Days of instruction from a day until another, both included, earliest first.
    pub(crate) fn days(&self, (first, last): (Date, Date)) -> Vec<Date> {
        let all = self.calendar.iter().flat_map(schools::rules::instructional_days);
        all.filter(|day| (first..=last).contains(day)).collect()
    }
}

/// Does the office act? Else a teacher.
pub(crate) fn is_office<A: Action>(permit: &Permit<A>) -> bool {
    permit.actor().role != Some(Role::Teacher)
}

/// The section of a roll, with the year of its school.
pub(crate) struct Sitting {
    pub(crate) section: Section,
    pub(crate) year: Option<TeachingYear>,
    pub(crate) day: Option<SchoolDay>,
}

/// Reads it; none when the roll is a homeroom's, not found when there is no such section.
pub(crate) fn sitting(at: &mut impl Reading, roll: &RollAt) -> Outcome<Option<Sitting>> {
    let Group::Section(id) = roll.group else {
        return Ok(None);
    };
    let section = courses::section_known(at, id)?;
    let year = teaching_year(at, roll.school, roll.on)?;
    let day = year.as_ref().and_then(|year| teaching::school_day(year, roll.on));
    Ok(Some(Sitting { section, year, day }))
}

/// What a school decided about its days in the year of a day; none while it has no calendar.
pub(crate) fn teaching_year(
    at: &mut impl Reading,
    school: SchoolId,
    on: Date,
) -> Outcome<Option<TeachingYear>> {
    match schools::teaching_year(at, school, SchoolYear::of(on)) {
        Ok(year) => Ok(Some(year)),
        Err(Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// May the permit's holder take this roll? A teacher those of the homerooms tied to the account and of the sections
/// the account is among the staff of, of days within both; the office those of its schools. Not found otherwise.
pub(crate) fn reaches<A: Action>(
    at: &mut impl Reading,
    permit: &Permit<A>,
    roll: &RollAt,
    sitting: Option<&Sitting>,
) -> Outcome<()> {
    let is_here = sitting.is_none_or(|sitting| sitting.section.school == roll.school);
    let is_reached = match (permit.scope(), &roll.group) {
        (Scope::Division | Scope::Schools(_), _) => permit.covers_school(roll.school),
        (Scope::Tied(account, _), Group::Homeroom(name)) => {
            ties::homerooms_of(at, *account)?
                .iter()
                .any(|(school, homeroom, (from, until))| {
                    *school == roll.school
                        && homeroom == name
                        && *from <= roll.on
                        && until.is_none_or(|last| roll.on <= last)
                })
        }
        (Scope::Tied(account, _), Group::Section(_)) => {
            sitting.is_some_and(|sitting| sitting.section.is_taught_by(*account, roll.on))
        }
    };
    if is_reached && is_here {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// The classes of some students at a school in a year, asked day by day.
pub(crate) struct Timetable {
    year: Option<TeachingYear>,
    schedule: Schedule,
}

impl Timetable {
    /// Reads them for the year of a day.
    pub(crate) fn read(
        at: &mut impl Reading,
        school: SchoolId,
        on: Date,
        students: &[StudentId],
    ) -> Outcome<Self> {
        Ok(Self {
            year: teaching_year(at, school, on)?,
            schedule: courses::schedule(at, (school, SchoolYear::of(on)), students)?,
        })
    }
    /// The day as the school runs it; none when nobody is taught.
    pub(crate) fn day(&self, on: Date) -> Option<SchoolDay> {
        teaching::school_day(self.year.as_ref()?, on)
    }
    /// In which section a student sits in each period of a day.
    pub(crate) fn classes(&self, student: StudentId, day: &SchoolDay) -> BTreeMap<u8, SectionId> {
        self.schedule.on(student, day)
    }
}

/// Not found when the permit does not cover the school.
pub(crate) fn covers<A: Action>(permit: &Permit<A>, school: SchoolId) -> Outcome<()> {
    if permit.covers_school(school) {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// The students of a roll, in the order of their ids; not found when there are none.
pub(crate) fn students(at: &mut impl Reading, roll: &RollAt) -> Outcome<Vec<StudentId>> {
    let found = match &roll.group {
        Group::Homeroom(name) => enrolment::in_homeroom(at, roll.school, name, roll.on)?,
        Group::Section(id) => courses::roster(at, *id, roll.on)?,
    };
    if found.is_empty() {
        Err(Failure::NotFound)
    } else {
        Ok(found)
    }
}
